"""Doing what the application role may do, for tests without the lived city."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection, transaction

ROLE = Path(settings.BASE_DIR) / "deploy" / "application_role.sql"


@contextmanager
def role() -> Iterator[None]:
    """All that is written inside is the role's, to its end."""
    with connection.cursor() as cursor:
        cursor.execute(ROLE.read_text())
        with transaction.atomic():
            cursor.execute("SET LOCAL ROLE civic_application")
            yield
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")
            cursor.execute("RESET ROLE")
