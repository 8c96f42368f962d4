-- A payment is less, too, by a refund of its own that a dispute had paid and that has gone after all (TH3 of 28
-- November): by no more than that refund, and by the dispute of the same payment.
CREATE FUNCTION invoicing_reversal_is_its_refunds() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoicepayment payment
        JOIN payments_refund refund ON refund.charge_id = payment.charge_id
        JOIN payments_dispute dispute ON dispute.charge_id = payment.charge_id
        JOIN core_event event ON event.subject_type = 'payments.Refund' AND event.subject_id = refund.id::text
        WHERE payment.id = NEW.payment_id AND refund.id = NEW.refund_id AND dispute.id = NEW.dispute_id
          AND event.kind = 'refund.taken_back' AND NEW.amount_minor <= refund.amount_minor
    ) THEN
        RAISE EXCEPTION 'invoicing_reversal_is_its_refunds: it has not gone after all' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER invoicing_reversal_is_its_refunds BEFORE INSERT ON invoicing_invoicepaymentreversal
    FOR EACH ROW WHEN (NEW.refund_id IS NOT NULL) EXECUTE FUNCTION invoicing_reversal_is_its_refunds();
