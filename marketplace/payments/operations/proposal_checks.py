"""Whether a line of a statement can be what somebody says that it is."""

from django.utils.translation import gettext as _

from civic.core.errors import Invalid
from marketplace.payments.models import Charge, Refund, StatementLine, Transfer
from marketplace.payments.providers.bank import NAME

Proposal = StatementLine.Proposal
Target = Charge | Refund | Transfer
OUTGOING = (Proposal.SENT, Proposal.FEE)


def require_fit(line: StatementLine, proposal: StatementLine.Proposal, target: Target | None) -> None:
    """Raises Invalid, which says what is in the way."""
    if proposal in OUTGOING:
        _require_outgoing(line, proposal, target)
        return
    if not line.suspense_minor:
        raise Invalid(_("Nothing of this line is in suspense."))
    if proposal == Proposal.RETURN and not line.iban:
        raise Invalid(_("The line names no account to send it back to."))
    if proposal == Proposal.STRIPE and line.suspense_minor != line.amount_minor:
        raise Invalid(_("A part of this line has been settled as something else."))
    if proposal == Proposal.CHARGE and not (isinstance(target, Charge) and _pays(line, target)):
        raise Invalid(
            charge=_("This payment is closed, larger than what is in suspense, or not by bank transfer.")
        )
    if proposal == Proposal.BACK and not (isinstance(target, Transfer) and _is_back(line, target)):
        raise Invalid(_("No transfer of this reference has gone, or it was larger than what is in suspense."))


def _require_outgoing(line: StatementLine, proposal: StatementLine.Proposal, target: Target | None) -> None:
    if line.amount_minor > 0:
        raise Invalid(_("This line is money that arrived."))
    if proposal == Proposal.SENT and not (isinstance(target, Refund | Transfer) and _is_sent(line, target)):
        raise Invalid(_("No refund or transfer of this reference waits to go in just this amount."))


def _pays(line: StatementLine, charge: Charge) -> bool:
    return _same(line, charge) and charge.amount_minor <= line.suspense_minor and charge.can("succeed")


def _is_back(line: StatementLine, transfer: Transfer) -> bool:
    whole = transfer.amount_minor <= line.suspense_minor
    return _same(line, transfer) and whole and transfer.can("reverse")


def _is_sent(line: StatementLine, wanted: Refund | Transfer) -> bool:
    waits = wanted.can("finish") if isinstance(wanted, Refund) else wanted.can("settle")
    return _same(line, wanted) and wanted.amount_minor == -line.amount_minor and waits


def _same(line: StatementLine, wanted: Target) -> bool:
    return (wanted.book, wanted.currency, wanted.provider) == (line.statement.book, line.currency, NAME)
