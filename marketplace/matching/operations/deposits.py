"""Money that funders pay into match funds: entered by one finance officer, confirmed by another."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid, required
from civic.core.locking import lock_row, lock_rows
from civic.core.money import Money
from civic.core.policies import require, require_still
from marketplace.ledger import operations as ledger
from marketplace.ledger.models import Account
from marketplace.matching import accounts
from marketplace.matching.models import Deposit, MatchFund
from marketplace.matching.operations.returns import hear_of_returns
from marketplace.matching.states import FundReturnState, MatchFundState
from marketplace.payments import accounts as payments
from marketplace.payments.models import Transfer
from marketplace.payments.operations.transfers import advance_transfer
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import NAME
from marketplace.payments.states import TransferState

TAKES_MONEY = [MatchFundState.DRAFT, MatchFundState.OPEN]


def enter_deposit(*, actor: Person, fund: MatchFund, amount_minor: int, note: str, at: datetime) -> Deposit:
    """Says that money arrived for a fund; it counts once somebody else has confirmed it.

    `amount_minor` in minor units of the fund's currency. Raises Forbidden, Invalid, Conflict (the fund is over).
    """
    require(actor, "keep", "books")
    if amount_minor <= 0:
        raise Invalid(amount_minor=_("This must be more than nothing."))
    note = required(note, _("Say where the money came from: the decision, the transfer."), field="note")
    with transaction.atomic():
        if _locked(fund).state not in TAKES_MONEY:
            raise Conflict(
                _("This fund takes no more money: what is in it is being shared out or it is over.")
            )
        deposit = Deposit.objects.create(fund=fund, amount_minor=amount_minor, note=note, entered_by=actor)
        events.record("deposit.entered", actor=actor, subject=deposit, at=at)
    return deposit


def confirm_deposit(*, actor: Person, deposit: Deposit, at: datetime) -> None:
    """Confirms what somebody else entered: from now on the fund can promise it.

    Also once the fund is over: the money has arrived, and goes back to its funder with what is left. Raises Forbidden
    (no finance officer, or the one who entered it), Conflict (confirmed already).
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        fund = _locked(deposit.fund)
        current = lock_row(Deposit.objects, pk=deposit.pk)
        if current.confirmed_at:
            raise Conflict(_("This deposit is confirmed already."))
        require(actor, "confirm", current)
        require_still(current.entered_by, "keep", "books")
        # First: without it the database refuses the next line.
        events.record("deposit.confirmed", actor=actor, subject=deposit, at=at)
        Deposit.objects.filter(pk=current.pk).update(confirmed_by=actor, confirmed_at=at)
        _post(fund, current, at, payments.bank(fund.book, fund.currency))
    deposit.refresh_from_db()


def take_deposit(
    *,
    fund: MatchFund,
    amount: Money,
    source: Account,
    entered_by: Person,
    confirmed_by: Person,
    note: str,
    line: UUID,
    at: datetime,
) -> Deposit:
    """Puts money of `source`, that two finance officers found to be the fund's, into it: `line` has brought it.

    Raises Forbidden (not two finance officers), Conflict (the fund is in another currency or book).
    """
    require(entered_by, "keep", "books")
    with transaction.atomic():
        # It may be over since the money was proposed for it: that goes back to the funder then.
        current = _locked(fund)
        if (source.book, amount.currency) != (current.book, current.currency):
            raise Conflict(_("This fund is in another currency."))
        deposit = Deposit.objects.create(
            fund=current, amount_minor=amount.minor, note=note, entered_by=entered_by
        )
        require(confirmed_by, "confirm", deposit)
        events.record(
            "deposit.entered", actor=entered_by, subject=deposit, at=at, payload={"line": str(line)}
        )
        events.record("deposit.confirmed", actor=confirmed_by, subject=deposit, at=at)
        Deposit.objects.filter(pk=deposit.pk).update(confirmed_by=confirmed_by, confirmed_at=at)
        _post(current, deposit, at, source)
    return deposit


