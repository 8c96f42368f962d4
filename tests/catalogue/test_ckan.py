"""The read facade of CKAN's API: what its own client, harvesters and strangers get."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from ckanapi import NotFound, RemoteCKAN, ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from civic.accounts import groups
from datasets.catalogue.ckan.actions import ACTIONS
from datasets.catalogue.operations import datasets
from tests.catalogue.asking import asked, file_of
from tests.factories import accounts, catalogue
from tests.visiting import visitor

pytestmark = pytest.mark.django_db

NUMBERED = b"n,name\n" + b"".join(b"%d,place %d\n" % (n, n % 7) for n in range(3_000))


@pytest.mark.django_db(transaction=True)
def test_ckanapi_finds_shows_and_pages_as_it_does_anywhere(live_server: Any) -> None:
    trees = catalogue.published(title="Street trees")
    numbered = catalogue.published(
        content=NUMBERED, title="Numbered places", description="By number.", keywords=["doors"]
    )
    with RemoteCKAN(live_server.url, apikey="a key of another site") as site:
        assert site.action.site_read() is True
        assert site.action.package_list() == ["numbered-places", "street-trees"]
        for key in (trees.slug, str(trees.pk)):
            shown = site.action.package_show(id=key, include_users=False, include_datasets=False)
            assert (shown["title"], shown["license_id"]) == ("Street trees", "cc-by")
        assert [one["format"] for one in shown["resources"]] == ["CSV", "Parquet"]
        found = site.action.package_search(q="stret tree", fq="res_format:CSV AND tags:trees")
        assert [one["name"] for one in found["results"]] == ["street-trees"]
        key, rows = file_of(numbered), []
        while page := site.action.datastore_search(resource_id=key, limit=700, offset=len(rows))["records"]:
            rows += page
        assert [one["_id"] for one in rows] == list(range(1, 3_001))
        assert rows[-1] == {"_id": 3_000, "n": 2_999, "name": "place 3"}
        with pytest.raises(NotFound):
            site.action.package_show(id="none")
        with pytest.raises(ValidationError) as refused:
            site.action.datastore_search(resource_id=key, limit="many")
        assert refused.value.error_dict["limit"] == ["A valid integer is required."]
    dumped = commanded(live_server.url, "dump", "datasets", "--all", "--datastore-fields", "--processes=1")
    assert {one["name"]: one["resources"][0]["datastore_fields"] for one in dumped}["numbered-places"] == [
        {"id": "_id", "type": "int"},
        {"id": "n", "type": "int"},
        {"id": "name", "type": "text"},
    ]
    assert [one["name"] for one in commanded(live_server.url, "search", "datasets", "q=number")] == [
        "numbered-places"
    ]


def commanded(address: str, *words: str) -> list[dict[str, Any]]:
    """What the program `ckanapi` writes."""
    folder = Path(sys.executable).parent
    done = subprocess.run(
        [folder / "ckanapi", *words, "-r", address],
        env=os.environ | {"PATH": f"{folder}:{os.environ['PATH']}"},
        capture_output=True,
        check=True,
        timeout=120,
    )
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_an_action_is_asked_in_every_way_of_ckan() -> None:
    dataset = catalogue.published()
    ways = [
        visitor().get(f"/api/action/package_show?id={dataset.slug}"),
        visitor().get(f"/api/3/action/package_show?id={dataset.slug}"),
        visitor().post("/api/3/action/package_show", {"id": dataset.slug}, content_type="application/json"),
        visitor().post("/api/action/package_show", {"id": dataset.slug}),
    ]
    assert [one.status_code for one in ways] == [200] * 4
    assert len({one.content for one in ways}) == 1
    for name, action in ACTIONS.items():
        told = visitor().get(f"/api/3/action/help_show?name={name}").json()["result"]
        assert told == action.help
        assert all(parameter in told for parameter in action.asks().fields)
        # A redirect would end as a failure in ckanapi.
        assert visitor().get(f"/api/action/{name}").status_code not in (301, 302, 308)
    assert visitor().put("/api/action/package_list").status_code == 405
    assert visitor().get("/api/action/package_delete?id=x").json()["error"] == {
        "__type": "Bad Request",
        "message": "Action name not known: package_delete",
    }


def test_sessions_and_keys_mean_nothing_there() -> None:
    """Whoever is signed in sees what strangers see, and a page elsewhere can do nothing with their cookies."""
    draft = catalogue.dataset(title="A draft")
    catalogue.revision(draft)
    public = catalogue.published(title="Street trees")
    for person in (catalogue.writer(draft), accounts.staff(groups.DATA_STEWARDS)):
        known = visitor(
            person, enforce_csrf_checks=True, headers={"Authorization": "key", "X-CKAN-API-Key": "key"}
        )
        for action, parameters in {
            "package_show": {"id": draft.slug},
            "resource_show": {"id": file_of(draft)},
            "datastore_search": {"resource_id": file_of(draft)},
            "package_list": {},
            "package_search": {"include_drafts": True, "include_private": True},
        }.items():
            with CaptureQueriesContext(connection) as statements:
                answer = known.post(f"/api/action/{action}", parameters, content_type="application/json")
            assert (
                answer.content
                == Client().post(f"/api/action/{action}", parameters, content_type="application/json").content
            )
            assert not any(
                "django_session" in one["sql"] or "accounts_session" in one["sql"] for one in statements
            )
            assert (answer.headers["Cache-Control"], answer.headers.get("Set-Cookie")) == ("no-store", None)
            assert draft.slug not in answer.content.decode()
    assert asked("package_list") == [public.slug]


def test_what_is_not_public_is_not_found_and_what_was_withdrawn_says_why() -> None:
    dataset = catalogue.published()
    catalogue.revision(dataset, catalogue.CSV + b"yew,2020-01-01,1\n")
    old, new = file_of(dataset), file_of(dataset, number=2)
    assert asked("package_show", id=dataset.slug)["resources"][0]["id"] == new
    assert asked("resource_show", id=old)["url"].endswith("/1.csv")
    assert asked("datastore_search", resource_id=old)["total"] == 3
    datasets.withdraw(
        actor=catalogue.writer(dataset),
        dataset=dataset,
        reason="A street is missing: Long Lane.",
        at=dataset.revised_at,
    )
    gone = {"__type": "Not Found Error", "message": "Not found: A street is missing: Long Lane."}
    assert asked("package_show", 404, id=dataset.slug) == gone
    assert asked("resource_show", 404, id=new) == gone
    assert asked("datastore_search", 404, resource_id=old) == gone
    empty = {"package_list": [], "organization_list": [], "tag_list": [], "group_list": []}
    assert {name: asked(name) for name in empty} == empty
    for q in ("", "street trees"):
        assert asked("package_search", q=q)["count"] == 0
    draft = catalogue.revision().dataset
    # That there is a draft is not told either.
    for action, key in (("resource_show", "id"), ("datastore_search", "resource_id")):
        assert asked(action, 404, **{key: file_of(draft)}) == asked(action, 404, **{key: str(draft.pk)})
    for action, parameters in {
        "package_show": {"id": draft.slug},
        "resource_show": {"id": file_of(draft)},
        "organization_show": {"id": draft.publisher.slug},
        "help_show": {"name": "package_delete"},
    }.items():
        assert asked(action, 404, **parameters)["message"].startswith("Not found: There is no such ")


def test_a_dataset_in_the_words_of_ckan() -> None:
    dataset = catalogue.published(title="Street trees")
    shown = asked("package_show", id=dataset.slug)
    publisher = asked("organization_show", id=dataset.publisher.slug)
    assert publisher["package_count"] == 1
    assert shown["organization"] == {key: publisher[key] for key in shown["organization"]}
    assert (shown["groups"][0]["name"], [one["name"] for one in shown["tags"]]) == (
        "envi",
        ["trees", "streets"],
    )
    assert shown["license_id"] in [one["id"] for one in asked("license_list")]
    assert {
        "key": "frequency",
        "value": "http://publications.europa.eu/resource/authority/frequency/MONTHLY",
    } in shown["extras"]
    file = shown["resources"][0]
    assert asked("resource_show", id=file["id"]) == file
    assert visitor().get(file["url"]).headers["ETag"] == f'"{file["hash"].removeprefix("sha256:")}"'
    assert asked("group_list", all_fields=True)[0]["title"] == "Environment"
    assert asked("tag_list", query="TREES") == ["trees"]
    assert asked("organization_list", all_fields=True) == [publisher]


def names(**parameters: Any) -> list[str]:
    return [one["name"] for one in asked("package_search", **parameters)["results"]]


def test_datasets_are_narrowed_sorted_and_counted() -> None:
    trees = catalogue.published(title="Street trees")
    catalogue.published(
        title="Bicycle counters", description="At bridges.", theme="TRAN", keywords=["long word"]
    )
    assert names() == ["bicycle-counters", "street-trees"]
    assert names(sort="metadata_modified asc") == ["street-trees", "bicycle-counters"]
    assert names(sort="title asc", rows=1, start=1) == ["street-trees"]
    assert names(q="bycicle counter") == names(fq="groups:tran") == ["bicycle-counters"]
    assert names(fq=f"+organization:{trees.publisher.slug} AND license_id:cc-by") == ["street-trees"]
    assert names(fq='tags:"long word" res_format:parquet') == ["bicycle-counters"]
    assert names(q="trees", sort="name asc") == ["street-trees"]
    found = asked("package_search", rows=0, **{"facet.field": ["groups", "res_format", "tags", "license_id"]})
    assert (found["count"], found["results"]) == (2, [])
    assert found["facets"] == {
        "groups": {"envi": 1, "tran": 1},
        "res_format": {"CSV": 2, "Parquet": 2},
        "tags": {"trees": 1, "streets": 1, "long word": 1},
        "license_id": {"cc-by": 2},
    }
    assert found["search_facets"]["res_format"]["items"][0] == {
        "name": "CSV",
        "display_name": "CSV",
        "count": 2,
    }
    answer = visitor().get("/api/3/action/package_search?rows=5000&facet.field=[%22tags%22]").json()
    assert answer["cut"] == ["rows is at most 1,000"]


@pytest.mark.parametrize(
    ("parameters", "field", "words"),
    [
        ({"fq": "author:x"}, "fq", "author:x"),
        ({"fq": "-tags:x"}, "fq", "-tags:x"),
        ({"fq": "tags:(a OR b)"}, "fq", "joined by AND"),
        ({"q": "tags:trees"}, "q", "belong into fq"),
        ({"sort": "popularity desc"}, "sort", "popularity"),
        ({"facet.field": ["author"]}, "facet_field", "author"),
        ({"rows": -1}, "rows", "greater than or equal to 0"),
        ({"start": "x"}, "start", "valid integer"),
        ({"detail": 1, "code": 2, "self": 3, "name": 4, "status": 5}, "self", "no such parameter"),
        ({"q": "a\0"}, "q", "Null characters"),
        ({"q": {"a": 1}}, "q", "Not a valid string"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(parameters: dict[str, Any], field: str, words: str) -> None:
    error = asked("package_search", 409, **parameters)
    assert error["__type"] == "Validation Error"
    assert words in error[field][0]


def test_as_many_statements_however_much_there_is() -> None:
    first = catalogue.published()
    asks: dict[str, dict[str, Any]] = {
        "package_list": {},
        "package_show": {"id": first.slug},
        "package_search": {"facet.field": ["tags", "res_format"]},
        "organization_list": {"all_fields": True},
        "resource_show": {"id": file_of(first)},
        "datastore_search": {"resource_id": file_of(first), "filters": {"tree": "oak"}},
    }

    def counts() -> list[int]:
        found = []
        for action, parameters in [*asks.items(), ("package_search", {"q": "trees"})]:
            with CaptureQueriesContext(connection) as statements:
                asked(action, **parameters)
            found.append(len(statements))
        return found

    few = counts()
    for number in range(3):
        other = catalogue.published(title=f"Street trees {number}")
        catalogue.revision(other, catalogue.CSV + b"yew,2020-01-01,1\n")
    assert counts() == few
    assert max(few) <= 6
