"""The money of Aldermere: everything that can happen to it has happened, and a stranger finds no cent missing."""

import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction

from civic.accounts.models import Person
from civic.core.models import Delivery
from civic.demo import source
from civic.demo.sign_ins import sign_ins
from civic.notifications.models import Notification
from marketplace.campaigns.models import Campaign, Pledge
from marketplace.campaigns.states import CampaignState, PledgeState
from marketplace.invoicing.models import Invoice
from marketplace.ledger import operations as ledger
from marketplace.ledger import queries
from marketplace.ledger.models import Checkpoint, DailyRoot, Entry, Link
from marketplace.matching.models import Challenge, Deposit, MatchFund
from marketplace.payments import operations as payments
from marketplace.payments.models import Charge, Claim, Refund, StatementLine
from marketplace.payments.states import ChargeState
from marketplace.payouts.models import Hold, Payout
from marketplace.payouts.operations import payouts
from marketplace.payouts.states import PayoutState
from tests.demo_city import MOMENT as NOW
from tests.factories.payments import assert_whole

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo_city")]

VERIFY = Path(settings.BASE_DIR) / "marketplace" / "ledger" / "verify.py"


def person(key: str) -> Person:
    return Person.objects.get(email=source.email(key))


def test_campaigns_of_every_state_and_rule():
    assert set(Campaign.objects.values_list("state", flat=True)) == set(CampaignState.values)
    assert set(Campaign.objects.values_list("rule", flat=True)) == set(Campaign.Rule.values)
    assert Campaign.objects.filter(stretch_goals__isnull=False, state="open").exists()
    known = Pledge.objects
    assert known.filter(frequency="monthly", state=PledgeState.PAST_DUE).exists()
    assert known.filter(anonymous=True).exists()
    for campaign in Campaign.objects.filter(state="open"):
        assert campaign.ends_at - NOW > timedelta(days=60)
        assert campaign.ends_at <= campaign.project.call.phases.get(kind="funding").ends_at


def test_funds_of_every_rule_with_deposits_by_two_and_a_challenge_that_waits():
    assert set(MatchFund.objects.values_list("rule", flat=True)) == set(MatchFund.Rule.values)
    assert MatchFund.objects.get(state="frozen").published_input["gifts"]
    assert Challenge.objects.filter(state="open").exists()
    for deposit in Deposit.objects.exclude(confirmed_at=None):
        assert deposit.entered_by_id != deposit.confirmed_by_id
    assert Deposit.objects.filter(confirmed_at=None).exists()


def test_invoices_paid_overdue_and_credited():
    invoices = Invoice.objects.with_amounts()
    assert invoices.filter(sponsorship__state="paid").exists()
    overdue = Invoice.objects.overdue(NOW.date()).get()
    assert overdue.reminders.count() == 2
    assert Invoice.objects.filter(kind="credit_note").exists()


def test_a_refund_a_dispute_and_a_transfer_that_nobody_understood():
    assert Refund.objects.filter(provider="demo", state="done").exists()
    assert Refund.objects.filter(provider="bank", state="done").exists()
    hold = Hold.objects.get(lifted_at=None)
    assert hold.campaign.state == CampaignState.SUCCEEDED
    unclear = StatementLine.objects.filter(suspense_minor__gt=0)
    assert set(unclear.values_list("state", flat=True)) == {"unclear", "proposed"}


def test_one_payout_is_settled_and_the_third_officer_can_send_the_other():
    settled, waiting = Payout.objects.order_by("milestone__number")
    assert settled.state == PayoutState.SETTLED
    assert settled.approvals.count() == settled.approvals_needed == 2
    assert waiting.state == PayoutState.REQUESTED
    with transaction.atomic():
        payouts.approve_payout(actor=person("jonah-mbeki"), payout=waiting, at=NOW)
        payments.run_commands(at=NOW)
        assert waiting.state == PayoutState.SENT
        transaction.set_rollback(True)


def test_whoever_signs_in_meets_something_of_theirs():
    zofia = person("zofia-baran")
    states = set(zofia.pledges.values_list("state", flat=True))
    assert states == {PledgeState.ACTIVE, PledgeState.COLLECTED, PledgeState.NEEDS_PAYER}
    owed = Invoice.objects.with_amounts().get(
        sponsorship__organisation__memberships__person=person("linh-tran")
    )
    assert owed.open_minor == owed.gross_minor
    assert owed.due_on > NOW.date()
    officers = [one for one in sign_ins() if "inance officer" in one.role]
    assert len(officers) == 3


def test_a_stranger_finds_the_ledger_whole(tmp_path: Path):
    assert_whole()
    assert ledger.recount() == []
    export = tmp_path / "demo.jsonl"
    export.write_text("".join(json.dumps(line) + "\n" for line in queries.export("demo")), encoding="utf-8")
    done = subprocess.run([sys.executable, VERIFY, export], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_days_are_closed_in_order_and_published():
    assert Entry.objects.count() == Link.objects.count()
    moments = list(Link.objects.filter(book="demo").order_by("seq").values_list("entry__at", flat=True))
    days = [moment.date() for moment in moments]
    assert days == sorted(days)
    assert DailyRoot.objects.count() > 30
    assert not queries.unpublished_roots().exists()
    assert Checkpoint.objects.exists()


def test_the_provider_holds_what_the_ledger_says():
    [compared] = payments.reconcile(at=NOW + timedelta(minutes=10))
    assert compared.difference.minor == 0


def test_nothing_is_left_for_the_workers_and_no_old_news_is_unread():
    assert not Delivery.objects.filter(done_at=None).exists()
    old = NOW - timedelta(days=3)
    assert not Notification.objects.unread().filter(notified_at__lt=old).exists()


def test_dates_that_move_leave_the_terms_of_campaigns_alone():
    before = dict(Campaign.objects.values_list("pk", "ends_at"))
    with transaction.atomic():
        with time_machine.travel(NOW + timedelta(days=30), tick=True):
            call_command("demo_city", "--small", verbosity=0)
        assert dict(Campaign.objects.values_list("pk", "ends_at")) == before
        transaction.set_rollback(True)


def test_pledges_are_as_old_as_the_texts_say():
    zofias = person("zofia-baran").pledges.get(campaign__project__title="A bell that the tide rings")
    assert (NOW - zofias.created_at).days in (23, 24)
    assert not Pledge.objects.filter(created_at__gt=NOW).exists()


def test_disputed_money_is_still_with_the_dispute():
    disputed = Pledge.objects.get(
        person=person("noor-hassan"), campaign__project__title="The instrument library"
    )
    assert Charge.objects.get(purpose=disputed.purpose).state == ChargeState.DISPUTED


def test_what_came_back_twice_is_asked_for() -> None:
    """By a refund, and by the payer's bank: a claim that waits for their transfer."""
    claim = Claim.objects.get()
    assert (claim.state, claim.amount.minor, claim.charge.payer.name) == ("open", 50_00, "Emre Yıldız")  # type: ignore[union-attr]
    assert Charge.objects.filter(purpose=claim.purpose).count() == 1
    assert Notification.objects.filter(kind="pledge.claimed", person=claim.charge.payer).count() == 1
