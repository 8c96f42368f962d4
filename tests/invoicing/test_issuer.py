"""The city as it issues invoices: changed with a reason that stays, by a row more."""

import pytest
from django.test import Client

from civic.core import events
from marketplace.invoicing.models import Issuer
from marketplace.invoicing.operations.issuing import current_issuer
from tests.factories import accounts, sponsors

pytestmark = pytest.mark.django_db


def test_the_tax_rate_changes_by_a_new_row_with_a_reason_and_an_event() -> None:
    before = sponsors.issuer()
    client = Client()
    client.force_login(sponsors.officer())
    form = client.get("/admin/invoicing/issuer/add/").content.decode()
    assert before.vat_id in form  # what is in use stands there: only what changes is typed
    typed = {
        name: getattr(before, name) for name in ("name", "street", "postcode", "city", "country", "email")
    }
    typed |= {"vat_id": before.vat_id, "vat_rate_bp": "700", "payment_days": "30"}
    assert client.post("/admin/invoicing/issuer/add/", {**typed, "reason": " "}).status_code == 200
    assert Issuer.objects.count() == 1
    assert client.post("/admin/invoicing/issuer/add/", {**typed, "reason": "The new law."}).status_code == 302
    assert current_issuer().vat_rate_bp == 700
    event = events.about(current_issuer()).get()
    assert (event.kind, event.note, event.payload["vat_rate_bp"]) == ("issuer.declared", "The new law.", 700)


def test_a_row_that_invoices_were_issued_from_is_not_changed() -> None:
    before = sponsors.issuer()
    for reader in (sponsors.officer(), accounts.staff("auditors")):
        client = Client()
        client.force_login(reader)
        client.post(f"/admin/invoicing/issuer/{before.pk}/change/", {"vat_rate_bp": "0"})
    before.refresh_from_db()
    assert before.vat_rate_bp == 1900
