-- The states of contributions: how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('contributions_contribution', 'accept', 'offered', 'accepted'),
    ('contributions_contribution', 'decline', 'offered', 'declined'),
    ('contributions_contribution', 'withdraw', 'offered', 'withdrawn'),
    ('contributions_contribution', 'withdraw', 'accepted', 'withdrawn'),
    ('contributions_contribution', 'deliver', 'accepted', 'delivered'),
    ('contributions_contribution', 'send_back', 'delivered', 'accepted'),
    ('contributions_contribution', 'verify', 'delivered', 'verified');
CREATE TRIGGER contributions_contribution_begins BEFORE INSERT ON contributions_contribution FOR EACH ROW
    WHEN (NEW.state <> 'offered')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER contributions_contribution_steps BEFORE UPDATE ON contributions_contribution FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('contributions.Contribution');

-- Erasing a person takes the name off.
CREATE TRIGGER contributions_contribution_forgets BEFORE UPDATE ON contributions_contribution FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
