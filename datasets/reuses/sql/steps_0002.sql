-- The states of reuses: how rows begin and move when it is not the tables' owner who
-- writes (civic/core/sql/guards_0005.sql). Steps are those of the model's TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('reuses_reuse', 'approve', 'proposed', 'shown'),
    ('reuses_reuse', 'restore', 'taken_down', 'shown'),
    ('reuses_reuse', 'decline', 'proposed', 'declined'),
    ('reuses_reuse', 'take_down', 'shown', 'taken_down'),
    ('reuses_reuse', 'withdraw', 'proposed', 'withdrawn'),
    ('reuses_reuse', 'withdraw', 'shown', 'withdrawn'),
    ('reuses_reuse', 'withdraw', 'taken_down', 'withdrawn');
CREATE TRIGGER reuses_reuse_begins BEFORE INSERT ON reuses_reuse FOR EACH ROW
    WHEN (NEW.state <> 'proposed')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER reuses_reuse_steps BEFORE UPDATE ON reuses_reuse FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('reuses.Reuse');

-- Erasing a person takes the name off.
CREATE TRIGGER reuses_reuse_forgets BEFORE UPDATE ON reuses_reuse FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
