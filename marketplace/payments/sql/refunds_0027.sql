-- As in refunds_0025.sql; a claim counts whether its payer has paid it or owes it still: what was lost and given back
-- beyond the payment is claimed, so that what is left of a refund which came back is within it (TI2 of 28 November).
CREATE OR REPLACE FUNCTION payments_refund_within_charge() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    charge record;
    gone numeric;
BEGIN
    SELECT amount_minor, currency, book INTO charge FROM payments_charge WHERE id = NEW.charge_id FOR UPDATE;
    SELECT (SELECT coalesce(sum(amount_minor), 0) FROM payments_refund
            WHERE charge_id = NEW.charge_id AND state <> 'covered')
        + (SELECT coalesce(sum(lost_minor), 0) FROM payments_dispute WHERE charge_id = NEW.charge_id)
        - (SELECT coalesce(sum(payments_claim_counts(claim.id, claim.amount_minor)), 0) FROM payments_claim claim
             JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
            WHERE dispute.charge_id = NEW.charge_id) INTO gone;
    IF (NEW.currency, NEW.book) <> (charge.currency, charge.book) OR gone + NEW.amount_minor > charge.amount_minor
    THEN
        RAISE EXCEPTION 'refunds exceed the charge' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION payments_taken_again(p_refund uuid) RETURNS TABLE (took numeric, loss numeric)
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- What a refund that has gone after all has taken of its payment once more, and of it the loss, without what its
    -- payer owes of it, as payments/operations/gone_after_all.py has it. Nothing of one that no event tells of.
    SELECT greatest(booked.held + booked.loss - owed.minor, 0), greatest(booked.loss - owed.minor, 0)
      FROM (SELECT coalesce(sum(posting.amount) FILTER (WHERE account.code = charge.account), 0) AS held,
                   coalesce(sum(posting.amount) FILTER (WHERE account.code = 'losses'), 0) AS loss
              FROM payments_refund refund JOIN payments_charge charge ON charge.id = refund.charge_id
              JOIN ledger_entry entry ON entry.book = refund.book AND entry.key = 'refund.taken_back:' || refund.id
              JOIN ledger_posting posting ON posting.entry_id = entry.id
              JOIN ledger_account account ON account.id = posting.account_id
             WHERE refund.id = p_refund AND EXISTS (SELECT FROM core_event
                WHERE subject_type = 'payments.Refund' AND subject_id = p_refund::text AND kind = 'refund.taken_back')
           ) booked,
           (SELECT coalesce(sum(amount_minor), 0) AS minor FROM payments_claim WHERE refund_id = p_refund) owed
$$;
