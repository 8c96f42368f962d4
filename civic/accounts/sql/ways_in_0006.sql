-- How somebody comes into an account, and what makes somebody powerful, is told in the log (K4 of 27 November): with a
-- password hash, an address or a second step of their own for three finance officers a thief would be all the eyes that
-- money asks for.

-- The database itself tells of a changed way in, whoever changes it: a verb, a library's page, or a statement that no
-- verb has written. Asked for beforehand, the event would have to come from each place where the libraries write.
-- TG_ARGV: the kind, and the column that names the person.
CREATE FUNCTION accounts_tell_way_in() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whose text;
BEGIN
    FOR whose IN
        SELECT DISTINCT one.id FROM unnest(ARRAY[to_jsonb(OLD)->>TG_ARGV[1], to_jsonb(NEW)->>TG_ARGV[1]]) AS one (id)
         WHERE one.id IS NOT NULL
    LOOP
        -- The one address of a new account is what `person.joined` tells. Nothing else is asked of the person: a
        -- condition on flags or last_login is one on columns that the same session may empty first.
        IF TG_TABLE_NAME <> 'account_emailaddress' OR NOT EXISTS (
            SELECT FROM accounts_person person
             WHERE id = whose::uuid AND TG_OP <> 'DELETE' AND (to_jsonb(NEW)->>'verified')::boolean
               AND to_jsonb(NEW)->>'user_id' = whose AND lower(email) = lower(to_jsonb(NEW)->>'email')
               AND (TG_OP = 'INSERT' OR to_jsonb(OLD)->>'user_id' = whose
                    AND lower(to_jsonb(OLD)->>'email') = lower(email))
               AND NOT EXISTS (SELECT FROM account_emailaddress other
                                WHERE other.user_id = person.id AND other.id::text <> to_jsonb(NEW)->>'id')
        ) THEN
            PERFORM core_record_event(TG_ARGV[0], 'accounts.Person', whose, now(), '{}');
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

-- An unusable password ("!…") lets nobody in: that is how an account ends.
CREATE TRIGGER accounts_person_password AFTER UPDATE ON accounts_person FOR EACH ROW
    WHEN (OLD.password IS DISTINCT FROM NEW.password AND NEW.password NOT LIKE '!%')
    EXECUTE FUNCTION accounts_tell_way_in('person.password_changed', 'id');
CREATE TRIGGER accounts_person_address AFTER UPDATE ON accounts_person FOR EACH ROW
    WHEN (OLD.email IS DISTINCT FROM NEW.email AND NEW.is_active)
    EXECUTE FUNCTION accounts_tell_way_in('person.address_changed', 'id');
-- Letters with a link to a new password go to addresses that are confirmed.
CREATE TRIGGER account_emailaddress_added AFTER INSERT ON account_emailaddress FOR EACH ROW
    WHEN (NEW.verified)
    EXECUTE FUNCTION accounts_tell_way_in('person.address_changed', 'user_id');
CREATE TRIGGER account_emailaddress_changed AFTER UPDATE ON account_emailaddress FOR EACH ROW
    WHEN ((OLD.email, OLD.verified, OLD.user_id) IS DISTINCT FROM (NEW.email, NEW.verified, NEW.user_id))
    EXECUTE FUNCTION accounts_tell_way_in('person.address_changed', 'user_id');
CREATE TRIGGER account_emailaddress_removed AFTER DELETE ON account_emailaddress FOR EACH ROW
    WHEN (OLD.verified)
    EXECUTE FUNCTION accounts_tell_way_in('person.address_changed', 'user_id');
-- Which recovery codes are used up is written at each of their uses; the codes themselves hang on the seed.
CREATE TRIGGER mfa_authenticator_came_or_went AFTER INSERT OR DELETE ON mfa_authenticator FOR EACH ROW
    EXECUTE FUNCTION accounts_tell_way_in('person.second_step_changed', 'user_id');
CREATE TRIGGER mfa_authenticator_changed AFTER UPDATE ON mfa_authenticator FOR EACH ROW
    WHEN ((OLD.user_id, OLD.type, OLD.data - 'used_mask') IS DISTINCT FROM
          (NEW.user_id, NEW.type, NEW.data - 'used_mask'))
    EXECUTE FUNCTION accounts_tell_way_in('person.second_step_changed', 'user_id');

-- Staff is whose newest appointment says so, and a closed account opens by the newest decision about it: an event of
-- years ago, from before a dismissal, tells of neither.
CREATE FUNCTION accounts_person_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT core_owns(TG_RELID) AND (
        NEW.is_staff AND NOT OLD.is_staff AND NOT coalesce((
            SELECT (payload->>'staff')::boolean FROM core_event
             WHERE subject_type = 'accounts.Person' AND subject_id = NEW.id::text AND kind = 'person.appointed'
             ORDER BY seq DESC LIMIT 1), false)
        OR NEW.is_active AND NOT OLD.is_active AND NOT coalesce((
            SELECT kind = 'person.reopened' FROM core_event
             WHERE subject_type = 'accounts.Person' AND subject_id = NEW.id::text
               AND kind IN ('person.closed', 'person.reopened')
             ORDER BY seq DESC LIMIT 1), false)
    ) THEN
        RAISE EXCEPTION 'untold: nobody has appointed this person, or reopened this account' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER accounts_person_appointed ON accounts_person;
