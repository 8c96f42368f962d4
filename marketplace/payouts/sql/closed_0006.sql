-- An account that nothing was paid to goes with its organisation. While somebody belongs to that, it stays: without it
-- the next payout would go to the account before, or nowhere.

CREATE FUNCTION payouts_bankdetails_gone() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID)
        OR NOT EXISTS (SELECT FROM accounts_membership WHERE organisation_id = OLD.organisation_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the organisation of these bank details has members' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER payouts_bankdetails_gone BEFORE DELETE ON payouts_bankdetails
    FOR EACH ROW EXECUTE FUNCTION payouts_bankdetails_gone();
