-- The states of projects (DOMAIN 2 and 5): how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('proposals_project', 'submit', 'draft', 'submitted'),
    ('proposals_project', 'submit', 'returned', 'submitted'),
    ('proposals_project', 'return', 'submitted', 'returned'),
    ('proposals_project', 'reject', 'submitted', 'rejected'),
    ('proposals_project', 'open', 'submitted', 'open'),
    ('proposals_project', 'shortlist', 'open', 'shortlisted'),
    ('proposals_project', 'win', 'shortlisted', 'funding'),
    ('proposals_project', 'lose', 'shortlisted', 'unfunded'),
    ('proposals_project', 'fund', 'funding', 'funded'),
    ('proposals_project', 'miss_goal', 'funding', 'unfunded'),
    ('proposals_project', 'start_delivery', 'funded', 'delivering'),
    ('proposals_project', 'complete', 'delivering', 'completed'),
    ('proposals_project', 'evaluate', 'completed', 'evaluated'),
    ('proposals_project', 'fail', 'delivering', 'failed'),
    ('proposals_project', 'cancel', 'draft', 'cancelled'),
    ('proposals_project', 'cancel', 'submitted', 'cancelled'),
    ('proposals_project', 'cancel', 'returned', 'cancelled'),
    ('proposals_project', 'cancel', 'open', 'cancelled'),
    ('proposals_project', 'cancel', 'shortlisted', 'cancelled'),
    ('proposals_project', 'cancel', 'funding', 'cancelled'),
    ('proposals_project', 'cancel', 'funded', 'cancelled');
CREATE TRIGGER proposals_project_begins BEFORE INSERT ON proposals_project FOR EACH ROW
    WHEN (NEW.state <> 'draft' OR NEW.submitted_at IS NOT NULL OR NEW.opened_at IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER proposals_project_steps BEFORE UPDATE ON proposals_project FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('proposals.Project');
