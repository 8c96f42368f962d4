"""Everything that is done with polls and ballots, one verb a function.

polls (prepare, close, count), ballots (cast, void), paper (hand out, enter, refuse).
"""

from projects.voting.operations.ballots import cast_ballot, rehearse_ballot, void_ballot
from projects.voting.operations.paper import enter_paper, hand_out_paper, refuse_paper
from projects.voting.operations.polls import close_voting, prepare_poll, put_key, run_tally, shuffle_ballots
