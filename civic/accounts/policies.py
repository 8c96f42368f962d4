"""Who may do what with accounts, organisations and residencies."""

from django.utils.translation import gettext_lazy as _

from civic.accounts import groups
from civic.accounts.models import (
    Area,
    Invitation,
    Mail,
    Membership,
    Organisation,
    Person,
    RegistryUpload,
    Residency,
    StaffInvitation,
)
from civic.accounts.roles import acts_for, in_group
from civic.core.models import Delivery, PutOff
from civic.core.policies import policy

OWNER, MANAGER = Membership.Role.OWNER, Membership.Role.MANAGER


@policy(Organisation, "create")
@policy(Residency, "request")
def anybody(actor: Person, thing: object) -> bool:
    """Everybody with an account."""
    return True


@policy(Person, "edit", "export", "erase")
def oneself(actor: Person, person: Person) -> bool:
    """Nobody but the person."""
    return person.pk == actor.pk


@policy("accounts", "close")
def moderates_accounts(actor: Person, area: object) -> bool:
    """Moderators."""
    return in_group(actor, groups.MODERATORS)


@policy(Person, "close", "reopen")
def moderates(actor: Person, person: Person) -> bool:
    """Moderators close accounts of residents; only an administrator closes one of the council."""
    return moderates_accounts(actor, person) and (actor.is_superuser or not person.is_staff)


@policy(Person, "appoint")
@policy(StaffInvitation, "create", "renew", "withdraw")
@policy(Delivery, "handle")
@policy(PutOff, "handle")
@policy(Mail, "handle")
def administers(actor: Person, thing: object) -> bool:
    """Administrators give and take roles in the council, and look after what the workers could not do."""
    return actor.is_superuser and actor.is_staff and actor.is_active


@policy(Organisation, "edit")
def manages(actor: Person, organisation: Organisation) -> bool:
    """Owners and managers, unless it is suspended."""
    return acts_for(actor, organisation, OWNER, MANAGER)


@policy(Organisation, "speak_for", refusal=_("You cannot speak for this organisation."))
def speaks_for(actor: Person, organisation: Organisation) -> bool:
    """Owners and managers write in its name."""
    return manages(actor, organisation)


@policy(Organisation, "help_for", refusal=_("You do not act for this organisation."))
def helps_for(actor: Person, organisation: Organisation) -> bool:
    """Every member offers help in its name."""
    return acts_for(actor, organisation)


@policy(Organisation, "invite", "close")
def owns(actor: Person, organisation: Organisation) -> bool:
    """Owners, unless it is suspended."""
    return acts_for(actor, organisation, OWNER)


@policy(Invitation, "resend", "revoke")
@policy(Membership, "change_role", "remove")
def owns_its_organisation(actor: Person, row: Invitation | Membership) -> bool:
    """Owners of the organisation that the row belongs to."""
    return owns(actor, row.organisation)


@policy(Organisation, "check", "suspend", "reinstate", "name_owner", "close_abandoned")
def checks(actor: Person, organisation: object) -> bool:
    """Moderators and programme managers look at who an organisation is."""
    return in_group(actor, groups.MODERATORS, groups.PROGRAMME_MANAGERS)


@policy(Membership, "leave")
@policy(Residency, "withdraw")
def own(actor: Person, row: Membership | Residency) -> bool:
    """The person whose row it is."""
    return row.person_id == actor.pk


@policy(Residency, "print", "verify", "reject", "release")
@policy(RegistryUpload, "create")
def stewards(actor: Person, thing: object) -> bool:
    """Data stewards keep the register of residents."""
    return in_group(actor, groups.DATA_STEWARDS)


@policy(Area, "save")
def programmes(actor: Person, area: object) -> bool:
    """Programme managers draw the city's areas."""
    return in_group(actor, groups.PROGRAMME_MANAGERS)
