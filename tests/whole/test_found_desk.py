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

# Words, queues and cases; what another one has to confirm; and what can be taken back in the same list.
FREE = {
    *(
        "accounts.mail.discard",
        "accounts.mail.retry",
        "accounts.organisation.check_organisation",
        "accounts.organisation.close_abandoned",
        "accounts.organisation.reinstate_organisation",
        "accounts.organisation.suspend_organisation",
        "accounts.staffinvitation.withdraw_staff_invitation",
    ),
    # Both sides are told, and what is suspended is resumed.
    *(
        "access.grant.suspend_grant",
        "access.grant.revoke_grant",
        "access.grant.resume_grant",
        "access.grant.release_grant",
    ),
    *(
        "catalogue.dataset.restore",
        "catalogue.dataset.withdraw",
        "catalogue.harvest.confirm_harvest",
        "catalogue.harvest.decline_harvest",
        "catalogue.harveststep.discard",
        "catalogue.harveststep.retry",
        "catalogue.source.harvest_now",
        "catalogue.source.pause_source",
        "catalogue.source.resume_source",
        "catalogue.uploadstep.discard",
        "catalogue.uploadstep.retry",
    ),
    *(
        "contributions.contribution.accept",
        "contributions.contribution.decline",
        "contributions.contribution.send_back",
        "contributions.contribution.verify",
    ),
    *("core.delivery.discard", "core.delivery.retry", "core.putoff.try_row_now"),
    *("delivery.milestone.accept", "delivery.milestone.send_back"),
    *(
        "discussion.moderationcase.hide",
        "discussion.moderationcase.keep",
        "discussion.moderationcase.overturn",
        "discussion.moderationcase.uphold",
    ),
    *("matching.challenge.reject", "matching.challenge.uphold", "matching.matchfund.request_return"),
    *(
        "payments.bankorder.keep_order",
        "payments.bankorder.withdraw_order",
        "payments.command.retry",
        "payments.dispute.answer_dispute",
        "payments.dispute.take_back_answer",
        "payments.message.discard",
        "payments.message.retry",
        "payments.mirrorjob.discard",
        "payments.mirrorjob.retry",
        "payments.statementline.propose_line_match",
        "payments.statementline.withdraw_line_match",
    ),
    *("payouts.hold.clear", "payouts.return.withdraw_return"),
    *(
        "proposals.project.name_organisation",
        "proposals.project.open_project",
        "proposals.project.reject",
        "proposals.project.return_for_changes",
    ),
    *(
        "reuses.reuse.approve",
        "reuses.reuse.decline",
        "reuses.reuse.restore",
        "reuses.reuse.take_down",
    ),
    *(
        "sponsorship.sponsorship.check_conflict",
        "sponsorship.sponsorship.contract",
        "sponsorship.sponsorship.decline",
        "sponsorship.sponsorship.fulfil",
        "sponsorship.sponsorship.issue",
    ),
    *("voting.paperballot.refuse_paper",),
}


def test_each_action_asks_for_the_password_or_says_why_not_1127_at10_ax2() -> None:
    """A new action stands here or asks."""
    free = {
        f"{model._meta.label_lower}.{action.name}"
        for model, desk in admin.site._registry.items()
        for action in desk.actions or ()
        if isinstance(action, StaffAction) and not action.sensitive
    }
    assert free == FREE


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
