-- When a ballot came in, to the day (UTC) and no finer, whoever writes it: staff who read the table, a dump
-- or an export and know when somebody was signed in would otherwise know whose ballot it is.
CREATE FUNCTION voting_ballot_day() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.created_at := date_trunc('day', NEW.created_at, 'UTC');
    END IF;
    NEW.state_since := date_trunc('day', NEW.state_since, 'UTC');
    RETURN NEW;
END $$;

-- The name puts it before voting_ballot_guard: triggers of one kind fire in alphabetical order.
CREATE TRIGGER voting_ballot_day BEFORE INSERT OR UPDATE OF state_since ON voting_ballot
    FOR EACH ROW EXECUTE FUNCTION voting_ballot_day();

-- Ballots of before; their ids stay, since receipts are made from them.
ALTER TABLE voting_ballot DISABLE TRIGGER voting_ballot_guard;
UPDATE voting_ballot SET created_at = date_trunc('day', created_at, 'UTC'), state_since = state_since;
ALTER TABLE voting_ballot ENABLE TRIGGER voting_ballot_guard;
