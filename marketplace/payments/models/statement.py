from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.ledger.models import Book
from marketplace.payments.models.charge import BankOrder, Charge, Refund, Transfer
from marketplace.payments.states import STATEMENT_LINE, LineState


class Statement(BaseModel):
    """A file of the bank that was read whole; the same file a second time changes nothing."""

    class Format(models.TextChoices):
        CAMT = "camt", "CAMT.053"
        CSV = "csv", "CSV"

    book = models.CharField(_("book"), max_length=4, choices=Book)
    digest = models.CharField(_("SHA-256 of the file"), max_length=64, unique=True)
    format = models.CharField(_("format"), max_length=4, choices=Format)
    account = models.CharField(_("our account"), max_length=34)
    currency = models.CharField(_("currency"), max_length=3)
    opening_minor = models.BigIntegerField(_("opening balance in minor units"), null=True)
    closing_minor = models.BigIntegerField(_("closing balance in minor units"), null=True)
    closing_on = models.DateField(_("closing balance of"), null=True)
    first_number = models.PositiveBigIntegerField(_("number of its first statement"), null=True)
    last_number = models.PositiveBigIntegerField(_("number of its last statement"), null=True)
    gaps = models.PositiveIntegerField(_("statements missing in the file"), default=0)
    known = models.PositiveIntegerField(_("movements that were read before"), default=0)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="statements_imported"
    )

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")

    def __str__(self) -> str:
        return f"{self.account} {localdate(self.created_at)}"


class StatementLine(Stateful, BaseModel):
    """One movement on the city's account: positive in, negative out. Read once, by its digest.

    `duplicate_of` is the line of another file that may be the same movement: two people decide. Parts name so the sum
    that they may be, and a sum one of its parts. `reverses` is the credit that a line takes back.
    """

    class Proposal(models.TextChoices):
        CHARGE = "charge", _("it pays this charge, or a part of it")
        RETURN = "return", _("send it back")
        DOUBLE = "double", _("the same movement as another line")
        INCOME = "income", _("income of the city, of no project")
        FUND = "fund", _("money for a match fund")
        STRIPE = "stripe", _("Stripe's payout to the city")
        BACK = "back", _("a transfer or refund of ours that came back")
        LESS = "less", _("a transfer or refund of ours that came back less the bank's fee")
        SENT = "sent", _("a transfer, refund or payment file of ours")
        TWICE = "twice", _("a transfer or refund of ours that has left once more")
        FEE = "fee", _("the bank's fee")
        TAKEN = "taken", _("a credit that the bank took back")

    TRANSITIONS = STATEMENT_LINE
    noun = "statement_line"

    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="lines")
    digest = models.CharField(_("digest"), max_length=64, unique=True)
    booked_on = models.DateField(_("booked"))
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    reference = models.CharField(_("reference"), max_length=35, blank=True)
    text = models.CharField(_("text"), max_length=500, blank=True)
    name = models.CharField(_("who"), max_length=140, blank=True)
    iban = models.CharField(_("their account"), max_length=34, blank=True)
    bank_reference = models.CharField(_("the bank's number of it"), max_length=120, blank=True)
    duplicate_of = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="duplicates",
        verbose_name=_("may be the same as"),
    )
    is_reversal = models.BooleanField(_("the bank calls it a reversal"), default=False)
    reverses = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        related_name="reversals",
        verbose_name=_("takes back"),
    )
    state = state_field(LineState, 8)
    suspense_minor = models.BigIntegerField(_("of it in suspense, in minor units"), default=0)
    proposal = models.CharField(_("what is proposed"), max_length=6, choices=Proposal, blank=True)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, null=True, related_name="statement_lines")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, null=True, related_name="statement_lines")
    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, null=True, related_name="statement_lines"
    )
    bank_order = models.ForeignKey(
        BankOrder, on_delete=models.PROTECT, null=True, related_name="statement_lines"
    )
    purpose = models.CharField(_("is for"), max_length=80, blank=True)
    return_name = models.CharField(_("goes back to"), max_length=140, blank=True)
    return_iban = models.CharField(_("goes back to the account"), max_length=34, blank=True)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        verbose_name = _("statement line")
        verbose_name_plural = _("statement lines")
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(amount_minor=0), name="statement_line_not_zero"),
            models.CheckConstraint(condition=Q(suspense_minor__gte=0), name="suspense_not_negative"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("proposed_by")),
                name="line_confirmed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state=LineState.SETTLED)
                | Q(proposed_by__isnull=False, confirmed_by__isnull=False),
                name="line_settled_by_two",
            ),
            models.UniqueConstraint(
                fields=["reverses"], condition=Q(state=LineState.SETTLED), name="one_reversal_a_line"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount} {self.name}"

    @property
    def amount(self) -> Money:
        """The amount as money; negative where it left the account."""
        return Money(self.amount_minor, self.currency)

    @property
    def is_double(self) -> bool:
        """Whether two people have said that another line is the same movement."""
        return self.state == LineState.SETTLED and self.proposal == self.Proposal.DOUBLE


