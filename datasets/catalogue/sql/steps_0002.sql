-- The states of datasets and uploads: how rows begin and move when it is not the tables' owner who writes
-- (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('catalogue_dataset', 'publish', 'draft', 'published'),
    ('catalogue_dataset', 'withdraw', 'published', 'withdrawn'),
    ('catalogue_dataset', 'restore', 'withdrawn', 'published'),
    ('catalogue_upload', 'receive', 'receiving', 'received'),
    ('catalogue_upload', 'propose', 'received', 'proposed'),
    ('catalogue_upload', 'confirm', 'proposed', 'confirmed'),
    ('catalogue_upload', 'read', 'confirmed', 'read'),
    ('catalogue_upload', 'confirm', 'read', 'confirmed'),
    ('catalogue_upload', 'publish', 'read', 'published'),
    ('catalogue_upload', 'refuse', 'received', 'refused'),
    ('catalogue_upload', 'refuse', 'confirmed', 'refused'),
    ('catalogue_upload', 'discard', 'receiving', 'discarded'),
    ('catalogue_upload', 'discard', 'received', 'discarded'),
    ('catalogue_upload', 'discard', 'proposed', 'discarded'),
    ('catalogue_upload', 'discard', 'confirmed', 'discarded'),
    ('catalogue_upload', 'discard', 'read', 'discarded'),
    ('catalogue_upload', 'expire', 'receiving', 'expired'),
    ('catalogue_upload', 'expire', 'received', 'expired'),
    ('catalogue_upload', 'expire', 'proposed', 'expired'),
    ('catalogue_upload', 'expire', 'confirmed', 'expired'),
    ('catalogue_upload', 'expire', 'read', 'expired');
CREATE TRIGGER catalogue_dataset_begins BEFORE INSERT ON catalogue_dataset FOR EACH ROW
    WHEN (NEW.state <> 'draft' OR NEW.latest <> 0 OR NEW.revised_at IS NOT NULL OR NEW.held)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER catalogue_dataset_steps BEFORE UPDATE ON catalogue_dataset FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('catalogue.Dataset');
CREATE TRIGGER catalogue_upload_begins BEFORE INSERT ON catalogue_upload FOR EACH ROW
    WHEN (NEW.state <> 'receiving' OR NEW.found IS NOT NULL OR NEW.proposal IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER catalogue_upload_steps BEFORE UPDATE ON catalogue_upload FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('catalogue.Upload');

-- A revision is told of before it is written.
CREATE TRIGGER catalogue_revision_told BEFORE INSERT ON catalogue_revision FOR EACH ROW
    EXECUTE FUNCTION core_told('catalogue.Revision', 'id', 'revision.published');

-- What was published stays as it was published: also the names of its files, by which strays are told apart.
CREATE TRIGGER catalogue_upload_published_stays BEFORE UPDATE ON catalogue_upload FOR EACH ROW
    WHEN (OLD.state = 'published' AND
        (OLD.file, OLD.parquet, OLD.csv, OLD.found, OLD.answers) IS DISTINCT FROM
        (NEW.file, NEW.parquet, NEW.csv, NEW.found, NEW.answers))
    EXECUTE FUNCTION core_row_stays();

-- Erasing a person takes the name off.
CREATE TRIGGER catalogue_upload_forgets BEFORE UPDATE ON catalogue_upload FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
