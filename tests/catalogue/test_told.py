"""Who hears of uploads and of withdrawn datasets; and what is left of a person whose account is erased."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from civic.accounts import groups
from civic.accounts.models import Membership, Person
from civic.core import events
from civic.notifications.models import Notification
from datasets.catalogue.models import Dataset, Upload
from datasets.catalogue.operations import datasets, uploads
from datasets.catalogue.operations.uploads import Answers
from tests.factories import accounts, catalogue

pytestmark = pytest.mark.django_db


def told(person: Person) -> list[str]:
    """What a person is told, the oldest first."""
    events.deliver_pending()
    return list(Notification.objects.filter(person=person).order_by("pk").values_list("kind", flat=True))


def test_who_sent_a_file_hears_what_became_of_it(at: datetime) -> None:
    one = catalogue.proposed(at=at)
    sender, other = catalogue.writer(one.dataset), accounts.person()
    accounts.membership(one.dataset.publisher, other, Membership.Role.MANAGER)
    assert told(sender) == ["upload.proposed"]
    uploads.confirm(actor=sender, upload=one, answers=Answers(), at=at)
    catalogue.work(at)
    assert told(sender) == ["upload.proposed", "upload.read"]
    catalogue.proposed(one.dataset, b"<html><body>x</body></html>", at=at)
    assert told(sender)[2:] == ["upload.refused"]
    assert "web page" in Notification.objects.get(kind="upload.refused").detail
    assert told(other) == []


def test_news_that_is_old_by_now_is_not_told(at: datetime) -> None:
    one = catalogue.proposed(at=at)
    uploads.discard_upload(actor=catalogue.writer(one.dataset), upload=one, at=at)
    assert told(catalogue.writer(one.dataset)) == []


def test_all_who_write_hear_that_the_city_withdrew_it(at: datetime) -> None:
    dataset = catalogue.published(at=at)
    owner, manager, member = catalogue.writer(dataset), accounts.person(), accounts.person()
    accounts.membership(dataset.publisher, manager, Membership.Role.MANAGER)
    accounts.membership(dataset.publisher, member)
    steward = accounts.staff(groups.DATA_STEWARDS)
    datasets.withdraw(actor=steward, dataset=dataset, reason="It names people.", at=at)
    assert told(owner)[-1:] == told(manager) == ["dataset.withdrawn"]
    assert told(member) == []
    assert Notification.objects.get(person=manager).detail == "It names people."
    datasets.restore(actor=steward, dataset=dataset, at=at)
    assert told(manager)[-1] == "dataset.restored"


def test_a_file_that_cannot_be_read_for_a_fault_of_ours_ends_and_is_told(
    at: datetime, settings: Any, tmp_path: Any
) -> None:
    """The storage has lost it; after the last try nobody waits for it any more."""
    one = catalogue.upload(at=at)
    settings.MEDIA_ROOT = str(tmp_path / "elsewhere")

    for days in range(5):
        catalogue.work(at + timedelta(days=days))
    assert Upload.objects.get(pk=one.pk).failure.startswith("Something broke on our side")
    assert told(catalogue.writer(one.dataset)) == ["upload.refused"]
    assert Dataset.objects.get(pk=one.dataset_id).latest == 0
