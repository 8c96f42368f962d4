"""What the lines of statements have paid, how much of each payment, and the accounts that this came from.

The charge that a line names has been paid by it only where somebody else has agreed, or its reference said so: what
has been paid has rows of its own.
"""

from django.db.models import Exists, OuterRef

from marketplace.payments.models import Charge, LinePayment, Refund, StatementLine
from marketplace.payments.operations.came_back import is_turned_away
from marketplace.payments.references import compact_iban, is_reached
from marketplace.payments.states import LineState, RefundState

Proposal = StatementLine.Proposal


def note_payment(line: StatementLine, charge: Charge, minor: int) -> None:
    """So much of the line has paid the charge, in minor units. All of a charge is noted as it is paid."""
    name, iban = account_of(line)
    LinePayment.objects.create(line=line, charge=charge, amount_minor=minor, name=name, iban=iban)


def named_before(line: StatementLine) -> dict[str, object]:
    """The columns of a line whose proposal is taken back: only what it has paid stays named."""
    columns: dict[str, object] = dict.fromkeys(("refund", "transfer", "bank_order"))
    columns |= {"return_name": "", "return_iban": ""}
    if line.proposal == Proposal.CHARGE:
        last = line.payments.order_by("pk").last()
        columns["charge_id"] = last.charge_id if last else None
    if line.proposal in (Proposal.FUND, Proposal.DOUBLE):
        columns["purpose"] = ""
    if line.proposal == Proposal.TAKEN and not line.is_reversal:
        columns["reverses"] = None
    return columns


def paid_by(line: StatementLine) -> dict[Charge, int]:
    """The charges that a line has paid, with how much of it, in minor units: one statement."""
    paid = line.payments.select_related("charge").order_by("pk")
    return {payment.charge: payment.amount_minor for payment in paid}


def refunded_beside(line: StatementLine) -> list[Charge]:
    """What the line has paid together with another account, and of which something was given back.

    Which of the two has got it is counted by what is there of each: once the line is taken back, one of them has too
    much and the other too little, and no claim tells of it, as the sums of the payment are right (TF11).
    """
    found = []
    for payment in line.payments.select_related("charge"):
        others = payment.charge.line_payments.exclude(iban=payment.iban)
        if payment.charge.refunded and others.exists():
            found.append(payment.charge)
    return found


def source_of(refund: Refund) -> tuple[str, str]:
    """Holder and IBAN of the account that the refunded money came from; empty where none is known for all of it."""
    before = refund.charge.refunds.exclude(state=RefundState.COVERED).filter(pk__lt=refund.pk)
    start = sum(before.values_list("amount_minor", flat=True))
    for name, iban, minor in _sources(refund.charge):
        if start < minor:
            return (name, iban) if start + refund.amount_minor <= minor else ("", "")
        start -= minor
    return "", ""


def by_source(charge: Charge, minor: int) -> list[int]:
    """Divides what is refunded next of a charge by the accounts that it came from: each gets what it brought."""
    start, portions = charge.refunded.minor, []
    for _name, _iban, brought in _sources(charge):
        portion = min(max(brought - start, 0), minor)
        start, minor = max(start - brought, 0), minor - portion
        portions.append(portion)
    return [portion for portion in (*portions, minor) if portion]


def account_of(line: StatementLine) -> tuple[str, str]:
    """Holder and IBAN that money of a line goes back to which has paid nothing yet.

    Its own where money can go there; otherwise what was typed, once somebody else has confirmed it.
    """
    said = account_said(line)
    return said if line.confirmed_by_id and all(said) else (line.name, compact_iban(line.iban))


def account_said(line: StatementLine) -> tuple[str, str]:
    """The same, also while what was typed waits for somebody else; empty where no account is known."""
    typed = line.return_name, compact_iban(line.return_iban)
    if is_reached(line.iban) and not (all(typed) and is_turned_away(line)):
        return line.name, compact_iban(line.iban)
    return typed


def _sources(charge: Charge) -> list[tuple[str, str, int]]:
    """Accounts with how much of the charge came from them and is there still, the first to pay first."""
    taken = StatementLine.objects.filter(
        reverses=OuterRef("line"), state=LineState.SETTLED, proposal=Proposal.TAKEN
    )
    there = charge.line_payments.filter(~Exists(taken))
    found: dict[str, tuple[str, str, int]] = {}
    for payment in there.order_by("line__booked_on", "line"):
        known = found.get(payment.iban, (payment.name, payment.iban, 0))
        found[payment.iban] = (*known[:2], known[2] + payment.amount_minor)
    return list(found.values())
