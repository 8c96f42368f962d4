from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q, Sum
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.ledger.models import Book
from marketplace.payments.models.method import Method
from marketplace.payments.states import (
    CHARGE,
    OPEN_CHARGE,
    REFUND,
    TRANSFER,
    ChargeState,
    RefundState,
    TransferState,
)  # fmt: skip


class BankOrder(BaseModel):
    """A file that tells the bank what to send (ISO 20022 pain.001): transfers and refunds, each in one order only.

    The file itself is made from its rows whenever it is fetched and is always the same order to the bank: `reference`
    is the message's number, by which a bank refuses to carry it out twice.
    """

    book = models.CharField(_("book"), max_length=4, choices=Book)
    reference = models.CharField(_("number of the file"), max_length=35, unique=True)
    count = models.PositiveIntegerField(_("payments"))
    total_minor = models.BigIntegerField(_("total in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    send_on = models.DateField(_("to be sent on"))
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bank_orders_made"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn: it never went to the bank"), null=True)
    withdrawal_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("says that it never went to the bank"),
    )
    withdrawal_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed that it never went to the bank"),
    )

    class Meta:
        verbose_name = _("payment file")
        verbose_name_plural = _("payment files")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(total_minor__gt=0, count__gt=0), name="bank_order_not_empty"),
            models.CheckConstraint(
                condition=Q(withdrawal_confirmed_by=None)
                | Q(withdrawal_proposed_by__isnull=False)
                & ~Q(withdrawal_confirmed_by=F("withdrawal_proposed_by")),
                name="bank_order_withdrawn_by_two",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def total(self) -> Money:
        return Money(self.total_minor, self.currency)


class Amount(models.Model):
    """So much of one currency in one book, never zero and never negative."""

    book = models.CharField(_("book"), max_length=4, choices=Book)
    provider = models.CharField(_("provider"), max_length=12)
    provider_ref = models.CharField(_("name at the provider"), max_length=120, blank=True)
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    currency = models.CharField(_("currency"), max_length=3)

    class Meta:
        abstract = True

    @property
    def amount(self) -> Money:
        return Money(self.amount_minor, self.currency)


class Refusable(models.Model):
    """Two finance officers may say that the bank has refused it out of a payment file."""

    refusal_proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("says that the bank has refused it"),
    )
    refusal_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("confirmed that the bank has refused it"),
    )

    class Meta:
        abstract = True

    @property
    def is_refused(self) -> bool:
        """Whether the bank has it no more, by the word of two."""
        return self.refusal_confirmed_by_id is not None


REFUSED_BY_TWO = Q(refusal_confirmed_by=None) | (
    Q(refusal_proposed_by__isnull=False) & ~Q(refusal_confirmed_by=F("refusal_proposed_by"))
)


class Charge(Stateful, BaseModel, Amount):
    """Money asked of a payer for one purpose, collected at most once.

    `purpose` names the thing of a higher slice that it is for (`pledge:<id>`), `account` the ledger
    account that it goes to. A purpose may need several charges one after the other, never two at once.
    """

    TRANSITIONS = CHARGE
    event_fields = {"purpose": "purpose", "minor": "amount_minor", "currency": "currency"}
    noun = "charge"

    payer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="charges"
    )
    method = models.ForeignKey(Method, on_delete=models.PROTECT, null=True, related_name="charges")
    purpose = models.CharField(_("purpose"), max_length=80)
    account = models.CharField(_("goes to the account"), max_length=120)
    state = state_field(ChargeState, 12)
    payer_url = models.CharField(_("where the payer goes on"), max_length=2000, blank=True)
    return_path = models.CharField(_("where the payer comes back to"), max_length=200)
    failure = models.CharField(_("why it failed"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("charge")
        verbose_name_plural = _("charges")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="charge_positive"),
            models.UniqueConstraint(
                fields=["provider", "provider_ref"],
                condition=~Q(provider_ref=""),
                name="one_charge_a_provider_ref",
            ),
            models.UniqueConstraint(
                fields=["purpose"], condition=~Q(state=ChargeState.FAILED), name="one_live_charge_a_purpose"
            ),
        ]
        # Failed ones too, which the index above leaves out; by its operator class also the purposes that begin so.
        indexes: ClassVar = [
            models.Index(fields=["purpose"], opclasses=["varchar_pattern_ops"], name="charge_purpose"),
            models.Index(fields=["state_since"], condition=Q(state__in=OPEN_CHARGE), name="charge_open"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} · {self.purpose}"

    @property
    def refunded(self) -> Money:
        """What of it has gone back or is on its way by refunds, without those that a dispute paid: one statement."""
        given = self.refunds.exclude(state=RefundState.COVERED)
        return Money(int(given.aggregate(total=Sum("amount_minor", default=0))["total"]), self.currency)

    @property
    def lost(self) -> Money:
        """What disputes that were lost have taken of it: one statement."""
        return Money(int(self.disputes.aggregate(total=Sum("lost_minor", default=0))["total"]), self.currency)

    @property
    def left(self) -> Money:
        """What of it was neither given back nor lost, nothing where both took the same; also while it is disputed."""
        return max(self.amount - self.refunded - self.lost, Money(0, self.currency))


class Refund(Stateful, BaseModel, Amount, Refusable):
    """Money given back of one charge; all refunds of a charge together never exceed it (a trigger)."""

    TRANSITIONS = REFUND
    event_fields = {
        "purpose": "charge.purpose",
        "key": "key",
        "minor": "amount_minor",
        "currency": "currency",
    }
    noun = "refund"

    charge = models.ForeignKey(Charge, on_delete=models.PROTECT, related_name="refunds")
    bank_order = models.ForeignKey(
        BankOrder, on_delete=models.PROTECT, null=True, related_name="refunds", editable=False
    )
    key = models.CharField(_("idempotency key"), max_length=120, unique=True)
    reason = models.CharField(_("reason"), max_length=200)
    state = state_field(RefundState, 16)
    failure = models.CharField(_("why it failed"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("refund")
        verbose_name_plural = _("refunds")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="refund_positive"),
            models.CheckConstraint(condition=REFUSED_BY_TWO, name="refund_refused_by_two"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} · {self.charge.purpose}"


class Transfer(Stateful, BaseModel, Amount, Refusable):
    """Money sent to a project's organisation for one purpose (`payout:<id>`), once."""

    TRANSITIONS = TRANSFER
    event_fields = {"purpose": "purpose", "minor": "amount_minor", "currency": "currency"}
    noun = "transfer"

    purpose = models.CharField(_("purpose"), max_length=80, unique=True)
    bank_order = models.ForeignKey(
        BankOrder, on_delete=models.PROTECT, null=True, related_name="transfers", editable=False
    )
    account = models.CharField(_("comes from the account"), max_length=120)
    destination = models.CharField(
        _("destination"), max_length=120, help_text=_("An IBAN or an account there.")
    )
    holder = models.CharField(_("account holder"), max_length=120)
    state = state_field(TransferState, 12)
    failure = models.CharField(_("why it failed"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("transfer")
        verbose_name_plural = _("transfers")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="transfer_positive"),
            models.CheckConstraint(condition=REFUSED_BY_TWO, name="transfer_refused_by_two"),
        ]

    def __str__(self) -> str:
        return f"{self.amount} · {self.purpose}"
