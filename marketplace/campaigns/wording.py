"""What a backer is told when a bank looks into a payment, decides, or takes a transfer back."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from civic.core.money import Money
from marketplace.campaigns import conditions
from marketplace.campaigns.models import Pledge
from marketplace.campaigns.states import GIVEN_BACK, LOST, NO_GIFT
from marketplace.payments.models import Charge, Dispute
from marketplace.payments.queries.disputes import is_by_transfer
from marketplace.payments.states import ChargeState

# Sentences for pledges that were dropped, by the note of that step.
FELL_AWAY = {GIVEN_BACK: "pledge.dropped_returned", LOST: "pledge.dropped_lost"}

DISPUTED_ONCE = [ChargeState.DISPUTED, ChargeState.WON, ChargeState.LOST]


class Told(NamedTuple):
    """A kind of notification, the amount in its sentence, and what is said below it."""

    kind: str
    amount: Money
    detail: str


class BankStep(NamedTuple):
    """What a bank does with a payment, or has done, for the pledge's own page."""

    title: str
    text: str


def bank_steps(charges: Iterable[Charge]) -> list[BankStep]:
    """What banks do with these payments and have taken back of them: a few statements for each that was disputed."""
    disputed = [charge for charge in charges if charge.state in DISPUTED_ONCE]
    found = [_running(charge) for charge in disputed if charge.state == ChargeState.DISPUTED]
    return found + [_taken(charge) for charge in disputed if charge.lost]


def is_taken_back(charges: Iterable[Charge]) -> bool:
    """Whether a bank has taken a transfer back by itself: its payer asked for nothing and may want to pay again."""
    return any(charge.state == ChargeState.LOST and is_by_transfer(charge) for charge in charges)


def _running(charge: Charge) -> BankStep:
    if charge.left:
        # Of a part the rest counts on; what went back before counts neither way.
        part = min(charge.disputes.get(decided_at=None).amount, charge.left)
        text = _(
            "Your bank looks into a payment of yours. Until it has decided, %(amount)s of it do not count for the "
            "project."
        ) % {"amount": part}
    else:
        text = _(
            "Your bank looks into a payment of yours that went back to you already. Please tell your bank so: else "
            "the money comes back to you twice."
        )
    return BankStep(_("Your payment is disputed"), text)


def _taken(charge: Charge) -> BankStep:
    by_transfer = is_by_transfer(charge)
    if by_transfer and charge.lost == charge.amount:
        text = _("It has taken back the %(amount)s that you had transferred. Only it can tell you why.")
    elif by_transfer:
        text = _(
            "Of the %(amount)s that you had transferred it has taken back %(lost)s. Only it can tell you why."
        )
    else:
        text = _("After a dispute it has taken back %(lost)s of the %(amount)s that you had paid.")
    text = text % {"amount": charge.amount, "lost": charge.lost}
    if charge.left:
        text += " " + _("%(left)s of them are left.") % {"left": charge.left}
    title = (
        _("Your bank has taken back your transfer") if by_transfer else _("Your bank has taken money back")
    )
    return BankStep(title, text)


def of_dispute(event: str, dispute: Dispute, pledge: Pledge, at: datetime) -> Told | None:
    """What an event of a charge tells its backer; None for a transfer's step, which only the end of it tells."""
    if is_by_transfer(dispute.charge):
        taken = event == "charge.lost"
        return Told("pledge.taken_back", dispute.lost, _after_taking(dispute, pledge, at)) if taken else None
    if event == "charge.disputed":
        kind = "pledge.disputed" if dispute.charge.left else "pledge.disputed_returned"
        return Told(kind, dispute.amount, _given_back_before(dispute))
    if event == "charge.won":
        return Told("pledge.won", dispute.amount, "")
    return Told("pledge.lost", dispute.lost, " ".join(filter(None, (_came_back(dispute), _left(dispute)))))


def _given_back_before(dispute: Dispute) -> str:
    back = dispute.charge.refunded
    words = _(
        "Of this payment %(back)s went back to you before, or are on their way. If your bank takes them again, they "
        "come back to you twice, and we have to ask you for them."
    )
    if not back:
        return ""
    said = words % {"back": back}
    if (left := dispute.charge.left) and dispute.amount > left:
        said += " " + _("So only %(left)s of it counted until now.") % {"left": left}
    return said


def _came_back(dispute: Dispute) -> str:
    words = _("It had looked into %(amount)s, and has left %(rest)s of them.")
    rest = dispute.amount - dispute.lost
    return words % {"amount": dispute.amount, "rest": rest} if rest else ""


def _left(dispute: Dispute) -> str:
    left = dispute.charge.left
    return _("Of your payment %(left)s are left.") % {"left": left} if left else ""


def _after_taking(dispute: Dispute, pledge: Pledge, at: datetime) -> str:
    said = [_("Only your bank can tell you why."), _left(dispute)]
    # What was over before has not ended with this, nor has a pledge of which one month is gone.
    if pledge.state not in NO_GIFT and dispute.charge.purpose == pledge.purpose:
        if not dispute.charge.left:
            said.append(_("Your pledge has ended with it."))
        if conditions.open_still(pledge.campaign, at):
            day = date_format(localtime(pledge.campaign.ends_at), "j F")
            words = _("If you still want to give, you can pledge and pay again until %(day)s.")
            said.append(words % {"day": day})
    return " ".join(filter(None, said))