def why_not_free(fund: MatchFund, amount: Money, *, credit: UUID) -> str:
    """Why the deposit that a line brought can't leave the fund again; empty where it can. Locks the fund."""
    current = _locked(fund)
    if current.state == MatchFundState.FROZEN:
        return _("This fund is being shared out: take its deposit back once that is done.")
    if _standing(current, amount, credit) is None:
        return _("This fund has no deposit of this sum any more.")
    free = ledger.available(accounts.of_fund(current, "available"))
    for transfer in _waiting_to_go_back(current):
        free += transfer.amount
    if free < amount and current.state == MatchFundState.CLOSED:
        return _(
            "What was left of this fund has gone back to its funder, or is in a payment file: withdraw that if the "
            "bank does not have it. Once the funder has paid it again, say that it is the transfer of ours that came "
            "back, and then say this anew."
        )
    if free < amount:
        words = _(
            "Of this fund %(free)s are free, the rest is promised: ask its funder to pay in the sum anew."
        )
        return words % {"free": free.format()}
    return ""


def take_deposit_back(*, actor: Person, fund: MatchFund, amount: Money, credit: UUID, at: datetime) -> None:
    """The bank has taken a deposit's credit, a line of a statement, back: it is in the fund no more.

    `actor` is the second of two people. Raises Forbidden, Conflict as `why_not_free` says.
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        current = _locked(fund)
        deposit = _standing(current, amount, credit)
        if (why := why_not_free(fund, amount, credit=credit)) or deposit is None:
            raise Conflict(why)
        # It has not gone: else the funder would have it twice.
        failed = Outcome("fail", failure=str(_("The bank took the deposit back.")))
        for transfer in lock_rows(_waiting_to_go_back(current)):
            advance_transfer(transfer, failed, at=at)
        hear_of_returns(current, at)
        # First: without it the database refuses the next line.
        events.record("deposit.taken_back", actor=actor, subject=deposit, at=at)
        Deposit.objects.filter(pk=deposit.pk).update(taken_back_at=at)
        _post(current, deposit, at, payments.bank(fund.book, fund.currency), back=True)


def _waiting_to_go_back(fund: MatchFund) -> QuerySet[Transfer]:
    """What returns to the funder by bank transfer and lies in no payment file yet."""
    purposes = [made.purpose for made in fund.returns.filter(state=FundReturnState.SENT)]
    waiting = Transfer.objects.filter(purpose__in=purposes, provider=NAME, bank_order=None)
    return waiting.filter(state__in=[TransferState.REQUESTED, TransferState.SENT])


def _standing(fund: MatchFund, amount: Money, credit: UUID) -> Deposit | None:
    """The deposit that a line brought, where it is in the fund; else the latest of this sum entered by hand."""
    there = fund.deposits.filter(confirmed_at__isnull=False, taken_back_at=None)
    same = there.filter(amount_minor=amount.minor, fund__currency=amount.currency)
    brought: dict[str, Deposit] = {}
    for deposit in same.order_by("confirmed_at", "pk"):
        entered = events.about(deposit).filter(kind="deposit.entered").last()
        brought[entered.payload.get("line", "") if entered else ""] = deposit
    return brought.get(str(credit), brought.get(""))


def discard_deposit(*, actor: Person, deposit: Deposit, reason: str, at: datetime) -> None:
    """Takes away a deposit that was entered by mistake and is not confirmed. Raises Forbidden, Invalid, Conflict."""
    require(actor, "keep", "books")
    reason = required(reason, _("Give your reason; it stays on record."))
    with transaction.atomic():
        events.record("deposit.discarded", actor=actor, subject=deposit, at=at, note=reason)
        if not Deposit.objects.filter(pk=deposit.pk, confirmed_at=None).delete()[0]:
            raise Conflict(_("This deposit is confirmed already."))


def _locked(fund: MatchFund) -> MatchFund:
    return lock_row(MatchFund.objects.select_related("funder"), pk=fund.pk)


def _post(fund: MatchFund, deposit: Deposit, at: datetime, there: Account, *, back: bool = False) -> None:
    """Into the fund, or back out of it."""
    free = accounts.of_fund(fund, "available")
    source, target = (there, free) if back else (free, there)
    ledger.post(
        book=fund.book,
        kind="fund.out" if back else "fund.in",
        key=f"fund:{fund.pk}:{'out' if back else 'in'}:{deposit.pk}",
        legs=ledger.move(deposit.amount, source=source, target=target),
        at=at,
        public={"fund": fund.slug, "funder": fund.funder.slug},
    )
