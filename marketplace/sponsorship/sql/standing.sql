-- What sponsors bring a campaign, before tax; the columns are those of campaigns/sql/standing.sql. A contract counts as
-- far as it is not paid; what is paid counts while its charge stands; of a rest that was credited nothing counts.
CREATE VIEW sponsorship_sponsorshipstanding AS
    SELECT sponsorship.id AS sponsorship_id, sponsorship.campaign_id,
           figure.promised, 0::bigint AS estimated, money.paid, 0::bigint AS returned, money.disputed,
           figure.promised + figure.there AS firm, figure.promised + figure.there AS standing
    FROM sponsorship_sponsorship sponsorship
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(payment.net_minor), 0)::bigint AS paid,
               coalesce(sum(payment.net_minor) FILTER (WHERE charge.state = 'disputed'), 0)::bigint AS disputed
        FROM invoicing_invoicepayment payment
        JOIN payments_charge charge ON charge.id = payment.charge_id
        WHERE payment.invoice_id = sponsorship.invoice_id AND charge.state IN ('succeeded', 'disputed', 'won')
          AND NOT EXISTS (SELECT FROM invoicing_invoicepaymentreversal WHERE payment_id = payment.id)
    ) money
    CROSS JOIN LATERAL (
        SELECT CASE WHEN sponsorship.state IN ('contracted', 'invoiced', 'part_paid')
                    THEN sponsorship.amount_minor - money.paid ELSE 0 END AS promised,
               CASE WHEN sponsorship.state IN ('invoiced', 'part_paid', 'paid', 'fulfilled')
                    THEN money.paid - money.disputed ELSE 0 END AS there
    ) figure;
