"""Records of consent by ISO/IEC TS 27560 as JSON-LD, in the words of the Data Privacy Vocabulary (W3C DPV 2).

One spelling (sorted keys, no blanks), so that the signature can be checked by whoever has the text. No person is
named: whoever holds the receipt knows whose it is, and it stays true once the account is erased.
"""

import json
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from civic.core.signatures import public_key, sign
from datasets.catalogue.descriptors.addresses import dataset_uri, organisation_uri
from datasets.consent.models import Consent

CONTEXT = {
    "dct": "http://purl.org/dc/terms/",
    "dpv": "https://w3id.org/dpv#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
STANDARD = "https://www.iso.org/standard/80392.html"


def given(consent: Consent) -> str:
    """What the person has agreed to, with the words that they read."""
    return _spelled(_record(consent, consent.given_at, "dpv:ConsentGiven"))


def withdrawn(consent: Consent, at: datetime, *, suspended: list[int], reads: int, readers: int) -> str:
    """That they have withdrawn; which revisions rest since then, and what was already taken away of them."""
    said = _record(consent, at, "dpv:ConsentWithdrawn")
    said["dct:description"] = (
        f"Revisions suspended: {', '.join(map(str, suspended)) or 'none'}. Before that, {readers} readers had read "
        f"them {reads} times. Their copies cannot be called back: they are told to delete them, and what they answer "
        "is written down."
    )
    return _spelled(said)


def _record(consent: Consent, at: datetime, status: str) -> dict[str, Any]:
    purpose, notice = consent.purpose, consent.notice
    collection = purpose.collection
    return {
        "@context": CONTEXT,
        "@id": f"urn:uuid:{consent.pk}",
        "@type": "dpv:ConsentRecord",
        "dct:conformsTo": {"@id": STANDARD},
        "dpv:hasConsentStatus": {
            "@type": status,
            "dpv:isIndicatedAtTime": {"@type": "xsd:dateTime", "@value": at.isoformat()},
            "dpv:isIndicatedBy": {"@id": "dpv:DataSubject"},
        },
        "dpv:hasProcess": {
            "@type": "dpv:Process",
            "dct:source": {"@id": settings.SITE_URL + collection.get_absolute_url()},
            "dpv:hasDataController": {
                "@id": organisation_uri(collection.publisher),
                "dct:title": collection.publisher.name,
            },
            "dpv:hasLegalBasis": {"@id": "dpv:Consent"},
            "dpv:hasPersonalData": purpose.leaves,
            "dpv:hasPurpose": {"@id": f"urn:uuid:{purpose.pk}", "dct:title": purpose.title},
            "dpv:hasRecipient": notice.readers,
            "dpv:hasResult": {"@id": dataset_uri(purpose.dataset)},
            "dpv:hasStorageCondition": notice.kept,
            "dpv:hasTechnicalMeasure": {
                "@id": "dpv:Anonymisation",
                "dct:description": f"k = {collection.k}, l = {purpose.least_values}",
            },
        },
        "dpv:hasNotice": {
            "@type": "dpv:ConsentNotice",
            "dct:hasVersion": str(notice.number),
            "dct:identifier": f"sha256:{notice.digest}",
            "dct:description": notice.what,
        },
        "dpv:hasRight": [
            {
                "@id": "dpv:RightToWithdrawConsent",
                "dct:source": {"@id": f"{settings.SITE_URL}/me/shared-data/"},
            }
        ],
    }


def _spelled(said: dict[str, Any]) -> str:
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def signature(text: str) -> str:
    """The installation's signature over the text in UTF-8."""
    return sign(text.encode())


def download(text: str, signed: str) -> str:
    """What a person keeps: the record as it was signed, the signature, the key that checks it, and where it stands."""
    said = {"record": text, "signature": signed, "public_key": public_key()}
    return json.dumps(said | {"public_key_at": settings.SITE_URL + reverse("consent:key")}, indent=2)
