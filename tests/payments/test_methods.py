"""Saved ways to pay: listed for their owner, removed for good."""

import logging
from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from django.test import Client

from civic.core.errors import Forbidden
from civic.core.registry import Hook
from marketplace.payments import operations, purposes
from marketplace.payments.models import Command, Method
from tests.factories import accounts, payments
from tests.factories.payments import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def used() -> Iterator[list[UUID]]:
    """Methods that a pledge will be charged to."""
    methods: list[UUID] = []
    named = Hook("pledge", lambda keys: {key: purposes.Purpose("The garden") for key in keys})
    charged = Hook("pledges", lambda keys: {key: ["pledge:1"] for key in keys if key in methods})
    with purposes.resolvers.temporarily(named), purposes.charging.temporarily(charged):
        yield methods


def test_the_page_lists_what_each_is_used_for(client: Client, used: list[UUID]) -> None:
    owner = accounts.person()
    mine, other = payments.method(person=owner), payments.method()
    used.append(mine.pk)
    client.force_login(owner)
    page = client.get("/me/payment-methods/").content.decode()
    assert "The garden" in page
    assert str(other.pk) not in page


def test_removing_asks_first_says_what_happens_and_is_for_good(client: Client, used: list[UUID]) -> None:
    method = payments.method()
    used.append(method.pk)
    client.force_login(method.person)  # type: ignore[arg-type]
    address = f"/me/payment-methods/{method.pk}/remove/"
    assert "The garden" in client.get(address).content.decode()
    assert Method.objects.get().removed_at is None
    assert client.post(address).status_code == 302
    assert Method.objects.get().removed_at
    assert client.get(address).status_code == 404
    assert "Demo card" not in client.get("/me/payment-methods/").content.decode().split("</h1>")[1].split(
        "<footer"
    )[0].replace("Demo card is removed", "")


def test_nobody_removes_the_card_of_another(client: Client) -> None:
    method = payments.method()
    client.force_login(accounts.person())
    assert client.post(f"/me/payment-methods/{method.pk}/remove/").status_code == 404
    with pytest.raises(Forbidden):
        operations.remove_method(actor=accounts.person(), method=method, at=AT)
    assert Method.objects.get().removed_at is None


def test_nothing_is_charged_to_what_was_removed() -> None:
    method = payments.method()
    operations.remove_method(actor=method.person, method=method, at=AT)  # type: ignore[arg-type]
    charge = payments.charge(method=method, payer=method.person)
    payments.work()
    charge.refresh_from_db()
    assert (charge.state, charge.failure) == ("failed", "This way to pay was removed.")
    assert not payments.balances()


def test_removed_between_preparing_and_charging_takes_nothing() -> None:
    method = payments.method()
    charge = payments.charge(method=method, payer=method.person)
    operations.run_commands(at=AT, limit=1)
    operations.remove_method(actor=method.person, method=method, at=AT)  # type: ignore[arg-type]
    payments.work()
    charge.refresh_from_db()
    assert charge.state == "failed"
    assert not payments.balances()


def test_stripe_lets_go_of_it_and_a_second_time_harms_nothing(twin: Any, caplog: Any) -> None:
    caplog.set_level(logging.INFO)
    twin("make_method", name="pm_ok", customer="cus_1")
    method = Method.objects.create(
        person=accounts.person(), provider="stripe", customer_ref="cus_1", provider_ref="pm_ok", label="Visa"
    )
    operations.remove_method(actor=method.person, method=method, at=AT)  # type: ignore[arg-type]
    payments.work()
    (card,) = twin.all("payment_method")
    assert card["customer"] is None
    Command.objects.update(done_at=None, key="again")
    payments.work()
    assert Command.objects.get().done_at
    assert "was not attached any more" in caplog.text
