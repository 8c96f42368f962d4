"""What one vote may contain, as META says it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from projects.voting.pabulib.document import VoteType

Bounds = tuple[int, int | None]


@dataclass(frozen=True, slots=True)
class Limits:
    """Lower and upper bounds for one vote.

    How many projects, their cost together, points each and together.
    """

    kind: VoteType
    costs: Mapping[str, int]
    length: Bounds
    cost: Bounds
    point: Bounds
    points: Bounds

    @classmethod
    def of(
        cls,
        meta: Mapping[str, str],
        kind: VoteType,
        costs: Mapping[str, int],
        amount: Callable[[Mapping[str, str], str], int],
    ) -> "Limits":
        """Take the bounds from META; `amount` reads one key as a whole number or raises."""

        def bounds(of: str) -> Bounds:
            low, high = f"min_{of}", f"max_{of}"
            return (amount(meta, low) if meta.get(low) else 0), (
                amount(meta, high) if meta.get(high) else None
            )

        length = (1, 1) if kind is VoteType.CHOOSE_ONE else bounds("length")
        return cls(kind, costs, length, bounds("sum_cost"), bounds("points"), bounds("sum_points"))

    def broken_by(self, choices: tuple[str, ...], points: tuple[int, ...]) -> str | None:
        """What is wrong with a vote, in words, or None."""
        for choice in choices:
            if choice not in self.costs:
                return f"project {choice!r} is not listed in PROJECTS"
        if len(set(choices)) < len(choices):
            return "the same project is chosen twice"
        return (
            _outside(self.length, len(choices), "projects chosen", "length")
            or _outside(self.cost, sum(self.costs[choice] for choice in choices), "total cost", "sum_cost")
            or next(
                (wrong for each in points if (wrong := _outside(self.point, each, "points", "points"))), None
            )
            or (
                _outside(self.points, sum(points), "points in all", "sum_points")
                if self.kind.has_points
                else None
            )
        )


def _outside(bounds: Bounds, amount: int, what: str, key: str) -> str | None:
    low, high = bounds
    if high is not None and amount > high:
        return f"{amount} {what}, but META says max_{key} {high}"
    if amount < low:
        return f"{amount} {what}, but META says min_{key} {low}"
    return None
