"""What this slice holds of a person: ballots under a keyed mark, and who typed paper ballots in."""

from datetime import datetime
from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.privacy import (
    KEEP,
    NonPersonal,
    Personal,
    Text,
    non_personal,
    personal_data,
    release_blockers,
    released,
)
from civic.core.registry import Hook
from projects.voting.models import Ballot, BallotLine, PaperVoter
from projects.voting.operations.paper import forget_papers_of_others, lock_ballots_of
from projects.voting.queries import marks_of, unsealed_ballot

MARK = "a keyed mark; useless outside of the site"
SECRET_BALLOT = _(
    "Ballots stay, so that the result can always be counted again. Nobody can find out that they are yours."
)


kept = partial(Personal, erase=KEEP)


def ballots_of(person: Person) -> QuerySet[Ballot]:
    """All ballots of the person, replaced ones included."""
    return Ballot.objects.filter(voter__in=marks_of(person))


def lines_of(person: Person) -> QuerySet[BallotLine]:
    return BallotLine.objects.filter(ballot__in=ballots_of(person))


def papers_of(person: Person) -> QuerySet[PaperVoter]:
    """That the person was handed paper ballots, found by their account or by who the city knows them to be."""
    marks = {mark for pair in person.residencies.values_list("identity", "document") for mark in pair if mark}
    by_account = Q(voter__in=marks_of(person))
    return PaperVoter.objects.filter(by_account | Q(identity__in=marks) | Q(document__in=marks))


def votes_now(person: Person, at: datetime) -> Text | None:
    """Another account that is confirmed with the same papers would bring a second ballot of one person."""
    lock_ballots_of(person)
    if (ballot := unsealed_ballot(person)) is None:
        return None
    words = _(
        "This account has voted in “%(call)s”. Until the ballots of that vote are sealed, the papers it was confirmed "
        "with confirm no other account."
    )
    return words % {"call": ballot.call}


OURS = [
    kept(
        model="voting.Ballot",
        person=ballots_of,
        title=_("Your ballots"),
        export=("call", "channel", "state", "created_at"),
        withhold={"voter": MARK, "receipt": "the fingerprint of the code on your receipt"},
        reason=SECRET_BALLOT,
    ),
    kept(
        model="voting.BallotLine",
        person=lines_of,
        title=_("What you voted for"),
        export=("ballot", "project", "value"),
        reason=SECRET_BALLOT,
    ),
    kept(
        model="voting.PaperVoter",
        person=papers_of,
        title=_("Paper ballots you were handed"),
        export=("call", "created_at"),
        withhold={"identity": MARK, "document": MARK, "voter": MARK},
        reason=_(
            "It stays under a keyed mark, so that nobody can show that a person voted twice or did not."
        ),
    ),
    kept(
        model="voting.PaperEntry",
        person="clerk",
        title=_("Paper ballots you typed in"),
        export=("paper", "created_at"),
        reason=_("Who typed a paper ballot in stays on record by a random number."),
    ),
]

personal_data.register(*OURS)
non_personal.register(
    NonPersonal("voting.Poll", ("counting",), "how far a count has come"),
    NonPersonal("voting.Tally", ("trace",), "rounds and figures of a count"),
    NonPersonal("voting.PaperEntry", ("choices",), "what stands on a paper without a name"),
)
release_blockers.register(Hook("votes-now", votes_now))
released.register(Hook("papers", forget_papers_of_others))
