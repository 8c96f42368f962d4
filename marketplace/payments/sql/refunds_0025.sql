-- As in disputes_0008.sql; what the payer has paid of claims has come in again, so that a refund may be owed of it: a
-- rest of one that has set another claim off (TH4 of 28 November). What a refund has set off is counted as covered.
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
            WHERE dispute.charge_id = NEW.charge_id AND claim.state = 'paid') INTO gone;
    IF (NEW.currency, NEW.book) <> (charge.currency, charge.book) OR gone + NEW.amount_minor > charge.amount_minor
    THEN
        RAISE EXCEPTION 'refunds exceed the charge' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- What had been sent back to its sender and came back has gone after all where the bank takes back the credit that had
-- brought it (TH5 of 28 November). Two finance officers have said that.
INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payments_transfer', 'take_back', 'reversed', 'settled');
CREATE FUNCTION payments_transfer_went_after_all() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.account = 'suspense' AND EXISTS (
        SELECT FROM payments_statementline line
          JOIN core_event event ON event.subject_type = 'payments.StatementLine'
                               AND event.subject_id = line.reverses_id::text
         WHERE line.state = 'settled' AND line.proposal = 'taken' AND line.confirmed_by_id IS NOT NULL
           AND event.payload->>'for' = 'transfer:' || NEW.id)
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'transfer_went_after_all: the bank has not taken back what brought it' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER payments_transfer_went_after_all AFTER UPDATE ON payments_transfer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state = 'reversed' AND NEW.state <> 'reversed')
    EXECUTE FUNCTION payments_transfer_went_after_all();
