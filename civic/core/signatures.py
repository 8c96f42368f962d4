"""The installation's signature: Ed25519 (RFC 8032). The ledger's daily roots and receipts of consents carry it."""

import base64
import hashlib

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.conf import settings


def sign(content: bytes) -> str:
    """The signature of these bytes, in base64."""
    return base64.b64encode(_key().sign(content)).decode()


def public_key() -> str:
    """The installation's public key as SubjectPublicKeyInfo in PEM (RFC 8410)."""
    return _key().public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def _key() -> Ed25519PrivateKey:
    """The secret may have any length; its SHA-256 is the seed."""
    return Ed25519PrivateKey.from_private_bytes(hashlib.sha256(settings.LEDGER_SIGNING_KEY.encode()).digest())
