"""The table of policies: who is asked for what, and what an undeclared question does."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from civic.accounts.models import Area, Organisation, Person
from civic.core import policies
from civic.core.errors import Forbidden
from civic.core.policies import UnknownPolicy, may, policy, require


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the table, so that rules of a test are gone after it."""
    monkeypatch.setattr(policies, "_policies", dict(policies._policies))


@pytest.fixture
def person() -> Person:
    return Person(is_active=True)


def test_a_rule_is_asked_by_kind_and_verb(person: Person) -> None:
    @policy(Area, "flood")
    def floods(actor: Person, area: Area) -> bool:
        return area.name == "Low"

    assert may(person, "flood", Area(name="Low"))
    assert not may(person, "flood", Area(name="High"))
    with pytest.raises(Forbidden):
        require(person, "flood", Area(name="High"))


def test_whom_it_refuses_is_told_in_the_words_of_the_policy(person: Person) -> None:
    @policy(Area, "flood", refusal="Nobody floods.")
    def floods(actor: Person, area: object) -> bool:
        return False

    with pytest.raises(Forbidden, match="Nobody floods"):
        require(person, "flood", Area())


@pytest.mark.parametrize(
    "actor", [None, AnonymousUser(), Person(is_active=False), SimpleLazyObject(AnonymousUser)]
)
def test_nobody_signed_out_or_closed_may_do_what_everybody_may(actor: Any) -> None:
    assert not may(actor, "create", Organisation)


@pytest.mark.parametrize("actor", [None, AnonymousUser(), Person(is_active=True)])
def test_an_undeclared_question_is_an_error_for_everybody(actor: Any) -> None:
    for thing in (Area(), Area, "areas"):
        with pytest.raises(UnknownPolicy):
            may(actor, "flood", thing)
        with pytest.raises(UnknownPolicy):
            require(actor, "flood", thing)


def test_a_proxy_and_a_lazy_object_fall_to_the_rule_of_their_kind(person: Person) -> None:
    class Suburb(Area):
        class Meta:
            proxy = True
            app_label = "accounts"

    @policy(Area, "flood")
    def floods(actor: Person, area: Area) -> bool:
        return True

    assert may(person, "flood", Suburb())
    assert may(person, "edit", SimpleLazyObject(lambda: person))


def test_a_rule_that_reads_its_row_is_not_asked_of_the_class(person: Person) -> None:
    """The class has attributes of the same names, which are all true."""
    with pytest.raises(UnknownPolicy):
        may(person, "close", Person)
    assert not may(person, "appoint", Person)


def test_an_area_without_rows_has_rules_of_its_own() -> None:
    @policy("keys", "turn")
    def turns(actor: Any, area: object) -> bool:
        return True

    actor: Any = SimpleNamespace(is_authenticated=True, is_active=True)
    assert may(actor, "turn", "keys")


def test_a_second_rule_for_a_pair_fails_at_import() -> None:
    with pytest.raises(ImproperlyConfigured, match="edit"):

        @policy(Organisation, "edit")
        def edits(actor: Person, organisation: object) -> bool:
            return True
