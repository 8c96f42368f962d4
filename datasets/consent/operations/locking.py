"""The order of locks: a person, their collection, then a dataset with its uploads, then releases and consents.

Who shares, withdraws and releases of one collection wait for each other: a release that is counted while somebody
withdraws would else have them in it, and the withdrawal would not find the release.
"""

from civic.accounts.models import Person
from civic.core.locking import lock_row
from datasets.consent.models import Collection


def lock_collection(collection: Collection) -> Collection:
    """As it is now, locked; rows that point to it can be written by its holder alone."""
    return lock_row(Collection.objects.select_related("publisher"), pk=collection.pk, no_key=True)


def lock_of(person: Person, collection: Collection) -> Collection:
    """The collection, locked after the person: erasing an account begins with the person's row."""
    lock_row(Person.objects.all(), pk=person.pk, no_key=True)
    return lock_collection(collection)
