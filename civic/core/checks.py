"""What `manage.py check`, and with it every start, says of registries and of the role that the site connects as."""

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import WARNING, CheckMessage, Error, Tags, register
from django.db import connection

from civic.core.registry import Registry

SCHEMA = Path(settings.BASE_DIR) / "civic" / "embedded" / "schema.sql"
NAMED_RULES = re.compile(
    r"^(?:CREATE (?:CONSTRAINT )?TRIGGER|    (?:ADD )?CONSTRAINT|CREATE UNIQUE INDEX) (\w+)", re.MULTILINE
)
FUNCTIONS = re.compile(
    r"^CREATE FUNCTION (\S+)\((?:(?!\nCREATE ).)*?\n    AS (\$\w*\$)(.*?)\2;", re.MULTILINE | re.DOTALL
)
# One that is switched off, not built, or not asked of the rows that were there, guards nothing.
RULES = """
    SELECT tgname FROM pg_trigger WHERE tgenabled <> 'D'
    UNION ALL SELECT conname FROM pg_constraint WHERE convalidated
    UNION ALL SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indisunique AND indisvalid
"""


@register(Tags.database, deploy=True)
def connected_role(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning where the site connects as the owner of its tables, who can rewrite money whatever triggers say."""
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM pg_class WHERE relname = 'core_event' AND pg_has_role(relowner, 'USAGE')"
        )
        owns = cursor.fetchone()
    words = (
        "The site connects as the owner of its tables: deploy/README.md says how it gets a role of its own."
    )
    return [CheckMessage(WARNING, words, id="core.W001")] if owns else []


@register(Tags.database, deploy=True)
def large_objects(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning where whoever the site connects as can make files in the database: they fill disks and end a backup."""
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_function_privilege('lo_from_bytea(oid, bytea)', 'EXECUTE')")
        (can,) = cursor.fetchone()
    words = "The site's role can make large objects: deploy/README.md says what a superuser does once."
    return [CheckMessage(WARNING, words, id="core.W003")] if can else []


@register(Tags.database, deploy=True)
def rules_in_the_database(databases: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """An error for triggers, constraints, unique indexes and functions of the shipped schema that do not work here.

    Of functions the text in dollar quotes is compared; PostgreSQL writes the others (BEGIN ATOMIC) in words of its own.
    A backup that was cut off restores all rows and none of these: the site would run, and nothing guard its money.
    """
    if not databases:
        return []
    with connection.cursor() as cursor:
        cursor.execute(RULES)
        there = {name for (name,) in cursor.fetchall()}
        cursor.execute("SELECT prosrc FROM pg_proc")
        bodies = {body for (body,) in cursor.fetchall()}
    schema = SCHEMA.read_text()
    functions = [name for name, _quote, body in FUNCTIONS.findall(schema) if body not in bodies]
    missing = sorted({*NAMED_RULES.findall(schema)} - there) + functions
    if not missing:
        return []
    words = (
        f"{len(missing)} triggers, constraints, unique indexes or functions of the shipped schema are missing, "
        f"switched off or other ones, the first is {missing[0]}."
    )
    return [Error(words, hint="Migrate; after a restore, restore a whole backup.", id="core.E002")]


@register(Tags.security, deploy=True)
def counted_proxies(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A warning where a proxy stands in front and nobody says so: one visitor's failures then count for all."""
    if not settings.SECURE_PROXY_SSL_HEADER or settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return []
    words = "TRUSTED_PROXY_COUNT is 0, so that all visitors have the proxy's address and share the limits of sign-in."
    return [CheckMessage(WARNING, words, id="core.W002")]


@register("registry")
def registered_entries(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """An error for each entry whose template, icon or state does not exist."""
    problems = sorted(problem for registry in Registry.every for problem in registry.problems())
    return [Error(problem, id="core.E001") for problem in problems]
