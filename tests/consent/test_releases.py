"""Releases: figures over at least k people, alone, together and subtracted; and what a withdrawal does to them."""

import csv
import gzip
import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from django.db import DatabaseError, connection, transaction
from pycanon import anonymity

from civic.core import clock, events
from civic.core.errors import Conflict, Forbidden, Invalid
from civic.core.models import Event
from civic.notifications.models import Notification
from datasets.access.models import Grant
from datasets.catalogue.operations import datasets
from datasets.consent import counts
from datasets.consent.fields import Column
from datasets.consent.models import Consent, Deletion, Inclusion, Purpose, Release
from datasets.consent.operations import releases, rights
from tests.factories import accounts, catalogue, data_access
from tests.factories import sharing as shared
from tests.visiting import visitor

pytestmark = pytest.mark.django_db
ADULT = Path(__file__).parent / "data" / "adult_subset.csv.gz"
PROFILE: list[Column] = [
    {"name": "sex", "role": "quasi"},
    {"name": "age", "role": "quasi", "width": 20},
    {"name": "race", "role": "quasi"},
    {"name": "marital-status", "role": "quasi"},
    {"name": "salary-class", "role": "sensitive"},
]
NAMES = [one["name"] for one in PROFILE]


def adult() -> list[dict[str, Any]]:
    with gzip.open(ADULT, "rt", encoding="utf-8") as stream:
        return [row | {"age": int(row["age"])} for row in csv.DictReader(stream, delimiter=";")]


def by_person(rows: list[list[Any]], columns: list[str]) -> pd.DataFrame:
    """As many lines as there are people."""
    people = [row[:-1] for row in rows for _person in range(row[-1])]
    return pd.DataFrame(people, columns=columns)


@pytest.mark.parametrize(("k", "least"), [(5, 1), (5, 2), (10, 2), (25, 2)])
def test_pycanon_finds_the_k_and_the_l_that_were_asked_for(k: int, least: int) -> None:
    rows = counts.cells(PROFILE, k, least, adult())
    table = by_person(rows, NAMES)
    quasi, sensitive = NAMES[:4], NAMES[4:]
    assert anonymity.k_anonymity(table, quasi) >= k
    assert anonymity.l_diversity(table, quasi, sensitive) >= least
    assert anonymity.k_anonymity(table, NAMES) >= k, "also of what is sensitive"
    assert len(table) > 1000, "and much of it is there"
    # Counted once more, by hand.
    groups: dict[tuple[Any, ...], dict[str, int]] = defaultdict(dict)
    for *cell, people in rows:
        groups[tuple(cell[:4])][cell[4]] = people
    assert min(sum(one.values()) for one in groups.values()) == anonymity.k_anonymity(table, quasi)
    assert min(len(one) for one in groups.values()) == anonymity.l_diversity(table, quasi, sensitive)


def answers(rows: list[list[Any]]) -> Iterator[int]:
    """The answer to each pair of filters (column = value), and what is left when it is subtracted from one of them."""
    values = [(place, value) for place in range(len(NAMES)) for value in sorted({row[place] for row in rows})]
    for one, other in itertools.combinations(values, 2):
        alone = sum(row[-1] for row in rows if row[one[0]] == one[1])
        both = sum(row[-1] for row in rows if row[one[0]] == one[1] and row[other[0]] == other[1])
        yield from (alone, both, alone - both, sum(row[-1] for row in rows) - alone)


