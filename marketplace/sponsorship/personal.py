"""What sponsorships hold of a person: who acted. Addresses and statements are an organisation's."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.accounts.privacy import (
    NonPersonal,
    Personal,
    Text,
    closing_blockers,
    closing_deletes,
    non_personal,
    personal_data,
)
from civic.core.registry import Hook
from marketplace.sponsorship.models import Sponsorship
from marketplace.sponsorship.states import FIRM, SponsorshipState

RECORD = _("What an organisation committed itself to stays on record, without your name.")
BILLING = "the organisation's address on its invoice"
TO_WHOM = (
    *(f"billing_{name}" for name in ("name", "street", "postcode", "city", "country", "email")),
    "vat_id",
)
OF_THE_ORGANISATION = {
    "currency": "with the amount",
    "benefits": "what the organisation gets",
    "conflict": "a statement of the organisation",
    "conflict_finding": "what the city found about the organisation",
    "purchase_order": "a number of the organisation",
    **dict.fromkeys(TO_WHOM, BILLING),
    "token": "a number of the form",
}


def sponsorships_run(organisation: Organisation) -> Text | None:
    """What was offered is paid, or ends, first."""
    running = Sponsorship.objects.filter(organisation=organisation)
    if running.filter(
        state__in=[SponsorshipState.OFFERED, SponsorshipState.CONFLICT_CHECKED, *FIRM]
    ).exists():
        return _("A sponsorship of it is under way. Wait until it is paid, or ask the city to let it lapse.")
    return None


def delete_billing(organisation: Organisation) -> int:
    """Empties the address of sponsorships that never had an invoice; those that had one stay as tax law asks."""
    never = Sponsorship.objects.filter(organisation=organisation, invoice=None)
    return never.update(**dict.fromkeys(TO_WHOM, ""))


closing_blockers.register(Hook("sponsorships-run", sponsorships_run))
closing_deletes.register(Hook("billing", delete_billing))
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
