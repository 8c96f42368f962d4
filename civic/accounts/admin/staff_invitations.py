"""Invitations to the council staff: who was invited, and what became of it."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from civic.accounts import groups, operations
from civic.accounts.models import StaffInvitation
from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.access import require_password
from civic.core.admin import OperationAdmin
from civic.core.forms import TextAreaField, typed
from civic.core.staff_actions import StaffAction

invitation = partial(StaffAction, thing="invitation")


class StaffInvitationForm(forms.ModelForm[StaffInvitation]):
    """Whom to invite, and as what."""

    email = forms.EmailField(
        label=_("Email address"),
        help_text=_(
            "The work address of the person. They sign in or create an account with it, and set up two steps."
        ),
    )
    groups = forms.MultipleChoiceField(
        label=_("Council groups"),
        choices=[(name, word) for name, word in groups.WORDS.items()],
        widget=forms.CheckboxSelectMultiple,
    )
    reason = TextAreaField(
        label=_("Reason"),
        max_length=1000,
        rows=3,
        help_text=_("It is kept in the event log, and the person can ask for it."),
    )

    class Meta:
        model = StaffInvitation
        fields = ("email", "groups", "reason")


@admin.register(StaffInvitation)
class StaffInvitationAdmin(OperationAdmin):
    """The newest first. A role counts once it is accepted, and only in sessions with the second step."""

    entry_form = StaffInvitationForm
    list_display = ("email", "roles", "state", "expires_at", "invited_by", "state_since")
    list_filter = ("state",)
    list_select_related = ("invited_by",)
    search_fields = ("email",)
    fields = ("email", "roles", "reason", "state", "state_since", "created_at", "expires_at", "invited_by")
    ordering = ("-created_at",)
    entry_permission = ("create", StaffInvitation)
    actions = (
        invitation(
            operations.renew_staff_invitation,
            title=_("Send again"),
            permission=("renew", StaffInvitation),
            reason="none",
            sensitive=True,
            explanation=_(
                "A new link goes out in your name, good for seven days; the one before stops working."
            ),
        ),
        invitation(
            operations.withdraw_staff_invitation,
            title=_("Withdraw"),
            permission=("withdraw", StaffInvitation),
            reason="optional",
            explanation=_("The link stops working. Who has accepted already keeps the role."),
        ),
    )

    def save_form(self, request: HttpRequest, form: Any, change: bool) -> Any:
        require_password(request, typed(form))
        return super().save_form(request, form, change)

    def enter(self, request: HttpRequest, cleaned: dict[str, Any]) -> StaffInvitation:
        """One operation."""
        return operations.invite_staff(actor=signed_in(request), at=clock.now(), **cleaned)

    @admin.display(description=_("as"))
    def roles(self, row: StaffInvitation) -> str:
        return row.roles
