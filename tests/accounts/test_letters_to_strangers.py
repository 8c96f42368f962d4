"""Every mail that somebody can make the city send to an address that need not be theirs is limited (I11)."""

import ast
import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client

from civic.accounts import letters
from civic.core.errors import Conflict
from projects.discussion import limits
from projects.discussion.operations import moderation
from projects.proposals.operations import team
from tests.architecture.source import parse, unparse, walk
from tests.factories import accounts as make
from tests.factories import proposals
from tests.mail import delivered

ROOT = Path(settings.BASE_DIR)
OWN = "to addresses that the person has proven, or has now"
COUNTED = "to whatever address somebody types: counted by address and, where there is one, by sender"
BY_CONTRACT = "to the address for invoices of a contract that the city signed"
STRANGER = "stranger@example.org"

# Templates of letters, by the beginning of their file names.
LETTERS = {
    "account/email/account_already_exists": COUNTED,
    "account/email/email_confirmation": COUNTED,
    "account/email/email_confirmation_signup": COUNTED,
    "account/email/password_reset_key": COUNTED,
    "account/email/unknown_account": COUNTED,
    **dict.fromkeys(
        [
            "account/email/email_changed",
            "account/email/email_confirm",
            "account/email/email_deleted",
            "account/email/password_changed",
            "account/email/password_reset",
            "account/email/password_set",
            "accounts/mail/account_closed",
            "accounts/mail/account_reopened",
            "accounts/mail/account_sessions_ended",
            "accounts/mail/erased",
            "accounts/mail/erasure_blocked",
            "accounts/mail/erasure_requested",
            "accounts/mail/organisation_checked",
            "accounts/mail/organisation_owner_named",
            "accounts/mail/organisation_reinstated",
            "accounts/mail/organisation_suspended",
            "accounts/mail/residency_expired",
            "accounts/mail/residency_rejected",
            "accounts/mail/residency_verified",
            "accounts/mail/staff_invitation_accepted",
            "accounts/mail/staff_invitation_expired",
            "accounts/mail/way_in_address_changed",
            "accounts/mail/way_in_password_changed",
            "accounts/mail/way_in_second_step_changed",
        ],
        OWN,
    ),
    "accounts/mail/invitation": COUNTED,
    "accounts/mail/staff_invitation": COUNTED,
    "proposals/mail/team_invitation": COUNTED,
    "invoicing/mail/credit_note": BY_CONTRACT,
    "invoicing/mail/invoice": BY_CONTRACT,
    "invoicing/mail/claim": BY_CONTRACT,
    "invoicing/mail/claim_settled": BY_CONTRACT,
    "invoicing/mail/payment_disputed": BY_CONTRACT,
    "invoicing/mail/payment_lost": BY_CONTRACT,
    "invoicing/mail/payment_returned": BY_CONTRACT,
    "invoicing/mail/payment_won": BY_CONTRACT,
    "invoicing/mail/refund_covered": BY_CONTRACT,
    "invoicing/mail/refund_paid": BY_CONTRACT,
    "invoicing/mail/refund_returned": BY_CONTRACT,
    "invoicing/mail/reminder": BY_CONTRACT,
}
# Modules that write letters, by `mail.write` or `mail.post`.
WRITERS = {
    "civic/accounts/adapter.py": COUNTED,
    "civic/accounts/handlers.py": OWN,
    "civic/accounts/operations/erasure.py": OWN,
    "civic/accounts/operations/invitations.py": COUNTED,
    "civic/accounts/operations/put_off.py": OWN,
    "civic/accounts/operations/staff_invitations.py": COUNTED,
    "marketplace/invoicing/operations/documents.py": BY_CONTRACT,
    "marketplace/ledger/operations/publishing.py": "one confirmation a day and address, then to whoever confirmed",
    "projects/discussion/handlers.py": COUNTED,
    "projects/proposals/handlers.py": COUNTED,
}


def test_every_letter_says_to_whom_it_may_go_i11():
    files = (ROOT / "templates").rglob("*_subject.txt")
    found = {str(file.relative_to(ROOT / "templates")).removesuffix("_subject.txt") for file in files}
    assert found == set(LETTERS)
    writers = set()
    for package in ("civic", "projects", "marketplace", "datasets"):
        for file in (ROOT / package).rglob("*.py"):
            calls = (node for node in walk(parse(file.read_text())) if isinstance(node, ast.Call))
            if any(unparse(call.func) in ("mail.write", "mail.post") for call in calls):
                writers.add(str(file.relative_to(ROOT)))
    assert writers == set(WRITERS)


@pytest.mark.parametrize("letter", [letter for letter, to in LETTERS.items() if to == COUNTED])
def test_no_stranger_writes_the_subject_of_a_letter_i11(letter):
    """Whatever a template is given, its subject holds of it nothing."""
    known = set(re.findall(r"\{\{ *(\w+)", (ROOT / f"templates/{letter}_message.txt").read_text()))
    hostile = dict.fromkeys(known - {"site_name", "site_url"}, "Win 1,000,000 now")
    subject = (ROOT / f"templates/{letter}_subject.txt").read_text()
    assert set(re.findall(r"\{\{ *([\w.]+)", subject)) <= {"site_name"}
    assert "Win" not in letters.render_to_string(f"{letter}_subject.txt", {"site_name": "City", **hostile})


@pytest.mark.django_db
def test_a_stranger_gets_a_few_team_invitations_a_day_i11(at):
    project = proposals.project()
    for _number in range(3):
        made = team.invite(actor=project.author, project=project, email=STRANGER, role="helper", at=at)
        team.withdraw_invitation(actor=project.author, project=project, invitation=made, at=at)
    with pytest.raises(Conflict, match="enough letters"):
        team.invite(actor=project.author, project=project, email=STRANGER, role="helper", at=at)


@pytest.mark.django_db
def test_reports_without_an_account_write_a_few_letters_a_day_i11(at, monkeypatch):
    monkeypatch.setattr(limits, "REPORTS_OF_ADDRESS", 1)
    first, second = (proposals.project(state="open") for _number in range(2))
    sent = {"actor": None, "category": "insult", "text": "-", "email": STRANGER, "at": at}
    moderation.report(thing=first, **sent)
    with pytest.raises(Conflict, match="enough letters"):
        moderation.report(thing=second, **sent)
    moderation.report(thing=second, **sent | {"email": "other@example.org"})


@pytest.mark.django_db
@pytest.mark.parametrize("known", [True, False])
@pytest.mark.parametrize("form", ["/accounts/password/reset/", "/accounts/signup/"])
def test_an_address_gets_ten_letters_about_accounts_a_day_i11(form, known):
    if known:
        make.person(STRANGER)
    for _number in range(12):
        cache.clear()  # the limits by network address and minute are not what is asked here
        answer = Client().post(form, {"email": STRANGER, "password1": "a-long-own-phrase"})
        assert answer.status_code == 302
    assert len([letter for letter in delivered() if letter.to == [STRANGER]]) == 10
