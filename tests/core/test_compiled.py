"""A query that is compiled once answers everybody as the one that is built for them alone."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.db.models import DateTimeField, QuerySet, TextField, UUIDField, Value
from django.db.models.functions import Cast
from django.utils import translation

from civic.accounts.models import Person
from civic.accounts.viewers import ViewerKind
from civic.core.compiled import CompiledQuery

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 12, tzinfo=UTC)


def said(**columns: Any) -> QuerySet[ContentType]:
    return ContentType.objects.filter(app_label="core", model="event").annotate(**columns)


def text(value: str) -> Any:
    return Value(value, output_field=TextField())


def test_values_are_asked_anew_and_constants_stay(django_assert_num_queries: Any) -> None:
    def build(word: str, *, key: UUID, slug: str, at: datetime) -> QuerySet[ContentType]:
        moment = Value(at, output_field=DateTimeField())
        return said(word=text(word), slug=text(slug), key=Value(key, output_field=UUIDField()), at=moment)

    query = CompiledQuery(ContentType, build)
    for number in range(3):
        key, slug, at = uuid4(), f"slug-{number}", AT + timedelta(days=number)
        for word in ("one", "two"):
            with django_assert_num_queries(1):
                found: Any = query.get(word, key=key, slug=slug, at=at)
            assert (found.word, found.key, found.slug, found.at) == (word, key, slug, at)
            assert found == ContentType.objects.get(app_label="core", model="event")


def test_built_once_for_each_shape_type_and_language() -> None:
    built = []

    def build(word: object, *, slug: str | None) -> QuerySet[ContentType]:
        built.append(word)
        return said(slug=text(slug or ""), language=text(translation.get_language()))

    query = CompiledQuery(ContentType, build)
    for slug in ("a", "b", None, "c"):
        query.get("one", slug=slug)
    assert len(built) == 4  # twice, for a text and for None
    with translation.override("de"):
        german: Any = query.get("one", slug="a")
        assert german.language == "de"
    assert len(built) == 6
    query.get("two", slug="a")
    assert len(built) == 8


def test_one_row_or_none_or_several() -> None:
    every = CompiledQuery(ContentType, lambda *, app: ContentType.objects.filter(app_label=app))
    with pytest.raises(ContentType.DoesNotExist):
        every.get(app="nobody's")
    with pytest.raises(ContentType.MultipleObjectsReturned):
        every.get(app="core")
    assert set(every.all(app="core")) == set(ContentType.objects.filter(app_label="core"))


@pytest.mark.parametrize(
    "build",
    [
        lambda *, at: said(day=Value(at - timedelta(days=1), output_field=DateTimeField())),
        lambda *, at: said(day=text(at.isoformat())),
        lambda *, at: said(late=text("late")) if at > AT else said(),
        lambda *, at: said(late=text("late" if at > AT else "soon")),
        lambda *, at: said(people=text(str(Person.objects.count())), at=Cast(Value(at), DateTimeField())),
    ],
    ids=["computed", "as text", "decides the columns", "decides a constant", "asks the database"],
)
def test_what_would_be_kept_for_everybody_is_refused(build: Any) -> None:
    with pytest.raises(ImproperlyConfigured):
        CompiledQuery(ContentType, build).get(at=AT)


def test_of_a_viewer_nothing_is_read_but_what_makes_their_kind() -> None:
    staff = Person(email="a@b.example", is_staff=True)
    staff.__dict__["group_names"] = frozenset({"auditors"})
    kind = ViewerKind.of(staff)
    somebody: Any = kind.stand_in(staff.pk)
    assert (somebody.pk, somebody.is_staff, somebody.group_names) == (staff.pk, True, {"auditors"})
    assert (somebody.is_active, somebody.is_superuser, somebody.is_authenticated) == (True, False, True)
    query = CompiledQuery(
        ContentType, lambda kind, *, viewer: said(name=text(kind.stand_in(viewer).name or "nobody"))
    )
    with pytest.raises(ImproperlyConfigured, match="asks the database"):
        query.get(kind, viewer=staff.pk)


def test_many_threads_ask_at_once() -> None:
    query = CompiledQuery(ContentType, lambda *, slug: said(slug=text(slug)))

    def ask(number: int) -> bool:
        try:
            answers: list[Any] = [query.get(slug=f"{number}-{turn}") for turn in range(20)]
        finally:
            connection.close()
        return [answer.slug for answer in answers] == [f"{number}-{turn}" for turn in range(20)]

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(ask, range(16)))
