-- A step of an upload is put off no longer than the code does it, as civic/core/sql/queues_0007.sql says: ten minutes
-- at most (UploadStep.pauses). Somebody waits for it on the page of the upload.
CREATE TRIGGER catalogue_uploadstep_begins_soon BEFORE INSERT ON catalogue_uploadstep FOR EACH ROW
    WHEN (NEW.due_at > now() + interval '15 minutes' OR NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('is due within minutes, and leased for minutes');
CREATE TRIGGER catalogue_uploadstep_put_off BEFORE UPDATE ON catalogue_uploadstep FOR EACH ROW
    WHEN (NEW.due_at IS DISTINCT FROM OLD.due_at AND NEW.due_at > now() + interval '15 minutes'
          OR NEW.leased_until IS DISTINCT FROM OLD.leased_until AND NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('waits minutes at most, and is leased for minutes');
