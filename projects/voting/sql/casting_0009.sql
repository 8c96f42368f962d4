-- Nobody votes in two districts at a time, whatever way they vote: DOMAIN 1.

-- Whether everybody who lives in the districts of one call lives in those of the other.
CREATE FUNCTION voting_districts_within(p_call uuid, p_other uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM calls_call_areas here JOIN accounts_area ours ON ours.id = here.area_id
         WHERE here.call_id = p_call AND NOT EXISTS (
            SELECT FROM calls_call_areas there
             WHERE there.call_id = p_other AND there.area_id IN (ours.id, ours.parent_id)))
$$;

-- The title of a call beside this one in which the person has a ballot that counts, or was handed a paper; null where
-- there is none. That is one that votes at this moment in other districts: whoever may vote in one of the two need not
-- be one who may vote in the other, and the person's account does not say that they may vote in both. Where it does
-- not say that they may vote here, the desk's word counts. What everybody with an account may vote in stays open.
-- p_person is null where the desk knows no account; p_marks are what it knows the person by (identity, document).
-- Refuses with no_poll while the key of such a call is not back: nobody knows then who has voted there.
-- SECURITY DEFINER for the keys. Whoever may call it learns what voting_cast would say by refusing.
CREATE FUNCTION voting_elsewhere(p_call uuid, p_person uuid, p_marks text[], p_at timestamptz) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    known text[];
    is_here boolean;
    other record;
BEGIN
    -- First: most calls are for the whole city, and there this is all.
    IF NOT EXISTS (SELECT FROM calls_call_areas WHERE call_id = p_call) THEN
        RETURN NULL;
    END IF;
    -- Also what the account was verified by before: a paper was handed out by that.
    SELECT coalesce(array_agg(DISTINCT mark), '{}') INTO known FROM (
        SELECT unnest(ARRAY[identity, document]::text[]) AS mark FROM accounts_residency
         WHERE person_id = p_person AND verified_at IS NOT NULL
        UNION SELECT unnest(p_marks)
    ) AS marks WHERE mark <> '';
    -- One person in two districts at once: the second waits and then finds the first. Before the locks of a call, in
    -- one order, so that nobody waits in a circle.
    PERFORM pg_advisory_xact_lock(hashtextextended('voting_district:' || one, 0))
       FROM (SELECT unnest(known || p_person::text) AS one ORDER BY one) AS all_of_them WHERE one IS NOT NULL;
    is_here := coalesce(voting_entitled(p_call, p_person, p_at), false);
    FOR other IN
        SELECT call.id, call.title, poll.call_id AS polled, key.call_id AS keyed,
               encode(sha256(outer_pad || sha256(inner_pad || convert_to(p_person::text, 'UTF8'))), 'hex') AS voter
          FROM calls_call call JOIN calls_phase phase ON phase.call_id = call.id
          LEFT JOIN voting_poll poll ON poll.call_id = call.id
          LEFT JOIN voting_key key ON key.call_id = call.id
         WHERE call.id <> p_call AND call.state = 'open' AND call.eligibility <> 'registered'
           AND phase.kind = 'voting' AND starts_at <= p_at AND ends_at > p_at
           AND EXISTS (SELECT FROM calls_call_areas WHERE call_id = call.id)
           AND NOT (is_here AND coalesce(voting_entitled(call.id, p_person, p_at), false))
           AND NOT voting_districts_within(p_call, call.id) AND NOT voting_districts_within(call.id, p_call)
         ORDER BY call.id
    LOOP
        IF p_person IS NOT NULL AND other.polled IS NOT NULL AND other.keyed IS NULL THEN
            RAISE EXCEPTION 'no_poll: the key of another call is not there' USING ERRCODE = '23514';
        ELSIF EXISTS (SELECT FROM voting_ballot WHERE call_id = other.id AND voter = other.voter AND state = 'cast')
            OR EXISTS (SELECT FROM voting_papervoter WHERE call_id = other.id
                          AND (identity = ANY (known) OR (document <> '' AND document = ANY (known))))
        THEN
            RETURN other.title;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

-- As before (casting_0008.sql), and it looks itself whether the voter has a ballot in another district: planned anew
-- for each vote, that look cost as much as the whole cast. Casts a ballot and supersedes the voter's earlier one;
-- returns whether there was one. Refuses with not_voting, not_entitled, voted_elsewhere, on_paper, no_poll (also where
-- its key is not back yet) and whatever the triggers refuse.
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
