-- Backers give because of a fund's terms, and count on what it has set aside. Guards DOMAIN 4.

-- The rule that keeps the terms of a fund once it is open would not hold for one that went back to a draft.
CREATE TRIGGER matching_matchfund_stays_open BEFORE UPDATE OF state ON matching_matchfund FOR EACH ROW
    WHEN (NEW.state = 'draft' AND OLD.state <> 'draft') EXECUTE FUNCTION core_row_stays();

CREATE TRIGGER matching_allocation_kept BEFORE DELETE ON matching_allocation
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER matching_matchline_kept BEFORE DELETE ON matching_matchline
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
