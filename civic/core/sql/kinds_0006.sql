-- The kinds of events have the form that civic/core/event_kinds.py gives them, `noun.past_participle` (DOMAIN 12): what
-- reads the log for a reader, or looks for a kind, is given nothing else. The owner is not judged (guards_0005.sql).
CREATE TRIGGER core_event_kind BEFORE INSERT ON core_event FOR EACH ROW
    WHEN (NEW.kind !~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$')
    EXECUTE FUNCTION core_owner_alone('a kind is a noun and a past participle');
