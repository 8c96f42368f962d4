"""Answers the catalogue by what somebody reads: grants, and what publishers and stewards may always."""

from datetime import datetime

from django.db import connection

from civic.core.registry import Hook
from datasets.access.models.grant import key_digest
from datasets.catalogue.models import Dataset
from datasets.catalogue.permissions import Permission, Reader, Scope, read_checks

MAY_READ = "SELECT basis, reader, granted, purpose, scopes FROM access_may_read(%s, %s, %s, %s, %s, %s)"


def may_read(reader: Reader, dataset: Dataset, scope: Scope, at: datetime) -> Permission | None:
    """By what the reader may do this with the dataset at this moment, in one statement; None where they may not."""
    person, key = reader.person, key_digest(reader.key) if reader.key else ""
    if person.pk is None and not key and not dataset.is_open:
        return None  # a stranger
    asked = [person.pk, dataset.pk, scope.value, key, bool(person.is_staff), at]
    with connection.cursor() as cursor:
        cursor.execute(MAY_READ, asked)
        found = cursor.fetchone()
    if found is None:
        return None
    basis, who, granted, purpose, scopes = found
    return Permission(basis, frozenset(scopes), who, granted, purpose)


read_checks.register(Hook("grants", may_read))
