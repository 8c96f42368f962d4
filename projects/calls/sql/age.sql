-- The least age of a voter stays from the moment voting begins, as the other rules do (voting_rules.sql).
CREATE TRIGGER calls_call_age_frozen BEFORE UPDATE ON calls_call
    FOR EACH ROW WHEN (OLD.state <> 'draft' AND OLD.minimum_age IS DISTINCT FROM NEW.minimum_age)
    EXECUTE FUNCTION calls_rules_frozen();
