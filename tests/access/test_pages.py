"""The pages: from asking to reading, what both sides see, and what a page costs."""

import re

import pytest
from django.test import Client

from civic.accounts import groups
from civic.core import clock
from datasets.access.models import AccessRequest, Grant
from datasets.access.operations import requests
from datasets.catalogue.vocabularies import AccessLevel
from tests.factories import accounts, catalogue
from tests.factories import data_access as access
from tests.visiting import hidden, statements, text_of, visitor, with_password

pytestmark = pytest.mark.django_db
FORM = {"purpose": "research", "why": access.WHY, "days": "30", "scopes": ["download"]}


def test_a_request_goes_from_a_form_to_a_download() -> None:
    dataset, person = access.dataset(), accounts.person()
    asker, writer = visitor(person), visitor(catalogue.writer(dataset))
    page = f"/data/{dataset.slug}/"
    assert f"{page}access/" in asker.get(page).content.decode()
    made = asker.post(f"{page}access/", FORM)
    request = AccessRequest.objects.get()
    assert made.status_code == 302
    assert made["Location"] == request.get_absolute_url()
    assert writer.get(request.get_absolute_url()).status_code == 404, "a draft is its writer's"
    asker.post(f"{request.get_absolute_url()}submit/")
    assert "Approve" in text_of(writer, request.get_absolute_url())
    refused = writer.post(f"{request.get_absolute_url()}approve/", {"reason": ""})
    assert refused.status_code == 422
    version = hidden(refused, "version")
    writer.post(f"{request.get_absolute_url()}approve/", {"reason": "Good luck.", "version": version})
    grant = Grant.objects.get()
    assert grant.state == "active"
    assert asker.get(f"{page}latest.csv").status_code == 200
    assert "CSV downloaded" in text_of(writer, f"{page}access/reads/")
    assert person.display_name in text_of(writer, f"{page}access/reads/")
    mine = text_of(asker, "/me/data-access/")
    assert "CSV downloaded" in mine
    assert dataset.title in mine
    assert asker.get(grant.agreement.get_absolute_url()).content.decode() == grant.agreement.document
    assert "Access to data" in text_of(asker, "/me/")


def test_a_list_says_what_is_not_open() -> None:
    access.dataset()
    catalogue.published(title="Open")
    assert text_of(visitor(), "/data/").count("on request") == 1


def test_terms_are_accepted_on_a_page() -> None:
    dataset = access.dataset(AccessLevel.REGISTERED)
    client, page = visitor(accounts.person()), f"/data/{dataset.slug}/"
    sent = {"purpose": "research", "terms": hidden(client.get(f"{page}access/"), "terms")}
    assert client.post(f"{page}access/", sent).status_code == 422
    assert client.post(f"{page}access/", sent | {"agreed": "on"}).status_code == 302
    assert "You may read it until" in text_of(client, page)


def test_what_is_given_by_order_says_that_it_cannot_be_ordered_yet() -> None:
    dataset = access.dataset(AccessLevel.BY_ORDER)
    client = visitor(accounts.person())
    assert "cannot be ordered here yet" in text_of(client, f"/data/{dataset.slug}/")
    assert "cannot be ordered here yet" in text_of(client, f"/data/{dataset.slug}/access/")


def test_a_key_is_shown_once() -> None:
    grant = access.grant(access.dataset())
    client = visitor(grant.person)
    shown = client.post(f"{grant.get_absolute_url()}key/")
    key = re.search(r"cxd_[\w-]+", shown.content.decode())
    assert key
    assert shown["Cache-Control"] == "no-store"
    assert key[0] not in client.get(grant.get_absolute_url()).content.decode()
    address = f"/data/{grant.dataset.slug}/latest.csv"
    assert Client().get(address, HTTP_AUTHORIZATION=f"Bearer {key[0]}").status_code == 200


