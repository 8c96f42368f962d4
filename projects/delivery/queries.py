"""What pages and panels show of a delivery: a fixed number of statements each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import OuterRef, QuerySet
from django.utils.translation import gettext as _

from civic.core.columns import read, rows
from projects.calls.models import Call
from projects.delivery.models import WHOLE, Milestone, Update
from projects.delivery.states import AT_WORK, MilestoneState
from projects.proposals.models import Project
from projects.proposals.states import ProjectState

MOST_UPDATES = 50
UPDATES_ON_PROJECT_PAGE = 3
WAITING_ON_ME = 20
ON_ME = ["id", "title", "state", "state_since", "due_on", "project_id", "project__title", "project__state"]


@dataclass(frozen=True)
class Stage:
    """A milestone as it stands today."""

    milestone: Milestone
    today: date
    before_bp: int = 0  # the shares of the milestones before it

    @property
    def overdue(self) -> bool:
        """Whether its day has passed without anything handed in."""
        return self.milestone.is_overdue(self.today)

    @property
    def state(self) -> str:
        """The state for badges; a late one is overdue before anything else."""
        return "overdue" if self.overdue else str(self.milestone.state)

    @property
    def done(self) -> bool:
        return self.milestone.state == MilestoneState.ACCEPTED

    @property
    def kind(self) -> str:
        """How the picture of the plan draws it: done, late, now or todo."""
        if self.done or self.overdue:
            return "done" if self.done else "late"
        return "todo" if self.milestone.state == MilestoneState.PLANNED else "now"

    @property
    def words(self) -> str:
        return _("overdue") if self.overdue else str(self.milestone.get_state_display())


def columns(actor: Any) -> dict[str, Any]:
    """Plan and latest news as columns of the project, for its page; `planned` and `latest_updates` read them."""
    mine = OuterRef("pk")
    plan = Milestone.objects.filter(project=mine).order_by("number")
    latest = Update.objects.filter(project=mine)[:UPDATES_ON_PROJECT_PAGE]
    return {
        "delivery_plan": rows(plan),
        "delivery_news": rows(
            latest, "title", "text", "posted_at", "author_id", "author__name", "author__erased_at"
        ),
    }


def planned(project: Any, today: date) -> list[Stage]:
    """The plan of a project that was read with `columns`; without a statement."""
    return _stages(project, read(Milestone, project.delivery_plan), today)


def latest_updates(project: Any) -> list[Update]:
    """The latest news of a project that was read with `columns`; without a statement."""
    return read(Update, project.delivery_news)


def milestones(project: Project, today: date) -> list[Stage]:
    """The plan in its order: one statement."""
    return _stages(project, Milestone.objects.filter(project=project).order_by("number"), today)


def _stages(project: Project, plan: Iterable[Milestone], today: date) -> list[Stage]:
    stages: list[Stage] = []
    before = 0
    for milestone in plan:
        milestone.project = project
        stages.append(Stage(milestone, today, before))
        before += milestone.share_bp
    return stages


def updates(project: Project, most: int = MOST_UPDATES) -> list[Update]:
    """News, latest first: one statement."""
    return list(Update.objects.filter(project=project).select_related("author")[:most])


def picture(stages: list[Stage]) -> dict[str, Any]:
    """What delivery/_plan.html shows: the plan, and how much of it is accepted, in basis points and in words."""
    accepted = sum(stage.milestone.share_bp for stage in stages if stage.done)
    return {
        "stages": stages,
        "accepted_bp": accepted,
        "accepted_text": f"{accepted / 100:g} %",
        "whole": WHOLE,
        "late": any(stage.overdue for stage in stages),
    }


def me_columns(person: Any, at: datetime) -> dict[str, Any]:
    """Milestones that wait for a person as columns of theirs; `at_work_for` and `to_accept_by` read them."""
    own = Project.objects.worked_on_by(person).filter(state=ProjectState.DELIVERING)
    found = Milestone.objects.filter(project__in=own.values("pk"), state__in=AT_WORK).order_by("due_on")
    wishes = {"delivery_at_work": rows(found[:WAITING_ON_ME], *ON_ME)}
    if person.is_staff:
        wishes["delivery_to_accept"] = rows(_to_accept(person)[:WAITING_ON_ME], *ON_ME)
    return wishes


def _to_accept(person: Any) -> QuerySet[Milestone]:
    """Handed in, to a call that the person runs, by a team that is not theirs."""
    handed_in = Milestone.objects.filter(
        state=MilestoneState.SUBMITTED, project__state=ProjectState.DELIVERING
    )
    calls = Call.objects.run_by(person)
    own = Project.objects.worked_on_by(person).values("pk")
    others = handed_in.filter(project__call__in=calls.values("pk")).exclude(project__in=own)
    return others.order_by("state_since")


def at_work_for(person: Any) -> list[Milestone]:
    """Milestones that wait for a team of a person read with `me_columns`."""
    return read(Milestone, person.delivery_at_work)


def to_accept_by(person: Any) -> list[Milestone]:
    """Milestones that wait for a steward read with `me_columns`, the longest waiting first; for nobody else."""
    return read(Milestone, person.__dict__.get("delivery_to_accept", []))
