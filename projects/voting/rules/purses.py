"""Purses: voters who have paid for the same projects so far, and so have the same money left.

Which purse a ballot is in depends only on the projects bought, in order, never on the amounts. So one chain
of stages serves every share that Add1 tries, up to the point where the purchases differ.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from projects.voting.election import Election

Holding = tuple[int, int, int]
"""(purse, score, voters): the supporters of one candidate who sit in one purse and gave it one score."""


@dataclass(slots=True)
class Stage:
    """The purses after some purchases.

    `splits` lists what the last purchase did: (old purse, score, new purse).
    """

    bought: int | None
    purse_of: list[int]  # by distinct ballot
    count: int  # purses so far
    splits: list[tuple[int, int, int]] = field(default_factory=list)
    holdings: dict[int, list[Holding]] = field(default_factory=dict)  # filled when first asked for


class Purses:
    """The chain of stages for one election. A stage for another order of purchases replaces the old tail."""

    def __init__(self, election: Election) -> None:
        self._times = list(election.ballots.values())
        self._named: list[list[tuple[int, int]]] = [[] for _ in election.candidates]
        for number, ballot in enumerate(election.ballots):
            for place, score in ballot:
                self._named[place].append((number, score))
        self._stages = [Stage(None, [0] * len(self._times), 1)]

    @property
    def first(self) -> Stage:
        """Before any purchase: everybody in one purse."""
        return self._stages[0]

    def after(self, depth: int, bought: int) -> Stage:
        """The stage after `depth` purchases, the last of them `bought`, following those asked for before."""
        if depth == len(self._stages) or self._stages[depth].bought != bought:
            del self._stages[depth:]
            self._stages.append(self._split(self._stages[-1], bought))
        return self._stages[depth]

    def holdings(self, stage: Stage, place: int) -> list[Holding]:
        """How the supporters of a candidate spread over the purses of a stage."""
        known = stage.holdings.get(place)
        if known is None:
            known = stage.holdings[place] = self._count(stage, place)
        return known

    def _count(self, stage: Stage, place: int) -> list[Holding]:
        purse_of, times = stage.purse_of, self._times
        voters: dict[tuple[int, int], int] = defaultdict(int)
        for number, score in self._named[place]:
            voters[purse_of[number], score] += times[number]
        return [(purse, score, number) for (purse, score), number in voters.items()]

    def _split(self, stage: Stage, bought: int) -> Stage:
        purse_of, count = stage.purse_of.copy(), stage.count
        fresh: dict[tuple[int, int], int] = {}
        for number, score in self._named[bought]:
            key = purse_of[number], score
            if key not in fresh:
                fresh[key] = count
                count += 1
            purse_of[number] = fresh[key]
        return Stage(bought, purse_of, count, [(old, score, new) for (old, score), new in fresh.items()])
