-- An all-or-nothing campaign succeeds on money that is there or firmly due: DOMAIN 5. It lies here and not
-- with campaigns because it counts sponsors and matches, which stand above them.

-- Collected: what charges brought for the campaign's pledges, disputes and refunds left out. Firm: contracted
-- and paid sponsors, and the match that funds have set aside.
CREATE FUNCTION payouts_secured(wanted uuid) RETURNS numeric
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH paid AS (
        SELECT charge.id, charge.amount_minor
        FROM campaigns_pledge pledge JOIN payments_charge charge ON charge.purpose = 'pledge:' || pledge.id::text
        WHERE pledge.campaign_id = wanted AND pledge.state = 'collected' AND charge.state IN ('succeeded', 'won')
    )
    SELECT coalesce((SELECT sum(amount_minor) FROM paid), 0)
         - coalesce((SELECT sum(refund.amount_minor) FROM payments_refund refund
                     JOIN paid ON paid.id = refund.charge_id), 0)
         + coalesce((SELECT sum(amount_minor) FROM sponsorship_sponsorship
                     WHERE campaign_id = wanted
                       AND state IN ('contracted', 'invoiced', 'part_paid', 'paid', 'fulfilled')), 0)
         + coalesce((SELECT sum(amount_minor) FROM matching_allocation
                     WHERE campaign_id = wanted AND state IN ('reserved', 'committed', 'paid')), 0)
$$;

CREATE FUNCTION payouts_success_is_earned() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF payouts_secured(NEW.id) < NEW.goal_minor THEN
        RAISE EXCEPTION 'campaign_success_is_earned: collected and firm is less than the goal' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER payouts_success_is_earned BEFORE UPDATE ON campaigns_campaign
    FOR EACH ROW WHEN (NEW.state = 'succeeded' AND OLD.state <> 'succeeded' AND NEW.rule = 'all_or_nothing')
    EXECUTE FUNCTION payouts_success_is_earned();
