"""What the newest revision says already makes no revision; who withdraws later is told as the first (BA2, BA4)."""

from typing import Any

import pytest
from django.urls import reverse

from civic.core.errors import Conflict
from datasets.consent.models import Release
from tests.consent.test_waiting import answers, drop, prepare, send
from tests.factories import data_access as access
from tests.factories import sharing as shared
from tests.visiting import visitor

pytestmark = pytest.mark.django_db


def test_the_same_figures_once_more_are_not_sent_1128_ba2() -> None:
    purpose = shared.purpose()
    shared.crowd(purpose, answers(bicycle=5, car=5))
    first = shared.release(purpose)
    shared.crowd(purpose, answers(bicycle=4, car=4))
    made = prepare(purpose)
    assert made.rows == first.rows
    with pytest.raises(Conflict, match="has the same figures"):
        send(made)
    assert drop(made).state == "dropped"


@pytest.mark.parametrize("is_sent", [False, True], ids=["before it is sent", "after"])
def test_what_rests_meanwhile_is_renewed_by_the_same_figures_1128_ba2(is_sent: bool) -> None:
    purpose = shared.purpose()
    people = shared.crowd(purpose, answers(bicycle=6, car=5))
    shared.release(purpose)
    # The one who is in the first alone goes; those who come make up for nothing that is seen.
    shared.withdraw(people[0], purpose)
    shared.crowd(purpose, answers(bicycle=4))
    assert prepare(purpose).state == "published", "renewed as it is counted"
    purpose.dataset.refresh_from_db()
    assert purpose.dataset.latest == 1
    shared.crowd(purpose, answers(car=9))
    made = prepare(purpose)
    if is_sent:
        made = send(made)
    shared.withdraw(people[-1], purpose)
    shared.read()
    made.refresh_from_db()
    assert made.state in ("dropped", "published")
    assert not Release.objects.filter(state="sent").exists()


def test_each_who_withdraws_is_told_what_was_taken_away_1128_ba4() -> None:
    purpose = shared.purpose()
    people = shared.crowd(purpose, answers(bicycle=5, car=5))
    shared.release(purpose)
    purpose.dataset.refresh_from_db()
    grant = access.approve(access.sent(purpose.dataset))
    address = reverse("catalogue:file", args=[purpose.dataset.slug, 1, "csv"])
    reader: Any = visitor(grant.person)
    assert reader.get(address).status_code == 200
    for person in people[:2]:
        said = shared.withdraw(person, purpose).withdrawal
        assert "Revisions suspended: 1. Before that, 1 readers had read them 1 times" in said
