"""Valkey is gone for a while: nothing is published, the cache knows nothing, and beat and workers stand still."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from celery.app.task import Task
from django.test import override_settings
from kombu.exceptions import OperationalError

from tests.simulation.clock import Clock

# The cache of production, where nobody listens.
GONE = {"default": {"BACKEND": "civic.core.cache.ForgivingRedisCache", "LOCATION": "redis://127.0.0.1:1"}}


@contextmanager
def published_by(clock: Clock) -> Iterator[None]:
    """What is sent to a worker is done at once, and raises what the real client does while Valkey is gone."""
    publish = Task.apply_async

    def apply_async(self: Task, *args: Any, **kwargs: Any) -> Any:
        if not clock.has_valkey:
            raise OperationalError("Error 111 connecting to valkey:6379. Connection refused.")
        return publish(self, *args, **kwargs)

    with mock.patch.object(Task, "apply_async", apply_async):
        yield


@contextmanager
def cached_by(clock: Clock) -> Iterator[None]:
    """The cache of a step that begins while Valkey is gone, or is there."""
    if clock.has_valkey:
        yield
        return
    with override_settings(CACHES=GONE):
        yield
