"""What the database itself refuses about sponsorships, tried through SQL."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import DatabaseError, connection, transaction

from marketplace.sponsorship.models import Package, Sponsorship
from tests.factories import sponsors

pytestmark = pytest.mark.django_db


def refused(write: Callable[[], object], message: str) -> None:
    with pytest.raises(DatabaseError, match=message), transaction.atomic():  # noqa: PT012
        write()
        connection.check_constraints()


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def copied(row: Any, **changes: Any) -> Any:
    """The same row once more under another id, past every operation."""
    facts = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    return type(row)(**(facts | {"id": uuid4()} | changes))


def insert(row: Any, **changes: Any) -> Callable[[], object]:
    return lambda: copied(row, **changes).save(force_insert=True)


def test_a_sponsorship_gets_the_invoice_that_bills_it_and_keeps_it() -> None:
    contract, other = sponsors.contracted(), sponsors.invoiced()
    own = {"account": contract.account, "organisation_id": contract.organisation_id}
    for number, wrong in enumerate(
        (
            {"currency": "JPY"},
            {"account": "sponsorship/else"},
            {"organisation_id": sponsors.business().pk},
            {"net_minor": 1_000_01, "vat_minor": 190_00, "gross_minor": 1_190_01},
        ),
        start=2,
    ):
        made = copied(other, serial=number, number=f"DEMO-2026-{number:05}", **(own | wrong))
        made.save(force_insert=True)
        refused(
            lambda made=made: Sponsorship.objects.filter(pk=contract.pk).update(invoice=made),
            "not the invoice of this sponsorship",
        )
    refused(
        lambda: Sponsorship.objects.filter(invoice=other).update(invoice=None),
        "not the invoice of this sponsorship",
    )


def test_sponsors_together_stay_within_their_share() -> None:
    campaign = sponsors.campaign({"amount_minor": 2_500_00})
    sponsors.offered(campaign)
    last = sponsors.offered(campaign)
    third = sponsors.business()
    refused(insert(last, organisation_id=third.pk, token=uuid4()), "more than their share")
    ended = copied(last, organisation_id=third.pk, token=uuid4(), state="lapsed")
    ended.save(force_insert=True)
    refused(lambda: Sponsorship.objects.filter(pk=ended.pk).update(state="offered"), "more than their share")


def test_places_of_a_package() -> None:
    campaign = sponsors.campaign({"places": 1})
    first = sponsors.offered(campaign)
    refused(insert(first, organisation_id=sponsors.business().pk, token=uuid4()), "no place of this package")


def test_an_offer_is_what_its_package_is() -> None:
    first = sponsors.offered()
    other = sponsors.business()
    for wrong in ({"amount_minor": 1}, {"currency": "JPY"}, {"campaign_id": sponsors.campaign().pk}):
        refused(insert(first, organisation_id=other.pk, token=uuid4(), **wrong), "is not its package's")


def test_no_contract_without_a_check() -> None:
    made = sponsors.offered()
    refused(
        lambda: Sponsorship.objects.filter(pk=made.pk).update(state="contracted"), "checked_before_contract"
    )


@pytest.mark.parametrize(
    "change", [{"amount_minor": 1}, {"benefits": "More"}, {"conflict": "Other"}, {"currency": "USD"}]
)
def test_what_was_offered_stays(change: dict[str, Any]) -> None:
    made = sponsors.offered()
    refused(lambda: Sponsorship.objects.filter(pk=made.pk).update(**change), "not changed or deleted")


def test_a_sponsorship_is_never_deleted() -> None:
    made = sponsors.offered()
    refused(
        lambda: sql("DELETE FROM sponsorship_sponsorship WHERE id = %s", made.pk), "not changed or deleted"
    )


def test_packages_are_frozen_once_the_campaign_is_open() -> None:
    package = sponsors.campaign().packages.get()
    refused(lambda: Package.objects.filter(pk=package.pk).update(amount_minor=1), "campaign has opened")
    refused(lambda: sql("DELETE FROM sponsorship_package WHERE id = %s", package.pk), "campaign has opened")
    refused(insert(package, title="Other"), "campaign has opened")
