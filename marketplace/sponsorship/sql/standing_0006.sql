-- What sponsors bring a campaign, before tax; as in standing_0005.sql. An invoice may have several credit notes, each
-- of which says what of a payment it gives back; what else they credit is not promised any more.
CREATE OR REPLACE VIEW sponsorship_sponsorshipstanding AS
    SELECT sponsorship.id AS sponsorship_id, sponsorship.campaign_id,
           figure.promised, 0::bigint AS estimated, money.paid, money.returned, money.disputed,
           figure.promised + figure.there AS firm, figure.promised + figure.there AS standing
    FROM sponsorship_sponsorship sponsorship
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(payment.net_minor - part.lost), 0)::bigint AS paid,
               coalesce(sum(back.net), 0)::bigint AS returned,
               coalesce(sum(least(part.held, payment.net_minor - back.net - part.lost)), 0)::bigint AS disputed,
               coalesce(sum(part.lost), 0)::bigint AS lost
        FROM invoicing_invoicepayment payment
        JOIN payments_charge charge ON charge.id = payment.charge_id
        JOIN payments_chargestanding there ON there.charge_id = charge.id
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(amount_minor), 0) AS minor, coalesce(sum(net_minor), 0) AS net
            FROM invoicing_creditedpayment WHERE payment_id = payment.id
        ) back
        CROSS JOIN LATERAL (
            SELECT coalesce(sum(reversal.net_minor), 0) AS booked,
                   coalesce(sum(dispute.lost_minor) FILTER (WHERE reversal.id IS NULL), 0) AS unheard
            FROM payments_dispute dispute
            LEFT JOIN invoicing_invoicepaymentreversal reversal ON reversal.dispute_id = dispute.id
            WHERE dispute.charge_id = charge.id
        ) loss
        -- The net of a gross part is rounded half up, as on invoices. What was more than the invoice asked for, or is
        -- credited, is taken first, and is nobody's income. How much a loss took of the income nobody has written yet
        -- where it was not heard of.
        CROSS JOIN LATERAL (
            SELECT greatest(charge.amount_minor - payment.amount_minor + back.minor - there.returned, 0) AS over
        ) more
        CROSS JOIN LATERAL (
            SELECT least(payment.net_minor - back.net, loss.booked
                         + (2 * greatest(loss.unheard - more.over, 0) * payment.net_minor + payment.amount_minor)
                           / (2 * payment.amount_minor)) AS lost,
                   (2 * greatest(there.disputed - more.over, 0) * payment.net_minor + payment.amount_minor)
                       / (2 * payment.amount_minor) AS held
        ) net
        CROSS JOIN LATERAL (SELECT floor(net.lost)::bigint AS lost, floor(net.held)::bigint AS held) part
        WHERE payment.invoice_id = sponsorship.invoice_id
    ) money
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(note.net_minor), 0) + money.returned AS given_up
        FROM invoicing_invoice note
        WHERE note.corrects_id = sponsorship.invoice_id
    ) rest
    CROSS JOIN LATERAL (
        SELECT (CASE WHEN sponsorship.state IN ('contracted', 'invoiced', 'part_paid')
                     THEN greatest(sponsorship.amount_minor + rest.given_up - money.paid - money.lost, 0)
                     ELSE 0 END)::bigint AS promised,
               CASE WHEN sponsorship.state IN ('invoiced', 'part_paid', 'paid', 'fulfilled')
                    THEN greatest(money.paid - money.returned - money.disputed, 0) ELSE 0 END AS there
    ) figure;
