"""A ballot and a result of very many projects: a page at a time, found by words, and nothing chosen is lost."""

import re
from urllib.parse import parse_qs

import pytest
from django.urls import reverse

from projects.calls.models import Call
from projects.proposals.models import Project
from projects.voting import sheets
from projects.voting.models import Ballot
from projects.voting.sheets import candidates, having, sheet
from projects.voting.views import results
from tests.factories import accounts, voting

pytestmark = pytest.mark.django_db
SIZE, MANY = 5, 13
BOX = re.compile(r'name="choose" value="([^"]+)"[^>]*?( checked)?(?: aria|>)')


@pytest.fixture(autouse=True)
def small_pages(monkeypatch):
    monkeypatch.setattr(sheets, "SIZE", SIZE)
    monkeypatch.setattr(results, "SHOWN", SIZE)


@pytest.fixture
def call():
    return voting.voting_call(*[1] * MANY, ballot_max=3)


@pytest.fixture
def voter(client):
    person = accounts.person()
    client.force_login(person)
    return person


def boxes(response) -> dict[str, bool]:
    return {key: bool(checked) for key, checked in BOX.findall(response.content.decode())}


def ballot(call: Call) -> str:
    return reverse("voting:ballot", args=[call.slug])


def test_every_project_stands_on_exactly_one_page_v8(call):
    pages = [sheet(call, "mark", chosen=(), number=str(number)) for number in (1, 2, 3)]
    shown = [project.pk for one in pages for project in one.projects]
    assert [len(one.projects) for one in pages] == [5, 5, 3]
    assert sorted(shown) == sorted(candidates(call).values_list("pk", flat=True))
    assert [one.projects[0].pk for one in pages] != [
        sheet(call, "another", chosen=(), number=str(number)).projects[0].pk for number in (1, 2, 3)
    ]


@pytest.mark.parametrize(
    ("number", "shown"), [("0", 1), ("99", 3), ("-1", 1), ("x", 1), ("9" * 40, 1), ("", 1)]
)
def test_a_page_that_is_not_there_is_the_nearest_v8(call, number, shown):
    assert sheet(call, "mark", chosen=(), number=number).number == shown


def test_what_is_chosen_stays_through_pages_and_searches_and_is_cast_v8(client, call, voter):
    first, second = boxes(client.get(ballot(call))), boxes(client.post(ballot(call), {"page": "2"}))
    assert len(first) == len(second) == SIZE
    assert not set(first) & set(second)
    one, two = next(iter(first)), next(iter(second))
    turned = boxes(client.post(ballot(call), {"choose": [one], "page": "2"}))
    assert [key for key, checked in turned.items() if checked] == [one]
    assert len(turned) == SIZE + 1
    found = client.post(ballot(call), {"choose": [one, two], "q": "no such words", "find": "1", "here": "2"})
    assert boxes(found) == {one: True, two: True}
    client.post(ballot(call), {"choose": [one, two], "cast": "1"})
    assert {str(line.project_id) for line in Ballot.objects.get().lines.all()} == {one, two}
    again = boxes(client.get(ballot(call)))
    assert {key for key, checked in again.items() if checked} == {one, two}


def test_a_refused_ballot_comes_back_on_the_page_where_it_was_sent_v8(client, call, voter):
    keys = [str(key) for key in candidates(call).values_list("pk", flat=True)[:4]]
    page = client.post(ballot(call), {"choose": keys, "here": "3", "review": "1"})
    assert "Page 3 of 3" in page.content.decode()
    assert {key for key, checked in boxes(page).items() if checked} == set(keys)


def test_projects_are_found_by_words_without_accents_and_by_number_v8(call):
    wanted, hidden, _other = candidates(call).order_by("pk")[:3]
    Project.objects.filter(pk=wanted.pk).update(title="Éclairage du quai", pitch="Lamps", place="Ferry")
    Project.objects.filter(pk=hidden.pk).update(title="Éclairage noir", hidden_for="spam")
    found = having(candidates(call), "QUAI eclairage ferry")
    assert list(found.values_list("pk", flat=True)) == [wanted.pk]
    assert not having(candidates(call), "noir").exists()
    assert having(candidates(call), hidden.ballot_number).filter(pk=hidden.pk).exists()
    assert not having(candidates(call), "100%").exists()


def test_places_of_very_many_projects_are_typed_v8(client, voter):
    call = voting.voting_call(*[1] * (SIZE + 1), ballot_kind=Call.BallotKind.RANKING)
    page = client.get(ballot(call)).content.decode()
    assert "<option" not in page.split('class="ballot"')[1].split("</form>")[0]
    assert f'max="{SIZE + 1}"' in page


def test_results_come_a_page_at_a_time_and_are_found_by_words_v8(client, call):
    address = reverse("voting:results", args=[call.slug])
    voting.cast(call, 1)
    Project.objects.filter(call=call, ballot_number="7").update(title="Éclairage du quai")
    voting.decide(call)
    query, places = {}, []
    for _page in range(3):
        page = client.get(address, query)
        places += [result.place for part in ("won", "lost") for result, _words in page.context[part]]
        query = parse_qs(page.context["next"].removeprefix("?"))
    assert places == list(range(1, MANY + 1))
    assert query == {}
    found = client.get(address, {"q": "eclairage"})
    assert [row.project.ballot_number for row, _words in found.context["won"] + found.context["lost"]] == [
        "7"
    ]
    assert "No project has these words" in client.get(address, {"q": "zeppelin"}).content.decode()
    assert client.get(address, {"after": "x"}).status_code == 422
