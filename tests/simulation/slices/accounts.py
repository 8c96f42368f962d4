"""People leave."""

from civic.accounts.models import Person
from civic.accounts.operations import erasure
from tests.simulation.engine import City, verb
from tests.simulation.slices.campaigns import RESIDENT


@verb(0.15, person=RESIDENT)
def request_erasure(city: City, person: Person) -> None:
    erasure.request_erasure(actor=person, confirmation=person.email, close_organisations=True, at=city.at)


@verb(0.05, person=RESIDENT)
def cancel_erasure(city: City, person: Person) -> None:
    erasure.cancel_erasure(actor=person, at=city.at)
