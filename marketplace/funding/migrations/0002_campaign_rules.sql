-- Terms are what people rely on when they pledge: they stay as they were once the campaign is open.
CREATE FUNCTION funding_terms_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'campaign_terms_stay: the terms of a campaign are fixed once it is open' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER funding_terms_stay BEFORE UPDATE ON funding_campaign
    FOR EACH ROW WHEN (OLD.state <> 'draft' AND
        (OLD.project_id, OLD.book, OLD.rule, OLD.currency, OLD.goal_minor, OLD.cap_minor, OLD.pledge_min_minor,
         OLD.pledge_max_minor, OLD.sponsor_share_max_bp, OLD.use, OLD.ends_at, OLD.opened_at)
        IS DISTINCT FROM
        (NEW.project_id, NEW.book, NEW.rule, NEW.currency, NEW.goal_minor, NEW.cap_minor, NEW.pledge_min_minor,
         NEW.pledge_max_minor, NEW.sponsor_share_max_bp, NEW.use, NEW.ends_at, NEW.opened_at))
    EXECUTE FUNCTION funding_terms_stay();

CREATE FUNCTION funding_stretch_goals_stay() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.campaign_id ELSE NEW.campaign_id END;
BEGIN
    IF EXISTS (SELECT FROM funding_campaign WHERE id = whose AND state <> 'draft') THEN
        RAISE EXCEPTION 'campaign_terms_stay: further goals are fixed once the campaign is open' USING ERRCODE = '23514';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;
CREATE TRIGGER funding_stretch_goals_stay BEFORE INSERT OR UPDATE OR DELETE ON funding_stretchgoal
    FOR EACH ROW EXECUTE FUNCTION funding_stretch_goals_stay();

-- What of a campaign's cap, and of what one person may give, is taken; `beside` leaves one pledge out. Volatile: it sees
-- what was committed while its caller waited for a lock.
CREATE FUNCTION funding_taken(wanted uuid, who uuid, beside uuid) RETURNS numeric LANGUAGE sql VOLATILE
    SET search_path = public, pg_temp AS $$
    SELECT coalesce(sum(amount_minor), 0) FROM funding_pledge
    WHERE campaign_id = wanted AND id <> beside AND (who IS NULL OR person_id = who)
      AND state IN ('started', 'awaiting_method', 'active', 'collecting', 'needs_payer', 'collected', 'past_due')
$$;

-- A pledge comes into an open campaign, before its end, in its currency, within its limits. Whoever adds one shares the
-- campaign's row, so that it is not closed meanwhile. Under a cap pledges wait for each other, and so do one person's,
-- by advisory locks: two that share a row and both wanted it alone would wait in a circle.
CREATE FUNCTION funding_pledge_fits() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    campaign record;
BEGIN
    SELECT * INTO campaign FROM funding_campaign WHERE id = NEW.campaign_id FOR SHARE;
    IF campaign.state <> 'open' THEN
        RAISE EXCEPTION 'pledge_in_time: the campaign is not open' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'INSERT' AND (NEW.state_since IS NULL OR NEW.state_since >= campaign.ends_at
                             OR NEW.state_since < campaign.opened_at) THEN
        RAISE EXCEPTION 'pledge_in_time: the campaign does not run at that moment' USING ERRCODE = '23514';
    END IF;
    IF NEW.currency <> campaign.currency THEN
        RAISE EXCEPTION 'pledge_in_the_currency_of_its_campaign' USING ERRCODE = '23514';
    END IF;
    IF NEW.amount_minor < campaign.pledge_min_minor THEN
        RAISE EXCEPTION 'pledge_not_below_the_least' USING ERRCODE = '23514';
    END IF;
    IF campaign.cap_minor IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(NEW.campaign_id::text, 0));
        IF funding_taken(NEW.campaign_id, NULL, NEW.id) + NEW.amount_minor > campaign.cap_minor THEN
            RAISE EXCEPTION 'pledge_over_the_cap' USING ERRCODE = '23514';
        END IF;
    END IF;
    IF campaign.pledge_max_minor IS NOT NULL AND NEW.person_id IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(NEW.campaign_id::text || NEW.person_id::text, 0));
        IF funding_taken(NEW.campaign_id, NEW.person_id, NEW.id) + NEW.amount_minor > campaign.pledge_max_minor THEN
            RAISE EXCEPTION 'pledge_over_a_persons_most' USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_pledge_fits BEFORE INSERT ON funding_pledge
    FOR EACH ROW EXECUTE FUNCTION funding_pledge_fits();
