"""Who keeps the city's books."""

from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import Person
from civic.accounts.roles import in_group
from civic.core.policies import policy
from marketplace.payments.models import (
    BankOrder,
    Claim,
    Command,
    Message,
    MirrorJob,
    Refund,
    StatementLine,
    Transfer,
)


@policy("books", "keep")
@policy(Command, "handle")
@policy(Message, "handle")
@policy(MirrorJob, "handle")
def keeps_books(actor: Person, area: object) -> bool:
    """Finance officers read statements, enter, approve, correct, and pay by hand what failed."""
    return in_group(actor, groups.FINANCE_OFFICERS)


@policy("books", "read")
def reads_books(actor: Person, area: object) -> bool:
    """Finance officers, and auditors, who change nothing."""
    return in_group(actor, groups.FINANCE_OFFICERS, groups.AUDITORS)


@policy(StatementLine, "confirm", refusal=_("Somebody else has to confirm what you proposed."))
def confirms(actor: Person, line: StatementLine) -> bool:
    """A second finance officer."""
    return keeps_books(actor, line) and line.proposed_by_id != actor.pk


@policy(Claim, "write_off", refusal=_("Somebody else has to confirm what you proposed."))
def writes_off(actor: Person, claim: Claim) -> bool:
    """A second finance officer."""
    return keeps_books(actor, claim) and claim.proposed_by_id != actor.pk


@policy(Refund, "confirm_refusal", refusal=_("Somebody else has to confirm what you proposed."))
@policy(Transfer, "confirm_refusal", refusal=_("Somebody else has to confirm what you proposed."))
def confirms_refusal(actor: Person, payment: Refund | Transfer) -> bool:
    """A second finance officer."""
    return keeps_books(actor, payment) and payment.refusal_proposed_by_id != actor.pk


@policy(BankOrder, "confirm_withdrawal", refusal=_("Somebody else has to confirm what you proposed."))
def confirms_withdrawal(actor: Person, order: BankOrder) -> bool:
    """A second finance officer."""
    return keeps_books(actor, order) and order.withdrawal_proposed_by_id != actor.pk
