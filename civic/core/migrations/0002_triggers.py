"""The event log cannot be changed, and fills its own outbox."""

from django.db import migrations

APPEND_ONLY = """
CREATE FUNCTION core_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

CREATE FUNCTION core_event_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.note = '' THEN
        -- Erasure: the note and its salt may go, everything that the chain covers stays.
        NEW.note_salt = OLD.note_salt;
        NEW.note = OLD.note;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.note_salt = '';
            NEW.note = '';
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

CREATE FUNCTION core_event_outbox() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO core_outbox (event_id) VALUES (NEW.seq);
    RETURN NULL;
END $$;

CREATE TRIGGER core_event_guard BEFORE UPDATE OR DELETE ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_event_guard();
CREATE TRIGGER core_event_outbox AFTER INSERT ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_event_outbox();
CREATE TRIGGER core_seal_append_only BEFORE UPDATE OR DELETE ON core_seal
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
"""

BACK = """
DROP TRIGGER core_seal_append_only ON core_seal;
DROP TRIGGER core_event_outbox ON core_event;
DROP TRIGGER core_event_guard ON core_event;
DROP FUNCTION core_event_outbox();
DROP FUNCTION core_event_guard();
DROP FUNCTION core_append_only();
"""


class Migration(migrations.Migration):
    dependencies = [("core", "0001_initial")]
    operations = [migrations.RunSQL(APPEND_ONLY, BACK)]
