-- Ballots come in through voting_cast alone: DOMAIN 1. As its owner's, it writes what a role with SELECT alone may not
-- (deploy/application_role.sql), and whoever has that role casts no ballot past its questions. Imports of decided
-- elections are run by the owner.
ALTER FUNCTION voting_cast(uuid, uuid, uuid, text, text, text, uuid[], integer[], timestamptz) SECURITY DEFINER;

-- The draw is prepared before the box is closed.
CREATE TRIGGER voting_poll_begins BEFORE INSERT ON voting_poll FOR EACH ROW
    WHEN (NEW.sealed_at IS NOT NULL OR NEW.ballots IS NOT NULL) EXECUTE FUNCTION core_owner_alone('begins unsealed');
