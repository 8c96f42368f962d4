-- An account that an organisation is paid to is named by an owner of it, told to its members, and waits for seven days:
-- one INSERT took a payout elsewhere within the hour. The tables' owner is not judged (civic/core/sql/guards_0005.sql).

-- An event's moment is said by whoever records it: the wait is also counted from the newest moment of the whole log,
-- which nobody takes back. Five minutes are for requests at the same time and clocks that differ.
CREATE FUNCTION payouts_bankdetails_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT actor, at, payload->>'organisation' AS organisation INTO told
      FROM core_event
     WHERE subject_type = 'payouts.BankDetails' AND subject_id = NEW.id::text AND kind = 'bank_details.entered'
     ORDER BY seq DESC LIMIT 1;
    IF told.actor IS DISTINCT FROM NEW.entered_by_id OR told.organisation IS DISTINCT FROM NEW.organisation_id::text
       OR NOT EXISTS (SELECT FROM accounts_membership
                       WHERE organisation_id = NEW.organisation_id AND person_id = NEW.entered_by_id AND role = 'owner')
       OR NEW.usable_from < told.at + interval '7 days'
       OR NEW.usable_from < least((SELECT max(at) FROM core_event), now()) + interval '7 days' - interval '5 minutes'
    THEN
        RAISE EXCEPTION 'untold: no owner has named this account, or it is usable too soon' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- It asks for who entered it, too (owed_0007.sql).
DROP TRIGGER payouts_bankdetails_entered ON payouts_bankdetails;
DROP TRIGGER payouts_bankdetails_begin ON payouts_bankdetails;
CREATE TRIGGER payouts_bankdetails_begin BEFORE INSERT ON payouts_bankdetails FOR EACH ROW
    EXECUTE FUNCTION payouts_bankdetails_told();
