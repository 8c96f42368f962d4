-- A claim whose payment the bank has taken back is owed again.
INSERT INTO core_step (thing, verb, before, after) VALUES ('payments_claim', 'reopen', 'paid', 'open');
