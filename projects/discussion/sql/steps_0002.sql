-- The states of cases of moderation: how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('discussion_moderationcase', 'hide', 'reported', 'hidden'),
    ('discussion_moderationcase', 'keep', 'reported', 'kept'),
    ('discussion_moderationcase', 'edit', 'reported', 'edited'),
    ('discussion_moderationcase', 'appeal', 'hidden', 'appealed'),
    ('discussion_moderationcase', 'appeal', 'kept', 'appealed'),
    ('discussion_moderationcase', 'appeal', 'edited', 'appealed'),
    ('discussion_moderationcase', 'uphold', 'appealed', 'upheld'),
    ('discussion_moderationcase', 'overturn', 'appealed', 'overturned');
CREATE TRIGGER discussion_moderationcase_begins BEFORE INSERT ON discussion_moderationcase FOR EACH ROW
    WHEN (NEW.state <> 'reported' OR NEW.decided_by_id IS NOT NULL OR NEW.decided_at IS NOT NULL
          OR NEW.reviewed_by_id IS NOT NULL OR NEW.reviewed_at IS NOT NULL OR NEW.appealed_at IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER discussion_moderationcase_steps BEFORE UPDATE ON discussion_moderationcase FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('discussion.ModerationCase');

-- Erasing a person takes the name off.
CREATE TRIGGER discussion_comment_forgets BEFORE UPDATE ON discussion_comment FOR EACH ROW
    WHEN (NEW.author_id IS NOT NULL AND OLD.author_id IS DISTINCT FROM NEW.author_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
CREATE TRIGGER discussion_moderationcase_forgets BEFORE UPDATE ON discussion_moderationcase FOR EACH ROW
    WHEN (NEW.author_id IS NOT NULL AND OLD.author_id IS DISTINCT FROM NEW.author_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
CREATE TRIGGER discussion_report_forgets BEFORE UPDATE ON discussion_report FOR EACH ROW
    WHEN (NEW.reporter_id IS NOT NULL AND OLD.reporter_id IS DISTINCT FROM NEW.reporter_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
