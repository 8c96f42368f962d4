"""The installation's signature on its daily roots: Ed25519 (RFC 8032) over canonical JSON."""

import base64
import hashlib
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings

from marketplace.ledger.models import DailyRoot
from marketplace.ledger.verify import canonical


def signed(root: DailyRoot) -> dict[str, Any]:
    """What is published of a root: the statement, its signature and the public key."""
    statement = {"book": root.book, **root.covers, "chain": bytes(root.chain).hex()}
    signature = base64.b64encode(_key().sign(canonical(statement))).decode()
    return {"statement": statement, "signature": signature, "public_key": public_key()}


def public_key() -> str:
    """The installation's public key as SubjectPublicKeyInfo in PEM (RFC 8410)."""
    return _key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _key() -> Ed25519PrivateKey:
    """The secret may have any length; its SHA-256 is the seed."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(settings.LEDGER_SIGNING_KEY.encode()).digest())
