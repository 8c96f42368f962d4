"""Datasets, uploads and revisions as the tests need them, made by the verbs that publishers use."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile

from civic.accounts.models import Membership, Organisation, Person
from civic.core import clock
from datasets.catalogue.models import Dataset, Revision, Upload
from datasets.catalogue.operations import datasets, publishing, reading_steps, resumable, uploads
from datasets.catalogue.operations.datasets import Description
from datasets.catalogue.operations.publishing import Seen
from datasets.catalogue.operations.uploads import Answers
from datasets.catalogue.vocabularies import Frequency, Licence, Theme
from tests.factories import accounts

CSV = b"tree,planted,height\nlime,2021-03-01,4.5\noak,2019-11-20,6.25\nash,2020-01-02,3\n"
# Its last row has one cell too many.
FAULTY = CSV + b"elm,2020-01-02,3,?\n"

SAID = Description(
    title="Street trees",
    description="Each tree that stands in a street, with the day on which it was planted.",
    theme=Theme.ENVI,
    frequency=Frequency.MONTHLY,
    licence=Licence.CC_BY,
    keywords=["trees", "streets"],
)


def said(**changes: Any) -> Description:
    """A description."""
    return replace(SAID, **changes)


def writer(of: Dataset | Organisation) -> Person:
    """Who owns the publisher."""
    publisher = of.publisher if isinstance(of, Dataset) else of
    return publisher.memberships.select_related("person").get(role=Membership.Role.OWNER).person


def dataset(owner: Person | None = None, *, at: datetime | None = None, **changes: Any) -> Dataset:
    """A draft of a new organisation."""
    publisher = changes.pop("publisher", None) or accounts.organisation(owner)
    actor = owner or writer(publisher)
    return datasets.create_dataset(
        actor=actor, publisher=publisher, said=said(**changes), at=at or clock.now()
    )


def sent(content: bytes = CSV, name: str = "trees.csv") -> SimpleUploadedFile:
    """A file as a browser sends it."""
    return SimpleUploadedFile(name, content)


def upload(
    to: Dataset | None = None, content: bytes = CSV, *, name: str = "trees.csv", at: datetime | None = None
) -> Upload:
    """A file that was received and not looked at yet."""
    to = to or dataset(at=at)
    return uploads.begin_upload(
        actor=writer(to), dataset=to, upload=sent(content, name), at=at or clock.now(), key=uuid4()
    )


def unfinished(
    to: Dataset | None = None, content: bytes = CSV, *, here: int = 10, at: datetime | None = None
) -> Upload:
    """A file that comes in parts, of which so many bytes are here."""
    to, at = to or dataset(at=at), at or clock.now()
    actor = writer(to)
    made = resumable.begin_resumable(actor=actor, dataset=to, name="trees.csv", size=len(content), at=at)
    return resumable.append_piece(actor=actor, upload=made, offset=0, piece=content[:here], at=at)


def work(at: datetime | None = None) -> None:
    """What workers do for uploads."""
    while reading_steps.run_steps(at=at or clock.now()):
        pass


def proposed(to: Dataset | None = None, content: bytes = CSV, **more: Any) -> Upload:
    """One that was looked at."""
    made = upload(to, content, **more)
    work(more.get("at"))
    return Upload.objects.get(pk=made.pk)


def read(
    to: Dataset | None = None, content: bytes = CSV, *, types: Mapping[str, str] | None = None, **more: Any
) -> Upload:
    """One that was confirmed and read."""
    made, at = proposed(to, content, **more), more.get("at") or clock.now()
    uploads.confirm(actor=writer(made.dataset), upload=made, answers=Answers(types=types or {}), at=at)
    work(at)
    return Upload.objects.get(pk=made.pk)


def revision(to: Dataset | None = None, content: bytes = CSV, **more: Any) -> Revision:
    """The next revision of a dataset."""
    made, at = read(to, content, **more), more.get("at") or clock.now()
    return publish(made, at=at, without_rejected=True)


def publish(made: Upload, *, actor: Person | None = None, **more: Any) -> Revision:
    """Publishes what was read, as its writer sees it now."""
    actor = actor or writer(made.dataset)
    return publishing.publish_revision(actor=actor, upload=made, seen=Seen.of(made), **more)


def published(
    owner: Person | None = None, content: bytes = CSV, *, at: datetime | None = None, **changes: Any
) -> Dataset:
    """A dataset with one revision, for everybody."""
    made = dataset(owner, at=at, **changes)
    revision(made, content, at=at)
    return datasets.publish(actor=writer(made), dataset=made, at=at or clock.now())
