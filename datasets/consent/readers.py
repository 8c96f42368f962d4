"""Answers the catalogue whether a revision of what people share may be read: not once somebody in it has withdrawn."""

from django.db import connection

from civic.core.registry import Hook
from datasets.catalogue.models import Revision
from datasets.catalogue.permissions import revision_checks


def may_read(revision: Revision) -> bool:
    """Whether nobody in it has withdrawn, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT consent_may_read(%s)", [revision.pk])
        (found,) = cursor.fetchone()
    return bool(found)


revision_checks.register(Hook("consents", may_read))
