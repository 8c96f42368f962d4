"""dj-stripe's copy follows what Stripe tells, and never stands in the way of money."""

import logging
from datetime import timedelta
from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from djstripe import models as theirs

from civic.accounts import groups, privacy
from marketplace.payments import operations
from marketplace.payments.models import Charge, Message, Method, MirrorJob
from tests.factories import accounts, payments
from tests.factories.payments import AT, HELD, assert_whole, balances
from tests.payments.conftest import deliver

pytestmark = pytest.mark.django_db


@pytest.fixture
def method(twin: Any) -> Method:
    twin("make_customer", name="cus_1")
    twin("make_method", name="pm_ok", customer="cus_1")
    return Method.objects.create(
        person=accounts.person(), provider="stripe", customer_ref="cus_1", provider_ref="pm_ok", label="Visa"
    )


@pytest.fixture
def charge(twin: Any, method: Method) -> Charge:
    """A payment by Stripe whose messages have arrived."""
    made = payments.charge(2500, provider="stripe", method=method, payer=method.person)
    payments.work()
    for event in twin.events:
        assert deliver(event) == 200
    return made


def mirror(at: Any = None) -> int:
    return operations.mirror_messages(at=at or Message.objects.latest("created_at").due_at)


def test_events_make_rows_of_the_mirror(twin: Any, charge: Charge) -> None:
    charge.refresh_from_db()
    assert mirror() == MirrorJob.objects.count() > 0
    intent = theirs.PaymentIntent.objects.get(id=charge.provider_ref)
    assert intent.stripe_data["status"] == "succeeded"
    assert theirs.Charge.objects.get().payment_intent == intent
    assert theirs.Event.objects.count() == MirrorJob.objects.count()


def test_a_dispute_and_a_payout_are_mirrored_too(twin: Any, charge: Charge) -> None:
    charge.refresh_from_db()
    twin("dispute", name=charge.provider_ref)
    twin("pay_out", amount=700, currency="eur", arrives=1_780_000_000)
    for event in twin.events:
        deliver(event)
    mirror()
    assert not MirrorJob.objects.filter(done_at=None).exists()
    assert theirs.Dispute.objects.get().stripe_data["payment_intent"] == charge.provider_ref
    assert theirs.Payout.objects.get().stripe_data["amount"] == 700


def test_neither_our_key_nor_the_events_data_stays_in_the_mirror(
    twin: Any, charge: Charge, settings: Any
) -> None:
    mirror()
    assert not theirs.APIKey.objects.exists()
    for event in theirs.Event.objects.all():
        assert set(event.data["object"]) == {"id", "object"}
        assert not event.stripe_data


@pytest.mark.parametrize("fault", ["500", "before", "after"])
def test_a_mirror_that_fails_leaves_the_money_right(
    twin: Any, method: Method, caplog: Any, fault: str
) -> None:
    made = payments.charge(2500, provider="stripe", method=method, payer=method.person)
    payments.work()
    for event in twin.events:
        deliver(event)
    payments.work(AT + timedelta(days=1))
    twin("faults", faults=[fault] * 99)
    caplog.set_level(logging.WARNING)
    waiting = MirrorJob.objects.count()
    moment = Message.objects.latest("created_at").due_at
    assert mirror(moment) == 0
    assert len([line for line in caplog.messages if line.startswith("mirror of")]) == waiting
    assert not theirs.Event.objects.exists()
    made.refresh_from_db()
    assert made.state == "succeeded"
    assert balances("test")[HELD] == 2500
    assert_whole()
    twin("faults", faults=[])
    assert mirror(moment) == 0, "it waits before it tries again"
    assert mirror(moment + timedelta(minutes=2)) == waiting
    assert theirs.PaymentIntent.objects.get().id == made.provider_ref


def test_a_message_that_comes_again_is_mirrored_once(twin: Any, charge: Charge) -> None:
    before = MirrorJob.objects.count()
    for event in twin.events * 2:
        deliver(event)
    assert MirrorJob.objects.count() == before == Message.objects.filter(provider="stripe").count()


