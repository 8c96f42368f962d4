-- The states of calls (DOMAIN 1 and 2): how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('calls_call', 'open', 'draft', 'open'),
    ('calls_call', 'close', 'open', 'closed'),
    ('calls_call', 'call_off', 'open', 'called_off'),
    ('calls_call', 'decide', 'closed', 'decided');
CREATE TRIGGER calls_call_begins BEFORE INSERT ON calls_call FOR EACH ROW
    WHEN (NEW.state <> 'draft')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER calls_call_steps BEFORE UPDATE ON calls_call FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('calls.Call');
