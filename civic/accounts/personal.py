"""What this slice and the event log hold of a person."""

from functools import partial

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from civic.accounts.libraries import EDITING, LIBRARIES, SECRET
from civic.accounts.models import Invitation, Mail, Membership, Organisation, Person, StaffInvitation
from civic.accounts.privacy import (
    KEEP,
    NonPersonal,
    Personal,
    Text,
    erasure_blockers,
    non_personal,
    personal_data,
    why_not_closed,
)
from civic.accounts.queries import proven_addresses
from civic.core.models import Event
from civic.core.registry import Hook


def invitations_to(person: Person) -> QuerySet[Invitation]:
    """Invitations that went to one of the person's addresses."""
    return Invitation.objects.filter(email__in=proven_addresses(person))


def staff_invitations_to(person: Person) -> QuerySet[StaffInvitation]:
    """Invitations to the council staff that went to one of the person's addresses."""
    return StaffInvitation.objects.filter(email__in=proven_addresses(person))


def letters_to(person: Person) -> QuerySet[Mail]:
    """Letters to one of the person's addresses that are not sent yet."""
    return Mail.objects.filter(address__in=proven_addresses(person))


def events_by(person: Person) -> QuerySet[Event]:
    """Events of what the person did."""
    return Event.objects.filter(actor=person.pk)


def notes_about(person: Person) -> QuerySet[Event]:
    """Events with free text that the person wrote or that is about them, as declarations with `notes` say."""
    found = Q(actor=person.pk)
    for entry in personal_data:
        if entry.notes:
            own = [str(key) for key in entry.rows(person).values_list("pk", flat=True)]
            found |= Q(subject_type=entry.model_class._meta.label, subject_id__in=own)
    return Event.objects.filter(found).exclude(note="")


def owns_organisations(person: Person) -> Text | None:
    """The last owner of an organisation with other members hands it over first."""
    own = Membership.objects.filter(person=person, role=Membership.Role.OWNER).select_related("organisation")
    for membership in own:
        others = (
            Membership.objects.active().filter(organisation=membership.organisation).exclude(person=person)
        )
        if others.exists() and not others.filter(role=Membership.Role.OWNER).exists():
            text = _("You are the only owner of “%(name)s”. Make somebody else an owner first.")
            return text % {"name": membership.organisation.name}
    return None


def organisations_run(person: Person) -> Text | None:
    """What nobody but the person can act for is closed with the account, once it has settled what runs."""
    for organisation in Organisation.objects.left_alone_by(person):
        if reason := why_not_closed(organisation):
            text = _("Nobody but you can act for “%(name)s”, and it can't be closed yet. %(reason)s")
            return text % {"name": organisation.name, "reason": reason}
    return None


def works_for_the_council(person: Person) -> Text | None:
    """The council role ends before the account does."""
    if person.is_staff:
        return _("You work for the council here. Ask an administrator to end that role first.")
    return None


own = partial(Personal, person="person")
# The same of an invitation for whom it came from and whom it went to.
invitation = partial(
    Personal,
    model="accounts.Invitation",
    export=("organisation", "email", "role", "created_at", "expires_at", "accepted_at"),
)

staff_invitation = partial(
    Personal,
    model="accounts.StaffInvitation",
    export=("email", "groups", "reason", "created_at", "expires_at"),
)


