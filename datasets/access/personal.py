"""What this slice holds of a person."""

from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Organisation
from civic.accounts.privacy import (
    NonPersonal,
    Personal,
    Text,
    closing_blockers,
    non_personal,
    personal_data,
)
from civic.accounts.states import INACTIVE
from civic.core.registry import Hook
from datasets.access.models import AccessRequest
from datasets.access.states import RequestState

TERMS = _("That your account had agreed to terms stays for the publisher, without your name.")


def requests_wait(organisation: Organisation) -> Text | None:
    """Who has asked for its data is answered first; nobody can while it is suspended."""
    asked = AccessRequest.objects.filter(dataset__publisher=organisation, state=RequestState.SUBMITTED)
    waiting = asked.exclude(person=None).order_by("pk").first()
    if waiting is None or organisation.state in INACTIVE:
        return None
    return _("Somebody asks for “%(title)s”. Answer first.") % {"title": waiting.dataset}


closing_blockers.register(Hook("data-requests-wait", requests_wait))
personal_data.register(
    Personal(
        model="access.Grant",
        person="key_person",
        title=_("Keys for programs that you made"),
        anonymise={"key_person": None, "key_digest": ""},
        reason=_("That somebody had access to data stays for its publisher, without your name."),
    ),
    Personal(
        model="access.Grant",
        person="person",
        title=_("Data that you may read"),
        export=(
            *("dataset", "organisation", "basis", "purpose", "scopes", "granted_at", "expires_at"),
            *("reason", "state"),
        ),
        withhold={"key_digest": "the digest of a key"},
        anonymise={"person": None, "reason": ""},
        notes=True,
        reason=_("That somebody had access to data stays for its publisher, without your name."),
    ),
    Personal(
        model="access.Agreement",
        person="person",
        title=_("Terms of data that you agreed to"),
        export=("dataset", "organisation", "basis", "purpose", "document", "digest", "agreed_at"),
        anonymise={"person": None},
        reason=TERMS,
    ),
    Personal(
        model="access.AccessRequest",
        person="person",
        title=_("Data that you asked for"),
        export=(
            *(
                "dataset",
                "organisation",
                "purpose",
                "why",
                "days",
                "scopes",
                "questions",
                "answers",
                "reason",
            ),
            *("submitted_at", "state"),
        ),
        anonymise={"person": None, "why": "", "answers": [], "reason": ""},
        notes=True,
        reason=_("That somebody asked stays for the publisher, without your name and your words."),
    ),
)
non_personal.register(
    NonPersonal("access.Policy", ("terms", "questions"), "what a publisher asks of all its readers")
)
