-- A pledge comes into an open campaign, within its limits, and keeps what it promised. Guards DOMAIN 5 and
-- 13.

-- What of a campaign's cap, and of what one person may give, is taken; `beside` leaves one pledge out.
-- Volatile: it sees what was committed while its caller waited for a lock.
CREATE FUNCTION campaigns_taken(wanted uuid, who uuid, beside uuid) RETURNS numeric
    LANGUAGE sql VOLATILE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(sum(amount_minor), 0) FROM campaigns_pledge
    WHERE campaign_id = wanted AND id <> beside AND (who IS NULL OR person_id = who)
      AND state IN ('started', 'awaiting_method', 'active', 'collecting', 'needs_payer', 'collected', 'past_due')
$$;

-- FOR SHARE lets pledges run side by side and keeps the close out. Without it a pledge that passed its check
-- before the close could be written after it. Under a cap pledges wait for each other, and so do one
-- person's, by advisory locks: two that share a row and both wanted it alone would wait in a circle.
CREATE FUNCTION campaigns_pledge_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    campaign record;
BEGIN
    SELECT * INTO campaign FROM campaigns_campaign WHERE id = NEW.campaign_id FOR SHARE;
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
        IF campaigns_taken(NEW.campaign_id, NULL, NEW.id) + NEW.amount_minor > campaign.cap_minor THEN
            RAISE EXCEPTION 'pledge_over_the_cap' USING ERRCODE = '23514';
        END IF;
    END IF;
    IF campaign.pledge_max_minor IS NOT NULL AND NEW.person_id IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(NEW.campaign_id::text || NEW.person_id::text, 0));
        IF campaigns_taken(NEW.campaign_id, NEW.person_id, NEW.id) + NEW.amount_minor > campaign.pledge_max_minor THEN
            RAISE EXCEPTION 'pledge_over_a_persons_most' USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER campaigns_pledge_fits BEFORE INSERT ON campaigns_pledge
    FOR EACH ROW EXECUTE FUNCTION campaigns_pledge_fits();
CREATE TRIGGER campaigns_pledge_still_fits BEFORE UPDATE ON campaigns_pledge
    FOR EACH ROW WHEN (OLD.amount_minor <> NEW.amount_minor) EXECUTE FUNCTION campaigns_pledge_fits();

-- A pledge keeps its campaign, currency, frequency and form; its amount changes only while nothing is charged,
-- since the charge is for the amount of that moment; its person can be forgotten (DOMAIN 12), never replaced.
-- It is never deleted: money may hang on it.
CREATE FUNCTION campaigns_pledge_stays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'pledge_stays: a pledge keeps what it promised' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER campaigns_pledge_stays BEFORE UPDATE ON campaigns_pledge
    FOR EACH ROW WHEN (
        (OLD.campaign_id, OLD.currency, OLD.frequency, OLD.months, OLD.token, OLD.provider)
            IS DISTINCT FROM (NEW.campaign_id, NEW.currency, NEW.frequency, NEW.months, NEW.token, NEW.provider)
        OR (OLD.amount_minor <> NEW.amount_minor AND (OLD.state <> 'active' OR OLD.collected_at IS NOT NULL))
        OR (OLD.person_id IS DISTINCT FROM NEW.person_id AND NEW.person_id IS NOT NULL)
        OR (OLD.collected_at IS NOT NULL AND OLD.collected_at IS DISTINCT FROM NEW.collected_at))
    EXECUTE FUNCTION campaigns_pledge_stays();
CREATE TRIGGER campaigns_pledge_kept BEFORE DELETE ON campaigns_pledge
    FOR EACH ROW EXECUTE FUNCTION campaigns_pledge_stays();
