"""Paper ballots: the desk notes who was handed one, so that nobody votes on paper and online.

Two clerks type each one in without seeing the other's entry; a third looks where they differ.
"""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person, Residency
from civic.accounts.operations.residency import Facts
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row
from civic.core.policies import require
from civic.core.states import lock, transition
from projects.calls.models import Call
from projects.calls.states import CallState, PhaseKind
from projects.voting.models import Ballot, PaperBallot, PaperEntry, PaperVoter
from projects.voting.operations.ballots import Slot, ballot_box, check_choices, put_in_box
from projects.voting.queries import calls_taking_paper, marks_of, voted_elsewhere
from projects.voting.secrecy import paper_mark, voter_mark
from projects.voting.states import PAPER_WAITS, PaperState


def hand_out_paper(*, actor: Person, call: Call, facts: Facts, at: datetime) -> PaperVoter:
    """Notes that this person takes a paper ballot; from now on their account cannot vote online in this call.

    The desk has seen their papers. Raises Forbidden, Conflict (not voting, sealed, took one before, voted online,
    younger than the call asks for, voted in a call of another district that votes now).
    """
    require(actor, "enter_ballots", call)
    if not call.old_enough(facts.born, at):
        raise Conflict(_("This person is younger than this call asks for."), code="too-young")
    marks = facts.marks()
    with ballot_box(), transaction.atomic():
        phase = call.phase_at(at)
        if phase is None or phase.kind != PhaseKind.VOTING:
            raise Conflict(_("This call is not in its voting phase."), code="not-voting")
        known = Q(identity=marks["identity"])
        if marks["document"]:
            known |= Q(document=marks["document"])
        account = _account(known, marks["document"])
        # Its locks come before those of one call, as when somebody casts.
        if elsewhere := voted_elsewhere(call, account, marks.values(), at):
            words = _("This person has voted in “%(call)s”. Nobody votes in two districts at a time.")
            raise Conflict(words % {"call": elsewhere}, code="voted-elsewhere")
        # Nobody with these marks casts a ballot meanwhile: else the account could vote online between the look and
        # the note, and the person would have two ballots.
        with connection.cursor() as cursor:
            cursor.execute("SELECT voting_hold(%s, %s)", [call.pk, list(marks.values())])
        # First: the database refuses a paper voter that nobody told of.
        events.record("call.paper_handed_out", actor=actor, subject=call, at=at)
        mark = voter_mark(call.pk, account) if account else ""
        return PaperVoter.objects.create(call=call, voter=mark, **marks)


def _account(known: Q, document: str) -> UUID | None:
    """The account that the city has verified for this person."""
    verified = Residency.objects.filter(known, verified_at__isnull=False)
    # A document tells people of one name and birth date apart, so it says more than they do.
    best = sorted(verified, key=lambda residency: residency.document != document)
    return best[0].person_id if best else None


def lock_ballots_of(person: Person) -> None:
    """Until the transaction ends no ballot of this account comes in; one that is on its way is waited for."""
    calls = Call.objects.filter(state=CallState.OPEN, poll__sealed_at=None, poll__isnull=False)
    with connection.cursor() as cursor:
        for call_id in calls.order_by("pk").values_list("pk", flat=True):
            cursor.execute("SELECT voting_hold(%s, %s)", [call_id, [voter_mark(call_id, person.pk)]])


def forget_papers_of_others(person: Person) -> None:
    """Notes for no account the papers that were noted for this one, where their person never was confirmed as it.

    The owner of the account has taken none, and has a vote; the marks of who took it keep them from a second ballot.
    """
    known = Residency.objects.filter(verified_at__isnull=False)
    same = Q(identity=OuterRef("identity")) | Q(document=OuterRef("document")) & ~Q(document="")
    noted = PaperVoter.objects.filter(voter__in=marks_of(person), call__poll__sealed_at=None)
    noted.filter(~Exists(known.filter(same))).update(voter="")


def enter_paper(
    *, actor: Person, call: Call, serial: str, choices: Mapping[UUID, int], at: datetime
) -> PaperBallot:
    """Records what the clerk reads. The second entry that says the same counts it; a different one asks for a third.

    Raises Forbidden, Invalid (no number, empty or against the rule), Conflict (entered by this clerk before,
    counted or refused already, voting has not begun, the ballots are sealed).
    """
    require(actor, "enter_ballots", call)
    check_choices(choices)
    serial = serial.strip().upper()
    if not serial:
        raise Invalid(serial=_("Type the number printed on the paper."))
    data = {str(project): value for project, value in sorted(choices.items())}
    with transaction.atomic():
        with connection.cursor() as cursor:
            # Shared with the voters: a seal waits for this entry, and no entry comes after the seal, to wait for ever.
            cursor.execute("SELECT pg_advisory_xact_lock_shared(voting_box(%s))", [call.pk])
        if not calls_taking_paper(at).filter(pk=call.pk).exists():
            raise Conflict(_("This call takes no paper ballots now."), code="not-voting")
        paper, first = PaperBallot.objects.get_or_create(call=call, serial=serial)
        paper = lock_row(PaperBallot.objects, pk=paper.pk)
        if paper.state not in PAPER_WAITS:
            raise Conflict(
                _("This paper ballot is finished: %(state)s.") % {"state": paper.get_state_display()}
            )
        earlier = list(paper.entries.all())
        if any(entry.clerk_id == actor.pk for entry in earlier):
            raise Conflict(_("You have entered this paper already. Somebody else must enter it again."))
        PaperEntry.objects.create(paper=paper, clerk=actor, choices=data)
        if any(entry.choices == data for entry in earlier):
            _count(paper, choices, actor, at)
        elif not first and paper.state == PaperState.ONCE:
            transition(paper, "differ", actor=actor, at=at)
    return paper


def _count(paper: PaperBallot, choices: Mapping[UUID, int], actor: Person, at: datetime) -> None:
    mark = paper_mark(paper.call_id, paper.serial)
    ballot_id, _code = put_in_box(Slot(paper.call_id, mark, Ballot.Channel.PAPER), choices, at=at)
    PaperBallot.objects.filter(pk=paper.pk).update(ballot=ballot_id)
    transition(paper, "match", actor=actor, at=at)


def refuse_paper(*, actor: Person, paper: PaperBallot, reason: str, at: datetime) -> PaperBallot:
    """Doubts a paper that cannot be counted; when a second person says so as well, it is set aside for good.

    Until then it can still be entered. How many were set aside is published. Raises Forbidden, Invalid (no reason),
    Conflict (this person has said so already), IllegalTransition.
    """
    require(actor, "refuse", paper)
    reason = required(reason, _("Say why this paper is not valid."))
    with transaction.atomic():
        doubted = lock(paper).state == PaperState.DOUBTED
        if doubted and events.about(paper).filter(kind="paper_ballot.doubted", actor=actor.pk).exists():
            raise Conflict(_("You have said so already. Somebody else must look at the paper as well."))
        transition(paper, "refuse" if doubted else "doubt", actor=actor, at=at, reason=reason)
    return paper
