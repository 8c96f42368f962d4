"""What people write about a project is declared once, and goes wherever the declaration says."""

import ast
import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from civic.accounts import groups
from civic.core import clock
from civic.core.errors import Invalid
from projects.proposals import fields, operations, personal
from projects.proposals.fields import FIELDS, OpenData, ProjectField
from projects.proposals.forms.steps import IdeaForm, PlaceForm, StoryForm
from projects.proposals.models import Project, ProjectRevision
from projects.proposals.operations.revisions import snapshot
from projects.proposals.queries import review
from projects.proposals.queries.listing import search_projects
from projects.proposals.queries.review import LABELS
from projects.proposals.states import ProjectState
from tests.architecture.source import parse, unparse, walk
from tests.factories import accounts, proposals

SLICE = Path(fields.__file__).parent
NAMES = {field.name for field in FIELDS}
MOTTO = ProjectField("ballot_number", "The motto", step="story", rows=3, help="In three words.")


@pytest.fixture
def declared(monkeypatch: pytest.MonkeyPatch) -> ProjectField:
    """A field more: a column that nobody writes gets into the wizard and onto the pages."""
    monkeypatch.setattr(fields, "FIELDS", (*FIELDS, MOTTO))
    monkeypatch.setattr("projects.proposals.forms.steps.FIELDS", (*FIELDS, MOTTO))
    return MOTTO


def lists_of_fields(source: str) -> Iterator[str]:
    """Collections and calls that write three or more of the fields down by name."""
    for node in walk(parse(source)):
        found: list[Any] = []
        if isinstance(node, ast.Dict):
            found = node.keys
        elif isinstance(node, ast.Tuple | ast.List | ast.Set):
            found = node.elts
        if len({one.value for one in found if isinstance(one, ast.Constant)} & NAMES) >= 3:
            yield unparse(node)


def test_no_second_list_of_the_fields() -> None:
    sources = [path for path in SLICE.rglob("*.py") if "migrations" not in path.parts]
    assert [(path.name, found) for path in sources for found in lists_of_fields(path.read_text())] == []


@pytest.mark.parametrize(
    "copy",
    [
        'COLUMNS = ("slug", "title", "pitch", "place")',
        'content = {"title": project.title, "story": project.story, "theme": project.theme}',
    ],
)
def test_a_planted_list_is_found(copy: str) -> None:
    assert list(lists_of_fields(copy))


@pytest.mark.django_db
def test_each_field_is_asked_for_in_its_step() -> None:
    project = proposals.project(state=ProjectState.DRAFT)
    accounts.organisation(project.author)
    forms = {
        "idea": IdeaForm(project=project, actor=project.author),
        "story": StoryForm(project=project),
        "place": PlaceForm(project=project),
    }
    assert {name: [*form.fields][:-1] for name, form in forms.items()} == {
        step: [field.name for field in FIELDS if field.step == step] for step in forms
    }
    assert {name for form in forms.values() for name in form.fields} == {*NAMES, "version"}


@pytest.mark.django_db
@pytest.mark.parametrize("name", [name for name in LABELS if name not in NAMES])
def test_what_has_an_operation_of_its_own_is_no_field(name: str) -> None:
    project = proposals.project(state=ProjectState.DRAFT)
    with pytest.raises(Invalid):
        operations.describe(actor=project.author, project=project, fields={name: 1}, at=clock.now())  # type: ignore[arg-type]


@pytest.mark.django_db
def test_revisions_keep_what_the_history_of_changes_names() -> None:
    content = snapshot(proposals.project(area=accounts.area("Old Town")))
    assert {field.name for field in FIELDS if field.revised} == content.keys() & NAMES
    assert LABELS.keys() == content.keys() - {"currency"}
    assert {content[name] for name in ("theme", "area", "place")} == {"green", "Old Town", "Riverside park"}


@pytest.mark.django_db
def test_open_data_has_what_is_declared(client: Client) -> None:
    project = proposals.project()
    alone = client.get(f"/api/v1/projects/{project.slug}/").json()
    [listed] = client.get("/api/v1/projects/").json()["results"]
    table = b"".join(client.get("/api/v1/projects.csv")).decode("utf-8-sig")  # type: ignore[arg-type]
    [row] = csv.DictReader(io.StringIO(table))
    in_lists = {field.name for field in FIELDS if field.open_data is OpenData.LISTS}
    assert listed.keys() & NAMES == row.keys() & NAMES == in_lists
    assert alone.keys() & NAMES == {field.name for field in FIELDS if field.open_data is not OpenData.NO}


def test_a_person_takes_along_what_is_declared() -> None:
    own = {field.name for field in FIELDS if field.personal}
    exports = [set(one.export) & NAMES for one in personal.OURS if one.model == "proposals.Project"]
    assert exports == [own, own]


@pytest.mark.django_db
@pytest.mark.parametrize("field", [field for field in FIELDS if field.rows], ids=lambda field: field.name)
def test_the_search_finds_what_is_declared(field: ProjectField) -> None:
    project = proposals.project(**{field.name: "Quinquereme of Nineveh"})
    assert search_projects("quinquereme nineveh") == ([project.pk] if field.searched else [])


@pytest.mark.django_db
def test_a_new_field_is_in_the_wizard(client: Client, declared: ProjectField) -> None:
    project = proposals.project(state=ProjectState.DRAFT)
    client.force_login(project.author)  # type: ignore[arg-type]
    address = f"/projects/{project.slug}/edit/story/"
    page = client.get(address).content.decode()
    assert declared.label in page
    assert declared.help in page
    assert client.post(address, {"story": "Why.", declared.name: "Mend and share"}).status_code == 302
    assert getattr(Project.objects.get(), declared.name) == "Mend and share"


@pytest.mark.django_db
def test_a_new_field_is_on_the_page_and_at_the_desk(client: Client, declared: ProjectField) -> None:
    project = proposals.project(**{declared.name: "Mend and share"})
    client.force_login(accounts.staff(groups.PROGRAMME_MANAGERS))
    for address in (project.get_absolute_url(), f"/admin/proposals/project/{project.pk}/change/"):
        page = client.get(address).content.decode()
        assert f"<h3>{declared.label}</h3>" in page
        assert "Mend and share" in page


@pytest.mark.django_db
def test_a_choice_is_shown_by_its_words_1127_nc5(monkeypatch: pytest.MonkeyPatch) -> None:
    """On the page as in the history of changes, whichever column it is."""
    listed = (*FIELDS, ProjectField("state", "How far", step="story"))
    monkeypatch.setattr(fields, "FIELDS", listed)
    monkeypatch.setattr(review, "FIELDS", listed)
    monkeypatch.setattr(review, "LABELS", {"state": "How far"})
    project = proposals.project(state="delivering")
    assert fields.sections(project) == [("How far", project.get_state_display())]
    before, after = (
        ProjectRevision(content={"state": state, "currency": "EUR"}) for state in ("draft", "delivering")
    )
    words = " ".join(
        piece.text for change in review.changes_between(before, after) for piece in change.pieces
    )
    assert words == f"draft {project.get_state_display()}"