def test_older_news_do_not_overwrite_newer_ones(twin: Any, charge: Charge) -> None:
    """Every event fetches its object anew, one after the other: the last one copied is how it stands now."""
    MirrorJob.objects.all().update(done_at=None)
    for mirror_job in MirrorJob.objects.order_by("-created_at"):
        MirrorJob.objects.filter(pk=mirror_job.pk).update(due_at=AT)
        operations.mirror_messages(at=AT)
    assert theirs.PaymentIntent.objects.get().stripe_data["status"] == "succeeded"


def test_an_officer_looks_a_payment_up_in_stripes_own_words(
    client: Client, twin: Any, charge: Charge
) -> None:
    mirror()
    groups.sync(apps.get_app_config("djstripe"))
    client.force_login(accounts.staff(groups.FINANCE_OFFICERS))
    for model in (theirs.PaymentIntent, theirs.Charge, theirs.Event):
        copy = model.objects.first()
        address = reverse(f"admin:djstripe_{model._meta.model_name}_change", args=[copy.pk])
        page = client.get(address)
        assert page.status_code == 200
        assert copy.id in page.content.decode()
        assert client.post(address, {}).status_code == 403


def test_who_is_erased_leaves_the_mirror_and_does_not_come_back(twin: Any, charge: Charge) -> None:
    mirror()
    payer = charge.payer
    assert payer
    for entry in privacy.personal_data:
        privacy.erase(entry, payer)
    for model in (theirs.Customer, theirs.PaymentIntent, theirs.Charge, theirs.PaymentMethod):
        assert not model.objects.exists(), model
    MirrorJob.objects.update(done_at=None, due_at=AT)
    theirs.Event.objects.all().delete()
    operations.mirror_messages(at=AT)
    assert not theirs.PaymentIntent.objects.exists()


def test_who_paid_on_the_hosted_page_leaves_the_mirror_too(twin: Any) -> None:
    """Stripe knows no customer of such a payment, only what was typed there."""
    made = payments.charge(2500, provider="stripe")
    payments.work()
    made.refresh_from_db()
    twin("visit", name=made.provider_ref, method="ok")
    for event in twin.events:
        assert deliver(event) == 200
    payments.work(Message.objects.latest("created_at").due_at)
    mirror()
    copies = (theirs.Session, theirs.PaymentIntent, theirs.Charge)
    assert all(model.objects.exists() for model in copies)
    for entry in privacy.personal_data:
        privacy.erase(entry, made.payer)  # type: ignore[arg-type]
    assert not any(model.objects.exists() for model in copies)


def test_the_mirror_has_no_addresses_of_its_own() -> None:
    assert "djstripe" not in get_resolver().namespace_dict
    with pytest.raises(NoReverseMatch):
        reverse("djstripe:webhook")


def test_finance_officers_read_the_mirror_and_nobody_writes_it(client: Client, rf: Any) -> None:
    groups.sync(apps.get_app_config("djstripe"))
    officer, boss = accounts.staff(groups.FINANCE_OFFICERS), accounts.superuser()
    shown = [model for model in admin.site._registry if model._meta.app_label == "djstripe"]
    assert theirs.PaymentIntent in shown
    assert theirs.APIKey not in shown
    assert theirs.WebhookEndpoint not in shown
    for model in shown:
        desk = admin.site._registry[model]
        for person in (officer, boss):
            request = rf.get("/")
            request.user = person
            assert desk.has_view_permission(request)
            may = (desk.has_add_permission, desk.has_change_permission, desk.has_delete_permission)
            assert not any(asked(request) for asked in may)
            assert not desk.get_actions(request)
    client.force_login(officer)
    for model in shown:
        address = reverse(f"admin:djstripe_{model._meta.model_name}_changelist")
        assert client.get(address).status_code == 200, address
        assert client.get(address + "add/").status_code == 403
