"""allauth's forms in our words."""

from typing import Any

from allauth.account import forms
from allauth.account.adapter import get_adapter
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.accounts.models import Person
from civic.accounts.queries import proven_addresses, signed_up_unproven


class LoginForm(forms.LoginForm):
    """Sign in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Stay signed in on this device")


class SignupForm(forms.SignupForm):
    """Create an account. What anybody signed up with and nobody proved gives way, with its password."""

    def validate_unique_email(self, value: str) -> str:
        """The address; whether it is taken: by an account of its own, not by one that only claims it."""
        email = str(super().validate_unique_email(value))
        self.unproven = signed_up_unproven(email)
        own = Person.objects.filter(email__iexact=email).exists()
        proven = EmailAddress.objects.filter(email__iexact=email, verified=True).exists()
        self.account_already_exists = (own or proven) and self.unproven is None
        return email

    def try_save(self, request: HttpRequest) -> tuple[Any, Any]:
        """The person who signed up, or the answer for an address that is taken. Takes as long for either."""
        password = self.cleaned_data["password1"]
        if self.unproven is not None:
            get_adapter().set_password(self.unproven, password)
            return self.unproven, None
        if self.account_already_exists:
            make_password(
                password
            )  # hashing is what takes long; without it the answer tells who has an account
        return super().try_save(request)


class ResetPasswordForm(forms.ResetPasswordForm):
    """Ask for a new password."""

    users: list[Any]

    def clean_email(self) -> str:
        """The address; the link opens no account that only claims it: its owner would share that with a stranger."""
        email = str(super().clean_email())
        proven = [user for user in self.users if email.lower() in map(str.lower, proven_addresses(user))]
        self.users = proven
        return email


class ChangePasswordForm(forms.ChangePasswordForm):
    """Change the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].label = _("Password until now")
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password once more")


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm):
    """Choose a new password after a reset."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].label = _("New password")
        self.fields["password2"].label = _("New password once more")
