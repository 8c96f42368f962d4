-- An invoice may have several credit notes, which together never exceed it, and each says what of which payment it
-- gives back (DOMAIN 5; EN 16931 BG-3).

-- As in invoices.sql, over all credit notes of an invoice; each may leave the rounding of its VAT to the next. The
-- invoice is locked first: two notes at once would each sum without the other.
CREATE OR REPLACE FUNCTION invoicing_invoice_right() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    exact bigint := round(NEW.net_minor::numeric * NEW.vat_rate_bp / 10000);
    mother invoicing_invoice%ROWTYPE;
    before record;
BEGIN
    IF NEW.kind = 'invoice' THEN
        IF NEW.vat_minor <> exact THEN
            RAISE EXCEPTION 'invoicing_invoice_right: VAT is wrong' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO mother FROM invoicing_invoice WHERE id = NEW.corrects_id FOR UPDATE;
    SELECT count(*) AS notes, coalesce(sum(net_minor), 0) AS net, coalesce(sum(vat_minor), 0) AS vat INTO before
        FROM invoicing_invoice WHERE corrects_id = NEW.corrects_id;
    IF mother.kind <> 'invoice' OR abs(NEW.vat_minor - exact) > 1 + before.notes
        OR NEW.net_minor + before.net < -mother.net_minor OR NEW.vat_minor + before.vat < -mother.vat_minor
        OR (mother.account, mother.book, mother.organisation_id, mother.currency,
            mother.vat_rate_bp, mother.vat_category)
        IS DISTINCT FROM
        (NEW.account, NEW.book, NEW.organisation_id, NEW.currency, NEW.vat_rate_bp, NEW.vat_category) THEN
        RAISE EXCEPTION 'invoicing_invoice_right: a credit note does not fit its invoice'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- As in invoices_0004.sql; what a credit note gives back is not paid any more.
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
        SELECT coalesce(sum(back.amount_minor), 0) FROM invoicing_creditedpayment back
        JOIN invoicing_invoicepayment payment ON payment.id = back.payment_id
        WHERE payment.invoice_id = NEW.invoice_id
    ) - (
        SELECT coalesce(sum(gross_minor), 0) FROM invoicing_invoice WHERE corrects_id = NEW.invoice_id
    ) THEN
        RAISE EXCEPTION 'invoicing_invoice_not_overpaid: more than the invoice asks for'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- Disputes and credit notes together take no more of a payment than arrived; a note gives back what was paid for its
-- own invoice, and no more than it is over. The payment is locked: each would sum without the other.
CREATE OR REPLACE FUNCTION invoicing_reversal_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    payment invoicing_invoicepayment%ROWTYPE;
    gone record;
BEGIN
    SELECT * INTO payment FROM invoicing_invoicepayment WHERE id = NEW.payment_id FOR UPDATE;
    SELECT coalesce(sum(amount_minor), 0) AS minor, coalesce(sum(net_minor), 0) AS net INTO gone FROM (
        SELECT amount_minor, net_minor FROM invoicing_invoicepaymentreversal WHERE payment_id = NEW.payment_id
        UNION ALL
        SELECT amount_minor, net_minor FROM invoicing_creditedpayment WHERE payment_id = NEW.payment_id
    ) taken;
    IF NEW.amount_minor + gone.minor > payment.amount_minor OR NEW.net_minor + gone.net > payment.net_minor THEN
        RAISE EXCEPTION 'invoicing_reversal_fits: more than was paid' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION invoicing_credited_by_its_note() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoice note
        JOIN invoicing_invoicepayment payment ON payment.invoice_id = note.corrects_id
        WHERE note.id = NEW.note_id AND payment.id = NEW.payment_id
          AND -note.gross_minor >= NEW.amount_minor + (
              SELECT coalesce(sum(amount_minor), 0) FROM invoicing_creditedpayment WHERE note_id = NEW.note_id)
    ) THEN
        RAISE EXCEPTION 'invoicing_credited_by_its_note: this credit note does not give that back'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- What earlier credit notes gave back, as the ledger says it; a note over the whole all that stood of each payment, a
-- note over a part of the newest payments first. What of a part was net is divided in proportion.
INSERT INTO invoicing_creditedpayment (id, created_at, payment_id, note_id, amount_minor, net_minor)
SELECT gen_random_uuid(), note.created_at, part.id, note.id, part.minor,
       least(part.minor, part.net, round(part.net::numeric * part.minor / part.stands))::bigint
FROM invoicing_invoice note
JOIN ledger_entry entry ON entry.book = note.book AND entry.key = 'credit-note:' || note.number
CROSS JOIN LATERAL (
    SELECT -sum(posting.amount) AS minor FROM ledger_posting posting
    JOIN ledger_account account ON account.id = posting.account_id
    WHERE posting.entry_id = entry.id AND account.code = note.account || '/paid'
) gave
CROSS JOIN LATERAL (
    SELECT stood.id, stood.stands, stood.net,
           least(stood.stands, greatest(gave.minor - (stood.until - stood.stands), 0))::bigint AS minor
    FROM (
        SELECT one.*, sum(one.stands) OVER (ORDER BY one.settled_at DESC, one.id DESC) AS until
        FROM (
            SELECT payment.id, payment.settled_at,
                   payment.amount_minor - coalesce(sum(reversal.amount_minor), 0) AS stands,
                   payment.net_minor - coalesce(sum(reversal.net_minor), 0) AS net
            FROM invoicing_invoicepayment payment
            LEFT JOIN invoicing_invoicepaymentreversal reversal ON reversal.payment_id = payment.id
            WHERE payment.invoice_id = note.corrects_id GROUP BY payment.id
        ) one
    ) stood
) part
WHERE note.kind = 'credit_note' AND part.minor > 0;
-- Its foreign keys are checked now: a table with checks to come can't be altered.
SET CONSTRAINTS ALL IMMEDIATE;

CREATE TRIGGER invoicing_creditedpayment_fits BEFORE INSERT ON invoicing_creditedpayment
    FOR EACH ROW EXECUTE FUNCTION invoicing_reversal_fits();
CREATE TRIGGER invoicing_creditedpayment_noted BEFORE INSERT ON invoicing_creditedpayment
    FOR EACH ROW EXECUTE FUNCTION invoicing_credited_by_its_note();
CREATE TRIGGER invoicing_creditedpayment_append_only BEFORE UPDATE OR DELETE ON invoicing_creditedpayment
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
