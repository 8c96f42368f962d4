"""The council's desk for people, organisations, residency and areas."""

from civic.accounts.admin import libraries as _libraries  # noqa: F401 (takes tables of libraries away)
from civic.accounts.admin.areas import AreaAdmin
from civic.accounts.admin.mails import MailAdmin
from civic.accounts.admin.organisations import OrganisationAdmin
from civic.accounts.admin.people import ErasureRequestAdmin, PersonAdmin
from civic.accounts.admin.residency import RegistryUploadAdmin, ResidencyAdmin

__all__ = [
    "AreaAdmin",
    "ErasureRequestAdmin",
    "MailAdmin",
    "OrganisationAdmin",
    "PersonAdmin",
    "RegistryUploadAdmin",
    "ResidencyAdmin",
]
