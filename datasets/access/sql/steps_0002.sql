-- The states of requests and grants: how rows begin and move when it is not the tables' owner who writes
-- (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('access_accessrequest', 'submit', 'draft', 'submitted'),
    ('access_accessrequest', 'submit', 'returned', 'submitted'),
    ('access_accessrequest', 'return', 'submitted', 'returned'),
    ('access_accessrequest', 'approve', 'submitted', 'approved'),
    ('access_accessrequest', 'reject', 'submitted', 'rejected'),
    ('access_accessrequest', 'withdraw', 'draft', 'withdrawn'),
    ('access_accessrequest', 'withdraw', 'submitted', 'withdrawn'),
    ('access_accessrequest', 'withdraw', 'returned', 'withdrawn'),
    ('access_grant', 'suspend', 'active', 'suspended'),
    ('access_grant', 'resume', 'suspended', 'active'),
    ('access_grant', 'expire', 'active', 'expired'),
    ('access_grant', 'expire', 'suspended', 'expired'),
    ('access_grant', 'revoke', 'active', 'revoked'),
    ('access_grant', 'revoke', 'suspended', 'revoked'),
    ('access_grant', 'end', 'active', 'ended'),
    ('access_grant', 'end', 'suspended', 'ended');
CREATE TRIGGER access_accessrequest_begins BEFORE INSERT ON access_accessrequest FOR EACH ROW
    WHEN (NEW.state <> 'draft' OR NEW.reason <> '' OR NEW.submitted_at IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER access_accessrequest_steps BEFORE UPDATE ON access_accessrequest FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('access.AccessRequest');
CREATE TRIGGER access_accessrequest_since BEFORE UPDATE ON access_accessrequest FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');
CREATE TRIGGER access_grant_begins BEFORE INSERT ON access_grant FOR EACH ROW
    WHEN (NEW.state <> 'active' OR NEW.reason <> '' OR NEW.held OR NEW.key_digest <> ''
          OR NEW.key_person_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER access_grant_steps BEFORE UPDATE ON access_grant FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('access.Grant');
CREATE TRIGGER access_grant_since BEFORE UPDATE ON access_grant FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');

-- Each is told of before it is written.
CREATE TRIGGER access_agreement_told BEFORE INSERT ON access_agreement FOR EACH ROW
    EXECUTE FUNCTION core_told('access.Agreement', 'id', 'agreement.made');
CREATE TRIGGER access_grant_told BEFORE INSERT ON access_grant FOR EACH ROW
    EXECUTE FUNCTION core_told('access.Grant', 'id', 'grant.given');
CREATE TRIGGER access_policy_told BEFORE INSERT OR UPDATE ON access_policy FOR EACH ROW
    EXECUTE FUNCTION core_told('access.Policy', 'id', 'access_policy.edited');
CREATE TRIGGER access_grant_key_told BEFORE UPDATE ON access_grant FOR EACH ROW
    WHEN (NEW.key_digest <> '' AND OLD.key_digest IS DISTINCT FROM NEW.key_digest)
    EXECUTE FUNCTION core_told('access.Grant', 'id', 'grant.key_made');

-- What was sent is not another request by the time it is approved; erasing a person empties it.
CREATE TRIGGER access_accessrequest_words BEFORE UPDATE ON access_accessrequest FOR EACH ROW
    WHEN ((OLD.purpose, OLD.why, OLD.days, OLD.scopes, OLD.organisation_id, OLD.questions, OLD.answers)
          IS DISTINCT FROM
          (NEW.purpose, NEW.why, NEW.days, NEW.scopes, NEW.organisation_id, NEW.questions, NEW.answers)
          AND OLD.state NOT IN ('draft', 'returned')
          AND NOT (NEW.person_id IS NULL AND NEW.why = '' AND NEW.answers = '{}'
                   AND (OLD.purpose, OLD.days, OLD.scopes, OLD.organisation_id, OLD.questions)
                   IS NOT DISTINCT FROM (NEW.purpose, NEW.days, NEW.scopes, NEW.organisation_id, NEW.questions)))
    EXECUTE FUNCTION core_owner_alone('what was sent stays as it was sent');
CREATE TRIGGER access_accessrequest_sent BEFORE UPDATE ON access_accessrequest FOR EACH ROW
    WHEN (OLD.submitted_at IS DISTINCT FROM NEW.submitted_at AND NEW.state <> 'submitted')
    EXECUTE FUNCTION core_owner_alone('is sent as it is submitted');

-- The reason of a step, and whether the city holds a grant, as the newest of its steps tells. TG_ARGV[0] is the
-- subject's type in the log. Erasing the person who has asked empties what was said to them.
CREATE FUNCTION access_reason_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) OR NEW.person_id IS NULL AND NEW.reason = '' THEN
        RETURN NEW;
    END IF;
    SELECT payload->>'to' AS after, note INTO told FROM core_event
     WHERE subject_type = TG_ARGV[0] AND subject_id = NEW.id::text AND payload ? 'to' ORDER BY seq DESC LIMIT 1;
    IF (told.after = to_jsonb(NEW)->>'state' AND told.note = NEW.reason) IS NOT TRUE THEN
        RAISE EXCEPTION 'untold: no event tells this reason of %', TG_TABLE_NAME USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER access_accessrequest_reason BEFORE UPDATE ON access_accessrequest FOR EACH ROW
    WHEN (OLD.reason IS DISTINCT FROM NEW.reason) EXECUTE FUNCTION access_reason_told('access.AccessRequest');
CREATE TRIGGER access_grant_reason BEFORE UPDATE ON access_grant FOR EACH ROW
    WHEN ((OLD.reason, OLD.held) IS DISTINCT FROM (NEW.reason, NEW.held))
    EXECUTE FUNCTION access_reason_told('access.Grant');
-- What the city holds only a step takes up again.
CREATE TRIGGER access_grant_held BEFORE UPDATE ON access_grant FOR EACH ROW
    WHEN (NEW.held AND NOT OLD.held AND NEW.state <> 'suspended'
          OR OLD.held AND NOT NEW.held AND NEW.state = 'suspended')
    EXECUTE FUNCTION core_owner_alone('the city holds what it has suspended');

-- A name goes with its person. At the end of the transaction: erasing a person tells so last.
CREATE FUNCTION access_person_erased() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT core_owns(TG_RELID) AND NOT coalesce(accounts_is_erased((to_jsonb(OLD)->>TG_ARGV[0])::uuid), false) THEN
        RAISE EXCEPTION 'untold: no event tells that the person of this row is erased' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER access_accessrequest_person AFTER UPDATE ON access_accessrequest
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION access_person_erased('person_id');
CREATE CONSTRAINT TRIGGER access_agreement_person AFTER UPDATE ON access_agreement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION access_person_erased('person_id');
CREATE CONSTRAINT TRIGGER access_grant_person AFTER UPDATE ON access_grant
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION access_person_erased('person_id');

-- Whose grant it is does not change: a person is forgotten, never replaced.
CREATE TRIGGER access_accessrequest_forgets BEFORE UPDATE ON access_accessrequest FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
CREATE TRIGGER access_grant_forgets BEFORE UPDATE ON access_grant FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');

-- The site's role gives no object permission but the one that mirrors a live grant of the same person.
CREATE FUNCTION access_permission_mirrors() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT core_owns(TG_RELID) AND NOT EXISTS (
        SELECT FROM auth_permission AS permission
          JOIN access_grant AS given
            ON given.dataset_id::text = NEW.object_pk AND given.person_id = NEW.user_id
               AND given.organisation_id IS NULL AND given.state = 'active'
         WHERE permission.id = NEW.permission_id AND permission.codename = 'read_rows'
           AND permission.content_type_id = NEW.content_type_id
    ) THEN
        RAISE EXCEPTION 'access_permission_mirrors: there is no such grant' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER access_permission_mirrors BEFORE INSERT ON guardian_userobjectpermission
    FOR EACH ROW EXECUTE FUNCTION access_permission_mirrors();
