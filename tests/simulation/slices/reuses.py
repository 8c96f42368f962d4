"""People tell what they have built with data, data stewards show it or not, and it is taken back."""

from collections.abc import Iterator

from django.db.models import Q
from django.test import Client

from civic.accounts.models import Organisation, Person
from civic.core.ids import new_id
from datasets.catalogue.models import Dataset
from datasets.catalogue.states import DatasetState
from datasets.reuses import operations
from datasets.reuses.models import Reuse
from datasets.reuses.states import ReuseState
from tests.factories import reuses
from tests.simulation.draws import a, known, one_of
from tests.simulation.engine import City, holds, verb
from tests.simulation.slices.data import STEWARD
from tests.simulation.slices.data_access import ASKER
from tests.simulation.slices.sponsorship import acting_for

WORDS = {"decline": "Its address leads nowhere.", "take_down": "It has gone."}


@verb(
    3,
    person=ASKER,
    dataset=a(Dataset, likely=Q(state=DatasetState.PUBLISHED)),
    for_own=one_of(True, True, False),
)
def tell_of_reuse(city: City, person: Person, dataset: Dataset, for_own: bool) -> None:
    mine = Organisation.objects.filter(memberships__person=person, memberships__role="owner").order_by("pk")
    said = reuses.said(organisation=None if for_own else mine.first())
    operations.propose(actor=person, datasets=[dataset], said=said, token=new_id(), at=city.at)


@verb(
    3,
    steward=STEWARD,
    reuse=a(Reuse, likely=Q(state__in=[ReuseState.PROPOSED, ReuseState.SHOWN])),
    how=one_of("approve", "approve", "decline", "take_down", "restore"),
)
def decide_reuse(city: City, steward: Person, reuse: Reuse, how: str) -> None:
    words = {"reason": WORDS[how]} if how in WORDS else {}
    getattr(operations, how)(actor=steward, reuse=reuse, at=city.at, **words)


@verb(1, reuse=a(Reuse, likely=Q(state=ReuseState.SHOWN), only=Q(person__isnull=False)))
def withdraw_reuse(city: City, reuse: Reuse) -> None:
    organisation = reuse.organisation
    actor = acting_for(organisation) if organisation else known(reuse.person)
    operations.withdraw(actor=actor, reuse=reuse, at=city.at)


@holds("quiet")
def only_what_is_shown_is_found(city: City) -> Iterator[str]:
    """What the API lists is shown, is of somebody who is there, and names data that everybody finds."""
    rows = {
        str(one.pk): one
        for one in Reuse.objects.select_related("person", "organisation").prefetch_related("datasets")
    }
    if not rows:
        return
    listed = {one["id"]: one for one in Client().get("/api/v1/reuses/?page_size=200").json()["results"]}
    for key, reuse in rows.items():
        published = {one.slug for one in reuse.datasets.all() if one.state == DatasetState.PUBLISHED}
        by = reuse.organisation
        there = (
            by.state not in ("suspended", "closed") if by else reuse.person is None or reuse.person.is_active
        )
        if (key in listed) != (reuse.state == ReuseState.SHOWN and bool(published) and there):
            yield f"a reuse that is {reuse.state} is {'' if key in listed else 'not '}listed"
        elif key in listed and {*listed[key]["datasets"]} != published:
            yield "a reuse names data that nobody finds, or does not name what everybody does"
