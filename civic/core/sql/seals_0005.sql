-- Seals over the event log follow from it, whoever writes them. Guards DOMAIN 12: one forged with a last event that is
-- still to come would end sealing for ever.

-- One spelling of a JSON value, as verify.py and seals.py have it: keys sorted by code point, no spaces.
CREATE FUNCTION core_canonical(value jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF jsonb_typeof(value) = 'object' THEN
        RETURN '{' || coalesce((
            SELECT string_agg(
                to_json(pair.key)::text || ':' || core_canonical(pair.value), ',' ORDER BY pair.key COLLATE "C")
            FROM jsonb_each(value) AS pair), '') || '}';
    ELSIF jsonb_typeof(value) = 'array' THEN
        RETURN '[' || coalesce((
            SELECT string_agg(core_canonical(item.value), ',' ORDER BY item.place)
            FROM jsonb_array_elements(value) WITH ORDINALITY AS item (value, place)), '') || ']';
    END IF;
    RETURN value::text;
END $$;

-- Until the caller's transaction ends no event is added, and none with a lower number can appear later: the lock waits
-- for writers under way. SECURITY DEFINER, because a role that may only add events may not lock the table.
CREATE FUNCTION core_hold_events() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    LOCK TABLE core_event IN SHARE MODE;
END $$;

-- A seal comes after the newest one, over events that are there, under a hash that follows from what it says. That its
-- digest is that of the events is for seals.verify: numbers in payloads are spelled by Python.
CREATE FUNCTION core_seal_follows() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    newest core_seal;
    counted record;
BEGIN
    SELECT * INTO newest FROM core_seal ORDER BY number DESC LIMIT 1;
    SELECT count(*) AS events, max(seq) AS last INTO counted FROM core_event
        WHERE seq > coalesce(newest.last_seq, 0) AND seq <= NEW.last_seq;
    IF (NEW.number, NEW.previous, NEW.events, NEW.last_seq) IS DISTINCT FROM
        (coalesce(newest.number, 0) + 1, coalesce(newest.hash, decode(repeat('00', 32), 'hex')),
         counted.events::integer, counted.last)
        OR length(NEW.digest) <> 32
        OR NEW.hash <> sha256(int8send(NEW.number) || NEW.previous || NEW.digest) THEN
        RAISE EXCEPTION 'seal % does not follow from the one before and the events', NEW.number
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER core_seal_follows BEFORE INSERT ON core_seal FOR EACH ROW EXECUTE FUNCTION core_seal_follows();

-- Numbers of events come from their sequence. One chosen near the largest possible number would stand behind every
-- later one, and no seal would be made any more.
CREATE FUNCTION core_event_numbered() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.seq > (SELECT last_value FROM core_event_seq_seq)
        OR NEW.seq <= coalesce((SELECT last_seq FROM core_seal ORDER BY number DESC LIMIT 1), 0) THEN
        RAISE EXCEPTION 'event numbered ahead of its sequence, or below a seal' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER core_event_numbered BEFORE INSERT ON core_event
    FOR EACH ROW EXECUTE FUNCTION core_event_numbered();
