-- Each reversal names its dispute; until now a payment had one, of the last dispute of its charge (DOMAIN 5).

-- Foreign keys are checked at once: a table with checks to come can't be altered. Reversals are append-only: the
-- trigger is off for this one statement.
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE invoicing_invoicepaymentreversal DISABLE TRIGGER invoicing_invoicepaymentreversal_append_only;
UPDATE invoicing_invoicepaymentreversal reversal SET dispute_id = (
    SELECT dispute.id FROM payments_dispute dispute
    JOIN invoicing_invoicepayment payment ON payment.charge_id = dispute.charge_id
    WHERE payment.id = reversal.payment_id ORDER BY dispute.number DESC LIMIT 1
);
ALTER TABLE invoicing_invoicepaymentreversal ENABLE TRIGGER invoicing_invoicepaymentreversal_append_only;