CREATE TRIGGER accounts_person_told BEFORE UPDATE ON accounts_person FOR EACH ROW
    WHEN (NEW.is_staff AND NOT OLD.is_staff OR NEW.is_active AND NOT OLD.is_active)
    EXECUTE FUNCTION accounts_person_told();

-- An open invitation of staff is a power already: it is, at any time, as its newest letter's event tells it.
CREATE FUNCTION accounts_staff_invitation_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT actor, at INTO told FROM core_event
     WHERE subject_type = 'accounts.StaffInvitation' AND subject_id = NEW.id::text
       AND kind IN ('staff_invitation.sent', 'staff_invitation.renewed')
     ORDER BY seq DESC LIMIT 1;
    IF told.actor IS DISTINCT FROM NEW.invited_by_id OR told.at IS NULL OR NEW.expires_at > told.at + interval '7 days'
       OR (SELECT payload->'groups' FROM core_event
            WHERE subject_type = 'accounts.StaffInvitation' AND subject_id = NEW.id::text
              AND kind = 'staff_invitation.sent'
            ORDER BY seq DESC LIMIT 1) IS DISTINCT FROM to_jsonb(NEW.groups)
    THEN
        RAISE EXCEPTION 'untold: no event of this invitation of staff' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

DROP TRIGGER accounts_staffinvitation_told ON accounts_staffinvitation;
CREATE TRIGGER accounts_staffinvitation_sent BEFORE INSERT ON accounts_staffinvitation FOR EACH ROW
    EXECUTE FUNCTION accounts_staff_invitation_told();
-- What an erased inviter leaves behind names nobody, and no link of it is good any more.
CREATE TRIGGER accounts_staffinvitation_told BEFORE UPDATE ON accounts_staffinvitation FOR EACH ROW
    WHEN (NEW.invited_by_id IS NOT NULL AND (NEW.state = 'accepted' AND OLD.state = 'open'
          OR (OLD.invited_by_id, OLD.expires_at) IS DISTINCT FROM (NEW.invited_by_id, NEW.expires_at)))
    EXECUTE FUNCTION accounts_staff_invitation_told();

-- Whoever has the address may accept by the link alone: each new link is told, whoever makes it, as a way in is.
CREATE FUNCTION accounts_tell_staff_link() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM core_record_event('staff_invitation.link_made', 'accounts.StaffInvitation', NEW.id::text, now(), '{}');
    RETURN NULL;
END $$;
CREATE TRIGGER accounts_staffinvitation_link AFTER UPDATE ON accounts_staffinvitation FOR EACH ROW
    WHEN (OLD.token_hash IS DISTINCT FROM NEW.token_hash)
    EXECUTE FUNCTION accounts_tell_staff_link();

-- Who acts for an organisation may say which account its money goes to: members and invitations are as the newest event
-- about the person, or about the invitation, tells it.
CREATE FUNCTION accounts_membership_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR coalesce((
        SELECT CASE kind WHEN 'organisation.created' THEN 'owner'
                         WHEN 'organisation.joined' THEN payload->>'role'
                         ELSE payload->>'to' END = NEW.role
          FROM core_event
         WHERE subject_type = 'accounts.Organisation' AND subject_id = NEW.organisation_id::text
           AND (kind IN ('organisation.created', 'organisation.joined') AND actor = NEW.person_id
                OR kind IN ('organisation.role_changed', 'organisation.owner_named',
                            'organisation.member_left', 'organisation.member_removed')
                   AND payload->>'member' = NEW.person_id::text)
         ORDER BY seq DESC LIMIT 1), false)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event of this membership' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER accounts_membership_begins BEFORE INSERT ON accounts_membership FOR EACH ROW
    EXECUTE FUNCTION accounts_membership_told();
CREATE TRIGGER accounts_membership_changes BEFORE UPDATE ON accounts_membership FOR EACH ROW
    WHEN (OLD.role IS DISTINCT FROM NEW.role)
    EXECUTE FUNCTION accounts_membership_told();

CREATE FUNCTION accounts_invitation_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM core_event
         WHERE subject_type = 'accounts.Organisation' AND subject_id = NEW.organisation_id::text
           AND kind = 'organisation.invited' AND actor = NEW.invited_by_id
           AND payload @> jsonb_build_object('invitation', NEW.id::text, 'role', NEW.role)
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event of this invitation' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER accounts_invitation_begins BEFORE INSERT ON accounts_invitation FOR EACH ROW
    EXECUTE FUNCTION accounts_invitation_told();

-- As civic.accounts.roles.in_group has it since a dismissed administrator keeps no powers: the flag of a superuser
-- alone serves in nothing.
CREATE OR REPLACE FUNCTION accounts_serves_in(p_person uuid, p_group text) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM accounts_person person
        WHERE person.id = p_person AND person.is_active AND person.is_staff AND (person.is_superuser OR EXISTS (
            SELECT FROM accounts_person_groups membership JOIN auth_group named ON named.id = membership.group_id
            WHERE membership.person_id = person.id AND named.name = p_group))
    )
$$;
