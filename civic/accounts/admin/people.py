"""People: who they are to the council, their accounts and their mails; never their passwords."""

from functools import partial
from typing import Any

import allauth.account.admin
import allauth.mfa.admin  # noqa: F401 - registers what is taken away below
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django import forms
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups, operations
from civic.accounts.models import ErasureRequest, Mail, Person, StaffInvitation
from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.access import require_password
from civic.core.admin import JobAdmin, ReadOnlyAdmin, StaffAdmin
from civic.core.forms import TextAreaField, field, typed
from civic.core.policies import may
from civic.core.staff_actions import StaffAction

close = partial(StaffAction, thing="person", permission=("close", "accounts"), sensitive=True)


def left_alone(person: Person) -> str:
    """What is to be done about organisations that the closed account leaves without an owner."""
    names = [organisation.name for organisation in operations.without_anybody(person)]
    if not names:
        return ""
    return _("No owner is left of: %(names)s. Name one, or close it.") % {"names": ", ".join(names)}


def invitations_left() -> str:
    """Which invitations of staff are open, for whoever ends somebody's role.

    Those to the person's own addresses are withdrawn with it; of one to an address of a second account only the
    administrator can know whose it is.
    """
    waiting = StaffInvitation.objects.open().select_related("invited_by").order_by("email")
    if not (rows := [f"{one.email} ({one.invited_by or '–'})" for one in waiting]):
        return ""
    words = _("Open invitations of staff, by whom: %(rows)s. Withdraw those that are for the same person.")
    return words % {"rows": ", ".join(rows)}


def left_by(person: Person) -> str:
    """What is still to be done once this account is closed."""
    return " ".join(filter(None, [left_alone(person), invitations_left() if person.is_staff else ""]))


class CouncilRole(forms.ModelForm[Person]):
    """What an administrator decides about a person."""

    reason = TextAreaField(label=_("Reason"), max_length=1000, rows=3)

    class Meta:
        model = Person
        fields = ("is_staff", "groups")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "groups" in self.fields:
            # Libraries bring groups of their own, which nothing here asks for.
            field(self, "groups", forms.ModelChoiceField).queryset = Group.objects.filter(name__in=groups.ALL)


@admin.register(Person)
class PersonAdmin(StaffAdmin):
    """Everybody with an account. Administrators give council roles here; moderators close accounts."""

    form = CouncilRole
    list_display = ("display_name", "email", "area", "joined_at", "is_staff", "is_active")
    list_filter = ("is_staff", "is_active", "groups", "area")
    list_select_related = ("area",)
    search_fields = ("email", "name", "=id")
    search_help_text = _("Name, email address or id")
    ordering = ("-joined_at", "-id")
    filter_horizontal = ("groups",)
    profile = ("email", "name", "about", "area", "joined_at", "is_active", "erased_at")
    readonly_fields = profile
    fieldsets = (
        (None, {"fields": profile}),
        (_("Council role"), {"fields": ("is_staff", "groups", "reason")}),
    )
    actions = (
        close(
            operations.close_account,
            title=_("Close the account"),
            explanation=_(
                "The person is signed out and cannot sign in; what they have said and given stays."
            ),
            answer=left_by,
        ),
        close(operations.reopen_account, title=_("Open the account again")),
    )

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Person | None = None) -> bool:
        return may(request.user, "appoint", obj or Person)

    def get_fieldsets(self, request: HttpRequest, obj: Person | None = None) -> Any:
        if self.has_change_permission(request, obj):
            return self.fieldsets
        return ((None, {"fields": (*self.profile, "is_staff", "groups")}),)

    def get_view_on_site_url(self, obj: Person | None = None) -> str | None:
        return obj.get_absolute_url() if obj and obj.is_active else None

    def save_model(self, request: HttpRequest, obj: Person, form: Any, change: bool) -> None:
        require_password(request, [(_("Person"), f"{obj} ({obj.email})"), *typed(form)])
        data = form.cleaned_data
        role = {"is_staff": data["is_staff"], "groups": list(data["groups"]), "reason": data["reason"]}
        operations.appoint(actor=signed_in(request), person=obj, at=clock.now(), **role)
        ended = form.initial["is_staff"] and not data["is_staff"]
        if (ended or {*form.initial["groups"]} - {*role["groups"]}) and (left := invitations_left()):
            messages.warning(request, left)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The operation has written the groups already."""


@admin.register(ErasureRequest)
class ErasureRequestAdmin(ReadOnlyAdmin):
    """Who leaves, and when."""

    list_display = ("person", "created_at", "due_at")
    list_select_related = ("person",)
    ordering = ("due_at",)


@admin.register(Mail)
class MailAdmin(JobAdmin):
    """The text and the address are not shown: it is addressed to somebody else."""

    job_display = ("id", "content", "priority")
    fields = (
        *("id", "content", "priority", "created_at", "due_at", "first_tried_at", "attempts", "leased_until"),
        *("done_at", "dead_at", "last_error"),
    )


# Not even an administrator reads the secret of somebody's second step, or confirms an address by hand. The libraries
# register these when their modules are imported, which is why that is done above.
admin.site.unregister([EmailAddress, Authenticator])
