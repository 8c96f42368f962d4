"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import clock
from tests.factories import accounts, campaigns, matching
from tests.factories import exchange as made
from tests.whole.scene import ADMIN, EVERYBODY, OWN, OWNER, SIGNED_IN, opens

OPENS = {
    **opens(EVERYBODY, "exchange:needs", "exchange:need", "api:needs", "api:need"),
    **opens(SIGNED_IN, "exchange:give", "exchange:offer", "exchange:mine"),
    **opens(OWN, "exchange:edit", "exchange:state", "exchange:deliver"),
    **opens(frozenset({OWNER, groups.DATA_STEWARDS, ADMIN}), "exchange:step"),
    **opens(OWN, "exchange:offer-step"),
    **opens(frozenset({OWNER, groups.DATA_STEWARDS, ADMIN}), "exchange:answer"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    at = clock.now()
    # The owner of the city of the matrix writes the need of a project, and owns the organisation that offers to others.
    project = campaigns.funding_project(at=at, author=owner)
    need = made.need(project, at)
    answered = made.scene(at)
    answered.need = made.need(project, at)
    answered.team = owner
    delivery = made.delivered(answered)
    organisation = accounts.organisation(owner)
    matching.details(organisation, owner, at)
    other = made.scene(at)
    other.owner, other.organisation, other.dataset = owner, organisation, made.dataset(organisation, at)
    awarded = made.awarded(other)
    return {
        **{f"exchange:{name}": {"key": need.pk} for name in ("need", "edit", "give", "offer")},
        "api:need": {"pk": need.pk},
        "exchange:step": {"key": need.pk, "verb": "withdraw"},
        "exchange:state": {"slug": project.slug},
        "exchange:deliver": {"key": awarded.pk},
        "exchange:offer-step": {"key": awarded.pk, "verb": "withdraw"},
        "exchange:answer": {"key": delivery.pk, "verb": "accept"},
    }
