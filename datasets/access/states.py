"""The life of a request for data, and that of the grant which may come of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class RequestState(TextChoices):
    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waits for the publisher")
    RETURNED = "returned", _("returned with a question")
    APPROVED = "approved", _("approved")
    REJECTED = "rejected", _("rejected")
    WITHDRAWN = "withdrawn", _("withdrawn")


# Its words may change.
WRITTEN = [RequestState.DRAFT, RequestState.RETURNED]
# On its way: one a person, organisation and dataset.
OPEN_REQUEST = [*WRITTEN, RequestState.SUBMITTED]

REQUEST: Transitions = {
    ("submit", RequestState.DRAFT): RequestState.SUBMITTED,
    ("submit", RequestState.RETURNED): RequestState.SUBMITTED,
    ("return", RequestState.SUBMITTED): RequestState.RETURNED,
    ("approve", RequestState.SUBMITTED): RequestState.APPROVED,
    ("reject", RequestState.SUBMITTED): RequestState.REJECTED,
    ("withdraw", RequestState.DRAFT): RequestState.WITHDRAWN,
    ("withdraw", RequestState.SUBMITTED): RequestState.WITHDRAWN,
    ("withdraw", RequestState.RETURNED): RequestState.WITHDRAWN,
}


class GrantState(TextChoices):
    ACTIVE = "active", _("in force")
    SUSPENDED = "suspended", _("suspended")
    EXPIRED = "expired", _("expired")
    REVOKED = "revoked", _("revoked")
    ENDED = "ended", _("ended")


# Not over yet.
STANDING = [GrantState.ACTIVE, GrantState.SUSPENDED]

GRANT: Transitions = {
    ("suspend", GrantState.ACTIVE): GrantState.SUSPENDED,
    ("resume", GrantState.SUSPENDED): GrantState.ACTIVE,
    ("expire", GrantState.ACTIVE): GrantState.EXPIRED,
    ("expire", GrantState.SUSPENDED): GrantState.EXPIRED,
    ("revoke", GrantState.ACTIVE): GrantState.REVOKED,
    ("revoke", GrantState.SUSPENDED): GrantState.REVOKED,
    ("end", GrantState.ACTIVE): GrantState.ENDED,
    ("end", GrantState.SUSPENDED): GrantState.ENDED,
}
