-- As in entries_0017.sql; the kind of what makes a loss good is asked, since by another kind the entry itself is not
-- counted among those of its invoice (CA2 of 28 November), and its number, which is counted for the next (CA3).
CREATE OR REPLACE FUNCTION payouts_is_borne(p_entry uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- `dispute:<charge>:borne:later:<n>` or `invoice:<number>:borne:later:<n>`: out of the campaign's money, and of no
    -- more than has been a loss until now.
    WITH entry AS (
        SELECT id, book, kind, key, split_part(key, ':', 1) AS word, split_part(key, ':', 2) AS whose
          FROM ledger_entry WHERE id = p_entry
    ), returned AS (
        SELECT entry.id, entry.book, charge.id AS charge_id, invoice.number AS invoice,
               coalesce(sponsorship.campaign_id::text, split_part(charge.account, '/', 2)) AS campaign_id
          FROM entry
          LEFT JOIN payments_charge charge ON entry.word = 'dispute' AND charge.id::text = entry.whose
               AND charge.book = entry.book AND charge.account LIKE 'campaign/%'
          LEFT JOIN (invoicing_invoice invoice
               JOIN sponsorship_sponsorship sponsorship ON 'sponsorship/' || sponsorship.id = invoice.account)
               ON entry.word = 'invoice' AND invoice.number = entry.whose AND invoice.book = entry.book
         WHERE entry.key ~ '^[a-z]+:[^:]+:borne:later:[1-9][0-9]{0,3}$' AND entry.kind = 'dispute.borne'
           -- The next one: a number that is left out would be the name of the entry after it.
           AND (entry.key LIKE '%:1' OR EXISTS (
               SELECT FROM ledger_entry before WHERE before.book = entry.book AND before.key =
                   regexp_replace(entry.key, '[0-9]+$', (substring(entry.key FROM '[0-9]+$')::integer - 1)::text)))
    ), of_it AS (
        -- All entries of the same loss, this one among them.
        SELECT other.id FROM returned JOIN ledger_entry other ON other.book = returned.book AND (
            other.key LIKE 'dispute:' || returned.charge_id || ':%'
            OR other.key LIKE 'invoice:' || returned.invoice || ':%'
               AND other.kind IN ('invoice.loss', 'invoice.paid', 'dispute.borne')
            OR other.key IN (SELECT 'refund.taken_back:' || refund.id FROM payments_refund refund
                              WHERE refund.charge_id = returned.charge_id))
    )
    SELECT EXISTS (
        SELECT FROM returned WHERE returned.charge_id IS NOT NULL OR returned.invoice IS NOT NULL
    ) AND NOT EXISTS (
        SELECT FROM returned JOIN ledger_posting posting ON posting.entry_id = returned.id
          JOIN ledger_account account ON account.id = posting.account_id
         WHERE CASE WHEN posting.amount > 0 THEN account.code <> 'campaign/' || returned.campaign_id || '/committed'
                    ELSE account.code <> 'losses' END
    ) AND (
        SELECT coalesce(sum(posting.amount), 0) FROM of_it JOIN ledger_posting posting ON posting.entry_id = of_it.id
          JOIN ledger_account account ON account.id = posting.account_id AND account.code = 'losses'
    ) >= (
        SELECT coalesce(sum(claim.amount_minor), 0) FROM payments_claim claim
          JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
         WHERE dispute.charge_id IN (SELECT returned.charge_id FROM returned)
    )
$$;
CREATE OR REPLACE FUNCTION payouts_is_owed(p_entry uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- A match stays between its fund and its campaign, and a fund has set aside what its allocations say.
    WITH entry AS (
        SELECT id, book, key, payouts_entry_accounts(book, key) AS accounts FROM ledger_entry WHERE id = p_entry
    )
    -- Asked for its own entries alone: it reads all of a payment.
    SELECT CASE WHEN (SELECT key FROM entry) LIKE '%:borne:later:%' THEN payouts_is_borne(p_entry) ELSE NOT EXISTS (
        SELECT FROM entry JOIN ledger_posting posting ON posting.entry_id = entry.id
          JOIN ledger_account account ON account.id = posting.account_id,
               split_part(account.code, '/', 1) AS word, split_part(account.code, '/', 2) AS whose
         WHERE (CASE word
             WHEN 'campaign' THEN whose IS NOT DISTINCT FROM payouts_entry_campaign(entry.book, entry.key)
             WHEN 'fund' THEN whose IS NOT DISTINCT FROM payouts_entry_fund(entry.book, entry.key)
                 AND matching_fund_is_booked(whose::uuid)
             ELSE CASE WHEN posting.amount > 0 THEN '+' ELSE '-' END || account.code ~ ('^(' || entry.accounts || ')$')
         END) IS NOT TRUE
    ) AND (
        SELECT accounts IS NOT NULL AND coalesce(sum(posting.amount) FILTER (WHERE posting.amount > 0), 0)
                   <= coalesce(payouts_entry_most(entry.book, entry.key), -1)
          FROM entry LEFT JOIN ledger_posting posting ON posting.entry_id = entry.id
         GROUP BY entry.book, entry.key, accounts
    ) AND NOT EXISTS (
        -- Back to its fund goes no more than that has paid (CC5 of 28 November).
        SELECT FROM entry JOIN ledger_posting ours ON ours.entry_id = entry.id AND ours.amount > 0
          JOIN ledger_account campaign ON campaign.id = ours.account_id AND campaign.code LIKE 'campaign/%'
          JOIN ledger_posting theirs ON theirs.entry_id = entry.id
          JOIN ledger_account fund ON fund.id = theirs.account_id AND fund.code LIKE 'fund/%'
         WHERE matching_paid(entry.book, split_part(campaign.code, '/', 2), split_part(fund.code, '/', 2)) < 0
    ) END
$$;
