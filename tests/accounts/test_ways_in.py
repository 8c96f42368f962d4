"""How somebody comes into an account: nothing unproven stays, each change asks again and is told to every address."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth import hashers
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.test import Client

from civic.accounts.models import Person
from civic.accounts.operations import people
from civic.core import clock, events
from tests.factories import accounts as make
from tests.mail import delivered
from tests.visiting import with_password

pytestmark = pytest.mark.django_db
LOGIN, SIGNUP, RESET, ADDRESSES = (
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/email/",
)
VICTIM, THIEVES, OWN = "victim@example.org", "thieves-own-phrase", "victims-own-phrase"


@pytest.fixture(autouse=True)
def no_limits_used_up():
    cache.clear()
    yield
    cache.clear()


def sign_up(client, password, email=VICTIM):
    return client.post(SIGNUP, {"email": email, "password1": password})


def sign_in(email, password):
    """The browser after signing in, and whether that opened the account."""
    client = Client()
    client.post(LOGIN, {"login": email, "password": password})
    return client, client.get("/me/").status_code == 200


def last_link(part, to=VICTIM):
    letters = [letter for letter in delivered() if letter.to == [to]]
    return re.search(rf"https?://[^/\s]+(/accounts/{part}\S+)", letters[-1].body).group(1)


def reauthenticated(person):
    client, _open = sign_in(person.email, make.PASSWORD)
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    return client


def told(since):
    """Who was written to after so many mails."""
    return {letter.to[0] for letter in delivered()[since:]}


@pytest.mark.parametrize("last", ["victim", "thief"])
def test_an_unproven_password_does_not_survive_i1(last):
    thief, victim = Client(), Client()
    signing_up = [(thief, THIEVES), (victim, OWN)]
    for browser, password in signing_up if last == "victim" else [*signing_up, (thief, THIEVES)]:
        sign_up(browser, password)
    cache.clear()
    victim.post(last_link("confirm-email/"))
    assert not sign_in(VICTIM, THIEVES)[1]
    assert sign_in(VICTIM, OWN)[1] == (last == "victim")


def test_the_link_confirms_only_where_the_password_is_known_i1():
    sign_up(Client(), THIEVES)
    link = last_link("confirm-email/")
    Client().post(link)
    assert not EmailAddress.objects.get(email=VICTIM).verified
    elsewhere, _open = sign_in(VICTIM, THIEVES)
    elsewhere.post(link)
    assert EmailAddress.objects.get(email=VICTIM).verified


def test_an_address_added_by_a_stranger_stays_the_owners_i1():
    thief = make.person("thief@example.org")
    reauthenticated(thief).post(ADDRESSES, {"email": VICTIM, "action_add": ""})
    Client().post(last_link("confirm-email/"))
    assert not EmailAddress.objects.get(email=VICTIM).verified
    Client().post(RESET, {"email": VICTIM})
    assert "/password/reset/key/" not in delivered()[-1].body
    cache.clear()
    victim = Client()
    sign_up(victim, OWN)
    victim.post(last_link("confirm-email/"))
    assert victim.get("/me/").context["user"].email == VICTIM
    assert Person.objects.get(email=VICTIM) != thief


def test_the_desk_verifies_nobody_whose_address_is_unproven_i1(client):
    make.area(parent=make.area())
    sign_up(Client(), THIEVES)
    with_password(client, make.staff("data-stewards"))
    page = client.post("/admin/accounts/residency/desk/", {"email": VICTIM})
    assert "no account with this address" in page.content.decode()


@pytest.mark.parametrize("action", ["action_add", "action_primary", "action_remove"])
def test_an_open_session_changes_no_address_without_the_password_i6(action):
    person = make.person()
    EmailAddress.objects.create(user=person, email="second@example.org", verified=True)
    client = Client()
    client.force_login(person)
    address = "third@example.org" if action == "action_add" else "second@example.org"
    before = list(EmailAddress.objects.filter(user=person).values_list("email", "primary"))
    answer = client.post(ADDRESSES, {"email": address, action: ""})
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert list(EmailAddress.objects.filter(user=person).values_list("email", "primary")) == before


def test_every_address_is_told_of_each_change_of_a_way_in_i6():
    person = make.person("old@example.org")
    client = reauthenticated(person)
    client.post(ADDRESSES, {"email": "new@example.org", "action_add": ""})
    seen = len(delivered())
    client.post(last_link("confirm-email/", "new@example.org"))
    assert told(seen) == {"old@example.org", "new@example.org"}
    seen = len(delivered())
    client.post(ADDRESSES, {"email": "new@example.org", "action_primary": ""})
    assert told(seen) == {"old@example.org", "new@example.org"}
    seen = len(delivered())
    client.post(ADDRESSES, {"email": "old@example.org", "action_remove": ""})
    assert told(seen) == {"old@example.org", "new@example.org"}
    seen = len(delivered())
    new = {"oldpassword": make.PASSWORD, "password1": OWN, "password2": OWN}
    client.post("/accounts/password/change/", new)
    assert told(seen) == {"new@example.org"}


def test_sign_up_hashes_once_whoever_has_an_account_i9(monkeypatch):
    make.person("known@example.org")
    hashed = []
    real = hashers.MD5PasswordHasher.encode

    def counted(hasher, password, salt):
        hashed.append(password)
        return real(hasher, password, salt)

    monkeypatch.setattr(hashers.MD5PasswordHasher, "encode", counted)
    counts = []
    for address in ("known@example.org", "nobody@example.org", "nobody@example.org"):
        sign_up(Client(), OWN, address)
        counts.append(hashed.count(OWN))
        hashed.clear()
    assert counts == [1, 1, 1]


def test_links_in_account_mail_lead_to_the_configured_site(settings):
    settings.SITE_URL = "https://exchange.city.example"
    settings.ALLOWED_HOSTS = ["*"]
    person = make.person()
    Client().post(RESET, {"email": person.email}, headers={"host": "city.example:8999"})
    Client().post(SIGNUP, {"email": VICTIM, "password1": OWN}, headers={"host": "elsewhere.example"})
    for letter in delivered()[-2:]:
        assert set(re.findall(r"https?://[^/\s]+", letter.body)) == {settings.SITE_URL}


def test_a_person_sees_where_they_are_signed_in_and_signs_out_everywhere_s3(client):
    person = make.person()
    phone = Client(headers={"user-agent": "Mozilla/5.0 (iPhone; CPU) Version/18.0 Safari/604.1"})
    library, other = Client(), Client()
    for browser, whose in ((client, person), (phone, person), (library, person), (other, make.person())):
        browser.post("/accounts/login/", {"login": whose.email, "password": make.PASSWORD})
    page = client.get("/me/devices/")
    assert "Safari, iPhone" in page.content.decode()
    assert [one.current for one in page.context["devices"]] == [True, False, False]
    assert phone.session.session_key not in page.content.decode()
    named = next(one.name for one in page.context["devices"] if one.browser == "Safari, iPhone")
    client.post("/accounts/reauthenticate/", {"password": make.PASSWORD})
    client.post("/me/devices/", {"device": named})
    assert (phone.get("/me/").status_code, library.get("/me/").status_code) == (302, 200)
    client.post("/me/devices/")
    assert library.get("/me/").status_code == 302
    assert [browser.get("/me/").status_code for browser in (client, other)] == [200, 200]


def test_whoever_finds_an_open_session_signs_nobody_out_without_the_password_s3(client):
    person = make.person()
    client.force_login(person)
    elsewhere = Client()
    elsewhere.force_login(person)
    assert "/accounts/reauthenticate/" in client.post("/me/devices/").url
    assert elsewhere.get("/me/").status_code == 200


@pytest.mark.parametrize(
    "weak",
    ["aldermere2026", "Aldermere!2026", "Password123!", "12qwerty34", "2026CityAldermere", "exchange-2026"],
)
def test_a_word_with_a_number_is_no_password_s3(client, weak):
    make.area("Aldermere")
    assert client.post(SIGNUP, {"email": VICTIM, "password1": weak}).status_code == 200
    assert not Person.objects.exists()


@pytest.mark.parametrize("strong", ["harbour-lantern-cup", "aldermere tram ferry owl", "vR7#xq0!Lm2z"])
def test_unrelated_words_and_random_signs_are_s3(client, strong):
    make.area("Aldermere")
    assert client.post(SIGNUP, {"email": VICTIM, "password1": strong}).status_code == 302


def test_what_the_database_holds_of_a_session_opens_nothing_k7(client):
    client.force_login(make.person())
    kept = Session.objects.get()
    assert kept.pk != client.session.session_key
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept.pk
    assert thief.get("/me/").status_code == 302
    assert client.get("/me/").status_code == 200


def test_a_closed_accounts_letter_sets_no_password_27_k4():
    person, administrator = make.person(), make.superuser()
    Client().post(RESET, {"email": person.email})
    link = last_link("password/reset/key/", person.email)
    at = clock.now()
    people.close_account(actor=administrator, person=person, reason="Spam", at=at)
    before = Person.objects.get(pk=person.pk).password
    browser = Client()
    where = getattr(browser.get(link), "url", link)
    browser.post(where, {"password1": OWN, "password2": OWN})
    assert Person.objects.get(pk=person.pk).password == before
    people.reopen_account(actor=administrator, person=person, reason="A mistake", at=at)
    browser = Client()
    browser.post(browser.get(link).url, {"password1": OWN, "password2": OWN})
    assert Person.objects.get(pk=person.pk).password != before


def test_who_is_signed_out_elsewhere_is_told_27_r11(client):
    person = make.person()
    client.force_login(person)
    Client().force_login(person)
    people.end_sessions(actor=person, keep=Session.objects.first().pk, at=clock.now())
    events.deliver_pending()
    assert "signed out elsewhere" in delivered()[-1].subject


def test_a_session_copied_by_sql_into_another_row_opens_nothing_27_k4(client):
    officer, thief = Client(), Client()
    officer.force_login(make.staff("finance-officers"))
    theirs = Session.objects.get()
    thief.force_login(make.person())
    Session.objects.exclude(pk=theirs.pk).update(session_data=theirs.session_data)
    assert thief.get("/me/").status_code == 302
    assert officer.get("/me/").status_code == 200


def test_administrators_are_told_of_a_changed_way_in_of_staff_27_k4():
    administrator, officer, resident = make.superuser(), make.staff("finance-officers"), make.person()
    for person in (officer, resident):
        person.set_password(OWN)
        person.save()
    events.deliver_pending()
    letters = [letter for letter in delivered() if letter.to == [administrator.email]]
    assert [officer.display_name in letter.body for letter in letters] == [True]


def test_a_dismissed_administrator_keeps_no_power_k5(client):
    administrator = make.superuser()
    client.force_login(administrator)
    assert client.get("/cms/").status_code == 200
    people.appoint(
        actor=make.superuser(),
        person=administrator,
        is_staff=False,
        groups=[],
        reason="Left.",
        at=clock.now(),
    )
    administrator.refresh_from_db()
    assert (administrator.is_staff, administrator.is_superuser) == (False, False)
    assert client.get("/cms/").status_code in (302, 403)
