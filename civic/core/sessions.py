"""Sessions whose key only the browser has: what the database, or a copy of it, holds of one signs nobody in."""

import hashlib
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.core import signing
from django.utils import timezone


def kept_as(key: str | None) -> str:
    """What the database holds in place of a session's key: its SHA-256, as far as the column goes (160 bits)."""
    return hashlib.sha256((key or "").encode()).hexdigest()[:40]


class SessionStore(db.SessionStore):
    """Django's sessions in the database, under the digest of their key.

    What is in one is signed together with where it lies: copied by SQL into another row it signs nobody in.
    """

    @property
    def key_salt(self) -> str:
        return _salt(kept_as(self.session_key))

    def _get_session_from_db(self) -> Any:
        kept = self.model.objects.filter(
            session_key=kept_as(self.session_key), expire_date__gt=timezone.now()
        ).first()
        if kept is None:
            # As Django does: a key that leads nowhere is not taken for the next session.
            self._session_key = None
        return kept

    def exists(self, session_key: str) -> bool:
        return super().exists(kept_as(session_key))

    def create_model_instance(self, data: Any) -> Any:
        made = super().create_model_instance(data)
        made.session_key = kept_as(made.session_key)
        return made

    def delete(self, session_key: str | None = None) -> None:
        key = self.session_key if session_key is None else session_key
        if key is not None:
            super().delete(kept_as(key))


def contents(session: Session) -> dict[str, Any]:
    """What is in a session of the database; nothing where it was written for another row."""
    serializer = SessionStore().serializer
    try:
        return dict(signing.loads(session.session_data, salt=_salt(session.pk), serializer=serializer))
    except signing.BadSignature:
        return {}


def _salt(kept: str) -> str:
    return f"civic.core.sessions:{kept}"
