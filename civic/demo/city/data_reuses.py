"""What people of Aldermere have built with data of the city."""

from datetime import timedelta
from typing import Any

from civic.core.ids import new_id
from civic.demo.city.cast import Cast, owner_of
from datasets.catalogue.models import Dataset
from datasets.reuses import operations
from datasets.reuses.operations import Said


def tell(cast: Cast, dataset: Dataset, text: dict[str, Any]) -> None:
    """What `data.yaml` tells of what was built with a dataset: some is shown, some waits, some is declined."""
    for one in text.get("reuses", ()):
        organisation = cast.organisations[one["organisation"]] if "organisation" in one else None
        actor = owner_of(organisation) if organisation else cast.people[one["person"]]
        at = cast.calendar.at(text["files"][-1]["day"] + one["after"], 17)
        words = {name: one[name] for name in ("kind", "title", "description", "address")}
        said = Said(**words, organisation=organisation)
        made = operations.propose(actor=actor, datasets=[dataset], said=said, token=new_id(), at=at)
        looked = at + timedelta(days=1)
        if "declined" in one:
            operations.decline(actor=cast.clerk, reuse=made, reason=one["declined"], at=looked)
        elif not one.get("waits"):
            operations.approve(actor=cast.clerk, reuse=made, at=looked)
