-- What a ballot may be, and that it stays: DOMAIN 1. Messages begin with a word (`sealed: …`) that
-- projects.voting.operations.ballots translates for people.

-- The steps of projects.voting.states.BALLOT, for the guard below and for voting_cast.
INSERT INTO core_step (thing, verb, before, after) VALUES
    ('voting_ballot', 'supersede', 'cast', 'superseded'),
    ('voting_ballot', 'void', 'cast', 'void');

CREATE FUNCTION voting_ballot_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    box voting_poll;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'kept: ballots are never deleted' USING ERRCODE = '23514';
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

CREATE TRIGGER voting_ballot_guard BEFORE INSERT OR UPDATE OR DELETE ON voting_ballot
    FOR EACH ROW EXECUTE FUNCTION voting_ballot_guard();

-- Deferred, because a ballot is written before its lines: checked at the end of the transaction, or when
-- voting_cast asks for it so that the voter hears of a refusal while there is still a form to show it in.
CREATE FUNCTION voting_ballot_rule() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    rule calls_call;
    said record;
BEGIN
    SELECT * INTO rule FROM calls_call WHERE id = NEW.call_id;
    SELECT count(*) AS lines, coalesce(sum(value), 0) AS total, coalesce(max(value), 0) AS highest,
           count(DISTINCT value) AS distinct_values, coalesce(sum(cost_minor), 0) AS cost
      INTO said
      FROM voting_ballotline JOIN proposals_project ON proposals_project.id = project_id
     WHERE ballot_id = NEW.id;
    IF said.lines <> NEW.choices THEN
        RAISE EXCEPTION 'incomplete: % lines for % choices', said.lines, NEW.choices USING ERRCODE = '23514';
    END IF;
    IF rule.ballot_kind IN ('approval', 'basket') AND said.highest > 1 THEN
        RAISE EXCEPTION 'values: a choice counts once' USING ERRCODE = '23514';
    ELSIF rule.ballot_kind = 'basket' AND said.cost > rule.budget_minor THEN
        RAISE EXCEPTION 'over_budget: the basket costs more than the budget' USING ERRCODE = '23514';
    ELSIF rule.ballot_kind = 'points' AND said.total > coalesce(rule.ballot_max, 10) THEN
        RAISE EXCEPTION 'too_many: % points', said.total USING ERRCODE = '23514';
    ELSIF rule.ballot_kind <> 'points' AND said.lines > rule.ballot_max THEN
        RAISE EXCEPTION 'too_many: % choices', said.lines USING ERRCODE = '23514';
    ELSIF rule.ballot_kind = 'ranking' AND (said.highest <> said.lines OR said.distinct_values <> said.lines) THEN
        RAISE EXCEPTION 'ranks: the places must be 1, 2, 3 and so on' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER voting_ballot_rule AFTER INSERT ON voting_ballot
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION voting_ballot_rule();

-- Once a statement, since an import adds thousands of lines with one. It also stands in for the foreign key
-- to the project, whose check would lock the row of a project that everybody votes for.
CREATE FUNCTION voting_line_check() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM fresh JOIN voting_ballot ballot ON ballot.id = fresh.ballot_id
          LEFT JOIN proposals_project project
            ON project.id = fresh.project_id AND project.call_id = ballot.call_id AND project.state = 'shortlisted'
         WHERE project.id IS NULL
    ) THEN
        RAISE EXCEPTION 'unknown_project: not on the ballot of this call' USING ERRCODE = '23514';
    END IF;
    -- Lines that come in a later transaction, when voting_ballot_rule has already been content.
    IF EXISTS (
        SELECT FROM voting_ballot ballot
         WHERE ballot.id IN (SELECT ballot_id FROM fresh)
           AND ballot.choices < (SELECT count(*) FROM voting_ballotline line WHERE line.ballot_id = ballot.id)
    ) THEN
        RAISE EXCEPTION 'kept: this ballot is complete' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER voting_line_check AFTER INSERT ON voting_ballotline
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION voting_line_check();
CREATE TRIGGER voting_ballotline_append_only BEFORE UPDATE OR DELETE ON voting_ballotline
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
