-- What stands at the address of a saved query stays what it was, since others cite it: its question, dataset and
-- revision never change, and what was removed does not come back. Erasing an account takes its name and person off.
CREATE FUNCTION analytics_savedquery_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.id, NEW.created_at, NEW.dataset_id, NEW.revision, NEW.query, NEW.chart, NEW.shown, NEW.saved_at)
        IS DISTINCT FROM
        (OLD.id, OLD.created_at, OLD.dataset_id, OLD.revision, OLD.query, OLD.chart, OLD.shown, OLD.saved_at) THEN
        RAISE EXCEPTION 'analytics_savedquery is written once' USING ERRCODE = '23514';
    END IF;
    IF NEW.owner_id IS DISTINCT FROM OLD.owner_id AND NEW.owner_id IS NOT NULL THEN
        RAISE EXCEPTION 'analytics_savedquery has the owner who saved it' USING ERRCODE = '23514';
    END IF;
    IF NEW.name IS DISTINCT FROM OLD.name AND (OLD.owner_id IS NULL OR NEW.owner_id IS NOT NULL) THEN
        RAISE EXCEPTION 'analytics_savedquery is called what its owner called it' USING ERRCODE = '23514';
    END IF;
    IF NEW.embed_round < OLD.embed_round THEN
        RAISE EXCEPTION 'analytics_savedquery: ended embeds stay ended' USING ERRCODE = '23514';
    END IF;
    IF OLD.removed_at IS NOT NULL AND NEW.removed_at IS DISTINCT FROM OLD.removed_at THEN
        RAISE EXCEPTION 'analytics_savedquery: what was removed stays so' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER analytics_savedquery_guard BEFORE UPDATE ON analytics_savedquery
    FOR EACH ROW EXECUTE FUNCTION analytics_savedquery_guard();
CREATE TRIGGER analytics_savedquery_stays BEFORE DELETE ON analytics_savedquery
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
