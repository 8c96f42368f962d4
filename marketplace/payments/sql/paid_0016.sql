-- What each line of a statement has paid of which payments: by it a refund finds the account that it goes to, and the
-- bank what it takes back. Guards DOMAIN 5.

-- FOR NO KEY UPDATE on both: two payments at once wait for each other here. Without it each would sum what it can see,
-- and a line would have paid more than it brought.
CREATE FUNCTION payments_linepayment_within() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    line record;
    charge record;
BEGIN
    SELECT one.amount_minor, one.currency, statement.book INTO line FROM payments_statementline one
      JOIN payments_statement statement ON statement.id = one.statement_id
     WHERE one.id = NEW.line_id FOR NO KEY UPDATE OF one;
    SELECT amount_minor, currency, book INTO charge FROM payments_charge WHERE id = NEW.charge_id FOR NO KEY UPDATE;
    IF (line.currency, line.book) IS DISTINCT FROM (charge.currency, charge.book)
        OR line.amount_minor < NEW.amount_minor
            + (SELECT coalesce(sum(amount_minor), 0) FROM payments_linepayment WHERE line_id = NEW.line_id)
        OR charge.amount_minor < NEW.amount_minor
            + (SELECT coalesce(sum(amount_minor), 0) FROM payments_linepayment WHERE charge_id = NEW.charge_id)
    THEN
        RAISE EXCEPTION 'linepayment_within: a line pays no more than it brought, and a payment takes no more than it '
            'asks for' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_linepayment_within BEFORE INSERT ON payments_linepayment
    FOR EACH ROW EXECUTE FUNCTION payments_linepayment_within();
CREATE TRIGGER payments_linepayment_kept BEFORE UPDATE OR DELETE ON payments_linepayment
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();

-- Written as its payment is paid, all of it, by lines that name it: each of these is told. Otherwise a line of one's
-- own put beside another's payment would be where its refund goes to. At the end of the transaction, as a payment in
-- parts has a row for each. Who owns the tables is not judged (civic/core/sql/guards_0005.sql).
CREATE FUNCTION payments_linepayment_pays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM payments_charge charge JOIN payments_statementline line ON line.charge_id = charge.id
         WHERE charge.id = NEW.charge_id AND line.id = NEW.line_id
           AND charge.state IN ('succeeded', 'disputed', 'won', 'lost')
           AND charge.amount_minor = (
               SELECT sum(amount_minor) FROM payments_linepayment WHERE charge_id = charge.id)
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'linepayment_pays: this line has not paid that' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER payments_linepayment_pays AFTER INSERT ON payments_linepayment
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_linepayment_pays();
