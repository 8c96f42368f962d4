-- Two finance officers say that the bank has refused a payment out of a file that it has (OC5 of 27 November): its
-- money is owed again, and would leave twice where that is not so. Who owns the tables is not judged
-- (civic/core/sql/guards_0005.sql). That the two differ, a constraint of each table says.

DROP TRIGGER payments_refund_begins ON payments_refund;
CREATE TRIGGER payments_refund_begins BEFORE INSERT ON payments_refund FOR EACH ROW
    WHEN (NEW.state <> 'requested' OR NEW.bank_order_id IS NOT NULL OR NEW.refusal_proposed_by_id IS NOT NULL
          OR NEW.refusal_confirmed_by_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER payments_refund_refusal_proposed_by_staff BEFORE UPDATE ON payments_refund FOR EACH ROW
    WHEN (NEW.refusal_proposed_by_id IS NOT NULL
          AND OLD.refusal_proposed_by_id IS DISTINCT FROM NEW.refusal_proposed_by_id)
    EXECUTE FUNCTION accounts_by_staff('refusal_proposed_by_id', 'finance-officers');
CREATE TRIGGER payments_refund_refusal_confirmed_by_staff BEFORE UPDATE ON payments_refund FOR EACH ROW
    WHEN (NEW.refusal_confirmed_by_id IS NOT NULL
          AND OLD.refusal_confirmed_by_id IS DISTINCT FROM NEW.refusal_confirmed_by_id)
    EXECUTE FUNCTION accounts_by_staff('refusal_confirmed_by_id', 'finance-officers');
CREATE TRIGGER payments_refund_refusal_told BEFORE UPDATE ON payments_refund FOR EACH ROW
    WHEN (OLD.refusal_confirmed_by_id IS DISTINCT FROM NEW.refusal_confirmed_by_id)
    EXECUTE FUNCTION core_told('payments.Refund', 'id', 'refund.refused');
-- What was confirmed stays.
CREATE TRIGGER payments_refund_refusal_stays BEFORE UPDATE ON payments_refund FOR EACH ROW
    WHEN (OLD.refusal_confirmed_by_id IS NOT NULL
          AND (OLD.refusal_proposed_by_id, OLD.refusal_confirmed_by_id)
              IS DISTINCT FROM (NEW.refusal_proposed_by_id, NEW.refusal_confirmed_by_id))
    EXECUTE FUNCTION core_owner_alone('what two have confirmed stays');
CREATE TRIGGER payments_refund_refused_by_two BEFORE UPDATE ON payments_refund FOR EACH ROW
    WHEN (OLD.state = 'pending' AND NEW.state = 'failed' AND OLD.bank_order_id IS NOT NULL
          AND NEW.refusal_confirmed_by_id IS NULL)
    EXECUTE FUNCTION core_owner_alone('the bank has it: two say that it was refused');

DROP TRIGGER payments_transfer_begins ON payments_transfer;
CREATE TRIGGER payments_transfer_begins BEFORE INSERT ON payments_transfer FOR EACH ROW
    WHEN (NEW.state <> 'requested' OR NEW.bank_order_id IS NOT NULL OR NEW.refusal_proposed_by_id IS NOT NULL
          OR NEW.refusal_confirmed_by_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER payments_transfer_refusal_proposed_by_staff BEFORE UPDATE ON payments_transfer FOR EACH ROW
    WHEN (NEW.refusal_proposed_by_id IS NOT NULL
          AND OLD.refusal_proposed_by_id IS DISTINCT FROM NEW.refusal_proposed_by_id)
    EXECUTE FUNCTION accounts_by_staff('refusal_proposed_by_id', 'finance-officers');
CREATE TRIGGER payments_transfer_refusal_confirmed_by_staff BEFORE UPDATE ON payments_transfer FOR EACH ROW
    WHEN (NEW.refusal_confirmed_by_id IS NOT NULL
          AND OLD.refusal_confirmed_by_id IS DISTINCT FROM NEW.refusal_confirmed_by_id)
    EXECUTE FUNCTION accounts_by_staff('refusal_confirmed_by_id', 'finance-officers');
CREATE TRIGGER payments_transfer_refusal_told BEFORE UPDATE ON payments_transfer FOR EACH ROW
    WHEN (OLD.refusal_confirmed_by_id IS DISTINCT FROM NEW.refusal_confirmed_by_id)
    EXECUTE FUNCTION core_told('payments.Transfer', 'id', 'transfer.refused');
-- What was confirmed stays.
CREATE TRIGGER payments_transfer_refusal_stays BEFORE UPDATE ON payments_transfer FOR EACH ROW
    WHEN (OLD.refusal_confirmed_by_id IS NOT NULL
          AND (OLD.refusal_proposed_by_id, OLD.refusal_confirmed_by_id)
              IS DISTINCT FROM (NEW.refusal_proposed_by_id, NEW.refusal_confirmed_by_id))
    EXECUTE FUNCTION core_owner_alone('what two have confirmed stays');
CREATE TRIGGER payments_transfer_refused_by_two BEFORE UPDATE ON payments_transfer FOR EACH ROW
    WHEN (OLD.state = 'sent' AND NEW.state = 'failed' AND OLD.bank_order_id IS NOT NULL
          AND NEW.refusal_confirmed_by_id IS NULL)
    EXECUTE FUNCTION core_owner_alone('the bank has it: two say that it was refused');
