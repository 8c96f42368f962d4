-- What was asked for and given back stays on record: without a refund its charge could be given back again, and
-- without a charge nobody would know whose money it is.
CREATE TRIGGER payments_charge_kept BEFORE DELETE ON payments_charge
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER payments_refund_kept BEFORE DELETE ON payments_refund
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER payments_transfer_kept BEFORE DELETE ON payments_transfer
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
