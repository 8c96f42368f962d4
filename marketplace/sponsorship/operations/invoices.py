"""Makes out the invoices of contracted sponsorships."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core.errors import Conflict
from civic.core.policies import require
from civic.core.states import transition
from marketplace.campaigns.operations.totals import recount
from marketplace.campaigns.states import CampaignState
from marketplace.invoicing.models import Invoice
from marketplace.invoicing.operations.issuing import Bill, Buyer, issue_invoice
from marketplace.sponsorship.locking import lock_sponsorship
from marketplace.sponsorship.models import Sponsorship

MAY_INVOICE = [CampaignState.OPEN, CampaignState.COLLECTING, CampaignState.SUCCEEDED]


def issue(*, actor: Person, sponsorship: Sponsorship, at: datetime, reason: str = "") -> Invoice:
    """Makes out the invoice of a contracted sponsorship and waits for the money; the PDF and its mail follow.

    Raises Forbidden (not a finance officer), Conflict (no issuer, campaign over), IllegalTransition (no contract).
    """
    require(actor, "keep", "books")
    with transaction.atomic():
        current = lock_sponsorship(sponsorship)
        if current.campaign.state not in MAY_INVOICE:
            raise Conflict(_("This campaign is over without success: nothing is invoiced."))
        transition(current, "invoice", actor=actor, at=at, reason=reason.strip())
        invoice = issue_invoice(actor=actor, bill=bill_of(current), at=at)
        Sponsorship.objects.filter(pk=current.pk).update(invoice=invoice)
        invoice.sponsorship = current
        recount(current.campaign, at)
    return invoice


def bill_of(sponsorship: Sponsorship) -> Bill:
    """What is billed: the amount of the package before tax, to the address that the sponsor gave."""
    names = ("name", "street", "postcode", "city", "country", "email")
    words = _("Sponsoring “%(project)s”: %(package)s")
    named = {"project": sponsorship.campaign.project.title, "package": sponsorship.package.title}
    return Bill(
        billable="sponsorship",
        account=sponsorship.account,
        book=sponsorship.campaign.book,
        organisation=sponsorship.organisation,
        buyer=Buyer(
            vat_id=sponsorship.vat_id, **{name: getattr(sponsorship, f"billing_{name}") for name in names}
        ),
        net_minor=sponsorship.amount_minor,
        currency=sponsorship.currency,
        line=words % named,
        purchase_order=sponsorship.purchase_order,
    )
