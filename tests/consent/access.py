"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from typing import Any

from civic.accounts import groups
from civic.accounts.models import Person
from civic.core import clock
from datasets.consent.models import Consent, Deletion
from datasets.consent.operations import releases, rights
from tests.factories import accounts
from tests.factories import data_access as access
from tests.factories import sharing as shared
from tests.whole.scene import ADMIN, EVERYBODY, OWN, OWNER, SIGNED_IN, opens

LOOKED_AFTER = frozenset({OWNER, groups.DATA_STEWARDS, ADMIN})

OPENS = {
    **opens(EVERYBODY, "consent:browse", "consent:collection", "consent:key"),
    **opens(SIGNED_IN, "consent:create", "consent:mine", "consent:ask-rights"),
    # The owner of the city of the matrix collects, and has shared with somebody else.
    **opens(LOOKED_AFTER, "consent:manage", "consent:release", "consent:rights", "consent:deletion"),
    **opens(OWN, "consent:purpose-new", "consent:notice", "consent:release-step", "consent:step"),
    **opens(OWN, "consent:prepare", "consent:edit", "consent:withdraw", "consent:receipt", "consent:erase"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    publisher = accounts.organisation(owner)
    purpose = shared.purpose(publisher=publisher)
    collection, at = purpose.collection, clock.now()
    asker = accounts.person()
    shared.crowd(purpose, [{"way": way} for way in ["bicycle"] * 5 + ["car"] * 5])
    release = releases.prepare_release(actor=owner, purpose=purpose, at=at)
    # A look at the figures of one that is under way is told, as every read of data that is not open.
    releases.drop_release(actor=owner, release=release, at=at)
    asked = rights.ask_rights(actor=asker, collection=collection, right="access", words="", at=at)
    elsewhere = shared.purpose()
    shared.share(elsewhere, owner)
    consent = Consent.objects.get(person=owner)
    grant = access.grant(access.dataset(owner=owner, publisher=publisher, title="For some"))
    told = Deletion.objects.create(
        grant=grant, release=release, reads=1, asked_at=at, due_at=at + rights.TO_DELETE
    )
    of, key = {"slug": collection.slug}, purpose.pk
    return {
        **{f"consent:{name}": of for name in ("collection", "ask-rights", "manage", "purpose-new")},
        "consent:edit": {"slug": shared.collection(owner, publisher=publisher, title="A draft").slug},
        "consent:notice": of | {"key": key},
        "consent:prepare": of | {"key": key},
        "consent:release": of | {"key": release.pk},
        "consent:release-step": of | {"key": release.pk, "verb": "drop"},
        "consent:step": of | {"verb": "close"},
        "consent:rights": {"key": asked.pk},
        "consent:deletion": {"key": told.pk},
        "consent:withdraw": {"key": consent.pk},
        "consent:receipt": {"key": consent.pk, "which": "given"},
        "consent:erase": {"slug": elsewhere.collection.slug},
    }
