"""Evidence: how much and how long it may be, and that what is removed is gone."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.storage import default_storage

from civic.core.errors import Conflict, Forbidden, Invalid, NotFound
from projects.delivery.models import Evidence
from projects.delivery.operations import milestone_steps
from projects.delivery.operations.milestone_steps import LONGEST, MOST_EVIDENCE
from projects.delivery.states import MilestoneState
from tests.factories import accounts, delivery, proposals

pytestmark = pytest.mark.django_db

State = MilestoneState


@pytest.fixture(autouse=True)
def _files(settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = str(tmp_path)


def show(one: Any, at: datetime, text: str = "It is there", **file: Any) -> Evidence:
    actor = one.project.author
    upload = delivery.upload(**file)
    return milestone_steps.add_evidence(actor=actor, milestone=one, upload=upload, text=text, at=at)


@pytest.mark.parametrize("text", ["", "   ", "x" * 201])
def test_it_says_what_it_shows_in_a_sentence(text: str, at: datetime) -> None:
    one = delivery.milestone(State.IN_PROGRESS)
    with pytest.raises(Invalid):
        show(one, at, text)
    assert show(one, at, "x" * 200).text == "x" * 200


def test_there_is_an_end_to_it(at: datetime) -> None:
    one = delivery.milestone(State.IN_PROGRESS)
    for _ in range(MOST_EVIDENCE):
        delivery.evidence(one)
    with pytest.raises(Conflict):
        show(one, at)


def test_a_stranger_is_refused_before_the_file_is_looked_at(at: datetime) -> None:
    one = delivery.milestone(State.IN_PROGRESS)
    broken = delivery.upload(b"MZ")
    with pytest.raises(Forbidden):
        milestone_steps.add_evidence(actor=accounts.person(), milestone=one, upload=broken, text="x", at=at)


def test_what_is_removed_is_gone_with_its_files(
    at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    one = delivery.milestone(State.IN_PROGRESS)
    kept = show(one, at, content=proposals.image(), name="a.png")
    names = [kept.file.name, kept.thumb.name]
    assert all(default_storage.exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        milestone_steps.remove_evidence(actor=one.project.author, evidence=kept, at=at)
    assert not any(default_storage.exists(name) for name in names)
    with pytest.raises(NotFound):
        milestone_steps.remove_evidence(actor=one.project.author, evidence=kept, at=at)


def test_reasons_have_an_end(at: datetime) -> None:
    one, steward = delivery.milestone(State.SUBMITTED), accounts.staff("programme-managers")
    with pytest.raises(Invalid):
        milestone_steps.accept(actor=steward, milestone=one, reason="x" * (LONGEST + 1), at=at)
