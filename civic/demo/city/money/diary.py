"""What happens with money, and when: noted by the texts, lived in the order of time, one ledger day after another.

After each step come the workers and the clock: ask providers, hear them, charge what is due, close the day.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.db.models import CharField, Model, OuterRef, Subquery, functions
from django.utils.timezone import localdate

from civic.accounts.models import Person
from civic.core import events
from civic.core.models import Event
from civic.demo.city.cast import Cast
from marketplace.campaigns.models import Pledge
from marketplace.campaigns.operations import collection, instalments
from marketplace.invoicing.operations import reminders
from marketplace.ledger import operations as ledger
from marketplace.ledger import queries
from marketplace.matching.models import Challenge, Deposit
from marketplace.matching.operations import closing
from marketplace.payments import operations as payments
from marketplace.payments.models import Charge, Refund, Statement
from marketplace.payouts.models import BankDetails
from marketplace.sponsorship.models import Sponsorship

DATED: list[type[Model]] = [BankDetails, Challenge, Charge, Deposit, Pledge, Refund, Sponsorship, Statement]
# So many postings without a checkpoint; a city that is three months old has no account with hundreds.
TAIL = 20


def work(at: datetime) -> None:
    """Until nothing is due any more."""
    while payments.run_commands(at=at) + payments.process_webhooks(at=at) + events.deliver_pending(at=at):
        pass


def close_day(day: date, at: datetime) -> None:
    """What is due by the calendar, and then the ledger's day."""
    collection.collect_due(at=at)
    collection.fail_due(at=at)
    instalments.begin_due(at=at)
    instalments.collect_due(at=at)
    instalments.miss_due(at=at)
    collection.remind_due(at=at)
    reminders.remind_overdue(at=at)
    closing.end_due(at=at)
    work(at)
    ledger.close_day(book=settings.LEDGER_BOOK, day=day)


def date_back() -> None:
    """Rows whose day is shown were made on the day of their first event, not when the demo was."""
    for model in DATED:
        begun = Event.objects.filter(
            subject_type=model._meta.label, subject_id=functions.Cast(OuterRef("pk"), CharField())
        ).order_by("seq")
        model._default_manager.update(
            created_at=functions.Least("created_at", Subquery(begun.values("at")[:1]))
        )


def publish(at: datetime) -> None:
    """The roots of all days leave the database, and balances become short sums."""
    for root in list(queries.unpublished_roots()):
        ledger.publish_root(root=root, at=at)
    ledger.take_checkpoints(at=at, tail=TAIL)


Step = Callable[[datetime], Any]
FINANCE = "stefan-roth"


@dataclass
class Diary:
    """Steps with their moments. Whoever notes one later may rely on those before it having been lived."""

    cast: Cast
    steps: list[tuple[datetime, Step]] = field(default_factory=list)

    def note(self, day: int, hour: int, step: Step, minute: int = 0) -> None:
        """This is to happen `day` days from today, at that time."""
        self.steps.append((self.cast.calendar.at(day, hour, minute), step))

    def person(self, key: str) -> Person:
        """Somebody known by name."""
        return self.cast.people[key]

    @property
    def officer(self) -> Person:
        """Who keeps the books from day to day."""
        return self.cast.people[FINANCE]

    def live(self) -> None:
        """Everything, day by day; what the workers do follows each step, and the books of the day are closed."""
        steps = sorted(self.steps, key=lambda noted: noted[0])
        for day, noted in groupby(steps, key=lambda one: localdate(one[0])):
            for at, step in noted:
                step(at)
                work(at)
            close_day(day, at)
