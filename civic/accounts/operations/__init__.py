"""The writes of this slice, one verb a function and a transaction; one noun a file."""

from civic.accounts.operations.areas import save_area
from civic.accounts.operations.erasure import cancel_erasure, erase_due, erase_person, request_erasure
from civic.accounts.operations.exports import build_export, drop_exports, request_export
from civic.accounts.operations.invitations import (
    accept_invitation,
    invite,
    resend_invitation,
    revoke_invitation,
    send_invitation,
)
from civic.accounts.operations.organisations import (
    change_role,
    check_organisation,
    create_organisation,
    edit_organisation,
    leave_organisation,
    reinstate_organisation,
    remove_member,
    suspend_organisation,
)
from civic.accounts.operations.people import appoint, close_account, edit_profile, reopen_account
from civic.accounts.operations.registry import match_registry, upload_registry
from civic.accounts.operations.residency import (
    Letter,
    confirm_code,
    expire_residencies,
    print_letters,
    reject_residency,
    request_letter,
    verify_at_desk,
    withdraw_residency,
)

__all__ = [
    "Letter",
    "accept_invitation",
    "appoint",
    "build_export",
    "cancel_erasure",
    "change_role",
    "check_organisation",
    "close_account",
    "confirm_code",
    "create_organisation",
    "drop_exports",
    "edit_organisation",
    "edit_profile",
    "erase_due",
    "erase_person",
    "expire_residencies",
    "invite",
    "leave_organisation",
    "match_registry",
    "print_letters",
    "reinstate_organisation",
    "reject_residency",
    "remove_member",
    "reopen_account",
    "request_erasure",
    "request_export",
    "request_letter",
    "resend_invitation",
    "revoke_invitation",
    "save_area",
    "send_invitation",
    "suspend_organisation",
    "upload_registry",
    "verify_at_desk",
    "withdraw_residency",
]
