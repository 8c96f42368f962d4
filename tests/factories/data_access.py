"""Requests and grants as the tests need them, made by the verbs that people use."""

from datetime import datetime
from typing import Any

from civic.accounts.models import Person
from civic.core import clock
from datasets.access.models import AccessRequest, Grant
from datasets.access.odrl import Deal
from datasets.access.operations import grants, requests
from datasets.access.operations.requests import Wish
from datasets.catalogue.models import Dataset
from datasets.catalogue.permissions import Scope
from datasets.catalogue.vocabularies import AccessLevel
from tests.factories import accounts, catalogue

WHY = "We compare the age of the trees with the heat in the streets."


def wish(**changes: Any) -> Wish:
    """What somebody asks for."""
    return Wish(**{"purpose": "research", "why": WHY, "days": 30} | changes)


def dataset(level: str = AccessLevel.ON_REQUEST, **more: Any) -> Dataset:
    """A published one of this level."""
    return catalogue.published(access_level=level, **more)


def asked(
    of: Dataset, person: Person | None = None, *, at: datetime | None = None, **changes: Any
) -> AccessRequest:
    """A draft."""
    return requests.start_request(
        actor=person or accounts.person(), dataset=of, wish=wish(**changes), at=at or clock.now()
    )


def sent(
    of: Dataset, person: Person | None = None, *, at: datetime | None = None, **changes: Any
) -> AccessRequest:
    """One that waits for the publisher."""
    made = asked(of, person, at=at, **changes)
    assert made.person
    return requests.submit_request(actor=made.person, request=made, at=at or clock.now())


def approve(request: AccessRequest, at: datetime | None = None) -> Grant:
    """By the publisher."""
    actor = catalogue.writer(request.dataset)
    return requests.approve_request(actor=actor, request=request, reason="Good.", at=at or clock.now())


def grant(of: Dataset, person: Person | None = None, *, at: datetime | None = None, **changes: Any) -> Grant:
    """What lets somebody read it, by the way of its level."""
    at, person = at or clock.now(), person or accounts.person()
    if of.access_level == AccessLevel.REGISTERED:
        return grants.accept_terms(actor=person, dataset=of, purpose="research", at=at)
    if of.access_level == AccessLevel.BY_ORDER:
        deal = Deal(of, person, changes.get("organisation"), "product", list(Scope.values), 30)
        return grants.grant_by_order(deal=deal, at=at)
    return approve(sent(of, person, at=at, **changes), at)
