-- What has ended does not begin again untold (AT15 of 27 November). Who owns the tables is not judged
-- (civic/core/sql/guards_0005.sql).

-- An invitation is open longer by its newest letter alone, as one of staff is (ways_in_0006.sql).
CREATE FUNCTION accounts_invitation_longer() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.expires_at <= (
        SELECT at + interval '14 days' FROM core_event
         WHERE subject_type = 'accounts.Organisation' AND subject_id = NEW.organisation_id::text
           AND kind = 'organisation.invited' AND payload->>'invitation' = NEW.id::text
         ORDER BY seq DESC LIMIT 1)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'invitation_longer: no letter of it was sent since' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER accounts_invitation_longer BEFORE UPDATE ON accounts_invitation FOR EACH ROW
    WHEN (NEW.expires_at > OLD.expires_at)
    EXECUTE FUNCTION accounts_invitation_longer();
CREATE TRIGGER accounts_invitation_accepted BEFORE UPDATE ON accounts_invitation FOR EACH ROW
    WHEN (OLD.accepted_at IS NOT NULL AND OLD.accepted_at IS DISTINCT FROM NEW.accepted_at)
    EXECUTE FUNCTION core_owner_alone('what was accepted stays so');

-- When somebody was verified stays once it has ended, too: the marks of whoever was never verified are free at once.
CREATE TRIGGER accounts_residency_verified BEFORE UPDATE ON accounts_residency FOR EACH ROW
    WHEN (OLD.state <> 'verified' AND OLD.verified_at IS NOT NULL AND OLD.verified_at IS DISTINCT FROM NEW.verified_at)
    EXECUTE FUNCTION core_owner_alone('what was proven stays');
