"""Match funds: rule, money that is paid in, and what goes back to a funder."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import Organisation
from civic.accounts.roles import in_group
from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from marketplace.ledger.models import Book
from marketplace.matching.states import (
    FUND_RETURN,
    MATCH_FUND,
    FundReturnState,
    MatchFundState,
)
from projects.calls.models import Call

# Basis points of one for one.
WHOLE = 10_000


class MatchFunds(models.QuerySet["MatchFund"]):
    """Which funds somebody may see."""

    def public(self) -> "MatchFunds":
        """Everything but drafts."""
        return self.exclude(state=MatchFundState.DRAFT)

    def visible_to(self, actor: Any) -> "MatchFunds":
        """Public ones, and drafts for those in the council who prepare or read them."""
        council = (groups.PROGRAMME_MANAGERS, groups.FINANCE_OFFICERS, groups.AUDITORS)
        if in_group(actor, *council):
            return self.all()
        return self.public()


class MatchFund(Stateful, BaseModel):
    """A pot that matches the pledges of verified residents to enrolled campaigns.

    *ratio*: each gift at once, `ratio_bp` of it (10000 = one for one), within the caps; guaranteed when reserved.
    *threshold*: `threshold_minor` once `threshold_backers` have pledged; set aside on enrolment.
    *quadratic*: shares out what is in the pot at the freeze by (Σ√gift)² − Σgift (Buterin, Hitzig, Weyl 2019),
    an estimate until the challenge period of the published input is over. There `gift_cap_minor` is the most of
    one person's gifts to a project that counts.
    """

    class Rule(models.TextChoices):
        RATIO = "ratio", _("so much for each euro given")
        THRESHOLD = "threshold", _("a sum once enough people give")
        QUADRATIC = "quadratic", _("the more people give, the more (quadratic)")

    TRANSITIONS = MATCH_FUND
    noun = "match_fund"

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    summary = models.CharField(_("summary"), max_length=280)
    funder = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="match_funds")
    call = models.ForeignKey(
        Call,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="match_funds",
        help_text=_("Empty: all."),
    )
    book = models.CharField(_("book"), max_length=4, choices=Book)
    currency = models.CharField(_("currency"), max_length=3)
    rule = models.CharField(_("rule"), max_length=10, choices=Rule)
    ratio_bp = models.PositiveIntegerField(_("ratio in basis points"), null=True, blank=True)
    threshold_backers = models.PositiveIntegerField(_("backers needed"), null=True, blank=True)
    threshold_minor = models.BigIntegerField(_("sum they unlock, in minor units"), null=True, blank=True)
    gift_min_minor = models.BigIntegerField(_("least gift that counts, in minor units"), default=100)
    gift_cap_minor = models.BigIntegerField(_("most match a gift, in minor units"), null=True, blank=True)
    person_cap_minor = models.BigIntegerField(_("most match a person, in minor units"), null=True, blank=True)
    project_cap_minor = models.BigIntegerField(
        _("most match a project, in minor units"), null=True, blank=True
    )
    freezes_at = models.DateTimeField(_("frozen"), help_text=_("Gifts count until then."))
    challenge_days = models.PositiveSmallIntegerField(_("days to challenge"), default=14)
    frozen_at = models.DateTimeField(_("frozen at"), null=True, editable=False)
    input_digest = models.CharField(
        _("digest of the published input"), max_length=64, blank=True, editable=False, help_text=_("SHA-256.")
    )
    published_input = models.JSONField(_("published input"), null=True, editable=False)
    frozen_pledges = models.JSONField(
        _("pledges of the published gifts"), null=True, editable=False, help_text=_("In their order.")
    )
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    state = state_field(MatchFundState, 12)

    objects = MatchFunds.as_manager()

    class Meta:
        verbose_name = _("match fund")
        verbose_name_plural = _("match funds")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(rule="ratio", ratio_bp__gt=0)
                | Q(rule="threshold", threshold_backers__gt=0, threshold_minor__gt=0)
                | Q(rule="quadratic"),
                name="fund_has_what_its_rule_needs",
            ),
            models.CheckConstraint(condition=Q(gift_min_minor__gt=0), name="fund_least_gift_positive"),
            models.CheckConstraint(
                condition=Q(frozen_at=None) | ~Q(input_digest=""), name="fund_frozen_with_its_digest"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("matching:fund", args=[self.slug])

    def money(self, minor: int) -> Money:
        """So many minor units of its currency."""
        return Money(minor, self.currency)

    def adds_to(self, gift_minor: int) -> int:
        """What a ratio fund adds to a gift, whatever is left in it: whole minor units, rounded down."""
        ratio = gift_minor * (self.ratio_bp or 0) // WHOLE
        return ratio if self.gift_cap_minor is None else min(ratio, self.gift_cap_minor)

    def account(self, part: str) -> str:
        """Code of one of its ledger accounts: `available`, `reserved` or `committed` (docs/money.md)."""
        return f"fund/{self.pk}/{part}"


class Deposit(BaseModel):
    """Money that a funder put into a fund; entered by one finance officer and confirmed by another."""

    event_fields = {"fund": "fund_id", "minor": "amount_minor", "currency": "fund.currency"}

    fund = models.ForeignKey(MatchFund, on_delete=models.PROTECT, related_name="deposits")
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    note = models.CharField(_("where it came from"), max_length=200)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    confirmed_at = models.DateTimeField(_("confirmed"), null=True, editable=False)
    taken_back_at = models.DateTimeField(_("taken back by the bank"), null=True, editable=False)

    class Meta:
        verbose_name = _("deposit")
        verbose_name_plural = _("deposits")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="deposit_positive"),
            models.CheckConstraint(
                condition=Q(confirmed_by=None) | ~Q(confirmed_by=F("entered_by")),
                name="deposit_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(confirmed_at__isnull=False),
                name="deposit_taken_back_was_there",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} · {self.note}"

    @property
    def amount(self) -> Money:
        """What was paid in, in the fund's currency."""
        return self.fund.money(self.amount_minor)


class FundReturn(Stateful, BaseModel):
    """What is left of a fund that is over, on its way back to its funder.

    One finance officer types the funder's account and says why; another approves, and the money is sent.
    """

    TRANSITIONS = FUND_RETURN
    event_fields = {"fund": "fund_id", "minor": "amount_minor", "currency": "fund.currency"}
    noun = "fund_return"

    fund = models.ForeignKey(MatchFund, on_delete=models.PROTECT, related_name="returns")
    amount_minor = models.BigIntegerField(_("amount in minor units"))
    holder = models.CharField(_("account holder"), max_length=70)
    destination = models.CharField(_("IBAN"), max_length=64)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    failure = models.CharField(_("why it failed"), max_length=200, blank=True)
    state = state_field(FundReturnState, 10)

    class Meta:
        verbose_name = _("return to a funder")
        verbose_name_plural = _("returns to funders")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="fund_return_positive"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("requested_by")),
                name="fund_return_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["fund"],
                condition=Q(state=FundReturnState.REQUESTED),
                name="one_fund_return_waits",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount} → {self.holder}"

    @property
    def amount(self) -> Money:
        """What goes back, in the fund's currency."""
        return self.fund.money(self.amount_minor)

    @property
    def purpose(self) -> str:
        """How payments name it."""
        return f"fund-return:{self.pk}"
