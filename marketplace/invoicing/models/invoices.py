"""Invoices, their credit notes, and what was paid of them, lost of that in disputes or given back."""

from datetime import date
from typing import Any, ClassVar

from django.db import models
from django.db.models import (
    BigIntegerField,
    DateField,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    Subquery,
    Sum,
    Value,
)
from django.db.models.functions import Cast, Coalesce, Greatest, TruncDate
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.groups import AUDITORS, FINANCE_OFFICERS
from civic.accounts.models import Membership, Organisation
from civic.accounts.roles import in_group
from civic.core.models import BaseModel
from civic.core.money import Money
from marketplace.invoicing.models.issuers import InvoiceSeries
from marketplace.ledger.models import Book
from marketplace.payments.models import Charge, Dispute, Refund
from marketplace.payments.states import ChargeState

BOOKS = (FINANCE_OFFICERS, AUDITORS)


class Invoices(models.QuerySet["Invoice"]):
    """Which invoices somebody may see, and what of them is paid."""

    def visible_to(self, actor: Any) -> "Invoices":
        """Those of organisations that the actor acts for; all of them for who reads the city's books."""
        if in_group(actor, *BOOKS):
            return self
        return self.acted_for(actor) if actor.is_authenticated else self.none()

    def acted_for(self, actor: Any) -> "Invoices":
        """Those of organisations that the actor acts for, as owner or manager."""
        acting = Membership.objects.filter(
            person_id=actor.pk, role__in=[Membership.Role.OWNER, Membership.Role.MANAGER]
        )
        return self.filter(organisation__in=acting.values("organisation"))

    def with_amounts(self) -> "Invoices":
        """Annotates what was paid and stays (`paid_minor`) or was lost, the sum of its credit notes, and what is open.

        Open is the gross less both, never below 0: what a credit note gives back is not paid any more. `payable_until`
        is the day it is due, or as many days after a lost dispute: until then the buyer had paid.
        """
        mine = OuterRef("pk")
        paid = InvoicePayment.objects.standing().filter(invoice=mine).order_by().values("invoice")
        credited = Invoice.objects.filter(corrects=mine).order_by().values("corrects")
        lost = InvoicePaymentReversal.objects.filter(payment__invoice=mine, amount_minor__gt=0)
        newest = lost.order_by("-reversed_at").annotate(day=TruncDate("reversed_at")).values("day")[:1]
        lost_on = ExpressionWrapper(Subquery(newest), DateField())
        return self.annotate(
            paid_minor=summed(paid, "stands_minor"),
            lost_minor=summed(lost.order_by().values("payment__invoice"), "amount_minor"),
            credited_minor=summed(credited, "gross_minor"),
        ).annotate(
            open_minor=Greatest(F("gross_minor") - F("paid_minor") + F("credited_minor"), Value(0)),
            payable_until=Greatest(F("due_on"), Cast(lost_on + (F("due_on") - F("issued_on")), DateField())),
        )

    def overdue(self, today: date) -> "Invoices":
        """Invoices (no credit notes) whose day has passed and of which something is open."""
        late = self.filter(kind=Invoice.Kind.INVOICE, due_on__lt=today)
        return late.with_amounts().filter(Q(open_minor__gt=0, payable_until__lt=today))


def summed(rows: models.QuerySet[Any], column: str) -> Coalesce:
    """The sum of a column over rows that are grouped by `values`, 0 where there are none."""
    total = Subquery(rows.annotate(total=Sum(column)).values("total"), output_field=BigIntegerField())
    return Coalesce(total, Value(0), output_field=BigIntegerField())


