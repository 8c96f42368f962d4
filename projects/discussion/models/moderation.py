from datetime import datetime, timedelta
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.roles import in_group
from civic.core.models import BaseModel
from civic.core.states import Stateful, state_field
from projects.discussion.models.discussion import Comment
from projects.discussion.rules import RULES, Category, Rule
from projects.discussion.states import DECIDED, MODERATION, WAITING, CaseState
from projects.proposals.models import Project

# At least six months (Digital Services Act, Article 20).
APPEAL_TERM = timedelta(days=184)

# Whatever writes a row: what the queue shows is one of the house rules.
KNOWN_RULE = Q(category__in=Category.values)
ONE_THING = Q(comment__isnull=False, project=None) | Q(comment=None, project__isnull=False)


class Cases(models.QuerySet["ModerationCase"]):
    """Which cases somebody may read, and what is waiting."""

    def visible_to(self, actor: Any) -> "Cases":
        """The author's own once decided, what the actor reported, and all for moderators and auditors."""
        if not actor.is_authenticated:
            return self.none()
        if in_group(actor, groups.MODERATORS, groups.AUDITORS):
            return self.all()
        mine = Q(author=actor) & ~Q(state=CaseState.REPORTED)
        return self.filter(mine | Q(pk__in=Report.objects.filter(reporter=actor).values("case")))

    def waiting(self) -> "Cases":
        """For a moderator: reported or appealed."""
        return self.filter(state__in=WAITING)

    def with_things(self) -> "Cases":
        """Brings what the queue and the statement show of the thing."""
        return self.select_related("comment__project", "comment__author", "project", "author")


class ModerationCase(Stateful, BaseModel):
    """All open reports of one thing, and what was decided about it, with the reasons.

    It holds the statement of reasons of the Digital Services Act, Article 17: `facts`, the rule of
    `category`, and until when there is redress. People decide; nothing is decided automatically.
    """

    TRANSITIONS = MODERATION
    noun = "moderation"

    comment = models.ForeignKey(Comment, on_delete=models.CASCADE, null=True, related_name="cases")
    project = models.ForeignKey(Project, on_delete=models.CASCADE, null=True, related_name="moderation_cases")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="moderation_cases"
    )
    quoted = models.TextField(_("text when it was reported"), blank=True)
    reported_at = models.DateTimeField(_("first reported"))
    state = state_field(CaseState, 10)
    decision = models.CharField(_("decision"), max_length=10, choices=CaseState, blank=True)
    category = models.CharField(_("rule"), max_length=12, choices=Category, blank=True)
    facts = models.TextField(_("facts and reasons"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(_("decided"), null=True)
    appeal = models.TextField(_("appeal"), max_length=2000, blank=True)
    appealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    appealed_at = models.DateTimeField(_("appealed"), null=True)
    review = models.TextField(_("reasons of the second decision"), max_length=2000, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(_("reviewed"), null=True)

    objects = Cases.as_manager()

    class Meta:
        verbose_name = _("moderation case")
        verbose_name_plural = _("moderation cases")
        constraints: ClassVar = [
            models.CheckConstraint(condition=ONE_THING, name="case_about_one_thing"),
            models.CheckConstraint(condition=KNOWN_RULE | Q(category=""), name="case_of_a_house_rule"),
            models.UniqueConstraint(
                fields=["comment"], condition=Q(state=CaseState.REPORTED), name="one_open_case_a_comment"
            ),
            models.UniqueConstraint(
                fields=["project"], condition=Q(state=CaseState.REPORTED), name="one_open_case_a_project"
            ),
            models.CheckConstraint(
                condition=Q(state=CaseState.REPORTED)
                | Q(decided_at__isnull=False, decision__in=DECIDED) & ~Q(facts=""),
                name="case_decided_with_reasons",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("decided_by")),
                name="case_reviewed_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[CaseState.UPHELD, CaseState.OVERTURNED])
                | Q(reviewed_at__isnull=False) & ~Q(review=""),
                name="case_reviewed_with_reasons",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reported_at"], condition=Q(state__in=WAITING), name="case_waiting"),
            models.Index(fields=["author", "-id"], name="case_author"),
        ]

    def __str__(self) -> str:
        return str(self.quoted)[:60]

    def get_absolute_url(self) -> str:
        return reverse("discussion:case", args=[self.pk])

    @property
    def thing(self) -> Comment | Project:
        found = self.comment or self.project
        assert found is not None
        return found

    @property
    def on_project(self) -> Project:
        """The project on whose page the thing stands."""
        return self.comment.project if self.comment else self.thing  # type: ignore[return-value]

    @property
    def rule(self) -> Rule | None:
        """The house rule that the decision rests on."""
        return RULES.get(self.category)

    def appeal_until(self) -> Any:
        """Until when there is redress; None before a decision."""
        return self.decided_at + APPEAL_TERM if self.decided_at else None

    def is_appealable(self, at: datetime) -> bool:
        """Whether it is decided and the time for an appeal is not over."""
        return bool(self.decided_at) and at < self.appeal_until()


class Report(BaseModel):
    """Somebody says that a thing breaks a rule (Digital Services Act, Article 16); signed in or by email."""

    case = models.ForeignKey(ModerationCase, on_delete=models.CASCADE, related_name="reports")
    reporter = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="reports"
    )
    email = models.EmailField(_("email address"), blank=True)
    origin = models.CharField(max_length=64, blank=True, editable=False)
    category = models.CharField(_("what is wrong"), max_length=12, choices=Category)
    text = models.TextField(_("in your words"), max_length=1000, blank=True)
    reported_at = models.DateTimeField(_("reported"))

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        constraints: ClassVar = [
            models.CheckConstraint(condition=KNOWN_RULE, name="report_of_a_house_rule"),
            models.UniqueConstraint(fields=["case", "reporter"], name="one_report_a_person"),
            models.UniqueConstraint(
                Lower("email"), "case", condition=~Q(email=""), name="one_report_an_address"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["reporter", "-reported_at"], name="report_reporter"),
            models.Index(fields=["origin", "-reported_at"], condition=~Q(origin=""), name="report_origin"),
        ]

    def __str__(self) -> str:
        return self.get_category_display()
