"""What a payer hears when the bank takes a transfer back: once, and truly (RB9 of 27 November)."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from civic.notifications.models import Notification
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.payments.models import Charge
from marketplace.payments.operations import refund_rest
from tests.factories import accounts, sponsors
from tests.factories.campaigns import end, open_campaign, pledge_by, work
from tests.mail import delivered
from tests.payments.bank_files import camt, entry, read
from tests.payments.test_reversals import taken_back
from tests.payments.test_ways_out import both
from tests.visiting import text_of, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def transferred(officer: Any, at: datetime) -> tuple[Pledge, Charge]:
    """A pledge of 40.00 to a campaign that keeps what it raises, whose transfer has arrived."""
    campaign = open_campaign(at=at, rule=Campaign.Rule.KEEP)
    made = pledge_by(accounts.person(), campaign, 40_00, at=at, provider="bank").pledge
    work(at)
    charge = Charge.objects.get(purpose=made.purpose)
    read(officer, camt([entry("40.00", reference=charge.provider_ref)]))
    work(at)
    Notification.objects.all().delete()
    return made, charge


def told(person: Any) -> list[str]:
    return [str(one.kind) for one in Notification.objects.filter(person=person).order_by("id")]


def test_a_backer_hears_once_that_the_bank_took_a_transfer_back_1127_rb9(
    officer: Any, second: Any, at: datetime
) -> None:
    made, charge = transferred(officer, at)
    both(officer, second, taken_back(officer, "40.00", charge.provider_ref), "taken")
    work(at)
    assert told(made.person) == ["pledge.taken_back"]
    letter = Notification.objects.get(person=made.person)
    assert "The bank has taken back €40 that you had transferred" in letter.sentence
    assert "you can pledge and pay again until" in letter.detail
    assert set(told(officer)) == {"charge.taken_back"}
    own = visitor(made.person)
    page = text_of(own, made.get_absolute_url())
    assert "Your bank has taken back your transfer" in page
    assert "It has taken back the €40 that you had transferred." in page
    assert f"/campaigns/{made.campaign_id}/pledge/" in page
    for address in (made.get_absolute_url(), f"/me/payments/{charge.pk}/", "/me/payments/"):
        shown = text_of(own, address)
        assert ("taken back by the bank" in shown, "dispute" in shown) == (True, False), address


def test_a_backer_hears_that_a_refund_does_not_come_any_more_1127_te12(
    officer: Any, second: Any, at: datetime
) -> None:
    """It was announced, and the bank's taking the transfer back has covered it."""
    made, charge = transferred(officer, at)
    charge.refresh_from_db()
    refund_rest(actor=officer, charge=charge, reason="Asked.", at=at)
    work(at)
    assert "pledge.refunded" in told(made.person)
    both(officer, second, taken_back(officer, "40.00", charge.provider_ref), "taken")
    work(at)
    assert charge.refunds.get().state == "covered"
    letter = Notification.objects.get(kind="pledge.refund_covered")
    assert (letter.person, "€40 that you paid" in letter.sentence) == (made.person, True)


def test_a_buyer_hears_that_a_refund_does_not_come_any_more_1127_te12(officer: Any, second: Any) -> None:
    invoice = sponsors.invoiced()
    charge = Charge.objects.get(purpose__startswith=f"invoice:{invoice.pk}")
    read(officer, camt([entry("1190.00", reference=charge.provider_ref)]))
    work(sponsors.AT)
    sponsors.credited(invoice)
    work(sponsors.AT)
    before = len(delivered())
    both(officer, second, taken_back(officer, "1190.00", charge.provider_ref), "taken")
    work(sponsors.AT)
    letters = [one for one in delivered()[before:] if one.to == [invoice.buyer["email"]]]
    assert [one.subject for one in letters if "will not come back from us" in one.subject]


def test_once_the_campaign_is_over_nobody_is_asked_to_pledge_again_1127_rb9(
    officer: Any, second: Any, at: datetime
) -> None:
    made, charge = transferred(officer, at)
    end(made.campaign)
    Notification.objects.all().delete()
    both(officer, second, taken_back(officer, "40.00", charge.provider_ref), "taken")
    work(at)
    letter = Notification.objects.get(person=made.person)
    assert letter.kind == "pledge.taken_back"
    assert "Your pledge has ended with it." in letter.detail
    assert "pledge and pay again" not in letter.detail


def test_an_invoices_buyer_hears_once_that_the_bank_took_a_transfer_back_1127_rb9(
    officer: Any, second: Any
) -> None:
    invoice = sponsors.invoiced()
    charge = Charge.objects.get(purpose__startswith=f"invoice:{invoice.pk}")
    read(officer, camt([entry("1190.00", reference=charge.provider_ref)]))
    work(sponsors.AT)
    before = len(delivered())
    Notification.objects.all().delete()
    both(officer, second, taken_back(officer, "1190.00", charge.provider_ref), "taken")
    work(sponsors.AT)
    (letter,) = [one for one in delivered()[before:] if one.to == [invoice.buyer["email"]]]
    said = " ".join(letter.body.split())
    assert "The bank has taken back €1,190 that you had transferred" in said
    assert "Please pay this by" in said
    assert "dispute" not in said
    acting = sponsors.owner_of(invoice.organisation)
    assert told(acting) == ["sponsorship.lost"]
    assert told(sponsors.fresh(invoice).sponsorship.campaign.project.author) == ["sponsorship.lost_team"]
    client = Client()
    client.force_login(acting)
    page = client.get(sponsors.fresh(invoice).sponsorship.get_absolute_url()).content.decode()
    assert "The bank has taken back €1,190 that you had transferred" in page
    assert "dispute" not in page


def test_what_the_bank_pays_after_all_nobody_has_paid_another_way_1127_tf13(
    officer: Any, second: Any, at: datetime
) -> None:
    """What had come back of a refund is taken by the bank again: the payer has it."""
    made, charge = transferred(officer, at)
    charge.refresh_from_db()
    refund_rest(actor=officer, charge=charge, reason="Asked.", at=at)
    work(at)
    refund = charge.refunds.get()
    read(officer, camt([entry("40.00", sign="DBIT", own=refund.provider_ref, number="out")]))
    back = read(officer, camt([entry("40.00", text="returned", number="back")])).lines.get()
    both(officer, second, back, "back", target=charge.refunds.get())
    both(officer, second, taken_back(officer, "40.00"), "taken", target=back)
    work(at)
    letter = Notification.objects.get(person=made.person, kind="pledge.refund_paid")
    assert "have been paid back to you after all" in letter.sentence
    assert "another way" not in letter.sentence
