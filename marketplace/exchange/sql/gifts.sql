-- What of each gift is there, in minor units, by its payments: what a bounty pays out, and pages show.
-- Of a payment in dispute, or lost in one, its part alone does not count (payments_chargestanding).
CREATE VIEW exchange_giftstanding AS
    SELECT gift.id AS gift_id, gift.need_id, money.paid, money.returned,
           -- A dispute of what was given back already holds nothing of the bounty.
           least(money.disputed, greatest(money.paid - money.returned, 0)) AS disputed,
           -- In dispute and given back at once, the same money would be taken off twice: never below nothing.
           greatest(money.paid - money.returned - money.disputed, 0) AS firm
    FROM exchange_bountygift gift
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(paid), 0)::bigint AS paid, coalesce(sum(returned), 0)::bigint AS returned,
               coalesce(sum(disputed), 0)::bigint AS disputed
        FROM payments_chargestanding WHERE purpose = 'bounty-gift:' || gift.id
    ) money;

-- FOR SHARE keeps whoever ends or accepts the need out until this gift is there: it is counted, or refused.
CREATE FUNCTION exchange_gift_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    need record;
BEGIN
    SELECT * INTO need FROM exchange_dataneed WHERE id = NEW.need_id FOR SHARE;
    IF need.state NOT IN ('open', 'offered', 'awarded') OR NEW.currency <> need.currency THEN
        RAISE EXCEPTION 'bounty_takes_it: this need takes no gift of this currency now' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exchange_gift_fits BEFORE INSERT ON exchange_bountygift
    FOR EACH ROW EXECUTE FUNCTION exchange_gift_fits();
-- What somebody gave, to what, and whether with a name, stays; a person is forgotten, never replaced.
CREATE TRIGGER exchange_bountygift_stays BEFORE UPDATE ON exchange_bountygift FOR EACH ROW
    WHEN ((OLD.need_id, OLD.organisation_id, OLD.amount_minor, OLD.currency, OLD.anonymous, OLD.provider, OLD.token)
          IS DISTINCT FROM
          (NEW.need_id, NEW.organisation_id, NEW.amount_minor, NEW.currency, NEW.anonymous, NEW.provider, NEW.token)
          OR NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER exchange_bountygift_kept BEFORE DELETE ON exchange_bountygift
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
-- A gift is paid by a payment that has arrived: the page of its need names who gave.
CREATE FUNCTION exchange_gift_is_paid() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT FROM exchange_giftstanding WHERE gift_id = NEW.id AND paid > 0) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'gift_is_paid: no payment of this gift has arrived' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER exchange_gift_is_paid BEFORE UPDATE ON exchange_bountygift FOR EACH ROW
    WHEN (NEW.state = 'paid' AND OLD.state <> 'paid') EXECUTE FUNCTION exchange_gift_is_paid();

-- A gift's charge asks its giver for just that, and brings it to the bounty of its need alone. As for all other charges
-- (payouts/sql/charges_0011.sql), which are asked there: two rules for one row would each refuse the other's.
CREATE FUNCTION exchange_charge_is_owed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.method_id IS NULL AND EXISTS (
        SELECT FROM exchange_bountygift gift JOIN exchange_dataneed need ON need.id = gift.need_id
         WHERE NEW.purpose = 'bounty-gift:' || gift.id AND gift.state = 'started'
           AND gift.id::text = split_part(NEW.purpose, ':', 2)
           AND (NEW.amount_minor, NEW.currency, NEW.provider, NEW.book, NEW.account)
               = (gift.amount_minor, gift.currency, gift.provider, need.book, 'bounty/' || need.id || '/held')
           AND NEW.payer_id IS NOT DISTINCT FROM gift.person_id
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'charge_is_owed: nobody gives this by %', NEW.purpose USING ERRCODE = '23514';
END $$;
DROP TRIGGER payouts_charge_is_owed ON payments_charge;
CREATE CONSTRAINT TRIGGER payouts_charge_is_owed AFTER INSERT ON payments_charge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.purpose NOT LIKE 'bounty-gift:%')
    EXECUTE FUNCTION payouts_charge_is_owed();
CREATE CONSTRAINT TRIGGER exchange_charge_is_owed AFTER INSERT ON payments_charge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.purpose LIKE 'bounty-gift:%')
    EXECUTE FUNCTION exchange_charge_is_owed();
