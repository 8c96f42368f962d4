-- The states of milestones (DOMAIN 6): how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('delivery_milestone', 'start', 'planned', 'in_progress'),
    ('delivery_milestone', 'submit', 'in_progress', 'submitted'),
    ('delivery_milestone', 'submit', 'returned', 'submitted'),
    ('delivery_milestone', 'accept', 'submitted', 'accepted'),
    ('delivery_milestone', 'return', 'submitted', 'returned');
CREATE TRIGGER delivery_milestone_begins BEFORE INSERT ON delivery_milestone FOR EACH ROW
    WHEN (NEW.state <> 'planned')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER delivery_milestone_steps BEFORE UPDATE ON delivery_milestone FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('delivery.Milestone');

-- Erasing a person takes the name off.
CREATE TRIGGER delivery_evidence_forgets BEFORE UPDATE ON delivery_evidence FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
CREATE TRIGGER delivery_update_forgets BEFORE UPDATE ON delivery_update FOR EACH ROW
    WHEN (NEW.author_id IS NOT NULL AND OLD.author_id IS DISTINCT FROM NEW.author_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
