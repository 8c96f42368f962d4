-- What people give and work for does not change under them: once it is open a need keeps its terms, and its last day
-- only moves to a later one.
CREATE TRIGGER exchange_dataneed_terms BEFORE UPDATE ON exchange_dataneed FOR EACH ROW
    WHEN (OLD.state <> 'draft'
          AND (OLD.project_id, OLD.milestone_id, OLD.title, OLD.description, OLD.columns, OLD.area_id, OLD.first_day,
               OLD.last_day, OLD.fresh_days, OLD.book, OLD.currency, OLD.opened_at)
          IS DISTINCT FROM
              (NEW.project_id, NEW.milestone_id, NEW.title, NEW.description, NEW.columns, NEW.area_id, NEW.first_day,
               NEW.last_day, NEW.fresh_days, NEW.book, NEW.currency, NEW.opened_at)
          OR OLD.state <> 'draft' AND NEW.deadline < OLD.deadline
          OR OLD.project_id <> NEW.project_id
          OR NEW.author_id IS NOT NULL AND OLD.author_id IS DISTINCT FROM NEW.author_id)
    EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER exchange_dataneed_kept BEFORE DELETE ON exchange_dataneed
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();

-- What a state implies, asked of the rows of this moment: an offer that is awarded, a delivery that passed every check,
-- a payment that has arrived, nothing left to give back.
CREATE FUNCTION exchange_need_step() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    fits boolean := true;
BEGIN
    IF NEW.state = 'open' THEN
        fits := NEW.opened_at IS NOT NULL;
    ELSIF NEW.state IN ('awarded', 'delivered') THEN
        fits := EXISTS (SELECT FROM exchange_offer one WHERE one.need_id = NEW.id AND one.state = 'awarded');
    ELSIF NEW.state = 'accepted' AND OLD.state = 'delivered' THEN
        fits := EXISTS (
            SELECT FROM exchange_delivery delivery JOIN exchange_offer one ON one.id = delivery.offer_id
             WHERE one.need_id = NEW.id AND one.state = 'awarded' AND delivery.answer = 'accepted'
               AND jsonb_array_length(delivery.checks) > 0
               AND NOT EXISTS (SELECT FROM jsonb_array_elements(delivery.checks) AS checked
                                WHERE (checked->>'passed') IS DISTINCT FROM 'true'));
    ELSIF NEW.state = 'paid' THEN
        fits := EXISTS (SELECT FROM exchange_bountypayout payout
                         WHERE payout.need_id = NEW.id AND payout.state = 'settled');
    ELSIF NEW.state = 'refunded' THEN
        fits := NOT EXISTS (SELECT FROM exchange_giftstanding standing
                             WHERE standing.need_id = NEW.id AND standing.firm + standing.disputed > 0)
            AND NOT EXISTS (SELECT FROM exchange_bountypayout payout
                             WHERE payout.need_id = NEW.id AND payout.state <> 'dropped');
    END IF;
    IF NOT fits THEN
        RAISE EXCEPTION 'need_step: this need is not %', NEW.state USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exchange_need_step BEFORE UPDATE OF state ON exchange_dataneed FOR EACH ROW
    WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION exchange_need_step();

-- An organisation offers what it publishes, to a need that takes offers.
CREATE FUNCTION exchange_offer_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM exchange_dataneed need
        JOIN catalogue_dataset dataset ON dataset.id = NEW.dataset_id AND dataset.publisher_id = NEW.organisation_id
        WHERE need.id = NEW.need_id AND need.state IN ('open', 'offered');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'offer_fits: the need takes no offer, or the data is somebody else''s' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exchange_offer_fits BEFORE INSERT ON exchange_offer
    FOR EACH ROW EXECUTE FUNCTION exchange_offer_fits();
CREATE TRIGGER exchange_offer_stays BEFORE UPDATE ON exchange_offer FOR EACH ROW
    WHEN ((OLD.need_id, OLD.organisation_id, OLD.dataset_id, OLD.kind, OLD.valuation, OLD.estimate, OLD.note)
          IS DISTINCT FROM
          (NEW.need_id, NEW.organisation_id, NEW.dataset_id, NEW.kind, NEW.valuation, NEW.estimate, NEW.note)
          OR NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER exchange_offer_kept BEFORE DELETE ON exchange_offer
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();

-- What is delivered is a revision of the dataset that was offered; its answer is given once.
CREATE FUNCTION exchange_delivery_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM exchange_offer one JOIN exchange_dataneed need ON need.id = one.need_id
        JOIN catalogue_revision revision ON revision.dataset_id = one.dataset_id
        WHERE one.id = NEW.offer_id AND revision.id = NEW.revision_id AND one.state = 'awarded'
          AND need.state = 'awarded' AND NEW.answer = '';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'delivery_fits: nobody waits for this' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exchange_delivery_fits BEFORE INSERT ON exchange_delivery
    FOR EACH ROW EXECUTE FUNCTION exchange_delivery_fits();
CREATE TRIGGER exchange_delivery_stays BEFORE UPDATE ON exchange_delivery FOR EACH ROW
    WHEN ((OLD.offer_id, OLD.revision_id, OLD.number, OLD.delivered_at)
          IS DISTINCT FROM (NEW.offer_id, NEW.revision_id, NEW.number, NEW.delivered_at)
          OR OLD.answer <> '' AND (OLD.answer, OLD.answered_at, OLD.checks, OLD.reason)
             IS DISTINCT FROM (NEW.answer, NEW.answered_at, NEW.checks, NEW.reason)
          OR OLD.answer <> '' AND NEW.answered_by_id IS NOT NULL AND OLD.answered_by_id IS DISTINCT FROM
             NEW.answered_by_id)
    EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER exchange_delivery_kept BEFORE DELETE ON exchange_delivery
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
