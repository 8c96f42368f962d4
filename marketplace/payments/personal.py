"""What payments hold of a person: who paid, saved a method, or worked on statements."""

from functools import partial
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from djstripe import models as theirs

from civic.accounts.models import Person
from civic.accounts.privacy import (
    KEEP,
    NonPersonal,
    Personal,
    Text,
    erasure_blockers,
    non_personal,
    personal_data,
)
from civic.core.registry import Hook
from marketplace.payments.models import Charge, LinePayment, Method, Refund, StatementLine
from marketplace.payments.states import OVER, OWED, LineState

PROVIDER = "the provider's number of it"
WAY = {"provider_ref": PROVIDER, "payer_url": "a page that has expired", "return_path": "a page of this site"}
COPIES = _("The payment provider’s records of you, as copied here")
TAX = _("Payments stay in the books for as long as tax law asks, without your name.")


def payments_under_way(person: Person) -> Text | None:
    """A payment or refund under way ends before the account does."""
    charges = Charge.objects.filter(payer=person)
    refunds = Refund.objects.filter(charge__payer=person, state__in=OWED)
    if charges.exclude(state__in=OVER).exists() or refunds.exists():
        return _("A payment or refund of yours is under way. You can erase your account once it is done.")
    return None


def _intents(person: Person) -> QuerySet[Any]:
    own = Charge.objects.filter(payer=person, provider="stripe")
    return theirs.PaymentIntent.objects.filter(id__in=own.values("provider_ref"))


def _sessions(person: Person) -> QuerySet[Any]:
    return theirs.Session.objects.filter(payment_intent__in=_intents(person))


def _charges(person: Person) -> QuerySet[Any]:
    return theirs.Charge.objects.filter(payment_intent__in=_intents(person))


def _methods(person: Person) -> QuerySet[Any]:
    saved = Method.objects.filter(person=person)
    return theirs.PaymentMethod.objects.filter(id__in=saved.values("provider_ref"))


def _customers(person: Person) -> QuerySet[Any]:
    saved = Method.objects.filter(person=person, provider="stripe")
    return theirs.Customer.objects.filter(id__in=saved.values("customer_ref"))


def _lines(person: Person) -> QuerySet[Any]:
    """What somebody has only proposed may be another's transfer: their name and account."""
    paid = LinePayment.objects.filter(line=OuterRef("pk"), charge__payer=person)
    waits = Q(charge__payer=person, state=LineState.PART)
    return StatementLine.objects.filter(waits | Q(Exists(paid)))


# What dj-stripe has copied of Stripe's own records of somebody; what hangs on it goes with it.
copies = partial(Personal, title=COPIES, export=("id", "created", "stripe_data"))
taxed = partial(Personal, reason=TAX)
books = partial(Personal, erase=KEEP)

