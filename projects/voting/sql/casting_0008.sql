-- Whose ballot it is, the database finds out itself, and when it came in nobody reads from how it is stored: DOMAIN 1.

ALTER TABLE voting_ballot ENABLE TRIGGER voting_ballot_guard;
ALTER TABLE voting_papervoter ENABLE TRIGGER voting_papervoter_guard;

-- The keys of votes that run. UNLOGGED: they are in no write-ahead log, replica or physical backup, and a dump leaves
-- them out with --no-unlogged-table-data. Lost in a crash they are put back within a minute (projects.voting.tasks).
-- Not even SELECT for the application's role: it asks voting_cast.
-- Stored are the two pads of HMAC (RFC 2104), so that a cast costs two hashes.
CREATE UNLOGGED TABLE voting_key (call_id uuid PRIMARY KEY, inner_pad bytea NOT NULL, outer_pad bytea NOT NULL);

-- Puts the key of a call where voting_cast reads it; the poll has known its digest from the beginning, so that nobody
-- brings another.
CREATE FUNCTION voting_put_key(p_call uuid, p_key bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    inner_pad bytea := decode(repeat('36', 64), 'hex');
    outer_pad bytea := decode(repeat('5c', 64), 'hex');
BEGIN
    IF NOT EXISTS (SELECT FROM voting_poll WHERE call_id = p_call AND key_digest = encode(sha256(p_key), 'hex')) THEN
        RAISE EXCEPTION 'no_poll: this is not the key of this poll' USING ERRCODE = '23514';
    END IF;
    -- The key is 32 bytes; the pads go on behind it as they are.
    FOR place IN 0 .. length(p_key) - 1 LOOP
        inner_pad := set_byte(inner_pad, place, get_byte(inner_pad, place) # get_byte(p_key, place));
        outer_pad := set_byte(outer_pad, place, get_byte(outer_pad, place) # get_byte(p_key, place));
    END LOOP;
    INSERT INTO voting_key VALUES (p_call, inner_pad, outer_pad) ON CONFLICT DO NOTHING;
END $$;

-- Calls that take ballots and whose key is not there.
CREATE FUNCTION voting_keyless() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT call_id FROM voting_poll poll JOIN calls_call ON calls_call.id = call_id
     WHERE sealed_at IS NULL AND key_digest <> '' AND calls_call.state = 'open'
       AND NOT EXISTS (SELECT FROM voting_key WHERE voting_key.call_id = poll.call_id)
$$;

-- A vote that is over needs no key.
CREATE FUNCTION voting_key_goes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM voting_key WHERE call_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER voting_key_goes AFTER UPDATE OF state ON calls_call FOR EACH ROW
    WHEN (OLD.state = 'open' AND NEW.state <> 'open') EXECUTE FUNCTION voting_key_goes();

-- As before (polls.sql), and the digest of the key stays with the draw.
CREATE OR REPLACE FUNCTION voting_poll_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.call_id, NEW.seed, NEW.commitment, NEW.prepared_at, NEW.key_digest)
            IS DISTINCT FROM (OLD.call_id, OLD.seed, OLD.commitment, OLD.prepared_at, OLD.key_digest)
        OR (OLD.sealed_at IS NOT NULL
            AND (NEW.sealed_at, NEW.ballots) IS DISTINCT FROM (OLD.sealed_at, OLD.ballots))
    THEN
        RAISE EXCEPTION 'kept: the draw and the seal of a poll stay' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- As before (casting_0007.sql), and only the owner's imports have polls without a key.
DROP TRIGGER voting_poll_begins ON voting_poll;
CREATE TRIGGER voting_poll_begins BEFORE INSERT ON voting_poll FOR EACH ROW
    WHEN (NEW.sealed_at IS NOT NULL OR NEW.ballots IS NOT NULL OR NEW.key_digest = '' OR NEW.shuffled_until IS NOT NULL
          OR NEW.shuffling IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins unsealed, with the digest of its key');
-- Told, because whoever makes the poll chooses the key of its voters and the draw for ties.
CREATE TRIGGER voting_poll_prepared BEFORE INSERT ON voting_poll FOR EACH ROW
    EXECUTE FUNCTION core_told('calls.Call', 'call_id', 'poll.prepared');

-- Each paper that is handed out is told: an invented one would be a vote, and would shut somebody out who votes online.
CREATE FUNCTION voting_papervoter_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT core_owns(TG_RELID) AND (
        SELECT count(*) FROM core_event WHERE subject_type = 'calls.Call' AND subject_id = NEW.call_id::text
           AND kind = 'call.paper_handed_out'
    ) <= (SELECT count(*) FROM voting_papervoter WHERE call_id = NEW.call_id) THEN
        RAISE EXCEPTION 'untold: no event tells that this paper was handed out' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER voting_papervoter_told BEFORE INSERT ON voting_papervoter
    FOR EACH ROW EXECUTE FUNCTION voting_papervoter_told();

-- Casts a ballot and supersedes the voter's earlier one; returns whether there was one. Refuses with
-- not_voting, not_entitled, on_paper, no_poll (also where its key is not back yet) and whatever the triggers refuse.
-- The mark of an online ballot (secrecy.voter_mark) is made here, from the key of the call and the person: whoever
-- calls this with a mark of their own would bring as many voters as they can think of. The site must come to the same
-- mark: where it does not, somebody has put a key in that the site did not choose, and could name the voters. A paper
-- has no person here; its mark is p_voter, and it replaces nobody's ballot.
-- No event: one a ballot would tell, by its transaction and its place in the log, when each ballot came in, and so,
-- with the moment of a sign-in, whose it is. poll.shuffled counts them by days.
CREATE OR REPLACE FUNCTION voting_cast(
    p_ballot uuid, p_call uuid, p_person uuid, p_voter text, p_channel text, p_receipt text,
    p_projects uuid[], p_values integer[], p_at timestamptz
) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    earlier uuid;
    marks text[];
    mine text := p_voter;
BEGIN
    IF p_channel NOT IN ('online', 'paper') THEN
        RAISE EXCEPTION 'channel: ballots come in online or on paper' USING ERRCODE = '23514';
    END IF;
    PERFORM FROM calls_phase JOIN calls_call ON calls_call.id = call_id
      WHERE call_id = p_call AND calls_phase.kind = 'voting' AND calls_call.state = 'open'
        AND starts_at <= p_at AND (ends_at > p_at OR p_channel = 'paper');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not_voting: this call is not in its voting phase' USING ERRCODE = '23514';
    END IF;
    IF p_channel = 'online' THEN
        IF NOT coalesce(voting_entitled(p_call, p_person, p_at), false) THEN
            RAISE EXCEPTION 'not_entitled: this person may not vote in this call' USING ERRCODE = '23514';
        END IF;
        SELECT encode(sha256(outer_pad || sha256(inner_pad || convert_to(person.id::text, 'UTF8'))), 'hex') INTO mine
          FROM accounts_person person, voting_key WHERE person.id = p_person AND call_id = p_call;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'no_poll: the key of this call is not there, or nobody has this account'
                USING ERRCODE = '23514';
        ELSIF mine <> p_voter THEN
            RAISE EXCEPTION 'another_key: the site makes another mark' USING ERRCODE = '23514';
        END IF;
    ELSIF EXISTS (SELECT FROM voting_ballot WHERE call_id = p_call AND voter = p_voter AND state = 'cast') THEN
        RAISE EXCEPTION 'no_paper_out: there is a ballot of this mark' USING ERRCODE = '23514';
    END IF;
    -- Two ballots of one person at once: the second waits and then replaces the first. Also an account that
    -- was verified after its person had taken a paper ballot is found here, by who the city knows the person
    -- to be.
    SELECT coalesce(array_agg(mark), '{}') INTO marks
      FROM accounts_residency residency, unnest(ARRAY[residency.identity, residency.document]::text[]) AS mark
     WHERE p_channel <> 'paper' AND residency.person_id = p_person AND residency.verified_at IS NOT NULL AND mark <> '';
    PERFORM voting_hold(p_call, marks);
    PERFORM voting_hold(p_call, ARRAY[mine]);
    IF cardinality(marks) > 0 AND EXISTS (
        SELECT FROM voting_papervoter
         WHERE call_id = p_call AND (identity = ANY (marks) OR (document <> '' AND document = ANY (marks)))
    ) THEN
        RAISE EXCEPTION 'on_paper: this person was handed a paper ballot' USING ERRCODE = '23514';
    END IF;
    -- The lock waits for a clerk who voids this ballot meanwhile: it is no longer cast then, and not
    -- replaced.
    SELECT id INTO earlier FROM voting_ballot
     WHERE call_id = p_call AND voter = mine AND state = 'cast' FOR NO KEY UPDATE;
    IF FOUND THEN
        PERFORM core_transition('voting_ballot', earlier, 'supersede', p_at);
    END IF;
    INSERT INTO voting_ballot (id, call_id, voter, channel, choices, receipt, state, state_since, created_at)
         VALUES (p_ballot, p_call, mine, p_channel, cardinality(p_projects), p_receipt, 'cast', p_at, p_at);
    INSERT INTO voting_ballotline (ballot_id, project_id, value)
         SELECT p_ballot, said.project, said.value FROM unnest(p_projects, p_values) AS said (project, value);
    -- Checks the ballot now, and leaves the rule as it was for whatever the transaction still does.
    SET CONSTRAINTS voting_ballot_rule IMMEDIATE;
    SET CONSTRAINTS voting_ballot_rule DEFERRED;
    RETURN earlier IS NOT NULL;
END $$;
