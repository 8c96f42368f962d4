"""The parts of a `.pb` file as values, and the one error that a bad file raises."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Malformed(ValueError):
    """The file breaks the format: which file, at which line, and what is wrong, in one line of text."""

    def __init__(self, file: str, line: int, wrong: str) -> None:
        self.file, self.line, self.wrong = file, line, " ".join(wrong.split())
        super().__init__(f"{file}: line {line}: {self.wrong}")


# Our rules as the format names them. Files are written and read by it: what we publish comes in as what it was.
RULE_NAMES = {"greedy": "greedy", "equal-shares": "equalshares/add1", "equal-shares-plain": "equalshares"}


def rule_named(name: str) -> str | None:
    """Our rule for what META calls its rule: greedy where it says nothing; None where it is no rule of ours.

    Cities' names are many, and begin alike: `greedy-threshold`, `equalshares/add1u`.
    """
    ours = {named: rule for rule, named in RULE_NAMES.items()}
    begins = {"equalshares": "equal-shares", "greedy": "greedy"}
    return (
        ours.get(name)
        or next((rule for start, rule in begins.items() if name.startswith(start)), None)
        or (None if name.strip() and name != "unknown" else "greedy")
    )


class VoteType(StrEnum):
    """How voters filled in their ballots."""

    APPROVAL = "approval"
    CHOOSE_ONE = "choose-1"
    CUMULATIVE = "cumulative"  # points from a common purse
    SCORING = "scoring"  # points for each project on its own
    ORDINAL = "ordinal"  # best first

    @property
    def has_points(self) -> bool:
        """Whether the `points` column says what the ballot means."""
        return self in {VoteType.CUMULATIVE, VoteType.SCORING}


@dataclass(frozen=True, slots=True)
class ProjectRow:
    """A row of PROJECTS. `fields` has every column as written, `cost` is whole currency units."""

    id: str
    cost: int
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vote:
    """A row of VOTES, checked against META and PROJECTS.

    `points` matches `choices` when the vote type has points.
    """

    voter: str
    choices: tuple[str, ...]
    points: tuple[int, ...]
    fields: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """An open `.pb` file: META and PROJECTS are read, `votes` reads on and can be walked once."""

    name: str
    meta: Mapping[str, str]
    budget: int
    vote_type: VoteType
    project_columns: tuple[str, ...]
    projects: Mapping[str, ProjectRow]
    vote_columns: tuple[str, ...]
    votes: Iterator[Vote]


def rule_of(document: Document) -> str:
    """Our rule for the document's. Raises `Malformed` where it was counted by one that we do not have."""
    said = document.meta.get("rule", "")
    rule = rule_named(said)
    if rule is None:
        raise Malformed(document.name, 1, f"rule {said!r} is none of ours; choose one by --rule")
    return rule
