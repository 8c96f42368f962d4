"""The city as it issues invoices: changed with a reason that stays, by a row more."""

import pytest
from django.test import Client

from civic.core import events
from civic.core.errors import Invalid
from marketplace.invoicing.models import Issuer
from marketplace.invoicing.operations.issuers import declare_issuer
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


@pytest.mark.parametrize("wrong", ["", "12/345/67890", "FR40303265045", "DE123456789"])
def test_an_issuer_has_a_vat_number_of_its_country(wrong: str) -> None:
    before = sponsors.issuer()
    fields = ("name", "street", "postcode", "city", "country", "email", "vat_rate_bp", "payment_days")
    details = {name: getattr(before, name) for name in fields}
    with pytest.raises(Invalid) as refused:
        declare_issuer(actor=sponsors.officer(), reason="Moved.", at=sponsors.AT, vat_id=wrong, **details)
    assert "vat_id" in refused.value.fields
    tidied = declare_issuer(
        actor=sponsors.officer(), reason="Moved.", at=sponsors.AT, vat_id="de 136 695 976", **details
    )
    assert tidied.vat_id == "DE136695976"


@pytest.mark.parametrize(
    ("field", "typed"), [("vat_rate_bp", "19000"), ("payment_days", "3000"), ("payment_days", "0")]
)
def test_a_slip_in_what_invoices_say_is_refused_and_stays_typed_1127_oc12(field: str, typed: str) -> None:
    before = sponsors.issuer()
    client = Client()
    client.force_login(sponsors.officer())
    names = (
        "name",
        "street",
        "postcode",
        "city",
        "country",
        "email",
        "vat_id",
        "vat_rate_bp",
        "payment_days",
    )
    form = {name: getattr(before, name) for name in names} | {field: typed, "reason": "The new law."}
    answer = client.post("/admin/invoicing/issuer/add/", form)
    assert answer.status_code == 200
    assert answer.context["adminform"].form.errors.keys() == {field}
    assert f'value="{typed}"' in answer.content.decode()
    assert Issuer.objects.count() == 1
