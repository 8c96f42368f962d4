-- What was to go back and could not be sent is unclear again; what the bank took back is nobody's any more.
INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payments_statementline', 'reopen', 'settled', 'unclear'),
    ('payments_statementline', 'take_back', 'unclear', 'settled');
