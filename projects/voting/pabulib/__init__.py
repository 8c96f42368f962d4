"""Pabulib `.pb` election files: read strictly, write, and turn into an `Election`.

The format (pabulib.org/format; Stolicki, Szufa and Talmon 2020) is three sections of `;`-separated rows:
META, PROJECTS and VOTES. Votes are streamed, so memory grows with the number of projects and voter ids, not
with the file.
"""

from projects.voting.pabulib.document import (
    RULE_NAMES,
    Document,
    Malformed,
    ProjectRow,
    Vote,
    VoteType,
    rule_of,
)
from projects.voting.pabulib.reader import read, whole
from projects.voting.pabulib.scoring import election, read_election
from projects.voting.pabulib.writer import write
