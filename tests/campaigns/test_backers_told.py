"""What backers read of their payment while a bank looks into it, after it, and once their pledge has ended."""

from datetime import datetime

import pytest

from civic.accounts import groups
from civic.notifications.models import Notification
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.operations import closing
from marketplace.payments.models import Charge
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.operations.refunds import refund_part, refund_rest
from marketplace.payments.providers import Outcome
from projects.proposals.operations import review
from tests.factories import accounts, payments, sponsors
from tests.factories.campaigns import keep_going, open_campaign, pledge_by, promise, work
from tests.factories.payments import decide
from tests.visiting import text_of, visitor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


def given(at: datetime) -> tuple[Pledge, Charge]:
    """A gift of 20.00 that has arrived, to an open campaign."""
    started = pledge_by(accounts.person(), open_campaign(at=at, rule=Campaign.Rule.KEEP), 20_00, at=at)
    work(at)
    decide(Charge.objects.get(), "paid")
    work(at)
    started.pledge.refresh_from_db()
    assert started.pledge.state == "collected"
    return started.pledge, Charge.objects.get()


def step(charge: Charge, verb: str, at: datetime, minor: int = 20_00) -> None:
    advance_charge(charge, Outcome(verb, amount=sponsors.money(minor)), at=at)
    work(at)


def told(pledge: Pledge, kind: str) -> list[str]:
    rows = Notification.objects.filter(kind=kind, person=pledge.person_id)
    return [str(one.params["amount"]) for one in rows]


@pytest.mark.parametrize(
    ("verb", "minor", "words"), [("lose", 20_00, "€20"), ("lose", 5_00, "€5"), ("win", 20_00, "€20")]
)
def test_a_backer_hears_of_a_dispute_and_of_its_end_1127_r2(
    at: datetime, verb: str, minor: int, words: str
) -> None:
    pledge, charge = given(at)
    step(charge, "dispute", at)
    assert told(pledge, "pledge.disputed") == ["€20"]
    own = visitor(pledge.person)
    assert "Your bank looks into a payment of yours" in text_of(own, pledge.get_absolute_url())
    assert "does not count for the project" in text_of(own, f"/me/pledges/{pledge.pk}/thanks/")
    page = text_of(own, f"/me/pledges/{pledge.pk}/cancel/")
    assert "What it leaves of it comes back to you then" in page
    assert "€20 come back" not in page
    step(charge, verb, at, minor)
    assert told(pledge, "pledge.lost" if verb == "lose" else "pledge.won") == [words]


def detail(pledge: Pledge, kind: str) -> str:
    return Notification.objects.get(kind=kind, person=pledge.person_id).detail


def test_a_backer_reads_what_a_dispute_in_part_left_1127_rb13(at: datetime) -> None:
    pledge, charge = given(at)
    step(charge, "dispute", at, 15_00)
    step(charge, "lose", at, 5_00)
    said = detail(pledge, "pledge.lost")
    assert "It had looked into €15, and has left €10 of them." in said
    assert "Of your payment €15 are left." in said
    page = text_of(visitor(pledge.person), pledge.get_absolute_url())
    assert "After a dispute it has taken back €5 of the €20 that you had paid. €15 of them are left." in page
    assert "dispute lost in part" in page


def test_a_dispute_of_what_went_back_already_says_so_1127_rb13(at: datetime) -> None:
    pledge, charge = given(at)
    refund_rest(actor=sponsors.officer(), charge=charge, reason="Asked.", at=at)
    work(at)
    step(charge, "dispute", at)
    assert (told(pledge, "pledge.disputed"), told(pledge, "pledge.disputed_returned")) == ([], ["€20"])
    assert "Of this payment €20 went back to you before" in detail(pledge, "pledge.disputed_returned")
    page = text_of(visitor(pledge.person), pledge.get_absolute_url())
    assert "a payment of yours that went back to you already" in page
    assert "does not count" not in page


def test_the_receipt_says_what_the_bank_took_and_left_1127_r2(at: datetime) -> None:
    pledge, charge = given(at)
    step(charge, "dispute", at)
    step(charge, "lose", at, 5_00)
    page = " ".join(text_of(visitor(pledge.person), f"/me/payments/{charge.pk}/").split())
    assert "Taken back by your bank" in page
    assert "Left by your bank" in page
    assert "Given back" not in page


def test_the_cancel_page_names_what_is_left_of_a_payment_1127_r2(at: datetime) -> None:
    pledge, charge = given(at)
    refund_part(
        actor=sponsors.officer(), charge=charge, amount=sponsors.money(5_00), token=1, reason="Asked.", at=at
    )
    work(at)
    assert "€15 come back to you" in text_of(visitor(pledge.person), f"/me/pledges/{pledge.pk}/cancel/")


def test_whoever_gave_to_a_cancelled_project_reads_why_1127_r8(at: datetime) -> None:
    campaign = open_campaign(at=at, goal_minor=10_00)
    made = promise(campaign, 20_00, at=at)
    manager = accounts.staff(groups.PROGRAMME_MANAGERS)
    review.cancel(actor=manager, project=campaign.project, reason="The ground is polluted.", at=at)
    keep_going(at)
    own = visitor(made.person)
    page = text_of(own, made.get_absolute_url())
    assert "The campaign was cancelled" in page
    assert "The ground is polluted." in page
    assert "did not come together" not in page
    letter = Notification.objects.get(kind="pledge.campaign_failed", person=made.person_id)
    assert letter.detail == "The ground is polluted."
    # Nobody is thanked for it.
    assert own.get(f"/me/pledges/{made.pk}/thanks/").headers["Location"] == made.get_absolute_url()
    assert "Be the first" not in text_of(visitor(), campaign.get_absolute_url())


@pytest.mark.parametrize("state", ["confirming", "processing"])
def test_a_payment_that_its_provider_has_is_on_its_way_1127_r9(at: datetime, state: str) -> None:
    campaign = open_campaign(at=at, goal_minor=10_00)
    made = promise(campaign, 20_00, at=at)
    charge = payments.charge(20_00, payer=made.person, purpose=made.purpose, account=campaign.account("held"))
    Charge.objects.filter(pk=charge.pk).update(state=state)
    assert "Your payment is on its way" in text_of(visitor(made.person), f"/me/pledges/{made.pk}/thanks/")


def test_a_payment_that_is_being_charged_is_on_its_way_1127_r9(at: datetime) -> None:
    campaign = open_campaign(at=at, goal_minor=10_00)
    made = promise(campaign, 20_00, at=at)
    closing.close(campaign=campaign, at=campaign.ends_at)
    Pledge.objects.filter(pk=made.pk).update(state="collecting")
    page = text_of(visitor(made.person), f"/me/pledges/{made.pk}/thanks/")
    assert "Your payment is on its way" in page
    assert "Thank you" not in page
