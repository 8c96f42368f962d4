-- Checkpoints, so that a balance is not summed from the first posting on. Guards DOMAIN 3: a false checkpoint
-- would be money from nowhere.

-- A checkpoint says what the postings say, and speaks of none that is still to come.
CREATE FUNCTION ledger_checkpoint_true() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    newest record;
    found_sum numeric;
BEGIN
    SELECT balance, last_posting INTO newest FROM ledger_checkpoint
        WHERE account_id = NEW.account_id AND last_posting < NEW.last_posting ORDER BY last_posting DESC LIMIT 1;
    SELECT coalesce(newest.balance, 0) + coalesce(sum(amount), 0) INTO found_sum FROM ledger_posting
        WHERE account_id = NEW.account_id AND id > coalesce(newest.last_posting, 0) AND id <= NEW.last_posting;
    IF found_sum <> NEW.balance OR NEW.last_posting > (SELECT coalesce(max(id), 0) FROM ledger_posting) THEN
        RAISE EXCEPTION 'checkpoint of account % does not follow from its postings', NEW.account_id
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_checkpoint_true BEFORE INSERT ON ledger_checkpoint
    FOR EACH ROW EXECUTE FUNCTION ledger_checkpoint_true();
