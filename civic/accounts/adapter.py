"""What allauth asks of us: how mail leaves, what a sign-up records, how secrets lie in the database."""

import base64
import hashlib
from typing import Any, ClassVar

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.authentication import get_authentication_records
from allauth.account.models import EmailAddress
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.utils import build_absolute_uri
from cryptography.fernet import Fernet
from django.conf import settings
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from civic.accounts import mail
from civic.accounts.models import Person
from civic.accounts.queries import DEVICE, owns_address, proven_addresses
from civic.core import clock, events
from civic.core.errors import Conflict
from civic.core.work import Priority

# The session's key for which password this browser gave, at sign-up or sign-in, before the address was confirmed.
KNOWN_PASSWORD = "accounts:known_password"  # noqa: S105
# The cookie by which a browser shows that somebody signed in with it before.
KNOWN_DEVICE, REMEMBERED = "known-device", 365 * 24 * 3600

# The session's key for the addresses whose owner has set a new password in this browser.
RESET_HERE = "accounts:reset_here"

# Beside allauth's five tries in five minutes: of one address, from all networks that do not know it. Whoever uses them
# up keeps the owner's new browser out: for no more than an hour, and not where the owner sets a new password (K8).
ANYWHERE: dict[str, Any] = {
    "app": "allauth.account",
    "action": "login_failed_anywhere",
    "config": {"login_failed_anywhere": "30/h/key"},
}

# What goes to an address that anybody may have typed. A day's letters are more than of invitations: whoever wants to
# keep an owner from a new password has to send them ten good links for it.
TO_TYPED_ADDRESSES = {
    "account_already_exists",
    "email_confirmation",
    "email_confirmation_signup",
    "password_reset_key",
    "unknown_account",
}
MOST_A_DAY = 10


def note_device(sender: object, request: HttpRequest, **details: Any) -> None:
    """Keeps with a session which browser signed in and when, by whatever way it did."""
    browser = request.headers.get("User-Agent", "")[:300]
    request.session[DEVICE] = {"browser": browser, "since": clock.now().isoformat()}


def count_sign_in(sender: object, request: HttpRequest, user: Any, **details: Any) -> None:
    """A password or code that was given to sign in was given a moment ago: nobody is asked for it twice.

    Whoever came in by a link of a mail has given none.
    """
    records = get_authentication_records(request, user)
    if records and records[-1]["method"] in ("password", "mfa"):
        records[-1]["reauthenticated"] = True
        request.session.modified = True


class AccountAdapter(DefaultAccountAdapter):
    """Sign-up and account mail."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _(
            "Too many failed tries to sign in with this address. Set a new password: with it you come in at once, in "
            "this browser. Or wait for an hour."
        ),
    }

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
        address = credentials.get("email", "").lower()
        self._anywhere = None
        if not _knows(request, address):
            self._anywhere = ratelimit.consume(request, key=address, **ANYWHERE)
            if not self._anywhere:
                raise self.validation_error("too_many_login_attempts")

    def _rollback_login_failed_rl_usage(self) -> None:
        """A good sign-in was no try; also not of those from anywhere."""
        super()._rollback_login_failed_rl_usage()
        if self._anywhere:
            self._anywhere.rollback()

    def _delete_login_attempts_cached_email(self, request: HttpRequest, **credentials: Any) -> None:
        """Forgets the tries once the owner has set a new password, and whose browser this is.

        Without that a stranger uses them up again before the owner has typed it.
        """
        super()._delete_login_attempts_cached_email(request, **credentials)
        address = credentials.get("email", "").lower()
        ratelimit.clear(request, key=address, **ANYWHERE)
        request.session[RESET_HERE] = [*request.session.get(RESET_HERE, []), address]

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """What failures are counted by: the address with the device that knows it, or with the visitor's network.

        By the address alone five wrong tries of a stranger would keep the owner out. Of an IPv6 address its /64 counts:
        so many addresses has every household.
        """
        address = credentials.get("email", "").lower()
        return f"{address}:{_knows(request, address) or ratelimit.get_ip(request)}"

    def post_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse:
        """As ever; the browser is known from now on (`_knows`)."""
        response = super().post_login(request, user, **details)
        response.set_signed_cookie(
            KNOWN_DEVICE,
            str(user.pk),
            salt=KNOWN_DEVICE,
            max_age=REMEMBERED,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
        return response

    def pre_login(self, request: HttpRequest, user: Any, **details: Any) -> HttpResponse | None:
        """Notes which password this browser gave; `confirm_email` asks for it."""
        request.session[KNOWN_PASSWORD] = user.get_session_auth_hash()
        return super().pre_login(request, user, **details)

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Confirms an address for whoever follows the link in a browser that knows the account's password now.

        Otherwise whoever signed up with a stranger's address, or added it to an account, would have the stranger
        confirm it from their own mailbox and would keep their password for it (account pre-hijacking).
        """
        person = email_address.user
        known = request.session.get(KNOWN_PASSWORD, "")
        own = request.user.is_authenticated and request.user.pk == person.pk
        if not own and not constant_time_compare(known, person.get_session_auth_hash()):
            text = _(
                "Sign in with the password that you chose, then open the link again in this browser. "
                "If you do not know the password, set a new one."
            )
            messages.error(request, text)
            return False
        confirmed = super().confirm_email(request, email_address)
        if confirmed and own:
            self.send_notification_mail("account/email/email_confirm", person)
        return confirmed

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Any,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tells every address of the person, and the one that was taken away: a thief would read the others."""
        gone = (context or {}).get("deleted_email")
        for address in dict.fromkeys(filter(None, [*proven_addresses(user), email, gone])):
            super().send_notification_mail(template_prefix, user, context, address)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Hands the letter to the worker: a mail server's slowness says nothing about an address.

        Its links lead to SITE_URL; the library makes them from the request, whose Host a stranger chooses.
        """
        if template_prefix.rpartition("/")[2] in TO_TYPED_ADDRESSES:
            try:
                mail.count_to_stranger(to=email, sender=None, at=clock.now(), kind="account", most=MOST_A_DAY)
            except Conflict:
                return  # in silence: an answer would tell who has an account
        asked = build_absolute_uri(self.request, "/").rstrip("/")
        links = {
            key: settings.SITE_URL + text.removeprefix(asked)
            for key, text in context.items()
            if isinstance(text, str) and text.startswith(f"{asked}/")
        }
        known = {"email": email, **context, **links}
        mail.write(template_prefix, to=email, context=known, at=clock.now(), priority=Priority.URGENT)


class MFAAdapter(DefaultMFAAdapter):
    """Second factors: their secrets are encrypted at rest with a key of their own."""

    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "add_email_blocked": _(
            "Your account has a second step, and such an account takes no further address. Switch the second step off "
            "first, or create an account of its own for that address."
        ),
    }

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _knows(request: HttpRequest, address: str) -> str:
    """Who signed in with this browser before, if the address is theirs; that they set a password in it; or nothing."""
    if address in request.session.get(RESET_HERE, []):
        return RESET_HERE
    known = request.get_signed_cookie(KNOWN_DEVICE, "", salt=KNOWN_DEVICE, max_age=REMEMBERED)
    return known if known and owns_address(Person(pk=known), address) else ""


def _counting() -> bool:
    probe = "accounts:counting"
    cache.add(probe, 1, 60)
    return cache.get(probe) is not None


def _cipher() -> Fernet:
    key = hashlib.sha256(settings.MFA_ENCRYPTION_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
