"""What the lines of statements have paid, how much of each payment, and the accounts that this came from.

The charge that a line names has been paid by it only where somebody else has agreed, or its reference said so: of a
line that is proposed, or waits as a part, nothing has been paid.
"""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from marketplace.payments.models import Charge, Refund, StatementLine
from marketplace.payments.references import compact_iban
from marketplace.payments.states import LineState, RefundState

Proposal = StatementLine.Proposal
# What `purpose` of a line begins with that has paid other charges before the one that it names.
EARLIER = "charge:"
# So many ids fit into it; older ones are forgotten, and the bank can't take such a line back.
KEPT = 2
ONLY_NAMED = Q(proposal=Proposal.CHARGE, state__in=[LineState.PROPOSED, LineState.PART])


def naming(line: StatementLine, charge: Charge) -> dict[str, object]:
    """The columns of a line of which somebody says that it pays this charge; what it has paid before stays named."""
    earlier = _earlier(line)
    if line.charge_id and line.amount_minor > line.suspense_minor:
        earlier.append(line.charge_id)
    return {"charge": charge, **_named(earlier)}


def named_before(line: StatementLine) -> dict[str, object]:
    """The columns of a line whose proposal is taken back: only what it has paid stays named."""
    columns: dict[str, object] = dict.fromkeys(("refund", "transfer", "bank_order"))
    if line.proposal == Proposal.CHARGE:
        earlier = _earlier(line)
        columns["charge_id"] = earlier.pop() if earlier else None
        columns |= _named(earlier)
    if line.proposal in (Proposal.FUND, Proposal.DOUBLE):
        columns["purpose"] = ""
    if line.proposal == Proposal.TAKEN and not line.is_reversal:
        columns["reverses"] = None
    return columns


def paid_by(line: StatementLine) -> dict[Charge, int]:
    """The charges that a line has paid, with how much of it, in minor units: two or three statements each."""
    only_named = line.proposal == Proposal.CHARGE and line.state in (LineState.PROPOSED, LineState.PART)
    known = _earlier(line) + ([line.charge_id] if line.charge_id and not only_named else [])
    found = {charge: _shares(charge).get(line, 0) for charge in Charge.objects.filter(pk__in=known)}
    return {charge: minor for charge, minor in found.items() if minor}


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
    """Holder and IBAN that a line's money goes back to: typed ones only where somebody else has confirmed them."""
    name, iban = (line.return_name, line.return_iban) if line.confirmed_by_id else ("", "")
    return name or line.name, compact_iban(iban or line.iban)


def _sources(charge: Charge) -> list[tuple[str, str, int]]:
    """Accounts with how much of the charge came from them and is there still, the first to pay first."""
    taken = StatementLine.objects.filter(
        reverses=OuterRef("pk"), state=LineState.SETTLED, proposal=Proposal.TAKEN
    )
    shares = _shares(charge)
    gone = set(StatementLine.objects.filter(Exists(taken), pk__in=[line.pk for line in shares]))
    found: dict[str, tuple[str, str, int]] = {}
    for line, minor in shares.items():
        if line not in gone:
            name, iban = account_of(line)
            known = found.get(iban, (name, iban, 0))
            found[iban] = (*known[:2], known[2] + minor)
    return list(found.values())


def _shares(charge: Charge) -> dict[StatementLine, int]:
    """The lines that have paid a charge, each with how much of it.

    What somebody has settled otherwise of a line is not known from it: such a line is asked last, for what the others
    leave.
    """
    lines = list(StatementLine.objects.filter(charge=charge).exclude(ONLY_NAMED).order_by("booked_on", "pk"))
    used = {line: _used(line) for line in lines}
    if sum(used.values()) < charge.amount_minor:
        later = StatementLine.objects.filter(purpose__startswith=EARLIER, purpose__contains=charge.pk.hex)
        used |= {line: line.amount_minor - line.suspense_minor for line in later}
    left, shares = charge.amount_minor, {}
    for line in sorted(
        used, key=lambda line: line.proposal not in ("", Proposal.CHARGE) or bool(line.purpose)
    ):
        shares[line] = min(used[line], left)
        left -= shares[line]
    return {line: minor for line, minor in shares.items() if minor}


def _used(line: StatementLine) -> int:
    earlier = Charge.objects.filter(pk__in=_earlier(line))
    paid = sum(_shares(charge).get(line, 0) for charge in earlier)
    return max(line.amount_minor - line.suspense_minor - paid, 0)


def _earlier(line: StatementLine) -> list[UUID]:
    is_known = line.purpose.startswith(EARLIER)
    return [UUID(key) for key in line.purpose.removeprefix(EARLIER).split(",")] if is_known else []


def _named(earlier: list[UUID]) -> dict[str, object]:
    keys = ",".join(key.hex for key in earlier[-KEPT:])
    return {"purpose": f"{EARLIER}{keys}" if keys else ""}
