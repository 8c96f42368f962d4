-- The account that what a line has paid goes back to is kept with it: what is said of the rest of the line is of other
-- money. It is forgotten with its payer, and never becomes another.
DROP TRIGGER payments_linepayment_kept ON payments_linepayment;
UPDATE payments_linepayment payment
   SET name = CASE WHEN line.return_iban <> '' AND line.confirmed_by_id IS NOT NULL
                   THEN line.return_name ELSE line.name END,
       iban = CASE WHEN line.return_iban <> '' AND line.confirmed_by_id IS NOT NULL
                   THEN line.return_iban ELSE line.iban END
  FROM payments_statementline line WHERE line.id = payment.line_id;
CREATE TRIGGER payments_linepayment_kept BEFORE DELETE ON payments_linepayment
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER payments_linepayment_forgets BEFORE UPDATE ON payments_linepayment FOR EACH ROW
    WHEN ((OLD.id, OLD.created_at, OLD.line_id, OLD.charge_id, OLD.amount_minor)
          IS DISTINCT FROM (NEW.id, NEW.created_at, NEW.line_id, NEW.charge_id, NEW.amount_minor)
          OR NEW.name <> '' AND NEW.name <> OLD.name OR NEW.iban <> '' AND NEW.iban <> OLD.iban)
    EXECUTE FUNCTION core_row_stays();

-- As in paid_0016.sql; and to no account but the line's own, or the one that two people have named for it.
CREATE OR REPLACE FUNCTION payments_linepayment_pays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM payments_charge charge JOIN payments_statementline line ON line.charge_id = charge.id
         WHERE charge.id = NEW.charge_id AND line.id = NEW.line_id
           AND charge.state IN ('succeeded', 'disputed', 'won', 'lost')
           AND (NEW.iban IN ('', line.iban) OR NEW.iban = line.return_iban AND line.confirmed_by_id IS NOT NULL)
           AND charge.amount_minor = (
               SELECT sum(amount_minor) FROM payments_linepayment WHERE charge_id = charge.id)
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'linepayment_pays: this line has not paid that' USING ERRCODE = '23514';
END $$;
