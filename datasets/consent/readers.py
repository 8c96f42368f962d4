"""Answers the catalogue whether a revision of what people share may be read.

Not once somebody in it has withdrawn, nor once the city has taken its collection down: also where its publisher, who
had withdrawn the dataset before, restores it.
"""

from django.db import connection

from civic.core.registry import Hook
from datasets.catalogue.models import Revision
from datasets.catalogue.permissions import revision_checks

ASKED = """
    SELECT consent_may_read(%s) AND NOT EXISTS (
        SELECT FROM consent_purpose AS purpose
          JOIN consent_collection AS collection ON collection.id = purpose.collection_id
         WHERE purpose.dataset_id = %s AND collection.state = 'removed')
"""


def may_read(revision: Revision) -> bool:
    """Whether neither is so, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(ASKED, [revision.pk, revision.dataset_id])
        (found,) = cursor.fetchone()
    return bool(found)


revision_checks.register(Hook("consents", may_read))
