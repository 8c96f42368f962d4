"""Only `transition` writes a state; illegal steps change nothing and leave no event."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection

from civic.accounts.models import Organisation
from civic.accounts.states import OrganisationState
from civic.core import events
from civic.core.errors import IllegalTransition
from civic.core.states import diagram, stateful_models, transition

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


def organisation() -> Organisation:
    return Organisation.objects.create(
        name="Linn Rowers", slug="linn-rowers", kind=Organisation.Kind.COMMUNITY
    )


@pytest.mark.django_db
def test_a_step_writes_the_state_its_time_and_its_event() -> None:
    rowers = organisation()
    event = transition(rowers, "check", actor=None, at=AT, reason="seen the register")
    rowers.refresh_from_db()
    assert (rowers.state, rowers.state_since) == (OrganisationState.CHECKED, AT)
    assert (event.kind, event.payload) == (
        "organisation.checked",
        {"from": "unchecked", "to": "checked"},
    )
    assert event.note == "seen the register"


@pytest.mark.django_db
def test_an_illegal_step_changes_nothing() -> None:
    rowers = organisation()
    with pytest.raises(IllegalTransition):
        transition(rowers, "reinstate", actor=None, at=AT)
    rowers.refresh_from_db()
    assert rowers.state == OrganisationState.UNCHECKED
    assert not events.about(rowers).exists()


@pytest.mark.django_db
def test_saving_a_changed_state_is_refused() -> None:
    rowers = organisation()
    rowers.state = OrganisationState.CHECKED
    with pytest.raises(IllegalTransition):
        rowers.save()
    loaded = Organisation.objects.get(pk=rowers.pk)
    loaded.state = OrganisationState.SUSPENDED
    with pytest.raises(IllegalTransition):
        loaded.save()


@pytest.mark.django_db
def test_the_table_is_read_for_the_state_in_the_database_not_in_memory() -> None:
    rowers = organisation()
    stale = Organisation.objects.get(pk=rowers.pk)
    transition(rowers, "suspend", actor=None, at=AT)
    with pytest.raises(IllegalTransition):
        transition(stale, "check", actor=None, at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_at_once_one_wins() -> None:
    rowers = organisation()
    outcomes: list[str] = []

    def step() -> None:
        try:
            transition(Organisation.objects.get(pk=rowers.pk), "check", actor=None, at=AT)
            outcomes.append("moved")
        except IllegalTransition:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=step) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["moved"] + ["refused"] * 7
    assert events.about(rowers).count() == 1


def test_every_table_leads_only_to_states_that_exist() -> None:
    for model in stateful_models():
        states = set(dict(model._meta.get_field("state").flatchoices))
        table = model.TRANSITIONS  # type: ignore[attr-defined]
        assert {before for _, before in table} | set(table.values()) <= states
        assert "stateDiagram-v2" in diagram(model)  # type: ignore[arg-type]
