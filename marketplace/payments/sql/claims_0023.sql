-- A refund that came back, and was given back by a dispute or has set a claim off since, has gone after all where the
-- bank takes back the credit that had brought it: its payer has the money twice, and owes it (TF3 of 27 November).
INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payments_refund', 'take_back', 'covered', 'alternative_due');

-- Two finance officers have said that the bank took that credit back.
CREATE FUNCTION payments_refund_went_after_all() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM payments_statementline line JOIN payments_statementline credit ON credit.id = line.reverses_id
         WHERE line.state = 'settled' AND line.proposal = 'taken' AND line.confirmed_by_id IS NOT NULL
           AND (credit.refund_id = NEW.id OR EXISTS (
               SELECT FROM core_event WHERE subject_type = 'payments.StatementLine' AND subject_id = credit.id::text
                  AND payload->>'for' = 'refund:' || NEW.id))
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'refund_went_after_all: the bank has not taken back what brought it' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER payments_refund_went_after_all AFTER UPDATE ON payments_refund
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.state = 'covered' AND NEW.state <> 'covered')
    EXECUTE FUNCTION payments_refund_went_after_all();

CREATE FUNCTION payments_claim_counts(p_claim uuid, p_minor bigint) RETURNS numeric
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    -- A claim less what a refund that came back has set off, in minor units: that is no refund any more.
    SELECT p_minor - coalesce(sum(abs(posting.amount)), 0)
      FROM ledger_entry entry JOIN ledger_posting posting ON posting.entry_id = entry.id
      JOIN ledger_account account ON account.id = posting.account_id AND account.code LIKE 'refund/%'
     WHERE entry.key LIKE 'claim:' || p_claim || ':paid%'
$$;

-- As in begins_0015.sql; of a charge there may be several claims, which count together.
CREATE OR REPLACE FUNCTION payments_claim_came_back_twice() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    paid record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    -- Two claims at once would each count without the other.
    SELECT charge.id, charge.amount_minor INTO paid FROM payments_charge charge
      JOIN payments_dispute dispute ON dispute.charge_id = charge.id WHERE dispute.id = NEW.dispute_id
       FOR UPDATE OF charge;
    IF paid.id IS NULL OR NEW.amount_minor + paid.amount_minor
        + coalesce((SELECT sum(payments_claim_counts(claim.id, claim.amount_minor)) FROM payments_claim claim
                      JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
                     WHERE dispute.charge_id = paid.id), 0)
        <= coalesce((SELECT sum(amount_minor) FROM payments_refund
                      WHERE charge_id = paid.id AND state <> 'covered'), 0)
         + coalesce((SELECT sum(lost_minor) FROM payments_dispute WHERE charge_id = paid.id), 0)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'claim_came_back_twice: not so much has' USING ERRCODE = '23514';
END $$;

-- As in claims_0010.sql; a claim of a refund that has gone after all is of the same payment, and no larger than that.
CREATE OR REPLACE FUNCTION payments_claim_is_its_disputes() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.amount_minor > coalesce((SELECT lost_minor FROM payments_dispute WHERE id = NEW.dispute_id), 0)
        AND NEW.refund_id IS NULL
    THEN
        RAISE EXCEPTION 'claim_is_its_disputes: the dispute has not taken that much' USING ERRCODE = '23514';
    END IF;
    IF NEW.refund_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM payments_refund refund JOIN payments_dispute dispute ON dispute.charge_id = refund.charge_id
         WHERE refund.id = NEW.refund_id AND dispute.id = NEW.dispute_id AND dispute.lost_minor > 0
           AND refund.state = 'done' AND NEW.amount_minor <= refund.amount_minor)
    THEN
        RAISE EXCEPTION 'claim_is_its_refunds: it has not gone beside that dispute' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
