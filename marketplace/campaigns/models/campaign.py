"""Funding rounds of projects."""

from typing import Any, ClassVar

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.roles import in_group
from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.campaigns.states import CAMPAIGN, LIVE_CAMPAIGN, CampaignState
from marketplace.ledger.models import Book
from projects.calls.models import Call
from projects.proposals.models import Project


class Campaigns(models.QuerySet["Campaign"]):
    """Which campaigns somebody may see."""

    def public(self) -> "Campaigns":
        """Everything but drafts, of projects that everybody may see."""
        return self.exclude(state=CampaignState.DRAFT).filter(project__in=Project.objects.public())

    def visible_to(self, actor: Any) -> "Campaigns":
        """Public ones, and drafts of the projects that the actor belongs to or runs; all for whose desk lists them."""
        if not actor.is_authenticated:
            return self.public()
        seen = self.filter(project__in=Project.objects.visible_to(actor))
        if in_group(actor, groups.PROGRAMME_MANAGERS, groups.FINANCE_OFFICERS, groups.AUDITORS):
            return seen
        own = Q(project__in=Project.objects.worked_on_by(actor).values("pk"))
        if actor.is_staff:
            own |= Q(project__call__in=Call.objects.run_by(actor))
        return seen.filter(~Q(state=CampaignState.DRAFT) | own)


