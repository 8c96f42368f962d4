"""What a payer has in hand: the list, receipts, the statement of a year, the same as data."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from civic.core import clock
from civic.core.registry import Hook
from marketplace.payments import documents, operations, purposes, receipts
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payments.providers import demo
from tests.factories import accounts, payments
from tests.factories.payments import AT, euro

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def garden() -> Iterator[list[list[str]]]:
    """Somebody who knows what gifts are for; notes how often it is asked."""
    asked: list[list[str]] = []

    def known(keys: list[str]) -> dict[str, purposes.Purpose]:
        asked.append(keys)
        return {key: purposes.Purpose("Garden of the Harbour", "/projects/garden/") for key in keys}

    with purposes.resolvers.temporarily(Hook("gift", known)):
        yield asked


def refunded(charge: Charge, cents: int, key: str) -> None:
    operations.request_refund(
        actor=None, charge=charge, amount=euro(cents), key=key, reason="The goal was missed.", at=clock.now()
    )
    payments.work(clock.now())


def text(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


def test_the_receipt_shows_what_arrived_and_went_back(client: Client) -> None:
    charge = payments.paid(2500)
    refunded(charge, 1000, "a")
    client.force_login(charge.payer)  # type: ignore[arg-type]
    page = client.get(f"/me/payments/{charge.pk}/").content.decode()
    assert "€25" in page
    assert "-€10" in page or "−€10" in page
    assert "Garden of the Harbour" in page
    assert documents.number_of(charge) in page
    written = text(client.get(f"/me/payments/{charge.pk}.pdf").content)
    for words in (
        "€25.00",
        "€10.00",
        "€15.00",
        "Garden of the Harbour",
        documents.number_of(charge),
        "no real money",
    ):
        assert words in written


def test_there_is_no_receipt_before_the_money_or_for_others(client: Client) -> None:
    waiting, paid = payments.charge(), payments.paid()
    client.force_login(waiting.payer)  # type: ignore[arg-type]
    for charge in (waiting, paid):
        assert client.get(f"/me/payments/{charge.pk}/").status_code == 404
        assert client.get(f"/me/payments/{charge.pk}.pdf").status_code == 404
    client.logout()
    assert client.get(f"/me/payments/{paid.pk}.pdf").status_code in (302, 403)


def test_a_year_adds_up_to_what_the_ledger_has(client: Client, garden: Any) -> None:
    payer = accounts.person()
    first, second = payments.paid(2500, payer=payer), payments.paid(4000, payer=payer)
    refunded(first, 2500, "a")
    demo.dispute(second)
    payments.work(clock.now())
    payments.paid(700, payer=payer)
    payments.paid(9999)
    (year,) = receipts.years(payer)
    assert year.totals == [euro(700)]
    assert sum(movement.amount.minor for movement in year.movements) == 700
    garden.clear()
    client.force_login(payer)
    written = text(client.get(f"/me/payments/{year.number}.pdf").content)
    assert "€7.00" in written
    assert (written.count("Given back"), written.count("Taken back by your bank")) == (1, 1)
    assert len(garden) == 1
    assert client.get(f"/me/payments/{year.number - 1}.pdf").status_code == 404


def test_a_won_dispute_counts_as_paid() -> None:
    charge = payments.paid(4000)
    for status in (DemoPayment.Status.DISPUTED, DemoPayment.Status.WON):
        demo.dispute(charge, status)
        payments.work(clock.now())
    (year,) = receipts.years(charge.payer)  # type: ignore[arg-type]
    assert year.totals == [euro(4000)]


def test_years_end_with_local_midnight(settings: Any) -> None:
    """23:30 in UTC on the last day of the year is next year in Berlin."""
    charge = payments.charge(at=AT)
    payments.work(AT)
    payments.decide(charge, "paid")
    operations.process_webhooks(at=datetime(2027, 1, 1, tzinfo=UTC))
    (year,) = receipts.years(charge.payer)  # type: ignore[arg-type]
    settings.TIME_ZONE = "Europe/Berlin"
    assert year.number == 2027


@pytest.mark.parametrize("payments_made", [1, 12])
def test_the_list_costs_the_same_for_few_and_many(
    client: Client, django_assert_max_num_queries: Any, payments_made: int
) -> None:
    payer = accounts.person()
    for _ in range(payments_made):
        payments.paid(payer=payer)
    client.force_login(payer)
    with django_assert_max_num_queries(14):
        page = client.get("/me/payments/").content.decode()
    assert page.count("Garden of the Harbour</strong>") == payments_made


def test_nobody_reads_the_payments_of_others_as_data(client: Client) -> None:
    own, other = payments.paid(), payments.paid()
    assert client.get("/api/v1/me/payments/").status_code in (401, 403)
    client.force_login(own.payer)  # type: ignore[arg-type]
    found = client.get("/api/v1/me/payments/").json()["results"]
    assert [one["id"] for one in found] == [str(own.pk)]
    assert str(other.pk) not in str(found)
    assert found[0]["amount_minor"] == 2500
    assert "account" not in found[0]
