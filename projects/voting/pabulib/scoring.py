"""From votes as written to scores that a rule can count.

approval, choose-1: 1 for each chosen project. cumulative, scoring: the points given. ordinal: Borda, the
first of at most L ranked projects gets L, the next L-1 and so on, where L is max_length, or the number of
projects without one.
"""

from pathlib import Path

from projects.voting.election import Candidate, Election
from projects.voting.pabulib.document import Document, Vote, VoteType
from projects.voting.pabulib.reader import read, whole


def read_election(path: Path) -> Election:
    """Read a whole file as an election; raises `Malformed` or OSError."""
    with path.open("rb") as stream:
        return election(read(stream, path.name))


def election(document: Document) -> Election:
    """Walk the document's votes into an election."""
    longest = whole(document.meta.get("max_length", "")) or len(document.projects)
    return Election.of(
        budget=document.budget,
        candidates=[
            Candidate(row.id, row.cost, row.fields.get("name", "")) for row in document.projects.values()
        ],
        ballots=(scores(vote, document.vote_type, longest) for vote in document.votes),
    )


def scores(vote: Vote, kind: VoteType, longest: int) -> dict[str, int]:
    """One vote as {project id: score}."""
    if kind.has_points:
        return dict(zip(vote.choices, vote.points, strict=True))
    if kind is VoteType.ORDINAL:
        return {choice: longest - place for place, choice in enumerate(vote.choices)}
    return dict.fromkeys(vote.choices, 1)
