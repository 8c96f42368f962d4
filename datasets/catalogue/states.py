"""The life of a dataset, of a file on its way to become one of its revisions, and of what is harvested."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class DatasetState(TextChoices):
    DRAFT = "draft", _("draft")
    PUBLISHED = "published", _("published")
    WITHDRAWN = "withdrawn", _("withdrawn")


DATASET: Transitions = {
    ("publish", DatasetState.DRAFT): DatasetState.PUBLISHED,
    ("withdraw", DatasetState.PUBLISHED): DatasetState.WITHDRAWN,
    ("restore", DatasetState.WITHDRAWN): DatasetState.PUBLISHED,
}


class UploadState(TextChoices):
    RECEIVING = "receiving", _("on its way")
    RECEIVED = "received", _("being looked at")
    PROPOSED = "proposed", _("waits for your answers")
    CONFIRMED = "confirmed", _("being read")
    READ = "read", _("can be published")
    PUBLISHED = "published", _("published")
    DISCARDED = "discarded", _("discarded")
    EXPIRED = "expired", _("expired")
    REFUSED = "refused", _("cannot be read")


# In which a file is still on its way: it can be discarded, and expires when nobody goes on with it.
OPEN = [
    UploadState.RECEIVING,
    UploadState.RECEIVED,
    UploadState.PROPOSED,
    UploadState.CONFIRMED,
    UploadState.READ,
]
# In which a worker has something to do.
WORKED_ON = [UploadState.RECEIVED, UploadState.CONFIRMED]

UPLOAD: Transitions = {
    ("receive", UploadState.RECEIVING): UploadState.RECEIVED,
    ("propose", UploadState.RECEIVED): UploadState.PROPOSED,
    ("confirm", UploadState.PROPOSED): UploadState.CONFIRMED,
    ("read", UploadState.CONFIRMED): UploadState.READ,
    # Looking at what was rejected, the publisher may answer otherwise, and it is read again.
    ("confirm", UploadState.READ): UploadState.CONFIRMED,
    ("publish", UploadState.READ): UploadState.PUBLISHED,
    ("refuse", UploadState.RECEIVED): UploadState.REFUSED,
    ("refuse", UploadState.CONFIRMED): UploadState.REFUSED,
    **{("discard", state): UploadState.DISCARDED for state in OPEN},
    **{("expire", state): UploadState.EXPIRED for state in OPEN},
}


class SourceState(TextChoices):
    ACTIVE = "active", _("harvested each day")
    PAUSED = "paused", _("paused")


SOURCE: Transitions = {
    ("pause", SourceState.ACTIVE): SourceState.PAUSED,
    ("resume", SourceState.PAUSED): SourceState.ACTIVE,
}


class HarvestState(TextChoices):
    RUNNING = "running", _("under way")
    WAITING = "waiting", _("waits for your answer")
    DONE = "done", _("done")
    FAILED = "failed", _("failed")
    DECLINED = "declined", _("given up")


# Of a source one harvest is open at a time.
UNDER_WAY = [HarvestState.RUNNING, HarvestState.WAITING]

HARVEST: Transitions = {
    ("hold", HarvestState.RUNNING): HarvestState.WAITING,
    ("confirm", HarvestState.WAITING): HarvestState.RUNNING,
    ("decline", HarvestState.WAITING): HarvestState.DECLINED,
    ("complete", HarvestState.RUNNING): HarvestState.DONE,
    ("fail", HarvestState.RUNNING): HarvestState.FAILED,
}


class Outcome(TextChoices):
    """What became of one record of a harvest."""

    OPEN = "", _("not yet looked at")
    CREATED = "created", _("new")
    UPDATED = "updated", _("changed")
    UNCHANGED = "unchanged", _("as it was")
    LINKED = "linked", _("is here already")
    REMOVED = "removed", _("gone from its source")
    FAILED = "failed", _("failed")
