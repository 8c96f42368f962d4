"""What a tally counts: a budget, the projects on the ballot and the ballots, free of people and of Django.

Everything here is whole numbers of one currency unit. The unit is the one of the input: a euro when every
amount is whole euros, a cent otherwise; see `pabulib`.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

Scores = tuple[tuple[int, int], ...]
"""One ballot as (position of the project in `Election.candidates`, score ≥ 1) pairs, by position."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A project as a tally sees it: its name on the ballot and what it costs, in currency units."""

    id: str
    cost: int
    name: str = ""


@dataclass(frozen=True, eq=False)
class Election:
    """A budget in currency units, candidates, and how often each distinct ballot was cast.

    Equal ballots are kept once with their number, because a rule can only see what a ballot says. A blank
    ballot counts as a voter: its share of the budget is nobody else's.
    """

    budget: int
    candidates: tuple[Candidate, ...]
    ballots: Mapping[Scores, int]

    @classmethod
    def of(
        cls, *, budget: int, candidates: Iterable[Candidate], ballots: Iterable[Mapping[str, int]]
    ) -> "Election":
        """Collect ballots given as {candidate id: score}; scores of 0 say nothing and are left out."""
        named = tuple(candidates)
        position = {candidate.id: place for place, candidate in enumerate(named)}
        counted = Counter(
            tuple(sorted((position[name], score) for name, score in ballot.items() if score > 0))
            for ballot in ballots
        )
        return cls(budget=budget, candidates=named, ballots=counted)

    @cached_property
    def voters(self) -> int:
        """How many ballots were cast, blank ones included."""
        return sum(self.ballots.values())

    @cached_property
    def scores(self) -> tuple[int, ...]:
        """The sum of scores of each candidate: votes for approval, points for points and ranking."""
        return self._summed(weighted=True)

    @cached_property
    def supporters(self) -> tuple[int, ...]:
        """How many ballots name each candidate with a score above 0."""
        return self._summed(weighted=False)

    def _summed(self, *, weighted: bool) -> tuple[int, ...]:
        totals = [0] * len(self.candidates)
        for ballot, times in self.ballots.items():
            for place, score in ballot:
                totals[place] += times * score if weighted else times
        return tuple(totals)

    def digest(self) -> str:
        """SHA-256 (hex) of the election in canonical form: the same for any order of projects and ballots."""
        sha = hashlib.sha256()
        for line in self._canonical():
            sha.update(json.dumps(line, separators=(",", ":")).encode() + b"\n")
        return sha.hexdigest()

    def _canonical(self) -> Iterator[object]:
        yield ["budget", self.budget]
        yield from sorted(["project", candidate.id, candidate.cost] for candidate in self.candidates)
        named = (
            ["ballot", sorted([self.candidates[place].id, score] for place, score in ballot), times]
            for ballot, times in self.ballots.items()
        )
        yield from sorted(named)
