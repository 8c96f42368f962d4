"""Invoices hold addresses of the city and of organisations, nothing of a person."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.accounts.privacy import NonPersonal, Text, closing_blockers, non_personal
from civic.core.registry import Hook
from marketplace.invoicing.models import Invoice
from marketplace.payments.states import ChargeState


def invoices_open(organisation: Organisation) -> Text | None:
    """What is owed to the city, or may be again after a dispute, is paid or credited first."""
    owed = Invoice.objects.filter(organisation=organisation).with_amounts().filter(Q(open_minor__gt=0))
    if invoice := owed.order_by("pk").first():
        return _("Its invoice %(number)s is not paid yet.") % {"number": invoice.number}
    running = Invoice.objects.filter(organisation=organisation, payments__charge__state=ChargeState.DISPUTED)
    if invoice := running.order_by("pk").first():
        # Lost, it would be owed again by an organisation that nobody acts for.
        return _("A payment of its invoice %(number)s is disputed. Wait until the bank has decided.") % {
            "number": invoice.number
        }
    return None


closing_blockers.register(Hook("invoices-open", invoices_open))

non_personal.register(
    NonPersonal("invoicing.Issuer", ("email",), "the city's own address"),
    NonPersonal("invoicing.Invoice", ("seller", "buyer"), "the city's and an organisation's addresses"),
    NonPersonal(
        "invoicing.Invoice", ("line", "reason"), "what an organisation is asked for, and why not any more"
    ),
)
