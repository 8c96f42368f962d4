-- How people and what they may do end is told as how it begins is (ways_in_0006.sql). What a row's mere being there
-- orders of the clock is asked for its event too: an invented request had anybody erased. The tables' owner is not
-- judged (civic/core/sql/guards_0005.sql).

-- A person is erased who asked for it themselves, and not before the days to think again are over. An event's moment is
-- said by whoever records it: the days are also counted from the newest moment of the whole log, which nobody takes
-- back. Five minutes are for requests at the same time and clocks that differ.
CREATE FUNCTION accounts_erasure_asked() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT kind, actor, at INTO told FROM core_event
     WHERE subject_type = 'accounts.Person' AND subject_id = NEW.person_id::text
       AND kind IN ('person.erasure_requested', 'person.erasure_cancelled', 'person.erasure_blocked')
     ORDER BY seq DESC LIMIT 1;
    IF told.kind IS DISTINCT FROM 'person.erasure_requested' OR told.actor IS DISTINCT FROM NEW.person_id
       OR NEW.due_at < told.at + interval '7 days'
       OR NEW.due_at < least((SELECT max(at) FROM core_event), now()) + interval '7 days' - interval '5 minutes'
    THEN
        RAISE EXCEPTION 'untold: this person has not asked to be erased, or it is due too soon'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER accounts_erasure_asked BEFORE INSERT ON accounts_erasurerequest
    FOR EACH ROW EXECUTE FUNCTION accounts_erasure_asked();

-- Whether the log says that the person is erased.
CREATE FUNCTION accounts_is_erased(p_person uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM core_event WHERE subject_type = 'accounts.Person' AND subject_id = p_person::text
                      AND kind = 'person.erased')
$$;

-- Asked at the end of the transaction: erasing a person tells so last, when it is known how much that was.
CREATE FUNCTION accounts_ending_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whose uuid := coalesce(to_jsonb(OLD)->>'person_id', to_jsonb(OLD)->>'id')::uuid;
    ended boolean;
BEGIN
    IF core_owns(TG_RELID) OR accounts_is_erased(whose) THEN
        RETURN NULL;
    END IF;
    -- What is there again at the end did not end.
    CASE TG_ARGV[0]
    WHEN 'staff' THEN
        IF EXISTS (SELECT FROM accounts_person WHERE id = whose AND is_staff) THEN
            RETURN NULL;
        END IF;
        SELECT NOT (payload->>'staff')::boolean INTO ended FROM core_event
         WHERE subject_type = 'accounts.Person' AND subject_id = whose::text AND kind = 'person.appointed'
         ORDER BY seq DESC LIMIT 1;
    WHEN 'group' THEN
        IF EXISTS (SELECT FROM accounts_person_groups WHERE person_id = whose AND group_id = OLD.group_id) THEN
            RETURN NULL;
        END IF;
        SELECT NOT payload->'groups' ? (SELECT name FROM auth_group WHERE id = OLD.group_id) INTO ended FROM core_event
         WHERE subject_type = 'accounts.Person' AND subject_id = whose::text AND kind = 'person.appointed'
         ORDER BY seq DESC LIMIT 1;
    WHEN 'account' THEN
        IF EXISTS (SELECT FROM accounts_person WHERE id = whose AND is_active) THEN
            RETURN NULL;
        END IF;
        SELECT kind = 'person.closed' INTO ended FROM core_event
         WHERE subject_type = 'accounts.Person' AND subject_id = whose::text
           AND kind IN ('person.closed', 'person.reopened')
         ORDER BY seq DESC LIMIT 1;
    WHEN 'membership' THEN
        IF EXISTS (SELECT FROM accounts_membership
                    WHERE person_id = whose AND organisation_id = OLD.organisation_id) THEN
            RETURN NULL;
        END IF;
        -- For an organisation that is closed or suspended nobody acts any more.
        SELECT kind IN ('organisation.member_left', 'organisation.member_removed') INTO ended FROM core_event
         WHERE subject_type = 'accounts.Organisation' AND subject_id = OLD.organisation_id::text
           AND (kind IN ('organisation.created', 'organisation.joined') AND actor = whose
                OR kind IN ('organisation.role_changed', 'organisation.owner_named',
                            'organisation.member_left', 'organisation.member_removed')
                   AND payload->>'member' = whose::text)
         ORDER BY seq DESC LIMIT 1;
        ended := coalesce(ended, false) OR NOT EXISTS (
            SELECT FROM accounts_organisation
             WHERE id = OLD.organisation_id AND state NOT IN ('closed', 'suspended'));
    ELSE  -- a date of birth that was proven
        ended := false;
    END CASE;
    IF NOT coalesce(ended, false) THEN
        RAISE EXCEPTION 'untold: no event tells that this % ended', TG_ARGV[0] USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER accounts_person_dismissed AFTER UPDATE ON accounts_person DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.is_staff AND NOT NEW.is_staff)
    EXECUTE FUNCTION accounts_ending_told('staff');
CREATE CONSTRAINT TRIGGER accounts_person_closed AFTER UPDATE ON accounts_person DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.is_active AND NOT NEW.is_active)
    EXECUTE FUNCTION accounts_ending_told('account');
CREATE CONSTRAINT TRIGGER accounts_person_groups_ended AFTER DELETE ON accounts_person_groups
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION accounts_ending_told('group');
CREATE CONSTRAINT TRIGGER accounts_membership_ended AFTER DELETE ON accounts_membership DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW EXECUTE FUNCTION accounts_ending_told('membership');

-- What was proven stays, also against being emptied: without its marks another account is verified as the same person,
-- and without a date of birth nobody is old enough. Marks are given up by residencies that ended before. A date of
-- birth is forgotten with the person, or by the residency's end, which comes first.
DROP TRIGGER accounts_residency_keeps ON accounts_residency;
CREATE TRIGGER accounts_residency_keeps BEFORE UPDATE ON accounts_residency FOR EACH ROW
    WHEN (OLD.state = 'verified' AND (
        (OLD.area_id, OLD.method, OLD.verified_at, OLD.expires_at, OLD.identity, OLD.document)
            IS DISTINCT FROM (NEW.area_id, NEW.method, NEW.verified_at, NEW.expires_at, NEW.identity, NEW.document)
        OR NEW.born IS NOT NULL AND NEW.born IS DISTINCT FROM OLD.born))
    EXECUTE FUNCTION core_owner_alone('what was proven stays');
CREATE CONSTRAINT TRIGGER accounts_residency_born AFTER UPDATE ON accounts_residency DEFERRABLE INITIALLY DEFERRED
    FOR EACH ROW WHEN (OLD.state = 'verified' AND OLD.born IS NOT NULL AND NEW.born IS NULL)
    EXECUTE FUNCTION accounts_ending_told('born');

-- A mail on its way is for whom it was written; once it is over, its address is forgotten.
CREATE TRIGGER accounts_mail_addressed BEFORE UPDATE ON accounts_mail FOR EACH ROW
    WHEN (NEW.address NOT IN ('', OLD.address))
    EXECUTE FUNCTION core_owner_alone('goes to whom it was written to');
