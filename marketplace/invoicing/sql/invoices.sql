-- What invoices hold in the database itself, whoever writes (the application role included).

CREATE FUNCTION invoicing_refuse(rule text, message text) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%: %', rule, message USING ERRCODE = '23514';
END $$;

-- Numbers without a gap: an invoice takes the next one of its series, and nothing else moves the series.
CREATE FUNCTION invoicing_invoice_numbered() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    series invoicing_invoiceseries%ROWTYPE;
BEGIN
    SELECT * INTO series FROM invoicing_invoiceseries WHERE id = NEW.series_id FOR UPDATE;
    IF NEW.serial <> series.last + 1 OR NEW.number <> series.prefix || lpad(NEW.serial::text, 5, '0') THEN
        PERFORM invoicing_refuse('invoicing_invoice_numbered', format('the next number is %s%s', series.prefix,
            lpad((series.last + 1)::text, 5, '0')));
    END IF;
    UPDATE invoicing_invoiceseries SET last = NEW.serial WHERE id = NEW.series_id;
    RETURN NEW;
END $$;
CREATE TRIGGER invoicing_invoice_numbered BEFORE INSERT ON invoicing_invoice
    FOR EACH ROW EXECUTE FUNCTION invoicing_invoice_numbered();

CREATE FUNCTION invoicing_series_counts() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    -- As it is at the commit, not as it was after each of the transaction's steps.
    IF (SELECT last FROM invoicing_invoiceseries WHERE id = NEW.id) <> (
        SELECT coalesce(max(serial), 0) FROM invoicing_invoice WHERE series_id = NEW.id
    ) THEN
        PERFORM invoicing_refuse('invoicing_series_counts', 'the last number is that of the last invoice');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER invoicing_series_counts AFTER INSERT OR UPDATE ON invoicing_invoiceseries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoicing_series_counts();

-- VAT is the net times its rate, rounded half up. A credit note corrects an invoice of the same account and buyer, at the
-- same rate, by no more than it was and within one minor unit of the exact tax (of a part, the rounding is left).
CREATE FUNCTION invoicing_invoice_right() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    exact bigint := round(NEW.net_minor::numeric * NEW.vat_rate_bp / 10000);
    mother invoicing_invoice%ROWTYPE;
BEGIN
    IF NEW.kind = 'invoice' THEN
        IF NEW.vat_minor <> exact THEN
            PERFORM invoicing_refuse('invoicing_invoice_right', 'VAT is wrong');
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO mother FROM invoicing_invoice WHERE id = NEW.corrects_id FOR UPDATE;
    IF mother.kind <> 'invoice' OR abs(NEW.vat_minor - exact) > 1
        OR NEW.net_minor < -mother.net_minor OR NEW.vat_minor < -mother.vat_minor
        OR (mother.account, mother.book, mother.organisation_id, mother.currency, mother.vat_rate_bp, mother.vat_category)
        IS DISTINCT FROM (NEW.account, NEW.book, NEW.organisation_id, NEW.currency, NEW.vat_rate_bp, NEW.vat_category) THEN
        PERFORM invoicing_refuse('invoicing_invoice_right', 'a credit note does not fit its invoice');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoicing_invoice_right BEFORE INSERT ON invoicing_invoice
    FOR EACH ROW EXECUTE FUNCTION invoicing_invoice_right();

-- All payments of an invoice together are never more than it asks for.
CREATE FUNCTION invoicing_invoice_not_overpaid() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    mother invoicing_invoice%ROWTYPE;
BEGIN
    SELECT * INTO mother FROM invoicing_invoice WHERE id = NEW.invoice_id FOR UPDATE;
    IF mother.kind <> 'invoice' OR mother.gross_minor < NEW.amount_minor + (
        SELECT coalesce(sum(amount_minor), 0) FROM invoicing_invoicepayment WHERE invoice_id = NEW.invoice_id
    ) - (
        SELECT coalesce(sum(gross_minor), 0) FROM invoicing_invoice WHERE corrects_id = NEW.invoice_id
    ) THEN
        PERFORM invoicing_refuse('invoicing_invoice_not_overpaid', 'more than the invoice asks for');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoicing_invoice_not_overpaid BEFORE INSERT ON invoicing_invoicepayment
    FOR EACH ROW EXECUTE FUNCTION invoicing_invoice_not_overpaid();

-- Invoices, their payments, documents and reminders are written once.
CREATE FUNCTION invoicing_written_once() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM invoicing_refuse('invoicing_written_once', TG_TABLE_NAME || ' is never changed or deleted');
    RETURN NULL;
END $$;
CREATE TRIGGER invoicing_written_once BEFORE UPDATE OR DELETE ON invoicing_invoice
    FOR EACH ROW EXECUTE FUNCTION invoicing_written_once();
CREATE TRIGGER invoicing_written_once BEFORE UPDATE OR DELETE ON invoicing_invoicepayment
    FOR EACH ROW EXECUTE FUNCTION invoicing_written_once();
CREATE TRIGGER invoicing_written_once BEFORE UPDATE OR DELETE ON invoicing_invoicedocument
    FOR EACH ROW EXECUTE FUNCTION invoicing_written_once();
CREATE TRIGGER invoicing_written_once BEFORE UPDATE ON invoicing_invoiceseries
    FOR EACH ROW WHEN (OLD.prefix <> NEW.prefix) EXECUTE FUNCTION invoicing_written_once();
CREATE TRIGGER invoicing_written_once BEFORE UPDATE OR DELETE ON invoicing_invoicereminder
    FOR EACH ROW EXECUTE FUNCTION invoicing_written_once();
CREATE TRIGGER invoicing_written_once BEFORE UPDATE OR DELETE ON invoicing_invoicepaymentreversal
    FOR EACH ROW EXECUTE FUNCTION invoicing_written_once();
