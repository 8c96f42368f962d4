"""What this slice shows on /me/: residency, organisations, and what waits for the person."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from civic.accounts import me, queries
from civic.accounts.models import Person
from civic.accounts.states import ResidencyState
from civic.core.panels import Panel


def organisations(person: Person, at: datetime) -> dict[str, Any]:
    """The memberships, or the invitation to set one up."""
    return {"memberships": queries.memberships_on_me(person)}


def first_steps(person: Person, at: datetime) -> Iterator[me.Todo]:
    """A name, a letter that was sent, and an account that is about to be erased."""
    erasure = queries.erasure_on_me(person)
    if erasure:
        text = _("Your account will be erased soon. You can still keep it.")
        yield me.Todo(text, reverse("accounts:privacy"), since=erasure.created_at, icon="warning")
    if not person.name:
        yield me.Todo(_("Choose the name that others see."), reverse("accounts:profile"), icon="person")
    residency = queries.residency_on_me(person)
    if residency is None:
        text = _("Confirm that you live here, so that you can vote.")
        yield me.Todo(text, reverse("accounts:residency"), icon="home")
    elif residency.state == ResidencyState.CODE_SENT:
        text = _("Enter the code from the letter that we sent you.")
        yield me.Todo(text, reverse("accounts:residency"), since=residency.state_since, icon="mail")


me.panels.register(
    Panel(
        80,
        "organisations",
        _("Your organisations"),
        "accounts/_my_organisations.html",
        organisations,
        columns=queries.me_columns,
    )
)
me.todos.register(me.TodoSource("first-steps", first_steps))
