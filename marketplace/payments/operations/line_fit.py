"""Whether what somebody says of a statement's line can be: by its sign, its amount and where the other thing stands."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.core.errors import Invalid, Text
from marketplace.payments import deposits
from marketplace.payments.models import BankOrder, Charge, Claim, Refund, StatementLine, Transfer
from marketplace.payments.operations.came_back import (
    can_come_back,
    claim_of,
    is_turned_away,
    owed_no_more,
    returned_by,
)
from marketplace.payments.operations.credit_parts import belongs_to_city
from marketplace.payments.operations.duplicates import staying
from marketplace.payments.operations.reversals import why_not
from marketplace.payments.operations.sent_payments import (
    Payment,
    Sent,
    gone_by,
    has_gone,
    is_shown_later,
    is_under_way,
    is_whole,
)
from marketplace.payments.providers.bank import NAME
from marketplace.payments.purposes import key_in
from marketplace.payments.references import checked_iban, is_reached, spaced
from marketplace.payments.states import CLAIMED, OVER, LineState, RefundState

Proposal = StatementLine.Proposal
Target = Charge | Refund | Transfer | BankOrder | StatementLine | str
OUTGOING = (Proposal.SENT, Proposal.TWICE, Proposal.FEE, Proposal.TAKEN)
# By these the money goes on to whoever it belongs to.
ONWARD = (Proposal.RETURN, Proposal.CHARGE, Proposal.FUND, Proposal.INCOME)
# What came back of ours, and why another line is none of that.
RETURNED: dict[StatementLine.Proposal, Text] = {
    Proposal.BACK: gettext_lazy(
        "No transfer or refund of this reference has gone, or it was larger than what is in suspense."
    ),
    Proposal.LESS: gettext_lazy(
        "No transfer or refund of this reference has gone, or it was not larger than this line, of which all must be "
        "in suspense."
    ),
}
# What takes the whole of a line, of which nothing has been settled as something else.
WHOLE = (Proposal.STRIPE, Proposal.DOUBLE)


def check_fit(line: StatementLine, proposal: StatementLine.Proposal, target: Target | None) -> None:
    """Raises Invalid, which says what is in the way."""
    _check_account(line, proposal)
    if proposal in OUTGOING:
        _check_outgoing(line, proposal, target)
        return
    if proposal == Proposal.DOUBLE:
        _check_double(line, target)
    if line.amount_minor < 0 and proposal == Proposal.DOUBLE:
        return
    if not line.suspense_minor:
        raise Invalid(_("Nothing of this line is in suspense."))
    if proposal in WHOLE and line.suspense_minor != line.amount_minor:
        raise Invalid(_("A part of this line has been settled as something else."))
    check_owner(line, proposal, target)
    if proposal == Proposal.RETURN:
        _check_return(line)
    if proposal == Proposal.FUND and not isinstance(target, str):
        raise Invalid(_("No fund of this name takes money."))
    if proposal == Proposal.CHARGE and not (isinstance(target, Charge) and _pays(line, target)):
        raise Invalid(charge=_("This payment is closed, or not by bank transfer."))
    if proposal in RETURNED and not (isinstance(target, Payment) and _is_back(line, target, proposal)):
        raise Invalid(_why_not_back(target, proposal))


def _check_outgoing(line: StatementLine, proposal: StatementLine.Proposal, target: Target | None) -> None:
    if line.amount_minor > 0:
        raise Invalid(_("This line is money that arrived."))
    if proposal == Proposal.TAKEN:
        none = _("Name the line of this account, with the same amount, that the bank took back.")
        if why := why_not(line, target) if isinstance(target, StatementLine) else none:
            raise Invalid(why)
    if proposal == Proposal.TWICE and not (
        isinstance(target, Refund | Transfer) and _has_left_again(line, target)
    ):
        raise Invalid(_("No refund or transfer of this reference and amount has gone before."))
    if proposal == Proposal.SENT and not (isinstance(target, Sent) and _is_sent(line, target)):
        raise Invalid(_why_not_sent(line, target))


def _check_double(line: StatementLine, target: Target | None) -> None:
    if isinstance(target, str) and not is_entered(line, target):
        raise Invalid(_("No deposit of this sum was entered by hand that no line has shown yet."))
    if not isinstance(target, str) and not (isinstance(target, StatementLine) and _is_double(line, target)):
        raise Invalid(
            _(
                "Name another line of this account that is no double itself: with the same amount, or the sum of which "
                "this is a part."
            )
        )


def _check_account(line: StatementLine, proposal: StatementLine.Proposal) -> None:
    """A line that names an account goes back there and nowhere else: two officers must not choose another.

    Another one is named only once the bank has sent nothing to that one, or brought it back.

    That holds for what is sent back now, and for a payment by it that is refunded one day.
    """
    typed = line.return_iban or line.return_name
    if typed and proposal not in (Proposal.RETURN, Proposal.CHARGE):
        raise Invalid(
            iban=_("An account is named for what is sent back, or pays a payment that may be refunded.")
        )
    if typed and is_reached(line.iban) and not is_turned_away(line):
        raise Invalid(
            iban=_(
                "The line names an account: the money goes back there, as long as the bank has not refused it."
            )
        )
    if typed and not (line.return_iban and line.return_name):
        raise Invalid(iban=_("Say whose account, and which."))
    if typed:
        checked_iban(line.return_iban)


def check_owner(line: StatementLine, proposal: str, target: Target | None) -> None:
    """Raises Invalid where it would go to its sender a second time. Asked again when it is confirmed."""
    if proposal in ONWARD and returned_by(line):
        raise Invalid(
            _(
                "It brings back what was sent back to its sender: say first that this transfer of ours came back, or "
                "came back less."
            )
        )
    if proposal in ONWARD and proposal != Proposal.INCOME and belongs_to_city(line):
        raise Invalid(
            _(
                "It brought back what had been sent back of a line that the bank has taken since: its sender has that "
                "money. Say that it is income of the city, which bore the loss."
            )
        )
    again = owed_no_more(line) if proposal in ONWARD else None
    claim = claim_of(again) if again else None
    if again and claim and not _settles(claim, proposal, target):
        raise Invalid(_why_owed_no_more(again))


def _settles(claim: Claim, proposal: str, target: Target | None) -> bool:
    """Whether it pays a claim of the same payment, or is the city's where that was given up: nobody pays it twice."""
    if proposal == Proposal.INCOME:
        return claim.state not in CLAIMED
    slug, key = key_in(target.purpose) if isinstance(target, Charge) else ("", None)
    if slug != "claim" or key is None:
        return False
    return Claim.objects.filter(pk=key, dispute__charge=claim.charge).exists()


