"""Equal Shares as the papers write it: one voter at a time, in Fractions, one unit a step. Slow and plain."""

from fractions import Fraction

from projects.voting.election import Election
from projects.voting.ties import precedence


def equal_shares_add1(election: Election, seed: str = "") -> list[str]:
    """Ids of the winners in the order they are bought."""
    bought, share = _once(election, 0, seed), 0
    supported = [
        p for p, c in enumerate(election.candidates) if election.supporters[p] and c.cost <= election.budget
    ]
    while len(bought) < len(supported):
        share += 1
        further = _once(election, share, seed)
        if sum(election.candidates[place].cost for place in further) > election.budget:
            break
        bought = further
    return [election.candidates[place].id for place in bought]


def _once(election: Election, raised: int, seed: str) -> list[int]:
    rank = precedence(election, seed)
    voters = [dict(ballot) for ballot, times in election.ballots.items() for _ in range(times)]
    money = [Fraction(election.budget, len(voters)) + raised] * len(voters)
    bought: list[int] = []
    while True:
        offers = []
        for place, candidate in enumerate(election.candidates):
            supporters = [v for v in range(len(voters)) if place in voters[v]]
            if place in bought or not supporters or candidate.cost > election.budget:
                continue
            price = _price(candidate.cost, [(money[v], voters[v][place]) for v in supporters])
            if price is not None:
                worth = price / candidate.cost if candidate.cost else Fraction(0)
                offers.append((worth, rank[place], place, price, supporters))
        if not offers:
            return bought
        _, _, place, price, supporters = min(offers)
        for voter in supporters:
            money[voter] -= min(money[voter], price * voters[voter][place])
        bought.append(place)


def _price(cost: int, supporters: list[tuple[Fraction, int]]) -> Fraction | None:
    """The least price a point at which min(money, price × score) adds up to the cost."""
    if sum(money for money, _ in supporters) < cost:
        return None
    due, points = Fraction(cost), sum(score for _, score in supporters)
    for money, score in sorted(supporters, key=lambda supporter: supporter[0] / supporter[1]):
        if money / score >= due / points:
            return due / points
        due -= money
        points -= score
    raise AssertionError("enough money, yet no price")
