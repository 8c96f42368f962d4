"""Everybody and every place that the later steps refer to by key."""

import random
from dataclasses import dataclass, field
from uuid import UUID

from civic.accounts.models import Area, Membership, Organisation, Person
from civic.demo.city.calendar import Calendar
from projects.proposals.models import Project

# Somebody who came three weeks ago and has done nothing yet: a visitor of the demo can be her.
NEWCOMER = "judith-albers"


@dataclass
class Cast:
    """Who and what there is in Aldermere. `seed` decides everything that chance decides.

    Without `all_talk` only the first thread of a discussion is posted, and those that were reported.
    """

    seed: int
    calendar: Calendar
    all_talk: bool = True
    areas: dict[str, Area] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    neighbours: dict[str, list[Person]] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    verified: set[UUID] = field(default_factory=set)

    @property
    def manager(self) -> Person:
        """The programme manager, who acts for the city."""
        return self.people["leila-benali"]

    @property
    def clerk(self) -> Person:
        """The data steward at the service desk."""
        return self.people["mirja-koskinen"]

    def chance(self, *about: str) -> random.Random:
        """Chance of its own for each thing, so that a change in one place leaves the others as they were."""
        return random.Random("/".join([str(self.seed), *about]))  # noqa: S311

    def residents(self) -> list[Person]:
        """Everybody who has long lived here and does not work for the council."""
        known = [person for key, person in self.people.items() if key != NEWCOMER and not person.is_staff]
        return known + [person for street in self.neighbours.values() for person in street]


def author_of(project: Project) -> Person:
    """Who acts for the project's team; in Aldermere every project has an author."""
    if project.author is None:
        raise ValueError(f"{project} has no author")
    return project.author


def owner_of(organisation: Organisation) -> Person:
    """Who acts for the organisation."""
    return organisation.memberships.select_related("person").get(role=Membership.Role.OWNER).person
