-- As in standing_0006.sql. A campaign that keeps what it gets charges the first month at once: one that was declined
-- is promised no more, and counts once it is paid. Where money is collected at the close it counts through the grace.
CREATE OR REPLACE VIEW campaigns_pledgestanding AS
    SELECT pledge.id AS pledge_id, pledge.campaign_id, pledge.person_id,
           figure.promised, 0::bigint AS estimated, money.paid, money.returned, money.disputed,
           figure.firm, figure.promised + figure.firm AS standing
    FROM campaigns_pledge pledge
    JOIN campaigns_campaign campaign ON campaign.id = pledge.campaign_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(paid), 0)::bigint AS paid, coalesce(sum(returned), 0)::bigint AS returned,
               coalesce(sum(disputed), 0)::bigint AS disputed
        FROM payments_chargestanding WHERE purpose = 'pledge:' || pledge.id
    ) money
    CROSS JOIN LATERAL (
        SELECT CASE WHEN pledge.collected_at IS NULL
                         AND (pledge.state IN ('active', 'collecting')
                              OR pledge.state = 'needs_payer' AND campaign.rule = 'all_or_nothing')
                    THEN pledge.amount_minor ELSE 0 END AS promised,
               -- In dispute and given back at once, the same money would be taken off twice: never below nothing.
               CASE WHEN pledge.collected_at IS NOT NULL
                         AND pledge.state NOT IN ('cancelled', 'dropped', 'campaign_failed')
                    THEN greatest(money.paid - money.returned - money.disputed, 0) ELSE 0 END AS firm
    ) figure;

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('campaigns_pledge', 'cancel', 'needs_payer', 'cancelled');
