"""What every rule returns.

Who won and in which round, and what each loser lacked. Amounts in currency units.
"""

from dataclasses import asdict, dataclass, field
from enum import StrEnum


class Why(StrEnum):
    """Why a project was not chosen."""

    TOO_COSTLY = "too_costly"  # costs more than the whole budget
    NO_SUPPORT = "no_support"  # nobody voted for it
    DID_NOT_FIT = "did_not_fit"  # greedy: dearer than what was left at its turn
    SHARES_SHORT = "shares_short"  # Equal Shares: its supporters' remaining shares do not pay for it


class Step(StrEnum):
    """Which part of a rule chose a project."""

    SCORE = "score"
    SHARES = "shares"
    LEFTOVER = "leftover"  # bought by score from what Equal Shares left over


@dataclass(frozen=True, slots=True)
class Round:
    """One project chosen. Prices are rounded to 6 decimals for reading; the rule itself is exact."""

    round: int
    project: str
    step: Step
    cost: int
    score: int
    supporters: int
    left: int  # budget not yet spent after this round
    price: str | None = None  # paid for each point (approval: by each supporter) who still had enough
    paid_all: int | None = None  # supporters who gave all they had left, less than the price
    tie: bool = False  # another project stood equal and the published order decided


@dataclass(frozen=True, slots=True)
class Loss:
    """One project not chosen and what was missing."""

    project: str
    why: Why
    cost: int
    score: int
    supporters: int
    available: str | None = None  # budget left at its turn, or money its supporters had left, 6 decimals
    missing: str | None = None  # cost minus available
    more_supporters: int | None = None  # greedy: votes that would have been enough
    share_raise: int | None = (
        None  # Equal Shares: a further raise of every share that buys it; one less does not
    )


@dataclass(frozen=True, slots=True)
class Outcome:
    """The result of a rule on an election."""

    rule: str
    budget: int
    voters: int
    rounds: tuple[Round, ...]
    losses: tuple[Loss, ...]
    facts: dict[str, str | int | bool | None] = field(default_factory=dict)  # figures of the rule as a whole

    @property
    def winners(self) -> tuple[str, ...]:
        """Ids of the chosen projects in the order they were chosen."""
        return tuple(turn.project for turn in self.rounds)

    @property
    def cost(self) -> int:
        return sum(turn.cost for turn in self.rounds)

    def as_dict(self) -> dict[str, object]:
        return {
            "rule": self.rule,
            "winners": list(self.winners),
            "cost": self.cost,
            "budget": self.budget,
            "voters": self.voters,
            "rounds": [asdict(turn) for turn in self.rounds],
            "losses": [asdict(loss) for loss in self.losses],
            **self.facts,
        }
