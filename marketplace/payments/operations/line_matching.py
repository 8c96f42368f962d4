"""What a statement shows and nobody understood: one person says what it is, another one agrees."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.errors import Conflict, required
from civic.core.locking import lock_row
from civic.core.money import Money
from civic.core.policies import require, require_still
from civic.core.states import lock, transition
from marketplace.ledger.models import Account
from marketplace.payments import accounts, deposits
from marketplace.payments.locking import lock_payment
from marketplace.payments.models import Charge, Refund, StatementLine, Transfer
from marketplace.payments.operations.came_back import OF_A_LINE, can_come_back
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.credit_parts import became_of
from marketplace.payments.operations.duplicates import name_batch, staying
from marketplace.payments.operations.line_fit import Target, check_fit, check_owner, is_entered
from marketplace.payments.operations.paid_lines import named_before, note_payment
from marketplace.payments.operations.part_payments import parts_of, settle_parts
from marketplace.payments.operations.reconciliation import link_settlement, post_settlement
from marketplace.payments.operations.refunds import advance_refund
from marketplace.payments.operations.reversals import take_back
from marketplace.payments.operations.sent_payments import columns_of, has_gone, settle_sent
from marketplace.payments.operations.transfers import advance_transfer, request_transfer
from marketplace.payments.providers import Outcome
from marketplace.payments.providers.bank import NAME
from marketplace.payments.references import compact_iban
from marketplace.payments.states import TransferState

Proposal = StatementLine.Proposal


def propose_line_match(
    *,
    actor: Person,
    line: StatementLine,
    proposal: str,
    reason: str,
    at: datetime,
    target: Target | list[StatementLine] | None = None,
    holder: str = "",
    iban: str = "",
) -> None:
    """Says what a line is (`StatementLine.Proposal`).

    `target` is the charge that it pays, what it shows as gone or come back, the other line that is the same movement
    or is taken back, several lines that are the parts of this one or with it those of another, or the purpose that
    takes a deposit, or took it by hand before (`double`). `holder` and `iban` say where a line without an account goes
    back to. `reason` stays on record. Raises Forbidden, Invalid where the reason is missing or the proposal does not
    fit, IllegalTransition.
    """
    require(actor, "keep", "books")
    reason = required(reason, _("Say how you know."))
    with transaction.atomic():
        _fresh(line)
        line.return_name, line.return_iban = holder.strip()[:140], compact_iban(iban)
        if isinstance(target, list):
            target = name_batch(line, target)
        if proposal == Proposal.DOUBLE:
            target = target or line.duplicate_of or line.duplicates.first()
        if proposal == Proposal.TAKEN:
            target = target or line.reverses
        check_fit(line, Proposal(proposal), target)
        if not line.can("propose"):
            # Before the columns: of a proposal that waits, the database lets nobody change what it says.
            raise Conflict(_("Somebody has proposed what this line is. Take that back first."))
        StatementLine.objects.filter(pk=line.pk).update(
            **columns_of(target),
            proposal=proposal,
            **({"charge": target} if isinstance(target, Charge) else {}),
            **_other_line(line, proposal, target),
            **({"purpose": target} if isinstance(target, str) else {}),
            return_name=line.return_name,
            return_iban=line.return_iban,
            proposed_by=actor,
            confirmed_by=None,
        )
        transition(line, "propose", actor=actor, at=at, reason=reason)


def withdraw_line_match(*, actor: Person, line: StatementLine, reason: str, at: datetime) -> None:
    """Takes a proposal back, whoever made it: what it named is named no more, as if nobody had said it.

    A part that waits for the rest is unclear again.
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        _fresh(line)
        # Before the step: what a line is of changes with its state, says the database.
        StatementLine.objects.filter(pk=line.pk).update(**named_before(line))
        transition(line, "withdraw", actor=actor, at=at, reason=reason)


