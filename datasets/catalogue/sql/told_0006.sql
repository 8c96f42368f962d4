-- What is published is what a worker found, and what a dataset says changes with the event that tells so. The tables'
-- owner is not judged where it is the role's step that is asked for (civic/core/sql/guards_0005.sql).

-- What was found, and the files that would be published, come with the step to `read`, and go with the next one. By
-- another name under `csv` any file of the storage was published, also one that is for nobody to download.
CREATE TRIGGER catalogue_upload_found BEFORE UPDATE ON catalogue_upload FOR EACH ROW
    WHEN ((OLD.found, OLD.parquet, OLD.csv) IS DISTINCT FROM (NEW.found, NEW.parquet, NEW.csv)
          AND NOT (NEW.state = 'read' AND OLD.found IS NULL AND NEW.found IS NOT NULL)
          AND NOT (NEW.state NOT IN ('read', 'published') AND NEW.parquet = '' AND NEW.csv = ''
                   AND (NEW.found IS NULL OR NEW.found = OLD.found))
          OR NEW.file NOT IN ('', OLD.file))
    EXECUTE FUNCTION core_owner_alone('what was found comes with its step');

-- A file of a revision is the one that was found in its upload: its name, size and digest. For everybody: a digest
-- that is another file's would be the ETag and the checksum of what people download.
CREATE FUNCTION catalogue_distribution_is_found() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM catalogue_revision AS revision JOIN catalogue_upload AS upload ON upload.id = revision.upload_id
         WHERE revision.id = NEW.revision_id
           AND NEW.file = CASE NEW.format WHEN 'parquet' THEN upload.parquet ELSE upload.csv END
           AND upload.found->NEW.format
               @> jsonb_build_object('size', NEW.size, 'sha256', NEW.sha256)
    ) THEN
        RAISE EXCEPTION 'catalogue_distribution_is_found: its upload has no such file' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalogue_distribution_is_found BEFORE INSERT ON catalogue_distribution
    FOR EACH ROW EXECUTE FUNCTION catalogue_distribution_is_found();

-- What a dataset says of itself: the newest event about it is an edit of each of these columns.
CREATE FUNCTION catalogue_dataset_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    changed text[];
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT array_agg(CASE one.key WHEN 'area_id' THEN 'area' ELSE one.key END) INTO changed
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

CREATE TRIGGER catalogue_dataset_told BEFORE UPDATE ON catalogue_dataset FOR EACH ROW
    WHEN ((OLD.title, OLD.description, OLD.keywords, OLD.theme, OLD.frequency, OLD.licence, OLD.high_value_category,
           OLD.area_id, OLD.first_day, OLD.last_day) IS DISTINCT FROM
          (NEW.title, NEW.description, NEW.keywords, NEW.theme, NEW.frequency, NEW.licence, NEW.high_value_category,
           NEW.area_id, NEW.first_day, NEW.last_day))
    EXECUTE FUNCTION catalogue_dataset_told();

-- Why it was withdrawn, and whether the city holds it back, as the newest of its steps tells: by one statement a
-- publisher could bring back what the steward has withdrawn.
CREATE FUNCTION catalogue_dataset_held_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT kind, note INTO told FROM core_event
     WHERE subject_type = 'catalogue.Dataset' AND subject_id = NEW.id::text
       AND kind IN ('dataset.withdrawn', 'dataset.restored') ORDER BY seq DESC LIMIT 1;
    IF (told.kind = 'dataset.withdrawn' AND NEW.state = 'withdrawn' AND NEW.reason = told.note
            AND (NEW.held OR NOT OLD.held)
        OR told.kind = 'dataset.restored' AND NEW.state = 'published' AND NEW.reason = '' AND NOT NEW.held
    ) IS NOT TRUE THEN
        RAISE EXCEPTION 'untold: no event tells that this dataset is held back, or no more' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER catalogue_dataset_held_told BEFORE UPDATE ON catalogue_dataset FOR EACH ROW
    WHEN ((OLD.held, OLD.reason) IS DISTINCT FROM (NEW.held, NEW.reason))
    EXECUTE FUNCTION catalogue_dataset_held_told();
CREATE TRIGGER catalogue_dataset_since BEFORE UPDATE ON catalogue_dataset FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');

-- A name goes with its person. At the end of the transaction: erasing a person tells so last.
CREATE FUNCTION catalogue_person_erased() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT core_owns(TG_RELID) AND NOT coalesce(accounts_is_erased(OLD.person_id), false) THEN
        RAISE EXCEPTION 'untold: no event tells that the person of this row is erased' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER catalogue_revision_person AFTER UPDATE ON catalogue_revision DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id) EXECUTE FUNCTION catalogue_person_erased();
CREATE CONSTRAINT TRIGGER catalogue_upload_person AFTER UPDATE ON catalogue_upload DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id OR OLD.name IS DISTINCT FROM NEW.name)
    EXECUTE FUNCTION catalogue_person_erased();

-- The report of what was left out stays with what can be published, and was.
CREATE FUNCTION catalogue_rejectedrow_stays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT core_owns(TG_RELID)
       AND EXISTS (SELECT FROM catalogue_upload WHERE id = OLD.upload_id AND state IN ('read', 'published'))
    THEN
        RAISE EXCEPTION 'catalogue_rejectedrow_stays: its upload can be published' USING ERRCODE = '23514';
    END IF;
    RETURN OLD;
END $$;

CREATE TRIGGER catalogue_rejectedrow_stays BEFORE DELETE ON catalogue_rejectedrow
    FOR EACH ROW EXECUTE FUNCTION catalogue_rejectedrow_stays();
