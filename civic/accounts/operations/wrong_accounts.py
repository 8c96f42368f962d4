"""What the desk does once it has confirmed the wrong account: the papers are free for the right one."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from civic.accounts import privacy
from civic.accounts.models import Person, Residency
from civic.accounts.operations.residency import NO_MARKS, reject_residency
from civic.accounts.states import ResidencyState
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.locking import lock_row
from civic.core.policies import require


def release_marks(*, actor: Person, residency: Residency, reason: str, at: datetime) -> None:
    """Takes the marks off a confirmation that has ended, so that they confirm another account at once.

    `identity.HOLD` is for who leaves one account to come back by another; here the papers were somebody else's, which a
    steward says with a reason, whoever has ended the confirmation: the owner of the wrong account may have withdrawn it
    first. A ballot of the account may have been cast by them, and nobody can tell: while one counts in a vote that
    runs, the marks stay. Raises Forbidden, Invalid (no reason), Conflict (confirmed, forgotten, such a ballot).
    """
    require(actor, "release", residency)
    reason = required(reason, _("Say how you know that the papers were somebody else’s."))
    with transaction.atomic():
        # Locked: who confirms the account anew at the same time takes marks off this row as well.
        residency = lock_row(Residency.objects, pk=residency.pk)
        _refuse_others(residency)
        for blocker in privacy.release_blockers:
            if why := blocker(residency.person, at):
                raise Conflict(why)
        events.record("residency.marks_released", actor=actor, subject=residency, at=at, note=reason)
        Residency.objects.filter(pk=residency.pk).update(**NO_MARKS)
        for forget in privacy.released:
            forget(residency.person)


def end_wrong_confirmation(*, actor: Person, residency: Residency, reason: str, at: datetime) -> None:
    """Ends a confirmation by somebody else's papers, which confirm another account at once.

    In one step the owner of this account has no time to be confirmed anew and vote, after which nobody could tell by
    whose papers that ballot was cast. Raises as `reject_residency` and `release_marks`; nothing is done then.
    """
    with transaction.atomic():
        reject_residency(actor=actor, residency=residency, reason=reason, at=at)
        release_marks(actor=actor, residency=residency, reason=reason, at=at)


def _refuse_others(residency: Residency) -> None:
    if residency.state == ResidencyState.VERIFIED:
        raise Conflict(_("This account is confirmed. End its confirmation first."))
    if not residency.verified_at or not (residency.identity or residency.document):
        raise Conflict(_("No papers are held for this account."))
