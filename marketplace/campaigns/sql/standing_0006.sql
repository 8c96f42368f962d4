-- What counts, row by row; the columns are those of standing.sql. Of a payment in dispute, or lost in one, its part
-- alone does not count: payments_chargestanding says what is there.

-- A pledge: its first payment. Later months are in the view below.
CREATE OR REPLACE VIEW campaigns_pledgestanding AS
    SELECT pledge.id AS pledge_id, pledge.campaign_id, pledge.person_id,
           figure.promised, 0::bigint AS estimated, money.paid, money.returned, money.disputed,
           figure.firm, figure.promised + figure.firm AS standing
    FROM campaigns_pledge pledge
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(paid), 0)::bigint AS paid, coalesce(sum(returned), 0)::bigint AS returned,
               coalesce(sum(disputed), 0)::bigint AS disputed
        FROM payments_chargestanding WHERE purpose = 'pledge:' || pledge.id
    ) money
    CROSS JOIN LATERAL (
        SELECT CASE WHEN pledge.state IN ('active', 'collecting', 'needs_payer') AND pledge.collected_at IS NULL
                    THEN pledge.amount_minor ELSE 0 END AS promised,
               -- In dispute and given back at once, the same money would be taken off twice: never below nothing.
               CASE WHEN pledge.collected_at IS NOT NULL
                         AND pledge.state NOT IN ('cancelled', 'dropped', 'campaign_failed')
                    THEN greatest(money.paid - money.returned - money.disputed, 0) ELSE 0 END AS firm
    ) figure;

-- A later month of a monthly pledge: its money is the project's, and counts towards no goal.
CREATE OR REPLACE VIEW campaigns_instalmentstanding AS
    SELECT instalment.id AS instalment_id, pledge.campaign_id,
           0::bigint AS promised, 0::bigint AS estimated, money.paid, money.returned, money.disputed,
           greatest(money.paid - money.returned - money.disputed, 0) AS firm, 0::bigint AS standing
    FROM campaigns_instalment instalment
    JOIN campaigns_pledge pledge ON pledge.id = instalment.pledge_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(paid), 0)::bigint AS paid, coalesce(sum(returned), 0)::bigint AS returned,
               coalesce(sum(disputed), 0)::bigint AS disputed
        FROM payments_chargestanding WHERE purpose = 'instalment:' || instalment.id
    ) money;
