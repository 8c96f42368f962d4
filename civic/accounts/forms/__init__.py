"""The forms of a person's pages, of residency and of organisations; one part of the site a file."""

from civic.accounts.forms.base import OperationForm
from civic.accounts.forms.organisations import InviteForm, OrganisationForm, RoleForm
from civic.accounts.forms.people import EraseForm, ProfileForm
from civic.accounts.forms.residency import CodeForm, DeskForm, LetterForm, RegistryForm, RegistryUploadForm

__all__ = [
    "CodeForm",
    "DeskForm",
    "EraseForm",
    "InviteForm",
    "LetterForm",
    "OperationForm",
    "OrganisationForm",
    "ProfileForm",
    "RegistryForm",
    "RegistryUploadForm",
    "RoleForm",
]
