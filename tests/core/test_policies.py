"""The table of policies: who is asked for what, and what an undeclared question does."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from civic.accounts.models import Area, Organisation, Person
from civic.core.errors import Forbidden
from civic.core.policies import Policy, UnknownPolicy, may, policies, policy, require

LOW = Policy("accounts.area/flood", lambda actor, area: area.name == "Low", "Only what lies low.")


@pytest.fixture
def person() -> Person:
    return Person(is_active=True)


def test_a_rule_is_asked_by_kind_and_verb(person: Person) -> None:
    with policies.temporarily(LOW):
        assert may(person, "flood", Area(name="Low"))
        assert not may(person, "flood", Area(name="High"))
        require(person, "flood", Area(name="Low"))


def test_whom_it_refuses_is_told_in_the_words_of_the_policy(person: Person) -> None:
    with policies.temporarily(LOW), pytest.raises(Forbidden, match="Only what lies low"):
        require(person, "flood", Area(name="High"))


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

    with policies.temporarily(LOW):
        assert may(person, "flood", Suburb(name="Low"))
    assert may(person, "edit", SimpleLazyObject(lambda: person))


def test_a_rule_that_reads_its_row_is_not_asked_of_the_class(person: Person) -> None:
    """The class has attributes of the same names, which are all true."""
    with pytest.raises(UnknownPolicy):
        may(person, "close", Person)
    assert not may(person, "appoint", Person)


def test_an_area_without_rows_has_rules_of_its_own(person: Person) -> None:
    with policies.temporarily(Policy("keys/turn", lambda actor, area: True)):
        assert may(person, "turn", "keys")


def test_a_second_rule_for_a_pair_fails_at_import(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "closed", False)
    with pytest.raises(ImproperlyConfigured, match="edit"):

        @policy(Organisation, "edit")
        def edits(actor: Person, organisation: object) -> bool:
            return True
