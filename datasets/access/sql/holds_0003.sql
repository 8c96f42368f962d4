-- A grant that the city or its publisher has suspended or revoked: each hold ends by who made it, also once it is over,
-- and each beginning and end of one is told before it is written, with its side.

-- A reason is that of a step; a hold may begin and end without one.
DROP TRIGGER access_grant_reason ON access_grant;
CREATE TRIGGER access_grant_reason BEFORE UPDATE ON access_grant FOR EACH ROW
    WHEN (OLD.reason IS DISTINCT FROM NEW.reason) EXECUTE FUNCTION access_reason_told('access.Grant');

DROP TRIGGER access_grant_begins ON access_grant;
CREATE TRIGGER access_grant_begins BEFORE INSERT ON access_grant FOR EACH ROW
    WHEN (NEW.state <> 'active' OR NEW.reason <> '' OR NEW.held OR NEW.paused OR NEW.key_digest <> ''
          OR NEW.key_person_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');

CREATE FUNCTION access_grant_held() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT kind NOT IN ('grant.resumed', 'grant.released') AS holds, payload->>'by' AS side INTO told
      FROM core_event
     WHERE subject_type = 'access.Grant' AND subject_id = NEW.id::text
       AND kind IN ('grant.suspended', 'grant.held', 'grant.revoked', 'grant.resumed', 'grant.released')
     ORDER BY seq DESC LIMIT 1;
    IF (NEW.held = OLD.held OR told.side = 'city' AND told.holds = NEW.held) IS NOT TRUE
       OR (NEW.paused = OLD.paused OR told.side = 'publisher' AND told.holds = NEW.paused) IS NOT TRUE THEN
        RAISE EXCEPTION 'untold: no event tells this hold of access_grant' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER access_grant_held ON access_grant;
CREATE TRIGGER access_grant_held BEFORE UPDATE ON access_grant FOR EACH ROW
    WHEN ((OLD.held, OLD.paused) IS DISTINCT FROM (NEW.held, NEW.paused)) EXECUTE FUNCTION access_grant_held();
