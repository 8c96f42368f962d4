-- The states of ballots and papers (DOMAIN 1): how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

CREATE TRIGGER voting_ballot_steps BEFORE UPDATE ON voting_ballot FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('voting.Ballot');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('voting_paperballot', 'match', 'once', 'counted'),
    ('voting_paperballot', 'differ', 'once', 'differs'),
    ('voting_paperballot', 'match', 'differs', 'counted'),
    ('voting_paperballot', 'doubt', 'once', 'doubted'),
    ('voting_paperballot', 'doubt', 'differs', 'doubted'),
    ('voting_paperballot', 'refuse', 'doubted', 'refused'),
    ('voting_paperballot', 'match', 'doubted', 'counted');
CREATE TRIGGER voting_paperballot_begins BEFORE INSERT ON voting_paperballot FOR EACH ROW
    WHEN (NEW.state <> 'once' OR NEW.ballot_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER voting_paperballot_steps BEFORE UPDATE ON voting_paperballot FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('voting.PaperBallot');
