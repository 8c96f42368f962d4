-- A closed organisation can be taken off the site too (DOMAIN 1); see steps_0004.sql.
INSERT INTO core_step (thing, verb, before, after) VALUES
    ('accounts_organisation', 'suspend', 'closed', 'suspended');
