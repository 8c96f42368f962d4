-- The desk has confirmed the wrong account: who may vote is asked again under the lock of the voter, and a paper that
-- was noted for that account is its person's alone (AX4, AX5 of 27 November).

-- As before (casting_0009.sql), and entitled also once it has the lock.
CREATE OR REPLACE FUNCTION voting_cast(
    p_ballot uuid, p_call uuid, p_person uuid, p_voter text, p_channel text, p_receipt text,
    p_projects uuid[], p_values integer[], p_at timestamptz
) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    earlier uuid;
    marks text[];
    mine text := p_voter;
    elsewhere text;
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
    IF p_channel = 'online' THEN
        elsewhere := voting_elsewhere(p_call, p_person, marks, p_at);
        IF elsewhere IS NOT NULL THEN
            RAISE EXCEPTION 'voted_elsewhere: %', elsewhere USING ERRCODE = '23514';
        END IF;
    END IF;
    PERFORM voting_hold(p_call, marks);
    PERFORM voting_hold(p_call, ARRAY[mine]);
    -- Again: whoever lets the papers of an ended confirmation confirm another account holds the same lock. Either they
    -- see this ballot, or this sees that the account is confirmed no more: else one person could have two ballots.
    IF p_channel = 'online' AND NOT coalesce(voting_entitled(p_call, p_person, p_at), false) THEN
        RAISE EXCEPTION 'not_entitled: this person may not vote in this call' USING ERRCODE = '23514';
    END IF;
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

-- As before (papers.sql), and a paper is noted for no account any more once no account is, or was, confirmed with the
-- marks that it was handed out by. They still keep their person from a second ballot.
CREATE OR REPLACE FUNCTION voting_papervoter_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (
        NEW.voter <> '' OR (NEW.id, NEW.created_at, NEW.call_id, NEW.identity, NEW.document)
            IS DISTINCT FROM (OLD.id, OLD.created_at, OLD.call_id, OLD.identity, OLD.document)
        OR EXISTS (SELECT FROM accounts_residency WHERE verified_at IS NOT NULL
                      AND (identity = OLD.identity OR document <> '' AND document = OLD.document))
    ) THEN
        RAISE EXCEPTION 'kept: who was handed a paper ballot stays' USING ERRCODE = '23514';
    ELSIF TG_OP = 'UPDATE' THEN
        RETURN NEW;
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
