-- What sponsors bring a campaign, before tax; the columns are those of campaigns/sql/standing.sql. A contract counts as
-- far as it is not paid; what is paid counts while its charge stands; of a rest that was credited nothing counts. What
-- was paid and then lost in a dispute is no firm promise any more, and counts only when it is paid again. What was paid
-- and went back by a credit note of a part does not count; a credit note of a rest that nobody paid takes nothing paid.
CREATE OR REPLACE VIEW sponsorship_sponsorshipstanding AS
    SELECT sponsorship.id AS sponsorship_id, sponsorship.campaign_id,
           figure.promised, 0::bigint AS estimated, money.paid, gone.minor AS returned, money.disputed,
           figure.promised + figure.there AS firm, figure.promised + figure.there AS standing
    FROM sponsorship_sponsorship sponsorship
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(net - lost), 0)::bigint AS paid,
               coalesce(sum(net) FILTER (WHERE state = 'disputed'), 0)::bigint AS disputed,
               coalesce(sum(lost), 0)::bigint AS lost
        FROM (
            -- Of a lost charge whose news has not been heard yet, all counts as lost: how much is not known before.
            SELECT charge.state, payment.net_minor AS net,
                   coalesce(reversal.net_minor,
                            CASE WHEN charge.state = 'lost' THEN payment.net_minor ELSE 0 END) AS lost
            FROM invoicing_invoicepayment payment
            JOIN payments_charge charge ON charge.id = payment.charge_id
            LEFT JOIN invoicing_invoicepaymentreversal reversal ON reversal.payment_id = payment.id
            WHERE payment.invoice_id = sponsorship.invoice_id
        ) settled
    ) money
    CROSS JOIN LATERAL (
        SELECT greatest(money.paid - sponsorship.amount_minor - coalesce(sum(note.net_minor), 0), 0)::bigint AS minor
        FROM invoicing_invoice note
        WHERE note.corrects_id = sponsorship.invoice_id
    ) gone
    CROSS JOIN LATERAL (
        SELECT CASE WHEN sponsorship.state IN ('contracted', 'invoiced', 'part_paid')
                    THEN greatest(sponsorship.amount_minor - money.paid - money.lost, 0) ELSE 0 END AS promised,
               CASE WHEN sponsorship.state IN ('invoiced', 'part_paid', 'paid', 'fulfilled')
                    THEN greatest(money.paid - gone.minor - money.disputed, 0) ELSE 0 END AS there
    ) figure;
