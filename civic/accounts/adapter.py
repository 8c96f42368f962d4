"""What allauth asks of us: how mail leaves, what a sign-up records, how secrets lie in the database."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest

from civic.accounts import mail
from civic.core import clock, events


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and account mail."""

    def save_user(self, request: HttpRequest, user: Any, form: Any, commit: bool = True) -> Any:
        """Saves a new person and records that they joined, in one transaction."""
        with transaction.atomic():
            person = super().save_user(request, user, form, commit)
            if commit:
                events.record("person.joined", actor=person, subject=person, at=clock.now())
        return person

    def render_mail(
        self, template_prefix: str, email: str | list[str], context: dict[str, Any], headers: Any = None
    ) -> EmailMessage:
        """The plain text of the template with an HTML part in the site's own frame."""
        to = [email] if isinstance(email, str) else email
        return mail.compose(template_prefix, to=to, context=context)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hands the letter to the worker: a mail server's slowness says nothing about an address."""
        mail.send(mail.compose(template_prefix, to=[email], context={"email": email, **context}))


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted at rest with a key of their own."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(settings.MFA_ENCRYPTION_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
