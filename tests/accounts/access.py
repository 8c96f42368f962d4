"""What stands behind the URLs of this slice, and for whom they open; tests/whole puts all of them together."""

from datetime import timedelta
from typing import Any

from civic.accounts.models import DataExport, Invitation, Membership, Person, StaffInvitation
from civic.accounts.operations.invitations import hash_of
from civic.core import clock
from tests.factories import accounts
from tests.whole.scene import EVERYBODY, OWN, SIGNED_IN, opens

TOKEN = "a-token-of-the-access-matrix"
OPENS = {
    **opens(
        SIGNED_IN,
        "accounts:me",
        "accounts:profile",
        "accounts:devices",
        "accounts:privacy",
        "accounts:organisation-new",
        "accounts:residency",
        "accounts:residency-letter",
        "accounts:residency-registry",
        "accounts:export",
        "accounts:export-state",
        "accounts:erase",
        "accounts:cancel-erasure",
        "admin/password_change/",
    ),
    **opens(
        OWN,
        "accounts:organisation-edit",
        "accounts:organisation-leave",
        "accounts:organisation-close",
        "accounts:members",
        "accounts:member-role",
        "accounts:member-remove",
        "accounts:invitation-resend",
        "accounts:invitation-revoke",
    ),
    **opens(
        EVERYBODY,
        "accounts:person",
        "accounts:organisations",
        "accounts:organisation",
        "accounts:invitation",
        "accounts:staff-invitation",
    ),
    # Nobody in the cast has a residency to withdraw.
    **opens(frozenset(), "accounts:residency-withdraw"),
    # Not the holder's: the page goes back to /me/data/ and says that it is gone. The owner gets the file.
    **opens(SIGNED_IN, "accounts:export-download"),
}


def objects(owner: Person) -> dict[str, dict[str, Any]]:
    group = accounts.organisation(owner)
    member = accounts.membership(group, accounts.person(), Membership.Role.MEMBER)
    invitation = Invitation.objects.create(
        organisation=group,
        email="invited@example.org",
        invited_by=owner,
        token_hash=hash_of(TOKEN),
        expires_at=clock.now() + timedelta(days=3),
    )
    StaffInvitation.objects.create(
        email="colleague@example.org",
        groups=["auditors"],
        reason="-",
        invited_by=accounts.superuser(),
        token_hash=hash_of(TOKEN),
        expires_at=clock.now() + timedelta(days=3),
    )
    export = DataExport.objects.create(
        person=owner, expires_at=clock.now() + timedelta(days=1), archive=b"zip", ready_at=clock.now()
    )
    slug = {"slug": group.slug}
    return {
        "accounts:export-download": {"pk": export.pk},
        "accounts:person": {"pk": owner.pk},
        **{
            f"accounts:{name}": slug
            for name in (
                "organisation",
                "organisation-edit",
                "organisation-leave",
                "organisation-close",
                "members",
            )
        },
        "accounts:member-role": {**slug, "pk": member.pk},
        "accounts:member-remove": {**slug, "pk": member.pk},
        "accounts:invitation-resend": {**slug, "pk": invitation.pk},
        "accounts:invitation-revoke": {**slug, "pk": invitation.pk},
        "accounts:invitation": {"token": TOKEN},
        "accounts:staff-invitation": {"token": TOKEN},
    }
