-- What a project said when people supported it, voted for it and paid for it stays readable. Guards DOMAIN
-- 12: erasing an account takes its author off a revision, and nothing else of it ever changes.

CREATE FUNCTION proposals_revision_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.author_id IS NULL THEN
        NEW.author_id = OLD.author_id;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.author_id = NULL;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a revision is append-only' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER proposals_revision_guard BEFORE UPDATE ON proposals_projectrevision
    FOR EACH ROW EXECUTE FUNCTION proposals_revision_guard();
