-- What funds bring a campaign; as in standing_0003.sql. Of a gift that stands in part, in dispute or given back, what
-- its ratio fund adds to the rest counts, and reaches no goal with more meanwhile.
CREATE OR REPLACE VIEW matching_allocationstanding AS
    SELECT allocation.id AS allocation_id, allocation.campaign_id,
           CASE WHEN allocation.state IN ('reserved', 'committed') THEN backed.minor ELSE 0 END AS promised,
           CASE WHEN allocation.state IN ('estimated', 'reserved') THEN estimated_minor ELSE 0 END AS estimated,
           CASE WHEN allocation.state = 'paid' THEN backed.minor ELSE 0 END AS paid,
           0::bigint AS returned, 0::bigint AS disputed,
           CASE WHEN allocation.state IN ('reserved', 'committed', 'paid') THEN backed.minor ELSE 0 END AS firm,
           CASE WHEN allocation.state IN ('reserved', 'committed', 'paid') THEN backed.minor ELSE 0 END AS standing
    FROM matching_allocation allocation
    JOIN matching_matchfund fund ON fund.id = allocation.fund_id
    CROSS JOIN LATERAL (
        SELECT allocation.amount_minor
               - coalesce(sum(line.amount_minor - least(line.amount_minor, gives.minor)), 0)::bigint AS minor
        FROM matching_matchline line
        JOIN campaigns_pledgestanding pledge ON pledge.pledge_id = line.pledge_id
        -- MatchFund.adds_to; what is more than the cap is cut off by LEAST, which passes over NULL.
        CROSS JOIN LATERAL (
            SELECT least(pledge.standing * coalesce(fund.ratio_bp, 0) / 10000, fund.gift_cap_minor) AS minor
        ) gives
        WHERE line.allocation_id = allocation.id AND line.released_at IS NULL
          AND pledge.standing < line.gift_minor
    ) backed;
