"""What is left of a fund that is over goes back to its funder, by two finance officers."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, required
from civic.core.locking import lock_first, lock_row
from civic.core.money import Money
from civic.core.policies import require, require_still
from civic.core.states import transition
from marketplace.ledger import operations as ledger
from marketplace.matching import accounts
from marketplace.matching.models import FundReturn, MatchFund
from marketplace.matching.states import GONE, AllocationState, FundReturnState, MatchFundState
from marketplace.payments import operations as payments
from marketplace.payments.models import Transfer
from marketplace.payments.providers import Unavailable
from marketplace.payments.references import checked_iban
from marketplace.payments.states import TransferState

# A draft that money was paid into is given up with it.
RETURNABLE = [MatchFundState.DRAFT, MatchFundState.SETTLED, MatchFundState.CLOSED]
WAITING = [AllocationState.ESTIMATED, AllocationState.RESERVED]


def request_return(
    *, actor: Person, fund: MatchFund, holder: str, iban: str, reason: str, at: datetime
) -> FundReturn:
    """Asks that all that is free in a fund goes back to its funder, to this account; somebody else approves.

    A fund that was shared out, or never opened, is closed by it. Raises Forbidden (no finance officer, or part of the
    funder), Invalid (account, reason), Conflict (it still matches gifts, nothing is free, a return waits already).
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say why this is all, and how you know the account."))
    holder = required(holder, _("Say who holds the account, as the bank writes it."), field="holder")
    number = checked_iban(iban)
    with transaction.atomic():
        current = _locked(actor, fund)
        _check_over(current)
        if current.returns.filter(state=FundReturnState.REQUESTED).exists():
            raise Conflict(_("A return of this fund waits for its approval already."))
        if current.state != MatchFundState.CLOSED:
            transition(current, "close", actor=actor, at=at, reason=reason)
        made = FundReturn.objects.create(
            fund=current,
            amount_minor=_free(current).minor,
            holder=holder[:70],
            destination=number,
            requested_by=actor,
            state_since=at,
        )
        events.record("fund_return.requested", actor=actor, subject=made, at=at, note=reason)
    return made


def approve_return(*, actor: Person, returned: FundReturn, at: datetime) -> None:
    """The second yes: the money is sent at once.

    Raises Forbidden (no finance officer, who requested it, part of the funder), IllegalTransition, Conflict (other
    than what was requested is free now, provider switched off).
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        fund = _locked(actor, returned.fund)
        hear_of_returns(fund, at)
        current = _current(returned, fund)
        require(actor, "approve", current)
        require_still(current.requested_by, "keep", "books")
        _check_over(fund)
        if current.state == FundReturnState.REQUESTED and _free(fund) != current.amount:
            words = _("Now %(free)s is free in this fund, not %(asked)s: withdraw this and ask anew.")
            raise Conflict(words % {"free": _free(fund), "asked": current.amount})
        FundReturn.objects.filter(pk=current.pk, approved_by=None).update(approved_by=actor)
        transition(current, "send", actor=actor, at=at)
        _send(current, actor, at)
    returned.refresh_from_db()


def withdraw_return(*, actor: Person, returned: FundReturn, reason: str, at: datetime) -> None:
    """Does not send it, with a reason; the money stays in the fund. Raises Forbidden, Invalid, IllegalTransition."""
    require(actor, "keep", "books")
    reason = required(reason, _("Give your reason; it stays on record."))
    with transaction.atomic():
        current = _current(returned, _locked(actor, returned.fund))
        transition(current, "withdraw", actor=actor, at=at, reason=reason)
    returned.refresh_from_db()


def settle_return(key: UUID, verb: str, at: datetime, failure: str = "") -> None:
    """What became of it by its transfer: `settle` or `fail`; what failed is in the fund again. Idempotent."""
    with transaction.atomic():
        found = lock_first(FundReturn.objects.filter(pk=key))
        if found and found.can(verb):
            FundReturn.objects.filter(pk=found.pk).update(failure=failure[:200])
            transition(found, verb, actor=None, at=at)


def hear_of_returns(fund: MatchFund, at: datetime) -> None:
    """What failed or came back on its way to the funder is in a locked fund again, for the database too.

    Now, and not by the event of the transfer, which may wait for a worker: until then the money lies in the fund, and
    the database counts it as gone.
    """
    gone = {returned.purpose: returned.pk for returned in fund.returns.filter(state__in=GONE)}
    ended = Transfer.objects.filter(
        purpose__in=gone, state__in=[TransferState.FAILED, TransferState.REVERSED]
    )
    for transfer in ended:
        settle_return(gone[transfer.purpose], "fail", at, transfer.failure)


def _locked(actor: Person, fund: MatchFund) -> MatchFund:
    current = lock_row(MatchFund.objects.select_related("funder").defer("published_input"), pk=fund.pk)
    require(actor, "return_rest", current)
    return current


def _current(returned: FundReturn, fund: MatchFund) -> FundReturn:
    current = lock_row(FundReturn.objects, pk=returned.pk)
    current.fund = fund
    return current


def _check_over(fund: MatchFund) -> None:
    if fund.state not in RETURNABLE:
        raise Conflict(_("This fund still matches gifts, or waits to be shared out."))
    if fund.allocations.filter(state__in=WAITING).exists():
        raise Conflict(_("Campaigns that take part in this fund are not decided yet."))
    if not _free(fund):
        raise Conflict(_("Nothing is free in this fund."))


def _free(fund: MatchFund) -> Money:
    return ledger.available(accounts.of_fund(fund, "available"))


def _send(returned: FundReturn, actor: Person, at: datetime) -> None:
    try:
        payments.request_transfer(
            actor=actor,
            provider=settings.PAYOUT_PROVIDER,
            amount=returned.amount,
            purpose=returned.purpose,
            account=returned.fund.account("available"),
            destination=returned.destination,
            holder=returned.holder,
            at=at,
        )
    except Unavailable as why:
        raise Conflict(str(why)) from why