class Campaign(Stateful, BaseModel):
    """A funding round of a project: what it needs, until when, and what happens if that is not reached.

    Amounts are minor units of `currency`. Terms (goal, rule, deadline, use) are fixed when it opens.
    """

    class Rule(models.TextChoices):
        ALL_OR_NOTHING = "all_or_nothing", _("all or nothing")
        KEEP = "keep", _("keep what is raised")

    TRANSITIONS = CAMPAIGN
    event_fields = {
        "project": "project_id", "rule": "rule", "goal_minor": "goal_minor", "currency": "currency"
    }  # fmt: skip
    noun = "campaign"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="campaigns")
    book = models.CharField(_("book"), max_length=4, choices=Book)
    rule = models.CharField(_("rule"), max_length=16, choices=Rule, default=Rule.ALL_OR_NOTHING)
    currency = models.CharField(_("currency"), max_length=3)
    goal_minor = models.BigIntegerField(_("goal in minor units"))
    cap_minor = models.BigIntegerField(
        _("most that may be pledged, in minor units"), null=True, blank=True, help_text=_("Empty: no limit.")
    )
    pledge_min_minor = models.BigIntegerField(_("smallest pledge, in minor units"))
    pledge_max_minor = models.BigIntegerField(
        _("largest pledge of one person, in minor units"), null=True, blank=True
    )
    sponsor_share_max_bp = models.PositiveIntegerField(
        _("most that sponsors may give, in basis points of the goal"), default=5000
    )
    use = models.TextField(_("what the money is for"), max_length=4000)
    ends_at = models.DateTimeField(_("ends"))
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    grace_ends_at = models.DateTimeField(
        _("collection ends"), null=True, editable=False, help_text=_("Seven days after the close.")
    )
    state = state_field(CampaignState, 12)

    objects = Campaigns.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        permissions: ClassVar = [("run_campaign", _("Can open and cancel campaigns"))]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(goal_minor__gt=0), name="campaign_goal_positive"),
            models.CheckConstraint(
                condition=Q(cap_minor=None) | Q(cap_minor__gte=F("goal_minor")),
                name="campaign_cap_holds_the_goal",
            ),
            models.CheckConstraint(condition=Q(pledge_min_minor__gt=0), name="campaign_least_positive"),
            models.CheckConstraint(
                condition=Q(pledge_max_minor=None) | Q(pledge_max_minor__gte=F("pledge_min_minor")),
                name="campaign_most_not_below_least",
            ),
            models.CheckConstraint(
                condition=Q(sponsor_share_max_bp__lte=10_000), name="campaign_sponsor_share_is_a_share"
            ),
            models.CheckConstraint(
                condition=Q(state__in=[CampaignState.DRAFT, CampaignState.CANCELLED])
                | Q(opened_at__isnull=False, opened_at__lt=F("ends_at")),
                name="campaign_open_before_its_end",
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(state__in=LIVE_CAMPAIGN), name="one_live_campaign_a_project"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "ends_at"], name="campaign_due"),
            models.Index(fields=["-opened_at", "-id"], name="campaign_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.goal}"

    def get_absolute_url(self) -> str:
        return reverse("campaigns:campaign", args=[self.pk])

    def money(self, minor: int) -> Money:
        """So many minor units of its currency."""
        return Money(minor, self.currency)

    @property
    def goal(self) -> Money:
        """What must come together."""
        return self.money(self.goal_minor)

    @property
    def sponsors_most_minor(self) -> int:
        """What sponsors may give together: their share of the goal, rounded down."""
        return self.goal_minor * self.sponsor_share_max_bp // 10_000

    @property
    def least(self) -> Money:
        """The smallest pledge."""
        return self.money(self.pledge_min_minor)

    @property
    def most(self) -> Money | None:
        """What one person may pledge at most; None where there is no limit."""
        return None if self.pledge_max_minor is None else self.money(self.pledge_max_minor)

    @property
    def cap(self) -> Money | None:
        """What all may pledge together at most; None where there is no limit."""
        return None if self.cap_minor is None else self.money(self.cap_minor)

    @property
    def sponsor_share(self) -> str:
        """What sponsors may give at most, as a share of the goal."""
        return f"{self.sponsor_share_max_bp / 100:g} %"

    def account(self, part: str) -> str:
        """Code of one of its ledger accounts: `held`, `committed` or `released` (docs/money.md)."""
        return f"campaign/{self.pk}/{part}"


class StretchGoal(BaseModel):
    """What more is done if more than the goal comes together; declared before the campaign opens."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="stretch_goals")
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    use = models.CharField(_("what it adds"), max_length=300)

    class Meta:
        verbose_name = _("stretch goal")
        verbose_name_plural = _("stretch goals")
        ordering: ClassVar = ["amount_minor"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "amount_minor"], name="one_stretch_goal_an_amount")
        ]

    def __str__(self) -> str:
        return self.use


class CampaignTotal(BaseModel):
    """What everybody sees of a campaign, recounted from its rows after each change (never incremented).

    Pledged and collected are kept apart; so are guaranteed and estimated match. All in minor units. `amounts` has as
    many entries as there are different amounts: lists leave it out.
    """

    campaign = models.OneToOneField(Campaign, on_delete=models.CASCADE, related_name="total")
    backers = models.PositiveIntegerField(_("backers"), default=0)
    pledged_minor = models.BigIntegerField(
        _("pledged"), default=0, help_text=_("Promised and not collected.")
    )
    collected_minor = models.BigIntegerField(_("collected"), default=0, help_text=_("By pledges."))
    monthly_minor = models.BigIntegerField(
        _("promised a month from the second month on"), default=0, help_text=_("Never counts for the goal.")
    )
    sponsors_firm_minor = models.BigIntegerField(
        _("by sponsors, contracted"), default=0, help_text=_("Contracted and not paid.")
    )
    sponsors_paid_minor = models.BigIntegerField(_("by sponsors, paid"), default=0)
    match_guaranteed_minor = models.BigIntegerField(_("match, guaranteed"), default=0)
    match_estimated_minor = models.BigIntegerField(_("match, estimated"), default=0)
    nameless = models.PositiveIntegerField(
        _("backers without their name"), default=0, help_text=_("With those whose gift is in dispute.")
    )
    # A number that fell with a gift would say whose it was: those of this day are counted until it is over.
    gone_on = models.DateField(_("day on which gifts without a name ended last"), null=True)
    gone = models.PositiveIntegerField(_("of them, backers on that day"), default=0)
    amounts = models.JSONField(_("pledges of each amount"), default=list)
    counted_at = models.DateTimeField(_("counted"))

    class Meta:
        verbose_name = _("total of a campaign")
        verbose_name_plural = _("totals of campaigns")

    def __str__(self) -> str:
        return str(self.campaign_id)

    @property
    def towards_goal_minor(self) -> int:
        """What counts towards the goal: pledged, collected, sponsors and the guaranteed match; no estimates."""
        return (
            self.pledged_minor
            + self.collected_minor
            + self.sponsors_firm_minor
            + self.sponsors_paid_minor
            + self.match_guaranteed_minor
        )
