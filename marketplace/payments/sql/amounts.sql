-- Amounts never change and refunds never exceed their charge, whoever asks the database. Guards DOMAIN 4 and
-- 5: what was collected is what campaigns and matches count.

-- FOR UPDATE on the charge: two refunds at once wait for each other here. Without it each would sum the
-- refunds that it can see, and both together would return more than was paid.
CREATE FUNCTION payments_refund_within_charge() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    charge record;
    refunded numeric;
BEGIN
    SELECT amount_minor, currency, book INTO charge FROM payments_charge WHERE id = NEW.charge_id FOR UPDATE;
    SELECT coalesce(sum(amount_minor), 0) INTO refunded FROM payments_refund WHERE charge_id = NEW.charge_id;
    IF (NEW.currency, NEW.book) <> (charge.currency, charge.book) OR refunded + NEW.amount_minor > charge.amount_minor
    THEN
        RAISE EXCEPTION 'refunds exceed the charge' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER payments_refund_within_charge BEFORE INSERT ON payments_refund
    FOR EACH ROW EXECUTE FUNCTION payments_refund_within_charge();

CREATE FUNCTION payments_amount_stays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (NEW.amount_minor, NEW.currency, NEW.book, NEW.provider)
       <> (OLD.amount_minor, OLD.currency, OLD.book, OLD.provider) THEN
        RAISE EXCEPTION 'the amount of % cannot be changed', TG_TABLE_NAME USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER payments_charge_amount_stays BEFORE UPDATE ON payments_charge
    FOR EACH ROW EXECUTE FUNCTION payments_amount_stays();
CREATE TRIGGER payments_refund_amount_stays BEFORE UPDATE ON payments_refund
    FOR EACH ROW EXECUTE FUNCTION payments_amount_stays();
CREATE TRIGGER payments_transfer_amount_stays BEFORE UPDATE ON payments_transfer
    FOR EACH ROW EXECUTE FUNCTION payments_amount_stays();
