-- Who says that the bank has refused a payment, or never got a file, is told as the actor (TF7 of 27 November): with
-- another's name put there untold, one true officer's word was that of two. Who owns the tables is not judged
-- (civic/core/sql/guards_0005.sql).

-- TG_ARGV: the type of the event's subject, the column that names the person, the kind of the event that says so, and
-- of the one that takes it back. Said of a file that somebody has fetched, and since then: what was said of the file
-- before fell away with it.
CREATE FUNCTION payments_word_is_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    who uuid := (to_jsonb(NEW)->>TG_ARGV[1])::uuid;
    said record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT kind, actor, seq INTO said FROM core_event
     WHERE subject_type = TG_ARGV[0] AND subject_id = NEW.id::text AND kind IN (TG_ARGV[2], TG_ARGV[3])
     ORDER BY seq DESC LIMIT 1;
    IF who IS NULL AND said.kind = TG_ARGV[3]
        OR said.kind = TG_ARGV[2] AND said.actor = who AND EXISTS (
            SELECT FROM core_event
             WHERE subject_type = 'payments.BankOrder' AND kind = 'bank_order.fetched' AND seq < said.seq
               AND subject_id = coalesce(to_jsonb(NEW)->>'bank_order_id', NEW.id::text))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event tells who says this of %', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

-- What was said of a payment goes with the file that it was in (payments_its_order_is_withdrawn).
CREATE TRIGGER payments_refund_refusal_said BEFORE UPDATE ON payments_refund FOR EACH ROW
    WHEN (OLD.refusal_proposed_by_id IS DISTINCT FROM NEW.refusal_proposed_by_id
          AND NOT (NEW.refusal_proposed_by_id IS NULL AND NEW.bank_order_id IS NULL AND OLD.bank_order_id IS NOT NULL))
    EXECUTE FUNCTION payments_word_is_told('payments.Refund', 'refusal_proposed_by_id',
                                           'refund.refusal_proposed', 'refund.refusal_withdrawn');
CREATE TRIGGER payments_transfer_refusal_said BEFORE UPDATE ON payments_transfer FOR EACH ROW
    WHEN (OLD.refusal_proposed_by_id IS DISTINCT FROM NEW.refusal_proposed_by_id
          AND NOT (NEW.refusal_proposed_by_id IS NULL AND NEW.bank_order_id IS NULL AND OLD.bank_order_id IS NOT NULL))
    EXECUTE FUNCTION payments_word_is_told('payments.Transfer', 'refusal_proposed_by_id',
                                           'transfer.refusal_proposed', 'transfer.refusal_withdrawn');
CREATE TRIGGER payments_bankorder_withdrawal_said BEFORE UPDATE ON payments_bankorder FOR EACH ROW
    WHEN (OLD.withdrawal_proposed_by_id IS DISTINCT FROM NEW.withdrawal_proposed_by_id)
    EXECUTE FUNCTION payments_word_is_told('payments.BankOrder', 'withdrawal_proposed_by_id',
                                           'bank_order.withdrawal_proposed', 'bank_order.kept');
-- At the end of the transaction: the event of the withdrawal comes after who confirms it.
CREATE CONSTRAINT TRIGGER payments_bankorder_withdrawal_told AFTER UPDATE ON payments_bankorder
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.withdrawal_confirmed_by_id IS DISTINCT FROM NEW.withdrawal_confirmed_by_id)
    EXECUTE FUNCTION core_told('payments.BankOrder', 'id', 'bank_order.withdrawn');

-- Who gives a claim up, and who agrees, changes in a step of its state, as with lines of statements (begins_0015.sql).
CREATE FUNCTION payments_claim_is_stepped() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID)
        OR (SELECT claim.state FROM payments_claim claim WHERE claim.id = NEW.id) <> OLD.state
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'claim_is_stepped: who gives it up changes with its state' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER payments_claim_is_stepped AFTER UPDATE ON payments_claim
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (
        (OLD.proposed_by_id, OLD.confirmed_by_id) IS DISTINCT FROM (NEW.proposed_by_id, NEW.confirmed_by_id))
    EXECUTE FUNCTION payments_claim_is_stepped();