OURS = [
    own(
        model="accounts.Residency",
        title=_("Residency"),
        export=(
            "area",
            "method",
            "state",
            "born",
            "recipient",
            "address",
            "created_at",
            "verified_at",
            "expires_at",
        ),
        withhold={
            "identity": "a keyed mark; useless outside of the site",
            "document": "as identity",
            "address_mark": "as identity",
            "code_hash": SECRET,
        },
        anonymise={"born": None, "recipient": "", "address": "", "code_hash": ""},
        notes=True,
        reason=_(
            "A keyed fingerprint of your name and birth date stays for 180 days, so that nobody can vote twice. "
            "Nobody can read your name from it."
        ),
    ),
    own(
        model="accounts.Membership",
        title=_("Organisations you belong to"),
        export=("organisation", "role", "created_at"),
    ),
    invitation(person="invited_by", title=_("Invitations you sent"), withhold={"token_hash": SECRET}),
    invitation(person=invitations_to, title=_("Invitations you received")),
    staff_invitation(person=staff_invitations_to, title=_("Invitations to the council staff")),
    staff_invitation(
        person="invited_by",
        title=_("Invitations to the council staff that you sent"),
        withhold={"token_hash": SECRET, "email": "of the invited person", "reason": "as the address"},
        export=("groups", "created_at", "expires_at"),
        anonymise={"invited_by": None},
        reason=_("Whom the council invited stays for a while, without your name."),
        council=True,
    ),
    Personal(
        model="accounts.RegistryUpload",
        person="uploaded_by",
        title=_("Registry extracts you uploaded"),
        export=("created_at", "lines"),
        anonymise={"uploaded_by": None},
        reason=_("That the register was updated stays, without your name."),
        council=True,
    ),
    own(
        model="accounts.DataExport",
        title=_("Copies of your data"),
        export=("created_at", "ready_at", "expires_at"),
        withhold={"archive": "the copy itself"},
    ),
    own(
        model="accounts.Mail",
        title=_("Mails to you"),
        export=("due_at", "done_at"),
        withhold=dict.fromkeys(("address", "subject", "text"), "of letters only"),
    ),
    Personal(
        model="accounts.Mail",
        person=letters_to,
        title=_("Letters on their way to your address"),
        export=("address", "subject", "text", "due_at"),
        withhold={"person": "of mails about notifications only"},
    ),
    own(model="accounts.ErasureRequest", title=_("Your wish to be erased"), export=("created_at", "due_at")),
    Personal(
        model="core.Event",
        person=events_by,
        title=_("What you did here"),
        export=("at", "kind", "subject_type", "subject_id", "note"),
        erase=KEEP,
        reason=_(
            "The event log stays complete, so that anyone can check votes and decisions. It names you by a random "
            "number only."
        ),
    ),
    Personal(
        model="core.Event",
        person=notes_about,
        title=_("Notes about you"),
        export=("at", "kind", "note"),
        withhold={"note_salt": "goes with the note", "note_digest": "a salted fingerprint"},
        anonymise={"note": "", "note_salt": b""},
        reason=_("The free text is forgotten; a fingerprint that nobody can read stays in the sealed log."),
        # While the rows that it is about still name the person.
        order=-1,
    ),
]

PERSON = Personal(
    model="accounts.Person",
    person="pk",
    title=_("Your account"),
    export=("email", "name", "about", "area", "indexed", "joined_at", "last_login", "is_staff"),
    withhold={"password": SECRET, "groups": "listed as council roles", "user_permissions": "as groups"},
    anonymise={
        "email": lambda person: f"{person.pk}@erased.invalid",
        "name": "",
        "about": "",
        "area": None,
        "indexed": False,
        "password": "!",
        "last_login": None,
        "is_active": False,
    },
    reason=_("An empty entry “Former member” stays in place of your account."),
    notes=True,
    order=1,
)

personal_data.register(*OURS, *LIBRARIES, *EDITING, PERSON)
non_personal.register(
    NonPersonal("accounts.Area", ("name", "boundary"), "the city's geography"),
    NonPersonal("accounts.Organisation", ("name", "about"), "what an organisation says about itself"),
    NonPersonal("core.Event", ("payload", "kind"), "payloads hold no personal data by rule"),
    NonPersonal("core.Event", ("subject_type", "subject_id"), "kinds and random ids"),
    NonPersonal("core.Delivery", ("last_error",), "errors of our own code"),
    NonPersonal("core.PutOff", ("reason",), "errors of our own code"),
    NonPersonal(
        "accounts.Mail",
        ("last_error", "key", "unsubscribe", "content"),
        "answers of mail servers, keys and links of our own",
    ),
)
erasure_blockers.register(
    Hook("owns-organisations", owns_organisations),
    Hook("organisations-run", organisations_run),
    Hook("works-for-the-council", works_for_the_council),
)
