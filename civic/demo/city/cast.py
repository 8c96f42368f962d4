"""Everybody and every place that the later steps refer to by key."""

import random
from dataclasses import dataclass, field
from uuid import UUID

from civic.accounts.models import Area, Organisation, Person
from civic.demo.city.calendar import Calendar


@dataclass
class Cast:
    """Who and what there is in Aldermere. `seed` decides everything that chance decides.

    Without `all_talk` only the first thread of a discussion is told, and those that were reported.
    """

    seed: int
    calendar: Calendar
    all_talk: bool = True
    areas: dict[str, Area] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    neighbours: dict[str, list[Person]] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    verified: set[UUID] = field(default_factory=set)

    def chance(self, *about: str) -> random.Random:
        """Chance of its own for each thing, so that a change in one place leaves the others as they were."""
        return random.Random("/".join([str(self.seed), *about]))  # noqa: S311

    def residents(self) -> list[Person]:
        """Everybody who lives here and does not work for the council."""
        known = [person for person in self.people.values() if not person.is_staff]
        return known + [person for street in self.neighbours.values() for person in street]
