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

-- Writes ballots of a call anew in random order, so many at most in one go that nobody who replaces theirs waits for
-- long; returns how many, 0 when all is done. While people vote: those that came in or changed on days that are over;
-- of a sealed box all of them, whatever was done before. Called at another time, or more often than it should be, it
-- does no harm: it takes no day from its caller that the database does not know to be over. gen_random_uuid, since
-- random() can be foretold.
CREATE FUNCTION voting_shuffle(p_call uuid, p_at timestamptz, p_most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    poll voting_poll;
    since timestamptz := '-infinity';
    until timestamptz := 'infinity';
    one uuid;
    written integer := 0;
BEGIN
    -- The box before the poll, as whoever seals does; shared, so that people vote meanwhile. Two who shuffle wait at
    -- the poll for each other.
    PERFORM pg_advisory_xact_lock_shared(voting_box(p_call));
    SELECT * INTO poll FROM voting_poll WHERE call_id = p_call FOR NO KEY UPDATE;
    IF NOT FOUND OR poll.shuffled_until > poll.sealed_at THEN
        RETURN 0;
    ELSIF poll.sealed_at IS NULL THEN
        since := coalesce(poll.shuffled_until, since);
        -- The newest ballot is of today, also where the application's clock is not ours.
        SELECT least(date_trunc('day', p_at, 'UTC'), greatest(date_trunc('day', now(), 'UTC'), max(state_since)))
          INTO until FROM voting_ballot WHERE call_id = p_call;
    END IF;
    IF since >= until THEN
        RETURN 0;
    END IF;
    -- Lines with a higher number were written anew in this round, or came in after it began.
    poll.shuffling := coalesce(poll.shuffling, (SELECT coalesce(max(id), 0) FROM voting_ballotline));
    -- One by one: an UPDATE of them all goes through the table in its own order.
    FOR one IN
        SELECT id FROM voting_ballot ballot
         WHERE call_id = p_call AND state_since >= since AND state_since < until
           AND EXISTS (SELECT FROM voting_ballotline WHERE ballot_id = ballot.id AND id <= poll.shuffling)
         ORDER BY gen_random_uuid() LIMIT greatest(p_most, 1)
    LOOP
        UPDATE voting_ballot SET choices = choices WHERE id = one;
        UPDATE voting_ballotline SET id = nextval(pg_get_serial_sequence('voting_ballotline', 'id'))
         WHERE ballot_id = one;
        written := written + 1;
    END LOOP;
    IF written > 0 THEN
        UPDATE voting_poll SET shuffling = poll.shuffling WHERE call_id = p_call;
        PERFORM core_record_event('poll.shuffled', 'calls.Call', p_call::text, least(p_at, now()),
                                  jsonb_build_object('ballots', written));
    ELSE
        UPDATE voting_poll
           SET shuffling = NULL, shuffled_until = coalesce(poll.sealed_at + interval '1 day', until)
         WHERE call_id = p_call;
    END IF;
    RETURN written;
END $$;
