-- What people give and work for does not change under them: once it is open a need keeps its terms, and its last day
-- only moves to a later one.
CREATE TRIGGER exchange_dataneed_terms BEFORE UPDATE ON exchange_dataneed FOR EACH ROW
    WHEN (OLD.state <> 'draft'
          AND (OLD.project_id, OLD.milestone_id, OLD.columns, OLD.area_id, OLD.first_day, OLD.last_day,
               OLD.fresh_days, OLD.book, OLD.currency, OLD.opened_at)
          IS DISTINCT FROM
              (NEW.project_id, NEW.milestone_id, NEW.columns, NEW.area_id, NEW.first_day, NEW.last_day,
               NEW.fresh_days, NEW.book, NEW.currency, NEW.opened_at)
          OR OLD.state <> 'draft' AND NEW.deadline < OLD.deadline
          OR OLD.project_id <> NEW.project_id
          OR NEW.author_id IS NOT NULL AND OLD.author_id IS DISTINCT FROM NEW.author_id)
    EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER exchange_dataneed_kept BEFORE DELETE ON exchange_dataneed
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();

-- Words that others act on change once alone: a data steward takes them down, which an event tells, and what stood
-- there is kept for whoever appeals. TG_ARGV: the type of the event's subject, and the kind.
CREATE FUNCTION exchange_words_taken_down() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.removed_words = '' AND NEW.removed_words <> '' AND EXISTS (
        SELECT FROM core_event WHERE subject_type = TG_ARGV[0] AND subject_id = NEW.id::text AND kind = TG_ARGV[1]
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'words_taken_down: the words of % stay', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER exchange_dataneed_words BEFORE UPDATE ON exchange_dataneed FOR EACH ROW
    WHEN (OLD.removed_words <> NEW.removed_words
          OR OLD.state <> 'draft' AND (OLD.title, OLD.description) IS DISTINCT FROM (NEW.title, NEW.description))
    EXECUTE FUNCTION exchange_words_taken_down('exchange.DataNeed', 'data_need.taken_down');

-- Whether a delivery is what its need has asked for: what queries/checks.py asks, but for who may read it.
CREATE FUNCTION exchange_passes(p_delivery uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM exchange_delivery delivery JOIN exchange_offer one ON one.id = delivery.offer_id
          JOIN exchange_dataneed need ON need.id = one.need_id
          JOIN catalogue_revision revision ON revision.id = delivery.revision_id
          JOIN catalogue_dataset dataset ON dataset.id = revision.dataset_id
         WHERE delivery.id = p_delivery AND dataset.state = 'published'
           AND NOT EXISTS (
               SELECT FROM jsonb_array_elements(need.columns) AS wanted WHERE NOT EXISTS (
                   SELECT FROM jsonb_array_elements(revision.schema->'fields') AS found
                    WHERE found->>'name' = wanted->>'name'
                      AND (wanted->>'type' IN ('', found->>'type') OR (wanted->>'type', found->>'type') IN
                           (('number', 'integer'), ('datetime', 'date')))))
           AND (need.area_id IS NULL OR dataset.area_id = need.area_id
                OR dataset.area_id = (SELECT parent_id FROM accounts_area WHERE id = need.area_id))
           AND (need.first_day IS NULL OR dataset.first_day <= need.first_day)
           AND (need.last_day IS NULL OR dataset.last_day >= need.last_day)
           -- Days of the city: so many of them are less than one day more, and the hour of a change of clocks.
           AND (need.fresh_days IS NULL OR delivery.delivered_at - revision.published_at
                < make_interval(days => need.fresh_days + 1, hours => 1)))
$$;

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
               AND exchange_passes(delivery.id) AND jsonb_array_length(delivery.checks) > 0
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

-- An organisation offers what it publishes, to a need that takes offers; what people share only
-- for nothing, since they consented to no sale of it.
CREATE FUNCTION exchange_offer_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM FROM exchange_dataneed need
        JOIN catalogue_dataset dataset ON dataset.id = NEW.dataset_id AND dataset.publisher_id = NEW.organisation_id
        WHERE need.id = NEW.need_id AND need.state IN ('open', 'offered')
          AND NOT (dataset.by_consent AND NEW.kind <> 'free');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'offer_fits: the need takes no offer, or the data is somebody else''s' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exchange_offer_fits BEFORE INSERT ON exchange_offer
    FOR EACH ROW EXECUTE FUNCTION exchange_offer_fits();
CREATE TRIGGER exchange_offer_stays BEFORE UPDATE ON exchange_offer FOR EACH ROW
    WHEN ((OLD.need_id, OLD.organisation_id, OLD.dataset_id, OLD.kind, OLD.estimate)
          IS DISTINCT FROM
          (NEW.need_id, NEW.organisation_id, NEW.dataset_id, NEW.kind, NEW.estimate)
          OR NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER exchange_offer_words BEFORE UPDATE ON exchange_offer FOR EACH ROW
    WHEN ((OLD.valuation, OLD.note, OLD.removed_words) IS DISTINCT FROM
          (NEW.valuation, NEW.note, NEW.removed_words))
    EXECUTE FUNCTION exchange_words_taken_down('exchange.Offer', 'data_offer.taken_down');
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
