"""Telling people how the work goes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict
from civic.core.policies import require
from civic.core.text import required
from projects.delivery.models import Update
from projects.delivery.states import NEWSWORTHY
from projects.proposals.models import Project
from projects.proposals.operations.revisions import locked

LONGEST = 4000


def post_update(
    *, actor: Person, project: Project, title: str, text: str, token: UUID, at: datetime
) -> Update:
    """Posts news; who follows or supports the project is told. The same `token` posts once.

    Raises Forbidden (not the team), Conflict (project not public or over), Invalid (title, text).
    """
    missing = _("Say in a few words what is new.")
    title = required(" ".join(title.split()), missing, field="title", longest=120)
    text = required(text, _("Write at least a sentence."), field="text", longest=LONGEST)
    with transaction.atomic():
        current = locked(project)
        require(actor, "post_update", current)
        sent = Update.objects.filter(author=actor, token=token).first()
        if sent:
            return sent
        if current.state not in NEWSWORTHY or current.hidden_for:
            raise Conflict(_("This project is not public, or it is over."))
        made = Update.objects.create(
            project=current, author=actor, title=title, text=text, token=token, posted_at=at
        )
        payload = {"update": str(made.pk)}
        events.record("project.update_posted", actor=actor, subject=current, at=at, payload=payload)
    return made
