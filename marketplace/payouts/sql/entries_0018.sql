-- As in entries_0015.sql and entries_0016.sql; what is borne of a refund that has gone after all, or owed again of its
-- invoice, is what that has cost, once its event tells so (TI4 of 28 November); and the number of a first dispute is
-- none: with it the same key had another form, which moved the same sum again.
CREATE OR REPLACE FUNCTION payouts_entry_most(p_book text, p_key text) RETURNS numeric
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
        -- What a campaign bears of a dispute that was lost, or of a refund that has gone after all.
        WHEN word = 'dispute' AND p_key ~ ':borne$' THEN (SELECT dispute.lost_minor FROM payments_dispute dispute
            JOIN payments_charge charge ON charge.id = dispute.charge_id
            WHERE charge.id = named.id AND charge.book = p_book
              AND dispute.number::text = CASE step WHEN 'borne' THEN '1' ELSE step END)
        WHEN word = 'dispute' AND step = 'borne' THEN (SELECT again.loss FROM payments_refund refund
            CROSS JOIN LATERAL payments_taken_again(refund.id) again
            WHERE refund.id::text = deposit AND refund.charge_id = named.id AND refund.book = p_book)
        WHEN word = 'dispute' THEN (SELECT max(dispute.amount_minor) FROM payments_dispute dispute
            JOIN payments_charge charge ON charge.id = dispute.charge_id
            WHERE charge.id = named.id AND charge.book = p_book)
        -- Of these there is one entry a row and step: another ending of the key would be a second one.
        WHEN word ~ '^(refund.*|statement|settlement|double|income|short|twice|payout|payout.returned)$' AND step <> ''
            THEN NULL
        WHEN word LIKE 'refund%' THEN
            (SELECT amount_minor FROM payments_refund WHERE id = named.id AND book = p_book)
        WHEN word = 'claim' THEN (SELECT claim.amount_minor FROM payments_claim claim
            JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
            JOIN payments_charge charge ON charge.id = dispute.charge_id
            WHERE claim.id = named.id AND claim.state = 'paid' AND charge.book = p_book)
        WHEN word IN ('statement', 'settlement') THEN
            (SELECT abs(line.amount_minor) FROM payments_statementline line
               JOIN payments_statement statement ON statement.id = line.statement_id
              WHERE line.digest = named.text AND statement.book = p_book AND (word = 'settlement'
                 OR line.amount_minor > 0 OR line.proposal = 'fee' AND line.confirmed_by_id IS NOT NULL))
        -- What was kept of a refund that came back less.
        WHEN word = 'taken' AND step = 'fee' THEN (SELECT refund.amount_minor - (
                SELECT sum(part.minor) FROM payouts_credit_parts(line.id) part
                 WHERE part.became IN ('back', 'less') AND part.whose = 'refund:' || refund.id)
             FROM payments_statementline line JOIN payments_refund refund ON refund.id = line.refund_id
            WHERE line.digest = named.text AND refund.book = p_book AND line.proposal = word
              AND line.confirmed_by_id IS NOT NULL)
        WHEN word IN ('double', 'income', 'twice', 'taken') THEN (
            SELECT abs(line.amount_minor) - CASE word WHEN 'taken' THEN payouts_taken_besides(line.id, p_key) ELSE 0 END
              FROM payments_statementline line JOIN payments_statement statement ON statement.id = line.statement_id
             WHERE line.digest = named.text AND statement.book = p_book AND line.proposal = word
               AND line.confirmed_by_id IS NOT NULL)
        WHEN word = 'short' THEN (SELECT coalesce(refund.amount_minor, transfer.amount_minor) - line.amount_minor
             FROM payments_statementline line JOIN payments_statement statement ON statement.id = line.statement_id
             LEFT JOIN payments_refund refund ON refund.id = line.refund_id
             LEFT JOIN payments_transfer transfer ON transfer.id = line.transfer_id
            WHERE line.digest = named.text AND statement.book = p_book AND line.proposal = 'less'
              -- Of what had been sent back to its sender, the sender bears it.
              AND line.confirmed_by_id IS NOT NULL AND transfer.account IS DISTINCT FROM 'suspense')
        WHEN word IN ('payout', 'payout.returned') THEN
            (SELECT amount_minor FROM payments_transfer WHERE id = named.id AND book = p_book)
        WHEN word = 'invoice' AND p_key ~ ':reversed:refund:' THEN (
            SELECT again.took * CASE WHEN p_key ~ ':loss$' THEN 1 ELSE 2 END FROM payments_refund refund
            CROSS JOIN LATERAL payments_taken_again(refund.id) again
            WHERE refund.id::text = split_part(p_key, ':', 6) AND refund.book = p_book)
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
CREATE OR REPLACE FUNCTION payouts_entry_accounts(p_book text, p_key text) RETURNS text
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- A regular expression of what may be moved: "+bank" is a debit of it, "-bank" a credit. None where a key is of no
    -- form that is known, or names nothing.
    WITH cut AS (
        SELECT split_part(p_key, ':', 1) AS word, split_part(p_key, ':', 2) AS text,
               CASE WHEN split_part(p_key, ':', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                   THEN split_part(p_key, ':', 2)::uuid END AS id,
               CASE WHEN split_part(p_key, ':', 3) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                   THEN split_part(p_key, ':', 3)::uuid END AS second,
               substring(p_key FROM '^[^:]+:[^:]+:?(.*)$') AS steps
    ), named AS (
        SELECT *, CASE WHEN word IN ('charge', 'dispute') THEN id
                       WHEN word LIKE 'refund%' THEN (SELECT charge_id FROM payments_refund WHERE id = cut.id)
                       WHEN word = 'claim' THEN (SELECT charge_id FROM payments_dispute JOIN payments_claim claim
                           ON claim.dispute_id = payments_dispute.id WHERE claim.id = cut.id) END AS charge_id,
               -- Of a later dispute the number stands before its step, or behind where an invoice is owed again.
               coalesce(substring(steps FROM '^([2-9]|[1-9][0-9]+)(?=:|$)'),
                        substring(steps FROM 'reversed:([2-9]|[1-9][0-9]+)(?=:|$)'), '1')::numeric AS number
          FROM cut
    ), found AS (
        SELECT named.*, charge.account, (SELECT count(*) FROM payments_dispute dispute
                   WHERE dispute.charge_id = coalesce(named.charge_id, named.second)) >= number AS disputed,
               '(bank|provider/' || charge.provider || ')' AS there, charge.provider,
               (SELECT 'refund/(' || string_agg(id::text, '|') || ')' FROM payments_refund refund
                 WHERE refund.charge_id = charge.id) AS refunds,
               regexp_replace(steps, '^([2-9]|[1-9][0-9]+)(:|$)', '') AS step,
               -- A refund of the payment that has gone after all: the invoice is owed again by that, too.
               steps ~ '^[^:]+:reversed:refund:[^:]+(:loss)?$' AND EXISTS (SELECT FROM payments_refund refund
                   WHERE refund.id::text = split_part(steps, ':', 4) AND refund.charge_id = named.second) AS after_all
          FROM named LEFT JOIN payments_charge charge ON charge.id = named.charge_id
    )
    SELECT CASE
        WHEN word = 'charge' AND steps = '' THEN format('[+](%s|suspense)|-%s', there, account)
        WHEN word = 'charge' AND steps = 'fee' THEN format('[+]fees/%s|-%s', provider, there)
        WHEN word = 'dispute' AND disputed THEN CASE
            WHEN step = '' THEN format('[+]disputed|-%s', there)
            WHEN step = 'won' THEN format('[+]%s|-disputed', there)
            WHEN step = 'lost' THEN format('[+]%s|-disputed', account)
            WHEN step = 'loss' THEN '[+]losses|-disputed'
            -- Of a refund that has gone after all its key has no number, whichever dispute had paid it.
            WHEN step = 'borne' OR steps ~ '^borne:[0-9a-f-]{36}$' THEN '-losses'
            WHEN step ~ '^refund:[^:]+$' AND 'refund/' || split_part(step, ':', 2) ~ ('^' || refunds || '$') THEN
                format('[+]refund/%s|-disputed', split_part(step, ':', 2)) END
        WHEN word LIKE 'refund%' AND steps <> '' THEN NULL
        WHEN word = 'refund' THEN format('[+](%s|%s)|-refund/%s', account, refunds, id)
        WHEN word IN ('refund.done', 'refund.otherwise') THEN format('[+]refund/%s|-%s', id, there)
        WHEN word = 'refund.taken_back' AND EXISTS (SELECT FROM core_event
            WHERE subject_type = 'payments.Refund' AND subject_id = found.text AND kind = word) THEN
            format('[+](%s|losses|%s)|-refund/%s', account, refunds, id)
        WHEN word = 'refund.returned' THEN format('[+](%s|suspense)|-refund/%s', there, id)
        -- Numbered where the bank took a payment of it back.
        WHEN word = 'claim' AND steps ~ '^paid(:([2-9]|[1-9][0-9]+))?$' AND (
            SELECT count(*) FROM payments_charge WHERE purpose LIKE 'claim:' || found.id || '%'
        ) >= coalesce(nullif(split_part(steps, ':', 2), '')::numeric, 1) - 1 THEN
            format('[+](claim/%s%s)|-losses', id, coalesce('|' || refunds, ''))
        WHEN word = 'taken' AND steps IN ('suspense', 'income') THEN format('[+]%s|-bank', steps)
        WHEN word = 'taken' AND steps = 'loss' THEN '[+]losses|-bank'
        -- What came back less has gone after all: the fee is none.
        WHEN word = 'taken' AND steps = 'fee' THEN '[+]bank|-fees/bank'
        WHEN word = 'statement' AND steps = '' THEN (SELECT CASE WHEN amount_minor > 0
            THEN '[+]bank|-suspense' ELSE '[+]fees/bank|-bank' END
            FROM payments_statementline WHERE digest = found.text)
        WHEN word = 'settlement' AND steps = '' THEN '[+](bank|suspense)|-provider/[a-z]+'
        WHEN word = 'double' AND steps = '' THEN '[+]suspense|-bank'
        WHEN word = 'income' AND steps = '' THEN '[+]suspense|-income'
        WHEN word = 'short' AND steps = '' THEN '[+]fees/bank|-suspense'
        WHEN word = 'twice' AND steps = '' THEN '[+]losses|-bank'
        WHEN word IN ('payout', 'payout.returned') AND steps = '' THEN (SELECT format(
            CASE word WHEN 'payout' THEN '[+]%2$s|-(bank|provider/%1$s)'
                ELSE '[+](bank|provider/%1$s|suspense)|-%2$s' END, provider, transfer.account)
            FROM payments_transfer transfer WHERE transfer.id = found.id)
        WHEN word = 'invoice' AND (steps = '' OR second IS NOT NULL AND EXISTS (
            SELECT FROM invoicing_invoicepayment payment JOIN invoicing_invoice invoice ON invoice.id = invoice_id
             WHERE payment.charge_id = second AND invoice.number = found.text
        )) THEN (SELECT CASE
            WHEN steps = '' THEN format('[+]receivable/%s|-(%s/due|vat)', invoice.number, invoice.account)
            WHEN steps ~ '^[^:]+$' THEN
                format('[+]%2$s/(due|paid)|-(receivable/%1$s|losses)', invoice.number, invoice.account)
            WHEN disputed AND (steps ~ '^[^:]+:reversed(:([2-9]|[1-9][0-9]+))?$'
                OR after_all AND steps !~ ':loss$') THEN
                format('[+]receivable/%1$s|-(losses|%2$s/(due|paid))', invoice.number, invoice.account)
            WHEN disputed AND (steps ~ '^[^:]+:reversed(:([2-9]|[1-9][0-9]+))?:loss$' OR after_all)
            THEN format('[+]losses|-%s/due', invoice.account)
            END FROM invoicing_invoice invoice WHERE invoice.number = found.text)
        WHEN word = 'credit-note' AND steps = '' THEN (SELECT format('[+](%1$s/due|vat)|-(receivable/%2$s|%1$s/paid)',
            invoice.account, invoice.number) FROM invoicing_invoice note
            JOIN invoicing_invoice invoice ON invoice.id = note.corrects_id WHERE note.number = found.text)
        WHEN word = 'fund' AND steps ~ '^in:[^:]+$' THEN '[+](bank|suspense)'
        WHEN word = 'fund' AND steps ~ '^out:[^:]+$' AND EXISTS (SELECT FROM matching_deposit
            WHERE id::text = split_part(steps, ':', 2) AND taken_back_at IS NOT NULL) THEN '-bank'
        -- Nothing but accounts of campaigns and funds.
        WHEN word IN ('milestone', 'milestone.undone') AND steps ~ '^[0-9]{1,4}$' THEN
            (SELECT '' FROM payouts_payout payout WHERE payout.id = found.id
                AND steps::int BETWEEN 1 AND payout.attempt AND steps = steps::int::text)
        WHEN word IN ('campaign', 'match', 'return') THEN ''
    END FROM found
$$;
