-- Whoever records an event cannot keep it from those who are to hear of it (DOMAIN 12): the notice of a changed
-- password was deleted from the outbox in the transaction that changed it. The tables' owner is not judged
-- (guards_0005.sql).

-- Which handler hears of which kind: after each migrate the code's own (civic.core.events.write_handled), because the
-- database cannot ask Python. Handlers that one delivery serves for several events (`once_per`) are not named here.
CREATE TABLE core_handled (
    kind text NOT NULL,
    handler text NOT NULL,
    PRIMARY KEY (kind, handler)
);

-- An event leaves the outbox once its deliveries are there. A worker of the version before, which does not know a new
-- handler, is refused too, and the event waits for one that does.
CREATE FUNCTION core_outbox_delivered() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NOT EXISTS (
        SELECT FROM core_event event JOIN core_handled handled ON handled.kind = event.kind
         WHERE event.seq = OLD.event_id AND NOT EXISTS (
               SELECT FROM core_delivery WHERE event_id = OLD.event_id AND core_delivery.handler = handled.handler)
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'undelivered: a handler of this event has no delivery yet' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER core_outbox_delivered BEFORE DELETE ON core_outbox
    FOR EACH ROW EXECUTE FUNCTION core_outbox_delivered();
CREATE TRIGGER core_outbox_keeps BEFORE UPDATE ON core_outbox FOR EACH ROW
    WHEN (OLD.event_id <> NEW.event_id)
    EXECUTE FUNCTION core_owner_alone('stays the row of its event');

-- A delivery begins open, and is done by a worker who took it before (civic/core/work.py).
CREATE TRIGGER core_delivery_begins BEFORE INSERT ON core_delivery FOR EACH ROW
    WHEN (NEW.done_at IS NOT NULL OR NEW.dead_at IS NOT NULL OR NEW.lease IS NOT NULL OR NEW.attempts <> 0)
    EXECUTE FUNCTION core_owner_alone('begins open');
CREATE TRIGGER core_delivery_done BEFORE UPDATE ON core_delivery FOR EACH ROW
    WHEN (NEW.done_at IS NOT NULL AND OLD.done_at IS NULL AND (OLD.lease IS NULL OR OLD.attempts = 0))
    EXECUTE FUNCTION core_owner_alone('is done by the worker who took it');
-- Given up by such a worker too, or by somebody of the desk, which is told.
CREATE TRIGGER core_delivery_given_up BEFORE UPDATE ON core_delivery FOR EACH ROW
    WHEN (NEW.dead_at IS NOT NULL AND OLD.dead_at IS NULL AND OLD.lease IS NULL)
    EXECUTE FUNCTION core_told('core.Delivery', 'id', 'job.discarded');

-- What the clock does when: a task that is switched off, or called every five seconds, is told by the database itself,
-- because the scheduler's library and its pages write these tables. The scheduler's own notes are no change.
CREATE FUNCTION core_tell_clock_task() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - ARRAY['last_run_at', 'total_run_count', 'date_changed']
                           IS DISTINCT FROM to_jsonb(NEW) - ARRAY['last_run_at', 'total_run_count', 'date_changed'] THEN
        PERFORM core_record_event('clock_task.changed', TG_ARGV[0], OLD.id::text, now(), '{}');
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER django_celery_beat_periodictask_told AFTER UPDATE OR DELETE ON django_celery_beat_periodictask
    FOR EACH ROW EXECUTE FUNCTION core_tell_clock_task('django_celery_beat.PeriodicTask');
CREATE TRIGGER django_celery_beat_intervalschedule_told AFTER UPDATE OR DELETE ON django_celery_beat_intervalschedule
    FOR EACH ROW EXECUTE FUNCTION core_tell_clock_task('django_celery_beat.IntervalSchedule');
CREATE TRIGGER django_celery_beat_crontabschedule_told AFTER UPDATE OR DELETE ON django_celery_beat_crontabschedule
    FOR EACH ROW EXECUTE FUNCTION core_tell_clock_task('django_celery_beat.CrontabSchedule');
