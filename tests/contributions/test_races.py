"""Many at once, with real threads: never more is accepted than is wanted."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from threading import Barrier
from typing import Any
from uuid import uuid4

import pytest
from django.db import connections
from django.db.models import Sum

from civic.core.errors import Refused
from projects.contributions.models import Contribution
from projects.contributions.operations import offer_steps
from projects.contributions.operations.offer_steps import Offer
from projects.contributions.states import TAKEN, ContributionState
from tests.factories import accounts, contributions

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(tasks: list[Callable[[], Any]]) -> list[Any]:
    """Runs all tasks together; what was refused comes back as the refusal."""
    start = Barrier(len(tasks))

    def run(task: Callable[[], Any]) -> Any:
        try:
            start.wait(10)
            return task()
        except Refused as refusal:
            return refusal
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(tasks)) as pool:
        return list(pool.map(run, tasks))


def test_of_eight_answers_at_once_only_as_many_fit_as_are_wanted(at: datetime) -> None:
    line = contributions.want(amount=12)
    offers = [contributions.contribution(line, amount=4) for _ in range(8)]
    author = line.project.author
    done = at_once(
        [lambda one=one: offer_steps.accept(actor=author, contribution=one, at=at) for one in offers]
    )
    assert sum(isinstance(one, Contribution) for one in done) == 3
    assert Contribution.objects.filter(state__in=TAKEN).aggregate(all=Sum("amount"))["all"] == 12


def test_a_double_click_from_two_processes_is_one_offer(at: datetime) -> None:
    line, actor, token = contributions.want(), accounts.person(), uuid4()
    sent = [lambda: offer_steps.offer(actor=actor, want=line, offered=Offer(2), token=token, at=at)] * 6
    assert len({one.pk for one in at_once(sent)}) == 1
    assert Contribution.objects.count() == 1


def test_accepting_and_taking_back_at_once_end_in_one_of_the_two(at: datetime) -> None:
    one = contributions.contribution()
    at_once(
        [
            lambda: offer_steps.decline(actor=one.want.project.author, contribution=one, reason="No", at=at),
            lambda: offer_steps.withdraw(actor=one.person, contribution=one, at=at),
        ]
    )
    state = Contribution.objects.get().state
    assert state in (ContributionState.DECLINED, ContributionState.WITHDRAWN)
