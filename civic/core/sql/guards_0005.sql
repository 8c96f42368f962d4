-- What the application role may not do although its verbs write these columns: rows begin at the beginning and move by
-- the steps of their model, each told by its event. Guards DOMAIN 1, 4, 5 and 6 against SQL that no verb has written.
-- Who owns the tables is not judged: it could take the triggers off, and imports, migrations and the demo city write
-- rows that have a past. deploy/application_role.sql says which columns the role may write at all.

-- Whether this statement comes from somebody who may define the tables. Inside a SECURITY DEFINER function that is the
-- function's owner, so that what such a function writes is judged by the function alone.
CREATE FUNCTION core_owns(p_table oid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = p_table
$$;

-- For the trigger's WHEN to say when, and its argument to say why.
CREATE FUNCTION core_owner_alone() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = '23514';
END $$;

-- What happens to a row once, beside its states: an event of its kind tells of it before it is written. TG_ARGV: the
-- type of the event's subject, the column of the row that names it, and the kind.
CREATE FUNCTION core_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM core_event WHERE subject_type = TG_ARGV[0] AND subject_id = to_jsonb(NEW)->>TG_ARGV[1]
           AND kind = TG_ARGV[2]
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event % of this row of %', TG_ARGV[2], TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

-- A state follows from the one before by a step of core_step, and the newest event of the row that tells of a state
-- tells of this step: whoever moves a row without its event is refused, and whoever forges the event leaves it in the
-- sealed log. TG_ARGV[0] is the subject's type in the log. The index event_subject finds the event.
CREATE FUNCTION core_state_step() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF NOT core_is_step(TG_TABLE_NAME, OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'illegal_transition: % does not go from % to %', TG_TABLE_NAME, OLD.state, NEW.state
            USING ERRCODE = '23514';
    END IF;
    SELECT payload->>'from' AS before, payload->>'to' AS after INTO told FROM core_event
        WHERE subject_type = TG_ARGV[0] AND subject_id = NEW.id::text
          AND core_is_step(TG_TABLE_NAME, payload->>'from', payload->>'to')  -- other events tell of roles, say
        ORDER BY seq DESC LIMIT 1;
    IF (told.before, told.after) IS DISTINCT FROM (OLD.state::text, NEW.state::text) THEN
        RAISE EXCEPTION 'untold: no event tells that % goes from % to %', TG_TABLE_NAME, OLD.state, NEW.state
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
