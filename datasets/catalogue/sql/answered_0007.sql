-- What is remembered for the next file comes with a revision, and a dataset is held back as it is withdrawn (AX9 of 27
-- November). The table's owner is not judged (civic/core/sql/guards_0005.sql).

-- What its publisher has answered, and how the columns of a table of the exchange are read.
CREATE TRIGGER catalogue_dataset_answers BEFORE UPDATE ON catalogue_dataset FOR EACH ROW
    WHEN (OLD.answers IS DISTINCT FROM NEW.answers AND OLD.latest = NEW.latest)
    EXECUTE FUNCTION core_owner_alone('answers are remembered with a revision');

-- As in told_0006.sql; what its publisher has withdrawn the city does not hold back later, and nobody brings it back.
CREATE OR REPLACE FUNCTION catalogue_dataset_held_told() RETURNS trigger
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
            AND (NEW.held = OLD.held OR NEW.held AND OLD.reason = '')
        OR told.kind = 'dataset.restored' AND NEW.state = 'published' AND NEW.reason = '' AND NOT NEW.held
    ) IS NOT TRUE THEN
        RAISE EXCEPTION 'untold: no event tells that this dataset is held back, or no more' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
