-- The event log fills its own outbox, and what the chain of seals covers stays. Guards DOMAIN 12.

-- Erasing a person may empty an event's note with its salt. The seals hash the note's salted digest, which
-- stays, so that the chain still proves that nothing else was changed.
CREATE FUNCTION core_event_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.note = '' THEN
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

CREATE TRIGGER core_event_guard BEFORE UPDATE OR DELETE ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_event_guard();

-- In the database, because whoever records an event must not be able to forget its consequences: notices,
-- payments and erasure wait for a row here.
CREATE FUNCTION core_event_outbox() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO core_outbox (event_id) VALUES (NEW.seq);
    RETURN NULL;
END $$;

CREATE TRIGGER core_event_outbox AFTER INSERT ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_event_outbox();

-- How SQL functions of other slices record an event: without a person and without a note. In one place, so
-- that a new column of the log is filled here and not in each of them.
CREATE FUNCTION core_record_event(
    p_kind text, p_subject_type text, p_subject_id text, p_at timestamptz, p_payload jsonb
) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO core_event (kind, subject_type, subject_id, at, payload, note, note_salt, note_digest)
    VALUES (p_kind, p_subject_type, p_subject_id, p_at, p_payload, '', '', '');
END $$;
