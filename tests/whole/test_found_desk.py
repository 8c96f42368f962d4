"""Who finds an open session of council staff moves neither power nor money with it."""

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from civic.accounts.models import Person, Residency, StaffInvitation
from civic.core.models import Event
from civic.core.staff_actions import StaffAction
from marketplace.payments.models import BankOrder
from tests.factories import accounts as make
from tests.visiting import with_password

pytestmark = pytest.mark.django_db

# What one person of staff does at once and alone, and the word by which the second of two lets money go.
ASKED = {
    *("accounts.person.close_account", "accounts.person.reopen_account"),
    "accounts.staffinvitation.renew_staff_invitation",
    *("accounts.residency.reject_residency", "accounts.residency.release_marks"),
    "accounts.organisation.name_owner",
    *("payments.statementline.confirm_line_match", "payments.bankorder.confirm_withdrawal"),
    "payments.transfer.confirm_refusal",
    *("payouts.payout.approve_payout", "payouts.return.confirm_return"),
    "matching.fundreturn.approve_return",
}


def test_the_actions_that_ask_for_the_password_1127_at10() -> None:
    asked = {
        f"{model._meta.label_lower}.{action.name}"
        for model, desk in admin.site._registry.items()
        for action in desk.actions or ()
        if isinstance(action, StaffAction) and action.sensitive
    }
    assert asked >= ASKED


def appoints(person: Person) -> tuple[str, dict[str, object]]:
    return reverse("admin:accounts_person_change", args=[person.pk]), {
        "is_staff": "on",
        "reason": "A friend.",
    }


def invites(person: Person) -> tuple[str, dict[str, object]]:
    fields = {"email": "friend@example.org", "groups": ["finance-officers"], "reason": "A friend."}
    return reverse("admin:accounts_staffinvitation_add"), fields


def closes(person: Person) -> tuple[str, dict[str, object]]:
    fields = {"action": "close_account", "confirmed": "yes", "reason": "Spam."}
    return reverse("admin:accounts_person_changelist"), {**fields, "_selected_action": str(person.pk)}


def rejects(person: Person) -> tuple[str, dict[str, object]]:
    made = make.residency(person)
    fields = {"action": "reject_residency", "confirmed": "yes", "reason": "Wrong."}
    return reverse("admin:accounts_residency_changelist"), {**fields, "_selected_action": str(made.pk)}


def state(person: Person) -> list[object]:
    person.refresh_from_db()
    residencies = list(Residency.objects.values_list("state", flat=True))
    return [person.is_staff, person.is_active, residencies, StaffInvitation.objects.count()]


@pytest.mark.parametrize("act", [appoints, invites, closes, rejects])
def test_a_found_session_of_staff_moves_no_power_1127_at10(
    act: Callable[[Person], tuple[str, dict[str, object]]],
) -> None:
    person, staff = make.person(), make.superuser()
    staff.groups.set(make.staff("moderators", "data-stewards").groups.all())
    client = Client()
    client.force_login(staff)
    path, fields = act(person)
    before, events = state(person), Event.objects.count()
    assert client.post(path, fields).headers["Location"].startswith("/accounts/reauthenticate/")
    assert (state(person), Event.objects.count()) == (before, events)
    with_password(client, staff).post(path, fields)
    assert state(person) != before


def test_a_found_session_fetches_no_payment_file_1127_at10() -> None:
    officer, client = make.staff("finance-officers"), Client()
    fields = {"book": "demo", "reference": "MSG1", "count": 1, "total_minor": 5_00, "currency": "EUR"}
    order = BankOrder.objects.create(**fields, send_on="2026-06-01", made_by=officer)
    client.force_login(officer)
    fields = {"action": "fetch", "_selected_action": str(order.pk)}
    answer = client.post(reverse("admin:payments_bankorder_changelist"), fields)
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/")
