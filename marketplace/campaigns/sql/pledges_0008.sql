-- As before (pledges.sql), and what one person may pledge is counted with all months of a monthly pledge.
-- FOR SHARE lets pledges run side by side and keeps the close out. Without it a pledge that passed its check
-- before the close could be written after it. Under a cap pledges wait for each other, and so do one
-- person's, by advisory locks: two that share a row and both wanted it alone would wait in a circle.
CREATE OR REPLACE FUNCTION campaigns_pledge_fits() RETURNS trigger
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
        -- All months of each: "one person at most" is what goes out of one purse.
        IF NEW.amount_minor::numeric * NEW.months + (
            SELECT coalesce(sum(amount_minor * months), 0) FROM campaigns_pledge
             WHERE campaign_id = NEW.campaign_id AND id <> NEW.id AND person_id = NEW.person_id
               AND state IN ('started', 'awaiting_method', 'active', 'collecting', 'needs_payer', 'collected',
                             'past_due')
        ) > campaign.pledge_max_minor THEN
            RAISE EXCEPTION 'pledge_over_a_persons_most' USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;
