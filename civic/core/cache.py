"""The cache may be gone: pages get slower then, they do not fail."""

import logging
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis import exceptions

log = logging.getLogger(__name__)

GONE = (exceptions.ConnectionError, exceptions.TimeoutError, OSError)


class ForgivingRedisCache(RedisCache):
    """Redis as a cache that counts as empty while it cannot be reached."""

    def get(self, key: Any, default: Any = None, version: Any = None) -> Any:
        try:
            return super().get(key, default, version)
        except GONE as error:
            return self._gone(error, default)

    def get_many(self, keys: Any, version: Any = None) -> Any:
        try:
            return super().get_many(keys, version)
        except GONE as error:
            return self._gone(error, {})

    def set(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> None:
        try:
            super().set(key, value, *args, **kwargs)
        except GONE as error:
            self._gone(error)

    def add(self, key: Any, value: Any, *args: Any, **kwargs: Any) -> bool:
        try:
            return bool(super().add(key, value, *args, **kwargs))
        except GONE as error:
            return bool(self._gone(error, default=True))

    def delete(self, key: Any, version: Any = None) -> bool:
        try:
            return bool(super().delete(key, version))
        except GONE as error:
            return bool(self._gone(error, default=False))

    def _gone(self, error: Exception, default: Any = None) -> Any:
        log.warning("cache unreachable: %s", type(error).__name__)
        return default
