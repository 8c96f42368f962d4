"""The life of a dataset, and that of a file on its way to become one of its revisions."""

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
