"""Past the verbs: no release says of a revision that it may be read unless it is counted of standing consents."""

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from civic.core import clock
from datasets.consent.models import Consent, Inclusion, Purpose, Release, Submission
from tests.factories import sharing as shared

pytestmark = pytest.mark.django_db
LOOKS = ["Mill", "0–49"]


def forged(purpose: Purpose, *rows: list[Any], included: bool = True) -> Release:
    at = clock.now()
    made = Release.objects.create(
        purpose=purpose,
        notice=purpose.newest_notice,
        rows=list(rows),
        people=10,
        shared=10,
        digest="x",
        made_at=at,
        state_since=at,
    )
    for consent in Consent.objects.standing().filter(purpose=purpose) if included else []:
        key = Submission.objects.get(person=consent.person, collection=purpose.collection).pk
        Inclusion.objects.create(release=made, consent=consent, submission=key, version=1)
    return made


def refused(release: Release, **columns: Any) -> None:
    with pytest.raises(DatabaseError, match="consent_release_follows"), transaction.atomic():
        Release.objects.filter(pk=release.pk).update(**columns)
    Release.objects.filter(pk=release.pk).update(state="dropped")


def crowd(purpose: Purpose, bicycles: int) -> list[Any]:
    return shared.crowd(purpose, [{"way": way} for way in ["bicycle"] * bicycles + ["car"] * 6])


def test_a_resting_revision_is_read_by_no_forged_release_1128_az11() -> None:
    purpose, other = shared.purpose(), shared.purpose()
    people = crowd(purpose, 6)
    crowd(other, 6)
    elsewhere = shared.release(other)
    first = shared.release(purpose)
    counted = first.rows
    shared.withdraw(people[0], purpose)
    first.refresh_from_db()
    assert first.state == "suspended"
    refused(forged(purpose, *counted, included=False), revision=first.revision)
    refused(forged(purpose, *counted, [*LOOKS, "bus", 5]), revision=first.revision)
    refused(forged(purpose, *counted, [*LOOKS, "bus", 5]), state="sent")
    refused(forged(purpose), state="sent")
    refused(forged(purpose, *counted), revision=elsewhere.revision)
    crowd(purpose, 5)
    now = forged(purpose, [*LOOKS, "bicycle", 10], [*LOOKS, "car", 10])
    refused(now, revision=first.revision)
    true = forged(purpose, [*LOOKS, "car", 10], [*LOOKS, "bicycle", 10])
    assert Release.objects.filter(pk=true.pk).update(state="sent") == 1, "in whichever order"


def test_answers_have_a_version_a_change_1128_az11() -> None:
    shared.share(shared.purpose())
    for columns in ({"version": 3}, {"values": {}}, {"version": 2, "sent_at": clock.now()}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Submission.objects.update(**columns)
