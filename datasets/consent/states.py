"""The lives of a collection, a consent, a release, a deletion and a request about one's rights."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class CollectionState(TextChoices):
    DRAFT = "draft", _("draft")
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed")
    DROPPED = "dropped", _("removed")
    REMOVED = "removed", _("taken down")


# Not everybody sees them.
HIDDEN = [CollectionState.DRAFT, CollectionState.DROPPED, CollectionState.REMOVED]
# Nobody is asked any more.
OVER = [CollectionState.CLOSED, CollectionState.DROPPED, CollectionState.REMOVED]


COLLECTION: Transitions = {
    ("open", CollectionState.DRAFT): CollectionState.OPEN,
    ("close", CollectionState.OPEN): CollectionState.CLOSED,
    ("drop", CollectionState.DRAFT): CollectionState.DROPPED,
    # By the city's data steward: only its publisher and who has shared there see its words any more.
    ("remove", CollectionState.OPEN): CollectionState.REMOVED,
    ("remove", CollectionState.CLOSED): CollectionState.REMOVED,
}


class ConsentState(TextChoices):
    GIVEN = "given", _("given")
    WITHDRAWN = "withdrawn", _("withdrawn")


# Who changes their mind once more consents anew, with another receipt.
CONSENT: Transitions = {("withdraw", ConsentState.GIVEN): ConsentState.WITHDRAWN}


class ReleaseState(TextChoices):
    PREPARED = "prepared", _("waits for its publisher")
    SENT = "sent", _("is being published")
    PUBLISHED = "published", _("published")
    SUSPENDED = "suspended", _("suspended")
    DROPPED = "dropped", _("dropped")


# Not decided yet: one a purpose.
UNDER_WAY = [ReleaseState.PREPARED, ReleaseState.SENT]

RELEASE: Transitions = {
    ("send", ReleaseState.PREPARED): ReleaseState.SENT,
    ("publish", ReleaseState.SENT): ReleaseState.PUBLISHED,
    # The same table as that of the newest revision, counted again without whoever has withdrawn.
    ("renew", ReleaseState.PREPARED): ReleaseState.PUBLISHED,
    ("drop", ReleaseState.PREPARED): ReleaseState.DROPPED,
    ("drop", ReleaseState.SENT): ReleaseState.DROPPED,
    ("suspend", ReleaseState.PUBLISHED): ReleaseState.SUSPENDED,
}


class DeletionState(TextChoices):
    ASKED = "asked", _("asked")
    ANSWERED = "answered", _("answered")


DELETION: Transitions = {("answer", DeletionState.ASKED): DeletionState.ANSWERED}


class RightsState(TextChoices):
    SENT = "sent", _("waits for an answer")
    FULFILLED = "fulfilled", _("done")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("taken back")


RIGHTS: Transitions = {
    ("fulfil", RightsState.SENT): RightsState.FULFILLED,
    ("refuse", RightsState.SENT): RightsState.REFUSED,
    ("withdraw", RightsState.SENT): RightsState.WITHDRAWN,
}
