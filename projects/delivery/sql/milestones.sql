-- The milestones of a project make the whole, and their shares stay as people saw them when they gave. Guards
-- DOMAIN 6: a payout is a milestone's share of what was collected, so shares that made more than the whole
-- would pay more than that.

-- Deferred: a plan is written milestone by milestone, and only all of them together make the whole.
CREATE FUNCTION delivery_whole() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.project_id ELSE NEW.project_id END;
    total bigint;
BEGIN
    SELECT sum(share_bp) INTO total FROM delivery_milestone WHERE project_id = whose;
    IF total <> 10000 THEN
        RAISE EXCEPTION 'delivery_whole: the shares of a project make % of 10000', total USING ERRCODE = '23514';
    END IF;
    IF total IS NULL AND EXISTS (SELECT FROM proposals_project WHERE id = whose AND state = 'delivering') THEN
        RAISE EXCEPTION 'delivery_whole: a project at work keeps its plan' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER delivery_whole AFTER INSERT OR UPDATE OR DELETE ON delivery_milestone
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION delivery_whole();

-- Deferred too: work may begin in the same transaction that writes the plan.
CREATE FUNCTION delivery_planned() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM delivery_milestone WHERE project_id = NEW.id) THEN
        RAISE EXCEPTION 'delivery_planned: no work without a plan' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER delivery_planned AFTER UPDATE OF state ON proposals_project
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'delivering' AND OLD.state <> 'delivering') EXECUTE FUNCTION delivery_planned();

CREATE FUNCTION delivery_share_stays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'delivery_share_stays: a milestone keeps its project and share' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER delivery_share_stays BEFORE UPDATE ON delivery_milestone
    FOR EACH ROW WHEN ((OLD.project_id, OLD.share_bp) IS DISTINCT FROM (NEW.project_id, NEW.share_bp))
    EXECUTE FUNCTION delivery_share_stays();
