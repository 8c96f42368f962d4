-- An entry that moves money of a campaign or a fund is of something that is there and is theirs: its key names a
-- payment, a refund, a match or a payout, by docs/money.md. Without it anybody who may post sends a fund's money to a
-- campaign, or a campaign's out of the books, under an invented key. Guards DOMAIN 3, 4 and 6. Here, above all that
-- is named.
CREATE FUNCTION payouts_entry_campaign(p_book text, p_key text) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- The campaign whose money an entry with this key may move; none where it names nothing that is there.
    WITH named AS (
        SELECT split_part(p_key, ':', 1) AS word, split_part(p_key, ':', 2) AS number,
               CASE WHEN split_part(p_key, ':', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                   THEN split_part(p_key, ':', 2)::uuid END AS id
    )
    SELECT CASE
        WHEN word = 'campaign' THEN (SELECT id::text FROM campaigns_campaign WHERE id = named.id AND book = p_book)
        WHEN word IN ('charge', 'dispute') THEN
            (SELECT substring(account FROM '^campaign/([^/]+)/') FROM payments_charge
              WHERE id = named.id AND book = p_book)
        WHEN word LIKE 'refund%' THEN
            (SELECT substring(charge.account FROM '^campaign/([^/]+)/') FROM payments_refund refund
               JOIN payments_charge charge ON charge.id = refund.charge_id
              WHERE refund.id = named.id AND refund.book = p_book)
        WHEN word IN ('invoice', 'credit-note') THEN
            (SELECT sponsorship.campaign_id::text FROM invoicing_invoice invoice
               JOIN sponsorship_sponsorship sponsorship ON 'sponsorship/' || sponsorship.id = invoice.account
              WHERE invoice.number = named.number AND invoice.book = p_book)
        WHEN word LIKE 'milestone%' THEN (SELECT campaign_id::text FROM payouts_payout WHERE id = named.id)
        WHEN word IN ('payout', 'payout.returned') THEN
            (SELECT substring(account FROM '^campaign/([^/]+)/') FROM payments_transfer
              WHERE id = named.id AND book = p_book)
        WHEN word = 'return' THEN (SELECT campaign_id::text FROM payouts_return WHERE id = named.id)
        WHEN word = 'match' THEN
            (SELECT campaign_id::text FROM matching_allocation WHERE id = named.id
             UNION ALL SELECT allocation.campaign_id::text FROM matching_matchline line
                 JOIN matching_allocation allocation ON allocation.id = line.allocation_id WHERE line.id = named.id)
    END FROM named
$$;
CREATE FUNCTION payouts_entry_fund(p_book text, p_key text) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- The same for funds.
    WITH named AS (
        SELECT split_part(p_key, ':', 1) AS word, split_part(p_key, ':', 4) AS deposit,
               split_part(p_key, ':', 3) AS allocation,
               CASE WHEN split_part(p_key, ':', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                   THEN split_part(p_key, ':', 2)::uuid END AS id
    )
    SELECT CASE
        WHEN word = 'fund' THEN
            (SELECT fund_id::text FROM matching_deposit WHERE fund_id = named.id AND id::text = named.deposit
                AND confirmed_at IS NOT NULL)
        WHEN word IN ('payout', 'payout.returned') THEN
            (SELECT substring(account FROM '^fund/([^/]+)/') FROM payments_transfer
              WHERE id = named.id AND book = p_book)
        WHEN word = 'return' THEN
            (SELECT one.fund_id::text FROM matching_allocation one JOIN payouts_return back USING (campaign_id)
              WHERE back.id = named.id AND one.id::text = named.allocation)
        WHEN word = 'match' THEN
            (SELECT fund_id::text FROM matching_allocation WHERE id = named.id
             UNION ALL SELECT allocation.fund_id::text FROM matching_matchline line
                 JOIN matching_allocation allocation ON allocation.id = line.allocation_id WHERE line.id = named.id)
    END FROM named
$$;
CREATE FUNCTION payouts_is_owed(p_entry uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- A match stays between its fund and its campaign, and a fund has set aside what its allocations say.
    SELECT NOT EXISTS (
        SELECT FROM ledger_entry entry JOIN ledger_posting posting ON posting.entry_id = entry.id
          JOIN ledger_account account ON account.id = posting.account_id,
               split_part(account.code, '/', 1) AS word, split_part(account.code, '/', 2) AS whose
         WHERE entry.id = p_entry AND NOT CASE word
             WHEN 'campaign' THEN whose IS NOT DISTINCT FROM payouts_entry_campaign(entry.book, entry.key)
             WHEN 'fund' THEN whose IS NOT DISTINCT FROM payouts_entry_fund(entry.book, entry.key)
                 AND matching_fund_is_booked(whose::uuid)
             ELSE entry.key NOT LIKE 'match:%' END
    )
$$;
CREATE FUNCTION payouts_entry_is_owed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR payouts_is_owed(NEW.id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'entry_is_owed: % moves money of something else', NEW.key USING ERRCODE = '23514';
END $$;
-- At the end of the transaction: what it is of may be written after it.
CREATE CONSTRAINT TRIGGER payouts_entry_is_owed AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payouts_entry_is_owed();

-- Who approves a payout, or consents to it as one of two, is told as the actor: nobody approves in another's name
-- unseen.
CREATE FUNCTION payouts_approval_is_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR (
        SELECT count(*) FROM core_event WHERE subject_type = 'payouts.Payout' AND subject_id = NEW.payout_id::text
           AND kind IN ('payout.approved', 'payout.consented') AND actor = NEW.person_id
    ) >= (SELECT count(*) FROM payouts_approval WHERE payout_id = NEW.payout_id AND person_id = NEW.person_id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'approval_is_told: no event tells of it' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER payouts_approval_is_told AFTER INSERT ON payouts_approval
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payouts_approval_is_told();
