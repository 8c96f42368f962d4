"""Polls, ballots, paper ballots and tallies; one noun a file."""

from projects.voting.models.ballot import Ballot, BallotLine
from projects.voting.models.paper import PaperBallot, PaperEntry
from projects.voting.models.poll import Poll
from projects.voting.models.roll import PaperVoter
from projects.voting.models.tally import ProjectResult, Tally

__all__ = [
    "Ballot",
    "BallotLine",
    "PaperBallot",
    "PaperEntry",
    "PaperVoter",
    "Poll",
    "ProjectResult",
    "Tally",
]
