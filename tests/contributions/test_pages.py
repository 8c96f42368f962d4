"""The pages about help, in a browser's eyes: what is shown to whom, and that nothing typed is lost."""

from typing import Any
from uuid import uuid4

import pytest

from projects.contributions.models import Contribution, Want
from projects.contributions.states import ContributionState
from tests.factories import accounts, contributions, proposals
from tests.visiting import statements, text_of, visitor

pytestmark = pytest.mark.django_db

State = ContributionState


def offer_page(line: Want) -> str:
    return f"/projects/{line.project.slug}/help/{line.pk}/"


def test_an_offer_is_made_accepted_given_and_confirmed_through_the_pages() -> None:
    line = contributions.want()
    helper, team = visitor(accounts.person(name="Mara")), visitor(line.project.author)
    sent = {"amount": 4, "message": "Saturdays", "token": str(uuid4())}
    assert helper.post(offer_page(line), sent).status_code == 302
    page = Contribution.objects.get().get_absolute_url()
    assert "Saturdays" in text_of(team, page)
    assert page in text_of(team, f"/projects/{line.project.slug}/help/offers/")
    for client, verb in [(team, "accept"), (helper, "deliver"), (team, "verify")]:
        assert f'value="{verb}"' in text_of(client, page)
        assert client.post(page, {"verb": verb}).status_code == 302
    for address in (line.project.get_absolute_url(), f"/projects/{line.project.slug}/help/"):
        assert "Mara" in text_of(visitor(), address)
    assert (
        visitor().get(f"/api/v1/projects/{line.project.slug}/contributions/").json()["results"][0]["giver"]
        == "Mara"
    )


def test_what_was_typed_comes_back_with_what_is_wrong() -> None:
    line = contributions.want(amount=3)
    answer = visitor(accounts.person()).post(
        offer_page(line), {"amount": 9, "message": "On Saturdays only", "token": str(uuid4())}
    )
    content = answer.content.decode()
    assert answer.status_code == 422
    assert "On Saturdays only" in content
    assert 'value="9"' in content
    assert "between 1 and 3" in content


def test_a_no_without_a_reason_asks_for_it() -> None:
    one = contributions.contribution()
    answer = visitor(one.want.project.author).post(one.get_absolute_url(), {"verb": "decline", "reason": ""})
    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()


def test_a_name_that_is_not_to_be_shown_is_shown_nowhere() -> None:
    one = contributions.contribution(
        state=State.VERIFIED,
        person=accounts.person(name="Ada Secret"),
        organisation=accounts.organisation(name="Secret Ltd"),
        anonymous=True,
    )
    slug = one.want.project.slug
    for address in (
        f"/projects/{slug}/",
        f"/projects/{slug}/help/",
        f"/api/v1/projects/{slug}/contributions/",
    ):
        content = visitor().get(address).content.decode()
        assert "Secret" not in content
        assert "Somebody" in content or '"giver":null' in content


def test_offers_are_seen_by_the_two_sides_alone() -> None:
    one = contributions.contribution(message="My number is 123")
    address, offers = one.get_absolute_url(), f"/projects/{one.want.project.slug}/help/offers/"
    assert visitor().get(address).status_code == 302
    for person in (accounts.person(), accounts.staff("moderators")):
        assert visitor(person).get(address).status_code == 404
        assert visitor(person).get(offers).status_code == 403
        assert visitor(person).post(address, {"verb": "accept"}).status_code == 404
    assert "123" not in visitor().get(f"/projects/{one.want.project.slug}/help/").content.decode()
    for person in (one.person, one.want.project.author, accounts.staff("programme-managers")):
        assert visitor(person).get(address).status_code == 200


@pytest.mark.parametrize("part", ["", "add/", "offers/"])
def test_a_project_that_is_not_public_has_no_list_for_others(part: str) -> None:
    project = contributions.want(proposals.project(state="submitted")).project
    assert visitor(accounts.person()).get(f"/projects/{project.slug}/help/{part}").status_code == 404
    assert visitor().get(f"/api/v1/projects/{project.slug}/wanted/").status_code == 404


def test_the_team_keeps_the_list_through_the_pages() -> None:
    project = proposals.project()
    team, base = visitor(project.author), f"/projects/{project.slug}/help/"
    typed: dict[str, Any] = {"kind": "skills", "title": "An electrician", "amount": 2, "unit": "days"}
    assert "Say what you need" in text_of(team, project.get_absolute_url())
    assert team.post(f"{base}add/", typed).status_code == 302
    line = Want.objects.get()
    assert team.post(f"{base}{line.pk}/change/", typed | {"amount": ""}).status_code == 422
    assert team.post(f"{base}{line.pk}/change/", typed | {"amount": 3}).status_code == 302
    stranger = visitor(accounts.person())
    for address in ("add/", f"{line.pk}/change/", f"{line.pk}/close/"):
        assert stranger.post(f"{base}{address}", typed).status_code == 403
    assert Want.objects.get().amount == 3
    assert "An electrician" in text_of(visitor(), base)
    assert team.post(f"{base}{line.pk}/close/").status_code == 302
    assert "An electrician" not in text_of(visitor(), base)


def test_me_shows_what_waits_and_what_was_offered() -> None:
    one = contributions.contribution()
    assert one.get_absolute_url() in text_of(visitor(one.want.project.author), "/me/")
    assert one.get_absolute_url() in text_of(visitor(one.person), "/me/")


def test_the_desk_answers_with_reasons_and_auditors_only_read() -> None:
    one = contributions.contribution()
    sent = {"action": "decline", "_selected_action": str(one.pk), "reason": "Not insured", "confirmed": "yes"}
    page = "/admin/contributions/contribution/"
    visitor(accounts.staff("auditors")).post(page, sent)
    assert Contribution.objects.get().state == State.OFFERED
    manager = visitor(accounts.staff("programme-managers"))
    assert manager.get(page).status_code == 200
    assert manager.get(f"{page}{one.pk}/change/").status_code == 200
    manager.post(page, sent)
    found = Contribution.objects.get()
    assert (found.state, found.reason) == (State.DECLINED, "Not insured")
    assert visitor(accounts.staff("moderators")).get(page).status_code == 403


@pytest.mark.parametrize(("who", "most"), [("stranger", 8), ("author", 14)])
@pytest.mark.parametrize("page", ["help/", "help/offers/", "me"])
def test_pages_ask_the_same_number_of_questions_at_two_sizes(who: str, most: int, page: str) -> None:
    project = proposals.project()
    client = visitor(project.author if who == "author" else None)
    if who == "stranger" and page != "help/":
        return
    address = "/me/" if page == "me" else f"/projects/{project.slug}/{page}"
    counts = []
    for size in (2, 12):
        for _ in range(size):
            line = contributions.want(project)
            contributions.contribution(line, organisation=accounts.organisation())
            contributions.contribution(line, State.VERIFIED, organisation=accounts.organisation())
        client.get(address)
        counts.append(statements(client, address))
    assert counts[0] == counts[1]
    assert page == "me" or counts[1] <= most
