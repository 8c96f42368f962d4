-- What a fund has paid to a campaign stands in the ledger: by the row alone no more of the campaign's money is owed to
-- its fund, and none of it is forgotten (CC4 of 28 November).
CREATE FUNCTION matching_paid(p_book text, p_campaign text, p_fund text) RETURNS numeric
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- In minor units: what came from the fund's accounts to the campaign's, less what went back.
    SELECT coalesce(-sum(posting.amount), 0) FROM ledger_account account
      JOIN ledger_posting posting ON posting.account_id = account.id
     WHERE account.book = p_book AND account.code = 'campaign/' || p_campaign || '/committed' AND EXISTS (
        SELECT FROM ledger_posting other JOIN ledger_account theirs ON theirs.id = other.account_id
         WHERE other.entry_id = posting.entry_id AND theirs.code LIKE 'fund/' || p_fund || '/%')
$$;
CREATE FUNCTION matching_allocation_is_paid() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.amount_minor = (
        SELECT matching_paid(fund.book, NEW.campaign_id::text, NEW.fund_id::text)
          FROM matching_matchfund fund WHERE fund.id = NEW.fund_id
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'allocation_is_paid: the ledger has paid another sum' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER matching_allocation_is_paid AFTER UPDATE ON matching_allocation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'paid' AND OLD.amount_minor IS DISTINCT FROM NEW.amount_minor)
    EXECUTE FUNCTION matching_allocation_is_paid();