CREATE TRIGGER funding_pledge_still_fits BEFORE UPDATE ON funding_pledge
    FOR EACH ROW WHEN (OLD.amount_minor <> NEW.amount_minor) EXECUTE FUNCTION funding_pledge_fits();

-- A pledge keeps its campaign, currency, rhythm and form; its amount changes only while nothing is charged; its person
-- can be forgotten, never replaced. It is never deleted: money may hang on it.
CREATE FUNCTION funding_pledge_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'pledge_stays: a pledge keeps what it promised' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER funding_pledge_stays BEFORE UPDATE ON funding_pledge
    FOR EACH ROW WHEN (
        (OLD.campaign_id, OLD.currency, OLD.rhythm, OLD.months, OLD.token, OLD.provider)
            IS DISTINCT FROM (NEW.campaign_id, NEW.currency, NEW.rhythm, NEW.months, NEW.token, NEW.provider)
        OR (OLD.amount_minor <> NEW.amount_minor AND (OLD.state <> 'active' OR OLD.collected_at IS NOT NULL))
        OR (OLD.person_id IS DISTINCT FROM NEW.person_id AND NEW.person_id IS NOT NULL)
        OR (OLD.collected_at IS NOT NULL AND OLD.collected_at IS DISTINCT FROM NEW.collected_at))
    EXECUTE FUNCTION funding_pledge_stays();
CREATE TRIGGER funding_pledge_kept BEFORE DELETE ON funding_pledge
    FOR EACH ROW EXECUTE FUNCTION funding_pledge_stays();

-- DOMAIN 5. Collected: what charges brought for the campaign's pledges, disputes and refunds left out. Firm: contracted
-- and paid sponsors, and the match that funds have set aside.
CREATE FUNCTION funding_secured(wanted uuid) RETURNS numeric LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    WITH paid AS (
        SELECT charge.id, charge.amount_minor
        FROM funding_pledge pledge JOIN payments_charge charge ON charge.purpose = 'pledge:' || pledge.id::text
        WHERE pledge.campaign_id = wanted AND pledge.state = 'collected' AND charge.state IN ('succeeded', 'won')
    )
    SELECT coalesce((SELECT sum(amount_minor) FROM paid), 0)
         - coalesce((SELECT sum(refund.amount_minor) FROM payments_refund refund JOIN paid ON paid.id = refund.charge_id), 0)
         + coalesce((SELECT sum(amount_minor) FROM funding_sponsorship
                     WHERE campaign_id = wanted
                       AND state IN ('contracted', 'invoiced', 'part_paid', 'paid', 'fulfilled')), 0)
         + coalesce((SELECT sum(amount_minor) FROM funding_allocation
                     WHERE campaign_id = wanted AND state IN ('reserved', 'committed', 'paid')), 0)
$$;
CREATE FUNCTION funding_success_is_earned() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
BEGIN
    IF funding_secured(NEW.id) < NEW.goal_minor THEN
        RAISE EXCEPTION 'campaign_success_is_earned: collected and firm is less than the goal' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_success_is_earned BEFORE UPDATE ON funding_campaign
    FOR EACH ROW WHEN (NEW.state = 'succeeded' AND OLD.state <> 'succeeded' AND NEW.rule = 'all_or_nothing')
    EXECUTE FUNCTION funding_success_is_earned();
