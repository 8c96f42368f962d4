"""Equal Shares with Add1 completion, and optionally the leftover spent by score.

Plain Equal Shares gives each voter budget ÷ voters and usually leaves money over. Add1 raises every share by
one currency unit at a time and keeps the last result that the real budget pays for (Pabulib
`equalshares/add1`, as in Wieliczka 2023). It stops when the next step would overspend, or when every project
with supporters is bought. The leftover step is a rule of its own name because it is not proportional.
"""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from projects.voting.election import Election
from projects.voting.rules import greedy
from projects.voting.rules.outcome import Loss, Outcome, Round, Step, Why
from projects.voting.rules.shares import Purchase, Run, Shares
from projects.voting.ties import precedence

NAME = "equal-shares"
PLAIN = "equal-shares-plain"
WITH_LEFTOVER = "equal-shares-leftover"
MOST_RUNS = 100  # for the figures that explain; a city waits for its result


def tally(election: Election, *, seed: str = "", name: str = NAME) -> Outcome:
    """Choose by Equal Shares with what `name` says: Add1, no completion, or Add1 and the leftover by score. Exact."""
    rank = precedence(election, seed)
    shares = Shares(election, rank)
    raised, run, overspent = (0, shares.run(0), None) if name == PLAIN else complete(shares)
    rounds = _rounds(election, run)
    bought = {purchase.place for purchase in run.purchases}
    rest = sorted((place for place in range(len(rank)) if place not in bought), key=rank.__getitem__)
    if name == WITH_LEFTOVER:
        more, _ = greedy.spend(
            election,
            order=rest,
            left=election.budget - run.cost,
            step=Step.LEFTOVER,
            seed=seed,
            first_round=len(rounds) + 1,
        )
        rounds += more
    chosen = {turn.project for turn in rounds}
    needed = raises(shares, raised, [place for place in rest if place in shares.eligible])
    return Outcome(
        rule=name,
        budget=election.budget,
        voters=election.voters,
        rounds=tuple(rounds),
        losses=tuple(
            _loss(election, run, place, needed.get(place))
            for place in rest
            if election.candidates[place].id not in chosen
        ),
        facts={"share": decimal(run.share), "share_raised": raised, "next_share_would_cost": overspent},
    )


def complete(shares: Shares) -> tuple[int, Run, int | None]:
    """Add1.

    (units added to each share, the last run within the budget, cost of the next run if it overspends).
    """
    raised, run = 0, shares.run(0)
    while len(run.purchases) < len(shares.eligible):
        following = shares.run(raised + 1)
        if following.cost > shares.election.budget:
            return raised, run, following.cost
        alike = following.looks == run.looks
        raised, run = _last_alike(shares, raised + 1, following) if alike else (raised + 1, following)
    return raised, run, None


def _last_alike(shares: Shares, raised: int, run: Run) -> tuple[int, Run]:
    """The last raise that leads to the same decisions as `run`, by doubling and halving.

    Exact, because the raises with the same decisions are an interval (see `Run`). It ends, because a share
    large enough buys every project that is left.
    """
    reach, beyond = 1, None
    while beyond is None or beyond - raised > 1:
        trial = raised + reach if beyond is None else (raised + beyond) // 2
        tried = shares.run(trial)
        if tried.looks == run.looks:
            raised, run, reach = trial, tried, reach * 2
        else:
            beyond = trial
    return raised, run


def raises(shares: Shares, raised: int, places: list[int]) -> dict[int, int]:
    """A further raise of every share that buys each of these, where a raise of one unit less does not; by place.

    Whatever the budget pays for. A place that `MOST_RUNS` leave no time for has none.
    """
    bought: dict[int, set[int]] = {}
    found: dict[int, int] = {}

    def buys(more: int, place: int) -> bool:
        if more not in bought:
            bought[more] = {purchase.place for purchase in shares.run(raised + more).purchases}
        return place in bought[more]

    for place in places:
        short, enough = 0, 1
        while len(bought) < MOST_RUNS and not buys(enough, place):
            short, enough = enough, enough * 2
        while len(bought) < MOST_RUNS and enough - short > 1:
            middle = (short + enough) // 2
            short, enough = (short, middle) if buys(middle, place) else (middle, enough)
        if len(bought) < MOST_RUNS:
            found[place] = enough
    return found


def decimal(amount: Fraction) -> str:
    """An exact amount rounded half up to 6 decimals, without trailing zeros."""
    exact = Decimal(amount.numerator * 10**6 * 2 // amount.denominator) / 2
    rounded = exact.quantize(Decimal(1), rounding=ROUND_HALF_UP) / 10**6
    return f"{rounded.normalize():f}"


def _rounds(election: Election, run: Run) -> list[Round]:
    left = election.budget
    rounds = []
    for number, purchase in enumerate(run.purchases, start=1):
        left -= election.candidates[purchase.place].cost
        rounds.append(_round(election, purchase, number, left))
    return rounds


def _round(election: Election, purchase: Purchase, number: int, left: int) -> Round:
    candidate = election.candidates[purchase.place]
    return Round(
        round=number,
        project=candidate.id,
        step=Step.SHARES,
        cost=candidate.cost,
        score=election.scores[purchase.place],
        supporters=election.supporters[purchase.place],
        left=left,
        price=decimal(purchase.price),
        paid_all=purchase.paid_all,
        tie=purchase.tie,
    )


def _loss(election: Election, run: Run, place: int, share_raise: int | None) -> Loss:
    candidate, supporters = election.candidates[place], election.supporters[place]
    available = run.remaining.get(place, Fraction(0))
    missing = candidate.cost - available
    why = Why.SHARES_SHORT
    if candidate.cost > election.budget:
        why = Why.TOO_COSTLY
    elif not supporters:
        why = Why.NO_SUPPORT
    return Loss(
        project=candidate.id,
        why=why,
        cost=candidate.cost,
        score=election.scores[place],
        supporters=supporters,
        available=decimal(available),
        missing=decimal(missing),
        share_raise=share_raise,
    )
