-- Money comes into a fund by two finance officers: DOMAIN 4.
CREATE TRIGGER matching_deposit_begins BEFORE INSERT ON matching_deposit FOR EACH ROW
    WHEN (NEW.confirmed_at IS NOT NULL OR NEW.confirmed_by_id IS NOT NULL OR NEW.entered_by_id IS NULL)
    EXECUTE FUNCTION core_owner_alone('begins unconfirmed');
CREATE TRIGGER matching_deposit_entered_by_staff BEFORE INSERT ON matching_deposit FOR EACH ROW
    EXECUTE FUNCTION accounts_by_staff('entered_by_id', 'finance-officers');
CREATE TRIGGER matching_deposit_confirmed_by_staff BEFORE UPDATE ON matching_deposit FOR EACH ROW
    WHEN (NEW.confirmed_at IS NOT NULL AND OLD.confirmed_at IS NULL)
    EXECUTE FUNCTION accounts_by_staff('confirmed_by_id', 'finance-officers');
