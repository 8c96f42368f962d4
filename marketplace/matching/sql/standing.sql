-- What funds bring a campaign; the columns are those of campaigns/sql/standing.sql. Guaranteed once it is set aside.
CREATE VIEW matching_allocationstanding AS
    SELECT allocation.id AS allocation_id, allocation.campaign_id,
           CASE WHEN state IN ('reserved', 'committed') THEN amount_minor ELSE 0 END AS promised,
           CASE WHEN state = 'estimated' THEN estimated_minor ELSE 0 END AS estimated,
           CASE WHEN state = 'paid' THEN amount_minor ELSE 0 END AS paid,
           0::bigint AS returned, 0::bigint AS disputed,
           CASE WHEN state IN ('reserved', 'committed', 'paid') THEN amount_minor ELSE 0 END AS firm,
           CASE WHEN state IN ('reserved', 'committed', 'paid') THEN amount_minor ELSE 0 END AS standing
    FROM matching_allocation allocation;
