"""Every page of accounts answers, for each kind of reader, with a fixed number of statements."""

import pytest
from django.test import Client
from django.urls import reverse

from civic.accounts.models import Membership
from tests.factories import accounts as make

pytestmark = pytest.mark.django_db

OWN_PAGES = [
    "me",
    "profile",
    "residency",
    "residency-letter",
    "residency-registry",
    "privacy",
    "organisation-new",
]


@pytest.fixture
def person():
    return make.person()


@pytest.fixture
def signed_in(client: Client, person):
    client.force_login(person)
    return client


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_need_a_sign_in(client, name):
    response = client.get(reverse(f"accounts:{name}"))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/")


@pytest.mark.parametrize("name", OWN_PAGES)
def test_own_pages_answer(signed_in, name):
    assert signed_in.get(reverse(f"accounts:{name}")).status_code == 200


@pytest.mark.parametrize("state", ["requested", "code_sent", "verified", "rejected", "expired", "withdrawn"])
def test_the_residency_page_knows_every_state(signed_in, person, state):
    verified_at = make.VERIFIED_AT if state == "verified" else None
    make.residency(
        person, state=state, verified_at=verified_at, state_since=make.VERIFIED_AT, expires_at=None
    )
    page = signed_in.get("/me/residency/")
    assert page.status_code == 200
    assert ("three ways" in page.content.decode()) == (state in ("rejected", "expired", "withdrawn"))


def test_a_public_page_shows_no_address_and_no_trace_of_an_erased_person(client, person):
    page = client.get(person.get_absolute_url())
    assert person.name in page.content.decode()
    assert person.email not in page.content.decode()
    assert page.headers["X-Robots-Tag"] == "noindex"
    person.erased_at = make.VERIFIED_AT
    person.save()
    assert client.get(person.get_absolute_url()).status_code == 404


def test_an_organisations_pages_by_reader(client, person):
    organisation = make.organisation(person)
    url = organisation.get_absolute_url()
    assert client.get(url).status_code == 200
    assert "Edit this page" not in client.get(url).content.decode()
    client.force_login(person)
    assert "Edit this page" in client.get(url).content.decode()
    for part in ("edit/", "members/", "leave/"):
        assert client.get(url + part).status_code == 200
    client.force_login(make.person())
    assert client.get(url + "edit/").status_code == 403
    assert client.get(url + "members/").status_code == 403
    assert client.get(url + "leave/").status_code == 404


def test_a_suspended_organisation_is_seen_by_its_members_and_staff_only(client, person):
    organisation = make.organisation(person, state="suspended")
    url = organisation.get_absolute_url()
    assert client.get(url).status_code == 404
    assert organisation.name not in client.get("/organisations/").content.decode()
    client.force_login(person)
    assert client.get(url).status_code == 200
    assert client.get(url + "edit/").status_code == 403


def test_a_form_keeps_what_was_typed(signed_in):
    typed = {"name": "Ada", "about": "x" * 601}
    page = signed_in.post("/me/profile/", typed)
    assert page.status_code == 422
    assert "x" * 601 in page.content.decode()
    assert "Ada" in page.content.decode()


def counted(client, url, django_assert_max_num_queries, most):
    with django_assert_max_num_queries(most) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_statements_do_not_grow_with_rows(signed_in, person, client, django_assert_max_num_queries):
    def fill(count):
        for _ in range(count):
            joined = make.organisation()
            make.membership(joined, person)
        for somebody in make.people(count):
            make.membership(own, somebody, Membership.Role.MEMBER)

    def measure():
        urls = ["/me/", "/organisations/", own.get_absolute_url(), own.get_absolute_url() + "members/"]
        urls += [person.get_absolute_url(), "/me/residency/", "/me/data/"]
        return {url: counted(signed_in, url, django_assert_max_num_queries, 14) for url in urls}

    own = make.organisation(person)
    fill(2)
    measure()  # what is kept from now on, like the site's settings, is asked for once
    few = measure()
    fill(12)
    assert measure() == few
    anonymous = Client()
    for url in ("/organisations/", own.get_absolute_url(), person.get_absolute_url()):
        counted(anonymous, url, django_assert_max_num_queries, 8)
    assert counted(anonymous, "/api/v1/areas/", django_assert_max_num_queries, 2)
