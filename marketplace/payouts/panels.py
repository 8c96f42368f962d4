"""Match and payouts of a project on its page: what funds add, what was paid out, what is held back and why."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts import me
from civic.accounts.models import Person
from civic.core.errors import Text
from civic.core.money import Money
from civic.core.panels import Panel
from marketplace.matching.models import Allocation
from marketplace.matching.states import AllocationState
from marketplace.payouts import queries
from marketplace.payouts.models import Payout
from marketplace.payouts.states import PayoutState
from projects.proposals import project_page
from projects.proposals.models import Project


def money_trail(project: Project, actor: Any, at: datetime) -> dict[str, Any] | None:
    """What funds give and what left for milestones; nothing before there is either. Without a statement."""
    matches, payouts, holds = (queries.matches(project), queries.payouts(project), queries.holds(project))
    if not matches and not payouts and not holds:
        return None
    return {
        "matches": [_match(match) for match in matches],
        "payouts": [_step(payout, project, held=bool(holds)) for payout in payouts],
        "holds": holds,
        "project": project,
    }


def _match(match: Allocation) -> dict[str, Any]:
    fund = match.fund
    return {
        "fund": fund,
        "guaranteed": Money(match.amount_minor, fund.currency),
        "estimated": Money(match.estimated_minor, fund.currency),
        "sure": match.state != AllocationState.ESTIMATED,
        "state": match.get_state_display(),
    }


def _step(payout: Payout, project: Project, *, held: bool) -> dict[str, Any]:
    return {
        "milestone": payout.milestone,
        "amount": payout.amount,
        "state": payout.state,
        "words": payout.get_state_display(),
        "why": _why(payout, project, held),
        "at": payout.state_since,
    }


def _why(payout: Payout, project: Project, held: bool) -> Text:
    """What a payout waits for, in words."""
    if payout.state in SAID:
        return SAID[payout.state]
    if held:
        return _("Held back, see above.")
    if payout.state == PayoutState.REQUESTED:
        return _("Waits for people of the city who approve it.")
    if project.organisation_id is None:
        return _("Waits for an organisation that can be paid.")
    day = date_format(localtime(payout.not_before), "DATE_FORMAT")
    return _("May leave from %(day)s on, when the time for doubts is over.") % {"day": day}


def todos(person: Person, at: datetime) -> Iterable[me.Todo]:
    """Organisations of the person that are to be paid and have named no account."""
    for organisation in queries.unpayable(person):
        text = _("%(name)s is to be paid: name its bank account.") % {"name": organisation.name}
        yield me.Todo(text, reverse("payouts:bank", args=[organisation.slug]), icon="money")


SAID: dict[str, Text] = {
    PayoutState.SETTLED: gettext_lazy("It has arrived."),
    PayoutState.SENT: gettext_lazy("It is on its way."),
    PayoutState.FAILED: gettext_lazy("It came back and is sent again."),
    PayoutState.REVERSED: gettext_lazy("It came back and is sent again."),
}


me.todos.register(me.TodoSource("bank-details", todos, queries.unpayable_columns))
project_page.panels.register(
    Panel(
        25,
        "payouts",
        gettext_lazy("Match and payouts"),
        "payouts/_trail_panel.html",
        money_trail,
        columns=queries.columns,
    )
)