def test_what_was_returned_keeps_what_was_typed_and_a_grant_is_renewed() -> None:
    dataset, person = access.dataset(), accounts.person()
    request, client = access.sent(dataset, person), visitor(person)
    writer = catalogue.writer(dataset)
    requests.return_request(actor=writer, request=request, reason="Which streets?", at=clock.now())
    assert "Which streets?" in text_of(client, request.get_absolute_url())
    form = client.get(f"{request.get_absolute_url()}edit/").content.decode()
    assert access.WHY in form
    client.post(f"{request.get_absolute_url()}edit/", FORM | {"days": "7"})
    client.post(f"{request.get_absolute_url()}submit/")
    request.refresh_from_db()
    first = access.approve(request)
    client.post(f"/data/{dataset.slug}/access/?renews={first.pk}", FORM)
    assert AccessRequest.objects.get(state="draft").renews == first


def test_requests_wait_for_whom_they_wait_for_1128_ry8() -> None:
    dataset, person = access.dataset(), accounts.person()
    writer, request = catalogue.writer(dataset), access.sent(dataset, person)
    asks, returned = f"asks for the data of “{dataset.title}”", "came back with a question"
    assert asks in text_of(visitor(writer), "/me/")
    assert request.get_absolute_url() in visitor(writer).get("/me/").content.decode()
    for other in (person, accounts.person()):
        assert asks not in text_of(visitor(other), "/me/")
    own = access.sent(access.dataset(title="Ours", publisher=dataset.publisher), writer)
    assert "“Ours”" not in text_of(visitor(writer), "/me/"), "nobody decides about their own"
    assert own.state == "submitted"
    assert returned not in text_of(visitor(person), "/me/")
    requests.return_request(actor=writer, request=request, reason="Which streets?", at=clock.now())
    assert returned in text_of(visitor(person), "/me/")
    draft = access.asked(access.dataset(title="Noise"), person)
    assert "“Noise” is a draft" in text_of(visitor(person), "/me/")
    assert draft.get_absolute_url() in visitor(person).get("/me/").content.decode()
    assert asks not in text_of(visitor(writer), "/me/")


def test_a_step_that_came_too_late_says_so_on_its_page() -> None:
    request = access.sent(access.dataset())
    access.approve(request)
    writer = visitor(catalogue.writer(request.dataset))
    late = writer.post(f"{request.get_absolute_url()}reject/", {"reason": "No."})
    assert late.status_code == 422
    assert writer.get(f"{request.get_absolute_url()}burn/").status_code == 404


def test_the_steward_suspends_at_the_desk_and_only_the_city_resumes() -> None:
    grant = access.grant(access.dataset())
    steward = accounts.staff(groups.DATA_STEWARDS)
    desk = with_password(visitor(steward), steward)
    sent = {"action": "suspend_grant", "_selected_action": [str(grant.pk)], "confirmed": "1"}
    desk.post("/admin/access/grant/", sent | {"reason": "The city looks into it."})
    grant.refresh_from_db()
    assert (grant.state, grant.held, grant.reason) == ("suspended", True, "The city looks into it.")
    page = text_of(visitor(catalogue.writer(grant.dataset)), grant.get_absolute_url())
    assert "only the city can resume it" in page
    assert "Resume" not in page


def test_pages_cost_the_same_for_many_as_for_few_and_the_check_is_one_statement() -> None:
    dataset, person = access.dataset(), accounts.person()
    grant, writer = access.grant(dataset, person), visitor(catalogue.writer(dataset))
    reader, page = visitor(person), f"/data/{dataset.slug}/"
    pages = [
        (reader, page),
        (reader, f"{page}latest.csv"),
        (reader, "/me/data-access/"),
        (reader, grant.get_absolute_url()),
        (writer, f"{page}access/requests/"),
        (writer, f"{page}access/reads/"),
    ]
    before = [statements(client, address) for client, address in pages]
    for _one in range(4):
        access.grant(dataset)
        access.sent(dataset)
        reader.get(page)
    assert [statements(client, address) for client, address in pages] == before


def test_a_live_grant_costs_one_statement_and_its_event() -> None:
    open_one, closed, person = catalogue.published(), access.dataset(title="For few"), accounts.person()
    access.grant(closed, person)
    client = visitor(person)
    more = [statements(client, f"/data/{one.slug}/latest.csv") for one in (open_one, closed)]
    assert more[1] - more[0] == 2
