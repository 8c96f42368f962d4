-- Revisions are written once, in the order of their numbers, each with its files (DOMAIN 9 and 12): what somebody has
-- cited stays as it was, and nothing of it is seen before it is whole.

-- Numbers of a dataset have no gap. The operation holds the lock of the dataset, so that two do not count at once;
-- whoever does not meets one_dataset_revision_a_number.
CREATE FUNCTION catalogue_revision_counts() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    newest integer;
BEGIN
    SELECT coalesce(max(number), 0) INTO newest FROM catalogue_revision WHERE dataset_id = NEW.dataset_id;
    IF NEW.number <> newest + 1 THEN
        RAISE EXCEPTION 'catalogue_revision_counts: % does not follow %', NEW.number, newest USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalogue_revision_counts BEFORE INSERT ON catalogue_revision
    FOR EACH ROW EXECUTE FUNCTION catalogue_revision_counts();

-- Erasing an account takes the person off, and nothing else of a revision ever changes.
CREATE FUNCTION catalogue_revision_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.person_id IS NULL THEN
        NEW.person_id = OLD.person_id;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.person_id = NULL;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'catalogue_revision is append-only' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER catalogue_revision_guard BEFORE UPDATE ON catalogue_revision
    FOR EACH ROW EXECUTE FUNCTION catalogue_revision_guard();
CREATE TRIGGER catalogue_revision_stays BEFORE DELETE ON catalogue_revision
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER catalogue_distribution_append_only BEFORE UPDATE OR DELETE ON catalogue_distribution
    FOR EACH ROW EXECUTE FUNCTION core_append_only();

-- Deferred: the revision comes first, and its files point to it. Each has one Parquet file, whose digest is its own.
CREATE FUNCTION catalogue_revision_has_file() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM catalogue_distribution
         WHERE revision_id = NEW.id AND format = 'parquet' AND sha256 = NEW.sha256
    ) THEN
        RAISE EXCEPTION 'catalogue_revision_has_file: no file of this digest' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER catalogue_revision_has_file AFTER INSERT ON catalogue_revision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue_revision_has_file();

-- Files come with their revision, not later: a revision of which something was downloaded does not get another file.
CREATE FUNCTION catalogue_distribution_comes_with_revision() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (
        SELECT FROM catalogue_dataset
          JOIN catalogue_revision ON catalogue_revision.dataset_id = catalogue_dataset.id
         WHERE catalogue_revision.id = NEW.revision_id AND catalogue_dataset.latest >= catalogue_revision.number
    ) THEN
        RAISE EXCEPTION 'catalogue_distribution_comes_with_revision: it is published' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalogue_distribution_comes_with_revision BEFORE INSERT ON catalogue_distribution
    FOR EACH ROW EXECUTE FUNCTION catalogue_distribution_comes_with_revision();

-- The number that a dataset calls its latest is that of its newest revision, and so is the moment.
CREATE FUNCTION catalogue_dataset_latest() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    newest record;
BEGIN
    SELECT number, published_at INTO newest FROM catalogue_revision
     WHERE dataset_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF (NEW.latest, NEW.revised_at) IS DISTINCT FROM (coalesce(newest.number, 0), newest.published_at) THEN
        RAISE EXCEPTION 'catalogue_dataset_latest: % is not the newest', NEW.latest USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalogue_dataset_latest BEFORE INSERT OR UPDATE OF latest, revised_at ON catalogue_dataset
    FOR EACH ROW EXECUTE FUNCTION catalogue_dataset_latest();

-- A dataset that was published is never gone: its addresses last.
CREATE TRIGGER catalogue_dataset_stays BEFORE DELETE ON catalogue_dataset
    FOR EACH ROW WHEN (OLD.state <> 'draft') EXECUTE FUNCTION core_append_only();

-- Deferred: at the end of the transaction the newest revision is the latest, or it would be there and not be found.
CREATE FUNCTION catalogue_revision_is_latest() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM catalogue_dataset WHERE id = NEW.dataset_id AND latest >= NEW.number) THEN
        RAISE EXCEPTION 'catalogue_revision_is_latest: the dataset does not know of it' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER catalogue_revision_is_latest AFTER INSERT ON catalogue_revision
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION catalogue_revision_is_latest();
