from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.ledger.models import Book
from marketplace.payments.models.charge import Charge, Refund, Transfer
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
    closing_minor = models.BigIntegerField(_("closing balance in minor units"), null=True)
    closing_on = models.DateField(_("closing balance of"), null=True)
    imported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="statements_imported"
    )

    class Meta:
        verbose_name = _("bank statement")
        verbose_name_plural = _("bank statements")

    def __str__(self) -> str:
        return f"{self.account} {self.created_at:%Y-%m-%d}"


class StatementLine(Stateful, BaseModel):
    """One movement on the city's account: positive in, negative out. Read once, by its digest."""

    class Proposal(models.TextChoices):
        CHARGE = "charge", _("it pays this charge")
        RETURN = "return", _("send it back")
        STRIPE = "stripe", _("Stripe's payout to the city")
        BACK = "back", _("a transfer of ours that came back")
        SENT = "sent", _("a transfer or refund of ours")
        FEE = "fee", _("the bank's fee")

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
    state = state_field(LineState, 8)
    suspense_minor = models.BigIntegerField(_("of it in suspense, in minor units"), default=0)
    proposal = models.CharField(_("what is proposed"), max_length=6, choices=Proposal, blank=True)
    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, null=True, related_name="statement_lines")
    refund = models.ForeignKey(Refund, on_delete=models.PROTECT, null=True, related_name="statement_lines")
    transfer = models.ForeignKey(
        Transfer, on_delete=models.PROTECT, null=True, related_name="statement_lines"
    )
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
        ]

    def __str__(self) -> str:
        return f"{self.booked_on} {self.amount} {self.name}"

    @property
    def amount(self) -> Money:
        """The amount as money; negative where it left the account."""
        return Money(self.amount_minor, self.currency)