def _check_return(line: StatementLine) -> None:
    if not line.return_iban and not is_reached(line.iban):
        raise Invalid(
            iban=_(
                "The line names no account that we can send to: say whose account, and which, it goes back to."
            )
        )


def _pays(line: StatementLine, charge: Charge) -> bool:
    return _same(line, charge) and charge.can("succeed")


def _is_back(line: StatementLine, back: Refund | Transfer, proposal: StatementLine.Proposal) -> bool:
    if proposal == Proposal.LESS:
        fits = line.suspense_minor == line.amount_minor < back.amount_minor
    else:
        fits = back.amount_minor <= line.suspense_minor
    return _same(line, back) and fits and can_come_back(back)


def _why_not_back(wanted: Target | None, proposal: StatementLine.Proposal) -> Text:
    if isinstance(wanted, Refund) and wanted.state == RefundState.DONE and not can_come_back(wanted):
        return _why_owed_no_more(wanted)
    if isinstance(wanted, Payment) and wanted.is_refused and not has_gone(wanted):
        return _(
            "Two have said that the bank has refused it, so that nothing of it has gone. Where another line shows that "
            "it went, propose “a credit that the bank took back” for that one, and name this line."
        )
    return RETURNED[proposal]


def _why_owed_no_more(refund: Refund) -> Text:
    """Whose it is when it comes back once more: its payer has it twice where a dispute has given it back, too."""
    claim = claim_of(refund)
    if claim is None:
        return _(
            "This refund has come back before, or was paid another way, and is owed no more. What has come back now is "
            "its payer’s: send the line back, to the account that they name."
        )
    if claim.state not in CLAIMED:
        return _(
            "This refund is owed no more, and its payer has got the money by a dispute, too. The city has written off "
            "what they owed of it: say that the line is income of the city."
        )
    asked = claim.payments.exclude(state__in=OVER).exclude(provider_ref="").last()
    if asked is None:
        return _(
            "This refund is owed no more, and its payer owes the city that money: it pays the claim. No payment is "
            "waited for there yet: look again once one is."
        )
    return _(
        "This refund is owed no more, and its payer owes the city that money: it pays the claim. Say that the line "
        "pays the charge %(reference)s."
    ) % {"reference": spaced(asked.provider_ref)}


def _is_sent(line: StatementLine, wanted: Sent) -> bool:
    if isinstance(wanted, BankOrder):
        same = (wanted.book, wanted.currency) == (line.statement.book, line.currency)
        return same and bool(gone_by(wanted, -line.amount_minor))
    if (wanted.book, wanted.amount) != (line.statement.book, -line.amount):
        return False
    # The bank pays by hand what another provider could not give back.
    return is_shown_later(wanted) or (wanted.provider == NAME and is_under_way(wanted))


def _why_not_sent(line: StatementLine, wanted: Target | None) -> str:
    if isinstance(wanted, BankOrder) and is_whole(wanted, -line.amount_minor):
        return _(
            "Two have said that the bank has refused payments of this file, which are owed again. Where it was booked "
            "with them, say of the refunds that they were paid, ask for the payouts and returns anew, and put these "
            "into no other file: they have gone by this one, and may come back."
        )
    if isinstance(wanted, Payment) and wanted.is_refused:
        return _(
            "Two have said that the bank has refused it, and it is owed again. Where it has gone after all, say "
            "so of the refund, or ask for the payout or the return anew, and name that here: it has gone then. Where "
            "another line shows that it came back, the two are one thing: propose “a credit that the bank took back” "
            "here, and name that line."
        )
    return _("No refund, transfer or payment file of this reference waits to go in just this amount.")


def _has_left_again(line: StatementLine, wanted: Payment) -> bool:
    return (wanted.book, wanted.amount) == (line.statement.book, -line.amount) and has_gone(wanted)


def is_entered(line: StatementLine, purpose: str) -> bool:
    """Whether a deposit of this purpose and sum was entered by hand, for which no other line stands.

    Its taker is locked from here on: two lines at once would both stand for one deposit.
    """
    entered = deposits.takers[purpose.partition(":")[0]].entered(purpose, line.amount)
    shown = StatementLine.objects.filter(
        purpose=purpose, proposal=Proposal.DOUBLE, state=LineState.SETTLED, amount_minor=line.amount_minor
    )
    return shown.count() < entered


def _is_double(line: StatementLine, other: StatementLine) -> bool:
    same = (other.statement.account, other.currency) == (line.statement.account, line.currency)
    return same and other.pk != line.pk and bool(staying(line, other))


def _same(line: StatementLine, wanted: Charge | Refund | Transfer) -> bool:
    return (wanted.book, wanted.currency, wanted.provider) == (line.statement.book, line.currency, NAME)
