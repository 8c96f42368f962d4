"""The writes of this slice, one verb a function and a transaction; one noun a file."""

from civic.accounts.operations.areas import save_area
from civic.accounts.operations.erasure import cancel_erasure, erase_due, erase_person, request_erasure
from civic.accounts.operations.exports import build_export, drop_exports, lost_exports, request_export
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
    close_abandoned,
    close_organisation,
    create_organisation,
    edit_organisation,
    leave_organisation,
    name_owner,
    reinstate_organisation,
    remove_member,
    suspend_organisation,
    without_anybody,
)
from civic.accounts.operations.people import (
    appoint,
    close_account,
    edit_profile,
    end_sessions,
    lock_person,
    reopen_account,
)
from civic.accounts.operations.put_off import tell_of_put_off
from civic.accounts.operations.registry import count_registry, match_registry, seen_of, upload_registry
from civic.accounts.operations.residency import (
    confirm_code,
    expire_residencies,
    print_letters,
    reject_residency,
    request_letter,
    verify_at_desk,
    withdraw_residency,
)
from civic.accounts.operations.staff_invitations import (
    accept_staff_invitation,
    end_staff_invitations,
    invite_staff,
    renew_staff_invitation,
    send_staff_invitation,
    withdraw_staff_invitation,
)
from civic.accounts.operations.wrong_accounts import end_wrong_confirmation, release_marks
