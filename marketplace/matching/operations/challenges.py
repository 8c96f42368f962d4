"""Objections to the published input of a quadratic fund, and their answers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.policies import require
from civic.core.states import lock, transition
from marketplace.matching.models import Challenge, MatchFund
from marketplace.matching.operations.quadratic_allocation import challenged_until, freeze
from marketplace.matching.states import ChallengeState, MatchFundState

LONGEST = 2000
MOST_OPEN = 3


def challenge(*, actor: Person, fund: MatchFund, text: str, token: UUID, at: datetime) -> Challenge:
    """Says what is wrong with a published input; once a form (`token`).

    Raises Invalid (no text, far too long), Conflict (too late, or three of the person's wait for an answer).
    """
    text = required(text, _("Say what is wrong."), field="text", longest=LONGEST)
    with transaction.atomic():
        _check_open(lock(fund), at)
        existing = Challenge.objects.filter(person=actor, token=token).first()
        if existing:
            return existing
        if fund.challenges.filter(person=actor, state=ChallengeState.OPEN).count() >= MOST_OPEN:
            raise Conflict(_("Wait for the answers to your challenges first."))
        made = Challenge.objects.create(fund=fund, person=actor, text=text, token=token, state_since=at)
        events.record("challenge.raised", actor=actor, subject=made, at=at)
    return made


def uphold(*, actor: Person, challenge: Challenge, reason: str, at: datetime) -> None:
    """The challenge is right: the fund is frozen anew with what has been corrected, and can be challenged again.

    Correct it first (`exclude`, residencies). Raises Forbidden, Invalid, IllegalTransition, and Conflict where the
    input would be the same as when it was challenged.
    """
    raised = challenge.state_since
    with transaction.atomic():
        _answer(actor, challenge, "uphold", reason, at)
        fund = challenge.fund
        fund.refresh_from_db()
        before = fund.published_input or {}
        # Another challenge of the same gifts may have had them corrected since.
        corrected_since = bool(raised and fund.frozen_at and fund.frozen_at > raised)
        freeze(fund, at, actor=actor, reason=reason.strip())
        if not corrected_since and _same(before, fund.published_input or {}):
            words = _(
                "Nothing has been corrected yet: name the related party, or correct the residency, first."
            )
            raise Conflict(words)


def reject(*, actor: Person, challenge: Challenge, reason: str, at: datetime) -> None:
    """The challenge is wrong, and why. Raises Forbidden, Invalid, IllegalTransition."""
    with transaction.atomic():
        _answer(actor, challenge, "reject", reason, at)


def _answer(actor: Person, challenge: Challenge, verb: str, reason: str, at: datetime) -> None:
    require(actor, "run", MatchFund)
    require(actor, "answer", challenge)
    reason = required(reason, _("Give your reason; everybody can read it."), longest=LONGEST)
    if lock(challenge.fund).state != MatchFundState.FROZEN:
        raise Conflict(_("The fund is not open to challenges any more."))
    Challenge.objects.filter(pk=challenge.pk, state=ChallengeState.OPEN).update(
        answer=reason, answered_by=actor
    )
    transition(challenge, verb, actor=actor, at=at, reason=reason)
    challenge.refresh_from_db()


def _same(before: dict[str, Any], after: dict[str, Any]) -> bool:
    parts = ("campaigns", "gifts", "struck")
    return all(before.get(part) == after.get(part) for part in parts)


def _check_open(fund: MatchFund, at: datetime) -> None:
    fund.refresh_from_db(fields=["frozen_at"])
    until = challenged_until(fund)
    if fund.state != MatchFundState.FROZEN or until is None or at >= until:
        raise Conflict(_("The time to challenge is over, or has not begun."))