class LinePayment(BaseModel):
    """So much of a line has paid this charge; written as it does, and kept.

    With the account that this part goes back to, as it was agreed then: what is said of the rest of the line later is
    about other money.
    """

    line = models.ForeignKey(StatementLine, on_delete=models.PROTECT, related_name="payments")
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="line_payments")
    amount_minor = models.BigIntegerField(_("of it, in minor units"))
    name = models.CharField(_("goes back to"), max_length=140, blank=True)
    iban = models.CharField(_("goes back to the account"), max_length=34, blank=True)

    class Meta:
        verbose_name = _("what a line has paid")
        verbose_name_plural = _("what lines have paid")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="line_payment_positive"),
            models.UniqueConstraint(fields=["line", "charge"], name="one_payment_a_line_and_charge"),
        ]

    def __str__(self) -> str:
        return f"{Money(self.amount_minor, self.charge.currency)} · {self.charge.purpose}"


class Settlement(BaseModel):
    """What a provider says that it has sent to the city's bank account; `line` is where it arrived there."""

    book = models.CharField(_("book"), max_length=4, choices=Book)
    provider = models.CharField(_("provider"), max_length=12)
    provider_ref = models.CharField(_("name at the provider"), max_length=120)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    arrives_on = models.DateField(_("arrives"))
    failed = models.BooleanField(_("it came back"), default=False)
    line = models.OneToOneField(StatementLine, on_delete=models.PROTECT, null=True, related_name="settlement")

    class Meta:
        verbose_name = _("settlement")
        verbose_name_plural = _("settlements")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["provider", "provider_ref"], name="one_settlement_a_provider_ref"
            ),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="settlement_positive"),
            models.CheckConstraint(
                condition=Q(line=None) | Q(failed=False), name="settlement_that_failed_did_not_arrive"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.amount} {self.arrives_on}"

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Reconciliation(BaseModel):
    """One comparison of what a provider says it holds with what the ledger says is there."""

    provider = models.CharField(_("provider"), max_length=12)
    book = models.CharField(_("book"), max_length=4, choices=Book)
    currency = models.CharField(_("currency"), max_length=3)
    theirs_minor = models.BigIntegerField(_("they say, in minor units"))
    ours_minor = models.BigIntegerField(_("the ledger says, in minor units"))
    at = models.DateTimeField(_("at"))
    explanation = models.TextField(
        _("explanation"), blank=True, help_text=_("By a finance officer, once the difference is understood.")
    )

    class Meta:
        verbose_name = _("reconciliation")
        verbose_name_plural = _("reconciliations")
        indexes: ClassVar = [
            models.Index(fields=["provider", "currency", "-at"], name="reconciliation_newest")
        ]

    def __str__(self) -> str:
        return f"{self.provider} {localtime(self.at):%Y-%m-%d %H:%M}: {self.difference}"

    @property
    def difference(self) -> Money:
        """What is there and not in the ledger; negative where the ledger has more."""
        return Money(self.theirs_minor - self.ours_minor, self.currency)

    @property
    def ours(self) -> Money:
        return Money(self.ours_minor, self.currency)

    @property
    def theirs(self) -> Money:
        return Money(self.theirs_minor, self.currency)
