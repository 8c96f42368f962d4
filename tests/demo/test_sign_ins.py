"""One click makes the visitor one of the listed people, and never anybody else."""

from http import HTTPStatus

import pytest
from django.contrib.auth import get_user
from django.test import Client, override_settings

from civic.demo.sign_ins import sign_ins
from tests.factories import accounts

pytestmark = pytest.mark.django_db


def visitor_named(role: str) -> str:
    return next(one.email for one in sign_ins() if one.role == role)


def test_a_listed_person_can_be_had_with_one_click(client: Client):
    resident = accounts.person(visitor_named("Resident"), name="Judith Albers")
    assert "Sign in as Judith Albers" in client.get("/demo/").content.decode()
    answer = client.post("/demo/sign-in/", {"email": resident.email})
    assert answer.headers["Location"] == "/me/"
    assert get_user(client) == resident


def test_the_browser_that_signed_in_so_is_known_by_its_name(client: Client):
    resident = accounts.person(visitor_named("Resident"))
    iphone = "Mozilla/5.0 (iPhone) Version/17 Safari/604"
    client.post("/demo/sign-in/", {"email": resident.email}, headers={"User-Agent": iphone})
    (device,) = client.get("/me/devices/").context["devices"]
    assert device.browser == "Safari, iPhone"
    assert device.since


def test_council_staff_land_at_their_desk(client: Client):
    moderator = accounts.staff("moderators", email=visitor_named("Moderator"))
    assert client.post("/demo/sign-in/", {"email": moderator.email}).headers["Location"] == "/admin/"


def test_nobody_else_can_be_had(client: Client):
    stranger = accounts.person("somebody@example.org")
    answer = client.post("/demo/sign-in/", {"email": stranger.email})
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert not get_user(client).is_authenticated


def test_a_link_signs_nobody_in(client: Client):
    accounts.person(visitor_named("Resident"))
    answer = client.get("/demo/sign-in/", {"email": visitor_named("Resident")})
    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED


def test_another_site_cannot_sign_somebody_in():
    accounts.person(visitor_named("Resident"))
    answer = Client(enforce_csrf_checks=True).post("/demo/sign-in/", {"email": visitor_named("Resident")})
    assert answer.status_code == HTTPStatus.FORBIDDEN


def test_no_sign_in_where_the_demo_is_off(client: Client):
    accounts.person(visitor_named("Resident"))
    with override_settings(DEMO=False):
        answer = client.post("/demo/sign-in/", {"email": visitor_named("Resident")})
    assert answer.status_code == HTTPStatus.NOT_FOUND
    assert not get_user(client).is_authenticated
