-- Counts of support that no request writes. Supporters of one popular project would otherwise all wait for
-- the same row: each writes a change of its own, and a task adds the changes up
-- (projects.proposals.operations.supporting).

CREATE FUNCTION proposals_make_count() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO proposals_supportcount (project_id, supports, counted_at) VALUES (NEW.id, 0, now());
    RETURN NULL;
END $$;

CREATE TRIGGER proposals_make_count AFTER INSERT ON proposals_project
    FOR EACH ROW EXECUTE FUNCTION proposals_make_count();

CREATE FUNCTION proposals_support_changed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO proposals_supportchange (project_id, delta) VALUES (NEW.project_id, 1);
    ELSE
        INSERT INTO proposals_supportchange (project_id, delta) VALUES (OLD.project_id, -1);
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER proposals_support_changed AFTER INSERT OR DELETE ON proposals_support
    FOR EACH ROW EXECUTE FUNCTION proposals_support_changed();
