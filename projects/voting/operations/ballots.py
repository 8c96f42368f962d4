"""Casting and voiding ballots."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID, uuid4

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.operations import lock_person
from civic.core.errors import Conflict, Forbidden, Invalid, NotFound, Refused, required
from civic.core.models import Event
from civic.core.policies import require
from civic.core.states import transition
from projects.voting.models import Ballot
from projects.voting.queries import call_id
from projects.voting.secrecy import fingerprint, receipt_code, voter_mark

MOST_VALUE = 2**31 - 1
# Ballots that one officer takes out: doubts are few, and nobody empties a box before the count by one click.
MOST_VOIDED = 5

# What the ballot box (projects/voting/sql) says, and how people read it.
REFUSALS: dict[str, Refused] = {
    "not_entitled": Forbidden(
        _("You may not vote in this call. Its page says who may."), code="not-entitled"
    ),
    "no_poll": Conflict(_("Voting is not prepared yet. Please come back a little later."), code="no-poll"),
    "another_key": Conflict(
        _(
            "Your ballot can't be kept secret now, so it was not taken. The city has been told; please come back."
        ),
        code="another-key",
    ),
    "sealed": Conflict(_("Voting is over and the ballots are sealed."), code="sealed"),
    "on_paper": Conflict(
        _(
            "With the papers that your account is or was confirmed with, somebody was handed a paper ballot for this "
            "call. That one counts; nobody votes twice. If it was not you, please ask the service desk."
        ),
        code="on-paper",
    ),
    "voted_online": Conflict(
        _(
            "The account that is or was confirmed with these papers has voted online, and that ballot counts. While "
            "the account is confirmed, the ballot can be changed online until voting ends."
        ),
        code="voted-online",
    ),
    "no_paper_out": Conflict(
        _("There are as many papers in the box as people who were handed one. Note who got this one first."),
        code="no-paper-out",
    ),
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
    **dict.fromkeys(
        ("one_paper_an_identity", "one_paper_a_document"),
        Conflict(_("This person was handed a paper ballot for this call already."), code="paper-out"),
    ),
    "one_paper_a_voter": Conflict(
        _("A paper ballot for this call was handed out already for the account of this person."),
        code="paper-out",
    ),
    "one_line_a_project_and_ballot": Invalid(_("A project can be chosen only once."), code="twice"),
}

# Of the box as well; it names the call.
ELSEWHERE = _(
    "You have voted in “%(call)s”, where you lived before. Nobody votes in two districts at a time."
)


def cast_ballot(*, actor: Person, slug: str, choices: Mapping[UUID, int], at: datetime) -> str:
    """Casts the actor's ballot in the call with this slug, or replaces it, and returns the receipt code.

    `choices` says for each project 1 (approval, basket), its points, or its place (ranking). Raises NotFound,
    Forbidden (not entitled), Invalid (empty, against the rule), Conflict (not voting, sealed, voted in the district
    where they lived before).
    """
    check_choices(choices)
    with transaction.atomic():
        call = call_id(slug)
        if call is None:
            raise NotFound
        box = Slot(call, voter_mark(call, actor.pk), Ballot.Channel.ONLINE, actor.pk)
        return put_in_box(box, choices, at=at)[1]


def rehearse_ballot(*, actor: Person, slug: str, choices: Mapping[UUID, int], at: datetime) -> None:
    """Raises what casting this ballot would raise, and leaves nothing behind: the rule stands in one place."""
    with transaction.atomic():
        cast_ballot(actor=actor, slug=slug, choices=choices, at=at)
        transaction.set_rollback(True)


def check_choices(choices: Mapping[UUID, int]) -> None:
    """Raises Invalid for an empty ballot or a value that is none."""
    if not choices:
        raise Invalid(_("Choose at least one project."), code="empty")
    if not all(1 <= value <= MOST_VALUE for value in choices.values()):
        raise Invalid(_("Points and places are whole numbers from 1."), code="values")


class Slot(NamedTuple):
    """Whose ballot goes into which box, and by which way; paper has no person. The database makes `voter` again."""

    call_id: UUID
    voter: str
    channel: str
    person_id: UUID | None = None


def put_in_box(slot: Slot, choices: Mapping[UUID, int], *, at: datetime) -> tuple[UUID, str]:
    """Checks the right to vote, supersedes the voter's earlier ballot and adds this one: one statement, no event.

    Returns (ballot id, receipt code). Raises Forbidden, Invalid, Conflict; see REFUSALS.
    """
    ballot_id = uuid4()
    code = receipt_code(ballot_id)
    who = [ballot_id, slot.call_id, slot.person_id, slot.voter, slot.channel, fingerprint(code)]
    arguments: list[Any] = [*who, list(choices), list(choices.values()), at]
    with ballot_box(), connection.cursor() as cursor:
        cursor.execute("SELECT voting_cast(%s, %s, %s, %s, %s, %s, %s, %s, %s)", arguments)
    return ballot_id, code


@contextmanager
def ballot_box() -> Iterator[None]:
    """Turns what the database refuses into our refusals; anything else goes on as it is."""
    try:
        yield
    except IntegrityError as error:
        word, said = _said(error)
        if word == "voted_elsewhere":
            raise Conflict(ELSEWHERE % {"call": said}, code="voted-elsewhere") from error
        refusal = REFUSALS.get(word)
        if refusal is None:
            raise
        raise refusal from error


def _said(error: IntegrityError) -> tuple[str, str]:
    """The constraint that failed, or the word that one of our triggers begins its message with; and what follows it."""
    diagnosis = getattr(error.__cause__, "diag", None)
    if diagnosis is None:
        return "", ""
    word, _colon, said = (diagnosis.message_primary or "").partition(": ")
    return diagnosis.constraint_name or word, said


def void_ballot(*, actor: Person, ballot: Ballot, reason: str, at: datetime) -> Ballot:
    """Takes a ballot out of the count before the seal, for a reason that stays on record.

    Raises Forbidden, Invalid (no reason), Conflict (sealed; beyond `MOST_VOIDED` a day), IllegalTransition (superseded
    or void already).
    """
    require(actor, "void", ballot)
    reason = required(reason, _("Say why this ballot does not count."))
    with ballot_box(), transaction.atomic():
        # One at a time a person: each of many at once would count the others as not yet done.
        lock_person(actor)
        voided = Event.objects.filter(actor=actor.pk, kind="ballot.voided", at__gt=at - timedelta(days=1))
        if voided.count() >= MOST_VOIDED:
            raise Conflict(
                _("You have taken out as many ballots as one person may in a day. Ask a colleague.")
            )
        transition(ballot, "void", actor=actor, at=at, reason=reason)
    return ballot
