-- Durable work is put off no longer than the code does it (civic/core/work.py and row_steps.py), and held by a worker
-- for minutes: a row that is due in a thousand years is silenced as if it were done. Five minutes more are for clocks
-- of machines that differ. Deliveries and rows of the clock wait for twelve hours at most.
CREATE TRIGGER core_delivery_begins_soon BEFORE INSERT ON core_delivery FOR EACH ROW
    WHEN (NEW.due_at > now() + interval '12 hours 5 minutes' OR NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('is due within half a day, and leased for minutes');
CREATE TRIGGER core_delivery_put_off BEFORE UPDATE ON core_delivery FOR EACH ROW
    WHEN (NEW.due_at IS DISTINCT FROM OLD.due_at AND NEW.due_at > now() + interval '12 hours 5 minutes'
          OR NEW.leased_until IS DISTINCT FROM OLD.leased_until AND NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('waits half a day at most, and is leased for minutes');
CREATE TRIGGER core_putoff_begins_soon BEFORE INSERT ON core_putoff FOR EACH ROW
    WHEN (NEW.due_at > now() + interval '12 hours 5 minutes')
    EXECUTE FUNCTION core_owner_alone('is tried again within half a day');
CREATE TRIGGER core_putoff_put_off BEFORE UPDATE ON core_putoff FOR EACH ROW
    WHEN (NEW.due_at IS DISTINCT FROM OLD.due_at AND NEW.due_at > now() + interval '12 hours 5 minutes')
    EXECUTE FUNCTION core_owner_alone('is tried again within half a day');

-- Python reads no 'infinity': one in a row takes down each page that shows it. All columns of dates and moments of the
-- tables whose names begin so refuse it, once each; a migration that adds a column calls it again.
CREATE FUNCTION core_keep_finite(VARIADIC p_slices text[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    found record;
BEGIN
    FOR found IN
        SELECT relname, attname, left(relname || '_' || attname, 56) || '_finite' AS named
          FROM pg_class JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
         WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND split_part(relname, '_', 1) = ANY (p_slices)
           AND atttypid IN ('timestamptz'::regtype, 'date'::regtype)
         ORDER BY relname, attnum
    LOOP
        IF NOT EXISTS (SELECT FROM pg_constraint WHERE conname = found.named) THEN
            EXECUTE format('ALTER TABLE %I ADD CONSTRAINT %I CHECK (isfinite(%I))',
                           found.relname, found.named, found.attname);
        END IF;
    END LOOP;
END $$;
