-- What counts, row by row, in minor units: the one definition that goals, matches, totals, pages, exports and the
-- rule of success (payouts/sql/success.sql) read. Each slice whose money counts has a view with these columns:
--   promised   certain enough to count, and not paid yet
--   estimated  shown beside the rest and never counted
--   paid       has arrived, and no lost dispute has taken it since
--   returned   of it, refunded or on its way back
--   disputed   of it, held by the payer's bank until a dispute is decided
--   firm       what a success may be decided on: money that is there, and promises that are contracts
--   standing   what counts towards the goal: firm, and promised

-- A pledge: its first payment. Later months are in the view below. A charge that failed brought nothing; one that was
-- lost is as if it had not been, with the refund that it covered.
CREATE VIEW campaigns_pledgestanding AS
    SELECT pledge.id AS pledge_id, pledge.campaign_id, pledge.person_id,
           figure.promised, 0::bigint AS estimated, money.paid, money.returned, money.disputed,
           figure.firm, figure.promised + figure.firm AS standing
    FROM campaigns_pledge pledge
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(charge.amount_minor), 0)::bigint AS paid,
               coalesce(sum((SELECT sum(refund.amount_minor) FROM payments_refund refund
                             WHERE refund.charge_id = charge.id)), 0)::bigint AS returned,
               coalesce(sum(charge.amount_minor) FILTER (WHERE charge.state = 'disputed'), 0)::bigint AS disputed
        FROM payments_charge charge
        WHERE charge.purpose = 'pledge:' || pledge.id AND charge.state IN ('succeeded', 'disputed', 'won')
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
CREATE VIEW campaigns_instalmentstanding AS
    SELECT instalment.id AS instalment_id, pledge.campaign_id,
           0::bigint AS promised, 0::bigint AS estimated, money.paid, money.returned, money.disputed,
           greatest(money.paid - money.returned - money.disputed, 0) AS firm, 0::bigint AS standing
    FROM campaigns_instalment instalment
    JOIN campaigns_pledge pledge ON pledge.id = instalment.pledge_id
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(charge.amount_minor), 0)::bigint AS paid,
               coalesce(sum((SELECT sum(refund.amount_minor) FROM payments_refund refund
                             WHERE refund.charge_id = charge.id)), 0)::bigint AS returned,
               coalesce(sum(charge.amount_minor) FILTER (WHERE charge.state = 'disputed'), 0)::bigint AS disputed
        FROM payments_charge charge
        WHERE charge.purpose = 'instalment:' || instalment.id AND charge.state IN ('succeeded', 'disputed', 'won')
    ) money;