def confirm_line_match(*, actor: Person, line: StatementLine, at: datetime) -> None:
    """Does what somebody else proposed. What is left over stays in suspense, and so does a part until it is whole.

    Raises Forbidden for the one who proposed it, Conflict where what it was to be is closed in the meantime.
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        _fresh(line)
        require(actor, "confirm", line)
        if not line.can("settle"):
            raise Conflict(_("Nothing is proposed for this line."))
        require_still(line.proposed_by, "keep", "books")
        # Before anything is booked: what leaves for a line must have been confirmed, also for the database.
        StatementLine.objects.filter(pk=line.pk).update(confirmed_by=actor)
        line.confirmed_by = actor
        check_owner(line, line.proposal, line.charge)
        left = SETTLING[Proposal(line.proposal)](line, actor, at)
        StatementLine.objects.filter(pk=line.pk).update(suspense_minor=left)
        # A payment of which nothing is booked waits for its other parts.
        part = line.proposal == Proposal.CHARGE and left == line.suspense_minor
        verb = "settle" if not left else "keep" if part else "settle_part"
        # What each part of a line became: a later proposal, for the rest of it, says another thing.
        became = {"as": line.proposal, "settled_minor": line.suspense_minor - left, "for": became_of(line)}
        transition(line, verb, actor=actor, at=at, payload=became)


def _pay(line: StatementLine, actor: Person, at: datetime) -> int:
    charge = line.charge
    if charge is None or not lock(charge).can("succeed"):
        raise Conflict(_("This payment was closed in the meantime."))
    return pay_from_suspense(line, charge, at)


def pay_from_suspense(line: StatementLine, charge: Charge, at: datetime) -> int:
    """Pays a locked charge with a line in suspense and the parts that wait for it.

    Returns what is left of the line, in minor units: all of it where that is not enough.
    """
    rest = charge.amount_minor - sum(part.suspense_minor for part in parts_of(charge))
    if line.suspense_minor < rest:
        return line.suspense_minor
    advance_charge(charge, Outcome("succeed"), at=at, source=_suspense(line))
    settle_parts(charge, at)
    note_payment(line, charge, rest)
    return line.suspense_minor - rest


def _return(line: StatementLine, actor: Person, at: datetime) -> int:
    """Where to, stands on the line: its name and account can be erased, a transfer's can't.

    Numbered where it failed before: a purpose is for one transfer.
    """
    failed = Transfer.objects.filter(
        purpose__startswith=f"return:{line.pk}", state=TransferState.FAILED
    ).count()
    request_transfer(
        actor=actor,
        provider=NAME,
        amount=Money(line.suspense_minor, line.currency),
        purpose=f"return:{line.pk}" + (f":{failed}" if failed else ""),
        account=accounts.SUSPENSE,
        destination=f"{OF_A_LINE}{line.pk}",
        holder="",
        at=at,
    )
    return 0


def _paid_out(line: StatementLine, actor: Person, at: datetime) -> int:
    """What was at the provider is in the bank now."""
    if line.suspense_minor != line.amount_minor:
        raise Conflict(_("A part of this line has been settled as something else."))
    post_settlement(line, line.proposal, _suspense(line), at)
    link_settlement(line, line.proposal)
    return 0


def _came_back(line: StatementLine, actor: Person, at: datetime) -> int:
    """A transfer's money is where it came from; a refund's is owed to its payer, who gets it another way.

    What a transfer had taken out of suspense is in suspense again, and this is the line that has it: there the bank's
    fee is its sender's. Of everything else the city bears it, as the whole is owed as before.
    """
    back = line.refund or line.transfer
    if back is None or not can_come_back(lock_payment(back)):
        raise Conflict(_("This was closed in the meantime."))
    is_senders = isinstance(back, Transfer) and back.account == accounts.SUSPENSE
    missing = back.amount_minor - line.suspense_minor
    if missing > 0 and not is_senders:
        amount, target = Money(missing, line.currency), accounts.fees(back.book, NAME, line.currency)
        key = f"short:{line.digest}"
        accounts.move(
            amount, source=_suspense(line), target=target, kind="fee", key=key, provider=NAME, at=at
        )
    if isinstance(back, Refund):
        outcome = Outcome("fail", failure=str(_("It came back to the city’s bank account.")))
        advance_refund(back, outcome, at=at, source=_suspense(line))
    else:
        advance_transfer(back, Outcome("reverse"), at=at, source=_suspense(line))
    return line.suspense_minor if is_senders else max(-missing, 0)


def _sent(line: StatementLine, actor: Person, at: datetime) -> int:
    settle_sent(line, line.refund or line.transfer or line.bank_order, at)
    return 0


def _twice(line: StatementLine, actor: Person, at: datetime) -> int:
    """What has left once more is the city's loss; where it is paid back one day, that is income."""
    found = line.refund or line.transfer
    if found is None or not has_gone(lock_payment(found)):
        raise Conflict(_("This was closed in the meantime."))
    book, currency = line.statement.book, line.currency
    there, lost = accounts.bank(book, currency), accounts.losses(book, currency)
    key = f"twice:{line.digest}"
    accounts.move(-line.amount, source=there, target=lost, kind="twice", key=key, provider=NAME, at=at)
    return 0


