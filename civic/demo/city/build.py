"""Makes the city, step by step, in one transaction: a half-made Aldermere never stays."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from civic.core import events
from civic.demo import source
from civic.demo.city import ballots, contributions, data, delivery, harvest, needs, public_pages, residents
from civic.demo.city.calendar import Calendar
from civic.demo.city.calls import Round, after_the_vote, before_the_vote, prepare
from civic.demo.city.cast import Cast
from civic.demo.city.money import living
from civic.demo.city.money.diary import publish
from civic.demo.city.talk import post
from civic.demo.models import City
from civic.notifications.models import Notification
from civic.pages.operations import count_numbers
from projects.discussion import counts
from projects.proposals.models import Project
from projects.proposals.operations import recount


@dataclass(frozen=True)
class Plan:
    """How large the city becomes."""

    neighbours: int
    pictures: bool
    all_talk: bool


RAISING = "funding"
FRESH = timedelta(days=2)
AT_WORK = -240  # from this day on winners of the decided call are talked about
WHOLE = Plan(neighbours=452, pictures=True, all_talk=True)
SMALL = Plan(neighbours=60, pictures=False, all_talk=False)


def build(*, seed: int, at: datetime, plan: Plan, say: Callable[[str], None]) -> City:
    """Everything, for the moment `at`. Raises whatever an operation refuses: then nothing is stored."""
    cast = Cast(seed, Calendar(at), all_talk=plan.all_talk)
    with transaction.atomic():
        city = City.objects.create(seed=seed, anchored_on=cast.calendar.today)
        say("people and organisations")
        residents.settle(cast, plan.neighbours)
        say("calls and projects")
        oldest_first = sorted(source.read("calls"), key=lambda one: int(one["phases"]["proposals"][0]))
        past, *rounds = [prepare(cast, one, pictures=plan.pictures) for one in oldest_first]
        say("last year's vote")
        post(cast, before_the_vote(cast, past))
        ballots.vote(cast, past)
        ballots.seal(cast, past)
        ballots.count(cast, past)
        delivery.begin(cast, past, pictures=plan.pictures)
        say("this year's votes")
        for ready in rounds:
            poll(cast, ready)
        for ready in (past, *rounds):
            contributions.gather(cast, ready)
        say("discussions and reports")
        recent = [remark for ready in rounds for remark in before_the_vote(cast, ready)]
        post(cast, [*after_the_vote(cast, past, AT_WORK), *recent])
        delivery.end(cast, past)
        say("money")
        raise_money(cast, rounds, pictures=plan.pictures)
        say("data")
        data.publish(cast)
        harvest.take_over(cast)
        needs.live(cast, rounds)
        say("front page, stories and help")
        public_pages.publish(cast, [past, *rounds])
    say("news")
    run_workers(at)
    publish(at)
    return city


def poll(cast: Cast, ready: Round) -> None:
    """The younger calls: in one money is raised, in one people vote, in one paper holds the count up, one is new."""
    if ready.text["status"] != "open":
        ballots.vote(cast, ready)
    if ready.text["status"] == RAISING:
        ballots.seal(cast, ready)
        ballots.count(cast, ready)
    if ready.text["status"] == "over":
        ballots.paper(cast, ready)


def raise_money(cast: Cast, rounds: list[Round], *, pictures: bool) -> None:
    """The call in which projects raise money: its campaigns, funds, sponsors and payouts."""
    run_workers(cast.calendar.now)
    for ready in rounds:
        if ready.text["status"] == RAISING:
            living.live(cast, ready, pictures=pictures)


@transaction.atomic
def run_workers(at: datetime) -> None:
    """Everything that workers would have done meanwhile; in one transaction, since each commit waits for the disk."""
    _read_old(at)
    while events.deliver_pending(at=at):
        _read_old(at)
    recount(at=at)
    for project in Project.objects.values_list("pk", flat=True):
        counts.recount(project, at)
    count_numbers(at=at)


def _read_old(at: datetime) -> None:
    """Marks as read what nobody should find unread, nor get by mail, when the demo starts."""
    Notification.objects.unread().filter(notified_at__lt=at - FRESH).update(read_at=F("notified_at"))
