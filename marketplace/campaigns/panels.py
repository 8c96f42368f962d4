"""The campaign on its project's page, a person's pledges on theirs, and what waits for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.errors import Text
from civic.core.panels import Panel
from civic.core.policies import may
from civic.core.registry import Hook
from marketplace.campaigns import conditions
from marketplace.campaigns.models import Campaign
from marketplace.campaigns.queries import campaigns, pledges
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.ledger import labels
from marketplace.payments import purposes
from projects.calls.call_page import Action
from projects.proposals import project_page
from projects.proposals.models import Project
from projects.proposals.states import PRIVATE, ProjectState


def funding(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The meter, the deadline and the one thing to do; for the team the way to its campaign."""
    if project.state in PRIVATE:
        return None
    summary = campaigns.on_project(project)
    drafts = may(actor, "draft_campaign", project) and project.state in conditions.DRAFTABLE
    if summary is None and not drafts:
        return None
    context: dict[str, Any] = {"project": project, "standing": summary, "drafts": drafts}
    if summary is not None:
        context |= _doing(project, summary.campaign, actor, at)
    context["has_draft"] = drafts and project.campaigns_draft  # type: ignore[attr-defined]
    return context


def pledge(project: Project, actor: Any, at: datetime) -> Action | None:
    """The step while a project raises money; before its campaign opens there is none."""
    summary = campaigns.on_project(project)
    if summary is None or summary.campaign.state != CampaignState.OPEN:
        return None
    words = _("%(sum)s of %(goal)s so far. You see what is charged, and when, before you promise anything.")
    return Action(
        _("Pledge"),
        reverse("campaigns:pledge", args=[summary.campaign.pk]),
        why=str(why_no_pledge(project, summary.campaign, at) or ""),
        note=words % {"sum": summary.towards_goal, "goal": summary.campaign.goal},
    )


def _doing(project: Project, found: Campaign, actor: Any, at: datetime) -> dict[str, Any]:
    return {
        "campaign": found,
        "open": found.state == CampaignState.OPEN,
        "mine": campaigns.mine_on(project, found),
    }


def why_no_pledge(project: Project, found: Campaign, at: datetime) -> Text | None:
    """Why nobody can pledge to it now; None where they can."""
    found.project = project
    return conditions.why_no_pledge(found, project.state, campaigns.in_phase(found, at), at)


def campaign(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """What the money is for, what more is done if more comes, and who gives."""
    summary = campaigns.on_project(project) if project.state not in PRIVATE else None
    if summary is None:
        return None
    found = summary.campaign
    shown = campaigns.backers_on(project, found)
    return {
        "campaign": found,
        "standing": summary,
        "stretch": campaigns.stretch_on(project, found),
        "backers": shown,
        "others": max(0, summary.total.backers - len(shown)),
        "project": project,
    }


def mine(person: Person, at: datetime) -> dict[str, Any] | None:
    """What the person promised, newest first."""
    found = pledges.of_person(person)
    return {"pledges": found} if found else None


def todos(person: Person, at: datetime) -> Iterable[me.Todo]:
    """Pledges that need the person, and months that were not paid."""
    words = {
        PledgeState.NEEDS_PAYER: _("Your pledge to “%(title)s” needs you."),
        PledgeState.STARTED: _("Finish your pledge to “%(title)s”."),
        PledgeState.AWAITING_METHOD: _("Finish your pledge to “%(title)s”."),
    }
    for one in pledges.of_person(person):
        if one.state in words:
            text = words[PledgeState(one.state)] % {"title": one.campaign.project.title}
            yield me.Todo(text, one.get_absolute_url(), since=one.state_since, icon="clock")
    for month in pledges.late_months(person):
        text = _("A monthly payment did not go through.")
        page = reverse("campaigns:own-pledge", args=[month.pledge_id])
        yield me.Todo(text, page, since=month.state_since, icon="clock")


project_page.offers.register(project_page.Offer(ProjectState.FUNDING, pledge))
project_page.panels.register(
    Panel(
        5,
        "funding",
        gettext_lazy("Funding"),
        "campaigns/_side.html",
        funding,
        side=True,
        columns=campaigns.columns,
    ),
    Panel(15, "campaign", gettext_lazy("What the money is for"), "campaigns/_panel.html", campaign),
)
me.panels.register(
    Panel(25, "pledges", gettext_lazy("Your pledges"), "campaigns/_me.html", mine, columns=pledges.me_columns)
)
me.todos.register(me.TodoSource("pledges", todos))
labels.resolvers.register(Hook("campaign/", pledges.account_names))
purposes.resolvers.register(Hook("pledge", pledges.purposes))
purposes.resolvers.register(Hook("instalment", pledges.month_purposes))
purposes.charging.register(Hook("pledges", pledges.charged_later))
