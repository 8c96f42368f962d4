"""What sponsorships hold of a person: who acted. Addresses and statements are an organisation's."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.privacy import NonPersonal, Personal, non_personal, personal_data

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

personal_data.register(
    Personal(
        model="sponsorship.Sponsorship",
        person="offered_by",
        title=_("Sponsorships that you offered for an organisation"),
        export=("created_at", "organisation", "campaign", "amount_minor", "currency", "state"),
        withhold={name: why for name, why in OF_THE_ORGANISATION.items() if name != "currency"},
        anonymise={"offered_by": None},
        reason=RECORD,
    )
)
personal_data.register(
    Personal(
        model="sponsorship.Sponsorship",
        person="checked_by",
        title=_("Sponsorships that you checked"),
        export=("created_at", "organisation", "campaign", "state"),
        anonymise={"checked_by": None},
        reason=RECORD,
        council=True,
    )
)
non_personal.register(NonPersonal("sponsorship.Package", ("benefits",), "what a project offers to sponsors"))
