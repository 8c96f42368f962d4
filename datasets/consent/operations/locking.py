"""The order of locks: a person, their collection, then a dataset with its uploads, then releases and consents.

Who shares, withdraws and releases of one collection wait for each other: a release that is counted while somebody
withdraws would else have them in it, and the withdrawal would not find the release.
"""

from uuid import UUID

from civic.accounts.models import Person
from civic.core.errors import Forbidden
from civic.core.locking import lock_row
from datasets.consent.models import Collection


def lock_collection(collection: Collection) -> Collection:
    """As it is now, locked; rows that point to it can be written by its holder alone."""
    return lock_row(Collection.objects.select_related("publisher"), pk=collection.pk, no_key=True)


def lock_of(person: Person, collection: Collection) -> Collection:
    """The collection, locked after the person who acts. Raises Forbidden where their account was closed meanwhile.

    What is written after an account was erased would stay for ever: nobody looks there for it again.
    """
    if not _lock_person(person.pk).is_active:
        raise Forbidden
    return lock_collection(collection)


def lock_about(person: UUID | None, collection: Collection) -> Collection:
    """The collection, locked after the person whose data it is about, if there is one still."""
    if person is not None:
        _lock_person(person)
    return lock_collection(collection)


def _lock_person(key: UUID) -> Person:
    """First of all: erasing an account begins with the person's row."""
    return lock_row(Person.objects.all(), pk=key, no_key=True)
