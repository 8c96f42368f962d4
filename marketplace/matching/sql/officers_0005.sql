-- Money comes into a fund by two finance officers: DOMAIN 4.
CREATE TRIGGER matching_deposit_begins BEFORE INSERT ON matching_deposit FOR EACH ROW
    WHEN (NEW.confirmed_at IS NOT NULL OR NEW.confirmed_by_id IS NOT NULL OR NEW.entered_by_id IS NULL)
    EXECUTE FUNCTION core_owner_alone('begins unconfirmed');
CREATE TRIGGER matching_deposit_entered_by_staff BEFORE INSERT ON matching_deposit FOR EACH ROW
    EXECUTE FUNCTION accounts_by_staff('entered_by_id', 'finance-officers');
CREATE TRIGGER matching_deposit_confirmed_by_staff BEFORE UPDATE ON matching_deposit FOR EACH ROW
    WHEN (NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL)
    EXECUTE FUNCTION accounts_by_staff('confirmed_by_id', 'finance-officers');
CREATE TRIGGER matching_deposit_told BEFORE UPDATE ON matching_deposit FOR EACH ROW
    WHEN (NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL)
    EXECUTE FUNCTION core_told('matching.Deposit', 'id', 'deposit.confirmed');
CREATE TRIGGER matching_deposit_keeps BEFORE UPDATE ON matching_deposit FOR EACH ROW
    WHEN (OLD.confirmed_at IS NOT NULL AND OLD.confirmed_by_id IS DISTINCT FROM NEW.confirmed_by_id)
    EXECUTE FUNCTION core_owner_alone('who confirmed it stays');
CREATE TRIGGER matching_fundreturn_by_staff BEFORE INSERT ON matching_fundreturn FOR EACH ROW
    EXECUTE FUNCTION accounts_by_staff('requested_by_id', 'finance-officers');
CREATE TRIGGER matching_fundreturn_approved_by_staff BEFORE UPDATE ON matching_fundreturn FOR EACH ROW
    WHEN (NEW.approved_by_id IS NOT NULL AND OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id)
    EXECUTE FUNCTION accounts_by_staff('approved_by_id', 'finance-officers');
CREATE TRIGGER matching_fundreturn_keeps BEFORE UPDATE ON matching_fundreturn FOR EACH ROW
    WHEN (NEW.requested_by_id IS NOT NULL AND OLD.requested_by_id IS DISTINCT FROM NEW.requested_by_id
          OR OLD.approved_by_id IS NOT NULL AND NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id)
    EXECUTE FUNCTION core_owner_alone('who requested and approved it stays');
CREATE TRIGGER matching_challenge_forgets BEFORE UPDATE ON matching_challenge FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
