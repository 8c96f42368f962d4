-- A payment file that somebody has fetched may be at the bank: withdrawn by one, its payments would leave twice (OC10
-- of 27 November). Who owns the table is not judged (civic/core/sql/guards_0005.sql). That the two differ, a
-- constraint says.
CREATE TRIGGER payments_bankorder_begins BEFORE INSERT ON payments_bankorder FOR EACH ROW
    WHEN (NEW.withdrawn_at IS NOT NULL OR NEW.withdrawal_proposed_by_id IS NOT NULL
          OR NEW.withdrawal_confirmed_by_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER payments_bankorder_withdrawal_proposed_by_staff BEFORE UPDATE ON payments_bankorder FOR EACH ROW
    WHEN (NEW.withdrawal_proposed_by_id IS NOT NULL
          AND OLD.withdrawal_proposed_by_id IS DISTINCT FROM NEW.withdrawal_proposed_by_id)
    EXECUTE FUNCTION accounts_by_staff('withdrawal_proposed_by_id', 'finance-officers');
CREATE TRIGGER payments_bankorder_withdrawal_confirmed_by_staff BEFORE UPDATE ON payments_bankorder FOR EACH ROW
    WHEN (NEW.withdrawal_confirmed_by_id IS NOT NULL
          AND OLD.withdrawal_confirmed_by_id IS DISTINCT FROM NEW.withdrawal_confirmed_by_id)
    EXECUTE FUNCTION accounts_by_staff('withdrawal_confirmed_by_id', 'finance-officers');

CREATE FUNCTION payments_fetched_is_withdrawn_by_two() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.withdrawal_confirmed_by_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM core_event
         WHERE subject_type = 'payments.BankOrder' AND subject_id = NEW.id::text AND kind = 'bank_order.fetched'
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'fetched_is_withdrawn_by_two: the bank may have this file' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER payments_bankorder_fetched BEFORE UPDATE ON payments_bankorder FOR EACH ROW
    WHEN (OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at)
    EXECUTE FUNCTION payments_fetched_is_withdrawn_by_two();
