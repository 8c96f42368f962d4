"""What people do with their own data: share it, consent to purposes, withdraw, take everything back."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from civic.accounts.models import Person
from civic.core import events
from civic.core.errors import Conflict, Invalid
from civic.core.locking import lock_row, lock_rows
from civic.core.policies import require
from civic.core.states import transition
from datasets.consent import fields, queries, receipts
from datasets.consent.conditions import why_not_released, why_not_shared
from datasets.consent.models import Collection, Consent, Inclusion, Notice, Purpose, Release, Submission
from datasets.consent.operations.locking import lock_collection, lock_of
from datasets.consent.states import UNDER_WAY, ConsentState, ReleaseState

NEW_WORDS = gettext_lazy(
    "The words of “%(title)s” have changed since you opened this page. Read them again, please."
)


def share(
    *,
    actor: Person,
    collection: Collection,
    values: Mapping[str, Any],
    consents: Mapping[UUID, str],
    at: datetime,
) -> Submission:
    """Keeps the person's answers, and gives the consents that they ticked: purposes with the digest of what they read.

    What is not ticked stays as it is: a consent ends by its withdrawal alone. Answers are corrected also where nobody
    shares any more; those that a release has counted are kept beside until all are deleted. Raises Forbidden, Invalid
    by question, Conflict (it is not open; the words of a purpose have changed since the page was loaded, or
    its dataset is withdrawn).
    """
    with transaction.atomic():
        current = lock_of(actor, collection)
        require(actor, "share", current)
        mine = Submission.objects.filter(collection=current, person=actor)
        why_not = why_not_shared(current)
        if why_not and (consents or not mine.exists()):
            raise Conflict(why_not)
        said = fields.checked(current.questions, values)
        made = _kept(actor, current, said, at)
        ticked = list(current.purposes.filter(pk__in=consents).select_related("dataset"))
        if len(ticked) < len(consents):
            raise Invalid(consents=_("There is no such purpose here."))
        for purpose in ticked:
            purpose.collection = current
            _give(actor, purpose, consents[purpose.pk], at)
    return made


def _kept(actor: Person, collection: Collection, said: dict[str, Any], at: datetime) -> Submission:
    made = Submission.objects.filter(collection=collection, person=actor).first()
    if made is None:
        made = Submission(collection=collection, person=actor, values=said, sent_at=at, changed_at=at)
        events.record("submission.sent", actor=actor, subject=made, at=at)
        made.save(force_insert=True)
    elif made.values != said:
        events.record("submission.changed", actor=actor, subject=made, at=at)
        in_releases = Inclusion.objects.filter(consent__person=actor, submission=made.pk)
        if in_releases.filter(version=made.version).exists():
            made.earlier = made.earlier | {str(made.version): made.values}
        made.values, made.changed_at, made.version = said, at, made.version + 1
        made.save(update_fields=["values", "changed_at", "version", "earlier"])
    return made


def _give(actor: Person, purpose: Purpose, digest: str, at: datetime) -> None:
    notice: Notice | None = purpose.newest_notice
    if why_not := why_not_released(purpose):
        raise Conflict(why_not)
    if notice is None or notice.digest != digest:
        raise Conflict(NEW_WORDS % {"title": purpose.title})
    if Consent.objects.of(actor).standing().filter(notice=notice).exists():
        return
    consent = Consent(person=actor, purpose=purpose, notice=notice, given_at=at, state_since=at)
    consent.receipt = receipts.given(consent)
    consent.signature = receipts.signature(consent.receipt)
    events.record("consent.given", actor=actor, subject=consent, at=at)
    consent.save(force_insert=True)


def withdraw_consent(*, actor: Person, consent: Consent, at: datetime) -> Consent:
    """Ends a consent and those to earlier words of the same purpose, with receipts.

    Every release that was counted with them rests from this moment on. Raises Forbidden, IllegalTransition.
    """
    with transaction.atomic():
        collection = lock_of(actor, consent.purpose.collection)
        current = _locked(consent)
        require(actor, "withdraw", current)
        _withdraw(current, actor, at)
        for earlier in _standing(collection, actor):
            if earlier.purpose_id == current.purpose_id:
                _withdraw(earlier, actor, at)
    return current


def erase_submission(*, actor: Person, submission: Submission, at: datetime) -> int:
    """Withdraws every consent of the collection, and deletes the answers; returns how many consents ended.

    Raises Forbidden.
    """
    with transaction.atomic():
        collection = lock_of(actor, submission.collection)
        require(actor, "erase", submission)
        return take_back(collection, actor, by=actor, at=at)


def take_back(collection: Collection, person: Person, *, by: Person, at: datetime, keep: bool = False) -> int:
    """As `erase_submission`, of a collection that the caller has locked; with `keep` the answers stay."""
    consents = _standing(collection, person)
    for consent in consents:
        _withdraw(consent, by, at)
    if not keep:
        for submission in Submission.objects.filter(collection=collection, person=person):
            own = {"by_its_person": by.pk == person.pk}
            events.record("submission.erased", actor=by, subject=submission, at=at, payload=own)
            submission.delete()
    return len(consents)


def withdraw_of_erased(*, at: datetime) -> int:
    """Withdraws what people have left behind whose account is erased; returns how many consents."""
    left = Consent.objects.filter(person=None, state=ConsentState.GIVEN)
    ended = 0
    for collection in Collection.objects.filter(purposes__consents__in=left).distinct().order_by("pk"):
        with transaction.atomic():
            lock_collection(collection)
            mine = left.filter(purpose__collection=collection)
            for consent in lock_rows(mine.select_related("notice", "purpose__collection__publisher")):
                _withdraw(consent, None, at)
                ended += 1
    return ended


def _standing(collection: Collection, person: Person) -> list[Consent]:
    mine = Consent.objects.of(person).standing().filter(purpose__collection=collection)
    return lock_rows(mine.select_related("notice", "purpose__collection__publisher", "purpose__dataset"))


def _locked(consent: Consent) -> Consent:
    rows = Consent.objects.select_related("notice", "purpose__collection__publisher", "purpose__dataset")
    return lock_row(rows, pk=consent.pk)


def _withdraw(consent: Consent, actor: Person | None, at: datetime) -> None:
    """Of a consent that the caller has locked, after its collection."""
    transition(consent, "withdraw", actor=actor, at=at)
    with_it = Release.objects.filter(inclusions__consent=consent)
    for under_way in lock_rows(with_it.filter(state__in=UNDER_WAY)):
        transition(under_way, "drop", actor=None, at=at)
    published = lock_rows(with_it.filter(state=ReleaseState.PUBLISHED).select_related("revision"))
    for release in published:
        transition(release, "suspend", actor=None, at=at)
    # Those that rest already, too: who withdraws later was in them all the same.
    rest = with_it.filter(state=ReleaseState.SUSPENDED).select_related("revision")
    numbers = sorted({release.revision.number for release in (*published, *rest) if release.revision})
    reads, readers = queries.taken_away(consent.purpose.dataset, numbers, consent.given_at)
    consent.withdrawn_at = at
    consent.withdrawal = receipts.withdrawn(consent, at, suspended=numbers, reads=reads, readers=readers)
    consent.withdrawal_signature = receipts.signature(consent.withdrawal)
    consent.save(update_fields=["withdrawn_at", "withdrawal", "withdrawal_signature"])
