-- A dispute is about a part of a charge or all of it, is lost in part or wholly, and may come again: what counts of the
-- charge falls by its part alone. Guards DOMAIN 5.

-- The bank may ask again for what it left of a payment that was lost in part.
INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payments_charge', 'dispute', 'lost', 'disputed');

-- What of each charge whose money has arrived is there, in minor units; campaigns and sponsorships read it.
--   paid      arrived, less what lost disputes have taken; what was refunded before was taken from the city instead
--   returned  of it, refunded or on its way back; what a dispute gave back in a refund's place is not in paid
--   disputed  of it, held by the payer's bank until a dispute is decided
CREATE VIEW payments_chargestanding AS
    SELECT charge.id AS charge_id, charge.purpose,
           greatest(charge.amount_minor - taken.lost, back.minor)::bigint AS paid,
           back.minor AS returned, taken.held AS disputed
    FROM payments_charge charge
    CROSS JOIN LATERAL (
        SELECT coalesce(sum(amount_minor), 0)::bigint AS minor FROM payments_refund
        WHERE charge_id = charge.id AND state <> 'covered'
    ) back
    CROSS JOIN LATERAL (
        -- Where no row says how much, it is all of it.
        SELECT coalesce(sum(lost_minor), CASE WHEN charge.state = 'lost' THEN charge.amount_minor ELSE 0 END)::bigint
                   AS lost,
               coalesce(sum(amount_minor) FILTER (WHERE decided_at IS NULL),
                        CASE WHEN charge.state = 'disputed' THEN charge.amount_minor ELSE 0 END)::bigint AS held
        FROM payments_dispute WHERE charge_id = charge.id
    ) taken
    WHERE charge.state IN ('succeeded', 'disputed', 'won', 'lost');

-- As in amounts.sql; what a lost dispute took can't be refunded, and what it gave back in a refund's place is its own.
CREATE OR REPLACE FUNCTION payments_refund_within_charge() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    charge record;
    gone numeric;
BEGIN
    SELECT amount_minor, currency, book INTO charge FROM payments_charge WHERE id = NEW.charge_id FOR UPDATE;
    SELECT (SELECT coalesce(sum(amount_minor), 0) FROM payments_refund
            WHERE charge_id = NEW.charge_id AND state <> 'covered')
        + (SELECT coalesce(sum(lost_minor), 0) FROM payments_dispute WHERE charge_id = NEW.charge_id) INTO gone;
    IF (NEW.currency, NEW.book) <> (charge.currency, charge.book) OR gone + NEW.amount_minor > charge.amount_minor
    THEN
        RAISE EXCEPTION 'refunds exceed the charge' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- Disputes that were heard of before there were rows of them; all but the last were won.
INSERT INTO payments_dispute (id, charge_id, number, amount_minor, reason, opened_at, decided_at, lost_minor)
    SELECT gen_random_uuid(), charge.id, told.number,
           coalesce((SELECT sum(posting.amount) FROM ledger_posting posting
                     JOIN ledger_entry entry ON entry.id = posting.entry_id
                     WHERE posting.amount > 0 AND entry.book = charge.book
                       AND entry.key = 'dispute:' || charge.id
                           || CASE WHEN told.number > 1 THEN ':' || told.number ELSE '' END), charge.amount_minor),
           '', told.at,
           CASE WHEN told.is_last AND charge.state = 'disputed' THEN NULL ELSE charge.state_since END,
           CASE WHEN NOT told.is_last OR charge.state = 'won' THEN 0
                WHEN charge.state = 'lost' THEN
                    coalesce((SELECT -sum(posting.amount) FROM ledger_posting posting
                              JOIN ledger_entry entry ON entry.id = posting.entry_id
                              JOIN ledger_account account ON account.id = posting.account_id
                              WHERE posting.amount < 0 AND entry.book = charge.book AND account.code = 'disputed'
                                AND entry.key ~ ('^dispute:' || charge.id || '(:[0-9]+)?:(lost|loss|refund:.*)$')),
                             charge.amount_minor)
           END
    FROM payments_charge charge
    JOIN LATERAL (
        SELECT at, row_number() OVER (ORDER BY seq) AS number,
               row_number() OVER (ORDER BY seq DESC) = 1 AS is_last
        FROM core_event WHERE kind = 'charge.disputed' AND subject_type = 'payments.Charge'
            AND subject_id = charge.id::text
    ) told ON true
    WHERE charge.state IN ('disputed', 'won', 'lost');
-- Its foreign keys are checked now: a table with checks to come can't be altered.
SET CONSTRAINTS ALL IMMEDIATE;

-- A dispute says what its charge does: open while that is disputed, won or lost as that was, and then for good.
CREATE FUNCTION payments_dispute_is_its_charges() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    charge record;
    before record;
BEGIN
    SELECT state, amount_minor INTO charge FROM payments_charge WHERE id = NEW.charge_id FOR NO KEY UPDATE;
    IF TG_OP = 'INSERT' THEN
        SELECT count(*) AS number, coalesce(sum(lost_minor), 0) AS lost,
               count(*) FILTER (WHERE decided_at IS NULL) AS open
            INTO before FROM payments_dispute WHERE charge_id = NEW.charge_id;
        IF charge.state <> 'disputed' OR before.open > 0 OR NEW.decided_at IS NOT NULL
           OR NEW.number <> before.number + 1 OR NEW.amount_minor > charge.amount_minor - before.lost THEN
            RAISE EXCEPTION 'payments_dispute_is_its_charges: not disputed so' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.charge_id, NEW.number, NEW.amount_minor, NEW.opened_at)
       <> (OLD.charge_id, OLD.number, OLD.amount_minor, OLD.opened_at)
       OR OLD.decided_at IS NOT NULL
          AND (NEW.decided_at, NEW.lost_minor) IS DISTINCT FROM (OLD.decided_at, OLD.lost_minor)
       OR OLD.decided_at IS NULL AND NEW.decided_at IS NOT NULL
          AND (charge.state, NEW.lost_minor > 0) NOT IN (('lost', true), ('won', false)) THEN
        RAISE EXCEPTION 'payments_dispute_is_its_charges: not decided so' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER payments_dispute_is_its_charges BEFORE INSERT OR UPDATE ON payments_dispute
    FOR EACH ROW EXECUTE FUNCTION payments_dispute_is_its_charges();
CREATE TRIGGER payments_dispute_kept BEFORE DELETE ON payments_dispute
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();

-- The demo provider's own books: what it told of disputes until now.
UPDATE payments_demopayment payment SET
    taken_minor = CASE WHEN status IN ('disputed', 'lost') THEN amount_minor ELSE 0 END,
    disputes = coalesce((
        SELECT jsonb_agg(jsonb_build_object('minor', dispute.amount_minor, 'lost', dispute.lost_minor)
                         ORDER BY dispute.number)
        FROM payments_dispute dispute WHERE dispute.charge_id = payment.target
    ), '[]'::jsonb)
    WHERE status IN ('disputed', 'won', 'lost');
