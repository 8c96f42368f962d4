"""What a sponsor reads once the invoice is credited: nothing of it is asked for or comes back that is not there."""

import pytest
from django.test import Client

from civic.notifications.models import Notification
from civic.notifications.types import notification_types
from marketplace.invoicing.operations import credit_notes
from tests.factories import campaigns, sponsors
from tests.factories.sponsor_payments import dispute, paid_online
from tests.factories.sponsors import AT
from tests.visiting import text_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def test_of_a_lost_and_credited_payment_nothing_is_asked_or_promised_1127_r4(client: Client) -> None:
    invoice, charge = paid_online()
    for verb in ("dispute", "lose"):
        dispute(charge, verb)
    note = sponsors.credited(invoice)
    campaigns.work(AT)
    client.force_login(sponsors.owner_of(invoice.organisation))
    page = " ".join(text_of(client, invoice.sponsorship.get_absolute_url()).split())
    assert "your bank has taken back €1,190 of what you had paid." in page
    assert "asks for it again" not in page
    assert "are open" not in page
    paper = " ".join(text_of(client, invoice.get_absolute_url()).split())
    assert note.number in paper
    assert "To pay" not in paper
    told = Notification.objects.get(kind="sponsorship.credited")
    said = notification_types["sponsorship.credited"].say("", told.topic, told.params)
    assert "what is left of your payments comes back" in said


def test_what_a_lost_dispute_leaves_open_after_a_credit_note_is_asked_for_1127_t8(client: Client) -> None:
    invoice, charge = paid_online()
    credit_notes.credit_part(invoice, net_minor=700_00, reason="Less.", at=AT)
    campaigns.work(AT)
    for verb in ("dispute", "lose"):
        dispute(charge, verb)
    client.force_login(sponsors.owner_of(invoice.organisation))
    page = " ".join(text_of(client, invoice.sponsorship.get_absolute_url()).split())
    assert "€357 are open" in page
    assert "asks for it again" in page
    listed = " ".join(text_of(client, f"/organisations/{invoice.organisation.slug}/sponsorships/").split())
    assert invoice.number in listed
