"""What sponsorships and invoices hold of a person: who acted. Addresses and statements are an organisation's."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import BLANK, Personal, impersonal, register

RECORD = _("What an organisation committed itself to stays on record, without your name.")
BILLING = "the organisation's address on its invoice"
OF_THE_ORGANISATION = {
    "currency": "with the amount",
    "benefits": "what the organisation gets",
    "conflict": "a statement of the organisation",
    "conflict_finding": "what the city found about the organisation",
    "purchase_order": "a number of the organisation",
    **{f"billing_{name}": BILLING for name in ("name", "street", "postcode", "city", "country", "email")},
    "vat_id": BILLING,
    "token": "a number of the form",
}


def declare() -> None:
    """Registers everything; called once, from `AppConfig.ready()`."""
    register(
        Personal(
            model="sponsorship.Sponsorship",
            person="offered_by",
            title=_("Sponsorships that you offered for an organisation"),
            export=("created_at", "organisation", "campaign", "amount_minor", "currency", "state"),
            withhold={name: why for name, why in OF_THE_ORGANISATION.items() if name != "currency"},
            erase=BLANK,
            blank={"offered_by": None},
            reason=RECORD,
        )
    )
    register(
        Personal(
            model="sponsorship.Sponsorship",
            person="checked_by",
            title=_("Sponsorships that you checked"),
            export=("created_at", "organisation", "campaign", "state"),
            erase=BLANK,
            blank={"checked_by": None},
            reason=RECORD,
            council=True,
        )
    )
    impersonal("sponsorship.Package", "benefits", because="what a project offers to sponsors")
    impersonal("sponsorship.Issuer", "email", because="the city's own address")
    impersonal("sponsorship.Invoice", "seller", "buyer", because="the city's and an organisation's addresses")
