-- A deposit whose credit the bank has taken back is in its fund no more: it can't be promised or given back again.
-- Guards DOMAIN 4.
CREATE OR REPLACE FUNCTION matching_paid_in(wanted uuid) RETURNS numeric LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (SELECT coalesce(sum(amount_minor), 0) FROM matching_deposit
            WHERE fund_id = wanted AND confirmed_at IS NOT NULL AND taken_back_at IS NULL)
        - (SELECT coalesce(sum(amount_minor), 0) FROM matching_fundreturn
           WHERE fund_id = wanted AND state IN ('sent', 'settled'))
$$;

CREATE FUNCTION matching_deposit_was_free() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- As in matching_match_within_fund: an allocation at the same moment waits for this, and sees it.
    PERFORM 1 FROM matching_matchfund WHERE id = NEW.fund_id FOR NO KEY UPDATE;
    IF (SELECT coalesce(sum(set_aside_minor), 0) FROM matching_allocation WHERE fund_id = NEW.fund_id)
        > matching_paid_in(NEW.fund_id)
    THEN
        RAISE EXCEPTION 'deposit_was_free: the fund has promised it' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER matching_deposit_was_free AFTER UPDATE ON matching_deposit FOR EACH ROW
    WHEN (OLD.taken_back_at IS DISTINCT FROM NEW.taken_back_at)
    EXECUTE FUNCTION matching_deposit_was_free();
CREATE TRIGGER matching_deposit_taken_back BEFORE UPDATE ON matching_deposit FOR EACH ROW
    WHEN (OLD.taken_back_at IS NULL AND NEW.taken_back_at IS NOT NULL)
    EXECUTE FUNCTION core_told('matching.Deposit', 'id', 'deposit.taken_back');
CREATE TRIGGER matching_deposit_stays_gone BEFORE UPDATE ON matching_deposit FOR EACH ROW
    WHEN (OLD.taken_back_at IS NOT NULL AND OLD.taken_back_at IS DISTINCT FROM NEW.taken_back_at)
    EXECUTE FUNCTION core_row_stays();
