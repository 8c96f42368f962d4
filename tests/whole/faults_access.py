"""What the application role does wrong to the tables of access, a fault for each trigger that judges it alone."""

from tests.whole.faults import ONE, RESIDENT, Fault, again, past
from tests.whole.test_role_money import told

# A grant by accepted terms, whose agreement needs no request.
REGISTERED = " WHERE basis = 'registered' LIMIT 1"
AGREED = past(again("access_agreement", "id", ONE) + REGISTERED)
GIVEN = told("grant.given", "access.Grant")
REQUEST = {
    "days": "1",
    "scopes": "'{preview}'",
    "purpose": "'research'",
    "questions": "'{}'",
    "answers": "'{}'",
    "reason": "''",
}
GRANT = {
    "scopes": "'{preview}'",
    "purpose": "'research'",
    "basis": "'registered'",
    "granted_at": "now()",
    "expires_at": "now() + interval '1 day'",
    "reason": "''",
    "key_digest": "''",
}
ACCESS = {
    "access_policy_told": Fault({"terms": "'Mine'"}, {"questions": "'{}'", "longest_days": "1"}),
    "access_agreement_told": Fault(again("access_agreement", "id", ONE) + REGISTERED),
    "access_grant_told": Fault(
        again("access_grant", "id", ONE, "agreement_id", ONE) + REGISTERED, before=AGREED
    ),
    "access_grant_begins": Fault(
        again("access_grant", "id", ONE, "agreement_id", ONE, "state", "suspended") + REGISTERED,
        before=f"{AGREED}; {GIVEN}",
    ),
    "access_grant_key_told": Fault({"key_digest": "'x'"}, GRANT | {"state": "'active'"}),
    "access_grant_since": Fault({"state_since": "now() - interval '1 day'"}, GRANT | {"state": "'active'"}),
    "access_grant_reason": Fault({"reason": "'x'"}, GRANT | {"state": "'suspended'"}),
    "access_grant_held": Fault(
        {"held": "true"},
        GRANT | {"state": "'active'"},
        told("grant.resumed", "access.Grant", payload='{"to": "active"}'),
    ),
    "access_grant_forgets": Fault(
        {"person_id": RESIDENT},
        GRANT | {"state": "'active'", "person_id": ONE},
        told("person.erased", "accounts.Person"),
    ),
    "access_accessrequest_begins": Fault({"state": "'approved'"}),
    "access_accessrequest_since": Fault(
        {"state_since": "now() - interval '1 day'"}, REQUEST | {"state": "'submitted'"}
    ),
    "access_accessrequest_sent": Fault({"submitted_at": "now()"}, REQUEST | {"state": "'draft'"}),
    "access_accessrequest_words": Fault({"days": "9"}, REQUEST | {"state": "'submitted'"}),
    "access_accessrequest_reason": Fault(
        {"reason": "'x'"}, REQUEST | {"state": "'approved'", "person_id": RESIDENT}
    ),
    "access_accessrequest_forgets": Fault(
        {"person_id": RESIDENT},
        REQUEST | {"state": "'draft'", "person_id": ONE},
        told("person.erased", "accounts.Person"),
    ),
    **{
        f"{table}_person": Fault(f"UPDATE {table} SET person_id = NULL WHERE person_id IS NOT NULL")
        for table in ("access_accessrequest", "access_agreement", "access_grant")
    },
}
