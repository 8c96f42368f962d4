"""What a person's own page shows of projects, and what waits for them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts import me
from civic.accounts.models import Person
from projects.proposals import queries

SHOWN = 8


def _mine(person: Any, at: datetime) -> dict[str, Any]:
    return {"projects": list(queries.my_projects(person, most=SHOWN))}


def _waiting(person: Person, at: datetime) -> Iterable[me.Waiting]:
    for project in queries.returned(person):
        text = _("“%(title)s” came back from review: mend it and hand it in again.") % {
            "title": project.title
        }
        yield me.Waiting(text, project.get_absolute_url(), since=project.state_since, icon="edit")
    for invitation in queries.invited(person):
        text = _("You are invited to the team of “%(title)s”.") % {"title": invitation.project.title}
        yield me.Waiting(
            text, f"/projects/invitations/{invitation.pk}/", since=invitation.created_at, icon="people"
        )


def register_panels() -> None:
    """Fills the registries of /me/; called once, when the app is ready."""
    me.register(me.Panel(20, "projects", gettext_lazy("Your projects"), "proposals/_my_projects.html", _mine))
    me.waits_for(_waiting, queries.on_me)
