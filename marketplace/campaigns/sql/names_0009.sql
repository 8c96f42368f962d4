-- Whether a backer's name is shown is the backer's own wish, told in the log: without it one statement put the names of
-- all anonymous givers on the public lists. The tables' owner is not judged (civic/core/sql/guards_0005.sql).
CREATE FUNCTION campaigns_name_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR coalesce((
        SELECT kind = CASE WHEN NEW.anonymous THEN 'pledge.hidden' ELSE 'pledge.named' END
               AND actor IS NOT DISTINCT FROM NEW.person_id
          FROM core_event
         WHERE subject_type = 'campaigns.Pledge' AND subject_id = NEW.id::text
           AND kind IN ('pledge.named', 'pledge.hidden')
         ORDER BY seq DESC LIMIT 1), false)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: this person has not asked to be named, or hidden' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER campaigns_pledge_named BEFORE UPDATE ON campaigns_pledge FOR EACH ROW
    WHEN (OLD.anonymous <> NEW.anonymous)
    EXECUTE FUNCTION campaigns_name_told();
