"""Casting and voiding ballots."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core import ids
from civic.core.errors import Conflict, Forbidden, Invalid, Refused
from civic.core.states import transition
from projects.calls.models import Call
from projects.voting.models import Ballot
from projects.voting.policies import entitled, require
from projects.voting.secrecy import fingerprint, receipt_code, voter_mark

MOST_VALUE = 2**31 - 1

# What the ballot box (migration 0002) says, and how people read it.
REFUSALS: dict[str, Refused] = {
    "no_poll": Conflict(_("Voting is not prepared yet. Please come back a little later."), code="no-poll"),
    "sealed": Conflict(_("Voting is over and the ballots are sealed."), code="sealed"),
    "not_voting": Conflict(_("This call is not in its voting phase."), code="not-voting"),
    "over_budget": Invalid(
        _("Your basket costs more than the budget. Take something out."), code="over-budget"
    ),
    "too_many": Invalid(_("Your ballot names more than is allowed. Take something out."), code="too-many"),
    "ranks": Invalid(_("Give each place once: 1 for the best, then 2, then 3."), code="ranks"),
    "values": Invalid(_("A project can be chosen only once."), code="values"),
    "unknown_project": Invalid(
        _("A project you chose is no longer on the ballot. Look again."), code="project"
    ),
    "one_line_a_project_and_ballot": Invalid(_("A project can be chosen only once."), code="twice"),
}


def cast_ballot(*, actor: Person, slug: str, choices: Mapping[UUID, int], at: datetime) -> str:
    """Casts the actor's ballot in the call with this slug, or replaces it, and returns the receipt code.

    `choices` says for each project 1 (approval, basket), its points, or its place (ranking). Raises Forbidden (not
    entitled), Invalid (empty, against the rule), Conflict (not voting, sealed).
    """
    check_choices(choices)
    with transaction.atomic():
        call = Call.objects.public().filter(slug=slug).filter(entitled(actor, at)).only("pk").first()
        if call is None:
            raise Forbidden(_("You may not vote in this call. Its page says who may."), code="not-entitled")
        return put_in_box(
            call_id=call.pk,
            voter=voter_mark(call.pk, actor.pk),
            channel=Ballot.Channel.ONLINE,
            choices=choices,
            at=at,
        )[1]


def check_choices(choices: Mapping[UUID, int]) -> None:
    """Raises Invalid for an empty ballot or a value that is none."""
    if not choices:
        raise Invalid(_("Choose at least one project."), code="empty")
    if not all(1 <= value <= MOST_VALUE for value in choices.values()):
        raise Invalid(_("Points and places are whole numbers from 1."), code="values")


def put_in_box(
    *, call_id: UUID, voter: str, channel: str, choices: Mapping[UUID, int], at: datetime
) -> tuple[UUID, str]:
    """One statement: supersedes the voter's earlier ballot, adds this one and its event. (ballot id, receipt code)."""
    ballot_id = ids.new_id()
    code = receipt_code(ballot_id)
    arguments = [
        ballot_id,
        call_id,
        voter,
        channel,
        fingerprint(code),
        list(choices),
        list(choices.values()),
        at,
    ]
    with ballot_box(), connection.cursor() as cursor:
        cursor.execute("SELECT voting_cast(%s, %s, %s, %s, %s, %s, %s, %s)", arguments)
    return ballot_id, code


@contextmanager
def ballot_box() -> Iterator[None]:
    """Turns what the database refuses into our refusals; anything else goes on as it is."""
    try:
        yield
    except IntegrityError as error:
        refusal = REFUSALS.get(_word(error))
        if refusal is None:
            raise
        raise refusal from error


def _word(error: IntegrityError) -> str:
    """The constraint that failed, or the word with which one of our triggers begins its message."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        return ""
    return diagnosis.constraint_name or (diagnosis.message_primary or "").partition(":")[0]


def void_ballot(*, actor: Person, ballot: Ballot, reason: str, at: datetime) -> Ballot:
    """Takes a ballot out of the count before the seal, for a reason that stays on record.

    Raises Forbidden, Invalid (no reason), Conflict (sealed), IllegalTransition (superseded or void already).
    """
    require(actor, "void", ballot.call)
    if not reason.strip():
        raise Invalid(reason=_("Say why this ballot does not count."))
    with ballot_box(), transaction.atomic():
        transition(ballot, "void", actor=actor, at=at, reason=reason)
    return ballot
