"""The twenty organisations, each with an owner, most with members, all checked by the city."""

from civic.accounts import operations
from civic.accounts.models import Membership, Organisation
from civic.demo import source
from civic.demo.city.cast import Cast

KINDS = {"city": Organisation.Kind.DEPARTMENT}


def found(cast: Cast) -> None:
    """Founds them all; city departments belong to council staff, as the operation demands."""
    for one in source.read("organisations"):
        chance = cast.chance("organisation", one["key"])
        made = operations.create_organisation(
            actor=cast.people[one["owner"]],
            name=one["name"],
            sort=KINDS.get(one["kind"], one["kind"]),
            about=one["about"],
            at=cast.calendar.between(-495, -470, chance),
        )
        Membership.objects.bulk_create(
            Membership(organisation=made, person=cast.people[member], role=Membership.Role.MANAGER)
            for member in one["members"]
        )
        operations.check_organisation(
            actor=cast.people["leila-benali"], organisation=made, at=cast.calendar.between(-468, -460, chance)
        )
        cast.organisations[one["key"]] = made
