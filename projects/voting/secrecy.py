"""What ties a ballot to its voter: keyed marks only. Whoever has the database but not the key learns nothing."""

import hmac
from uuid import UUID

from django.conf import settings

from civic.core.ids import READABLE, normalise_code

CODE_LENGTH = 16  # characters of a receipt code: 30^16, so that nobody finds one by trying


def call_key(call_id: UUID) -> bytes:
    """The key of one call's voters, 32 bytes. The database holds it while the call is open, for `voting_cast`."""
    return _mark("call", str(call_id))


def voter_mark(call_id: UUID, person_id: UUID) -> str:
    """The voter column for a person in a call: the same for each of their ballots there, different in every call.

    `voting_cast` makes the same mark (HMAC-SHA256 of the person's id under `call_key`) and stores no other.
    """
    return hmac.digest(call_key(call_id), str(person_id).encode(), "sha256").hex()


def paper_mark(call_id: UUID, serial: str) -> str:
    """The voter column for a numbered paper ballot."""
    return _mark("paper", str(call_id), serial).hex()


def receipt_code(ballot_id: UUID) -> str:
    """The code that the voter keeps; made from the ballot's id again whenever its voter asks for it."""
    number = int.from_bytes(_mark("receipt", str(ballot_id)))
    code = ""
    for _ in range(CODE_LENGTH):
        number, place = divmod(number, len(READABLE))
        code += READABLE[place]
    return "-".join(code[start : start + 4] for start in range(0, CODE_LENGTH, 4))


def fingerprint(code: str) -> str:
    """What is stored and published of a receipt code: a keyed mark of its letters and digits, in hexadecimal.

    A plain hash would let whoever bought the code look up in the published list whether that ballot counts, and what
    it says.
    """
    return _mark("listed", normalise_code(code)).hex()


def _mark(*parts: str) -> bytes:
    return hmac.digest(settings.BALLOT_HMAC_KEY.encode(), "\x1f".join(parts).encode(), "sha256")