OURS = [
    copies(model="djstripe.Session", person=_sessions),
    copies(model="djstripe.Charge", person=_charges),
    copies(model="djstripe.PaymentIntent", person=_intents),
    copies(model="djstripe.PaymentMethod", person=_methods),
    copies(model="djstripe.Customer", person=_customers),
    # First, while the charge still names its payer.
    taxed(
        model="payments.StatementLine",
        person=_lines,
        title=_("Your bank transfers"),
        export=(
            "booked_on",
            "amount_minor",
            "currency",
            "reference",
            "text",
            "name",
            "iban",
            "return_name",
            "return_iban",
        ),
        withhold={"bank_reference": "the bank's number of it", "purpose": "what takes it"},
        anonymise={"text": "", "name": "", "iban": "", "return_name": "", "return_iban": ""},
    ),
    taxed(
        model="payments.LinePayment",
        person="charge__payer",
        title=_("The account that your transfers go back to"),
        export=("created_at", "amount_minor", "name", "iban"),
        anonymise={"name": "", "iban": ""},
    ),
    taxed(
        model="payments.Refund",
        person="charge__payer",
        title=_("What was paid back to you"),
        export=(
            "created_at",
            "provider",
            "amount_minor",
            "currency",
            "reason",
            "state",
            "state_since",
            "failure",
        ),
        withhold={"provider_ref": PROVIDER, "key": "a number of ours, so that nothing is paid back twice"},
        erase=KEEP,
    ),
    taxed(
        model="payments.Charge",
        person="payer",
        title=_("Your payments"),
        export=(
            "created_at",
            "provider",
            "amount_minor",
            "currency",
            "purpose",
            "state",
            "state_since",
            "failure",
        ),
        withhold={**WAY, "account": "the ledger account that it went to"},
        anonymise={"payer": None, "payer_url": ""},
    ),
    taxed(
        model="payments.MethodSetup",
        person="person",
        title=_("When you saved a way to pay"),
        export=("created_at", "provider", "purpose", "state", "failure"),
        withhold=WAY,
        anonymise={"person": None, "payer_url": ""},
    ),
    Personal(
        model="payments.Method",
        person="person",
        title=_("Ways to pay that you saved"),
        export=("created_at", "provider", "label", "removed_at"),
        withhold={"provider_ref": PROVIDER, "customer_ref": PROVIDER},
        anonymise={"person": None, "label": "", "customer_ref": ""},
        reason=_("The provider's number of a card stays with the payments that were made with it."),
    ),
    books(
        model="payments.Statement",
        person="imported_by",
        title=_("Bank statements you read in"),
        export=("created_at", "format"),
        withhold={
            "account": "the city's own",
            "currency": "the city's own",
            "digest": "a fingerprint of the file",
        },
        reason=_("Who read a bank statement stays on record by a random number."),
    ),
    books(
        model="payments.StatementLine",
        person="proposed_by",
        title=_("Payments you assigned"),
        export=("created_at", "booked_on", "amount_minor", "currency", "proposal"),
        withhold={"digest": "a fingerprint"},
        reason=_("Who assigned a bank transfer stays on record by a random number."),
    ),
    books(
        model="payments.StatementLine",
        person="confirmed_by",
        title=_("Payments you confirmed"),
        export=("created_at", "booked_on", "amount_minor", "currency", "proposal"),
        reason=_("Who confirmed a bank transfer stays on record by a random number."),
    ),
    books(
        model="payments.Claim",
        person="proposed_by",
        title=_("Claims you proposed to write off"),
        export=("created_at", "amount_minor", "state"),
        reason=_("Who gave up money of the city stays on record by a random number."),
    ),
    books(
        model="payments.Claim",
        person="confirmed_by",
        title=_("Claims you wrote off"),
        export=("created_at", "amount_minor", "state"),
        reason=_("Who gave up money of the city stays on record by a random number."),
    ),
    *(
        books(
            model=f"payments.{kind}",
            person=f"refusal_{part}_by",
            title=title,
            export=("created_at", "amount_minor", "currency", "state"),
            reason=_("Who said that the bank has refused a payment stays on record by a random number."),
        )
        for kind in ("Refund", "Transfer")
        for part, title in (
            ("proposed", _("Payments of which you said that the bank has refused them")),
            ("confirmed", _("Payments of which you confirmed that the bank has refused them")),
        )
    ),
    *(
        books(
            model="payments.BankOrder",
            person=f"withdrawal_{part}_by",
            title=title,
            export=("created_at", "reference", "count", "total_minor", "currency", "withdrawn_at"),
            reason=_("Who withdrew a payment file stays on record by a random number."),
        )
        for part, title in (
            ("proposed", _("Payment files that you said never went to the bank")),
            ("confirmed", _("Payment files of which you confirmed that")),
        )
    ),
    books(
        model="payments.BankOrder",
        person="made_by",
        title=_("Payment files you made"),
        export=("created_at", "reference", "count", "total_minor", "currency", "send_on"),
        reason=_("Who made a payment file stays on record by a random number."),
    ),
]

personal_data.register(*OURS)
non_personal.register(
    NonPersonal("payments.Message", ("body",), "numbers of events; what they are about is fetched anew"),
    NonPersonal("payments.Message", ("last_error",), "errors of our own code"),
    NonPersonal("djstripe.Customer", ("subscriber",), "never set: nothing of ours points into the mirror"),
    NonPersonal("payments.MirrorJob", ("last_error",), "errors of our own code"),
    NonPersonal("payments.Command", ("last_error",), "errors of our own code"),
    NonPersonal("payments.DemoPayment", ("disputes",), "amounts and moments of invented disputes"),
    NonPersonal("payments.Reconciliation", ("explanation",), "why two sums differ"),
    NonPersonal(
        "payments.Transfer",
        ("holder", "destination", "failure", "provider", "provider_ref", "purpose", "account"),
        "an organisation's account, what its bank says, numbers of ours",
    ),
)
erasure_blockers.register(Hook("payments-under-way", payments_under_way))
