-- The steps of invitations of staff and the end of an organisation (DOMAIN 1); see steps_0004.sql.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('accounts_organisation', 'close', 'unchecked', 'closed'),
    ('accounts_organisation', 'close', 'checked', 'closed'),
    ('accounts_staffinvitation', 'renew', 'open', 'open'),
    ('accounts_staffinvitation', 'renew', 'expired', 'open'),
    ('accounts_staffinvitation', 'accept', 'open', 'accepted'),
    ('accounts_staffinvitation', 'expire', 'open', 'expired'),
    ('accounts_staffinvitation', 'withdraw', 'open', 'withdrawn');
CREATE TRIGGER accounts_staffinvitation_begins BEFORE INSERT ON accounts_staffinvitation FOR EACH ROW
    WHEN (NEW.state <> 'open')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER accounts_staffinvitation_steps BEFORE UPDATE ON accounts_staffinvitation FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('accounts.StaffInvitation');
-- An open invitation is a power already: without the event of its sending nobody is appointed by it.
CREATE TRIGGER accounts_staffinvitation_told BEFORE UPDATE ON accounts_staffinvitation FOR EACH ROW
    WHEN (NEW.state = 'accepted' AND OLD.state = 'open')
    EXECUTE FUNCTION core_told('accounts.StaffInvitation', 'id', 'staff_invitation.sent');
