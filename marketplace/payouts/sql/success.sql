-- DOMAIN 5. A campaign that takes all or nothing succeeds only on what is firm: by people, sponsors and match funds, as
-- their views say (campaigns/sql/standing.sql). It stands here, above all three, because it reads them all.
CREATE FUNCTION payouts_secured(wanted uuid) RETURNS numeric LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(sum(firm), 0) FROM (
        SELECT firm FROM campaigns_pledgestanding WHERE campaign_id = wanted
        UNION ALL SELECT firm FROM sponsorship_sponsorshipstanding WHERE campaign_id = wanted
        UNION ALL SELECT firm FROM matching_allocationstanding WHERE campaign_id = wanted
    ) counted
$$;
CREATE FUNCTION payouts_success_is_earned() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF payouts_secured(NEW.id) < NEW.goal_minor THEN
        RAISE EXCEPTION 'campaign_success_is_earned: collected and firm is less than the goal' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payouts_success_is_earned BEFORE UPDATE ON campaigns_campaign
    FOR EACH ROW WHEN (NEW.state = 'succeeded' AND OLD.state <> 'succeeded' AND NEW.rule = 'all_or_nothing')
    EXECUTE FUNCTION payouts_success_is_earned();
