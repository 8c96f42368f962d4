-- The desk ends a confirmation that was wrong; see steps_0004.sql.
INSERT INTO core_step (thing, verb, before, after) VALUES ('accounts_residency', 'reject', 'verified', 'rejected');
