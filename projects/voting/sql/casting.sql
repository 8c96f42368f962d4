-- Casting a ballot in one call of a function: DOMAIN 1. One statement of the application, because a vote is
-- what a whole city does on the same evening (docs/adr/0012-secret-ballots.md has the figures).

-- Whether a person may vote in a call at a moment: by account or verified residency, and area. An area of the
-- call includes its districts; a call without areas takes everybody who qualifies.
CREATE FUNCTION voting_entitled(p_call uuid, p_person uuid, p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM calls_call WHERE id = p_call AND eligibility = 'registered') THEN
        RETURN true;
    END IF;
    RETURN EXISTS (
        SELECT FROM accounts_residency residency JOIN accounts_area area ON area.id = residency.area_id
         WHERE residency.person_id = p_person AND residency.state = 'verified'
           AND (residency.expires_at IS NULL OR residency.expires_at > p_at)
           AND (NOT EXISTS (SELECT FROM calls_call_areas WHERE call_id = p_call)
                OR EXISTS (SELECT FROM calls_call_areas
                            WHERE call_id = p_call AND area_id IN (area.id, area.parent_id)))
    );
END $$;

-- Casts a ballot and supersedes the voter's earlier one; returns whether there was one. Refuses with
-- not_voting, not_entitled, on_paper and whatever the triggers of ballots.sql refuse. The event names nobody:
-- it shows when ballots came in, not whose they are.
CREATE FUNCTION voting_cast(
    p_ballot uuid, p_call uuid, p_person uuid, p_voter text, p_channel text, p_receipt text,
    p_projects uuid[], p_values integer[], p_at timestamptz
) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    earlier uuid;
    marks text[];
BEGIN
    PERFORM FROM calls_phase JOIN calls_call ON calls_call.id = call_id
      WHERE call_id = p_call AND calls_phase.kind = 'voting' AND calls_call.state = 'open'
        AND starts_at <= p_at AND (ends_at > p_at OR p_channel = 'paper');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not_voting: this call is not in its voting phase' USING ERRCODE = '23514';
    END IF;
    -- A paper ballot has no person here: the desk has checked who it is.
    IF p_channel <> 'paper' AND NOT coalesce(voting_entitled(p_call, p_person, p_at), false) THEN
        RAISE EXCEPTION 'not_entitled: this person may not vote in this call' USING ERRCODE = '23514';
    END IF;
    -- Two ballots of one person at once: the second waits and then replaces the first. Also an account that
    -- was verified after its person had taken a paper ballot is found here, by who the city knows the person
    -- to be.
    SELECT coalesce(array_agg(mark), '{}') INTO marks
      FROM accounts_residency residency, unnest(ARRAY[residency.identity, residency.document]::text[]) AS mark
     WHERE p_channel <> 'paper' AND residency.person_id = p_person AND residency.verified_at IS NOT NULL AND mark <> '';
    PERFORM voting_hold(p_call, marks);
    PERFORM voting_hold(p_call, ARRAY[p_voter]);
    IF cardinality(marks) > 0 AND EXISTS (
        SELECT FROM voting_papervoter
         WHERE call_id = p_call AND (identity = ANY (marks) OR (document <> '' AND document = ANY (marks)))
    ) THEN
        RAISE EXCEPTION 'on_paper: this person was handed a paper ballot' USING ERRCODE = '23514';
    END IF;
    -- The lock waits for a clerk who voids this ballot meanwhile: it is no longer cast then, and not
    -- replaced.
    SELECT id INTO earlier FROM voting_ballot
     WHERE call_id = p_call AND voter = p_voter AND state = 'cast' FOR NO KEY UPDATE;
    IF FOUND THEN
        PERFORM core_transition('voting_ballot', earlier, 'supersede', p_at);
    END IF;
    INSERT INTO voting_ballot (id, call_id, voter, channel, choices, receipt, state, state_since, created_at)
         VALUES (p_ballot, p_call, p_voter, p_channel, cardinality(p_projects), p_receipt, 'cast', p_at, p_at);
    INSERT INTO voting_ballotline (ballot_id, project_id, value)
         SELECT p_ballot, said.project, said.value FROM unnest(p_projects, p_values) AS said (project, value);
    -- Checks the ballot now, and leaves the rule as it was for whatever the transaction still does.
    SET CONSTRAINTS voting_ballot_rule IMMEDIATE;
    SET CONSTRAINTS voting_ballot_rule DEFERRED;
    PERFORM core_record_event('ballot.cast', 'calls.Call', p_call::text, p_at,
                              jsonb_build_object('channel', p_channel, 'replaced', earlier IS NOT NULL));
    RETURN earlier IS NOT NULL;
END $$;
