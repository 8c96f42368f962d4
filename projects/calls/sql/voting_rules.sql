-- Once voting has begun, what a ballot is and how it is counted stays as it was announced. Guards DOMAIN 2
-- and 7.

-- In the database, because the clock decides it: a form that was opened a minute before voting may be sent a
-- minute after, and whoever changes the budget or the rule then chooses among winners.
CREATE FUNCTION calls_rules_frozen() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM calls_phase WHERE call_id = OLD.id AND kind = 'voting' AND starts_at <= now()
    ) THEN
        RAISE EXCEPTION 'rules_frozen: voting has begun, its rules stay' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER calls_rules_frozen BEFORE UPDATE ON calls_call
    FOR EACH ROW WHEN (
        OLD.state <> 'draft'
        AND (OLD.budget_minor, OLD.currency, OLD.eligibility, OLD.ballot_kind, OLD.ballot_max, OLD.tally_rule,
             OLD.completion)
            IS DISTINCT FROM
            (NEW.budget_minor, NEW.currency, NEW.eligibility, NEW.ballot_kind, NEW.ballot_max, NEW.tally_rule,
             NEW.completion)
    ) EXECUTE FUNCTION calls_rules_frozen();
