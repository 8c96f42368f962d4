"""The texts of Aldermere agree with each other: nobody is named who is not there, and every reason is a house rule."""

import itertools
from collections.abc import Iterator
from typing import Any

import pytest

from civic.demo import source
from civic.demo.pictures import SCENES, paint
from projects.discussion.rules import Category
from projects.proposals.models import Theme

CALLS = [call["key"] for call in source.read("calls")]
PEOPLE = {one["key"] for one in source.read("people")["visible"] + source.read("people")["staff"]}
ORGANISATIONS = {one["key"]: one for one in source.read("organisations")}
DISTRICTS = {one["key"] for one in source.read("city")["districts"]}
PROJECTS = {one["key"]: one for call in CALLS for one in source.read(f"projects/{call}")}
SPEAKERS = PEOPLE | {"neighbour", "opener"}


def remarks() -> Iterator[dict[str, Any]]:
    for call in CALLS:
        for threads in source.read(f"talk/{call}").values():
            for thread in threads:
                yield thread
                yield from thread.get("replies", [])


def words(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from words(part)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("project", PROJECTS.values(), ids=PROJECTS.keys())
def test_a_project_names_only_what_there_is(project: dict[str, Any]):
    assert {project["author"], *project["team"]} <= PEOPLE
    assert {goal["who"] for goal in project["participants"]} <= set(ORGANISATIONS)
    assert project.get("organisation") in {None, *ORGANISATIONS}
    assert project["district"] in DISTRICTS
    assert project["theme"] in Theme.values
    assert project.get("picture") in {None, *SCENES}
    assert min(project["costs"].values()) > 0
    assert len(project["pitch"]) <= 200


def test_organisations_have_people():
    for one in ORGANISATIONS.values():
        assert {one["owner"], *one["members"]} <= PEOPLE


def test_everything_is_said_by_somebody_about_something():
    for call in CALLS:
        assert set(source.read(f"talk/{call}")) <= set(PROJECTS)
    assert {remark["by"] for remark in remarks()} <= SPEAKERS


def test_reports_and_decisions_give_a_house_rule():
    reported = [remark for remark in remarks() if "reported" in remark]
    assert len(reported) >= 12
    for remark in reported:
        assert remark["reported"]["category"] in Category.values
        if remark.get("decision") == "hidden":
            assert remark["category"] in Category.values
            assert remark["statement"]


def test_stories_are_about_projects_and_have_pictures():
    for story in source.read("stories"):
        assert story["project"] in PROJECTS
        assert story["picture"] in SCENES


def test_nobody_wrote_filler_or_the_same_thing_twice():
    texts = [remark["text"] for remark in remarks()]
    texts += [part for one in PROJECTS.values() for part in one["story"].split("\n\n")]
    assert len(texts) == len(set(texts))
    for name in ("pages", "stories", "faq", "home", "calls", "organisations"):
        for text in words(source.read(name)):
            assert not any(word in text.lower() for word in ("lorem", "ipsum", "todo", "tbd", "xxx"))


def test_districts_share_their_borders():
    rings = [boundary["coordinates"][0] for key, boundary in source.districts().items() if key != "linn"]
    edges = [frozenset((tuple(a), tuple(b))) for ring in rings for a, b in itertools.pairwise(ring)]
    shared = {edge for edge in edges if edges.count(edge) == 2}
    assert len(rings) == 8
    for ring in rings:
        own = {frozenset((tuple(a), tuple(b))) for a, b in itertools.pairwise(ring)}
        assert own & shared


def test_a_picture_is_the_same_each_time():
    assert paint("canal") == paint("canal")
    assert paint("canal") != paint("quay")
