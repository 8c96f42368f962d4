-- A file may come in parts: its bytes are counted, and its name in the storage is known only once it is whole. The
-- tables' owner is not judged (civic/core/sql/guards_0005.sql).
DROP TRIGGER catalogue_upload_begins ON catalogue_upload;
CREATE TRIGGER catalogue_upload_begins BEFORE INSERT ON catalogue_upload FOR EACH ROW
    WHEN (NEW.state <> 'receiving' OR NEW.found IS NOT NULL OR NEW.proposal IS NOT NULL
          OR NEW.received <> CASE NEW.file WHEN '' THEN 0 ELSE NEW.size END)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');

-- Bytes only come, and only while the file is on its way; what puts off its end is bytes alone.
CREATE TRIGGER catalogue_upload_received BEFORE UPDATE ON catalogue_upload FOR EACH ROW
    WHEN (OLD.received IS DISTINCT FROM NEW.received AND NOT (OLD.state = 'receiving' AND NEW.received > OLD.received)
          OR OLD.expires_at IS DISTINCT FROM NEW.expires_at AND NEW.received = OLD.received)
    EXECUTE FUNCTION core_owner_alone('is received byte by byte');

-- As it was (told_0006.sql), and the file's name and digest come once, before anybody has looked at it: by another name
-- any file of the storage would be read and published.
DROP TRIGGER catalogue_upload_found ON catalogue_upload;
CREATE TRIGGER catalogue_upload_found BEFORE UPDATE ON catalogue_upload FOR EACH ROW
    WHEN ((OLD.found, OLD.parquet, OLD.csv) IS DISTINCT FROM (NEW.found, NEW.parquet, NEW.csv)
          AND NOT (NEW.state = 'read' AND OLD.found IS NULL AND NEW.found IS NOT NULL)
          AND NOT (NEW.state NOT IN ('read', 'published') AND NEW.parquet = '' AND NEW.csv = ''
                   AND (NEW.found IS NULL OR NEW.found = OLD.found))
          OR (NEW.file NOT IN ('', OLD.file) OR NEW.sha256 <> OLD.sha256)
          AND NOT (OLD.file = '' AND OLD.sha256 = '' AND OLD.state = 'received' AND NEW.state = 'received'
                   AND NEW.sha256 <> '' AND NEW.proposal IS NULL
                   AND starts_with(NEW.file, 'catalogue/' || replace(NEW.id::text, '-', '') || '.')))
    EXECUTE FUNCTION core_owner_alone('what was found comes with its step');
