-- Payouts are requested and approved by finance officers: DOMAIN 6.
CREATE TRIGGER payouts_approval_by_staff BEFORE INSERT ON payouts_approval FOR EACH ROW
    EXECUTE FUNCTION accounts_by_staff('person_id', 'finance-officers');
CREATE TRIGGER payouts_payout_by_staff BEFORE UPDATE ON payouts_payout FOR EACH ROW
    WHEN (NEW.requested_by_id IS NOT NULL AND OLD.requested_by_id IS DISTINCT FROM NEW.requested_by_id)
    EXECUTE FUNCTION accounts_by_staff('requested_by_id', 'finance-officers');
-- A hold stands until it is lifted, and is not placed lifted.
CREATE TRIGGER payouts_hold_begins BEFORE INSERT ON payouts_hold FOR EACH ROW
    WHEN (NEW.lifted_at IS NOT NULL) EXECUTE FUNCTION core_owner_alone('begins unlifted');
CREATE TRIGGER payouts_hold_lifted BEFORE UPDATE ON payouts_hold FOR EACH ROW
    WHEN (NEW.lifted_at IS NOT NULL AND OLD.lifted_at IS NULL)
    EXECUTE FUNCTION core_told('payouts.Hold', 'id', 'hold.lifted');
-- Details that were usable at once would take a payout elsewhere before anybody is told of them: settings ask for days,
-- this for an hour at least.
CREATE TRIGGER payouts_bankdetails_begin BEFORE INSERT ON payouts_bankdetails FOR EACH ROW
    WHEN (NEW.usable_from < now() + interval '1 hour')
    EXECUTE FUNCTION core_owner_alone('waits until it is usable');
CREATE TRIGGER payouts_bankdetails_forgets BEFORE UPDATE ON payouts_bankdetails FOR EACH ROW
    WHEN (NEW.entered_by_id IS NOT NULL AND OLD.entered_by_id IS DISTINCT FROM NEW.entered_by_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
CREATE TRIGGER payouts_return_by_staff BEFORE INSERT ON payouts_return FOR EACH ROW
    EXECUTE FUNCTION accounts_by_staff('proposed_by_id', 'finance-officers');
CREATE TRIGGER payouts_return_confirmed_by_staff BEFORE UPDATE ON payouts_return FOR EACH ROW
    WHEN (NEW.confirmed_by_id IS NOT NULL AND OLD.confirmed_by_id IS NULL)
    EXECUTE FUNCTION accounts_by_staff('confirmed_by_id', 'finance-officers');
