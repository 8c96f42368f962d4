"""What allauth asks of us: how mail leaves, what a sign-up records, how secrets lie in the database."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.accounts import mail
from civic.core import clock, events
from civic.core.work import Priority


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and account mail."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Saves a new person and records that they joined, in one transaction."""
        with transaction.atomic():
            person = super().save_user(request, user, form, commit)
            if commit:
                events.record("person.joined", actor=person, subject=person, at=clock.now())
        return person

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts tries; while the cache that counts them is gone, nobody can try (our pages stay readable)."""
        if not _counting():
            raise ValidationError(
                _("Signing in is not possible at the moment. Please try again in a minute.")
            )
        super().pre_authenticate(request, **credentials)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hands the letter to the worker: a mail server's slowness says nothing about an address."""
        known = {"email": email, **context}
        mail.write(template_prefix, to=email, context=known, at=clock.now(), priority=Priority.URGENT)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted at rest with a key of their own."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _counting() -> bool:
    probe = "accounts:counting"
    cache.add(probe, 1, 60)
    return cache.get(probe) is not None


def _cipher() -> Fernet:
    key = hashlib.sha256(settings.MFA_ENCRYPTION_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