def _double(line: StatementLine, actor: Person, at: datetime) -> int:
    """What was booked for it a second time is taken back; of money that left nothing was booked."""
    other = line.duplicate_of
    if line.purpose:
        if not is_entered(line, line.purpose):
            raise Conflict(_("This was closed in the meantime."))
        _from_suspense(line, accounts.bank(line.statement.book, line.currency), "double", at)
        return 0
    # Each could be called the other's double, and both would be gone: locked, then looked at.
    for one in staying(line, other) if other else []:
        lock_row(StatementLine.objects, pk=one.pk)
    if other is None or not staying(line, lock_row(StatementLine.objects, pk=other.pk)):
        raise Conflict(_("The other line counts as a double itself."))
    if line.suspense_minor:
        _from_suspense(line, accounts.bank(line.statement.book, line.currency), "double", at)
    return 0


def _income(line: StatementLine, actor: Person, at: datetime) -> int:
    _from_suspense(line, accounts.income(line.statement.book, line.currency), "income", at)
    return 0


def _deposit(line: StatementLine, actor: Person, at: datetime) -> int:
    assert line.proposed_by is not None
    deposits.takers[line.purpose.partition(":")[0]].take(
        line.purpose,
        Money(line.suspense_minor, line.currency),
        source=_suspense(line),
        proposed_by=line.proposed_by,
        confirmed_by=actor,
        note=f"{line.booked_on} {line.text}".strip()[:200],
        line=line.pk,
        at=at,
    )
    return 0


def _from_suspense(line: StatementLine, source: Account, kind: str, at: datetime) -> None:
    amount, key = Money(line.suspense_minor, line.currency), f"{kind}:{line.digest}"
    target = _suspense(line)
    accounts.move(amount, source=source, target=target, kind=kind, key=key, provider=NAME, at=at)


def _fee(line: StatementLine, actor: Person, at: datetime) -> int:
    book, currency = line.statement.book, line.currency
    there, kept = accounts.bank(book, currency), accounts.fees(book, NAME, currency)
    key = f"statement:{line.digest}"
    accounts.move(-line.amount, source=there, target=kept, kind="fee", key=key, provider=NAME, at=at)
    return 0


SETTLING: dict[str, Callable[[StatementLine, Person, datetime], int]] = {
    Proposal.CHARGE: _pay,
    Proposal.RETURN: _return,
    Proposal.DOUBLE: _double,
    Proposal.INCOME: _income,
    Proposal.FUND: _deposit,
    Proposal.STRIPE: _paid_out,
    Proposal.BACK: _came_back,
    Proposal.LESS: _came_back,
    Proposal.SENT: _sent,
    Proposal.TWICE: _twice,
    Proposal.FEE: _fee,
    Proposal.TAKEN: take_back,
}


def _other_line(line: StatementLine, proposal: str, target: Target | None) -> dict[str, Any]:
    """The columns that name another line; what the import has found stays where nobody names one."""
    other = target if isinstance(target, StatementLine) else None
    named = "reverses" if proposal == Proposal.TAKEN else "duplicate_of"
    return {"reverses": line.reverses, "duplicate_of": line.duplicate_of} | ({named: other} if other else {})


def _suspense(line: StatementLine) -> Account:
    return accounts.suspense(line.statement.book, line.currency)


def _fresh(line: StatementLine) -> None:
    lock(line)
    line.refresh_from_db()