def test_no_pair_of_filters_and_no_two_releases_tell_of_fewer_than_k_people() -> None:
    k, people = 10, adult()
    whole = counts.cells(PROFILE, k, 2, people)
    for answer in answers(whole):
        assert answer == 0 or answer >= k
    counted = {tuple(row[:-1]): row[-1] for row in whole}
    # Whoever withdraws or joins between two releases: each is a person of another cell.
    seen: set[tuple[Any, ...]] = set()
    for place, person in enumerate(people):
        looks = tuple(person[name] // 20 if name == "age" else person[name] for name in NAMES)
        if looks in seen:
            continue
        seen.add(looks)
        without = {
            tuple(row[:-1]): row[-1]
            for row in counts.cells(PROFILE, k, 2, [*people[:place], *people[place + 1 :]])
        }
        for cell in counted.keys() | without.keys():
            difference = abs(counted.get(cell, 0) - without.get(cell, 0))
            assert difference % k == 0
        if len(seen) > 40:
            break


COMMON = {"district": "Mill", "age": 30}


def crowd(purpose: Purpose, bicycles: int = 7, cars: int = 6) -> list[Any]:
    ways = ["bicycle"] * bicycles + ["car"] * cars
    return shared.crowd(purpose, [COMMON | {"way": way} for way in ways])


def status(purpose: Purpose, number: int, grant: Grant) -> int:
    assert grant.person
    return visitor(grant.person).get(f"/data/{purpose.dataset.slug}/{number}.csv").status_code


def test_a_release_rests_from_the_withdrawal_on_until_k_people_have_come_or_gone_1128_az6() -> None:
    purpose = shared.purpose()
    people = crowd(purpose)
    first = shared.release(purpose)
    assert first.rows == [["Mill", "0–49", "bicycle", 5], ["Mill", "0–49", "car", 5]]
    assert (first.people, first.shared, first.state) == (10, 10, "published")
    assert first.revision
    assert first.revision.rows == 2
    purpose.dataset.refresh_from_db()
    assert purpose.dataset.state == "published"
    grant = data_access.grant(purpose.dataset)
    assert status(purpose, 1, grant) == 200
    writer = catalogue.writer(purpose.dataset)

    consent = shared.withdraw(people[0], purpose)
    assert "1 readers had read them 1 times" in consent.withdrawal
    assert status(purpose, 1, grant) == 403
    assert visitor(writer).get(f"/data/{purpose.dataset.slug}/1.csv").status_code == 403, "its publisher, too"
    page = visitor(writer).get(f"/data/{purpose.dataset.slug}/").content.decode()
    assert "bicycle" not in page
    events.deliver_pending()
    events.deliver_pending()
    deletion = Deletion.objects.get()
    assert (deletion.grant, deletion.release, deletion.reads) == (grant, first, 1)
    assert Notification.objects.filter(kind="deletion.asked", person=grant.person).exists()
    rights.answer_deletion(actor=grant.person, deletion=deletion, answer="deleted", at=clock.now())

    # 6 bicycles are still 5, but to be read again at once would say so of who has withdrawn.
    assert releases.rebuild_releases(at=clock.now()) == 0
    crowd(purpose, bicycles=3, cars=0)
    assert releases.rebuild_releases(at=clock.now()) == 0
    assert status(purpose, 1, grant) == 403
    with pytest.raises(Conflict):
        releases.prepare_release(actor=writer, purpose=purpose, at=clock.now())
    # One has gone and four have come: the same table does not depend on who has withdrawn.
    crowd(purpose, bicycles=0, cars=1)
    assert releases.rebuild_releases(at=clock.now()) == 1
    renewed = Release.objects.get(state="published")
    assert renewed.revision == first.revision
    assert not renewed.inclusions.filter(consent=consent).exists()
    assert status(purpose, 1, grant) == 200


def test_other_figures_wait_until_k_people_have_come_or_gone_also_after_a_preview() -> None:
    purpose, at = shared.purpose(), clock.now()
    crowd(purpose, bicycles=9)
    writer = catalogue.writer(purpose.dataset)
    made = releases.prepare_release(actor=writer, purpose=purpose, at=at)
    releases.drop_release(actor=writer, release=made, at=at)
    crowd(purpose, bicycles=1, cars=0)
    with pytest.raises(Conflict):
        releases.prepare_release(actor=writer, purpose=purpose, at=at)
    # Whoever changes what they shared counts as nobody: a change of what is not counted changes nothing.
    later = at + timedelta(minutes=1)
    for consent in Consent.objects.order_by("pk")[:4]:
        assert consent.person
        shared.share(purpose, consent.person, at=later, **COMMON | {"way": "bus"})
    with pytest.raises(Conflict):
        releases.prepare_release(actor=writer, purpose=purpose, at=later)
    crowd(purpose, bicycles=2, cars=2)
    assert releases.prepare_release(actor=writer, purpose=purpose, at=later).people == 10


def test_who_withdraws_while_a_release_is_under_way_is_in_none() -> None:
    purpose = shared.purpose()
    people = crowd(purpose)
    writer, at = catalogue.writer(purpose.dataset), clock.now()
    made = releases.prepare_release(actor=writer, purpose=purpose, at=at)
    releases.send_release(actor=writer, release=made, at=at)
    shared.withdraw(people[0], purpose)
    assert Release.objects.get().state == "dropped", "at once"
    shared.read()
    purpose.dataset.refresh_from_db()
    assert (Release.objects.get().state, purpose.dataset.latest) == ("dropped", 0)
    gone = Consent.objects.get(state="withdrawn")
    crowd(purpose, bicycles=2, cars=2)
    again = releases.prepare_release(actor=writer, purpose=purpose, at=at)
    with pytest.raises(DatabaseError), transaction.atomic():
        Inclusion.objects.create(release=again, consent=gone, submission=gone.pk, version=1)
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE consent_release SET rows = '[]'")


def test_only_the_verbs_of_this_slice_fill_its_datasets_and_nobody_opens_them() -> None:
    purpose = shared.purpose()
    writer = catalogue.writer(purpose.dataset)
    with pytest.raises(Forbidden):
        catalogue.upload(purpose.dataset)
    client = visitor(writer)
    page = client.get(f"/data/{purpose.dataset.slug}/edit/")
    assert page.status_code == 200
    with pytest.raises(Invalid):
        datasets.describe(actor=writer, dataset=purpose.dataset, said=catalogue.said(), at=clock.now())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE catalogue_dataset SET access_level = 'open' WHERE by_consent")
    assert not Event.objects.filter(kind="dataset.edited").exists()
    person = accounts.person()
    assert visitor(person).get(f"/data/{purpose.dataset.slug}/").status_code == 404
