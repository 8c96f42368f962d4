"""Releases: counted, looked at, sent the way of every file, published; and counted again after a withdrawal."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civic.accounts.models import Person
from civic.core import csv_tables, events, ids, row_steps
from civic.core.errors import Conflict
from civic.core.locking import lock_first, lock_row
from civic.core.policies import require
from civic.core.states import transition
from datasets.catalogue import files
from datasets.catalogue.models import Upload
from datasets.catalogue.operations.datasets import change_words
from datasets.catalogue.operations.datasets import locked as locked_dataset
from datasets.catalogue.operations.publishing import make_revision
from datasets.catalogue.operations.uploads import Answers, answer, give_up, receive
from datasets.catalogue.operations.uploads import locked as locked_upload
from datasets.catalogue.states import DatasetState, UploadState
from datasets.consent import counts
from datasets.consent.conditions import why_not_released
from datasets.consent.counts import Record
from datasets.consent.fields import PEOPLE
from datasets.consent.models import Inclusion, Notice, Purpose, Release
from datasets.consent.operations.locking import lock_collection
from datasets.consent.states import UNDER_WAY, ReleaseState


def prepare_release(*, actor: Person, purpose: Purpose, at: datetime) -> Release:
    """Counts what people consent to now, for its publisher to look at before it is sent.

    What has been looked at is counted from now on as if it were published: of two tables that differ by few people
    somebody could learn about these. So is that no figure reached k. Where the table is that of the newest revision,
    which rests, that one is renewed at once. Raises Forbidden, Conflict (nobody acts for it; one is under way; too few
    people have come or gone since another table of its collection): never by what anybody has answered.
    """
    with transaction.atomic():
        current = _locked(purpose)
        require(actor, "edit", current.collection)
        return _prepare(current, actor, at)


def _locked(purpose: Purpose) -> Purpose:
    """With its collection and its dataset locked, in this order."""
    collection = lock_collection(purpose.collection)
    current = Purpose.objects.get(pk=purpose.pk)
    current.collection, current.dataset = collection, locked_dataset(purpose.dataset)
    return current


def _prepare(purpose: Purpose, actor: Person | None, at: datetime) -> Release:
    notice, k = purpose.newest_notice, purpose.collection.k
    if why_not := why_not_released(purpose):
        raise Conflict(why_not)
    if purpose.releases.filter(state__in=UNDER_WAY).exists() or notice is None:
        raise Conflict(_("A release of it is under way already."))
    now = counts.as_seen(purpose, counts.records(purpose, notice))
    if why_not := _why_not_counted(purpose, now):
        raise Conflict(why_not)
    rows = counts.cells(purpose.columns, k, purpose.least_values, [one.values for one in now])
    made = _counted(purpose, notice, now, rows, actor, at)
    if resting := _resting(purpose, rows):
        _renew(made, resting, actor, at)
    return made


def _why_not_counted(purpose: Purpose, now: list[Record]) -> str:
    """Why there is no other table yet: by how many people came or went, whatever they have answered.

    A refusal that depended on the figures would tell, pressed again and again, what the only one who came has said.
    So what differs from any table of the collection differs by k people or by none, and there is one sentence for all.
    """
    k = purpose.collection.k
    if len(now) < k:
        return _("Fewer than %(k)s people consent to it.") % {"k": k}
    if any(one.waits(k) for one in counts.differences(purpose, now)):
        words = _(
            "Fewer than %(k)s people have come or gone since another table of this collection. Wait until there "
            "are more."
        )
        return words % {"k": k}
    return ""


def _newest(purpose: Purpose, rows: list[Any]) -> Release | None:
    """The newest release of the newest revision, if it has the same rows: twice the same makes no revision."""
    newest = purpose.releases.filter(revision__number=purpose.dataset.latest).first()
    return newest if newest and newest.rows == rows else None


def _resting(purpose: Purpose, rows: list[Any]) -> Release | None:
    newest = _newest(purpose, rows)
    return newest if newest and newest.state == ReleaseState.SUSPENDED else None


def _renew(made: Release, resting: Release, actor: Person | None, at: datetime) -> None:
    """Of a revision that rests: the same table, which counts nobody who has withdrawn."""
    made.revision = resting.revision
    made.save(update_fields=["revision"])
    transition(made, "renew", actor=actor, at=at)
    _say(made, actor, at)


def _say(release: Release, actor: Person | None, at: datetime) -> None:
    """The dataset, which the caller has locked, says for what people have consented to what can be read of it.

    Where they have to several words, to which of its revisions.
    """
    purpose = release.purpose
    published = purpose.releases.filter(revision__isnull=False).select_related("notice", "revision")
    # By words those that were counted by them; one that was renewed has two releases.
    words: dict[str, dict[str, None]] = {}
    for one in published.order_by("revision__number"):
        if one.revision:
            words.setdefault(one.notice.what, {})[str(one.revision.number)] = None
    said = release.notice.what if len(words) == 1 else "\n\n".join(map(_of_revisions, words.items()))
    changed: dict[str, object] = {} if purpose.dataset.description == said else {"description": said}
    change_words(purpose.dataset, changed, actor=actor, at=at)


def _of_revisions(words: tuple[str, dict[str, None]]) -> str:
    what, numbers = words
    line = ngettext("Revision %(numbers)s: %(what)s", "Revisions %(numbers)s: %(what)s", len(numbers))
    return line % {"numbers": ", ".join(numbers), "what": what}


def _counted(
    purpose: Purpose, notice: Notice, now: list[Record], rows: list[Any], actor: Person | None, at: datetime
) -> Release:
    k = purpose.collection.k
    parameters = {"columns": purpose.columns, "k": k, "l": purpose.least_values, "notice": notice.digest}
    spelled = json.dumps(parameters, sort_keys=True, separators=(",", ":"))
    made = Release(
        purpose=purpose,
        notice=notice,
        person=actor,
        rows=rows,
        people=sum(row[-1] for row in rows),
        shared=len(now) // k * k,
        digest=hashlib.sha256(spelled.encode()).hexdigest(),
        made_at=at,
        state_since=at,
    )
    events.record("release.prepared", actor=actor, subject=made, at=at)
    made.save(force_insert=True)
    included = [
        Inclusion(release=made, consent_id=one.consent, submission=one.said[0], version=one.said[1])
        for one in now
    ]
    Inclusion.objects.bulk_create(included, 5000)
    return made


def read_release(*, actor: Person, release: Release, at: datetime) -> list[Any]:
    """The figures of a release that is under way, as a read that everybody in it can see. Raises Forbidden.

    After that there are none here: everybody reads a revision by its dataset, where a withdrawal ends it.
    """
    with transaction.atomic():
        current = Release.objects.select_related("purpose__collection__publisher").get(pk=release.pk)
        require(actor, "look_after", current.purpose.collection)
        if current.state not in UNDER_WAY or not current.rows:
            return []
        events.record("release.read", actor=actor, subject=current, at=at)
    rows: list[Any] = current.rows
    return rows


def drop_release(*, actor: Person, release: Release, at: datetime) -> Release:
    """Ends a release that is not published. Raises Forbidden, IllegalTransition."""
    with transaction.atomic():
        collection = lock_collection(release.purpose.collection)
        require(actor, "edit", collection)
        return _drop(release, actor, at)


def _drop(release: Release, actor: Person | None, at: datetime) -> Release:
    with transaction.atomic():
        current = lock_row(Release.objects.all(), pk=release.pk)
        transition(current, "drop", actor=actor, at=at)
    return current


def send_release(*, actor: Person, release: Release, at: datetime) -> Release:
    """Sends it the way of every file; a worker reads it, and then it is the next revision.

    Where the newest revision rests and has the same table, that one is renewed at once. Raises Forbidden, Conflict
    (nobody acts for it; no figure reached k; the words have changed since it was counted, or an account in it is
    closed; the newest revision says the same), IllegalTransition (somebody in it has withdrawn meanwhile).
    """
    require(actor, "edit", release.purpose.collection)
    return _send(release, actor, at)


def _send(release: Release, actor: Person | None, at: datetime) -> Release:
    with files.folder() as folder:
        path = folder / "release.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            stream.writelines(csv_tables.exact_lines([release.header, *release.rows]))
        stored = files.keep(path)
    try:
        with transaction.atomic():
            purpose = _locked(release.purpose)
            if actor is not None:
                require(actor, "edit", purpose.collection)
            current = lock_row(Release.objects.all(), pk=release.pk)
            if why_not := why_not_released(purpose) or _why_not_sent(purpose, current):
                raise Conflict(why_not)
            if resting := _resting(purpose, current.rows):
                _renew(current, resting, actor, at)
            else:
                transition(current, "send", actor=actor, at=at)
                name = f"{purpose.dataset.slug}.csv"
                current.upload = receive(purpose.dataset, stored, name, actor=None, at=at, key=ids.new_id())
                current.save(update_fields=["upload"])
    except BaseException:
        files.drop([stored.name])
        raise
    if current.upload is None:
        files.drop([stored.name])
    return current


def _why_not_sent(purpose: Purpose, release: Release) -> str:
    if not release.rows:
        return _("No figure of it is about enough people. Drop it.")
    if not counts.is_as_counted(purpose, release):
        return _("Its words have changed since it was counted, or an account in it is closed. Drop it.")
    if (newest := _newest(purpose, release.rows)) and newest.state == ReleaseState.PUBLISHED:
        return _("Revision %(number)s has the same figures. Drop it.") % {"number": purpose.dataset.latest}
    return ""


def answer_release(upload: Upload, at: datetime) -> None:
    """Answers the first look at a release: each column is text, the people are numbers. Idempotent."""
    with transaction.atomic():
        current = locked_upload(upload)
        if current.state == UploadState.PROPOSED:
            header = (current.proposal or {}).get("header", ())
            types = {name: "integer" if name == PEOPLE else "string" for name in header}
            answer(current, Answers(types=types), actor=None, at=at)


def publish_release(upload: Upload, at: datetime) -> None:
    """Makes what was read of a release the next revision; where it was dropped meanwhile, the file goes. Idempotent.

    Raises Conflict where the reader has found other rows than were written.
    """
    release = Release.objects.select_related("purpose__collection", "purpose__dataset").get(upload=upload)
    with transaction.atomic():
        purpose = _locked(release.purpose)
        current = locked_upload(upload)
        release = lock_row(Release.objects.all(), pk=release.pk)
        if current.state != UploadState.READ:
            return
        # One that began to rest meanwhile is renewed as it is counted again.
        is_same = _newest(purpose, release.rows) is not None
        why_not = why_not_released(purpose) or _why_not_sent(purpose, release) or is_same
        if release.state == ReleaseState.SENT and why_not:
            transition(release, "drop", actor=None, at=at)
        if release.state != ReleaseState.SENT:
            give_up(current, actor=None, at=at)
            return
        table = (current.found or {})["table"]
        if (table["kept"], table["rejected_rows"]) != (len(release.rows), 0):
            raise Conflict(_("It was read otherwise than it was written."))
        release.revision = make_revision(current, actor=None, note="", at=at)
        release.save(update_fields=["revision"])
        transition(release, "publish", actor=None, at=at)
        release.purpose = purpose
        _say(release, None, at)
        if current.dataset.state == DatasetState.DRAFT:
            transition(current.dataset, "publish", actor=None, at=at)


def drop_unread(upload: Upload, at: datetime) -> None:
    """A release whose file could not be read, or was given up, is dropped. Idempotent."""
    with transaction.atomic():
        waiting = Release.objects.filter(upload=upload, state=ReleaseState.SENT)
        if release := lock_first(waiting):
            transition(release, "drop", actor=None, at=at)


def rebuild_releases(*, at: datetime) -> int:
    """Counts again what rests since somebody has withdrawn, once enough have come or gone; returns how many."""
    resting = Purpose.objects.filter(releases__state=ReleaseState.SUSPENDED).distinct().order_by("pk")
    return row_steps.each("releases to count again", resting, lambda purpose: _rebuild(purpose, at), at=at)


def _rebuild(purpose: Purpose, at: datetime) -> bool:
    last = purpose.releases.exclude(state=ReleaseState.DROPPED).first()
    if last is None or last.state != ReleaseState.SUSPENDED:
        return False
    try:
        with transaction.atomic():
            made = _prepare(_locked(purpose), None, at)
    except Conflict:
        return False  # too few have come or gone: it rests
    if made.state == ReleaseState.PREPARED and made.rows:
        _send(made, None, at)
    elif made.state == ReleaseState.PREPARED:
        _drop(made, None, at)
    return True
