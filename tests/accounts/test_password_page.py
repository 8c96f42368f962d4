"""What is sent where the password is asked once more: nothing of it is lost, and nothing is done unseen."""

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client
from django.utils.http import urlencode

from civic.accounts.models import Organisation, Person, Residency
from tests.core.test_suspended import sent
from tests.factories import accounts as make
from tests.visiting import with_password

pytestmark = pytest.mark.django_db
LOGIN, PASSWORD_PAGE = "/accounts/login/", "/accounts/reauthenticate/"
GIVEN = {"password": make.PASSWORD}


@pytest.fixture(autouse=True)
def no_limits_used_up():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def owner() -> Person:
    return make.person()


@pytest.fixture
def club(owner: Person) -> Organisation:
    return make.organisation(owner, name="The Club")


@pytest.fixture
def client(owner: Person) -> Client:
    """An open session in which nobody has given the password."""
    found = Client()
    found.force_login(owner)
    return found


def invite(client: Client, club: Organisation, email: str, query: str = "") -> str:
    """Where the browser is led that sends an invitation."""
    address = f"{club.get_absolute_url()}members/{query}"
    return client.post(address, {"email": email, "role": "member"}).headers["Location"]


def invited(club: Organisation) -> set[str]:
    return set(club.invitations.values_list("email", flat=True))


def a_while_later(client: Client) -> None:
    """The password was given some time ago."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] -= 16 * 60
    session.save()


def test_an_address_with_a_query_loses_nothing_1127_rc2(client: Client, club: Organisation) -> None:
    page = invite(client, club, "one@example.org", "?from=mail")
    path, fields = sent(client.post(page, GIVEN, follow=True))
    assert path.endswith("members/?from=mail")
    client.post(path, fields)
    assert invited(club) == {"one@example.org"}


def test_two_tabs_do_not_take_each_others_1127_rc2(client: Client, club: Organisation) -> None:
    pages = [invite(client, club, f"{name}@example.org") for name in ("one", "two")]
    for page in pages:
        client.post(*sent(client.post(page, GIVEN, follow=True)), follow=True)
    assert invited(club) == {"one@example.org", "two@example.org"}


def test_a_session_that_ends_at_the_password_page_loses_nothing_1127_rc2(
    client: Client, club: Organisation, owner: Person
) -> None:
    page = invite(client, club, "one@example.org")
    form, _fields = sent(client.get(page))
    del client.cookies["sessionid"]
    to_sign_in = client.post(form, GIVEN).headers["Location"]
    again = client.post(to_sign_in, {"login": owner.email, **GIVEN}).headers["Location"]
    client.post(*sent(client.post(again, GIVEN, follow=True)), follow=True)
    assert invited(club) == {"one@example.org"}


def test_what_waits_for_the_password_is_shown_before_it_is_done_1127_at11(
    client: Client, club: Organisation
) -> None:
    address = f"{club.get_absolute_url()}bank/"
    asked = client.post(address, {"holder": "Thief", "iban": "DE89 3704 0044 0532 0130 00"})
    # The owner gives the password for something else: what the thief has sent is not done by it.
    client.post(f"{PASSWORD_PAGE}?{urlencode({'next': address})}", GIVEN, follow=True)
    assert not club.bank_details.exists()
    shown = client.post(asked.headers["Location"], GIVEN, follow=True).content.decode()
    assert not club.bank_details.exists()
    for what in ("Thief", "DE89 3704 0044 0532 0130 00", address, "Send it now"):
        assert what in shown


def test_what_is_not_kept_is_said_1127_rc2() -> None:
    """Somebody's papers are typed in anew, rather than kept anywhere."""
    client, person = Client(), make.person()
    client.force_login(make.staff("data-stewards"))
    typed = {"email": person.email, "name": "Ada Lind", "born": "1984-07-31", "document": "X1"}
    desk = "/admin/accounts/residency/desk/"
    asked = client.post(desk, typed, headers={"Referer": f"http://testserver{desk}"})
    page = client.post(asked.headers["Location"], GIVEN, follow=True)
    assert page.request["PATH_INFO"] == desk
    assert "What you sent was not saved. Please send it again." in page.content.decode()
    assert not Residency.objects.exists()


