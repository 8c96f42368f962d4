"""Reads the environment and stops the start with one clear line where a value is wrong."""

import secrets
import sys
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import urlsplit

import dj_database_url
import dj_email_url
from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent.parent

# Seconds that a mail server may take for its answer.
MAIL_TIMEOUT = 10

SHORTEST_SECRET = 32
_secrets: dict[str, str] = {}

env = Env()


def stop(message: str) -> NoReturn:
    """Ends the start with one line that says which setting is wrong."""
    sys.exit(f"Settings: {message}")


def data_dir() -> Path:
    """The folder that holds what the site writes when nothing else is configured."""
    return Path(env.str("CIVIC_DATA_DIR", str(BASE_DIR / ".data"))).resolve()


def required(name: str) -> str:
    """A value without which a production site must not start."""
    value = env.str(name, "")
    # `replace-me…` stood in the example once: a secret that everybody can read is none.
    if not value or value.startswith("replace-me"):
        stop(f"{name} is not set; deploy/README.md says what it should hold.")
    return value


def required_secret(name: str) -> str:
    """A secret of a production site: long, and another than any before; else the start ends with one clear line.

    One that is short can be guessed, and of two that are the same whoever learns one has both.
    """
    value = required(name)
    if len(value) < SHORTEST_SECRET or len(set(value)) < SHORTEST_SECRET // 4:
        stop(f"{name} is too short or too simple for a secret; deploy/README.md says how to make one.")
    if (other := _secrets.setdefault(value, name)) != name:
        stop(f"{name} has the same value as {other}; each secret needs its own.")
    return value


def secret(name: str) -> str:
    """A secret of this installation: from the environment, or made once and kept in the data folder."""
    configured = env.str(name, "")
    if configured:
        return configured
    file = data_dir() / "secrets" / name.lower()
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(48))
    return file.read_text()


def database(url: str) -> dict[str, Any]:
    """Django's database settings from a `postgres://` address (a socket folder goes in `?host=`)."""
    try:
        parsed: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError) as error:
        stop(f"DATABASE_URL is not a database address: {error}")
    if parsed.get("ENGINE") != "django.db.backends.postgresql":
        stop("DATABASE_URL must start with postgres://; the exchange runs on PostgreSQL only.")
    parsed["CONN_MAX_AGE"] = 60
    parsed["CONN_HEALTH_CHECKS"] = True
    return parsed


def redis(url: str) -> str:
    """A `redis://`, `rediss://` or `unix://` address of Redis or Valkey."""
    if not url.startswith(("redis://", "rediss://", "unix://", "redis+socket://")):
        stop("REDIS_URL must start with redis://, rediss:// or unix://.")
    return url


def celery_broker(url: str) -> str:
    """The address as Celery spells it, on a database of its own so that clearing the cache loses no task."""
    if not url.startswith("unix://"):
        return url
    return url.replace("unix://", "redis+socket://", 1).split("?")[0] + "?virtual_host=1"


def email(url: str) -> dict[str, Any]:
    """Django's EMAIL_* settings, and MAIL_BACKEND, from an address such as `smtp+tls://user:password@host:587`.

    The parser has other names for encryption, and passes over what it does not know: the password would go over the
    wire in the clear.
    """
    scheme, _, rest = url.partition("://")
    known = {"smtp+tls": "submission", "smtp+ssl": "smtp"}.get(scheme, scheme)
    try:
        parsed = dict(dj_email_url.parse(f"{known}://{rest}"))
        parsed["MAIL_BACKEND"] = parsed.pop("EMAIL_BACKEND")
        if scheme == "smtp+ssl":
            parsed |= {"EMAIL_USE_SSL": True, "EMAIL_PORT": urlsplit(url).port or 465}
    except (ValueError, KeyError) as error:
        stop(f"EMAIL_URL is not a mail address of a server: {error}")
    # Without a time-out, a server that does not answer would hold the worker until its task is killed.
    return parsed | {"EMAIL_TIMEOUT": parsed["EMAIL_TIMEOUT"] or MAIL_TIMEOUT}
