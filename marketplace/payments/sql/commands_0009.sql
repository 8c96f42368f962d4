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
