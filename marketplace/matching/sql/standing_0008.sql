-- What funds bring a campaign; as in standing_0006.sql. The sum of a threshold counts as long as enough of those who
-- counted have a gift that stands: while one is in dispute it is set aside still, and guarantees no goal.
CREATE OR REPLACE VIEW matching_allocationstanding AS
    SELECT allocation.id AS allocation_id, allocation.campaign_id,
           CASE WHEN allocation.state IN ('reserved', 'committed') THEN counts.minor ELSE 0 END AS promised,
           CASE WHEN allocation.state IN ('estimated', 'reserved') THEN estimated_minor ELSE 0 END AS estimated,
           CASE WHEN allocation.state = 'paid' THEN counts.minor ELSE 0 END AS paid,
           0::bigint AS returned, 0::bigint AS disputed,
           CASE WHEN allocation.state IN ('reserved', 'committed', 'paid') THEN counts.minor ELSE 0 END AS firm,
           CASE WHEN allocation.state IN ('reserved', 'committed', 'paid') THEN counts.minor ELSE 0 END AS standing
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
    ) backed
    CROSS JOIN LATERAL (
        -- Once the campaign has succeeded, money in dispute counts until it is lost (threshold.reduce).
        SELECT CASE WHEN fund.rule = 'threshold' AND allocation.state = 'reserved' AND allocation.amount_minor > 0
                         AND allocation.counted IS NOT NULL AND (
                             SELECT count(*) FROM jsonb_array_elements(allocation.counted) AS backer (pledges)
                             WHERE EXISTS (
                                 SELECT FROM jsonb_array_elements_text(backer.pledges) AS own (id)
                                 JOIN campaigns_pledgestanding pledge ON pledge.pledge_id = own.id::uuid
                                 WHERE pledge.standing >= greatest(fund.gift_min_minor, 1)
                             )
                         ) < fund.threshold_backers
                    THEN 0 ELSE backed.minor END AS minor
    ) counts;
