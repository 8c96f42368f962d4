"""The desk for disputes: deadlines, what is overdue, and what finance officers are told."""

from datetime import datetime, timedelta

import pytest
from django.apps import apps
from django.test import Client

from civic.accounts import groups
from civic.core import events
from civic.core.errors import Conflict, Forbidden
from civic.notifications.models import Notification
from marketplace.payments.models import Charge, DemoPayment
from marketplace.payments.operations import answer_dispute, remind_due, take_back_answer
from marketplace.payments.operations.charges import advance_charge
from marketplace.payments.providers import Outcome, demo
from tests.factories import accounts, payments

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock_at")]


@pytest.fixture
def officer():
    groups.sync(apps.get_app_config("payments"))
    return accounts.staff("finance-officers")


def disputed(at: datetime, *, due: datetime | None, cents: int = 10_00) -> Charge:
    made = payments.paid(25_00, account="gift/held")
    part = payments.euro(cents)
    advance_charge(made, Outcome("dispute", amount=part, reason="fraudulent", evidence_due_at=due), at=at)
    return made


def test_the_desk_lists_what_is_due_first_and_marks_what_is_overdue(officer, at: datetime) -> None:
    disputed(at, due=at + timedelta(days=9), cents=9_00)
    disputed(at, due=None, cents=1_00)
    disputed(at, due=at - timedelta(hours=1), cents=7_00)
    decided = disputed(at, due=at + timedelta(days=1), cents=8_00)
    advance_charge(decided, Outcome("lose", amount=payments.euro(3_00)), at=at)
    client = Client()
    client.force_login(officer)
    page = client.get("/admin/payments/dispute/").content.decode()
    places = [page.index(amount) for amount in (">€7 of €25<", ">€9 of €25<", ">€1 of €25<")]
    assert places == sorted(places)
    assert page.count("overdue since") == 1
    assert "€8" not in page
    everything = client.get("/admin/payments/dispute/?show=all").content.decode()
    assert "lost in part: €3" in everything
    waits = client.get("/me/").content.decode()
    assert "3 disputes wait for evidence" in waits
    answer_dispute(
        actor=officer,
        dispute=decided.disputes.model.objects.order_by("evidence_due_at")[0],
        reason="The receipt.",
        at=at,
    )
    assert "2 disputes wait for evidence" in client.get("/me/").content.decode()
    stranger = Client()
    stranger.force_login(accounts.staff("moderators"))
    assert stranger.get("/admin/payments/dispute/").status_code == 403
    assert "dispute" not in stranger.get("/me/").content.decode()


def test_officers_hear_of_a_dispute_before_its_deadline_once_and_how_it_ended(officer, at: datetime) -> None:
    made = payments.paid(25_00, account="gift/held")
    demo.dispute(made, amount=payments.euro(10_00), at=at)
    payments.work(at)
    events.deliver_pending(at=at)
    due = made.disputes.get().evidence_due_at
    for moment in (due - timedelta(days=4), due - timedelta(days=3), due - timedelta(days=2)):
        remind_due(at=moment)
    demo.dispute(made, DemoPayment.Status.LOST, amount=payments.euro(4_00), at=due)
    payments.work(due)
    events.deliver_pending(at=due)
    told = Notification.objects.filter(person=officer).order_by("notified_at")
    assert [one.kind for one in told] == ["charge.disputed", "dispute.reminded", "charge.lost"]
    assert told[2].params["lost"] == "€4"


def test_what_was_answered_is_not_reminded_of_and_only_officers_answer(officer, at: datetime) -> None:
    made = disputed(at, due=at + timedelta(days=2))
    dispute = made.disputes.get()
    with pytest.raises(Forbidden):
        answer_dispute(actor=accounts.staff("moderators"), dispute=dispute, reason="Sent.", at=at)
    answer_dispute(actor=officer, dispute=dispute, reason="The receipt and the mails.", at=at)
    assert remind_due(at=at) == 0
    with pytest.raises(Conflict):
        answer_dispute(actor=officer, dispute=dispute, reason="Again.", at=at)


def test_evidence_that_was_not_sent_after_all_is_waited_for_again_27_o8(officer, at: datetime) -> None:
    dispute = disputed(at, due=at + timedelta(days=2)).disputes.get()
    assert remind_due(at=at) == 1
    answer_dispute(actor=officer, dispute=dispute, reason="The wrong row.", at=at)
    take_back_answer(actor=officer, dispute=dispute, reason="It was the wrong row.", at=at)
    with pytest.raises(Conflict):
        take_back_answer(actor=officer, dispute=dispute, reason="Again.", at=at)
    assert remind_due(at=at) == 1
    answer_dispute(actor=officer, dispute=dispute, reason="The receipt.", at=at)


def test_a_new_deadline_is_reminded_of_anew_27_o8(at: datetime) -> None:
    made = disputed(at, due=at + timedelta(days=2))
    assert (remind_due(at=at), remind_due(at=at)) == (1, 0)
    way = [Outcome("succeed"), Outcome("dispute", evidence_due_at=at + timedelta(days=3))]
    advance_charge(made, way, at=at)
    assert remind_due(at=at) == 1


def test_a_new_deadline_and_evidence_that_the_provider_knows_of_are_written_down(
    officer, at: datetime
) -> None:
    made = disputed(at, due=at + timedelta(days=2))
    later = at + timedelta(days=5)
    way = [Outcome("succeed"), Outcome("dispute", evidence_due_at=later)]
    advance_charge(made, way, at=at)
    assert made.disputes.get().evidence_due_at == later
    advance_charge(made, [way[0], Outcome("dispute", answered=True)], at=later)
    assert (made.disputes.get().answered_at, made.disputes.count()) == (later, 1)
