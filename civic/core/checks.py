"""What `manage.py check`, and with it every start, says of registries and of the role that the site connects as."""

from typing import Any

from django.conf import settings
from django.core.checks import WARNING, CheckMessage, Error, Tags, register
from django.db import connection

from civic.core.registry import Registry


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
