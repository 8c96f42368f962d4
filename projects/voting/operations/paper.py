"""Paper ballots: two clerks type each one in without seeing the other's entry; a third looks where they differ."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.core.errors import Conflict, Invalid
from civic.core.policies import require
from civic.core.states import transition
from civic.core.text import required
from projects.calls.models import Call
from projects.voting.models import Ballot, PaperBallot, PaperEntry
from projects.voting.operations.ballots import Slot, check_choices, put_in_box
from projects.voting.secrecy import paper_mark
from projects.voting.states import PaperState


def enter_paper(
    *, actor: Person, call: Call, serial: str, choices: Mapping[UUID, int], at: datetime
) -> PaperBallot:
    """Records what the clerk reads. The second entry that says the same counts it; a different one asks for a third.

    Raises Forbidden, Invalid (no number, empty or against the rule), Conflict (entered by this clerk before,
    counted or refused already, voting is over).
    """
    require(actor, "enter_ballots", call)
    check_choices(choices)
    serial = serial.strip().upper()
    if not serial:
        raise Invalid(serial=_("Type the number printed on the paper."))
    data = {str(project): value for project, value in sorted(choices.items())}
    with transaction.atomic():
        paper, first = PaperBallot.objects.select_for_update().get_or_create(call=call, serial=serial)
        if paper.state not in (PaperState.ONCE, PaperState.DIFFERS):
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
    """Sets a paper aside that cannot be read. Raises Forbidden, Invalid (no reason), IllegalTransition."""
    require(actor, "refuse", paper)
    reason = required(reason, _("Say why this paper is not valid."))
    transition(paper, "refuse", actor=actor, at=at, reason=reason)
    return paper
