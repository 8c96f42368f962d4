"""Agreements in ODRL 2.2 (https://www.w3.org/TR/odrl-model/), as JSON-LD.

In one spelling (sorted keys, no blanks), so that the same terms have the same digest.
"""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from civic.accounts.models import Organisation, Person
from datasets.catalogue.descriptors.addresses import dataset_uri, organisation_uri
from datasets.catalogue.models import Dataset
from datasets.catalogue.permissions import Scope

CONTEXT = [
    "http://www.w3.org/ns/odrl.jsonld",
    {"dct": "http://purl.org/dc/terms/", "xsd": "http://www.w3.org/2001/XMLSchema#"},
]
# Actions of ODRL's common vocabulary.
ACTIONS = {Scope.PREVIEW: "display", Scope.DOWNLOAD: "reproduce", Scope.QUERY: "extract"}


@dataclass(frozen=True)
class Deal:
    """What both sides agree on. `organisation` is in whose name the person asks; without one it is their own."""

    dataset: Dataset
    person: Person
    organisation: Organisation | None
    purpose: str
    scopes: Sequence[str]
    days: int


def document(deal: Deal, *, key: UUID, terms: str, agreed_at: datetime, expires_at: datetime) -> str:
    """The agreement of a publisher with a person or an organisation.

    No person is named: `assignee` has the id of the account.
    """
    dataset, organisation = deal.dataset, deal.organisation
    assignee = organisation_uri(organisation) if organisation else f"urn:uuid:{deal.person.pk}"
    permission = {
        "target": dataset_uri(dataset),
        "assigner": organisation_uri(dataset.publisher),
        "assignee": assignee,
        "action": [ACTIONS[Scope(one)] for one in deal.scopes],
        "constraint": [
            {
                "leftOperand": "purpose",
                "operator": "eq",
                "rightOperand": {"@id": f"{settings.SITE_URL}/data/#purpose-{deal.purpose}"},
            },
            {
                "leftOperand": "dateTime",
                "operator": "lt",
                "rightOperand": {"@value": expires_at.isoformat(), "@type": "xsd:dateTime"},
            },
        ],
    }
    said: dict[str, Any] = {
        "@context": CONTEXT,
        "@type": "Agreement",
        "uid": f"urn:uuid:{key}",
        "dct:issued": {"@value": agreed_at.isoformat(), "@type": "xsd:dateTime"},
        "dct:license": {"@id": dataset.licence},
        "permission": [permission],
    }
    if terms:
        said["dct:description"] = terms
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(text: str) -> str:
    """SHA-256 of the document in UTF-8."""
    return hashlib.sha256(text.encode()).hexdigest()
