-- What sponsorships and invoices hold in the database itself, whoever writes (the application role included).

CREATE FUNCTION sponsorship_refuse(rule text, message text) RETURNS void LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '%: %', rule, message USING ERRCODE = '23514';
END $$;

-- Packages are part of what people pledge for: they stay as they were when the campaign opened.
CREATE FUNCTION sponsorship_package_frozen() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.campaign_id ELSE NEW.campaign_id END;
BEGIN
    IF EXISTS (SELECT FROM campaigns_campaign WHERE id = whose AND state <> 'draft') THEN
        PERFORM sponsorship_refuse('sponsorship_package_frozen', 'the campaign has opened');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER sponsorship_package_frozen BEFORE INSERT OR UPDATE OR DELETE ON sponsorship_package
    FOR EACH ROW EXECUTE FUNCTION sponsorship_package_frozen();

-- An offer is what its package is; places and the sponsors' share are counted under the campaign's lock.
CREATE FUNCTION sponsorship_sponsorship_fits() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    campaign campaigns_campaign%ROWTYPE;
    package sponsorship_package%ROWTYPE;
    ended CONSTANT text[] := ARRAY['lapsed', 'credited'];
BEGIN
    IF NEW.state = ANY (ended) THEN
        RETURN NEW;
    END IF;
    SELECT * INTO campaign FROM campaigns_campaign WHERE id = NEW.campaign_id FOR NO KEY UPDATE;
    SELECT * INTO package FROM sponsorship_package WHERE id = NEW.package_id FOR NO KEY UPDATE;
    IF (package.campaign_id, package.amount_minor, campaign.currency)
        IS DISTINCT FROM (NEW.campaign_id, NEW.amount_minor, NEW.currency::varchar) THEN
        PERFORM sponsorship_refuse('sponsorship_sponsorship_fits', 'campaign, amount or currency is not its package''s');
    END IF;
    IF package.places IS NOT NULL AND package.places <= (
        SELECT count(*) FROM sponsorship_sponsorship
        WHERE package_id = NEW.package_id AND id <> NEW.id AND NOT state = ANY (ended)
    ) THEN
        PERFORM sponsorship_refuse('sponsorship_package_places', 'no place of this package is left');
    END IF;
    IF campaign.goal_minor::numeric * campaign.sponsor_share_max_bp / 10000 < NEW.amount_minor + (
        SELECT coalesce(sum(amount_minor), 0) FROM sponsorship_sponsorship
        WHERE campaign_id = NEW.campaign_id AND id <> NEW.id AND NOT state = ANY (ended)
    ) THEN
        PERFORM sponsorship_refuse('sponsorship_sponsor_share', 'sponsors would give more than their share of the goal');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sponsorship_sponsorship_fits BEFORE INSERT ON sponsorship_sponsorship
    FOR EACH ROW EXECUTE FUNCTION sponsorship_sponsorship_fits();
CREATE TRIGGER sponsorship_sponsorship_fits_again BEFORE UPDATE ON sponsorship_sponsorship
    FOR EACH ROW WHEN (OLD.state IN ('lapsed', 'credited') AND NEW.state NOT IN ('lapsed', 'credited'))
    EXECUTE FUNCTION sponsorship_sponsorship_fits();

-- What was offered, by whom and with which statement of ties, stays; a sponsorship is never deleted.
CREATE FUNCTION sponsorship_sponsorship_stays() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    PERFORM sponsorship_refuse('sponsorship_sponsorship_stays', 'what was offered is not changed or deleted');
    RETURN NULL;
END $$;
CREATE TRIGGER sponsorship_sponsorship_stays BEFORE UPDATE ON sponsorship_sponsorship FOR EACH ROW WHEN (
    (OLD.campaign_id, OLD.package_id, OLD.organisation_id, OLD.amount_minor, OLD.currency, OLD.benefits, OLD.conflict)
    IS DISTINCT FROM
    (NEW.campaign_id, NEW.package_id, NEW.organisation_id, NEW.amount_minor, NEW.currency, NEW.benefits, NEW.conflict)
) EXECUTE FUNCTION sponsorship_sponsorship_stays();
CREATE TRIGGER sponsorship_sponsorship_kept BEFORE DELETE ON sponsorship_sponsorship
    FOR EACH ROW EXECUTE FUNCTION sponsorship_sponsorship_stays();

-- An invoice bills what was contracted, in its currency, and a sponsorship keeps the invoice it got.
CREATE FUNCTION sponsorship_invoice_fits() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF OLD.invoice_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM invoicing_invoice
        WHERE id = NEW.invoice_id AND kind = 'invoice' AND organisation_id = NEW.organisation_id
          AND net_minor = NEW.amount_minor AND currency = NEW.currency AND account = 'sponsorship/' || NEW.id
    ) THEN
        PERFORM sponsorship_refuse('sponsorship_invoice_fits', 'this is not the invoice of this sponsorship');
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER sponsorship_invoice_fits BEFORE UPDATE ON sponsorship_sponsorship
    FOR EACH ROW WHEN (OLD.invoice_id IS DISTINCT FROM NEW.invoice_id) EXECUTE FUNCTION sponsorship_invoice_fits();
