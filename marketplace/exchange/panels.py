"""Needs on their project's page, deliveries on the page of their dataset, and words for payments and accounts."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.panels import Panel
from civic.core.policies import may
from civic.core.registry import Hook
from datasets.catalogue import dataset_page
from datasets.catalogue.models import Dataset
from marketplace.exchange import conditions
from marketplace.exchange.queries import needs, pages
from marketplace.exchange.states import NeedState
from marketplace.ledger import labels
from marketplace.payments import purposes
from projects.proposals import project_page
from projects.proposals.models import Project


def of_project(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """The needs of a project, and for its team the way to state one."""
    found = pages.on_project(project)
    states = conditions.may_state(project) and may(actor, "state_need", project)
    return {"needs": found, "project": project, "states": states} if found or states else None


def of_dataset(dataset: Dataset, actor: Any, at: datetime) -> dict[str, Any] | None:
    """Which needs of projects this dataset has met."""
    found = pages.met_by(dataset)
    return {"needs": found} if found else None


def mine(person: Person, at: datetime) -> dict[str, Any] | None:
    """A link alone: what somebody gave has a page of its own."""
    return {} if getattr(person, "exchange_gave", False) else None


def todos(person: Person, at: datetime) -> Iterable[me.Todo]:
    """What waits for the person's projects and organisations."""
    words = {
        NeedState.DRAFT: _("“%(title)s” is a draft: look over which data you need, and open it."),
        NeedState.OFFERED: _("Data is offered for “%(title)s”: choose an offer."),
        NeedState.DELIVERED: _("Data was delivered for “%(title)s”: check it and answer."),
        NeedState.AWARDED: _("Your offer for “%(title)s” was chosen: deliver the data."),
    }
    for need in [*pages.of_team(person), *pages.of_winner(person)]:
        text = words[NeedState(need.state)] % {"title": need.title}
        yield me.Todo(text, need.get_absolute_url(), since=need.state_since, icon="clock")
    for payout in pages.owed(person):
        text = _("The bounty of “%(title)s” is to be paid to your organisation: name its bank account.")
        href = reverse("payouts:bank", args=[payout.offer.organisation.slug])
        yield me.Todo(text % {"title": payout.need.title}, href, since=payout.state_since, icon="money")


def bounties_waiting(person: Person, at: datetime) -> list[me.Todo]:
    """Bounties that finance officers request, approve or give back."""
    count = getattr(person, "bounties_waiting", None)
    if not count:
        return []
    text = ngettext("%(count)s bounty waits to be paid", "%(count)s bounties wait to be paid", count)
    since = person.bounties_since  # type: ignore[attr-defined]
    return [me.Todo(text % {"count": count}, reverse("admin:exchange_bountypayout_changelist"), since)]


project_page.panels.register(
    Panel(
        62,
        "needs",
        gettext_lazy("Data it needs"),
        "exchange/_project.html",
        of_project,
        columns=pages.project_columns,
    )
)
dataset_page.panels.register(
    Panel(20, "needs", gettext_lazy("Delivered for"), "exchange/_dataset.html", of_dataset, side=True)
)
me.panels.register(
    Panel(27, "bounties", gettext_lazy("Bounties"), "exchange/_me.html", mine, columns=pages.me_columns)
)
me.todos.register(me.TodoSource("data-needs", todos))
me.todos.register(me.TodoSource("bounties", bounties_waiting, pages.waiting_columns))
labels.resolvers.register(Hook("bounty/", pages.account_names))
purposes.resolvers.register(Hook("bounty-gift", needs.purposes))
purposes.resolvers.register(Hook("bounty-payout", needs.payout_purposes))
