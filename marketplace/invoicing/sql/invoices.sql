-- Numbers without a gap, right tax, and papers that stay: what § 14 UStG and Directive 2006/112/EC, Article
-- 226, ask of invoices, and DOMAIN 5 (no invoice counts for more than was paid).

-- An invoice takes the next number of its series under the series' lock: two at once would otherwise take the
-- same number, and a sequence would leave a gap where a transaction fails.
CREATE FUNCTION invoicing_invoice_numbered() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    series invoicing_invoiceseries%ROWTYPE;
BEGIN
    SELECT * INTO series FROM invoicing_invoiceseries WHERE id = NEW.series_id FOR UPDATE;
    IF NEW.serial <> series.last + 1 OR NEW.number <> series.prefix || lpad(NEW.serial::text, 5, '0') THEN
        RAISE EXCEPTION 'invoicing_invoice_numbered: the next number is %',
            series.prefix || lpad((series.last + 1)::text, 5, '0') USING ERRCODE = '23514';
    END IF;
    UPDATE invoicing_invoiceseries SET last = NEW.serial WHERE id = NEW.series_id;
    RETURN NEW;
END $$;

CREATE TRIGGER invoicing_invoice_numbered BEFORE INSERT ON invoicing_invoice
    FOR EACH ROW EXECUTE FUNCTION invoicing_invoice_numbered();

-- Nothing but an invoice moves its series. Deferred: as it is at the commit, not after each step of the
-- transaction.
CREATE FUNCTION invoicing_series_counts() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT last FROM invoicing_invoiceseries WHERE id = NEW.id) <> (
        SELECT coalesce(max(serial), 0) FROM invoicing_invoice WHERE series_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'invoicing_series_counts: the last number is that of the last invoice'
            USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER invoicing_series_counts AFTER INSERT OR UPDATE ON invoicing_invoiceseries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION invoicing_series_counts();

-- VAT is the net times its rate, rounded half up. A credit note corrects an invoice of the same account and
-- buyer, at the same rate, by no more than it was and within one minor unit of the exact tax (of a part, the
-- rounding is left).
CREATE FUNCTION invoicing_invoice_right() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    exact bigint := round(NEW.net_minor::numeric * NEW.vat_rate_bp / 10000);
    mother invoicing_invoice%ROWTYPE;
BEGIN
    IF NEW.kind = 'invoice' THEN
        IF NEW.vat_minor <> exact THEN
            RAISE EXCEPTION 'invoicing_invoice_right: VAT is wrong' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO mother FROM invoicing_invoice WHERE id = NEW.corrects_id FOR UPDATE;
    IF mother.kind <> 'invoice' OR abs(NEW.vat_minor - exact) > 1
        OR NEW.net_minor < -mother.net_minor OR NEW.vat_minor < -mother.vat_minor
        OR (mother.account, mother.book, mother.organisation_id, mother.currency,
            mother.vat_rate_bp, mother.vat_category)
        IS DISTINCT FROM
        (NEW.account, NEW.book, NEW.organisation_id, NEW.currency, NEW.vat_rate_bp, NEW.vat_category) THEN
        RAISE EXCEPTION 'invoicing_invoice_right: a credit note does not fit its invoice'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER invoicing_invoice_right BEFORE INSERT ON invoicing_invoice
    FOR EACH ROW EXECUTE FUNCTION invoicing_invoice_right();

-- All payments of an invoice that stand are together never more than it asks for. FOR UPDATE: two payments at once
-- would each sum without the other.
CREATE FUNCTION invoicing_invoice_not_overpaid() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    mother invoicing_invoice%ROWTYPE;
BEGIN
    SELECT * INTO mother FROM invoicing_invoice WHERE id = NEW.invoice_id FOR UPDATE;
    IF mother.kind <> 'invoice' OR mother.gross_minor < NEW.amount_minor + (
        SELECT coalesce(sum(payment.amount_minor - coalesce(reversal.amount_minor, 0)), 0)
        FROM invoicing_invoicepayment payment
        LEFT JOIN invoicing_invoicepaymentreversal reversal ON reversal.payment_id = payment.id
        WHERE payment.invoice_id = NEW.invoice_id
    ) - (
        SELECT coalesce(sum(gross_minor), 0) FROM invoicing_invoice WHERE corrects_id = NEW.invoice_id
    ) THEN
        RAISE EXCEPTION 'invoicing_invoice_not_overpaid: more than the invoice asks for'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER invoicing_invoice_not_overpaid BEFORE INSERT ON invoicing_invoicepayment
    FOR EACH ROW EXECUTE FUNCTION invoicing_invoice_not_overpaid();

-- No more of a payment is gone than arrived.
CREATE FUNCTION invoicing_reversal_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoicepayment
        WHERE id = NEW.payment_id AND NEW.amount_minor <= amount_minor AND NEW.net_minor <= net_minor
    ) THEN
        RAISE EXCEPTION 'invoicing_reversal_fits: more than was paid' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER invoicing_reversal_fits BEFORE INSERT ON invoicing_invoicepaymentreversal
    FOR EACH ROW EXECUTE FUNCTION invoicing_reversal_fits();

-- Invoices, their payments, documents and reminders are written once: a mistake is corrected by a credit
-- note.
CREATE TRIGGER invoicing_invoice_append_only BEFORE UPDATE OR DELETE ON invoicing_invoice
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER invoicing_invoicepayment_append_only BEFORE UPDATE OR DELETE ON invoicing_invoicepayment
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER invoicing_invoicepaymentreversal_append_only BEFORE UPDATE OR DELETE ON invoicing_invoicepaymentreversal
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER invoicing_invoicedocument_append_only BEFORE UPDATE OR DELETE ON invoicing_invoicedocument
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER invoicing_invoicereminder_append_only BEFORE UPDATE OR DELETE ON invoicing_invoicereminder
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER invoicing_invoiceseries_stays BEFORE UPDATE ON invoicing_invoiceseries
    FOR EACH ROW WHEN (OLD.prefix <> NEW.prefix) EXECUTE FUNCTION core_row_stays();
