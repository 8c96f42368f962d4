-- An invoice is paid by its own charges, and a payment is gone by a dispute that its charge has lost. Without it an
-- invoice could be paid with a backer's money, or be open again without a reason (DOMAIN 5).
CREATE FUNCTION invoicing_payment_is_its_charge() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM payments_charge charge JOIN invoicing_invoice invoice ON invoice.id = NEW.invoice_id
        WHERE charge.id = NEW.charge_id AND charge.account = invoice.account || '/paid'
          AND charge.purpose LIKE 'invoice:' || invoice.id || ':%'
          AND (charge.book, charge.currency) = (invoice.book, invoice.currency)
          AND charge.state IN ('succeeded', 'disputed', 'won', 'lost') AND charge.amount_minor >= NEW.amount_minor
    ) THEN
        RAISE EXCEPTION 'invoicing_payment_is_its_charge: this charge does not pay this invoice'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER invoicing_payment_is_its_charge BEFORE INSERT ON invoicing_invoicepayment
    FOR EACH ROW EXECUTE FUNCTION invoicing_payment_is_its_charge();

CREATE FUNCTION invoicing_reversal_is_a_loss() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoicepayment payment JOIN payments_charge charge ON charge.id = payment.charge_id
        WHERE payment.id = NEW.payment_id AND charge.state = 'lost'
    ) THEN
        RAISE EXCEPTION 'invoicing_reversal_is_a_loss: no dispute was lost' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER invoicing_reversal_is_a_loss BEFORE INSERT ON invoicing_invoicepaymentreversal
    FOR EACH ROW EXECUTE FUNCTION invoicing_reversal_is_a_loss();
