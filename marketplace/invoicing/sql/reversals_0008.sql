-- As in invoices_0004.sql; a row of a refund that has gone after all is bounded by that refund: with three transfers
-- the last one lost may be smaller (TI1 of 28 November).
CREATE OR REPLACE FUNCTION invoicing_reversal_is_a_loss() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoicepayment payment
        JOIN payments_dispute dispute ON dispute.charge_id = payment.charge_id
        WHERE payment.id = NEW.payment_id AND dispute.id = NEW.dispute_id AND dispute.lost_minor > 0
          AND (NEW.refund_id IS NOT NULL OR dispute.lost_minor >= NEW.amount_minor)
    ) THEN
        RAISE EXCEPTION 'invoicing_reversal_is_a_loss: no dispute was lost' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- A row says that what was lost has been taken off: of less than was taken it would end what the buyer owes (TI5).
CREATE FUNCTION invoicing_reversal_takes_all() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    paid record;
    taken numeric;
    waited numeric;
    stands numeric;
BEGIN
    SELECT payment.amount_minor, charge.id AS charge_id, charge.book, charge.amount_minor AS charged,
           (SELECT coalesce(sum(amount_minor), 0) FROM invoicing_creditedpayment WHERE payment_id = payment.id)
               AS credited,
           (SELECT coalesce(sum(amount_minor), 0) FROM invoicing_invoicepaymentreversal
             WHERE payment_id = payment.id) AS reversed,
           (SELECT coalesce(sum(amount_minor), 0) FROM invoicing_invoicepaymentreversal
             WHERE payment_id = payment.id AND refund_id IS NULL) AS by_disputes
      INTO paid FROM invoicing_invoicepayment payment JOIN payments_charge charge ON charge.id = payment.charge_id
     WHERE payment.id = NEW.payment_id;
    IF NEW.refund_id IS NOT NULL THEN
        SELECT took INTO taken FROM payments_taken_again(NEW.refund_id);
    ELSE
        -- As invoicing/operations/payments.py has it: first goes what waited on the charge's account.
        SELECT coalesce(-sum(posting.amount), 0) INTO taken
          FROM payments_dispute last JOIN payments_dispute dispute
               ON dispute.charge_id = last.charge_id AND dispute.number <= last.number AND dispute.lost_minor > 0
          JOIN ledger_entry entry ON entry.book = paid.book AND entry.key IN (
               SELECT 'dispute:' || paid.charge_id
                   || CASE WHEN dispute.number > 1 THEN ':' || dispute.number ELSE '' END || step
                 FROM unnest(ARRAY[':lost', ':loss']) step)
          JOIN ledger_posting posting ON posting.entry_id = entry.id
          JOIN ledger_account account ON account.id = posting.account_id AND account.code = 'disputed'
         WHERE last.id = NEW.dispute_id;
        SELECT greatest(0, paid.charged - paid.amount_minor + paid.credited - coalesce(sum(amount_minor), 0))
          INTO waited FROM payments_refund WHERE charge_id = paid.charge_id AND key NOT LIKE 'rest-of-%';
        taken := taken - waited - paid.by_disputes;
    END IF;
    stands := paid.amount_minor - paid.credited - paid.reversed;
    IF NEW.amount_minor < least(stands, taken) THEN
        RAISE EXCEPTION 'invoicing_reversal_takes_all: more of the payment is lost' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoicing_reversal_takes_all BEFORE INSERT ON invoicing_invoicepaymentreversal
    FOR EACH ROW EXECUTE FUNCTION invoicing_reversal_takes_all();

-- Nor is a row enough: what is owed again is in the ledger. At the end of the transaction, as it is written after it.
CREATE FUNCTION invoicing_reversal_is_booked() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoicepayment payment JOIN invoicing_invoice invoice ON invoice.id = payment.invoice_id
        JOIN payments_dispute dispute ON dispute.id = NEW.dispute_id
        JOIN ledger_entry entry ON entry.book = invoice.book
             AND entry.key = 'invoice:' || invoice.number || ':' || payment.charge_id || ':reversed'
                 || CASE WHEN NEW.refund_id IS NOT NULL THEN ':refund:' || NEW.refund_id
                         WHEN dispute.number > 1 THEN ':' || dispute.number ELSE '' END
        JOIN ledger_posting posting ON posting.entry_id = entry.id AND posting.amount = NEW.amount_minor
        JOIN ledger_account account ON account.id = posting.account_id
             AND account.code = 'receivable/' || invoice.number
        WHERE payment.id = NEW.payment_id
    ) THEN
        RAISE EXCEPTION 'invoicing_reversal_is_booked: it is not owed again' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoicing_reversal_is_booked AFTER INSERT ON invoicing_invoicepaymentreversal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.amount_minor > 0)
    EXECUTE FUNCTION invoicing_reversal_is_booked();