def test_signing_in_with_the_password_counts_as_having_given_it_1127_rc7(
    owner: Person, club: Organisation
) -> None:
    client = Client()
    client.post(LOGIN, {"login": owner.email, **GIVEN})
    assert "reauthenticate" not in invite(client, club, "one@example.org")
    assert invited(club) == {"one@example.org"}


def test_a_session_without_a_password_counts_for_nothing_1127_rc7(client: Client, club: Organisation) -> None:
    """Not either once the password is some time ago."""
    assert invite(client, club, "one@example.org").startswith(PASSWORD_PAGE)
    with_password(client, club.memberships.get().person)
    a_while_later(client)
    assert invite(client, club, "one@example.org").startswith(PASSWORD_PAGE)


def test_what_waits_is_said_with_its_labels_1127_ax6(client: Client, club: Organisation) -> None:
    shown = client.post(invite(client, club, "one@example.org"), GIVEN, follow=True).content.decode()
    for label, words in (
        ("Organisation", "The Club"),
        ("Email address", "one@example.org"),
        ("Role", "Member"),
    ):
        assert f"<dt>{label}</dt><dd>{words}</dd>" in shown


def test_a_council_role_is_said_by_its_words_1127_ax6() -> None:
    person, moderators = make.person(), Group.objects.get(name="moderators")
    client = Client()
    client.force_login(make.superuser())
    typed = {"is_staff": "on", "groups": [moderators.pk], "reason": "ok"}
    asked = client.post(f"/admin/accounts/person/{person.pk}/change/", typed).headers["Location"]
    shown = client.post(asked, GIVEN, follow=True).content.decode()
    assert f"<dt>Person</dt><dd>{person} ({person.email})</dd>" in shown
    assert "<dd>moderators</dd>" in shown
    assert "<dd>on</dd>" not in shown


def test_an_action_of_the_desk_is_said_with_its_rows_1127_ax6() -> None:
    person = make.person()
    client = Client()
    client.force_login(make.staff("moderators"))
    typed = {"action": "close_account", "_selected_action": str(person.pk)}
    asked = client.post("/admin/accounts/person/", typed).headers["Location"]
    shown = client.post(asked, GIVEN, follow=True)
    for words in ("Close the account", str(person)):
        assert f"<dd>{words}</dd>" in shown.content.decode()
    # What is sent then is its page that asks, not the step itself.
    assert "Reason" in client.post(*sent(shown), follow=True).content.decode()
    person.refresh_from_db()
    assert person.is_active


def test_the_last_step_of_an_action_is_asked_for_again_1127_ay1() -> None:
    """What somebody else confirmed in an open session is read by who gives the password, with its reason."""
    person, client = make.person(), Client()
    client.force_login(make.staff("moderators"))
    typed = {
        "action": "close_account",
        "_selected_action": str(person.pk),
        "confirmed": "yes",
        "reason": "Spam!",
    }
    asked = client.post("/admin/accounts/person/", typed).headers["Location"]
    answer = client.post(*sent(client.post(asked, GIVEN, follow=True)), follow=True).content.decode()
    person.refresh_from_db()
    assert person.is_active
    assert "Spam!" in answer
    assert 'name="confirmed"' in answer


def test_what_is_asked_a_second_time_keeps_its_page_1127_ay8(client: Client, club: Organisation) -> None:
    address, page = f"{club.get_absolute_url()}members/", club.get_absolute_url()
    typed = {"email": "one@example.org", "role": "member"}
    asked = client.post(address, typed, headers={"Referer": f"http://testserver{page}"})
    shown = client.post(asked.headers["Location"], GIVEN, follow=True)
    first = shown.request["PATH_INFO"]
    a_while_later(client)
    asked = client.post(*sent(shown), headers={"Referer": f"http://testserver{first}"})
    assert asked.headers["Location"].startswith(PASSWORD_PAGE)
    # Not given yet, and given at last: it is offered at both addresses, with the page on which it was typed.
    shown = client.post(asked.headers["Location"], GIVEN, follow=True)
    for content in (client.get(first).content.decode(), shown.content.decode()):
        assert f'<a class="code-like" href="{page}">{page}</a>' in content
        assert "/continue/" not in content.split("<main", 1)[1]
        assert "Send it now</button>" in content
    client.post(*sent(shown))
    assert invited(club) == {"one@example.org"}
    for link in (first, shown.request["PATH_INFO"]):
        assert "Send it now</button>" not in client.get(link).content.decode()
