"""Days counted from today: nothing in the demo has a date of its own."""

import random
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime

DAY = re.compile(r"\{day:(-?\d+)\}")


@dataclass(frozen=True)
class Calendar:
    """The days around the moment at which the city is made."""

    now: datetime

    @property
    def today(self) -> date:
        """The date on the city's own clock."""
        return localdate(self.now)

    def at(self, day: int, hour: int = 0, minute: int = 0) -> datetime:
        """That time of day, `day` days from today."""
        local = datetime.combine(
            self.today + timedelta(days=day), time(hour, minute), ZoneInfo(settings.TIME_ZONE)
        )
        return local.astimezone(UTC)

    def between(self, first: int, last: int, chance: random.Random) -> datetime:
        """Some waking moment from the day `first` to the end of the day `last`, never in the future."""
        moment = self.at(chance.randint(first, last), chance.randint(7, 22), chance.randint(0, 59))
        return min(moment, self.now - timedelta(minutes=chance.randint(1, 50)))

    def dated(self, text: str) -> str:
        """The text with `{day:-30}` written as the date thirty days ago."""
        return DAY.sub(lambda found: date_format(localtime(self.at(int(found[1]), 12)), "j F"), text)
