-- An entry between whatever accounts is of something that is there, and moves no more than that: until now an invented
-- key moved money between accounts that are no campaign's and no fund's, and the key of a payment any sum of its
-- campaign's. Asked of whom the tables do not belong to alone, once an entry, at the end of its transaction.
CREATE FUNCTION payouts_entry_most(p_book text, p_key text) RETURNS numeric
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- In minor units; none where the key names nothing of this book. An invoice's entry moves gross and net at once.
    WITH named AS (
        SELECT split_part(p_key, ':', 1) AS word, split_part(p_key, ':', 2) AS text,
               split_part(p_key, ':', 3) AS step, split_part(p_key, ':', 4) AS deposit,
               CASE WHEN split_part(p_key, ':', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                   THEN split_part(p_key, ':', 2)::uuid END AS id
    )
    SELECT CASE
        WHEN word = 'charge' THEN (SELECT amount_minor FROM payments_charge WHERE id = named.id AND book = p_book
            AND state IN ('succeeded', 'disputed', 'won', 'lost'))
        WHEN word = 'dispute' THEN (SELECT max(dispute.amount_minor) FROM payments_dispute dispute
            JOIN payments_charge charge ON charge.id = dispute.charge_id
            WHERE charge.id = named.id AND charge.book = p_book)
        -- Of these there is one entry a row and step: another ending of the key would be a second one.
        WHEN word ~ '^(refund.*|statement|settlement|double|income|payout|payout.returned)$' AND step <> '' THEN NULL
        WHEN word LIKE 'refund%' THEN
            (SELECT amount_minor FROM payments_refund WHERE id = named.id AND book = p_book)
        WHEN word = 'claim' THEN (SELECT claim.amount_minor FROM payments_claim claim
            JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
            JOIN payments_charge charge ON charge.id = dispute.charge_id
            WHERE claim.id = named.id AND claim.state = 'paid' AND charge.book = p_book)
        WHEN word IN ('statement', 'settlement', 'double', 'income', 'taken') THEN
            (SELECT abs(line.amount_minor) FROM payments_statementline line
               JOIN payments_statement statement ON statement.id = line.statement_id
              WHERE line.digest = named.text AND statement.book = p_book)
        WHEN word IN ('payout', 'payout.returned') THEN
            (SELECT amount_minor FROM payments_transfer WHERE id = named.id AND book = p_book)
        WHEN word IN ('invoice', 'credit-note') THEN
            (SELECT 2 * abs(gross_minor) FROM invoicing_invoice WHERE number = named.text AND book = p_book)
        WHEN word LIKE 'milestone%' THEN (SELECT payout.amount_minor FROM payouts_payout payout
            JOIN campaigns_campaign campaign ON campaign.id = payout.campaign_id
            WHERE payout.id = named.id AND campaign.book = p_book)
        WHEN word = 'fund' THEN (SELECT deposit.amount_minor FROM matching_deposit deposit
            JOIN matching_matchfund fund ON fund.id = deposit.fund_id
            WHERE fund.id = named.id AND deposit.id::text = named.deposit AND fund.book = p_book)
        -- Between accounts of one campaign, or of one and its funds, as payouts_is_owed asks: no more than is there.
        WHEN word IN ('campaign', 'match', 'return') AND payouts_entry_campaign(p_book, p_key) IS NOT NULL THEN
            'infinity'::numeric
    END FROM named
$$;
CREATE OR REPLACE FUNCTION payouts_is_owed(p_entry uuid) RETURNS boolean
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
             ELSE entry.key !~ '^(match|campaign|milestone[^:]*|return):' END
    ) AND (
        SELECT coalesce(sum(posting.amount) FILTER (WHERE posting.amount > 0), 0)
                   <= coalesce(payouts_entry_most(entry.book, entry.key), -1)
          FROM ledger_entry entry LEFT JOIN ledger_posting posting ON posting.entry_id = entry.id
         WHERE entry.id = p_entry GROUP BY entry.id
    )
$$;
