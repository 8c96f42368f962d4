"""The ballot box: casting in one call of a function, and triggers that hold what a ballot may be.

Errors carry a word before a colon (`sealed: …`); projects.voting.operations translates those words.
"""

from django.db import migrations

FORWARD = """
-- Whoever adds or changes ballots holds this lock shared until commit, whoever seals holds it alone: so a ballot is
-- either counted or refused, and no row that all voters share is locked.
CREATE FUNCTION voting_box(call uuid) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hashtextextended('voting_box:' || call::text, 0)
$$;

-- A person votes one way: whoever votes online and whoever is handed a paper holds these locks until commit, one for each
-- mark that is known of the person: first who the city knows them to be, then their ballots' mark, then the box.
CREATE FUNCTION voting_one_way(call uuid, mark text) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
    SELECT hashtextextended(call::text || mark, 1)
$$;

CREATE FUNCTION voting_hold(p_call uuid, p_marks text[]) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(voting_one_way(p_call, mark))
       FROM (SELECT DISTINCT mark FROM unnest(p_marks) AS mark WHERE mark <> '' ORDER BY mark) AS marks;
END $$;

CREATE FUNCTION voting_ballot_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
        PERFORM voting_hold(NEW.call_id, ARRAY['paper']);
        IF (SELECT count(*) FROM voting_ballot WHERE call_id = NEW.call_id AND channel = 'paper' AND state = 'cast')
            >= (SELECT count(*) FROM voting_papervoter WHERE call_id = NEW.call_id)
        THEN
            RAISE EXCEPTION 'no_paper_out: as many papers as people who were handed one' USING ERRCODE = '23514';
        END IF;
    END IF;
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
    IF OLD.state <> 'cast' OR NEW.state NOT IN ('superseded', 'void')
        OR (NEW.id, NEW.call_id, NEW.voter, NEW.channel, NEW.choices, NEW.receipt, NEW.created_at)
            IS DISTINCT FROM (OLD.id, OLD.call_id, OLD.voter, OLD.channel, OLD.choices, OLD.receipt, OLD.created_at)
    THEN
        RAISE EXCEPTION 'kept: a ballot can only be superseded or void' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER voting_ballot_guard BEFORE INSERT OR UPDATE OR DELETE ON voting_ballot
    FOR EACH ROW EXECUTE FUNCTION voting_ballot_guard();

CREATE FUNCTION voting_papervoter_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        RAISE EXCEPTION 'kept: who was handed a paper ballot stays' USING ERRCODE = '23514';
    END IF;
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

-- Checked once the ballot is complete: at the end of the transaction, or when voting_cast asks for it.
CREATE FUNCTION voting_ballot_rule() RETURNS trigger LANGUAGE plpgsql AS $$
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

CREATE FUNCTION voting_line_check() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM fresh JOIN voting_ballot ballot ON ballot.id = fresh.ballot_id
          LEFT JOIN proposals_project project
            ON project.id = fresh.project_id AND project.call_id = ballot.call_id AND project.state = 'shortlisted'
         WHERE project.id IS NULL
    ) THEN
        RAISE EXCEPTION 'unknown_project: not on the ballot of this call' USING ERRCODE = '23514';
    END IF;
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
CREATE TRIGGER voting_line_append_only BEFORE UPDATE OR DELETE ON voting_ballotline
    FOR EACH ROW EXECUTE FUNCTION core_append_only();

CREATE FUNCTION voting_poll_guard() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER voting_result_append_only BEFORE UPDATE OR DELETE ON voting_projectresult
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER voting_paperentry_append_only BEFORE UPDATE OR DELETE ON voting_paperentry
    FOR EACH ROW EXECUTE FUNCTION core_append_only();

-- Whether a person may vote in a call at a moment: by account or verified residency, and area. An area of the call
-- includes its districts; a call without areas takes everybody who qualifies.
CREATE FUNCTION voting_entitled(p_call uuid, p_person uuid, p_at timestamptz) RETURNS boolean
LANGUAGE plpgsql STABLE AS $$
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

-- Casts a ballot and supersedes the voter's earlier one; returns whether there was one. The event names nobody: it
-- shows when ballots came in, not whose they are.
CREATE FUNCTION voting_cast(
    p_ballot uuid, p_call uuid, p_person uuid, p_voter text, p_channel text, p_receipt text,
    p_projects uuid[], p_values integer[], p_at timestamptz
) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
    replaced boolean;
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
    -- Two ballots of one person at once: the second waits and then replaces the first. Also an account that was
    -- verified after its person had taken a paper ballot is found here, by who the city knows the person to be.
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
    UPDATE voting_ballot SET state = 'superseded', state_since = p_at
     WHERE call_id = p_call AND voter = p_voter AND state = 'cast';
    replaced := FOUND;
    INSERT INTO voting_ballot (id, call_id, voter, channel, choices, receipt, state, state_since, created_at)
         VALUES (p_ballot, p_call, p_voter, p_channel, cardinality(p_projects), p_receipt, 'cast', p_at, p_at);
    INSERT INTO voting_ballotline (ballot_id, project_id, value)
         SELECT p_ballot, said.project, said.value FROM unnest(p_projects, p_values) AS said (project, value);
    SET CONSTRAINTS voting_ballot_rule IMMEDIATE;
    SET CONSTRAINTS voting_ballot_rule DEFERRED;
    INSERT INTO core_event (kind, subject_type, subject_id, at, payload, note, note_salt, note_digest)
         VALUES ('ballot.cast', 'calls.Call', p_call::text, p_at,
                 jsonb_build_object('channel', p_channel, 'replaced', replaced), '', '', '');
    RETURN replaced;
END $$;
"""

BACK = """
DROP FUNCTION voting_cast(uuid, uuid, uuid, text, text, text, uuid[], integer[], timestamptz);
DROP FUNCTION voting_entitled(uuid, uuid, timestamptz);
DROP TRIGGER voting_paperentry_append_only ON voting_paperentry;
DROP TRIGGER voting_result_append_only ON voting_projectresult;
DROP TRIGGER voting_tally_append_only ON voting_tally;
DROP TRIGGER voting_poll_guard ON voting_poll;
DROP FUNCTION voting_poll_guard();
DROP TRIGGER voting_line_append_only ON voting_ballotline;
DROP TRIGGER voting_line_check ON voting_ballotline;
DROP FUNCTION voting_line_check();
DROP TRIGGER voting_ballot_rule ON voting_ballot;
DROP FUNCTION voting_ballot_rule();
DROP TRIGGER voting_papervoter_guard ON voting_papervoter;
DROP FUNCTION voting_papervoter_guard();
DROP TRIGGER voting_ballot_guard ON voting_ballot;
DROP FUNCTION voting_ballot_guard();
DROP FUNCTION voting_hold(uuid, text[]);
DROP FUNCTION voting_one_way(uuid, text);
DROP FUNCTION voting_box(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("voting", "0001_initial"),
        ("core", "0002_triggers"),
        ("calls", "0001_initial"),
        ("proposals", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACK)]
