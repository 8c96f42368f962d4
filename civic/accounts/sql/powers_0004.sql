-- Who is what, where money asks for it: with an invented approval, or a deposit "by two", DOMAIN 4 and 6 would hold by
-- name only.
-- The tables' owner is not judged (civic/core/sql/guards_0005.sql).

-- Whether somebody may act for a group of the council staff, as civic.accounts.roles.in_group has it.
CREATE FUNCTION accounts_serves_in(p_person uuid, p_group text) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM accounts_person person
        WHERE person.id = p_person AND person.is_active AND (person.is_superuser OR person.is_staff AND EXISTS (
            SELECT FROM accounts_person_groups membership JOIN auth_group named ON named.id = membership.group_id
            WHERE membership.person_id = person.id AND named.name = p_group))
    )
$$;

-- TG_ARGV: the column that names the person, and the group. The trigger's WHEN says when it is asked.
CREATE FUNCTION accounts_by_staff() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR accounts_serves_in((to_jsonb(NEW)->>TG_ARGV[0])::uuid, TG_ARGV[1]) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % is none of the %', TG_ARGV[0], TG_TABLE_NAME, TG_ARGV[1] USING ERRCODE = '23514';
END $$;

-- Nobody signs up with powers, and nobody becomes an administrator but by the owner's createsuperuser.
CREATE TRIGGER accounts_person_begins BEFORE INSERT ON accounts_person FOR EACH ROW
    WHEN (NEW.is_superuser OR NEW.is_staff OR NEW.erased_at IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins without powers');
CREATE TRIGGER accounts_person_keeps BEFORE UPDATE ON accounts_person FOR EACH ROW
    WHEN ((OLD.id, OLD.is_superuser, OLD.joined_at) IS DISTINCT FROM (NEW.id, NEW.is_superuser, NEW.joined_at)
          OR OLD.erased_at IS NOT NULL AND (NEW.erased_at IS NULL OR NEW.is_active))
    EXECUTE FUNCTION core_owner_alone('stays what it is');

-- Council staff are appointed by an event that names their groups (DOMAIN 12), and have no other: a role that SQL gave
-- would approve payouts.
CREATE FUNCTION accounts_power_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR coalesce((
        SELECT payload->'groups' ? (SELECT name FROM auth_group WHERE id = NEW.group_id) FROM core_event
         WHERE subject_type = 'accounts.Person' AND subject_id = NEW.person_id::text AND kind = 'person.appointed'
         ORDER BY seq DESC LIMIT 1
    ), false) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: nobody has appointed this person' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER accounts_power_told BEFORE INSERT ON accounts_person_groups
    FOR EACH ROW EXECUTE FUNCTION accounts_power_told();
CREATE TRIGGER accounts_person_appointed BEFORE UPDATE ON accounts_person FOR EACH ROW
    WHEN (NEW.is_staff AND NOT OLD.is_staff)
    EXECUTE FUNCTION core_told('accounts.Person', 'id', 'person.appointed');

-- What was proven of a residency stays while it is verified: who votes and whose gifts are matched hangs on it (DOMAIN
-- 1). Marks are given up when the same person proves another, and forgotten at the end.
CREATE TRIGGER accounts_residency_keeps BEFORE UPDATE ON accounts_residency FOR EACH ROW
    WHEN (OLD.state = 'verified' AND (
        (OLD.area_id, OLD.method, OLD.verified_at, OLD.expires_at)
            IS DISTINCT FROM (NEW.area_id, NEW.method, NEW.verified_at, NEW.expires_at)
        OR NEW.identity NOT IN ('', OLD.identity) OR NEW.document NOT IN ('', OLD.document)
        OR NEW.born IS NOT NULL AND NEW.born IS DISTINCT FROM OLD.born))
    EXECUTE FUNCTION core_owner_alone('what was proven stays');
