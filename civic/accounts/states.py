"""How a residency and an organisation come to be trusted, and what becomes of an invitation of staff."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from civic.core.states import Transitions


class ResidencyState(TextChoices):
    REQUESTED = "requested", _("requested")
    CODE_SENT = "code_sent", _("letter sent")
    VERIFIED = "verified", _("verified")
    REJECTED = "rejected", _("rejected")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


# Verified or on the way to it: a person has at most one such residency.
LIVE_RESIDENCY = [ResidencyState.REQUESTED, ResidencyState.CODE_SENT, ResidencyState.VERIFIED]

RESIDENCY: Transitions = {
    ("send_code", ResidencyState.REQUESTED): ResidencyState.CODE_SENT,
    # A letter that was lost is printed again, with a new code.
    ("send_code", ResidencyState.CODE_SENT): ResidencyState.CODE_SENT,
    ("verify", ResidencyState.REQUESTED): ResidencyState.VERIFIED,
    ("verify", ResidencyState.CODE_SENT): ResidencyState.VERIFIED,
    ("reject", ResidencyState.REQUESTED): ResidencyState.REJECTED,
    ("reject", ResidencyState.CODE_SENT): ResidencyState.REJECTED,
    # A confirmation that was wrong: of another account, another district, by papers that were not true.
    ("reject", ResidencyState.VERIFIED): ResidencyState.REJECTED,
    ("expire", ResidencyState.CODE_SENT): ResidencyState.EXPIRED,
    ("expire", ResidencyState.VERIFIED): ResidencyState.EXPIRED,
    ("withdraw", ResidencyState.REQUESTED): ResidencyState.WITHDRAWN,
    ("withdraw", ResidencyState.CODE_SENT): ResidencyState.WITHDRAWN,
    ("withdraw", ResidencyState.VERIFIED): ResidencyState.WITHDRAWN,
}


class OrganisationState(TextChoices):
    UNCHECKED = "unchecked", _("not yet checked")
    CHECKED = "checked", _("checked by the city")
    SUSPENDED = "suspended", _("suspended")
    CLOSED = "closed", _("closed")


# Nobody acts for these, and no list offers them.
INACTIVE = [OrganisationState.SUSPENDED, OrganisationState.CLOSED]

ORGANISATION: Transitions = {
    ("check", OrganisationState.UNCHECKED): OrganisationState.CHECKED,
    ("suspend", OrganisationState.UNCHECKED): OrganisationState.SUSPENDED,
    ("suspend", OrganisationState.CHECKED): OrganisationState.SUSPENDED,
    # Closing is no way out of moderation: a name that may not stand on the site goes, whoever closed what it names.
    ("suspend", OrganisationState.CLOSED): OrganisationState.SUSPENDED,
    ("reinstate", OrganisationState.SUSPENDED): OrganisationState.CHECKED,
    # By its last member; nobody is left who could open it again.
    ("close", OrganisationState.UNCHECKED): OrganisationState.CLOSED,
    ("close", OrganisationState.CHECKED): OrganisationState.CLOSED,
}


class StaffInvitationState(TextChoices):
    OPEN = "open", _("invited")
    ACCEPTED = "accepted", _("accepted")
    EXPIRED = "expired", _("expired")
    WITHDRAWN = "withdrawn", _("withdrawn")


STAFF_INVITATION: Transitions = {
    ("renew", StaffInvitationState.OPEN): StaffInvitationState.OPEN,
    ("renew", StaffInvitationState.EXPIRED): StaffInvitationState.OPEN,
    ("accept", StaffInvitationState.OPEN): StaffInvitationState.ACCEPTED,
    ("expire", StaffInvitationState.OPEN): StaffInvitationState.EXPIRED,
    ("withdraw", StaffInvitationState.OPEN): StaffInvitationState.WITHDRAWN,
}
