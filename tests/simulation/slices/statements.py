"""The bank: transfers arrive short, over and in parts; files leave; two officers say what a line is."""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Q
from django.utils.timezone import localdate

from civic.accounts.models import Person
from marketplace.matching.models import MatchFund
from marketplace.payments import operations, queries
from marketplace.payments.models import BankOrder, Charge, Refund, StatementLine, Transfer
from marketplace.payments.providers.bank import NAME
from marketplace.payments.states import OPEN_CHARGE, LineState
from tests.factories.matching import IBAN
from tests.simulation.draws import a, minor, one_of
from tests.simulation.engine import City, holds, reminders, verb
from tests.simulation.slices.payments import balances
from tests.simulation.world import finance

HEADING = "account,booked_on,amount,currency,reference,text,name,iban,bank_reference"
Proposal = StatementLine.Proposal
reminders.add("suspense: %s movements have waited for more than three days to be understood")
OURS = Q(provider=NAME) & ~Q(provider_ref="")


def read(city: City, officer: Person, amount: int, reference: str, text: str = "") -> None:
    """A statement with one line is read."""
    sign = "-" if amount < 0 else ""
    row = (
        f"{settings.BANK_ACCOUNT},{city.at:%Y-%m-%d},{sign}{abs(amount) // 100}.{abs(amount) % 100:02},EUR,"
        f"{reference},{text},Ada Payer,{IBAN},{city.number}"
    )
    operations.import_statement(actor=officer, content=f"{HEADING}\n{row}".encode(), at=city.at)


