-- The states of organisations and residencies (DOMAIN 1): how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('accounts_organisation', 'check', 'unchecked', 'checked'),
    ('accounts_organisation', 'suspend', 'unchecked', 'suspended'),
    ('accounts_organisation', 'suspend', 'checked', 'suspended'),
    ('accounts_organisation', 'reinstate', 'suspended', 'checked');
CREATE TRIGGER accounts_organisation_begins BEFORE INSERT ON accounts_organisation FOR EACH ROW
    WHEN (NEW.state <> 'unchecked')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER accounts_organisation_steps BEFORE UPDATE ON accounts_organisation FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('accounts.Organisation');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('accounts_residency', 'send_code', 'requested', 'code_sent'),
    ('accounts_residency', 'send_code', 'code_sent', 'code_sent'),
    ('accounts_residency', 'verify', 'requested', 'verified'),
    ('accounts_residency', 'verify', 'code_sent', 'verified'),
    ('accounts_residency', 'reject', 'requested', 'rejected'),
    ('accounts_residency', 'reject', 'code_sent', 'rejected'),
    ('accounts_residency', 'expire', 'code_sent', 'expired'),
    ('accounts_residency', 'expire', 'verified', 'expired'),
    ('accounts_residency', 'withdraw', 'requested', 'withdrawn'),
    ('accounts_residency', 'withdraw', 'code_sent', 'withdrawn'),
    ('accounts_residency', 'withdraw', 'verified', 'withdrawn');
CREATE TRIGGER accounts_residency_begins BEFORE INSERT ON accounts_residency FOR EACH ROW
    WHEN (NEW.state <> 'requested' OR NEW.verified_at IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER accounts_residency_steps BEFORE UPDATE ON accounts_residency FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('accounts.Residency');
