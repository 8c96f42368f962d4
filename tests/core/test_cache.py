"""A cache that nobody can reach counts as empty: every method of it, also those that Django adds one day."""

import socket
from pathlib import Path
from typing import Any

import pytest
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.redis import RedisCache

from civic.core.cache import ForgivingRedisCache

# Those that talk to no server.
LOCAL = {"get_backend_timeout", "make_key", "validate_key", "make_and_validate_key", "close"}
# What each gives of an empty cache; ValueError is what Django's caches raise for a key that is not there.
EMPTY: dict[str, tuple[tuple[Any, ...], Any]] = {
    "get": (("key", "default"), "default"),
    "get_many": ((["a", "b"],), {}),
    "get_or_set": (("key", "default"), "default"),
    "has_key": (("key",), False),
    "add": (("key", 1), True),
    "set": (("key", 1), None),
    "set_many": (({"a": 1, "b": 2},), ["a", "b"]),
    "touch": (("key",), False),
    "incr": (("key",), ValueError),
    "decr": (("key",), ValueError),
    "incr_version": (("key",), ValueError),
    "decr_version": (("key",), ValueError),
    "delete": (("key",), False),
    "delete_many": ((["a", "b"],), None),
    "clear": ((), False),
}


def methods(cache: type[BaseCache]) -> set[str]:
    """Public methods; the asynchronous ones call these."""
    names = {name for name in dir(cache) if not name.startswith("_") and callable(getattr(cache, name))}
    return {name for name in names if not (name.startswith("a") and name[1:] in names)} - LOCAL


@pytest.fixture
def gone() -> ForgivingRedisCache:
    """A cache whose server does not answer: nobody listens on port 1."""
    return ForgivingRedisCache("redis://127.0.0.1:1/0", {})


def test_every_method_of_the_base_cache_has_an_answer() -> None:
    assert methods(RedisCache) == set(EMPTY)


@pytest.mark.parametrize("name", EMPTY)
def test_an_unreachable_cache_counts_as_empty(gone: ForgivingRedisCache, name: str) -> None:
    arguments, expected = EMPTY[name]
    if expected is ValueError:
        with pytest.raises(ValueError, match="not found"):
            getattr(gone, name)(*arguments)
    else:
        assert getattr(gone, name)(*arguments) == expected


def test_a_method_that_forgives_nothing_is_found() -> None:
    """Whatever Redis' cache implements itself is overridden here."""
    own = {name for name in vars(RedisCache) if not name.startswith("_") and name not in LOCAL}
    assert own <= set(vars(ForgivingRedisCache))


@pytest.mark.parametrize("family", [socket.AF_INET, socket.AF_UNIX])
def test_a_server_that_hangs_is_asked_once_for_many_calls_1127_l4(
    family: socket.AddressFamily, tmp_path: Path
) -> None:
    """Each call of each page waited ten seconds for a server that took connections and said nothing."""
    with socket.socket(family) as hung:
        hung.bind(str(tmp_path / "valkey.sock") if family == socket.AF_UNIX else ("127.0.0.1", 0))
        hung.listen()
        hung.setblocking(False)
        where = f"unix://{hung.getsockname()}" if family == socket.AF_UNIX else "redis://127.0.0.1:{1}/0"
        server = where.format(*hung.getsockname())
        cache = ForgivingRedisCache(server, {})
        for _call in range(10):
            assert cache.get("key", "none") == "none"
        hung.accept()[0].close()
        with pytest.raises(BlockingIOError):  # nobody else has knocked
            hung.accept()
        cache.asked_again_at = 0.0
        assert cache.get("key", "none") == "none"
        hung.accept()[0].close()
