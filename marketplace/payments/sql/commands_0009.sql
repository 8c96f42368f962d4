-- A command to send money is over once its refund or transfer has been sent: without it somebody who marks the command
-- done, or given up, keeps money from whom it is owed to, and no queue shows it. Guards DOMAIN 4.
CREATE FUNCTION payments_command_was_carried_out() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NOT EXISTS (
        SELECT FROM payments_refund WHERE NEW.verb = 'refund' AND id = NEW.target AND state = 'requested'
        UNION ALL
        SELECT FROM payments_transfer WHERE NEW.verb = 'transfer' AND id = NEW.target AND state = 'requested'
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'command_was_carried_out: this money has not been sent' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER payments_command_carried_out BEFORE UPDATE ON payments_command FOR EACH ROW
    WHEN (NEW.verb IN ('refund', 'transfer')
          AND (NEW.done_at IS NOT NULL AND OLD.done_at IS NULL OR NEW.dead_at IS NOT NULL AND OLD.dead_at IS NULL))
    EXECUTE FUNCTION payments_command_was_carried_out();

-- Nor is it put off for ever, or held by a worker that never ends: `civic/core/work.py` waits an hour at most (the
-- longest of Command.pauses) and leases for two minutes. Five minutes more are for clocks of machines that differ.
CREATE TRIGGER payments_command_begins_soon BEFORE INSERT ON payments_command FOR EACH ROW
    WHEN (NEW.due_at > now() + interval '65 minutes' OR NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('a command is due within an hour, and leased for minutes');
CREATE TRIGGER payments_command_put_off BEFORE UPDATE ON payments_command FOR EACH ROW
    WHEN (NEW.due_at IS DISTINCT FROM OLD.due_at AND NEW.due_at > now() + interval '65 minutes'
          OR NEW.leased_until IS DISTINCT FROM OLD.leased_until AND NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('a command waits an hour at most, and is leased for minutes');
