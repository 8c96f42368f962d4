"""The council's desk for voting: polls and tallies to read, ballots to void, paper ballots to enter."""

from projects.voting.admin import paper, polls
