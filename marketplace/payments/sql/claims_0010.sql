-- What a payer got back twice: how claims begin and move when it is not the tables' owner who writes
-- (civic/core/sql/guards_0005.sql), and that two finance officers give one up.
INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payments_claim', 'propose', 'open', 'proposed'),
    ('payments_claim', 'withdraw', 'proposed', 'open'),
    ('payments_claim', 'write_off', 'proposed', 'written_off'),
    ('payments_claim', 'pay', 'open', 'paid'),
    ('payments_claim', 'pay', 'proposed', 'paid'),
    ('payments_claim', 'pay', 'written_off', 'paid');
CREATE TRIGGER payments_claim_begins BEFORE INSERT ON payments_claim FOR EACH ROW
    WHEN (NEW.state <> 'open' OR NEW.proposed_by_id IS NOT NULL OR NEW.confirmed_by_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER payments_claim_steps BEFORE UPDATE ON payments_claim FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('payments.Claim');
CREATE TRIGGER payments_claim_proposed_by_staff BEFORE UPDATE ON payments_claim FOR EACH ROW
    WHEN (NEW.proposed_by_id IS NOT NULL AND OLD.proposed_by_id IS DISTINCT FROM NEW.proposed_by_id)
    EXECUTE FUNCTION accounts_by_staff('proposed_by_id', 'finance-officers');
CREATE TRIGGER payments_claim_confirmed_by_staff BEFORE UPDATE ON payments_claim FOR EACH ROW
    WHEN (NEW.confirmed_by_id IS NOT NULL AND OLD.confirmed_by_id IS DISTINCT FROM NEW.confirmed_by_id)
    EXECUTE FUNCTION accounts_by_staff('confirmed_by_id', 'finance-officers');
CREATE TRIGGER payments_claim_kept BEFORE DELETE ON payments_claim
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();

-- A claim is of a decided dispute, and no more than that has taken.
CREATE FUNCTION payments_claim_is_its_disputes() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.amount_minor > coalesce((SELECT lost_minor FROM payments_dispute WHERE id = NEW.dispute_id), 0) THEN
        RAISE EXCEPTION 'claim_is_its_disputes: the dispute has not taken that much' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payments_claim_of_a_loss BEFORE INSERT ON payments_claim
    FOR EACH ROW EXECUTE FUNCTION payments_claim_is_its_disputes();
