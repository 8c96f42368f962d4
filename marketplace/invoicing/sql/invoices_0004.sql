-- A payment of an invoice may be lost in several disputes, a part in each (DOMAIN 5).
-- As in invoices.sql, over all reversals of a payment.
CREATE OR REPLACE FUNCTION invoicing_invoice_not_overpaid() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mother invoicing_invoice%ROWTYPE;
BEGIN
    SELECT * INTO mother FROM invoicing_invoice WHERE id = NEW.invoice_id FOR UPDATE;
    IF mother.kind <> 'invoice' OR mother.gross_minor < NEW.amount_minor + (
        SELECT coalesce(sum(amount_minor), 0) FROM invoicing_invoicepayment WHERE invoice_id = NEW.invoice_id
    ) - (
        SELECT coalesce(sum(reversal.amount_minor), 0) FROM invoicing_invoicepaymentreversal reversal
        JOIN invoicing_invoicepayment payment ON payment.id = reversal.payment_id
        WHERE payment.invoice_id = NEW.invoice_id
    ) - (
        SELECT coalesce(sum(gross_minor), 0) FROM invoicing_invoice WHERE corrects_id = NEW.invoice_id
    ) THEN
        RAISE EXCEPTION 'invoicing_invoice_not_overpaid: more than the invoice asks for'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION invoicing_reversal_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    gone record;
BEGIN
    SELECT coalesce(sum(amount_minor), 0) AS minor, coalesce(sum(net_minor), 0) AS net INTO gone
        FROM invoicing_invoicepaymentreversal WHERE payment_id = NEW.payment_id;
    IF NOT EXISTS (
        SELECT FROM invoicing_invoicepayment
        WHERE id = NEW.payment_id AND NEW.amount_minor + gone.minor <= amount_minor
          AND NEW.net_minor + gone.net <= net_minor
    ) THEN
        RAISE EXCEPTION 'invoicing_reversal_fits: more than was paid' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- The next dispute may run already when the loss is heard of: the dispute says it, not the state of its charge.
CREATE OR REPLACE FUNCTION invoicing_reversal_is_a_loss() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoicepayment payment
        JOIN payments_dispute dispute ON dispute.charge_id = payment.charge_id
        WHERE payment.id = NEW.payment_id AND dispute.id = NEW.dispute_id AND dispute.lost_minor >= NEW.amount_minor
          AND dispute.lost_minor > 0
    ) THEN
        RAISE EXCEPTION 'invoicing_reversal_is_a_loss: no dispute was lost' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
