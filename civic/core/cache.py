"""The cache may be gone: pages get slower then, they do not fail."""

import logging
import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis import exceptions
from redis.backoff import NoBackoff
from redis.retry import Retry

log = logging.getLogger(__name__)

# A call waits no longer than that (seconds) for a server that does not answer; after one in vain the thread asks no
# more for a while: a page makes many calls, and a server that hangs (one that is gone refuses at once) held each.
PATIENCE = 0.5
REST = 5.0

GONE = (exceptions.ConnectionError, exceptions.TimeoutError, OSError)


def forgiving(method: Callable[..., Any], answer: Callable[..., Any]) -> Callable[..., Any]:
    """The method, giving `answer(…)` to its arguments where Redis cannot be reached."""

    @wraps(method)
    def call(self: "ForgivingRedisCache", *args: Any, **kwargs: Any) -> Any:
        if time.monotonic() < self.asked_again_at:
            return answer(*args, **kwargs)
        try:
            return method(self, *args, **kwargs)
        except GONE as error:
            self.asked_again_at = time.monotonic() + REST
            log.warning("cache unreachable: %s", type(error).__name__)
            return answer(*args, **kwargs)

    return call


def _no_such_key(key: Any, *args: Any, **kwargs: Any) -> int:
    raise ValueError(f"Key {key!r} not found.")  # what Django's caches say of a key that is not there


class ForgivingRedisCache(RedisCache):
    """Redis as a cache that counts as empty while it cannot be reached, and for `REST` seconds after each failure."""

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        # Of this object, of which Django keeps one a thread: each finds out for itself.
        self.asked_again_at = 0.0
        options = {
            "socket_timeout": PATIENCE,
            "socket_connect_timeout": PATIENCE,
            "retry": Retry(NoBackoff(), 0),
        }
        super().__init__(server, {**params, "OPTIONS": {**options, **params.get("OPTIONS", {})}})

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
