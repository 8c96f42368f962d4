"""What a fund gives to a campaign: its allocation, the match of each gift, who is left out, and challenges."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from marketplace.campaigns.models import Campaign, Pledge, StandingView
from marketplace.matching.models.funds import MatchFund
from marketplace.matching.states import (
    ALLOCATION,
    CHALLENGE,
    AllocationState,
    ChallengeState,
    LeftOut,
)


class Allocation(Stateful, BaseModel):
    """What one fund gives one campaign; being enrolled is an allocation of nothing yet.

    `estimated_minor` is a forecast and never promised. `amount_minor` is guaranteed. `set_aside_minor` is what
    the fund's ledger accounts hold for it: the same, or, before a threshold is reached, the sum it would unlock.
    """

    TRANSITIONS = ALLOCATION
    event_fields = {
        "fund": "fund_id", "campaign": "campaign_id", "minor": "amount_minor", "currency": "fund.currency"
    }  # fmt: skip
    noun = "allocation"

    fund = models.ForeignKey(MatchFund, on_delete=models.PROTECT, related_name="allocations")
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT, related_name="allocations")
    amount_minor = models.BigIntegerField(_("guaranteed, in minor units"), default=0)
    set_aside_minor = models.BigIntegerField(_("set aside, in minor units"), default=0)
    estimated_minor = models.BigIntegerField(_("estimated, in minor units"), default=0)
    counted = models.JSONField(
        _("who counted"), null=True, editable=False, help_text=_("Of an unlocked sum: each backer's pledges.")
    )
    state = state_field(AllocationState, 10)

    class Meta:
        verbose_name = _("match allocation")
        verbose_name_plural = _("match allocations")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["fund", "campaign"], name="one_allocation_a_campaign"),
            models.CheckConstraint(
                condition=Q(amount_minor__gte=0, estimated_minor__gte=0), name="allocation_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(set_aside_minor__gte=F("amount_minor")),
                name="allocation_promises_what_is_set_aside",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["campaign", "state"], name="allocation_campaign")]

    def __str__(self) -> str:
        return f"{self.fund_id} → {self.campaign_id}"

    @property
    def given_back_minor(self) -> int:
        """What of a quadratic share the project had left when it ended, as the fund has published it."""
        returned = (self.fund.published_input or {}).get("returned", {})
        return int(returned.get(str(self.campaign_id), 0))


class MatchLine(BaseModel):
    """What one pledge brought from a fund; taken back with the pledge (`released_at`).

    `gift_minor` is what of the pledge was matched, so that a changed pledge is seen and matched anew.
    """

    allocation = models.ForeignKey(Allocation, on_delete=models.PROTECT, related_name="lines")
    pledge = models.ForeignKey(Pledge, on_delete=models.PROTECT, related_name="matches")
    gift_minor = models.BigIntegerField(_("gift in minor units"))
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    released_at = models.DateTimeField(_("taken back"), null=True, editable=False)
    reason = models.CharField(_("why"), max_length=12, choices=LeftOut, blank=True, editable=False)

    event_fields = {
        "fund": "allocation.fund_id", "campaign": "allocation.campaign_id", "pledge": "pledge_id",
        "minor": "amount_minor",
    }  # fmt: skip

    class Meta:
        verbose_name = _("match of a pledge")
        verbose_name_plural = _("matches of pledges")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="match_positive"),
            models.UniqueConstraint(
                fields=["allocation", "pledge"], condition=Q(released_at=None), name="one_live_match_a_pledge"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pledge_id} · {self.amount_minor}"


class Exclusion(BaseModel):
    """Somebody whose gifts to a campaign are not matched, and why: a related party beyond those found by itself."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="exclusions")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        verbose_name = _("related party")
        verbose_name_plural = _("related parties")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["campaign", "person"], name="one_exclusion_a_person")
        ]

    def __str__(self) -> str:
        return f"{self.campaign_id} · {self.person_id}"


class Challenge(Stateful, BaseModel):
    """An objection to the published input of a quadratic fund; answered by the city with a reason."""

    TRANSITIONS = CHALLENGE
    event_fields = {"fund": "fund_id"}
    noun = "challenge"

    fund = models.ForeignKey(MatchFund, on_delete=models.PROTECT, related_name="challenges")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="match_challenges"
    )
    text = models.TextField(_("what is wrong"), max_length=2000)
    answer = models.TextField(_("answer"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    token = models.UUIDField(_("token of the form"), editable=False)
    state = state_field(ChallengeState, 8)

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "token"], name="one_challenge_a_form"),
            models.CheckConstraint(
                condition=Q(state=ChallengeState.OPEN) | ~Q(answer=""), name="challenge_answered_with_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.fund_id} · {self.state}"


class AllocationStanding(StandingView):
    """What of an allocation counts for its campaign."""

    allocation = models.OneToOneField(
        Allocation, on_delete=models.DO_NOTHING, primary_key=True, related_name="figures"
    )

    class Meta:
        managed = False
        db_table = "matching_allocationstanding"
