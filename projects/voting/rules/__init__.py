"""The tally rules by name.

Each takes an election and a seed and gives an outcome; none knows about Django.
"""

from collections.abc import Callable
from functools import partial

from projects.voting.election import Election
from projects.voting.rules import equal_shares, greedy
from projects.voting.rules.outcome import Outcome

Rule = Callable[..., Outcome]

RULES: dict[str, Rule] = {
    greedy.NAME: greedy.tally,
    equal_shares.NAME: equal_shares.tally,
    equal_shares.PLAIN: partial(equal_shares.tally, name=equal_shares.PLAIN),
    equal_shares.WITH_LEFTOVER: partial(equal_shares.tally, name=equal_shares.WITH_LEFTOVER),
}
# Those that give each voter a share to pay from; what is said about their results speaks of it.
BY_SHARES = {equal_shares.NAME, equal_shares.PLAIN, equal_shares.WITH_LEFTOVER}


def tally(election: Election, *, rule: str, seed: str = "") -> Outcome:
    """Run a rule by name; KeyError when there is none of that name."""
    return RULES[rule](election, seed=seed)
