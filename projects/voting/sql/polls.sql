-- The draw for ties is committed before voting and stays, and so does what was counted: DOMAIN 2.

CREATE FUNCTION voting_poll_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.call_id, NEW.seed, NEW.commitment, NEW.prepared_at)
            IS DISTINCT FROM (OLD.call_id, OLD.seed, OLD.commitment, OLD.prepared_at)
        OR (OLD.sealed_at IS NOT NULL
            AND (NEW.sealed_at, NEW.ballots) IS DISTINCT FROM (OLD.sealed_at, OLD.ballots))
    THEN
        RAISE EXCEPTION 'kept: the draw and the seal of a poll stay' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER voting_poll_guard BEFORE UPDATE OR DELETE ON voting_poll
    FOR EACH ROW EXECUTE FUNCTION voting_poll_guard();

CREATE TRIGGER voting_tally_append_only BEFORE UPDATE OR DELETE ON voting_tally
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER voting_projectresult_append_only BEFORE UPDATE OR DELETE ON voting_projectresult
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
