"""Who asked for data that is not open, and what its publisher said; the publisher asks for its terms first."""

from datetime import timedelta
from typing import Any

from civic.demo.city.cast import Cast, owner_of
from datasets.access.models import AccessRequest
from datasets.access.operations import grants, requests
from datasets.access.operations.requests import Wish
from datasets.access.operations.terms import set_terms
from datasets.catalogue.models import Dataset

DECIDED = {"approve": requests.approve_request, "return": requests.return_request}


def tell(cast: Cast, dataset: Dataset, text: dict[str, Any]) -> None:
    """What `data.yaml` tells of the access to a dataset; of what is open nothing."""
    if "terms" not in text:
        return
    set_terms(
        actor=owner_of(dataset.publisher),
        dataset=dataset,
        terms=text["terms"],
        questions=text.get("questions", []),
        longest_days=366,
        at=cast.calendar.at(text["files"][-1]["day"], 12),
    )
    for one in text.get("accepted", ()):
        at = cast.calendar.at(one["day"], 18)
        grants.accept_terms(actor=cast.people[one["by"]], dataset=dataset, purpose=one["purpose"], at=at)
    for one in text.get("requests", ()):
        _request(cast, dataset, one)


def _request(cast: Cast, dataset: Dataset, text: dict[str, Any]) -> AccessRequest:
    actor, at = cast.people[text["by"]], cast.calendar.at(text["day"], 18)
    wish = Wish(**{name: text[name] for name in ("purpose", "why", "days", "answers")})
    request = requests.start_request(actor=actor, dataset=dataset, wish=wish, at=at)
    requests.submit_request(actor=actor, request=request, at=at + timedelta(minutes=4))
    if "then" in text:
        DECIDED[text["then"]](
            actor=owner_of(dataset.publisher),
            request=request,
            reason=text["said"],
            at=at + timedelta(hours=15),
        )
    return request
