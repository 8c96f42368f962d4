"""What the application role does wrong to the tables of shared data, a fault for each trigger that judges it alone."""

from tests.whole.faults import ONE, RESIDENT, Fault
from tests.whole.test_role_money import told

SINCE = {"state_since": "now() - interval '1 day'"}
CONSENT = {"receipt": "'{}'", "signature": "'x'", "given_at": "now()", "state": "'given'"}
RELEASE = {"rows": "'[]'", "people": "5", "shared": "5", "state": "'prepared'"}
DELETION = {"answer": "''", "words": "''", "reads": "1", "state": "'asked'"}
RIGHTS = {"kind": "'access'", "words": "''", "answer": "''", "state": "'sent'"}
COLLECTION = {"questions": "'[]'", "k": "10", "state": "'open'"}
CONSENTED = {
    "consent_collection_begins": Fault({"id": ONE, "k": "10", "state": "'open'"}),
    "consent_collection_since": Fault(SINCE, COLLECTION),
    "consent_collection_told": Fault({"title": "'Mine'"}, COLLECTION | {"state": "'draft'"}),
    "consent_consent_begins": Fault(
        {"id": ONE, "state": "'withdrawn'", "person_id": RESIDENT},
        before=told("consent.given", "consent.Consent", RESIDENT),
    ),
    "consent_consent_told": Fault({"id": ONE, "given_at": "now()"}),
    "consent_consent_since": Fault(SINCE, CONSENT),
    "consent_release_begins": Fault(
        {"id": ONE, "state": "'sent'"}, before=told("release.prepared", "consent.Release")
    ),
    "consent_release_told": Fault({"id": ONE, "made_at": "now()"}),
    "consent_release_since": Fault(SINCE, RELEASE),
    "consent_deletion_begins": Fault(
        {"id": ONE, "state": "'answered'"}, before=told("deletion.asked", "consent.Deletion")
    ),
    "consent_deletion_told": Fault({"id": ONE, "due_at": "now()"}),
    "consent_deletion_since": Fault(SINCE, DELETION),
    "consent_rightsrequest_begins": Fault(
        {"id": ONE, "state": "'refused'", "person_id": RESIDENT},
        before=told("rights_request.sent", "consent.RightsRequest", RESIDENT),
    ),
    "consent_rightsrequest_told": Fault({"id": ONE, "kind": "'access'"}),
    "consent_rightsrequest_since": Fault(SINCE, RIGHTS),
    "consent_notice_told": Fault({"id": ONE, "number": "1"}),
    "consent_purpose_told": Fault({"id": ONE, "least_values": "2"}),
    "consent_submission_told": Fault({"id": ONE, "values": "'{}'"}),
    "consent_submission_changed": Fault(
        {"values": "'{}'", "version": "2"}, {"values": "'{}'", "version": "1"}
    ),
    "consent_submission_gone": Fault("DELETE FROM consent_submission"),
    **{
        f"consent_{table}_person": Fault(
            f"UPDATE consent_{table} SET person_id = NULL WHERE person_id IS NOT NULL"
        )
        for table in ("consent", "release", "rightsrequest")
    },
}
