"""Stewards and teams at once, with real threads: one answer, and evidence that is not exchanged under it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier

import pytest
from django.db import connections

from civic.core.errors import Refused
from civic.core.models import Event
from projects.delivery.models import Milestone
from projects.delivery.operations import milestone_steps, plans
from projects.delivery.operations.plans import Part
from projects.delivery.states import MilestoneState
from projects.proposals.states import ProjectState
from tests.factories import accounts, delivery

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(tasks: list) -> list:  # type: ignore[type-arg]
    start = Barrier(len(tasks))

    def run(task):  # type: ignore[no-untyped-def]
        try:
            start.wait(10)
            return task()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_six_stewards_give_one_answer(at: datetime) -> None:
    one = delivery.milestone(MilestoneState.SUBMITTED)
    stewards = [accounts.staff("programme-managers") for _ in range(6)]
    verbs = [milestone_steps.accept, milestone_steps.send_back] * 3
    done = at_once(
        [
            lambda verb=verb, who=who: verb(actor=who, milestone=one, reason="So", at=at)
            for verb, who in zip(verbs, stewards, strict=True)
        ]
    )
    assert sum(isinstance(one, Milestone) for one in done) == 1
    assert Event.objects.filter(kind__in=["milestone.accepted", "milestone.returned"]).count() == 1


def test_two_plans_at_once_leave_one_whole(at: datetime) -> None:
    project = delivery.project(ProjectState.FUNDED)
    variants = [[Part(f"{n}", "x", 10_000 // n, delivery.DUE)] * n for n in (1, 2, 4, 5)]
    at_once([lambda p=p: plans.plan(actor=project.author, project=project, parts=p, at=at) for p in variants])
    assert sum(project.milestones.values_list("share_bp", flat=True)) == 10_000
