-- What funds bring a campaign; the columns are those of campaigns/sql/standing.sql. Guaranteed once it is set aside, as
-- far as the gifts stand that brought it: what a pledge brought of which nothing counts (dropped, given back, in
-- dispute) is on its way back to the fund, and reaches no goal meanwhile. A threshold's sum is estimated until then.
CREATE OR REPLACE VIEW matching_allocationstanding AS
    SELECT allocation.id AS allocation_id, allocation.campaign_id,
           CASE WHEN state IN ('reserved', 'committed') THEN backed.minor ELSE 0 END AS promised,
           CASE WHEN state IN ('estimated', 'reserved') THEN estimated_minor ELSE 0 END AS estimated,
           CASE WHEN state = 'paid' THEN backed.minor ELSE 0 END AS paid,
           0::bigint AS returned, 0::bigint AS disputed,
           CASE WHEN state IN ('reserved', 'committed', 'paid') THEN backed.minor ELSE 0 END AS firm,
           CASE WHEN state IN ('reserved', 'committed', 'paid') THEN backed.minor ELSE 0 END AS standing
    FROM matching_allocation allocation
    CROSS JOIN LATERAL (
        SELECT allocation.amount_minor - coalesce(sum(line.amount_minor), 0)::bigint AS minor
        FROM matching_matchline line
        JOIN campaigns_pledgestanding pledge ON pledge.pledge_id = line.pledge_id
        WHERE line.allocation_id = allocation.id AND line.released_at IS NULL AND pledge.standing = 0
    ) backed;
