-- Sponsors take places that there are and no more than their share of the goal, and keep what they offered.
-- Guards DOMAIN 7.

-- Packages are part of what people pledge for: they stay as they were when the campaign opened.
CREATE FUNCTION sponsorship_package_frozen() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.campaign_id ELSE NEW.campaign_id END;
BEGIN
    IF EXISTS (SELECT FROM campaigns_campaign WHERE id = whose AND state <> 'draft') THEN
        RAISE EXCEPTION 'sponsorship_package_frozen: the campaign has opened' USING ERRCODE = '23514';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;

CREATE TRIGGER sponsorship_package_frozen BEFORE INSERT OR UPDATE OR DELETE ON sponsorship_package
    FOR EACH ROW EXECUTE FUNCTION sponsorship_package_frozen();

-- An offer is what its package is. Places and the sponsors' share are counted under the campaign's lock: two
-- offers at once would each see the last place free.
CREATE FUNCTION sponsorship_sponsorship_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
        RAISE EXCEPTION 'sponsorship_sponsorship_fits: campaign, amount or currency is not its package''s'
            USING ERRCODE = '23514';
    END IF;
    IF package.places IS NOT NULL AND package.places <= (
        SELECT count(*) FROM sponsorship_sponsorship
        WHERE package_id = NEW.package_id AND id <> NEW.id AND NOT state = ANY (ended)
    ) THEN
        RAISE EXCEPTION 'sponsorship_package_places: no place of this package is left'
            USING ERRCODE = '23514';
    END IF;
    IF campaign.goal_minor::numeric * campaign.sponsor_share_max_bp / 10000 < NEW.amount_minor + (
        SELECT coalesce(sum(amount_minor), 0) FROM sponsorship_sponsorship
        WHERE campaign_id = NEW.campaign_id AND id <> NEW.id AND NOT state = ANY (ended)
    ) THEN
        RAISE EXCEPTION 'sponsorship_sponsor_share: sponsors would give more than their share of the goal'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER sponsorship_sponsorship_fits BEFORE INSERT ON sponsorship_sponsorship
    FOR EACH ROW EXECUTE FUNCTION sponsorship_sponsorship_fits();
CREATE TRIGGER sponsorship_sponsorship_fits_again BEFORE UPDATE ON sponsorship_sponsorship
    FOR EACH ROW WHEN (OLD.state IN ('lapsed', 'credited') AND NEW.state NOT IN ('lapsed', 'credited'))
    EXECUTE FUNCTION sponsorship_sponsorship_fits();

-- What was offered, by whom and with which statement of ties, stays; a sponsorship is never deleted.
CREATE FUNCTION sponsorship_sponsorship_stays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'sponsorship_sponsorship_stays: what was offered is not changed or deleted'
        USING ERRCODE = '23514';
END $$;

CREATE TRIGGER sponsorship_sponsorship_stays BEFORE UPDATE ON sponsorship_sponsorship FOR EACH ROW WHEN (
    (OLD.campaign_id, OLD.package_id, OLD.organisation_id, OLD.amount_minor, OLD.currency, OLD.benefits, OLD.conflict)
    IS DISTINCT FROM
    (NEW.campaign_id, NEW.package_id, NEW.organisation_id, NEW.amount_minor, NEW.currency, NEW.benefits, NEW.conflict)
) EXECUTE FUNCTION sponsorship_sponsorship_stays();
CREATE TRIGGER sponsorship_sponsorship_kept BEFORE DELETE ON sponsorship_sponsorship
    FOR EACH ROW EXECUTE FUNCTION sponsorship_sponsorship_stays();

-- An invoice bills what was contracted, in its currency, and a sponsorship keeps the invoice it got.
CREATE FUNCTION sponsorship_invoice_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.invoice_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM invoicing_invoice
        WHERE id = NEW.invoice_id AND kind = 'invoice' AND organisation_id = NEW.organisation_id
          AND net_minor = NEW.amount_minor AND currency = NEW.currency AND account = 'sponsorship/' || NEW.id
    ) THEN
        RAISE EXCEPTION 'sponsorship_invoice_fits: this is not the invoice of this sponsorship'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER sponsorship_invoice_fits BEFORE UPDATE ON sponsorship_sponsorship
    FOR EACH ROW WHEN (OLD.invoice_id IS DISTINCT FROM NEW.invoice_id) EXECUTE FUNCTION sponsorship_invoice_fits();
