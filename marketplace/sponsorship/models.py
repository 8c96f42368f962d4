"""Money of organisations for declared benefits."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts.groups import AUDITORS, FINANCE_OFFICERS, PROGRAMME_MANAGERS
from civic.accounts.models import Membership, Organisation
from civic.accounts.roles import in_group
from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.campaigns.models import Campaign, StandingView
from marketplace.invoicing.models import Invoice
from marketplace.sponsorship.states import PUBLIC_SPONSORS, SPONSORSHIP, SPONSORSHIP_ENDED, SponsorshipState


class Package(BaseModel):
    """What a sponsor may buy of a campaign: an amount before tax, the benefits, and how many may have it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="packages")
    title = models.CharField(_("title"), max_length=80)
    benefits = models.TextField(_("what the sponsor gets"), max_length=2000)
    amount_minor = models.BigIntegerField(_("amount before tax, in minor units"))
    places = models.PositiveSmallIntegerField(
        _("places"), null=True, blank=True, help_text=_("Empty: no limit.")
    )

    class Meta:
        verbose_name = _("sponsor package")
        verbose_name_plural = _("sponsor packages")
        ordering: ClassVar = ["-amount_minor", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="package_positive"),
            models.UniqueConstraint(fields=["campaign", "title"], name="one_package_a_title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def amount(self) -> Money:
        """Its price before tax."""
        return Money(self.amount_minor, self.campaign.currency)


READERS = (FINANCE_OFFICERS, PROGRAMME_MANAGERS, AUDITORS)


class Sponsorships(models.QuerySet["Sponsorship"]):
    """Which sponsorships somebody may see."""

    def public(self) -> "Sponsorships":
        """Contracted ones and what follows, of campaigns that everybody may see: name, package and amount."""
        return self.filter(state__in=PUBLIC_SPONSORS, campaign__in=Campaign.objects.public())

    def visible_to(self, actor: Any) -> "Sponsorships":
        """With everything about them: those of organisations that the actor acts for; the council's desk, all."""
        if not actor.is_authenticated:
            return self.none()
        if in_group(actor, *READERS):
            return self
        return self.acted_for(actor)

    def acted_for(self, actor: Any) -> "Sponsorships":
        """Those of organisations that the actor acts for, as owner or manager."""
        acting = Membership.objects.filter(
            person_id=actor.pk, role__in=[Membership.Role.OWNER, Membership.Role.MANAGER]
        )
        return self.filter(organisation__in=acting.values("organisation"))


class Sponsorship(Stateful, BaseModel):
    """An organisation's money for the benefits of a package, from the offer through invoice to fulfilment.

    `amount_minor` and `benefits` are the package's at the time of the offer; the amount is before tax.
    """

    TRANSITIONS = SPONSORSHIP
    event_fields = {"campaign": "campaign_id", "minor": "amount_minor", "currency": "currency"}
    noun = "sponsorship"

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="sponsorships")
    package = models.ForeignKey(Package, on_delete=models.PROTECT, related_name="sponsorships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="sponsorships")
    offered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    amount_minor = models.BigIntegerField(_("amount before tax, in minor units"))
    currency = models.CharField(_("currency"), max_length=3)
    benefits = models.TextField(_("what the sponsor gets"), max_length=2000)
    conflict = models.TextField(
        _("ties and interests"),
        max_length=2000,
        help_text=_("Business with the city, seats in bodies that decide."),
    )
    conflict_finding = models.TextField(_("what the city found"), max_length=2000, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    purchase_order = models.CharField(_("your order number"), max_length=60, blank=True)
    billing_name = models.CharField(_("name on the invoice"), max_length=160)
    billing_street = models.CharField(_("street and number"), max_length=160)
    billing_postcode = models.CharField(_("postcode"), max_length=20)
    billing_city = models.CharField(_("town"), max_length=80)
    billing_country = models.CharField(_("country"), max_length=2, help_text=_("Two letters, ISO 3166-1."))
    billing_email = models.EmailField(_("e-mail for invoices"))
    vat_id = models.CharField(_("VAT number"), max_length=20, blank=True)
    token = models.UUIDField(_("token of the form"), editable=False)
    invoice = models.OneToOneField(
        Invoice, on_delete=models.PROTECT, null=True, editable=False, related_name="sponsorship"
    )
    state = state_field(SponsorshipState, 16)

    objects = Sponsorships.as_manager()

    class Meta:
        verbose_name = _("sponsorship")
        verbose_name_plural = _("sponsorships")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="sponsorship_positive"),
            models.CheckConstraint(
                condition=Q(state__in=[SponsorshipState.OFFERED, SponsorshipState.LAPSED])
                | ~Q(conflict_finding=""),
                name="sponsorship_checked_before_contract",
            ),
            models.UniqueConstraint(fields=["organisation", "token"], name="one_sponsorship_a_form"),
            models.UniqueConstraint(
                fields=["package", "organisation"],
                condition=~Q(state__in=SPONSORSHIP_ENDED),
                name="one_live_sponsorship_a_package",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "state_since"], name="sponsorship_waiting"),
            models.Index(fields=["campaign", "state"], name="sponsorship_campaign"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} · {self.package}"

    def get_absolute_url(self) -> str:
        return reverse("sponsorship:sponsorship", args=[self.pk])

    @property
    def amount(self) -> Money:
        """What it brings the project, before tax."""
        return Money(self.amount_minor, self.currency)

    @property
    def counted(self) -> Money:
        """What of it counts by now, before tax, of a row that was read with it (`queries.Sponsors`)."""
        return Money(self.counted_minor, self.currency)  # type: ignore[attr-defined]

    @property
    def account(self) -> str:
        """What the codes of its ledger accounts begin with: `due` and `paid` (docs/money.md)."""
        return f"sponsorship/{self.pk}"


class SponsorshipStanding(StandingView):
    """What of a sponsorship counts for its campaign, before tax."""

    sponsorship = models.OneToOneField(
        Sponsorship, on_delete=models.DO_NOTHING, primary_key=True, related_name="figures"
    )

    class Meta:
        managed = False
        db_table = "sponsorship_sponsorshipstanding"
