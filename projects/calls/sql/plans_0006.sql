-- When people vote, and where, is as staff decided and the log tells (DOMAIN 2): phases and areas lie beside the call,
-- whose rules calls_rules_frozen keeps. By a phase that was written anew a vote ended in two seconds, and by an area
-- more a whole district could not vote. The tables' owner is not judged (civic/core/sql/guards_0005.sql).

-- Asked at the end of the transaction, when the plan is there as a whole: it is what the newest event says, what has
-- begun keeps its start, and people vote until the end that was announced, or later.
CREATE FUNCTION calls_plan_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whose uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.call_id ELSE NEW.call_id END;
    now_is text := (SELECT state FROM calls_call WHERE id = whose);
    told jsonb;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NULL;
    END IF;
    SELECT payload->'phases' INTO told FROM core_event
     WHERE subject_type = 'calls.Call' AND subject_id = whose::text AND kind = 'call.phases_set'
     ORDER BY seq DESC LIMIT 1;
    IF now_is NOT IN ('draft', 'open') OR (
        SELECT array_agg((kind, starts_at, ends_at)::text ORDER BY kind) FROM calls_phase WHERE call_id = whose
    ) IS DISTINCT FROM (
        SELECT array_agg((one->>0, (one->>1)::timestamptz, (one->>2)::timestamptz)::text ORDER BY one->>0)
          FROM jsonb_array_elements(told) AS one
    ) THEN
        RAISE EXCEPTION 'untold: the plan of this call is not what its newest event says' USING ERRCODE = '23514';
    ELSIF TG_OP = 'DELETE' AND now_is = 'open' AND OLD.starts_at <= now() AND NOT EXISTS (
        SELECT FROM calls_phase WHERE call_id = whose AND kind = OLD.kind AND starts_at = OLD.starts_at
           AND (kind <> 'voting' OR ends_at >= OLD.ends_at)
    ) THEN
        RAISE EXCEPTION 'phase_begun: what has begun keeps its start, and a vote its end' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER calls_phase_told AFTER INSERT OR DELETE ON calls_phase DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION calls_plan_told();

-- The areas too, as the newest event names them; from the moment voting begins they stay.
CREATE FUNCTION calls_areas_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whose uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.call_id ELSE NEW.call_id END;
BEGIN
    IF NOT core_owns(TG_RELID) AND EXISTS (SELECT FROM calls_call WHERE id = whose AND state <> 'draft') AND (
        EXISTS (SELECT FROM calls_phase WHERE call_id = whose AND kind = 'voting' AND starts_at <= now())
        OR (SELECT coalesce(jsonb_agg(area_id::text ORDER BY area_id), '[]') FROM calls_call_areas
             WHERE call_id = whose)
           IS DISTINCT FROM (
            SELECT payload->'areas' FROM core_event
             WHERE subject_type = 'calls.Call' AND subject_id = whose::text AND kind = 'call.areas_set'
             ORDER BY seq DESC LIMIT 1)
    ) THEN
        RAISE EXCEPTION 'untold: the areas of this call are fixed, or not what its newest event says'
            USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER calls_areas_told AFTER INSERT OR DELETE ON calls_call_areas DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION calls_areas_told();

-- What an area is a part of says who votes in it (voting_entitled): that moves as its newest event says.
CREATE FUNCTION calls_area_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM (SELECT payload FROM core_event
                      WHERE subject_type = 'accounts.Area' AND subject_id = NEW.id::text AND kind = 'area.changed'
                      ORDER BY seq DESC LIMIT 1) AS told
         WHERE payload ? 'parent' AND payload->>'parent' IS NOT DISTINCT FROM NEW.parent_id::text
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'untold: no event tells what this area is a part of' USING ERRCODE = '23514';
END $$;

CREATE CONSTRAINT TRIGGER calls_area_told AFTER UPDATE ON accounts_area DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.parent_id IS DISTINCT FROM NEW.parent_id)
    EXECUTE FUNCTION calls_area_told();
