"""What this slice shows on the pages of others: the dataset's page and the person's own."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts import me
from civic.accounts.models import Person
from civic.core import columns
from civic.core.panels import Panel
from civic.core.policies import may
from datasets.access import queries
from datasets.access.conditions import why_not_given
from datasets.access.models import AccessRequest
from datasets.access.states import RequestState
from datasets.catalogue import dataset_page
from datasets.catalogue.models import Dataset
from datasets.catalogue.vocabularies import AccessLevel


def access(dataset: Dataset, actor: Any, at: datetime) -> dict[str, Any] | None:
    """How the reader comes to data that is not open; nothing where everybody may read it."""
    if dataset.is_open:
        return None
    signed_in = actor.is_authenticated
    held = list(queries.grants().of(actor).standing().filter(dataset=dataset)) if signed_in else []
    return {
        "dataset": dataset,
        "level": dataset.access_level,
        "held": [one for one in held if not one.is_over(at)],
        "asked": queries.under_way(dataset, actor) if signed_in else [],
        "why_not": why_not_given(dataset, AccessLevel(dataset.access_level)),
        "looks_after": may(actor, "decide_access", dataset) or may(actor, "steward", dataset),
        "sets_terms": may(actor, "set_terms", dataset),
    }


def mine(person: Person, at: datetime) -> dict[str, Any] | None:
    """A link alone: what somebody asked for, holds and has read has a page of its own."""
    has_any = getattr(person, "access_asked", False) or getattr(person, "access_held", False)
    return {} if has_any else None


def todos(person: Person, at: datetime) -> Iterable[me.Todo]:
    """Requests for data of the person's organisations, and own ones that are not sent, or came back."""
    for sent in columns.read(AccessRequest, person.access_to_decide):  # type: ignore[attr-defined]
        text = _("Somebody asks for the data of “%(title)s”: decide.") % {"title": sent.dataset.title}
        yield me.Todo(text, sent.get_absolute_url(), since=sent.state_since)
    words = {
        RequestState.DRAFT: _("Your request for the data of “%(title)s” is a draft: send it."),
        RequestState.RETURNED: _(
            "Your request for the data of “%(title)s” came back with a question: answer."
        ),
    }
    for own in columns.read(AccessRequest, person.access_to_send):  # type: ignore[attr-defined]
        text = words[RequestState(own.state)] % {"title": own.dataset.title}
        yield me.Todo(text, own.get_absolute_url(), since=own.state_since)


me.panels.register(
    Panel(
        62, "data-access", gettext_lazy("Access to data"), "access/_me.html", mine, columns=queries.me_columns
    )
)
me.todos.register(me.TodoSource("data-requests", todos))
dataset_page.panels.register(
    Panel(10, "access", gettext_lazy("Access"), "access/_panel.html", access, side=True)
)
