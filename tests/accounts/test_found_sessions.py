"""Who finds an open session neither sends an organisation's money elsewhere nor gives or takes power (A15)."""

from typing import Any

import pytest
from django.test import Client

from civic.accounts.models import Membership, Organisation
from tests.core.test_suspended import sent
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db


def organisation() -> tuple[Organisation, Membership]:
    """One with an owner and a member."""
    made = make.organisation(make.person(), name="The Club")
    return made, make.membership(made, make.person())


def power(of: Organisation) -> list[Any]:
    """Where it is paid, who belongs to it as what, who is invited, and whether it is open."""
    of.refresh_from_db()
    details = of.bank_details.values_list("holder", flat=True)  # type: ignore[attr-defined]
    members = of.memberships.order_by("pk").values_list("person", "role")
    return [list(details), list(members), list(of.invitations.values_list("email", flat=True)), of.state]


POSTED = {
    "the account that it is paid to": ("bank/", {"holder": "Thief", "iban": "DE89 3704 0044 0532 0130 00"}),
    "an invitation": ("members/", {"email": "thief@example.org", "role": "owner"}),
    "a role": ("members/{member}/role/", {"role": "owner"}),
    "the end of a membership": ("members/{member}/remove/", {}),
}


@pytest.mark.parametrize("what", POSTED)
def test_a_found_session_is_asked_for_the_password_1127_a15(what: str) -> None:
    of, member = organisation()
    path, fields = POSTED[what]
    address = of.get_absolute_url() + path.format(member=member.pk)
    client, before = Client(), power(of)
    client.force_login(of.memberships.get(role="owner").person)
    asked = client.post(address, fields)
    assert (asked.status_code, asked.headers["Location"][:25]) == (302, "/accounts/reauthenticate/")
    assert power(of) == before
    # With the password it is shown what was sent, and a click sends it.
    shown = client.post(asked.headers["Location"], {"password": make.PASSWORD}, follow=True)
    assert power(of) == before
    client.post(*sent(shown), follow=True)
    assert power(of) != before


def test_a_found_session_closes_no_organisation_1127_a15() -> None:
    of, member = organisation()
    member.delete()
    client = Client()
    client.force_login(of.memberships.get().person)
    assert client.post(f"{of.get_absolute_url()}close/").headers["Location"].startswith("/accounts/reauth")
    of.refresh_from_db()
    assert of.state != "closed"
