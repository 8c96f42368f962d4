-- Fills the new columns of campaigns_campaigntotal as operations/totals.py counts them. Without it pages would show
-- nothing until the night, and the nightly recount would report each total as wrong. A day is one of UTC here: that
-- recount puts right what ended in the hours between.
WITH gift AS MATERIALIZED (
    SELECT pledge.campaign_id, pledge.person_id, anonymous, frequency, standing,
           standing > 0 OR (disputed > 0 AND collected_at IS NOT NULL
                            AND pledge.state NOT IN ('cancelled', 'campaign_failed', 'dropped')) AS listed,
           CASE WHEN pledge.state IN ('cancelled', 'dropped', 'ended')
                     AND collected_at < date_trunc('day', state_since, 'UTC')
                THEN (state_since AT TIME ZONE 'UTC')::date END AS ended
      FROM campaigns_pledge pledge JOIN campaigns_pledgestanding figure ON figure.pledge_id = pledge.id
), ending AS (
    SELECT campaign_id, max(ended) AS day FROM gift WHERE anonymous OR person_id IS NULL GROUP BY campaign_id
), amount AS (
    SELECT campaign_id, jsonb_agg(jsonb_build_object('amount_minor', standing, 'frequency', frequency,
                                                     'pledges', pledges) ORDER BY standing, frequency) AS amounts
      FROM (SELECT campaign_id, standing, frequency, count(*) AS pledges
              FROM gift WHERE standing > 0 GROUP BY 1, 2, 3) one
     GROUP BY campaign_id
), number AS (
    SELECT campaign_id, day,
           count(DISTINCT person_id) FILTER (WHERE listed AND anonymous)
           + count(*) FILTER (WHERE listed AND person_id IS NULL) AS nameless,
           count(DISTINCT person_id) FILTER (WHERE (listed OR ended = day) AND anonymous)
           - count(DISTINCT person_id) FILTER (WHERE listed AND anonymous)
           + count(*) FILTER (WHERE NOT listed AND ended = day AND person_id IS NULL) AS gone
      FROM gift LEFT JOIN ending USING (campaign_id)
     GROUP BY campaign_id, day
)
UPDATE campaigns_campaigntotal total
   SET nameless = number.nameless, gone_on = number.day, gone = number.gone,
       amounts = coalesce(amount.amounts, '[]')
  FROM number LEFT JOIN amount USING (campaign_id)
 WHERE total.campaign_id = number.campaign_id;
