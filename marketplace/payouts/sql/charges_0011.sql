-- A charge asks for what somebody has promised or owes, of them, and brings it there: with a saved way to pay its row
-- is all that a worker needs to charge the card. Here, above all that is paid for. Who owns the tables is not judged
-- (core/sql/guards_0005.sql).
CREATE FUNCTION payouts_charge_is_owed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    word text := split_part(NEW.purpose, ':', 1);
    -- The id that is named, to find it by its index; what is compared is the whole purpose.
    key uuid := CASE WHEN split_part(NEW.purpose, ':', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        THEN split_part(NEW.purpose, ':', 2)::uuid END;
    owed boolean := false;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NULL;
    END IF;
    IF word IN ('pledge', 'instalment') THEN
        owed := EXISTS (
            SELECT FROM (
                SELECT id AS pledge_id, state FROM campaigns_pledge WHERE word = 'pledge' AND id = key
                UNION ALL
                SELECT pledge_id, state FROM campaigns_instalment WHERE word = 'instalment' AND id = key
            ) promised
            JOIN campaigns_pledge pledge ON pledge.id = promised.pledge_id
            JOIN campaigns_campaign campaign ON campaign.id = pledge.campaign_id
             WHERE NEW.purpose = word || ':' || key
               AND (NEW.amount_minor, NEW.currency, NEW.provider, NEW.book, NEW.account) = (pledge.amount_minor,
                    pledge.currency, pledge.provider, campaign.book, 'campaign/' || campaign.id || '/held')
               AND NEW.payer_id IS NOT DISTINCT FROM pledge.person_id
               -- Without the payer it is charged by the pledge's own way alone, and when it is collected.
               AND (NEW.method_id IS NULL OR NEW.method_id = pledge.method_id AND promised.state = 'collecting')
        );
    ELSIF word = 'invoice' THEN
        owed := NEW.method_id IS NULL AND EXISTS (
            SELECT FROM invoicing_invoice invoice
             WHERE invoice.id = key AND NEW.purpose ~ '^invoice:[^:]+:[0-9]+$' AND NEW.amount_minor <= gross_minor
               AND (NEW.currency, NEW.book, NEW.account) = (currency, book, invoice.account || '/paid')
        );
    ELSIF word = 'claim' THEN
        owed := NEW.method_id IS NULL AND EXISTS (
            SELECT FROM payments_claim claim JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
              JOIN payments_charge charge ON charge.id = dispute.charge_id
             WHERE claim.id = key AND NEW.purpose ~ '^claim:[^:]+(:[0-9]+)?$' AND claim.state IN ('open', 'proposed')
               AND NEW.amount_minor <= claim.amount_minor
               AND (NEW.currency, NEW.book, NEW.account) = (charge.currency, charge.book, 'claim/' || claim.id)
        );
    END IF;
    IF NOT owed THEN
        RAISE EXCEPTION 'charge_is_owed: nobody owes this by %', NEW.purpose USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
-- At the end of the transaction: an invoice is written once its charge has the reference that is printed on it.
CREATE CONSTRAINT TRIGGER payouts_charge_is_owed AFTER INSERT ON payments_charge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payouts_charge_is_owed();
