"""Organisations and who belongs to them."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from civic.accounts.forms.base import OperationForm
from civic.accounts.models import Membership, Organisation, Person
from civic.core.forms import present


class OrganisationForm(OperationForm):
    """What an organisation says about itself."""

    KINDS = {
        Organisation.Kind.BUSINESS: _("A shop, company or self-employed person"),
        Organisation.Kind.COMMUNITY: _("A club, neighbourhood group, charity or church"),
        Organisation.Kind.UNIVERSITY: _("A university, school or institute"),
        Organisation.Kind.DEPARTMENT: _("A part of the city council"),
    }

    name = forms.CharField(
        label=_("Name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "organization"})
    )
    kind = forms.ChoiceField(label=_("Kind"), widget=forms.RadioSelect)
    about = forms.CharField(
        label=_("About"),
        max_length=2000,
        required=False,
        help_text=_("What you do, and for whom."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    website = forms.URLField(
        label=_("Website"),
        required=False,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "url"}),
    )

    def __init__(
        self, *args: Any, actor: Person, organisation: Organisation | None = None, **kwargs: Any
    ) -> None:
        names = ("name", "kind", "about", "website")
        known = {name: getattr(organisation, name) for name in names} if organisation else {}
        super().__init__(*args, **kwargs | {"initial": known})
        department = Organisation.Kind.DEPARTMENT
        offered = actor.is_staff or known.get("kind") == department
        kinds = [kind for kind in Organisation.Kind if offered or kind != department]
        field: Any = self.fields["kind"]
        field.choices = [(kind.value, kind.label.capitalize()) for kind in kinds]
        field.cards, field.choice_hints = True, self.KINDS


class RoleForm(OperationForm):
    """A role in an organisation."""

    ROLES = {
        Membership.Role.MEMBER: _("Takes part and is named as a member"),
        Membership.Role.MANAGER: _("Also edits the page and acts for the organisation"),
        Membership.Role.OWNER: _("Also invites, removes and appoints members"),
    }

    role = forms.ChoiceField(
        label=_("Role"),
        choices=[(role.value, role.label.capitalize()) for role in ROLES],
        initial=Membership.Role.MEMBER,
    )


class InviteForm(RoleForm):
    """Whom to invite, and as what."""

    email = forms.EmailField(label=_("Email address"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=RoleForm.base_fields["role"].choices,  # type: ignore[attr-defined]
        initial=Membership.Role.MEMBER,
        widget=forms.RadioSelect,
    )
    field_order = ("email", "role")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        present(self, "role", choice_hints=self.ROLES)
