"""The cache may be gone: pages get slower then, they do not fail."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis import exceptions

log = logging.getLogger(__name__)

GONE = (exceptions.ConnectionError, exceptions.TimeoutError, OSError)


def forgiving(method: Callable[..., Any], answer: Callable[..., Any]) -> Callable[..., Any]:
    """The method, giving `answer(…)` to its arguments where Redis cannot be reached."""

    @wraps(method)
    def call(self: RedisCache, *args: Any, **kwargs: Any) -> Any:
        try:
            return method(self, *args, **kwargs)
        except GONE as error:
            log.warning("cache unreachable: %s", type(error).__name__)
            return answer(*args, **kwargs)

    return call


def _no_such_key(key: Any, *args: Any, **kwargs: Any) -> int:
    raise ValueError(f"Key {key!r} not found.")  # what Django's caches say of a key that is not there


class ForgivingRedisCache(RedisCache):
    """Redis as a cache that counts as empty while it cannot be reached."""

    get = forgiving(RedisCache.get, lambda key, default=None, version=None: default)
    get_many = forgiving(RedisCache.get_many, lambda *args, **kwargs: {})
    has_key = forgiving(RedisCache.has_key, lambda *args, **kwargs: False)
    add = forgiving(RedisCache.add, lambda *args, **kwargs: True)
    set = forgiving(RedisCache.set, lambda *args, **kwargs: None)
    set_many = forgiving(RedisCache.set_many, lambda data, *args, **kwargs: list(data))
    touch = forgiving(RedisCache.touch, lambda *args, **kwargs: False)
    incr = forgiving(RedisCache.incr, _no_such_key)
    delete = forgiving(RedisCache.delete, lambda *args, **kwargs: False)
    delete_many = forgiving(RedisCache.delete_many, lambda *args, **kwargs: None)
    clear = forgiving(RedisCache.clear, lambda *args, **kwargs: False)
