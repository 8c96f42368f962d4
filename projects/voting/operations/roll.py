"""The roll of the service desk: who was handed a paper ballot, so that nobody votes on paper and online."""

from datetime import datetime

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person, Residency
from civic.accounts.operations.residency import Facts
from civic.core import events
from civic.core.errors import Conflict
from civic.core.policies import require
from projects.calls.models import Call
from projects.calls.states import PhaseKind
from projects.voting.models import PaperVoter
from projects.voting.operations.ballots import ballot_box
from projects.voting.secrecy import voter_mark


def hand_out_paper(*, actor: Person, call: Call, facts: Facts, at: datetime) -> PaperVoter:
    """Notes that this person takes a paper ballot; from now on their account cannot vote online in this call.

    The desk has seen their papers. Raises Forbidden, Conflict (not voting, sealed, took one before, voted online).
    """
    require(actor, "enter_ballots", call)
    marks = facts.marks()
    with ballot_box(), transaction.atomic():
        phase = call.phase_at(at)
        if phase is None or phase.kind != PhaseKind.VOTING:
            raise Conflict(_("This call is not in its voting phase."), code="not-voting")
        _hold(call, marks)
        handed = PaperVoter.objects.create(call=call, voter=_mark_of_account(call, marks), **marks)
        events.record("call.paper_handed_out", actor=actor, subject=call, at=at)
    return handed


def _hold(call: Call, marks: dict[str, str]) -> None:
    """Nobody with these marks casts a ballot meanwhile, so that the account found is the one that has voted."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT voting_hold(%s, %s)", [call.pk, list(marks.values())])


def _mark_of_account(call: Call, marks: dict[str, str]) -> str:
    """The mark of the ballots of the account that the city has verified for this person; empty without one."""
    known = Q(identity=marks["identity"])
    if marks["document"]:
        known |= Q(document=marks["document"])
    verified = Residency.objects.filter(known, verified_at__isnull=False)
    # A document tells people of one name and birth date apart, so it says more than they do.
    best = sorted(verified, key=lambda residency: residency.document != marks["document"])
    return voter_mark(call.pk, best[0].person_id) if best else ""
