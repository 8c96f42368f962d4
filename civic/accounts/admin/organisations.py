"""Organisations (a queue of what is not checked yet, and the power to suspend), and the city's areas."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from civic.accounts import operations
from civic.accounts.models import Area, Membership, Organisation
from civic.accounts.requests import signed_in
from civic.core import clock
from civic.core.admin import ReadOnlyAdmin, StaffAdmin
from civic.core.staff_actions import StaffAction
from civic.core.templatetags.exchange import ago

check = partial(StaffAction, thing="organisation", permission=("check", Organisation))


class Members(admin.TabularInline[Membership, Organisation]):
    model = Membership
    fields = readonly_fields = ("person", "role", "created_at")
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("person")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class NewOwner(forms.Form):
    """Whom the city names, by an address that this person has confirmed."""

    email = forms.EmailField(label=_("Email address of the new owner"))


@admin.register(Organisation)
class OrganisationAdmin(ReadOnlyAdmin):
    """The longest waiting first. What an organisation says about itself, its managers edit on the site."""

    list_display = ("name", "kind", "state", "waiting", "member_count")
    list_filter = ("state", "kind")
    search_fields = ("name", "memberships__person__email")
    ordering = ("-state", "created_at")
    inlines = (Members,)
    actions = (
        check(operations.check_organisation, title=_("Mark as checked")),
        check(
            operations.suspend_organisation,
            title=_("Suspend"),
            explanation=_(
                "Nobody acts for a suspended organisation: it can neither propose, pay nor be paid."
            ),
        ),
        check(operations.reinstate_organisation, title=_("Reinstate")),
        check(
            operations.name_owner,
            title=_("Name an owner"),
            form=NewOwner,
            sensitive=True,
            explanation=_(
                "Where no owner is left who can sign in. The new owner decides who else acts for it."
            ),
        ),
        check(
            operations.close_abandoned,
            title=_("Close: nobody is left"),
            explanation=_(
                "Its members, invitations and contact details are deleted; nobody can bring them back."
            ),
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Organisation]:
        return super().get_queryset(request).annotate(members=Count("memberships", distinct=True))

    @admin.display(description=_("members"), ordering="members")
    def member_count(self, organisation: Any) -> int:
        return int(organisation.members)

    @admin.display(description=_("waiting"), ordering="created_at")
    def waiting(self, organisation: Organisation) -> SafeString | str:
        return ago(organisation.created_at) if organisation.state == "unchecked" else ""


@admin.register(Area)
class AreaAdmin(StaffAdmin):
    """Areas are never deleted: residencies and projects stand on them."""

    list_display = ("name", "slug", "parent", "position")
    list_select_related = ("parent",)
    list_filter = ("parent",)
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}

    def save_model(self, request: HttpRequest, obj: Area, form: Any, change: bool) -> None:
        operations.save_area(actor=signed_in(request), area=obj, at=clock.now())
