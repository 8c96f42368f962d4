-- Terms are what people rely on when they pledge: they stay as they were once the campaign is open. Guards
-- DOMAIN 5 and 13: a goal or an end that moved afterwards would decide over money that was promised for
-- another.

CREATE FUNCTION campaigns_terms_stay() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'campaign_terms_stay: the terms of a campaign are fixed once it is open' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER campaigns_terms_stay BEFORE UPDATE ON campaigns_campaign
    FOR EACH ROW WHEN (OLD.state <> 'draft' AND
        (OLD.project_id, OLD.book, OLD.rule, OLD.currency, OLD.goal_minor, OLD.cap_minor, OLD.pledge_min_minor,
         OLD.pledge_max_minor, OLD.sponsor_share_max_bp, OLD.use, OLD.ends_at, OLD.opened_at)
        IS DISTINCT FROM
        (NEW.project_id, NEW.book, NEW.rule, NEW.currency, NEW.goal_minor, NEW.cap_minor, NEW.pledge_min_minor,
         NEW.pledge_max_minor, NEW.sponsor_share_max_bp, NEW.use, NEW.ends_at, NEW.opened_at))
    EXECUTE FUNCTION campaigns_terms_stay();

CREATE FUNCTION campaigns_stretch_goals_stay() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.campaign_id ELSE NEW.campaign_id END;
BEGIN
    IF EXISTS (SELECT FROM campaigns_campaign WHERE id = whose AND state <> 'draft') THEN
        RAISE EXCEPTION 'campaign_terms_stay: further goals are fixed once the campaign is open'
            USING ERRCODE = '23514';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;

CREATE TRIGGER campaigns_stretch_goals_stay BEFORE INSERT OR UPDATE OR DELETE ON campaigns_stretchgoal
    FOR EACH ROW EXECUTE FUNCTION campaigns_stretch_goals_stay();
