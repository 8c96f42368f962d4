from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import Area
from civic.accounts.roles import in_group
from civic.core.models import BaseModel
from civic.core.money import Money
from civic.core.states import Stateful, state_field
from datasets.catalogue.models.dataset import writing
from marketplace.exchange.states import ENDED, NEED, NeedState
from marketplace.ledger.models import Book
from projects.delivery.models import Milestone
from projects.proposals.models import Project


class DataNeeds(models.QuerySet["DataNeed"]):
    """Which needs somebody may see."""

    def public(self) -> Self:
        """Everything that was ever opened, of projects that everybody may see."""
        return self.exclude(opened_at=None).filter(project__in=Project.objects.public())

    def visible_to(self, actor: Any) -> Self:
        """Public ones, and those in which the actor has a part; all for whose desk lists them.

        A part: their project, an offer of their organisation, a gift of theirs. A project that a moderator hides takes
        nobody the way to what they deliver, or to what became of their money.
        """
        if not actor.is_authenticated:
            return self.public()
        if in_group(actor, groups.DATA_STEWARDS, groups.FINANCE_OFFICERS, groups.AUDITORS):
            return self
        acts_for = writing(actor).values("organisation")
        return self.filter(
            Q(pk__in=self.public().values("pk"))
            | Q(project__in=Project.objects.worked_on_by(actor))
            | Q(pk__in=DataNeed.objects.filter(offers__organisation__in=acts_for).values("pk"))
            | Q(pk__in=DataNeed.objects.filter(gifts__person=actor).values("pk"))
        )


class DataNeed(Stateful, BaseModel):
    """Data that a project lacks: which columns, of where, of which days, how new, and by when.

    Its bounty is what others have paid into the account `bounty/<id>/held`. Once it is open its terms stay; the
    deadline alone may move, and only to a later day. `columns` are `[{"name": "planted", "type": "date"}, …]` in the
    words of Table Schema; an empty type takes any. `reason` says why it was withdrawn. `removed_words` are what a data
    steward has taken down, kept for an appeal.
    """

    # What its bounty holds and has paid, where a list has asked the ledger for it.
    held: Money
    paid: Money

    TRANSITIONS = NEED
    event_fields = {"project": "project_id"}
    noun = "data_need"

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="data_needs")
    milestone = models.ForeignKey(
        Milestone,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="data_needs",
        verbose_name=_("milestone"),
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, editable=False, related_name="+"
    )
    title = models.CharField(_("title"), max_length=120)
    description = models.TextField(_("description"), max_length=4000)
    columns = models.JSONField(_("columns that it needs"), default=list)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("area")
    )
    first_day = models.DateField(_("first day"), null=True, blank=True)
    last_day = models.DateField(_("last day"), null=True, blank=True)
    fresh_days = models.PositiveIntegerField(_("no older than so many days"), null=True, blank=True)
    deadline = models.DateField(_("deadline"))
    book = models.CharField(_("book"), max_length=4, choices=Book)
    currency = models.CharField(_("currency"), max_length=3)
    opened_at = models.DateTimeField(_("opened"), null=True, editable=False)
    reminded_at = models.DateTimeField(_("told that it waits for an answer"), null=True, editable=False)
    reason = models.TextField(_("why it was withdrawn"), max_length=2000, blank=True)
    removed_words = models.TextField(_("words taken down"), blank=True, editable=False)
    state = state_field(NeedState, 9)

    objects = DataNeeds.as_manager()

    class Meta:
        verbose_name = _("data need")
        verbose_name_plural = _("data needs")
        ordering: ClassVar = ["-opened_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(first_day=None) | Q(last_day=None) | Q(first_day__lte=F("last_day")),
                name="need_days_in_order",
            ),
            models.CheckConstraint(
                condition=Q(state__in=[NeedState.DRAFT, NeedState.WITHDRAWN, NeedState.REFUNDED])
                | Q(opened_at__isnull=False),
                name="need_opened_before_it_moves",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["state", "deadline"], name="need_due")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("exchange:need", args=[self.pk])

    def money(self, minor: int) -> Money:
        """So many minor units of its currency."""
        return Money(minor, self.currency)

    @property
    def account(self) -> str:
        """Code of the ledger account that holds its bounty (docs/money.md)."""
        return f"bounty/{self.pk}/held"

    @property
    def is_taken_down(self) -> bool:
        """Whether a data steward took its words down: its columns and the reasons given are not shown either then."""
        return bool(self.removed_words)

    @property
    def removed_title(self) -> str:
        """The title that was taken down, for the desk and its team."""
        return self.removed_words.partition("\n\n")[0]

    @property
    def shown_columns(self) -> list[dict[str, str]]:
        """The columns as everybody reads them: their names are free words too."""
        return [] if self.is_taken_down else self.columns

    @property
    def is_ended(self) -> bool:
        """Over without an acceptance."""
        return self.state in ENDED
