"""What happens with money, and when: noted by the texts, lived in the order of time, one ledger day after another."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from typing import Any

from civic.accounts.models import Person
from civic.demo.city.cast import Cast
from civic.demo.city.money import books

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
        for day, noted in groupby(steps, key=lambda one: one[0].date()):
            for at, step in noted:
                step(at)
                books.work(at)
            books.close_day(day, at)
