"""Everything that is done with polls and ballots, one verb a function.

polls (prepare, close), ballots (cast, void), paper (enter, refuse), tallies (run).
"""

from projects.voting.operations.ballots import cast_ballot, check_choices, void_ballot
from projects.voting.operations.paper import enter_paper, refuse_paper
from projects.voting.operations.polls import close_voting, prepare_poll
from projects.voting.operations.tallies import run_tally

__all__ = [
    "cast_ballot",
    "check_choices",
    "close_voting",
    "enter_paper",
    "prepare_poll",
    "refuse_paper",
    "run_tally",
    "void_ballot",
]
