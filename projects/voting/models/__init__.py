"""Ballots, paper ballots, and polls with their tallies."""

from projects.voting.models.ballot import Ballot, BallotLine
from projects.voting.models.paper import PaperBallot, PaperEntry, PaperVoter
from projects.voting.models.poll import Poll, ProjectResult, Tally
