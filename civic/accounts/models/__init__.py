"""People, areas, organisations and residency; one noun a file."""

from civic.accounts.models.area import Area
from civic.accounts.models.mail import LetterCount, Mail
from civic.accounts.models.organisation import Invitation, Membership, Organisation
from civic.accounts.models.person import Person
from civic.accounts.models.privacy import DataExport, ErasureRequest
from civic.accounts.models.residency import RegistryEntry, RegistryUpload, Residency
from civic.accounts.models.staff import StaffInvitation
