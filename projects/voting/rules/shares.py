"""One run of the Method of Equal Shares with a given share for each voter; exact.

Peters, Pierczyński and Skowron, "Proportional Participatory Budgeting with Additive Utilities" (NeurIPS
2021), with cost utilities: a project is worth its cost to whoever approves it, or cost times score with
points and rankings. In each round every project has a price a point: what each supporter pays for each point
it gave, or all it has left if that is less, so that together they pay the cost. The project with the lowest
price a unit of cost is bought.

All money is whole numbers at a common scale that grows with each purchase, so nothing is ever rounded.
"""

from dataclasses import dataclass
from fractions import Fraction
from heapq import heapify, heappop, heappush
from math import gcd

from projects.voting.election import Election
from projects.voting.rules.purses import Holding, Purses, Stage

Look = tuple[str, int, tuple[int, ...]]
"""One decision of a run.

"priced" a candidate (and which purses would give all they have), "dropped" or "bought" it.
"""

Key = tuple[Fraction, int, int]
"""Order of the queue: price a point and unit of cost, place in the tie order, candidate."""


@dataclass(frozen=True, slots=True)
class Purchase:
    """A project bought in one run, with its exact price a point."""

    place: int
    price: Fraction
    paid_all: int  # supporters who had less than the price left
    tie: bool


@dataclass(frozen=True, slots=True)
class Run:
    """What one share leads to. Two runs with the same `looks` took the same decisions all the way.

    Every decision compares two amounts that are affine in the share as long as all decisions before it are
    the same. An affine comparison that holds at two shares holds between them. So two runs with the same
    looks prove the same for every share in between; this is what lets Add1 skip steps and stay exact.
    """

    share: Fraction
    purchases: tuple[Purchase, ...]
    cost: int
    looks: tuple[Look, ...]
    remaining: dict[int, Fraction]  # money that the supporters of each candidate have left at the end


class Shares:
    """Runs of Equal Shares over one election, sharing what does not depend on the share.

    `rank` decides ties (lower first). Candidates dearer than the whole budget, and those without supporters,
    take no part; those that cost nothing are bought first.
    """

    def __init__(self, election: Election, rank: tuple[int, ...]) -> None:
        self.election, self.rank = election, rank
        self.costs = [candidate.cost for candidate in election.candidates]
        self.eligible = [
            place
            for place, cost in enumerate(self.costs)
            if cost <= election.budget and election.supporters[place]
        ]
        self.purses = Purses(election)

    def run(self, raised: int) -> Run:
        """Run with the share (budget ÷ voters) + `raised` units for each voter."""
        return _Run(self, raised).result()


@dataclass(slots=True)
class _Offer:
    """The last look at a candidate.

    At which stage, and its price a point as `due` ÷ `points` at that scale.
    """

    depth: int
    due: int
    points: int
    paid_all: int


class _Run:
    def __init__(self, shares: Shares, raised: int) -> None:
        self.shares = shares
        self.scale = max(1, shares.election.voters)
        self.money = [shares.election.budget + raised * self.scale]  # by purse, at scale
        self.share = Fraction(self.money[0], self.scale)
        self.looks: list[Look] = []
        self.offers: dict[int, _Offer] = {}
        self.depth = 0
        self.stage: Stage = shares.purses.first

    def result(self) -> Run:
        """Buy until no candidate can be paid."""
        purchases: list[Purchase] = []
        queue = [key for place in self.shares.eligible if (key := self._look(place))]
        heapify(queue)
        while self._refresh(queue):
            worth, _, place = heappop(queue)
            tie = self._refresh(queue, upto=worth) and queue[0][0] == worth
            purchases.append(self._buy(place, tie=tie))
        return Run(
            share=self.share,
            purchases=tuple(purchases),
            cost=sum(self.shares.costs[purchase.place] for purchase in purchases),
            looks=tuple(self.looks),
            remaining={place: self._behind(place) for place in self.shares.eligible},
        )

    def _refresh(self, queue: list[Key], upto: Fraction | None = None) -> bool:
        """Look again at the head of the queue until its price is of this stage, or above `upto`.

        False when empty.
        """
        while queue and self.offers[queue[0][2]].depth < self.depth and (upto is None or queue[0][0] <= upto):
            if key := self._look(heappop(queue)[2]):
                heappush(queue, key)
        return bool(queue)

    def _look(self, place: int) -> Key | None:
        """Price a candidate with the money left now, or drop it for good when its supporters cannot pay.

        Prices only rise as money is spent, so an old price is a safe lower bound and the queue need not be
        redone.
        """
        holdings = self.shares.purses.holdings(self.stage, place)
        cost = self.shares.costs[place]
        due = cost * self.scale
        money = self.money
        if sum(money[purse] * voters for purse, _, voters in holdings) < due:
            self.looks.append(("dropped", place, ()))
            return None
        offer, poor = self._price(holdings, due)
        self.offers[place] = offer
        self.looks.append(("priced", place, tuple(poor)))
        worth = Fraction(offer.due, offer.points * self.scale * cost) if cost else Fraction(0)
        return worth, self.shares.rank[place], place

    def _price(self, holdings: list[Holding], due: int) -> tuple[_Offer, list[int]]:
        """Spread `due` over the holdings: those who cannot reach the price give all, until the rest can."""
        money, poor, paid_all = self.money, [], 0
        paying = holdings
        while True:
            points = sum(score * voters for _, score, voters in paying)
            able: list[Holding] = []
            short = due
            for holding in paying:
                purse, score, voters = holding
                if money[purse] * points < due * score:
                    short -= money[purse] * voters
                    poor.append(purse)
                    paid_all += voters
                else:
                    able.append(holding)
            if len(able) == len(paying):
                return _Offer(self.depth, due, points, paid_all), poor
            paying, due = able, short

    def _buy(self, place: int, *, tie: bool) -> Purchase:
        offer = self.offers[place]
        self.looks.append(("bought", place, ()))
        price = Fraction(offer.due, offer.points * self.scale)
        common = gcd(offer.due, offer.points)
        each, factor = offer.due // common, offer.points // common
        self.depth += 1
        self.stage = self.shares.purses.after(self.depth, place)
        self.scale *= factor
        money = [amount * factor for amount in self.money]
        money.extend(max(0, money[old] - each * score) for old, score, _ in self.stage.splits)
        self.money = money
        return Purchase(place, price, offer.paid_all, tie)

    def _behind(self, place: int) -> Fraction:
        holdings = self.shares.purses.holdings(self.stage, place)
        return Fraction(sum(self.money[purse] * voters for purse, _, voters in holdings), self.scale)
