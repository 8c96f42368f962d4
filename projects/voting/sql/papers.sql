-- Who was handed a paper ballot has no online ballot, and the other way round: DOMAIN 1.

CREATE FUNCTION voting_papervoter_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'kept: who was handed a paper ballot stays' USING ERRCODE = '23514';
    END IF;
    -- The order of locks.sql: what the city knows the person by, then the mark of their ballots, then the
    -- box.
    PERFORM voting_hold(NEW.call_id, ARRAY[NEW.identity, NEW.document]::text[]);
    PERFORM voting_hold(NEW.call_id, ARRAY[NEW.voter]::text[]);
    PERFORM pg_advisory_xact_lock_shared(voting_box(NEW.call_id));
    IF NOT EXISTS (SELECT FROM voting_poll WHERE call_id = NEW.call_id) THEN
        RAISE EXCEPTION 'no_poll: the draw for ties is not committed' USING ERRCODE = '23514';
    ELSIF EXISTS (SELECT FROM voting_poll WHERE call_id = NEW.call_id AND sealed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'sealed: the ballots of this call are sealed' USING ERRCODE = '23514';
    ELSIF NEW.voter <> '' AND EXISTS (
        SELECT FROM voting_ballot WHERE call_id = NEW.call_id AND voter = NEW.voter AND state = 'cast'
    ) THEN
        RAISE EXCEPTION 'voted_online: this person has an online ballot' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER voting_papervoter_guard BEFORE INSERT OR UPDATE OR DELETE ON voting_papervoter
    FOR EACH ROW EXECUTE FUNCTION voting_papervoter_guard();

CREATE TRIGGER voting_paperentry_append_only BEFORE UPDATE OR DELETE ON voting_paperentry
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
