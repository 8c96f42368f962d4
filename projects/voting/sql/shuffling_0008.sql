-- A ballot's day is all that is stored of when it came in (days.sql). How rows lie in the table, their transaction
-- (xmin) and the numbers of their lines say more, also in a dump. So ballots are written anew, in random order, when
-- their day is over and when their box is sealed: DOMAIN 1. Until then deploy/application_role.sql keeps xmin from the
-- application's role.

-- As before (ballots.sql), and a row may be written anew as it is: only its place and its transaction change.
CREATE OR REPLACE FUNCTION voting_ballot_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    box voting_poll;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'kept: ballots are never deleted' USING ERRCODE = '23514';
    ELSIF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.channel = 'online' THEN
        PERFORM voting_hold(NEW.call_id, ARRAY[NEW.voter::text]);
        IF EXISTS (SELECT FROM voting_papervoter WHERE call_id = NEW.call_id AND voter = NEW.voter) THEN
            RAISE EXCEPTION 'on_paper: this person was handed a paper ballot' USING ERRCODE = '23514';
        END IF;
    ELSIF TG_OP = 'INSERT' AND NEW.channel = 'paper' THEN
        -- One paper of a call at a time: two that are counted at once would each see one free place.
        PERFORM voting_hold(NEW.call_id, ARRAY['paper']);
        IF (SELECT count(*) FROM voting_ballot WHERE call_id = NEW.call_id AND channel = 'paper' AND state = 'cast')
            >= (SELECT count(*) FROM voting_papervoter WHERE call_id = NEW.call_id)
        THEN
            RAISE EXCEPTION 'no_paper_out: as many papers as people who were handed one' USING ERRCODE = '23514';
        END IF;
    END IF;
    -- Read after the lock: whoever waited for a seal sees it.
    PERFORM pg_advisory_xact_lock_shared(voting_box(NEW.call_id));
    SELECT * INTO box FROM voting_poll WHERE call_id = NEW.call_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no_poll: the draw for ties is not committed' USING ERRCODE = '23514';
    ELSIF box.sealed_at IS NOT NULL THEN
        RAISE EXCEPTION 'sealed: the ballots of this call are sealed' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'cast' THEN
            RAISE EXCEPTION 'state: a ballot begins as cast' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT core_is_step(TG_TABLE_NAME, OLD.state, NEW.state)
        OR (NEW.id, NEW.call_id, NEW.voter, NEW.channel, NEW.choices, NEW.receipt, NEW.created_at)
            IS DISTINCT FROM (OLD.id, OLD.call_id, OLD.voter, OLD.channel, OLD.choices, OLD.receipt, OLD.created_at)
    THEN
        RAISE EXCEPTION 'kept: a ballot can only be superseded or void' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- What a ballot says stays; only the number of a line, to which nothing refers, may become another.
DROP TRIGGER voting_ballotline_append_only ON voting_ballotline;
CREATE FUNCTION voting_ballotline_stays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.ballot_id, NEW.project_id, NEW.value)
        IS NOT DISTINCT FROM (OLD.ballot_id, OLD.project_id, OLD.value)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER voting_ballotline_stays BEFORE UPDATE OR DELETE ON voting_ballotline
    FOR EACH ROW EXECUTE FUNCTION voting_ballotline_stays();

-- Writes the ballots of a call anew that came in or changed since it was last asked and before p_until, in random order
-- and in one transaction; returns how many. Done before: 0. gen_random_uuid, since random() can be foretold.
CREATE FUNCTION voting_shuffle(p_call uuid, p_until timestamptz, p_at timestamptz) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    since timestamptz;
    one uuid;
    written integer := 0;
BEGIN
    -- The box before the poll, as whoever seals does; shared, so that people vote meanwhile. Two who shuffle wait at
    -- the poll for each other.
    PERFORM pg_advisory_xact_lock_shared(voting_box(p_call));
    SELECT coalesce(shuffled_until, '-infinity') INTO since FROM voting_poll WHERE call_id = p_call FOR NO KEY UPDATE;
    IF NOT FOUND OR since >= p_until THEN
        RETURN 0;
    END IF;
    -- One by one: an UPDATE of them all goes through the table in its own order.
    FOR one IN SELECT id FROM voting_ballot WHERE call_id = p_call AND state_since >= since AND state_since < p_until
        ORDER BY gen_random_uuid()
    LOOP
        UPDATE voting_ballot SET choices = choices WHERE id = one;
        UPDATE voting_ballotline SET id = nextval(pg_get_serial_sequence('voting_ballotline', 'id'))
         WHERE ballot_id = one;
        written := written + 1;
    END LOOP;
    UPDATE voting_poll SET shuffled_until = p_until WHERE call_id = p_call;
    IF written > 0 THEN
        PERFORM core_record_event('poll.shuffled', 'calls.Call', p_call::text, p_at,
                                  jsonb_build_object('ballots', written));
    END IF;
    RETURN written;
END $$;
