-- The states of sources and harvests, as in steps_0002.sql. Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('catalogue_source', 'pause', 'active', 'paused'),
    ('catalogue_source', 'resume', 'paused', 'active'),
    ('catalogue_harvest', 'hold', 'running', 'waiting'),
    ('catalogue_harvest', 'confirm', 'waiting', 'running'),
    ('catalogue_harvest', 'decline', 'waiting', 'declined'),
    ('catalogue_harvest', 'complete', 'running', 'done'),
    ('catalogue_harvest', 'fail', 'running', 'failed');
CREATE TRIGGER catalogue_source_begins BEFORE INSERT ON catalogue_source FOR EACH ROW
    WHEN (NEW.state <> 'active')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER catalogue_source_steps BEFORE UPDATE ON catalogue_source FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('catalogue.Source');
CREATE TRIGGER catalogue_harvest_begins BEFORE INSERT ON catalogue_harvest FOR EACH ROW
    WHEN (NEW.state <> 'running' OR NEW.reason <> ''
          OR NEW.found + NEW.leaving + NEW.created + NEW.updated + NEW.unchanged + NEW.linked + NEW.removed
             + NEW.failed > 0)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER catalogue_harvest_steps BEFORE UPDATE ON catalogue_harvest FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('catalogue.Harvest');

-- Both are told of before they are written, and what a harvest came to stays as it ended.
CREATE TRIGGER catalogue_source_told BEFORE INSERT ON catalogue_source FOR EACH ROW
    EXECUTE FUNCTION core_told('catalogue.Source', 'id', 'source.added');
CREATE TRIGGER catalogue_harvest_told BEFORE INSERT ON catalogue_harvest FOR EACH ROW
    EXECUTE FUNCTION core_told('catalogue.Harvest', 'id', 'harvest.begun');
CREATE TRIGGER catalogue_harvest_stays BEFORE UPDATE ON catalogue_harvest FOR EACH ROW
    WHEN (OLD.state IN ('done', 'failed', 'declined'))
    EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER catalogue_source_since BEFORE UPDATE ON catalogue_source FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');