@verb(
    5,
    officer=finance(),
    charge=a(Charge, likely=Q(state__in=OPEN_CHARGE), only=OURS),
    percent=one_of(100, 100, 100, 50, 150),
    is_named=one_of(True, True, True, False),
)
def transfer_arrives(city: City, officer: Person, charge: Charge, percent: int, is_named: bool) -> None:
    """A payer has transferred what was asked for, less or more, with its reference or without."""
    read(city, officer, max(1, charge.amount_minor * percent // 100), charge.provider_ref if is_named else "")


@verb(
    0.7,
    officer=finance(),
    amount=minor(1_00, 90_00),
    fund=a(MatchFund, likely=Q(state__in=["draft", "open"])),
)
def deposit_arrives(city: City, officer: Person, amount: int, fund: MatchFund) -> None:
    """A funder transfers money, and an officer says what it is for."""
    read(city, officer, amount, "", fund.slug)
    line = StatementLine.objects.get(bank_reference=str(city.number))
    purpose = queries.deposit_purpose(fund.slug)
    operations.propose_line_match(
        actor=officer, line=line, proposal=Proposal.FUND, target=purpose, reason="Says so.", at=city.at
    )


@verb(
    3,
    officer=finance(),
    refund=a(Refund, likely=Q(state="pending"), only=OURS),
    returns=one_of(*[False] * 4, True),
)
def refund_leaves(city: City, officer: Person, refund: Refund, returns: bool) -> None:
    """The bank has sent it; or a line shows that it came back."""
    read(city, officer, refund.amount_minor * (1 if returns else -1), refund.provider_ref)


@verb(1, officer=finance(), days=one_of(0, 1))
def order_transfers(city: City, officer: Person, days: int) -> None:
    """One file of all that waits to leave; most often the bank carries it out."""
    order = operations.order_transfers(actor=officer, send_on=localdate(city.at), at=city.at)
    operations.fetch_order(actor=officer, order=order, at=city.at)
    if days:
        read(city, officer, -order.total_minor, order.reference)


@verb(0.5, officer=finance(), order=a(BankOrder, likely=Q(withdrawn_at=None)))
def withdraw_order(city: City, officer: Person, order: BankOrder) -> None:
    operations.withdraw_order(actor=officer, order=order, reason="The bank never got it.", at=city.at)


@verb(
    0.5,
    officer=finance(),
    order=a(BankOrder, only=Q(withdrawal_proposed_by__isnull=False, withdrawn_at=None)),
)
def confirm_withdrawal(city: City, officer: Person, order: BankOrder) -> None:
    operations.confirm_withdrawal(actor=officer, order=order, at=city.at)


@verb(
    0.7,
    officer=finance(),
    refund=a(Refund, likely=Q(state="pending", bank_order__isnull=False), only=OURS),
    transfer=a(Transfer, likely=Q(state="sent", bank_order__isnull=False), only=OURS),
    is_refund=one_of(True, False),
)
def propose_refusal(city: City, officer: Person, refund: Refund, transfer: Transfer, is_refund: bool) -> None:
    """The bank sends one payment of a file back at once: the account is closed."""
    payment = refund if is_refund else transfer
    operations.propose_refusal(actor=officer, payment=payment, reason="pain.002: AC04", at=city.at)


SAID = Q(refusal_proposed_by__isnull=False, refusal_confirmed_by=None)


@verb(0.7, officer=finance(), refund=a(Refund, only=SAID))
def confirm_refusal_of_refund(city: City, officer: Person, refund: Refund) -> None:
    operations.confirm_refusal(actor=officer, payment=refund, at=city.at)


@verb(0.7, officer=finance(), transfer=a(Transfer, only=SAID))
def confirm_refusal_of_transfer(city: City, officer: Person, transfer: Transfer) -> None:
    operations.confirm_refusal(actor=officer, payment=transfer, at=city.at)


UNCLEAR = Q(state=LineState.UNCLEAR)


@verb(
    3,
    officer=finance(),
    line=a(StatementLine, likely=UNCLEAR),
    charge=a(Charge, likely=Q(state__in=OPEN_CHARGE), only=OURS),
)
def propose_charge(city: City, officer: Person, line: StatementLine, charge: Charge) -> None:
    """Somebody knows which payment a line is, or a part of."""
    propose(city, officer, line, Proposal.CHARGE, charge)


@verb(
    1,
    officer=finance(),
    line=a(StatementLine, likely=UNCLEAR),
    what=one_of(
        Proposal.RETURN, Proposal.RETURN, Proposal.INCOME, Proposal.DOUBLE, Proposal.BACK, Proposal.SENT
    ),
)
def propose_other(city: City, officer: Person, line: StatementLine, what: str) -> None:
    """Or what else it is."""
    target: object = None
    if what == Proposal.DOUBLE:
        target = StatementLine.objects.exclude(pk=line.pk).filter(amount_minor=line.amount_minor).first()
    if what in (Proposal.BACK, Proposal.SENT):
        target = Refund.objects.filter(OURS).order_by("-pk").first()
    propose(city, officer, line, Proposal(what), target)


def propose(city: City, officer: Person, line: StatementLine, what: Proposal, target: object) -> None:
    operations.propose_line_match(
        actor=officer,
        line=line,
        proposal=what,
        target=target,
        reason="I asked.",
        at=city.at,  # type: ignore[arg-type]
    )


@verb(0.7, officer=finance(), credit=a(StatementLine, only=Q(amount_minor__gt=0)))
def bank_takes_back(city: City, officer: Person, credit: StatementLine) -> None:
    """A credit is taken back by a line of its own, whatever has become of it."""
    read(city, officer, -credit.amount_minor, "", "returned")
    line = StatementLine.objects.get(bank_reference=str(city.number))
    propose(city, officer, line, Proposal.TAKEN, credit)


@verb(0.5, officer=finance(), refund=a(Refund, likely=Q(state="done"), only=OURS), kept=minor(1, 3_00))
def comes_back_less(city: City, officer: Person, refund: Refund, kept: int) -> None:
    """A refund comes back less what the bank keeps, and an officer says so."""
    read(city, officer, max(1, refund.amount_minor - kept), "", "account closed")
    line = StatementLine.objects.get(bank_reference=str(city.number))
    propose(city, officer, line, Proposal.LESS, refund)


@verb(4, officer=finance(), line=a(StatementLine, likely=Q(state=LineState.PROPOSED)))
def confirm_line(city: City, officer: Person, line: StatementLine) -> None:
    operations.confirm_line_match(actor=officer, line=line, at=city.at)


@verb(0.5, officer=finance(), line=a(StatementLine, likely=Q(state__in=[LineState.PROPOSED, LineState.PART])))
def withdraw_line(city: City, officer: Person, line: StatementLine) -> None:
    operations.withdraw_line_match(actor=officer, line=line, reason="It is not.", at=city.at)


@holds()
def suspense_is_what_lines_have_left(city: City) -> Iterator[str]:
    """Money of nobody is on the account for it, to the cent: each line says how much of it."""
    there = balances().get("suspense", 0)
    lines = sum(
        StatementLine.objects.exclude(state=LineState.SETTLED).values_list("suspense_minor", flat=True)
    )
    if there != lines:
        yield f"{there} in suspense, lines say {lines}"
