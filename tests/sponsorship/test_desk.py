"""The desk of sponsorships: actions with reasons for finance officers, reading for auditors."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from civic.accounts import groups
from civic.core import clock
from marketplace.invoicing.models import Invoice
from marketplace.sponsorship.operations import sponsorships
from tests.factories import accounts, sponsors
from tests.sponsorship.test_pages import now_campaign
from tests.visiting import with_password

pytestmark = pytest.mark.django_db


def test_the_desk_works_by_actions_with_reasons(client: Client) -> None:
    made = sponsors.offered(now_campaign(), at=clock.now())
    officer = sponsors.officer()
    with_password(client, officer)
    page = reverse("admin:sponsorship_sponsorship_changelist")
    assertContains(client.get(page), made.organisation.name)
    act, done = {"_selected_action": [str(made.pk)], "action": "check_conflict"}, {"confirmed": "yes"}
    assertContains(client.post(page, act), "Reason")
    client.post(page, act | {"reason": "No ties known."} | done)
    made.refresh_from_db()
    assert made.state == "conflict_checked"
    sponsorships.contract(actor=sponsors.owner_of(made.organisation), sponsorship=made, at=clock.now())
    client.post(page, act | {"action": "issue", "reason": "Contracted."} | done)
    made.refresh_from_db()
    invoice = made.invoice
    sponsors.work(clock.now())
    desk = reverse("admin:invoicing_invoice_changelist")
    assertContains(client.get(f"{desk}?standing=open"), invoice.number)
    assertNotContains(client.get(f"{desk}?standing=overdue"), invoice.number)
    part = {
        "_selected_action": [str(invoice.pk)],
        "action": "expect_part",
        "part": "500",
        "reason": "Agreed.",
    }
    assertContains(client.post(desk, part | done, follow=True), "It waits for the part under")
    assert sponsors.invoice_charges.open_charges(invoice).latest("created_at").amount_minor == 500_00
    client.post(
        desk,
        {
            "_selected_action": [str(invoice.pk)],
            "action": "credit_whole",
            "reason": "A mistake.",
            "confirmed": "yes",
        },
    )
    assert Invoice.objects.filter(corrects=made.invoice).exists()
    assert client.get(reverse("admin:invoicing_invoice_change", args=[invoice.pk])).status_code == 200
    assert client.get(reverse("admin:invoicing_issuer_add")).status_code == 200


def test_auditors_read_and_do_nothing(client: Client) -> None:
    made = sponsors.offered(now_campaign(), at=clock.now())
    client.force_login(accounts.staff(groups.AUDITORS))
    page = reverse("admin:sponsorship_sponsorship_changelist")
    assertNotContains(client.get(page), "check_conflict")
    sent = {
        "_selected_action": [str(made.pk)],
        "action": "check_conflict",
        "reason": "So.",
        "confirmed": "yes",
    }
    client.post(page, sent)
    made.refresh_from_db()
    assert made.state == "offered"
    assert client.get(reverse("admin:invoicing_issuer_add")).status_code == 403
