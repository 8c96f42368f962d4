"""Signing up, in and out: verification, limits, equal answers, sessions that end, the second step."""

import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.cache import cache
from django.db import connection
from django.test import Client

from civic.accounts.models import Person
from civic.core.accent import light_tones
from civic.core.models import Event
from tests.factories import accounts as make
from tests.mail import delivered

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP, RESET = "/accounts/login/", "/accounts/signup/", "/accounts/password/reset/"


@pytest.fixture(autouse=True)
def no_limits_used_up():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, email, password=make.PASSWORD, **headers):
    return client.post(LOGIN, {"login": email, "password": password}, **headers)


def words(response):
    """What a page says, without tokens and what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"', "", response.content.decode())
    return re.sub(r"[\w.+-]+@example\.org", "", text)


def link_in_last_letter(part):
    return re.search(rf"https?://[^/\s]+(/accounts/{part}\S+)", delivered()[-1].body).group(1)


def test_an_address_is_verified_before_anything_else(client):
    page = client.post(SIGNUP, {"email": "ada@example.org", "password1": make.PASSWORD})
    assert page.url == "/accounts/confirm-email/"
    person = Person.objects.get(email="ada@example.org")
    assert client.get("/me/").status_code == 302
    assert sign_in(Client(), "ada@example.org").url == "/accounts/confirm-email/"
    link = link_in_last_letter("confirm-email/")
    assert client.get(link).status_code == 200
    assert not person.emailaddress_set.get().verified
    client.post(link)
    assert person.emailaddress_set.get().verified
    assert client.get("/me/").status_code == 200
    assert Event.objects.filter(kind="person.joined", actor=person.pk).count() == 1


def test_known_and_unknown_addresses_get_the_same_answers(client):
    known = make.person("known@example.org")
    answers = [sign_in(Client(), address, "wrong") for address in (known.email, "nobody@example.org")]
    assert answers[0].status_code == answers[1].status_code == 200
    assert words(answers[0]) == words(answers[1])
    resets = [
        Client().post(RESET, {"email": address}, follow=True)
        for address in (known.email, "nobody@example.org")
    ]
    assert resets[0].redirect_chain == resets[1].redirect_chain
    assert words(resets[0]) == words(resets[1])
    data = {"password1": "another-long-phrase"}
    signups = [
        Client().post(SIGNUP, data | {"email": a}, follow=True) for a in (known.email, "nobody@example.org")
    ]
    assert signups[0].redirect_chain == signups[1].redirect_chain
    assert words(signups[0]) == words(signups[1])


def test_failed_sign_ins_are_limited_for_unknown_addresses_too():
    for email in (make.person().email, "nobody@example.org"):
        pages = [sign_in(Client(), email, "wrong") for _ in range(6)]
        assert "Too many failed tries to sign in" in pages[-1].content.decode()
        assert "Too many failed tries to sign in" not in pages[-2].content.decode()
        cache.clear()


def test_a_forged_forwarded_for_header_does_not_reset_the_limit():
    statuses = [
        Client().post(SIGNUP, {"email": "x"}, headers={"X-Forwarded-For": f"10.0.0.{number}"}).status_code
        for number in range(25)
    ]
    assert statuses.count(429) == 5


@pytest.mark.django_db(transaction=True)
def test_limits_hold_at_sixteen_threads():
    person = make.person()

    def guess(number):
        try:
            page = sign_in(
                Client(), person.email, f"wrong{number}", headers={"X-Forwarded-For": f"10.0.0.{number}"}
            )
            return "are not correct" in page.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(16) as threads:
        tried = sum(threads.map(guess, range(32)))
    assert tried <= 5


def test_nobody_guesses_passwords_while_tries_cannot_be_counted(client, settings):
    person = make.person()
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    page = sign_in(client, person.email)
    assert "not possible at the moment" in page.content.decode()
    assert client.get("/me/").status_code == 302


def test_a_session_ends_with_sign_out_and_with_a_new_password(client):
    person = make.person()
    thief = Client()
    for browser in (client, thief):
        sign_in(browser, person.email)
    stolen = client.cookies["sessionid"].value
    client.post("/accounts/logout/")
    client.cookies["sessionid"] = stolen
    assert client.get("/me/").status_code == 302
    sign_in(client, person.email)
    new = {
        "oldpassword": make.PASSWORD,
        "password1": "another-long-phrase",
        "password2": "another-long-phrase",
    }
    changed = client.post("/accounts/password/change/", new)
    assert changed.status_code == 302
    assert thief.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 302


def test_a_reset_ends_sessions_too(client):
    person = make.person()
    thief = Client()
    sign_in(thief, person.email)
    client.post(RESET, {"email": person.email})
    form = client.get(link_in_last_letter("password/reset/key/"), follow=True)
    new = {"password1": "another-long-phrase", "password2": "another-long-phrase"}
    client.post(form.redirect_chain[-1][0], new)
    assert thief.get("/me/").status_code == 302
    assert sign_in(Client(), person.email, "another-long-phrase").url == "/me/"


def test_signing_out_takes_a_post(client):
    person = make.person()
    sign_in(client, person.email)
    client.get("/accounts/logout/")
    assert client.get("/me/").status_code == 200


def with_second_step(person):
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    RecoveryCodes.activate(person)
    return secret


def totp_now(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


def test_the_second_step_is_asked_for_and_its_secret_is_encrypted(client):
    person = make.person()
    secret = with_second_step(person)
    assert sign_in(client, person.email).url.startswith("/accounts/2fa/authenticate/")
    assert client.get("/me/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": totp_now(secret)})
    assert client.get("/me/").status_code == 200
    stored = Authenticator.objects.get(type="totp").data["secret"]
    assert secret not in stored
    assert get_adapter().decrypt(stored) == secret


def test_a_recovery_code_works_once():
    person = make.person()
    with_second_step(person)
    code = Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()[0]
    for expected in (200, 302):
        client = Client()
        sign_in(client, person.email)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        assert client.get("/me/").status_code == expected


@pytest.mark.parametrize("room", ["/admin/", "/cms/"])
def test_staff_enter_the_councils_rooms_with_a_second_step_only_i4(client, settings, room):
    settings.STAFF_MFA_REQUIRED = True
    person = make.superuser()
    client.force_login(person)
    assert client.get(room).url == "/accounts/2fa/"
    secret = with_second_step(person)  # elsewhere: this session gave no code of it
    assert client.get(room).url == f"/accounts/2fa/reauthenticate/?next={quote(room, safe='')}"
    client.post("/accounts/2fa/reauthenticate/", {"code": totp_now(secret)})
    assert client.get(room).status_code == 200
    Authenticator.objects.filter(type="totp").delete()
    assert client.get(room).status_code == 302


def test_staff_powers_count_only_after_the_second_step_i3(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    person, area = make.superuser(), make.area()
    secret = with_second_step(person)
    sign_in(client, person.email)
    hidden = make.organisation(state="suspended")
    client.force_login(person)
    assert client.get(hidden.get_absolute_url()).status_code == 404
    assert "/admin/" in client.get("/me/").content.decode()
    assert not client.get("/me/").context["user"].has_perm("accounts.view_person")
    client.post("/me/profile/", {"name": "Ada", "about": "", "area": area.pk})
    client.get("/accounts/email/")
    person.refresh_from_db()
    assert person.name == "Ada"
    assert person.is_superuser
    client.post("/accounts/2fa/reauthenticate/", {"code": totp_now(secret)})
    assert client.get(hidden.get_absolute_url()).status_code == 200


def test_a_password_changed_without_the_second_step_keeps_the_role_i3(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    person = make.staff("moderators")
    sign_in(client, person.email)
    phrase = "another-long-phrase"
    new = {"oldpassword": make.PASSWORD, "password1": phrase, "password2": phrase}
    client.post("/accounts/password/change/", new)
    person.refresh_from_db()
    assert person.check_password(phrase)
    assert person.is_staff


@pytest.mark.django_db(transaction=True)
def test_setting_up_the_second_step_ends_other_sessions_i4(client, settings):
    settings.STAFF_MFA_REQUIRED = True
    person = make.superuser()
    thief = Client()
    for browser in (client, thief):
        sign_in(browser, person.email)
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    secret = client.get("/accounts/2fa/totp/activate/").context["form"].secret
    client.post("/accounts/2fa/totp/activate/", {"code": totp_now(secret)})
    assert client.get("/admin/").status_code == 200
    assert thief.get("/me/").status_code == 302


@pytest.mark.parametrize("door", ["/admin/", "/admin/login/", "/cms/", "/cms/login/"])
def test_there_is_one_sign_in(client, door):
    page = client.get(door)
    while page.status_code == 302 and not page.url.startswith(LOGIN):
        page = client.get(page.url)
    assert page.url.startswith(LOGIN)
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).url.startswith(LOGIN)


def test_the_libraries_own_pages_for_people_and_passwords_are_closed(client):
    client.force_login(make.superuser())
    assert client.get("/cms/users/").url == "/admin/accounts/person/"
    assert client.get("/cms/users/add/").url == "/admin/accounts/person/"
    assert client.get("/admin/password_change/").url == "/accounts/password/change/"


def test_letters_are_plain_and_html_and_load_nothing(client):
    client.post(SIGNUP, {"email": "ada@example.org", "password1": make.PASSWORD})
    letter = delivered()[-1]
    html = letter.alternatives[0][0]
    link = re.search(r"http\S+", letter.body).group(0)
    assert f'href="{link}"' in html
    assert "src=" not in html
    assert "Confirm my address" in html


def test_letters_carry_the_name_and_accent_that_editors_gave_the_site(client, monkeypatch):
    monkeypatch.setattr("civic.pages.look.identity", lambda: ("Aldermere Together", "#7a1f5c", ""))
    client.post(SIGNUP, {"email": "ada@example.org", "password1": make.PASSWORD})
    letter = delivered()[-1]
    html = letter.alternatives[0][0]
    assert "Aldermere Together" in letter.subject
    assert letter.from_email.startswith("Aldermere Together <")
    assert "Aldermere Together" in html
    assert light_tones("#7a1f5c").fill in html
    assert light_tones("#0b6375").fill not in html


def test_the_pages_to_sign_in_carry_the_citys_own_footer(client, monkeypatch):
    look = {
        "name": "Aldermere Together",
        "claim": "Where neighbours build",
        "contact_email": "hello@city.example",
    }
    monkeypatch.setattr("civic.pages.context.look", lambda: look)
    for path in ("/accounts/login/", SIGNUP):
        foot = client.get(path).content.decode().split("<footer")[1]
        assert "Where neighbours build" in foot
        assert "mailto:hello@city.example" in foot
