"""The residents' register: read strictly, kept as marks, matched with limited tries."""

import io
from datetime import UTC, date, datetime, timedelta

import pytest

from civic.accounts import operations
from civic.accounts.models import RegistryEntry, RegistryUpload
from civic.accounts.roles import verified_resident
from civic.core.errors import Conflict, Forbidden, Invalid
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db

HEAD = "name,birth_date,number,area\n"


@pytest.fixture
def steward():
    return make.staff("data-stewards")


@pytest.fixture
def area():
    return make.area()


def upload(steward, text, at):
    content = text if isinstance(text, bytes) else text.encode()
    return operations.upload_registry(actor=steward, file=io.BytesIO(content), at=at)


def test_a_line_verifies_the_person_with_the_same_facts(steward, area, at):
    upload(steward, HEAD + f'"Lind, Ada",1984-07-31,AB-12 3,{area.slug}\n', at)
    person = make.person()
    facts = {"name": "ADA LIND", "born": date(1984, 7, 31), "number": "ab123"}
    residency = operations.match_registry(actor=person, at=at, **facts)
    assert residency.area == area
    assert verified_resident(person, at, [area.pk])
    with pytest.raises(Conflict):
        operations.match_registry(actor=make.person(), at=at, **facts)


def test_nothing_readable_is_kept(steward, area, at):
    upload(steward, HEAD + f"Ada Lind,1984-07-31,AB123,{area.slug}\n", at)
    assert "Ada" not in str(list(RegistryEntry.objects.values()))
    assert "AB123" not in str(list(RegistryEntry.objects.values()))


def test_an_upload_replaces_the_one_before(steward, area, at):
    upload(steward, HEAD + f"Ada Lind,1984-07-31,1,{area.slug}\nBo Berg,1990-01-01,2,{area.slug}\n", at)
    upload(steward, HEAD + f"Bo Berg,1990-01-01,2,{area.slug}\n", at)
    assert RegistryEntry.objects.count() == 1
    with pytest.raises(Invalid):
        operations.match_registry(
            actor=make.person(), name="Ada Lind", born=date(1984, 7, 31), number="1", at=at
        )


@pytest.mark.parametrize(
    ("bad", "line"),
    [
        ("Ada Lind,31.07.1984,1,{area}\n", 3),
        ("Ada Lind,1784-07-31,1,{area}\n", 3),
        ("Ada Lind,2984-07-31,1,{area}\n", 3),
        (" ,1984-07-31,1,{area}\n", 3),
        ("Ada Lind,1984-07-31,-,{area}\n", 3),
        ("Ada Lind,1984-07-31,1,nowhere\n", 3),
        ("Ada Lind,1984-07-31,1\n", 3),
        ("Ada Lind,1984-07-31,1,{area},more\n", 3),
        ("\n", 3),
        ("Berg Bo,1990-01-01,2,{area}\n", 3),
        ('"Ada Lind,1984-07-31,1,{area}\n', 4),
    ],
)
def test_one_bad_line_and_nothing_is_imported(steward, area, at, bad, line):
    with pytest.raises(Invalid) as refusal:
        upload(steward, (HEAD + "Bo Berg,1990-01-01,2,{area}\n" + bad).format(area=area.slug), at)
    assert f"Line {line}:" in str(refusal.value.fields["file"]) or line == 4
    assert "Nothing was imported" in str(refusal.value.fields["file"])
    assert not RegistryUpload.objects.exists()
    assert not RegistryEntry.objects.exists()


@pytest.mark.parametrize(
    "content", [b"", b"name;birth_date;number;area\n", HEAD.encode(), b"\xff\xfe\x00n\x00a"]
)
def test_what_is_no_extract_is_refused(steward, content, at):
    with pytest.raises(Invalid):
        upload(steward, content, at)


def test_the_refusal_repeats_nothing_personal(steward, at):
    with pytest.raises(Invalid) as refusal:
        upload(steward, HEAD + "Ada Lind,1984-07-31,SECRET9,nowhere\n", at)
    assert "Lind" not in str(refusal.value.fields)
    assert "SECRET9" not in str(refusal.value.fields)


def test_only_data_stewards_upload(area, at):
    with pytest.raises(Forbidden):
        upload(make.staff("moderators"), HEAD, at)


def test_five_wrong_tries_a_day(steward, area, at):
    upload(steward, HEAD + f"Ada Lind,1984-07-31,1,{area.slug}\n", at)
    person = make.person()
    right = {"name": "Ada Lind", "born": date(1984, 7, 31), "number": "1"}
    for number in range(5):
        with pytest.raises(Invalid):
            operations.match_registry(actor=person, at=at, **(right | {"number": f"wrong{number}"}))
    with pytest.raises(Conflict):
        operations.match_registry(actor=person, at=at, **right)
    operations.match_registry(actor=person, at=at + timedelta(days=1, seconds=1), **right)


def test_a_child_of_this_night_is_no_wrong_line_1127_ay13(steward, area):
    night = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)
    upload(steward, HEAD + f"Ada Lind,2026-03-02,1,{area.slug}\n", night)
    assert RegistryEntry.objects.count() == 1
    with pytest.raises(Invalid):
        upload(steward, HEAD + f"Ada Lind,2026-03-03,1,{area.slug}\n", night)
