-- What is harvested has neither file nor revision of ours, and changes with the event that tells so. The owner of the
-- tables is not judged where it is the role's step that is asked for (civic/core/sql/guards_0005.sql).

-- As in revisions.sql; a dataset of another catalogue has no revision, and the moment is when its source changed it.
CREATE OR REPLACE FUNCTION catalogue_dataset_latest() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    newest record;
BEGIN
    SELECT number, published_at INTO newest FROM catalogue_revision
     WHERE dataset_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF NEW.harvested_from_id IS NOT NULL AND NEW.latest = 0 AND newest.number IS NULL THEN
        RETURN NEW;
    END IF;
    IF (NEW.latest, NEW.revised_at) IS DISTINCT FROM (coalesce(newest.number, 0), newest.published_at) THEN
        RAISE EXCEPTION 'catalogue_dataset_latest: % is not the newest', NEW.latest USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- For everybody: bytes of ours under the name of another catalogue would be taken for its own.
CREATE FUNCTION catalogue_upload_is_own() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM catalogue_dataset WHERE id = NEW.dataset_id AND harvested_from_id IS NOT NULL) THEN
        RAISE EXCEPTION 'catalogue_upload_is_own: its dataset is of another catalogue' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalogue_upload_is_own BEFORE INSERT ON catalogue_upload
    FOR EACH ROW EXECUTE FUNCTION catalogue_upload_is_own();

-- As in told_0006.sql, with the series. A column of a key is told of without its ending.
CREATE OR REPLACE FUNCTION catalogue_dataset_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    changed text[];
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT array_agg(regexp_replace(one.key, '_id$', '')) INTO changed
      FROM jsonb_each(to_jsonb(NEW)) AS one
     WHERE one.value IS DISTINCT FROM to_jsonb(OLD)->one.key
       AND one.key NOT IN ('answers', 'latest', 'revised_at', 'reason', 'held', 'state', 'state_since');
    SELECT kind, payload INTO told FROM core_event
     WHERE subject_type = 'catalogue.Dataset' AND subject_id = NEW.id::text ORDER BY seq DESC LIMIT 1;
    IF told.kind IS DISTINCT FROM 'dataset.edited' OR NOT coalesce(told.payload->'changed' ?& changed, false) THEN
        RAISE EXCEPTION 'untold: no event tells that % of this dataset changes', changed USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalogue_dataset_series_told BEFORE UPDATE ON catalogue_dataset FOR EACH ROW
    WHEN (OLD.series_id IS DISTINCT FROM NEW.series_id)
    EXECUTE FUNCTION catalogue_dataset_told();

-- What a source says beside the words: the newest event about the dataset is an edit of its original.
CREATE FUNCTION catalogue_original_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT kind, payload INTO told FROM core_event
     WHERE subject_type = 'catalogue.Dataset' AND subject_id = to_jsonb(NEW)->>TG_ARGV[0] ORDER BY seq DESC LIMIT 1;
    IF told.kind IS DISTINCT FROM 'dataset.edited' OR NOT coalesce(told.payload->'changed' ? 'original', false) THEN
        RAISE EXCEPTION 'untold: no event tells that this dataset has changed at its source' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalogue_original_begins BEFORE INSERT ON catalogue_original FOR EACH ROW
    EXECUTE FUNCTION core_told('catalogue.Dataset', 'dataset_id', 'dataset.created');
CREATE TRIGGER catalogue_original_told BEFORE UPDATE ON catalogue_original FOR EACH ROW
    EXECUTE FUNCTION catalogue_original_told('dataset_id');
CREATE TRIGGER catalogue_dataset_revised_told BEFORE UPDATE ON catalogue_dataset FOR EACH ROW
    WHEN (NEW.harvested_from_id IS NOT NULL AND OLD.revised_at IS NOT NULL
          AND OLD.revised_at IS DISTINCT FROM NEW.revised_at)
    EXECUTE FUNCTION catalogue_original_told('id');

-- Datasets of a series are of its publisher.
CREATE FUNCTION catalogue_dataset_series() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM catalogue_series WHERE id = NEW.series_id AND publisher_id = NEW.publisher_id) THEN
        RAISE EXCEPTION 'catalogue_dataset_series: a series of another publisher' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalogue_dataset_series BEFORE INSERT OR UPDATE OF series_id, publisher_id ON catalogue_dataset
    FOR EACH ROW WHEN (NEW.series_id IS NOT NULL) EXECUTE FUNCTION catalogue_dataset_series();
CREATE TRIGGER catalogue_series_told BEFORE INSERT ON catalogue_series FOR EACH ROW
    EXECUTE FUNCTION core_told('catalogue.Series', 'id', 'series.created');
CREATE TRIGGER catalogue_series_edited BEFORE UPDATE ON catalogue_series FOR EACH ROW
    EXECUTE FUNCTION core_told('catalogue.Series', 'id', 'series.edited');

-- A step of a harvest is put off no longer than the code does it (HarvestStep.pauses), as queues_0003.sql says.
CREATE TRIGGER catalogue_harveststep_begins_soon BEFORE INSERT ON catalogue_harveststep FOR EACH ROW
    WHEN (NEW.due_at > now() + interval '15 minutes' OR NEW.leased_until > now() + interval '15 minutes')
    EXECUTE FUNCTION core_owner_alone('is due within minutes, and leased for minutes');
CREATE TRIGGER catalogue_harveststep_put_off BEFORE UPDATE ON catalogue_harveststep FOR EACH ROW
    WHEN (OLD.due_at IS DISTINCT FROM NEW.due_at AND NEW.due_at > now() + interval '125 minutes'
          OR OLD.leased_until IS DISTINCT FROM NEW.leased_until AND NEW.leased_until > now() + interval '15 minutes')
    EXECUTE FUNCTION core_owner_alone('waits hours at most, and is leased for minutes');
