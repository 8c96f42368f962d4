"""Greedy by score: go down the list from most votes to fewest and take each project that still fits.

The rule of most participatory budgets (Pabulib `greedy`). A project that does not fit is passed over, and
cheaper ones below it may still be taken.
"""

from projects.voting.election import Election
from projects.voting.rules.outcome import Loss, Outcome, Round, Step, Why
from projects.voting.ties import draw, precedence

NAME = "greedy"


def tally(election: Election, *, seed: str = "") -> Outcome:
    """Choose by score within the budget; ties by `ties.precedence`."""
    rank = precedence(election, seed)
    order = sorted(range(len(rank)), key=rank.__getitem__)
    rounds, losses = spend(election, order=order, left=election.budget, step=Step.SCORE, seed=seed)
    return Outcome(NAME, election.budget, election.voters, tuple(rounds), tuple(losses))


def spend(
    election: Election, *, order: list[int], left: int, step: Step, seed: str, first_round: int = 1
) -> tuple[list[Round], list[Loss]]:
    """Walk `order` and buy what fits into `left`. Projects that nobody voted for are never bought."""
    rounds: list[Round] = []
    losses: list[Loss] = []
    considered: list[tuple[int, int]] = []  # (candidate, money left when its turn came)
    for place in order:
        candidate = election.candidates[place]
        considered.append((place, left))
        if candidate.cost <= left and election.supporters[place]:
            left -= candidate.cost
            rounds.append(_round(election, place, left, step, first_round + len(rounds)))
        else:
            losses.append(_loss(election, considered, seed))
    return rounds, losses


def _round(election: Election, place: int, left: int, step: Step, number: int) -> Round:
    candidate = election.candidates[place]
    return Round(
        round=number,
        project=candidate.id,
        step=step,
        cost=candidate.cost,
        score=election.scores[place],
        supporters=election.supporters[place],
        left=left,
    )


def _loss(election: Election, considered: list[tuple[int, int]], seed: str) -> Loss:
    place, left = considered[-1]
    candidate, score = election.candidates[place], election.scores[place]
    why, more = Why.DID_NOT_FIT, None
    if candidate.cost > election.budget:
        why = Why.TOO_COSTLY
    elif not election.supporters[place]:
        # One vote does not put it later than it stands, so that the money left at its turn is still there.
        why, more = Why.NO_SUPPORT, 1 if left >= candidate.cost else _votes_short(election, considered, seed)
    else:
        more = _votes_short(election, considered, seed)
    return Loss(
        project=candidate.id,
        why=why,
        cost=candidate.cost,
        score=score,
        supporters=election.supporters[place],
        available=str(left),
        missing=str(max(0, candidate.cost - left)),
        more_supporters=more,
    )


def _votes_short(election: Election, considered: list[tuple[int, int]], seed: str) -> int | None:
    """How much more score would have put the last candidate early enough in the list to fit, all else equal.

    It fits before the lowest-ranked project at whose turn enough money was left. Going past that project
    takes its score, and one more where the lower cost or the draw would not decide the tie for it.
    """
    place, _ = considered[-1]
    mine = election.candidates[place]
    for ahead, left in reversed(considered[:-1]):
        if left >= mine.cost:
            other = election.candidates[ahead]
            first = (mine.cost, draw(seed, mine.id)) < (other.cost, draw(seed, other.id))
            return election.scores[ahead] - election.scores[place] + (0 if first else 1)
    return None
