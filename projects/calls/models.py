"""Calls and their phases. Phases of one call never overlap: the database sees to it."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, ClassVar

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from guardian.shortcuts import get_objects_for_user

from civic.accounts import groups
from civic.accounts.models import Area
from civic.accounts.roles import in_group
from civic.core.models import BaseModel
from civic.core.money import CURRENCIES, Money, check_currency
from civic.core.states import Stateful, state_field
from projects.calls.states import CALL, CallState, PhaseKind


class Calls(models.QuerySet["Call"]):
    def public(self) -> "Calls":
        """Everything but drafts."""
        return self.exclude(state=CallState.DRAFT)

    def visible_to(self, actor: Any) -> "Calls":
        """Public ones; drafts for the programme managers and auditors, and for whoever runs the call."""
        if not actor.is_authenticated or not actor.is_staff:
            return self.public()
        if in_group(actor, groups.PROGRAMME_MANAGERS, groups.AUDITORS):
            return self.all()
        given = get_objects_for_user(actor, "calls.manage_call", Call).values("pk")
        return self.filter(~Q(state=CallState.DRAFT) | Q(pk__in=given))

    def run_by(self, actor: Any) -> "Calls":
        """Those that this member of council staff runs, as the policy for `edit` has it for each."""
        if in_group(actor, groups.PROGRAMME_MANAGERS):
            return self.all()
        if not actor.is_staff:
            return self.none()
        # A permission for all calls is not asked for, as `may` does not: who has it is a programme manager.
        given = get_objects_for_user(actor, "manage_call", Call, accept_global_perms=False)
        return self.filter(pk__in=given.values("pk"))

    def in_phase(self, kind: str, at: datetime) -> "Calls":
        """Open calls that are in this phase at that moment."""
        running = Phase.objects.filter(
            call=models.OuterRef("pk"), kind=kind, starts_at__lte=at, ends_at__gt=at
        )
        return self.filter(models.Exists(running), state=CallState.OPEN)


class Call(Stateful, BaseModel):
    """A programme of the city: theme, budget, who may take part, how it is voted and counted."""

    class BallotKind(models.TextChoices):
        APPROVAL = "approval", _("approve projects")
        BASKET = "basket", _("fill a budget basket")
        POINTS = "points", _("share out points")
        RANKING = "ranking", _("rank projects")

    class TallyRule(models.TextChoices):
        GREEDY = "greedy", _("most votes first")
        EQUAL_SHARES = "equal-shares", _("equal shares")

    class Completion(models.TextChoices):
        NONE = "none", _("none")
        ADD1 = "add1", _("raise every share by one unit until the budget is used")

    class Eligibility(models.TextChoices):
        VERIFIED = "verified", _("verified residents")
        REGISTERED = "registered", _("everybody with an account")

    TRANSITIONS = CALL
    noun = "call"

    title = models.CharField(_("title"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    summary = models.CharField(_("summary"), max_length=280)
    description = models.TextField(_("description"), blank=True)
    eligibility_note = models.TextField(
        _("who may take part, in words"),
        blank=True,
        help_text=_("What and where may be proposed, and by whom."),
    )
    advice = models.TextField(
        _("what a strong proposal has"),
        blank=True,
        help_text=_("One point a line; shown while people write."),
    )
    theme = models.CharField(_("theme"), max_length=40, blank=True)
    picture = models.ImageField(_("picture"), upload_to="calls/", blank=True)
    budget_minor = models.BigIntegerField(_("budget in minor units"), validators=[MinValueValidator(0)])
    currency = models.CharField(_("currency"), max_length=3, validators=[check_currency])
    areas = models.ManyToManyField(
        Area, blank=True, related_name="calls", help_text=_("Who may vote; empty: the whole city.")
    )
    state = state_field(CallState, 12)
    eligibility = models.CharField(
        _("who may vote"), max_length=10, choices=Eligibility, default=Eligibility.VERIFIED
    )
    minimum_age = models.PositiveSmallIntegerField(
        _("least age of a voter, in years"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(120)],
        help_text=_("Checked on the day of the vote against the date of birth of verified residents."),
    )
    ballot_kind = models.CharField(_("ballot"), max_length=8, choices=BallotKind, default=BallotKind.APPROVAL)
    ballot_max = models.PositiveIntegerField(
        _("most choices or points"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Choices, ranks or points of one ballot."),
    )
    tally_rule = models.CharField(
        _("tally rule"), max_length=40, choices=TallyRule, default=TallyRule.EQUAL_SHARES
    )
    completion = models.CharField(_("completion"), max_length=4, choices=Completion, default=Completion.ADD1)
    project_cost_min_minor = models.BigIntegerField(
        _("least a project may cost, in minor units"),
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
    )
    project_cost_max_minor = models.BigIntegerField(
        _("most a project may cost, in minor units"), null=True, blank=True
    )

    objects = Calls.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        permissions: ClassVar = [("manage_call", _("Can run this call (phases, review, tally)"))]
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(budget_minor__gte=0), name="call_budget_not_negative"),
            models.CheckConstraint(condition=Q(currency__in=CURRENCIES), name="call_currency_is_known"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("calls:show", args=[self.slug])

    @property
    def budget(self) -> Money:
        return Money(self.budget_minor, self.currency)

    @property
    def cost_min(self) -> Money | None:
        """The least a project of this call may cost; None where there is no limit."""
        return (
            None if self.project_cost_min_minor is None else Money(self.project_cost_min_minor, self.currency)
        )

    @property
    def cost_max(self) -> Money | None:
        """The most a project of this call may cost; None where there is no limit."""
        return (
            None if self.project_cost_max_minor is None else Money(self.project_cost_max_minor, self.currency)
        )

    def phase(self, kind: str) -> "Phase | None":
        """The phase of this kind, if the call has one."""
        return next((phase for phase in self.ordered_phases() if phase.kind == kind), None)

    def old_enough(self, born: date, at: datetime) -> bool:
        """Whether somebody born on this day has the least age of a voter at that moment."""
        today = at.astimezone(UTC).date()  # as `voting_entitled` asks, which knows no zone
        age = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
        return self.minimum_age is None or age >= self.minimum_age

    def voting_began(self, at: datetime) -> bool:
        """Whether voting has begun, and with it everything that a ballot relies on is fixed."""
        voting = self.phase(PhaseKind.VOTING)
        return self.state != CallState.DRAFT and voting is not None and voting.starts_at <= at

    def phase_at(self, at: datetime) -> "Phase | None":
        """The phase the call is in at that moment, if it is open; reads prefetched phases."""
        if self.state not in (CallState.OPEN, CallState.DECIDED):
            return None
        return next((phase for phase in self.ordered_phases() if phase.covers(at)), None)

    def next_phase(self, at: datetime) -> "Phase | None":
        """The first phase that has not begun."""
        return next((phase for phase in self.ordered_phases() if phase.starts_at > at), None)

    def last_phase(self, at: datetime) -> "Phase | None":
        """The latest phase that has ended."""
        return next((phase for phase in reversed(self.ordered_phases()) if phase.ends_at <= at), None)

    def ordered_phases(self) -> list["Phase"]:
        """All phases by time, from the prefetch where there is one."""
        phases: Iterable[Phase] = self.phases.all()
        return sorted(phases, key=lambda phase: phase.starts_at)


class Phase(BaseModel):
    """A stretch of time [starts, ends) in which a call takes proposals, reviews, votes, funds or delivers."""

    call = models.ForeignKey(Call, on_delete=models.CASCADE, related_name="phases")
    kind = models.CharField(_("kind"), max_length=10, choices=PhaseKind)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))

    class Meta:
        verbose_name = _("phase")
        verbose_name_plural = _("phases")
        ordering: ClassVar = ["starts_at"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "kind"], name="one_phase_of_a_kind"),
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="phase_ends_after_it_starts"
            ),
            ExclusionConstraint(
                name="phases_do_not_overlap",
                expressions=[
                    (Func(F("starts_at"), F("ends_at"), function="tstzrange"), RangeOperators.OVERLAPS),
                    ("call", RangeOperators.EQUAL),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.call}"

    @property
    def last_minute(self) -> datetime:
        """The last minute that belongs to the phase: what people are told, for "until 4 December, 00:00" misleads."""
        return self.ends_at - timedelta(minutes=1)

    def covers(self, at: datetime) -> bool:
        """Whether the moment lies in the phase; the end itself does not."""
        return self.starts_at <= at < self.ends_at