class Invoice(BaseModel):
    """What an organisation is asked to pay, or (a credit note) what it need not. Never changed after it was issued.

    Amounts in minor units: net + VAT = gross; those of a credit note are negative. `seller` and `buyer` are copies
    of the addresses on that day. The PDF carries the same as Factur-X (EN 16931). `billable` names the slice whose
    thing is billed (`billables`), `account` the ledger accounts of that thing: `<account>/due` and `<account>/paid`.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice", _("invoice")
        CREDIT_NOTE = "credit_note", _("credit note")

    class VatCategory(models.TextChoices):
        """UNCL 5305, as EN 16931 uses it."""

        STANDARD = "S", _("VAT")
        REVERSE = "AE", _("reverse charge")
        EXEMPT = "E", _("exempt from VAT")

    event_fields = {"number": "number", "minor": "gross_minor", "currency": "currency"}

    kind = models.CharField(_("kind"), max_length=12, choices=Kind)
    billable = models.CharField(_("for"), max_length=20)
    account = models.CharField(_("account in the ledger"), max_length=60)
    book = models.CharField(_("book"), max_length=4, choices=Book)
    series = models.ForeignKey(InvoiceSeries, on_delete=models.PROTECT, related_name="invoices")
    serial = models.PositiveIntegerField(_("serial number"))
    number = models.CharField(_("number"), max_length=30, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invoices")
    corrects = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="credit_notes"
    )
    issued_on = models.DateField(_("issued"))
    due_on = models.DateField(_("due"))
    net_minor = models.BigIntegerField(_("net"))
    vat_category = models.CharField(_("kind of VAT"), max_length=2, choices=VatCategory)
    vat_rate_bp = models.PositiveIntegerField(_("VAT rate in basis points"))
    vat_minor = models.BigIntegerField(_("VAT"))
    gross_minor = models.BigIntegerField(_("gross"))
    currency = models.CharField(_("currency"), max_length=3)
    purchase_order = models.CharField(_("order number"), max_length=60, blank=True)
    line = models.CharField(_("what for"), max_length=200)
    seller = models.JSONField(_("issued by"))
    buyer = models.JSONField(_("issued to"))
    reason = models.CharField(_("reason of the correction"), max_length=300, blank=True)
    reference = models.CharField(_("payment reference"), max_length=35, blank=True)

    objects = Invoices.as_manager()

    class Meta:
        verbose_name = _("invoice")
        verbose_name_plural = _("invoices")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["series", "serial"], name="one_invoice_a_serial"),
            models.CheckConstraint(
                condition=Q(gross_minor=F("net_minor") + F("vat_minor")), name="invoice_adds_up"
            ),
            models.CheckConstraint(
                condition=Q(vat_category="S", vat_rate_bp__gt=0)
                | Q(vat_category__in=["AE", "E"], vat_rate_bp=0, vat_minor=0),
                name="invoice_vat_fits_its_kind",
            ),
            models.CheckConstraint(
                condition=Q(kind="invoice", corrects=None, net_minor__gt=0)
                | Q(kind="credit_note", corrects__isnull=False, net_minor__lt=0),
                name="invoice_or_credit_note",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="invoice_due")]

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("invoicing:invoice", args=[self.number])

    @property
    def gross(self) -> Money:
        """What is to be paid."""
        return Money(self.gross_minor, self.currency)

    @property
    def is_credit_note(self) -> bool:
        """Whether it corrects an invoice."""
        return self.kind == self.Kind.CREDIT_NOTE

    def money(self, minor: int) -> Money:
        """So many minor units of its currency."""
        return Money(minor, self.currency)

    def net_of(self, gross_minor: int) -> int:
        """How much of this gross amount is net: its share, rounded half up; of the whole gross the whole net."""
        return (2 * gross_minor * self.net_minor + self.gross_minor) // (2 * self.gross_minor)

    @property
    def receivable(self) -> str:
        """Code of the ledger account that says what of it is not paid."""
        return f"receivable/{self.number}"


class InvoicePayments(models.QuerySet["InvoicePayment"]):
    """Payments of invoices."""

    def standing(self) -> "InvoicePayments":
        """With what neither a lost dispute nor a credit note took of each: `stands_minor`, net `stands_net_minor`."""
        lost = InvoicePaymentReversal.objects.filter(payment=OuterRef("pk")).order_by().values("payment")
        credited = CreditedPayment.objects.filter(payment=OuterRef("pk")).order_by().values("payment")
        return self.annotate(
            stands_minor=F("amount_minor") - summed(lost, "amount_minor") - summed(credited, "amount_minor"),
            stands_net_minor=F("net_minor") - summed(lost, "net_minor") - summed(credited, "net_minor"),
        )

    def totals(self) -> tuple[int, int]:
        """What stands of them together, and of it net."""
        sums = self.standing().aggregate(
            paid=Sum("stands_minor", default=0), net=Sum("stands_net_minor", default=0)
        )
        return int(sums["paid"]), int(sums["net"])


class InvoicePayment(BaseModel):
    """Money that arrived and was set against an invoice; `net_minor` of it is what was billed for. Never changed."""

    invoice = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="payments")
    charge = models.OneToOneField(Charge, on_delete=models.PROTECT, related_name="invoice_payment")
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    net_minor = models.BigIntegerField(_("of it net"))
    settled_at = models.DateTimeField(_("settled"))

    objects = InvoicePayments.as_manager()

    class Meta:
        verbose_name = _("payment of an invoice")
        verbose_name_plural = _("payments of invoices")
        ordering: ClassVar = ["settled_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, net_minor__gte=0, net_minor__lte=F("amount_minor")),
                name="invoice_payment_positive",
            )
        ]

    def __str__(self) -> str:
        return f"{self.invoice_id} · {self.amount_minor}"

    @property
    def taken_back(self) -> Money:
        """What lost disputes took of it."""
        return Money(sum(one.amount_minor for one in self.reversals.all()), self.charge.currency)

    @property
    def is_contested(self) -> bool:
        """Whether it is in dispute, or something of it was lost in one."""
        return self.charge.state == ChargeState.DISPUTED or bool(self.taken_back.minor)

    @property
    def in_dispute(self) -> Money:
        """What the bank holds of it, which may be a part: one statement."""
        running = self.charge.disputes.filter(decided_at=None).first()
        return running.amount if running else Money(0, self.charge.currency)


class InvoicePaymentReversal(BaseModel):
    """What of a payment is gone after it was set against its invoice: a dispute of it was lost. Never changed.

    The bank may decide on a part of it; nothing where the lost part was more than the invoice asked for. A `refund`
    that a dispute had paid in its place and that has gone after all takes off as much once more.
    """

    payment = models.ForeignKey(InvoicePayment, on_delete=models.PROTECT, related_name="reversals")
    dispute = models.ForeignKey(Dispute, on_delete=models.PROTECT, related_name="reversals")
    refund = models.OneToOneField(Refund, on_delete=models.PROTECT, null=True, related_name="reversal")
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    net_minor = models.BigIntegerField(_("of it net"))
    reversed_at = models.DateTimeField(_("reversed"))

    class Meta:
        verbose_name = _("reversed payment of an invoice")
        verbose_name_plural = _("reversed payments of invoices")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(net_minor__gte=0, net_minor__lte=F("amount_minor")),
                name="invoice_payment_reversal_not_negative",
            ),
            models.UniqueConstraint(
                fields=["dispute"], condition=Q(refund=None), name="reversal_once_by_a_dispute"
            ),
        ]

    def __str__(self) -> str:
        return str(self.payment_id)


class CreditedPayment(BaseModel):
    """What of a payment goes back by a credit note; `net_minor` of it was billed for. Never changed."""

    payment = models.ForeignKey(InvoicePayment, on_delete=models.PROTECT, related_name="credits")
    note = models.ForeignKey(Invoice, on_delete=models.PROTECT, related_name="given_back")
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    net_minor = models.BigIntegerField(_("of it net"))

    class Meta:
        verbose_name = _("credited payment of an invoice")
        verbose_name_plural = _("credited payments of invoices")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["payment", "note"], name="one_credit_a_payment_and_note"),
            models.CheckConstraint(
                condition=Q(amount_minor__gt=0, net_minor__gte=0, net_minor__lte=F("amount_minor")),
                name="credited_payment_positive",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.note_id} · {self.amount_minor}"
