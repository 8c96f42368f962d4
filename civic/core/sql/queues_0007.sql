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
