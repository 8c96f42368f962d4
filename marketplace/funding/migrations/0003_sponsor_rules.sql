-- What sponsorships and invoices hold in the database itself, whoever writes (the application role included).

CREATE FUNCTION funding_refuse(rule text, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%: %', rule, message USING ERRCODE = '23514';
END $$;

-- Packages are part of what people pledge for: they stay as they were when the campaign opened.
CREATE FUNCTION funding_package_frozen() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.campaign_id ELSE NEW.campaign_id END;
BEGIN
    IF EXISTS (SELECT FROM funding_campaign WHERE id = whose AND state <> 'draft') THEN
        PERFORM funding_refuse('funding_package_frozen', 'the campaign has opened');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER funding_package_frozen BEFORE INSERT OR UPDATE OR DELETE ON funding_package
    FOR EACH ROW EXECUTE FUNCTION funding_package_frozen();

-- An offer is what its package is; places and the sponsors' share are counted under the campaign's lock.
CREATE FUNCTION funding_sponsorship_fits() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    campaign funding_campaign%ROWTYPE;
    package funding_package%ROWTYPE;
    ended CONSTANT text[] := ARRAY['lapsed', 'credited'];
BEGIN
    IF NEW.state = ANY (ended) THEN
        RETURN NEW;
    END IF;
    SELECT * INTO campaign FROM funding_campaign WHERE id = NEW.campaign_id FOR NO KEY UPDATE;
    SELECT * INTO package FROM funding_package WHERE id = NEW.package_id FOR NO KEY UPDATE;
    IF (package.campaign_id, package.amount_minor, campaign.currency)
        IS DISTINCT FROM (NEW.campaign_id, NEW.amount_minor, NEW.currency::varchar) THEN
        PERFORM funding_refuse('funding_sponsorship_fits', 'campaign, amount or currency is not its package''s');
    END IF;
    IF package.places IS NOT NULL AND package.places <= (
        SELECT count(*) FROM funding_sponsorship
        WHERE package_id = NEW.package_id AND id <> NEW.id AND NOT state = ANY (ended)
    ) THEN
        PERFORM funding_refuse('funding_package_places', 'no place of this package is left');
    END IF;
    IF campaign.goal_minor::numeric * campaign.sponsor_share_max_bp / 10000 < NEW.amount_minor + (
        SELECT coalesce(sum(amount_minor), 0) FROM funding_sponsorship
        WHERE campaign_id = NEW.campaign_id AND id <> NEW.id AND NOT state = ANY (ended)
    ) THEN
        PERFORM funding_refuse('funding_sponsor_share', 'sponsors would give more than their share of the goal');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_sponsorship_fits BEFORE INSERT ON funding_sponsorship
    FOR EACH ROW EXECUTE FUNCTION funding_sponsorship_fits();
CREATE TRIGGER funding_sponsorship_fits_again BEFORE UPDATE ON funding_sponsorship
    FOR EACH ROW WHEN (OLD.state IN ('lapsed', 'credited') AND NEW.state NOT IN ('lapsed', 'credited'))
    EXECUTE FUNCTION funding_sponsorship_fits();

-- What was offered, by whom and with which statement of ties, stays; a sponsorship is never deleted.
CREATE FUNCTION funding_sponsorship_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM funding_refuse('funding_sponsorship_stays', 'what was offered is not changed or deleted');
    RETURN NULL;
END $$;
CREATE TRIGGER funding_sponsorship_stays BEFORE UPDATE ON funding_sponsorship FOR EACH ROW WHEN (
    (OLD.campaign_id, OLD.package_id, OLD.organisation_id, OLD.amount_minor, OLD.currency, OLD.benefits, OLD.conflict)
    IS DISTINCT FROM
    (NEW.campaign_id, NEW.package_id, NEW.organisation_id, NEW.amount_minor, NEW.currency, NEW.benefits, NEW.conflict)
) EXECUTE FUNCTION funding_sponsorship_stays();
CREATE TRIGGER funding_sponsorship_kept BEFORE DELETE ON funding_sponsorship
    FOR EACH ROW EXECUTE FUNCTION funding_sponsorship_stays();

-- Numbers without a gap: an invoice takes the next one of its series, and nothing else moves the series.
CREATE FUNCTION funding_invoice_numbered() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    series funding_invoiceseries%ROWTYPE;
BEGIN
    SELECT * INTO series FROM funding_invoiceseries WHERE id = NEW.series_id FOR UPDATE;
    IF NEW.serial <> series.last + 1 OR NEW.number <> series.prefix || lpad(NEW.serial::text, 5, '0') THEN
        PERFORM funding_refuse('funding_invoice_numbered', format('the next number is %s%s', series.prefix,
            lpad((series.last + 1)::text, 5, '0')));
    END IF;
    UPDATE funding_invoiceseries SET last = NEW.serial WHERE id = NEW.series_id;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_invoice_numbered BEFORE INSERT ON funding_invoice
    FOR EACH ROW EXECUTE FUNCTION funding_invoice_numbered();

CREATE FUNCTION funding_series_counts() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    -- As it is at the commit, not as it was after each of the transaction's steps.
    IF (SELECT last FROM funding_invoiceseries WHERE id = NEW.id) <> (
        SELECT coalesce(max(serial), 0) FROM funding_invoice WHERE series_id = NEW.id
    ) THEN
        PERFORM funding_refuse('funding_series_counts', 'the last number is that of the last invoice');
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER funding_series_counts AFTER INSERT OR UPDATE ON funding_invoiceseries
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION funding_series_counts();

-- VAT is the net times its rate, rounded half up. A credit note corrects an invoice of the same sponsorship, at the
-- same rate, by no more than it was and within one minor unit of the exact tax (of a part, the rounding is left).
CREATE FUNCTION funding_invoice_right() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    exact bigint := round(NEW.net_minor::numeric * NEW.vat_rate_bp / 10000);
    mother funding_invoice%ROWTYPE;
BEGIN
    IF NEW.sort = 'invoice' THEN
        IF NEW.vat_minor <> exact OR NEW.currency <> (
            SELECT currency FROM funding_sponsorship WHERE id = NEW.sponsorship_id
        ) THEN
            PERFORM funding_refuse('funding_invoice_right', 'VAT or currency is wrong');
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO mother FROM funding_invoice WHERE id = NEW.corrects_id FOR UPDATE;
    IF mother.sort <> 'invoice' OR abs(NEW.vat_minor - exact) > 1
        OR NEW.net_minor < -mother.net_minor OR NEW.vat_minor < -mother.vat_minor
        OR (mother.sponsorship_id, mother.currency, mother.vat_rate_bp, mother.vat_category)
        IS DISTINCT FROM (NEW.sponsorship_id, NEW.currency, NEW.vat_rate_bp, NEW.vat_category) THEN
        PERFORM funding_refuse('funding_invoice_right', 'a credit note does not fit its invoice');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_invoice_right BEFORE INSERT ON funding_invoice
    FOR EACH ROW EXECUTE FUNCTION funding_invoice_right();

-- All payments of an invoice together are never more than it asks for.
CREATE FUNCTION funding_invoice_not_overpaid() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    mother funding_invoice%ROWTYPE;
BEGIN
    SELECT * INTO mother FROM funding_invoice WHERE id = NEW.invoice_id FOR UPDATE;
    IF mother.sort <> 'invoice' OR mother.gross_minor < NEW.amount_minor + (
        SELECT coalesce(sum(amount_minor), 0) FROM funding_invoicepayment WHERE invoice_id = NEW.invoice_id
    ) - (
        SELECT coalesce(sum(gross_minor), 0) FROM funding_invoice WHERE corrects_id = NEW.invoice_id
    ) THEN
        PERFORM funding_refuse('funding_invoice_not_overpaid', 'more than the invoice asks for');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_invoice_not_overpaid BEFORE INSERT ON funding_invoicepayment
    FOR EACH ROW EXECUTE FUNCTION funding_invoice_not_overpaid();

-- Invoices, their payments, documents and reminders are written once.
CREATE FUNCTION funding_written_once() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM funding_refuse('funding_written_once', TG_TABLE_NAME || ' is never changed or deleted');
    RETURN NULL;
END $$;
CREATE TRIGGER funding_written_once BEFORE UPDATE OR DELETE ON funding_invoice
    FOR EACH ROW EXECUTE FUNCTION funding_written_once();
CREATE TRIGGER funding_written_once BEFORE UPDATE OR DELETE ON funding_invoicepayment
    FOR EACH ROW EXECUTE FUNCTION funding_written_once();
CREATE TRIGGER funding_written_once BEFORE UPDATE OR DELETE ON funding_invoicedocument
    FOR EACH ROW EXECUTE FUNCTION funding_written_once();
CREATE TRIGGER funding_written_once BEFORE UPDATE ON funding_invoiceseries
    FOR EACH ROW WHEN (OLD.prefix <> NEW.prefix) EXECUTE FUNCTION funding_written_once();
CREATE TRIGGER funding_written_once BEFORE UPDATE OR DELETE ON funding_invoicereminder
    FOR EACH ROW EXECUTE FUNCTION funding_written_once();
