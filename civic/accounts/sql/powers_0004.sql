-- Who is what, where money asks for it: with an invented approval, or a deposit "by two", DOMAIN 4 and 6 would hold by
-- name only.
-- The tables' owner is not judged (civic/core/sql/guards_0004.sql).

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
