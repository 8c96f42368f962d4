"""Identifiers: time-ordered UUIDs (RFC 9562, version 7) and codes that people can read out."""

import secrets
import time
from uuid import UUID

# Crockford's base 32 without the letters that are easily confused when read aloud.
READABLE = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_id() -> UUID:
    """A UUIDv7: 48 bits of Unix milliseconds, then 74 random bits, so that new rows sort last."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (2**48 - 1)) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return UUID(int=value)


def readable_code(length: int = 8) -> str:
    """A random code of `length` characters that survives a letter, a phone call and bad handwriting."""
    return "".join(secrets.choice(READABLE) for _ in range(length))


def normalise_code(typed: str) -> str:
    """What somebody typed for a readable code: spaces, dashes and lower case do not matter."""
    return typed.upper().replace(" ", "").replace("-", "")
