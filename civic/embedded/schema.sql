-- Made by `make schema` from migrations and packages 3c60f885ffe16276 7054c19b32c3db4f; not to be edited.

\restrict civicexchange


SET statement_timeout = 0;
SET lock_timeout = 0;
SET idle_in_transaction_session_timeout = 0;
SET transaction_timeout = 0;
SET client_encoding = 'UTF8';
SET standard_conforming_strings = on;
SELECT pg_catalog.set_config('search_path', '', false);
SET check_function_bodies = false;
SET xmloption = content;
SET client_min_messages = warning;
SET row_security = off;


CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA public;


COMMENT ON EXTENSION btree_gist IS 'support for indexing common datatypes in GiST';


CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;


COMMENT ON EXTENSION pg_trgm IS 'text similarity measurement and index searching based on trigrams';


CREATE EXTENSION IF NOT EXISTS unaccent WITH SCHEMA public;


COMMENT ON EXTENSION unaccent IS 'text search dictionary that removes accents';


CREATE FUNCTION public.access_agreement_answers() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF (NEW.basis = 'on_request') <> (NEW.request_id IS NOT NULL) OR NEW.basis = 'on_request' AND NOT EXISTS (
        SELECT FROM access_accessrequest AS asked
         WHERE asked.id = NEW.request_id AND asked.state = 'approved' AND asked.dataset_id = NEW.dataset_id
           AND asked.purpose = NEW.purpose
           AND (asked.person_id, asked.organisation_id) IS NOT DISTINCT FROM (NEW.person_id, NEW.organisation_id)
    ) THEN
        RAISE EXCEPTION 'access_agreement_answers: no approved request of these parties' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.access_agreement_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NEW.person_id IS NULL THEN
        NEW.person_id = OLD.person_id;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.person_id = NULL;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'access_agreement is append-only' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.access_grant_by_agreement() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM access_agreement AS agreed LEFT JOIN access_accessrequest AS asked ON asked.id = agreed.request_id
         WHERE agreed.id = NEW.agreement_id AND agreed.dataset_id = NEW.dataset_id AND agreed.basis = NEW.basis
           AND agreed.purpose = NEW.purpose AND agreed.agreed_at = NEW.granted_at
           AND (agreed.person_id, agreed.organisation_id) IS NOT DISTINCT FROM (NEW.person_id, NEW.organisation_id)
           AND (asked.id IS NULL OR asked.scopes = NEW.scopes
                AND NEW.expires_at <= NEW.granted_at + make_interval(hours => 24 * asked.days::integer))
    ) THEN
        RAISE EXCEPTION 'access_grant_by_agreement: its agreement says something else' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.access_grant_held() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.access_may_read(p_reader uuid, p_dataset uuid, p_scope text, p_key text, p_staff boolean, p_at timestamp with time zone) RETURNS TABLE(basis text, reader uuid, granted uuid, purpose text, scopes text[])
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT found.basis, found.reader, found.granted, found.purpose, found.scopes
      FROM catalogue_dataset AS dataset
      JOIN accounts_organisation AS publisher ON publisher.id = dataset.publisher_id
     CROSS JOIN LATERAL (
        SELECT 1 AS place, 'open' AS basis, NULL::uuid AS reader, NULL::uuid AS granted, '' AS purpose,
               ARRAY['preview', 'download', 'query'] AS scopes, NULL::timestamptz AS until
         WHERE p_key = '' AND dataset.access_level = 'open' AND dataset.state <> 'withdrawn'
        UNION ALL
        -- Who writes it knows what is in it, in every state.
        SELECT 2, 'publisher', person.id, NULL, '', ARRAY['preview', 'download', 'query'], NULL
          FROM accounts_membership AS membership JOIN accounts_person AS person ON person.id = membership.person_id
         WHERE p_key = '' AND person.id = p_reader AND person.is_active
           AND membership.organisation_id = dataset.publisher_id AND membership.role IN ('owner', 'manager')
           AND publisher.state NOT IN ('suspended', 'closed')
        UNION ALL
        SELECT 3, 'steward', person.id, NULL, '', ARRAY['preview', 'download', 'query'], NULL
          FROM accounts_person AS person
         WHERE p_key = '' AND p_staff AND person.id = p_reader AND person.is_active AND person.is_staff
           AND (person.is_superuser OR EXISTS (
                SELECT FROM accounts_person_groups AS power JOIN auth_group AS named ON named.id = power.group_id
                 WHERE power.person_id = person.id AND named.name = 'data-stewards'))
        UNION ALL
        -- Terms that somebody has accepted alone are not enough once the publisher wants to decide. A publisher that
        -- nobody acts for answers for nothing: its grants rest.
        SELECT 4, 'grant', person.id, given.id, given.purpose, given.scopes::text[], given.expires_at
          FROM access_grant AS given
          JOIN accounts_person AS person
            ON person.id = CASE WHEN p_key = '' THEN p_reader ELSE given.key_person_id END
         WHERE given.dataset_id = dataset.id AND given.state = 'active' AND given.expires_at > p_at
           AND (p_key = '' OR given.key_digest = p_key)
           AND (p_scope = 'preview' OR p_scope = ANY (given.scopes::text[]))
           AND dataset.state = 'published' AND publisher.state NOT IN ('suspended', 'closed')
           AND (dataset.access_level IN ('open', 'registered') OR given.basis <> 'registered')
           AND person.is_active AND person.erased_at IS NULL
           AND CASE WHEN given.organisation_id IS NULL THEN given.person_id = person.id ELSE EXISTS (
                SELECT FROM accounts_membership AS membership
                  JOIN accounts_organisation AS organisation ON organisation.id = membership.organisation_id
                 WHERE membership.person_id = person.id AND organisation.id = given.organisation_id
                   AND organisation.state NOT IN ('suspended', 'closed')) END
     ) AS found
     WHERE dataset.id = p_dataset
     -- Of several grants the one that allows most, then the one that lasts longest.
     ORDER BY found.place, cardinality(found.scopes) DESC, found.until DESC, found.granted
     LIMIT 1
$$;


CREATE FUNCTION public.access_permission_mirrors() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.access_person_erased() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT core_owns(TG_RELID) AND NOT coalesce(accounts_is_erased((to_jsonb(OLD)->>TG_ARGV[0])::uuid), false) THEN
        RAISE EXCEPTION 'untold: no event tells that the person of this row is erased' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.access_reason_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.accounts_by_staff() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR accounts_serves_in((to_jsonb(NEW)->>TG_ARGV[0])::uuid, TG_ARGV[1]) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% of % is none of the %', TG_ARGV[0], TG_TABLE_NAME, TG_ARGV[1] USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.accounts_ending_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.accounts_erasure_asked() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.accounts_invitation_longer() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.accounts_invitation_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.accounts_is_erased(p_person uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT EXISTS (SELECT FROM core_event WHERE subject_type = 'accounts.Person' AND subject_id = p_person::text
                      AND kind = 'person.erased')
$$;


CREATE FUNCTION public.accounts_membership_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.accounts_person_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.accounts_power_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.accounts_registry_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) OR NOT EXISTS (SELECT FROM changed) THEN
        RETURN NULL;
    END IF;
    SELECT subject_id::uuid AS upload, (payload->>'lines')::bigint AS lines INTO told FROM core_event
     WHERE subject_type = 'accounts.RegistryUpload' AND kind = 'registry.uploaded' ORDER BY seq DESC LIMIT 1;
    IF TG_OP = 'DELETE' AND told.upload IS NOT NULL AND NOT EXISTS (SELECT FROM changed WHERE upload_id = told.upload)
        OR TG_OP = 'INSERT' AND NOT EXISTS (SELECT FROM changed WHERE upload_id IS DISTINCT FROM told.upload)
           AND (SELECT count(*) FROM accounts_registryentry) = told.lines
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'registry_told: no event tells of these lines' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.accounts_registryupload_named() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.uploaded_by_id IS NULL AND accounts_is_erased(OLD.uploaded_by_id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'registryupload_named: this person is not erased' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.accounts_registryupload_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM core_event
         WHERE subject_type = 'accounts.RegistryUpload' AND subject_id = NEW.id::text AND kind = 'registry.uploaded'
           AND payload->>'lines' = NEW.lines::text AND actor = NEW.uploaded_by_id
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'registryupload_told: no event tells of this extract' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.accounts_serves_in(p_person uuid, p_group text) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT EXISTS (
        SELECT FROM accounts_person person
        WHERE person.id = p_person AND person.is_active AND person.is_staff AND (person.is_superuser OR EXISTS (
            SELECT FROM accounts_person_groups membership JOIN auth_group named ON named.id = membership.group_id
            WHERE membership.person_id = person.id AND named.name = p_group))
    )
$$;


CREATE FUNCTION public.accounts_staff_invitation_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.accounts_tell_staff_link() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM core_record_event('staff_invitation.link_made', 'accounts.StaffInvitation', NEW.id::text, now(), '{}');
    RETURN NULL;
END $$;


CREATE FUNCTION public.accounts_tell_way_in() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.analytics_savedquery_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF (NEW.id, NEW.created_at, NEW.dataset_id, NEW.revision, NEW.query, NEW.chart, NEW.shown, NEW.saved_at)
        IS DISTINCT FROM
        (OLD.id, OLD.created_at, OLD.dataset_id, OLD.revision, OLD.query, OLD.chart, OLD.shown, OLD.saved_at) THEN
        RAISE EXCEPTION 'analytics_savedquery is written once' USING ERRCODE = '23514';
    END IF;
    IF NEW.owner_id IS DISTINCT FROM OLD.owner_id AND NEW.owner_id IS NOT NULL THEN
        RAISE EXCEPTION 'analytics_savedquery has the owner who saved it' USING ERRCODE = '23514';
    END IF;
    IF NEW.name IS DISTINCT FROM OLD.name AND (OLD.owner_id IS NULL OR NEW.owner_id IS NOT NULL) THEN
        RAISE EXCEPTION 'analytics_savedquery is called what its owner called it' USING ERRCODE = '23514';
    END IF;
    IF NEW.embed_round < OLD.embed_round THEN
        RAISE EXCEPTION 'analytics_savedquery: ended embeds stay ended' USING ERRCODE = '23514';
    END IF;
    IF OLD.removed_at IS NOT NULL AND NEW.removed_at IS DISTINCT FROM OLD.removed_at THEN
        RAISE EXCEPTION 'analytics_savedquery: what was removed stays so' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.calls_area_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM (SELECT payload FROM core_event
                      WHERE subject_type = 'accounts.Area' AND subject_id = NEW.id::text AND kind = 'area.changed'
                      ORDER BY seq DESC LIMIT 1) AS told
         WHERE payload ? 'parent' AND payload->>'parent' IS NOT DISTINCT FROM NEW.parent_id::text
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'untold: no event tells what this area is a part of' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.calls_areas_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    whose uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.call_id ELSE NEW.call_id END;
BEGIN
    IF NOT core_owns(TG_RELID) AND EXISTS (SELECT FROM calls_call WHERE id = whose AND state <> 'draft') AND (
        EXISTS (SELECT FROM calls_phase WHERE call_id = whose AND kind = 'voting' AND starts_at <= now())
        OR (SELECT coalesce(jsonb_agg(area_id::text ORDER BY area_id), '[]') FROM calls_call_areas
             WHERE call_id = whose)
           IS DISTINCT FROM (
            SELECT payload->'areas' FROM core_event
             WHERE subject_type = 'calls.Call' AND subject_id = whose::text AND kind = 'call.areas_set'
             ORDER BY seq DESC LIMIT 1)
    ) THEN
        RAISE EXCEPTION 'untold: the areas of this call are fixed, or not what its newest event says'
            USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.calls_plan_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    whose uuid := CASE TG_OP WHEN 'DELETE' THEN OLD.call_id ELSE NEW.call_id END;
    now_is text := (SELECT state FROM calls_call WHERE id = whose);
    told jsonb;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NULL;
    END IF;
    SELECT payload->'phases' INTO told FROM core_event
     WHERE subject_type = 'calls.Call' AND subject_id = whose::text AND kind = 'call.phases_set'
     ORDER BY seq DESC LIMIT 1;
    IF now_is NOT IN ('draft', 'open') OR (
        SELECT array_agg((kind, starts_at, ends_at)::text ORDER BY kind) FROM calls_phase WHERE call_id = whose
    ) IS DISTINCT FROM (
        SELECT array_agg((one->>0, (one->>1)::timestamptz, (one->>2)::timestamptz)::text ORDER BY one->>0)
          FROM jsonb_array_elements(told) AS one
    ) THEN
        RAISE EXCEPTION 'untold: the plan of this call is not what its newest event says' USING ERRCODE = '23514';
    ELSIF TG_OP = 'DELETE' AND now_is = 'open' AND OLD.starts_at <= now() AND NOT EXISTS (
        SELECT FROM calls_phase WHERE call_id = whose AND kind = OLD.kind AND starts_at = OLD.starts_at
           AND (kind <> 'voting' OR ends_at >= OLD.ends_at)
    ) THEN
        RAISE EXCEPTION 'phase_begun: what has begun keeps its start, and a vote its end' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.calls_rules_frozen() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM calls_phase WHERE call_id = OLD.id AND kind = 'voting' AND starts_at <= now()
    ) THEN
        RAISE EXCEPTION 'rules_frozen: voting has begun, its rules stay' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.campaigns_month_is_promised() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    -- The months are written down once, before the pledge goes on. Four days: the first payment's day is that of the
    -- city's clock, which the database does not know, and a month later the end of February is four days off.
    IF core_owns(TG_RELID) OR NOT EXISTS (
        SELECT FROM campaigns_pledge pledge
         WHERE pledge.id = NEW.pledge_id
           AND (pledge.frequency <> 'monthly' OR pledge.state <> 'collected' OR NEW.number > pledge.months
                OR NEW.due_on < (pledge.collected_at AT TIME ZONE 'UTC')::date
                                + make_interval(months => NEW.number - 1, days => -4))
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'month_is_promised: this pledge has no such month' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.campaigns_name_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.campaigns_pledge_fits() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    campaign record;
BEGIN
    SELECT * INTO campaign FROM campaigns_campaign WHERE id = NEW.campaign_id FOR SHARE;
    IF campaign.state <> 'open' THEN
        RAISE EXCEPTION 'pledge_in_time: the campaign is not open' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'INSERT' AND (NEW.state_since IS NULL OR NEW.state_since >= campaign.ends_at
                             OR NEW.state_since < campaign.opened_at) THEN
        RAISE EXCEPTION 'pledge_in_time: the campaign does not run at that moment' USING ERRCODE = '23514';
    END IF;
    IF NEW.currency <> campaign.currency THEN
        RAISE EXCEPTION 'pledge_in_the_currency_of_its_campaign' USING ERRCODE = '23514';
    END IF;
    IF NEW.amount_minor < campaign.pledge_min_minor THEN
        RAISE EXCEPTION 'pledge_not_below_the_least' USING ERRCODE = '23514';
    END IF;
    IF campaign.cap_minor IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(NEW.campaign_id::text, 0));
        IF campaigns_taken(NEW.campaign_id, NULL, NEW.id) + NEW.amount_minor > campaign.cap_minor THEN
            RAISE EXCEPTION 'pledge_over_the_cap' USING ERRCODE = '23514';
        END IF;
    END IF;
    IF campaign.pledge_max_minor IS NOT NULL AND NEW.person_id IS NOT NULL THEN
        PERFORM pg_advisory_xact_lock(hashtextextended(NEW.campaign_id::text || NEW.person_id::text, 0));
        -- All months of each: "one person at most" is what goes out of one purse.
        IF NEW.amount_minor::numeric * NEW.months + (
            SELECT coalesce(sum(amount_minor * months), 0) FROM campaigns_pledge
             WHERE campaign_id = NEW.campaign_id AND id <> NEW.id AND person_id = NEW.person_id
               AND state IN ('started', 'awaiting_method', 'active', 'collecting', 'needs_payer', 'collected',
                             'past_due')
        ) > campaign.pledge_max_minor THEN
            RAISE EXCEPTION 'pledge_over_a_persons_most' USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.campaigns_pledge_is_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM core_event WHERE subject_type = 'campaigns.Pledge' AND subject_id = NEW.id::text
           AND kind = 'pledge.changed' AND payload->>'minor' = NEW.amount_minor::text
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'pledge_is_told: no event tells of this amount' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.campaigns_pledge_stays() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'pledge_stays: a pledge keeps what it promised' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.campaigns_stretch_goals_stay() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.campaign_id ELSE NEW.campaign_id END;
BEGIN
    IF EXISTS (SELECT FROM campaigns_campaign WHERE id = whose AND state <> 'draft') THEN
        RAISE EXCEPTION 'campaign_terms_stay: further goals are fixed once the campaign is open'
            USING ERRCODE = '23514';
    END IF;
    RETURN coalesce(NEW, OLD);
END $$;


CREATE FUNCTION public.campaigns_taken(wanted uuid, who uuid, beside uuid) RETURNS numeric
    LANGUAGE sql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT coalesce(sum(amount_minor), 0) FROM campaigns_pledge
    WHERE campaign_id = wanted AND id <> beside AND (who IS NULL OR person_id = who)
      AND state IN ('started', 'awaiting_method', 'active', 'collecting', 'needs_payer', 'collected', 'past_due')
$$;


CREATE FUNCTION public.campaigns_terms_stay() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'campaign_terms_stay: the terms of a campaign are fixed once it is open' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.catalogue_dataset_held_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT kind, note INTO told FROM core_event
     WHERE subject_type = 'catalogue.Dataset' AND subject_id = NEW.id::text
       AND kind IN ('dataset.withdrawn', 'dataset.restored') ORDER BY seq DESC LIMIT 1;
    IF (told.kind = 'dataset.withdrawn' AND NEW.state = 'withdrawn' AND NEW.reason = told.note
            AND (NEW.held = OLD.held OR NEW.held AND OLD.reason = '')
        OR told.kind = 'dataset.restored' AND NEW.state = 'published' AND NEW.reason = '' AND NOT NEW.held
    ) IS NOT TRUE THEN
        RAISE EXCEPTION 'untold: no event tells that this dataset is held back, or no more' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.catalogue_dataset_latest() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    newest record;
BEGIN
    SELECT number, published_at INTO newest FROM catalogue_revision
     WHERE dataset_id = NEW.id ORDER BY number DESC LIMIT 1;
    IF NEW.harvested_from_id IS NOT NULL AND NEW.latest = 0 AND newest.number IS NULL THEN
        RETURN NEW;
    END IF;
    IF (NEW.latest, NEW.revised_at) IS DISTINCT FROM (coalesce(newest.number, 0), newest.published_at) THEN
        RAISE EXCEPTION 'catalogue_dataset_latest: % is not the newest', NEW.latest USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.catalogue_dataset_series() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM catalogue_series WHERE id = NEW.series_id AND publisher_id = NEW.publisher_id) THEN
        RAISE EXCEPTION 'catalogue_dataset_series: a series of another publisher' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.catalogue_dataset_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
    changed text[];
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT array_agg(regexp_replace(one.key, '_id$', '')) INTO changed
      FROM jsonb_each(to_jsonb(NEW)) AS one
     WHERE one.value IS DISTINCT FROM to_jsonb(OLD)->one.key
       AND one.key NOT IN ('answers', 'latest', 'revised_at', 'reason', 'held', 'state', 'state_since');
    SELECT kind, payload INTO told FROM core_event
     WHERE subject_type = 'catalogue.Dataset' AND subject_id = NEW.id::text ORDER BY seq DESC LIMIT 1;
    IF told.kind IS DISTINCT FROM 'dataset.edited' OR NOT coalesce(told.payload->'changed' ?& changed, false) THEN
        RAISE EXCEPTION 'untold: no event tells that % of this dataset changes', changed USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $_$;


CREATE FUNCTION public.catalogue_distribution_comes_with_revision() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (
        SELECT FROM catalogue_dataset
          JOIN catalogue_revision ON catalogue_revision.dataset_id = catalogue_dataset.id
         WHERE catalogue_revision.id = NEW.revision_id AND catalogue_dataset.latest >= catalogue_revision.number
    ) THEN
        RAISE EXCEPTION 'catalogue_distribution_comes_with_revision: it is published' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.catalogue_distribution_is_found() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM catalogue_revision AS revision JOIN catalogue_upload AS upload ON upload.id = revision.upload_id
         WHERE revision.id = NEW.revision_id
           AND NEW.file = CASE NEW.format WHEN 'parquet' THEN upload.parquet ELSE upload.csv END
           AND upload.found->NEW.format
               @> jsonb_build_object('size', NEW.size, 'sha256', NEW.sha256)
    ) THEN
        RAISE EXCEPTION 'catalogue_distribution_is_found: its upload has no such file' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.catalogue_original_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT kind, payload INTO told FROM core_event
     WHERE subject_type = 'catalogue.Dataset' AND subject_id = to_jsonb(NEW)->>TG_ARGV[0] ORDER BY seq DESC LIMIT 1;
    IF told.kind IS DISTINCT FROM 'dataset.edited' OR NOT coalesce(told.payload->'changed' ? 'original', false) THEN
        RAISE EXCEPTION 'untold: no event tells that this dataset has changed at its source' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.catalogue_person_erased() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT core_owns(TG_RELID) AND NOT coalesce(accounts_is_erased(OLD.person_id), false) THEN
        RAISE EXCEPTION 'untold: no event tells that the person of this row is erased' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.catalogue_plain(content text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT lower(public.unaccent('public.unaccent'::regdictionary, content))
$$;


CREATE FUNCTION public.catalogue_rejectedrow_stays() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT core_owns(TG_RELID)
       AND EXISTS (SELECT FROM catalogue_upload WHERE id = OLD.upload_id AND state IN ('read', 'published'))
    THEN
        RAISE EXCEPTION 'catalogue_rejectedrow_stays: its upload can be published' USING ERRCODE = '23514';
    END IF;
    RETURN OLD;
END $$;


CREATE FUNCTION public.catalogue_revision_counts() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    newest integer;
BEGIN
    SELECT coalesce(max(number), 0) INTO newest FROM catalogue_revision WHERE dataset_id = NEW.dataset_id;
    IF NEW.number <> newest + 1 THEN
        RAISE EXCEPTION 'catalogue_revision_counts: % does not follow %', NEW.number, newest USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.catalogue_revision_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NEW.person_id IS NULL THEN
        NEW.person_id = OLD.person_id;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.person_id = NULL;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'catalogue_revision is append-only' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.catalogue_revision_has_file() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM catalogue_distribution
         WHERE revision_id = NEW.id AND format = 'parquet' AND sha256 = NEW.sha256
    ) THEN
        RAISE EXCEPTION 'catalogue_revision_has_file: no file of this digest' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.catalogue_revision_is_latest() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM catalogue_dataset WHERE id = NEW.dataset_id AND latest >= NEW.number) THEN
        RAISE EXCEPTION 'catalogue_revision_is_latest: the dataset does not know of it' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.catalogue_search(query text, most integer) RETURNS TABLE(id uuid, likeness real)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET "pg_trgm.word_similarity_threshold" TO '0.3'
    SET enable_seqscan TO 'off'
    AS $$
    WITH alike AS (
        SELECT dataset.id, word_similarity(
                catalogue_plain(query), catalogue_words(dataset.title, dataset.description, dataset.keywords::text[])
            ) AS likeness
          FROM catalogue_dataset AS dataset
         WHERE catalogue_plain(query)
               <% catalogue_words(dataset.title, dataset.description, dataset.keywords::text[])
           AND dataset.state = 'published'
    )
    SELECT alike.id, alike.likeness
      FROM alike
     WHERE alike.likeness >= 0.7 * (SELECT max(likeness) FROM alike)
     ORDER BY alike.likeness DESC, alike.id DESC
     LIMIT most
$$;


CREATE FUNCTION public.catalogue_upload_is_own() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM catalogue_dataset WHERE id = NEW.dataset_id AND harvested_from_id IS NOT NULL) THEN
        RAISE EXCEPTION 'catalogue_upload_is_own: its dataset is of another catalogue' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.catalogue_words(title text, description text, keywords text[]) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT catalogue_plain(title || ' ' || array_to_string(keywords, ' ') || ' ' || description)
$$;


CREATE FUNCTION public.consent_cells(p_columns jsonb, p_k integer, p_l integer, p_records jsonb) RETURNS TABLE(cell jsonb, people bigint)
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    WITH profile AS MATERIALIZED (
        SELECT item->>'name' AS name, item->>'role' AS role, (item->>'width')::integer AS width,
               item->'groups' AS groups
          FROM jsonb_array_elements(p_columns) AS item
    ), coarse AS (
        SELECT (
            SELECT jsonb_object_agg(name, CASE
                       WHEN width IS NOT NULL THEN (
                           SELECT low || '–' || low + width - 1
                             FROM (SELECT (floor((record->>name)::numeric / width) * width)::bigint) AS band (low))
                       ELSE coalesce(groups->>(record->>name), record->>name) END)
              FROM profile
        ) AS cell FROM jsonb_array_elements(p_records) AS record
    ), counted AS (
        SELECT coarse.cell, count(*) / p_k * p_k AS people FROM coarse GROUP BY coarse.cell HAVING count(*) >= p_k
    ), classed AS (
        SELECT counted.cell, counted.people, coalesce((
            SELECT jsonb_object_agg(name, counted.cell->name) FROM profile WHERE role = 'quasi'), '{}') AS class
          FROM counted
    )
    SELECT classed.cell, classed.people FROM classed
     WHERE NOT EXISTS (
        SELECT FROM profile JOIN classed AS alike ON alike.class = classed.class
         WHERE profile.role = 'sensitive' GROUP BY profile.name HAVING count(DISTINCT alike.cell->profile.name) < p_l)
$$;


CREATE FUNCTION public.consent_inclusion_stands() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM consent_release AS release
          JOIN consent_consent AS consent
            ON consent.purpose_id = release.purpose_id AND consent.notice_id = release.notice_id
         WHERE release.id = NEW.release_id AND release.state = 'prepared' AND consent.id = NEW.consent_id
           AND consent.state = 'given' AND consent.person_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'consent_inclusion_stands: no standing consent for this release' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.consent_may_read(p_revision uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT EXISTS (
        SELECT FROM consent_release AS release WHERE release.revision_id = p_revision AND release.state = 'published')
$$;


CREATE FUNCTION public.consent_recounted(p_release uuid) RETURNS jsonb
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT coalesce(jsonb_agg(counted.line ORDER BY counted.line), '[]') FROM (
        SELECT (SELECT jsonb_agg(found.cell->(profile.item->>'name') ORDER BY profile.place)
                  FROM jsonb_array_elements(purpose.columns) WITH ORDINALITY AS profile (item, place)
               ) || to_jsonb(found.people) AS line
          FROM consent_release AS release
          JOIN consent_purpose AS purpose ON purpose.id = release.purpose_id
          JOIN consent_collection AS collection ON collection.id = purpose.collection_id
         CROSS JOIN LATERAL consent_cells(purpose.columns, collection.k, purpose.least_values, (
            SELECT coalesce(jsonb_agg(said.answers), '[]')
              FROM consent_inclusion AS inclusion
              JOIN consent_consent AS consent ON consent.id = inclusion.consent_id
              JOIN consent_submission AS submission
                ON submission.id = inclusion.submission
                   AND submission.person_id = consent.person_id AND submission.collection_id = collection.id
             CROSS JOIN LATERAL (
                SELECT CASE WHEN submission.version = inclusion.version THEN submission.values
                       ELSE submission.earlier->inclusion.version::text END) AS said (answers)
             WHERE inclusion.release_id = release.id AND said.answers IS NOT NULL)) AS found
         WHERE release.id = p_release) AS counted
$$;


CREATE FUNCTION public.consent_release_follows() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM consent_inclusion AS inclusion WHERE inclusion.release_id = NEW.id) OR EXISTS (
        SELECT FROM consent_inclusion AS inclusion JOIN consent_consent AS consent ON consent.id = inclusion.consent_id
         WHERE inclusion.release_id = NEW.id AND (consent.state <> 'given' OR consent.person_id IS NULL)
    ) THEN
        RAISE EXCEPTION 'consent_release_follows: not of standing consents' USING ERRCODE = '23514';
    END IF;
    IF OLD.state = 'prepared' AND (NEW.rows = '[]' OR consent_recounted(NEW.id) IS DISTINCT FROM (
        SELECT jsonb_agg(given.line ORDER BY given.line) FROM jsonb_array_elements(NEW.rows) AS given (line)
    )) THEN
        RAISE EXCEPTION 'consent_release_follows: these are not the rows of its consents' USING ERRCODE = '23514';
    END IF;
    IF NEW.revision_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM catalogue_revision AS revision
          JOIN consent_purpose AS purpose ON purpose.id = NEW.purpose_id AND purpose.dataset_id = revision.dataset_id
         WHERE revision.id = NEW.revision_id AND (revision.upload_id = NEW.upload_id OR EXISTS (
            SELECT FROM consent_release AS earlier WHERE earlier.revision_id = revision.id
               AND earlier.id <> NEW.id AND earlier.purpose_id = NEW.purpose_id AND earlier.rows = NEW.rows))
    ) THEN
        RAISE EXCEPTION 'consent_release_follows: this is not its revision' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.consent_submission_gone() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT core_owns(TG_RELID) AND NOT accounts_is_erased(OLD.person_id) AND NOT EXISTS (
        SELECT FROM core_event WHERE subject_type = 'consent.Submission' AND subject_id = OLD.id::text
           AND kind = 'submission.erased'
    ) THEN
        RAISE EXCEPTION 'untold: no event tells that these answers are erased' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.consent_told_by_its_person() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR (
        SELECT count(*) FROM core_event WHERE subject_type = TG_ARGV[0] AND subject_id = NEW.id::text
           AND kind = TG_ARGV[1] AND actor = NEW.person_id
    ) >= greatest(1, (to_jsonb(NEW)->>'version')::integer - 1) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event % by the person of this row of %', TG_ARGV[1], TG_TABLE_NAME
        USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.core_append_only() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.core_canonical(value jsonb) RETURNS text
    LANGUAGE plpgsql IMMUTABLE STRICT
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF jsonb_typeof(value) = 'object' THEN
        RETURN '{' || coalesce((
            SELECT string_agg(
                to_json(pair.key)::text || ':' || core_canonical(pair.value), ',' ORDER BY pair.key COLLATE "C")
            FROM jsonb_each(value) AS pair), '') || '}';
    ELSIF jsonb_typeof(value) = 'array' THEN
        RETURN '[' || coalesce((
            SELECT string_agg(core_canonical(item.value), ',' ORDER BY item.place)
            FROM jsonb_array_elements(value) WITH ORDINALITY AS item (value, place)), '') || ']';
    END IF;
    RETURN value::text;
END $$;


CREATE FUNCTION public.core_event_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.note = '' THEN
        NEW.note_salt = OLD.note_salt;
        NEW.note = OLD.note;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.note_salt = '';
            NEW.note = '';
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.core_event_numbered() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NEW.seq > (SELECT last_value FROM core_event_seq_seq)
        OR NEW.seq <= coalesce((SELECT last_seq FROM core_seal ORDER BY number DESC LIMIT 1), 0) THEN
        RAISE EXCEPTION 'event numbered ahead of its sequence, or below a seal' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.core_event_outbox() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO core_outbox (event_id) VALUES (NEW.seq);
    RETURN NULL;
END $$;


CREATE FUNCTION public.core_hold_events() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    LOCK TABLE core_event IN SHARE MODE;
END $$;


CREATE FUNCTION public.core_is_step(p_table name, p_before text, p_after text) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RETURN EXISTS (SELECT FROM core_step WHERE thing = p_table AND before = p_before AND after = p_after);
END $$;


CREATE FUNCTION public.core_outbox_delivered() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR NOT EXISTS (
        SELECT FROM core_event event JOIN core_handled handled ON handled.kind = event.kind
         WHERE event.seq = OLD.event_id AND NOT EXISTS (
               SELECT FROM core_delivery WHERE event_id = OLD.event_id AND core_delivery.handler = handled.handler)
    ) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'undelivered: a handler of this event has no delivery yet' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.core_owner_alone() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    RAISE EXCEPTION '%: %', TG_TABLE_NAME, TG_ARGV[0] USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.core_owns(p_table oid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class WHERE oid = p_table
$$;


CREATE FUNCTION public.core_record_event(p_kind text, p_subject_type text, p_subject_id text, p_at timestamp with time zone, p_payload jsonb) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO core_event (kind, subject_type, subject_id, at, payload, note, note_salt, note_digest)
    VALUES (p_kind, p_subject_type, p_subject_id, p_at, p_payload, '', '', '');
END $$;


CREATE FUNCTION public.core_row_stays() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'a row of % stays as it is', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.core_seal_follows() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    newest core_seal;
    counted record;
BEGIN
    SELECT * INTO newest FROM core_seal ORDER BY number DESC LIMIT 1;
    SELECT count(*) AS events, max(seq) AS last INTO counted FROM core_event
        WHERE seq > coalesce(newest.last_seq, 0) AND seq <= NEW.last_seq;
    IF (NEW.number, NEW.previous, NEW.events, NEW.last_seq) IS DISTINCT FROM
        (coalesce(newest.number, 0) + 1, coalesce(newest.hash, decode(repeat('00', 32), 'hex')),
         counted.events::integer, counted.last)
        OR length(NEW.digest) <> 32
        OR NEW.hash <> sha256(int8send(NEW.number) || NEW.previous || NEW.digest) THEN
        RAISE EXCEPTION 'seal % does not follow from the one before and the events', NEW.number
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.core_state_step() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
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


CREATE FUNCTION public.core_tell_clock_task() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR to_jsonb(OLD) - ARRAY['last_run_at', 'total_run_count', 'date_changed']
                           IS DISTINCT FROM to_jsonb(NEW) - ARRAY['last_run_at', 'total_run_count', 'date_changed'] THEN
        PERFORM core_record_event('clock_task.changed', TG_ARGV[0], OLD.id::text, now(), '{}');
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.core_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM core_event WHERE subject_type = TG_ARGV[0] AND subject_id = to_jsonb(NEW)->>TG_ARGV[1]
           AND kind = TG_ARGV[2]
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event % of this row of %', TG_ARGV[2], TG_TABLE_NAME USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.core_transition(p_table regclass, p_id uuid, p_verb text, p_at timestamp with time zone) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
    moved integer;
BEGIN
    EXECUTE format(
        'UPDATE %1$s AS thing SET state = step.after, state_since = $3 FROM core_step AS step
          WHERE thing.id = $1 AND step.thing = %1$L AND step.verb = $2 AND step.before = thing.state', p_table
    ) USING p_id, p_verb, p_at;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved <> 1 THEN
        RAISE EXCEPTION 'illegal_transition: % does not %', p_table, p_verb USING ERRCODE = '23514';
    END IF;
END $_$;


CREATE FUNCTION public.delivery_planned() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM delivery_milestone WHERE project_id = NEW.id) THEN
        RAISE EXCEPTION 'delivery_planned: no work without a plan' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.delivery_share_stays() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'delivery_share_stays: a milestone keeps its project and share' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.delivery_whole() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.project_id ELSE NEW.project_id END;
    total bigint;
BEGIN
    SELECT sum(share_bp) INTO total FROM delivery_milestone WHERE project_id = whose;
    IF total <> 10000 THEN
        RAISE EXCEPTION 'delivery_whole: the shares of a project make % of 10000', total USING ERRCODE = '23514';
    END IF;
    IF total IS NULL AND EXISTS (SELECT FROM proposals_project WHERE id = whose AND state = 'delivering') THEN
        RAISE EXCEPTION 'delivery_whole: a project at work keeps its plan' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.exchange_answer_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM core_event WHERE subject_type = 'exchange.Delivery' AND subject_id = NEW.id::text
           AND kind = 'data_delivery.' || NEW.answer AND actor = NEW.answered_by_id
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event tells who gave this answer' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.exchange_approval_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    person uuid := (to_jsonb(NEW)->>TG_ARGV[0])::uuid;
BEGIN
    IF core_owns(TG_RELID) OR person IS NULL OR EXISTS (
        SELECT FROM core_event WHERE subject_type = 'exchange.BountyPayout' AND subject_id = NEW.id::text
           AND kind = 'bounty_payout.consented' AND actor = person
           AND payload->>'attempt' = NEW.attempt::text
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event tells of this approval' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.exchange_attempt_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.attempt <= 1 + (
        SELECT count(*) FROM core_event WHERE subject_type = 'exchange.BountyPayout' AND subject_id = NEW.id::text
           AND kind IN ('bounty_payout.sent_back', 'bounty_payout.failed', 'bounty_payout.reversed')
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event tells that this bounty is paid anew' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.exchange_charge_is_owed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.method_id IS NULL AND EXISTS (
        SELECT FROM exchange_bountygift gift JOIN exchange_dataneed need ON need.id = gift.need_id
         WHERE NEW.purpose = 'bounty-gift:' || gift.id AND gift.state = 'started'
           AND gift.id::text = split_part(NEW.purpose, ':', 2)
           AND (NEW.amount_minor, NEW.currency, NEW.provider, NEW.book, NEW.account)
               = (gift.amount_minor, gift.currency, gift.provider, need.book, 'bounty/' || need.id || '/held')
           AND NEW.payer_id IS NOT DISTINCT FROM gift.person_id
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'charge_is_owed: nobody gives this by %', NEW.purpose USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.exchange_delivery_fits() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM FROM exchange_offer one JOIN exchange_dataneed need ON need.id = one.need_id
        JOIN catalogue_revision revision ON revision.dataset_id = one.dataset_id
        WHERE one.id = NEW.offer_id AND revision.id = NEW.revision_id AND one.state = 'awarded'
          AND need.state = 'awarded' AND NEW.answer = '';
    IF NOT FOUND THEN
        RAISE EXCEPTION 'delivery_fits: nobody waits for this' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.exchange_entry_is_owed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR exchange_is_borne(NEW.id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'entry_is_owed: % moves money of something else', NEW.key USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.exchange_gift_fits() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    need record;
BEGIN
    SELECT * INTO need FROM exchange_dataneed WHERE id = NEW.need_id FOR SHARE;
    IF need.state NOT IN ('open', 'offered', 'awarded') OR NEW.currency <> need.currency THEN
        RAISE EXCEPTION 'bounty_takes_it: this need takes no gift of this currency now' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.exchange_gift_is_paid() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (SELECT FROM exchange_giftstanding WHERE gift_id = NEW.id AND paid > 0) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'gift_is_paid: no payment of this gift has arrived' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.exchange_is_borne(p_entry uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
    WITH entry AS (
        SELECT id, book, key, split_part(key, ':', 2) AS charge,
               substring(key FROM ':borne:bounty-payout:(.*)$') AS step
          FROM ledger_entry WHERE id = p_entry
    ), returned AS (
        SELECT entry.id, entry.book, payout.need_id, charge.id AS charge_id
          FROM entry JOIN exchange_bountypayout payout ON payout.id::text = split_part(entry.step, ':', 1)
          JOIN payments_charge charge ON charge.id::text = entry.charge AND charge.book = entry.book
               AND charge.account = 'bounty/' || payout.need_id || '/held'
         WHERE entry.key = 'dispute:' || charge.id || ':borne:bounty-payout:' || entry.step AND EXISTS (
             SELECT FROM payments_transfer transfer
              WHERE transfer.purpose = 'bounty-payout:' || entry.step AND transfer.state IN ('failed', 'reversed'))
    ), of_it AS (
        -- All entries of the same loss, this one among them.
        SELECT other.id FROM returned JOIN ledger_entry other ON other.book = returned.book AND (
            other.key LIKE 'dispute:' || returned.charge_id || ':%'
            OR other.key IN (SELECT 'refund.taken_back:' || refund.id FROM payments_refund refund
                              WHERE refund.charge_id = returned.charge_id))
    )
    SELECT EXISTS (SELECT FROM returned) AND NOT EXISTS (
        SELECT FROM returned JOIN ledger_posting posting ON posting.entry_id = returned.id
          JOIN ledger_account account ON account.id = posting.account_id
         WHERE account.code <> CASE WHEN posting.amount > 0 THEN 'bounty/' || returned.need_id || '/held'
                                    ELSE 'losses' END
    ) AND (
        SELECT coalesce(sum(posting.amount), 0) FROM of_it JOIN ledger_posting posting ON posting.entry_id = of_it.id
          JOIN ledger_account account ON account.id = posting.account_id AND account.code = 'losses'
    ) >= (
        SELECT coalesce(sum(claim.amount_minor), 0) FROM payments_claim claim
          JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
         WHERE dispute.charge_id IN (SELECT returned.charge_id FROM returned)
    )
$_$;


CREATE FUNCTION public.exchange_need_step() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    fits boolean := true;
BEGIN
    IF NEW.state = 'open' THEN
        fits := NEW.opened_at IS NOT NULL;
    ELSIF NEW.state IN ('awarded', 'delivered') THEN
        fits := EXISTS (SELECT FROM exchange_offer one WHERE one.need_id = NEW.id AND one.state = 'awarded');
    ELSIF NEW.state = 'accepted' AND OLD.state = 'delivered' THEN
        fits := EXISTS (
            SELECT FROM exchange_delivery delivery JOIN exchange_offer one ON one.id = delivery.offer_id
             WHERE one.need_id = NEW.id AND one.state = 'awarded' AND delivery.answer = 'accepted'
               AND exchange_passes(delivery.id) AND jsonb_array_length(delivery.checks) > 0
               AND NOT EXISTS (SELECT FROM jsonb_array_elements(delivery.checks) AS checked
                                WHERE (checked->>'passed') IS DISTINCT FROM 'true'));
    ELSIF NEW.state = 'paid' THEN
        fits := EXISTS (SELECT FROM exchange_bountypayout payout
                         WHERE payout.need_id = NEW.id AND payout.state = 'settled');
    ELSIF NEW.state = 'refunded' THEN
        fits := NOT EXISTS (SELECT FROM exchange_giftstanding standing
                             WHERE standing.need_id = NEW.id AND standing.firm + standing.disputed > 0)
            AND NOT EXISTS (SELECT FROM exchange_bountypayout payout
                             WHERE payout.need_id = NEW.id AND payout.state <> 'dropped');
    END IF;
    IF NOT fits THEN
        RAISE EXCEPTION 'need_step: this need is not %', NEW.state USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.exchange_need_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM core_event WHERE subject_type = 'exchange.DataNeed' AND subject_id = NEW.id::text
           AND CASE TG_ARGV[0]
               WHEN 'reason' THEN kind = 'data_need.withdrawn' AND note = NEW.reason
               ELSE kind = 'data_need.extended' AND payload->>'deadline' = to_char(NEW.deadline, 'YYYY-MM-DD') END
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event tells of this % of a need', TG_ARGV[0] USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.exchange_offer_fits() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM FROM exchange_dataneed need
        JOIN catalogue_dataset dataset ON dataset.id = NEW.dataset_id AND dataset.publisher_id = NEW.organisation_id
        WHERE need.id = NEW.need_id AND need.state IN ('open', 'offered')
          AND NOT (dataset.by_consent AND NEW.kind <> 'free');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'offer_fits: the need takes no offer, or the data is somebody else''s' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.exchange_passes(p_delivery uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT EXISTS (
        SELECT FROM exchange_delivery delivery JOIN exchange_offer one ON one.id = delivery.offer_id
          JOIN exchange_dataneed need ON need.id = one.need_id
          JOIN catalogue_revision revision ON revision.id = delivery.revision_id
          JOIN catalogue_dataset dataset ON dataset.id = revision.dataset_id
         WHERE delivery.id = p_delivery AND dataset.state = 'published'
           AND NOT EXISTS (
               SELECT FROM jsonb_array_elements(need.columns) AS wanted WHERE NOT EXISTS (
                   SELECT FROM jsonb_array_elements(revision.schema->'fields') AS found
                    WHERE found->>'name' = wanted->>'name'
                      AND (wanted->>'type' IN ('', found->>'type') OR (wanted->>'type', found->>'type') IN
                           (('number', 'integer'), ('datetime', 'date')))))
           AND (need.area_id IS NULL OR dataset.area_id = need.area_id
                OR dataset.area_id = (SELECT parent_id FROM accounts_area WHERE id = need.area_id))
           AND (need.first_day IS NULL OR dataset.first_day <= need.first_day)
           AND (need.last_day IS NULL OR dataset.last_day >= need.last_day)
           -- Days of the city: so many of them are less than one day more, and the hour of a change of clocks.
           AND (need.fresh_days IS NULL OR delivery.delivered_at - revision.published_at
                < make_interval(days => need.fresh_days + 1, hours => 1)))
$$;


CREATE FUNCTION public.exchange_payout_rules() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    given int := num_nonnulls(NEW.approved_by_id, NEW.also_approved_by_id);
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM exchange_dataneed need JOIN exchange_offer one ON one.need_id = need.id
            WHERE need.id = NEW.need_id AND one.id = NEW.offer_id AND need.state = 'accepted' AND one.state = 'awarded'
              AND one.kind = 'bounty' AND need.currency = NEW.currency;
        IF NOT FOUND OR NEW.state <> 'planned' OR given > 0 THEN
            RAISE EXCEPTION 'a bounty is planned for who delivered' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.need_id, NEW.offer_id, NEW.currency) <> (OLD.need_id, OLD.offer_id, OLD.currency)
        OR NEW.attempt < OLD.attempt
        OR OLD.state IN ('requested', 'sent', 'settled') AND NEW.state <> 'planned'
            AND (NEW.amount_minor, NEW.details_id, NEW.requested_by_id, NEW.approvals_needed)
                IS DISTINCT FROM (OLD.amount_minor, OLD.details_id, OLD.requested_by_id, OLD.approvals_needed)
        -- An approval is given while it is asked for, is not taken over by another, and is gone with its attempt.
        OR given > 0 AND NEW.state NOT IN ('requested', 'sent', 'settled', 'failed', 'reversed')
            AND NEW.attempt > OLD.attempt
        OR NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id AND NEW.approved_by_id IS NOT NULL
            AND (OLD.approved_by_id IS NOT NULL OR OLD.state <> 'requested')
        OR NEW.also_approved_by_id IS DISTINCT FROM OLD.also_approved_by_id AND NEW.also_approved_by_id IS NOT NULL
            AND (OLD.also_approved_by_id IS NOT NULL OR OLD.state <> 'requested') THEN
        RAISE EXCEPTION 'a payout of a bounty keeps what it was requested and approved with' USING ERRCODE = '23514';
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF NOT core_is_step(TG_TABLE_NAME, OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a payout of a bounty does not go from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
    END IF;
    IF NEW.state = 'requested' AND given > 0 OR NEW.state = 'sent' AND given < NEW.approvals_needed THEN
        RAISE EXCEPTION 'a payout of a bounty is approved after it is requested' USING ERRCODE = '23514';
    END IF;
    IF NEW.state IN ('requested', 'sent') THEN
        PERFORM FROM exchange_dataneed need JOIN exchange_offer one ON one.id = NEW.offer_id
            JOIN payouts_bankdetails details ON details.organisation_id = one.organisation_id
            WHERE need.id = NEW.need_id AND need.state = 'accepted' AND details.id = NEW.details_id
              AND details.usable_from <= NEW.state_since;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a bounty goes to an account of who delivered that may be used' USING ERRCODE = '23514';
        END IF;
        PERFORM FROM exchange_giftstanding standing WHERE standing.need_id = NEW.need_id
            HAVING sum(standing.firm) = NEW.amount_minor AND sum(standing.disputed) = 0;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a bounty pays what is there, and nothing while it is disputed' USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.exchange_transfer_is_owed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM exchange_bountypayout payout JOIN payouts_bankdetails details ON details.id = payout.details_id
         WHERE payout.id::text = split_part(NEW.purpose, ':', 2)
           AND NEW.purpose = 'bounty-payout:' || payout.id || ':' || payout.attempt
           AND payout.state = 'sent' AND payout.currency = NEW.currency
           AND (payout.amount_minor, details.destination, 'bounty/' || payout.need_id || '/held')
               = (NEW.amount_minor, NEW.destination, NEW.account)
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'transfer_is_owed: nobody is owed this by %', NEW.purpose USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.exchange_words_taken_down() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF OLD.removed_words = '' AND NEW.removed_words <> '' AND EXISTS (
        SELECT FROM core_event WHERE subject_type = TG_ARGV[0] AND subject_id = NEW.id::text AND kind = TG_ARGV[1]
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'words_taken_down: the words of % stay', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.invoicing_credited_by_its_note() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoice note
        JOIN invoicing_invoicepayment payment ON payment.invoice_id = note.corrects_id
        WHERE note.id = NEW.note_id AND payment.id = NEW.payment_id
          AND -note.gross_minor >= NEW.amount_minor + (
              SELECT coalesce(sum(amount_minor), 0) FROM invoicing_creditedpayment WHERE note_id = NEW.note_id)
    ) THEN
        RAISE EXCEPTION 'invoicing_credited_by_its_note: this credit note does not give that back'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.invoicing_invoice_not_overpaid() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    mother invoicing_invoice%ROWTYPE;
BEGIN
    SELECT * INTO mother FROM invoicing_invoice WHERE id = NEW.invoice_id FOR UPDATE;
    IF mother.kind <> 'invoice' OR mother.gross_minor < NEW.amount_minor + (
        SELECT coalesce(sum(amount_minor), 0) FROM invoicing_invoicepayment WHERE invoice_id = NEW.invoice_id
    ) - (
        SELECT coalesce(sum(reversal.amount_minor), 0) FROM invoicing_invoicepaymentreversal reversal
        JOIN invoicing_invoicepayment payment ON payment.id = reversal.payment_id
        WHERE payment.invoice_id = NEW.invoice_id
    ) - (
        SELECT coalesce(sum(back.amount_minor), 0) FROM invoicing_creditedpayment back
        JOIN invoicing_invoicepayment payment ON payment.id = back.payment_id
        WHERE payment.invoice_id = NEW.invoice_id
    ) - (
        SELECT coalesce(sum(gross_minor), 0) FROM invoicing_invoice WHERE corrects_id = NEW.invoice_id
    ) THEN
        RAISE EXCEPTION 'invoicing_invoice_not_overpaid: more than the invoice asks for'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.invoicing_invoice_numbered() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    series invoicing_invoiceseries%ROWTYPE;
BEGIN
    SELECT * INTO series FROM invoicing_invoiceseries WHERE id = NEW.series_id FOR UPDATE;
    IF NEW.serial <> series.last + 1 OR NEW.number <> series.prefix || lpad(NEW.serial::text, 5, '0') THEN
        RAISE EXCEPTION 'invoicing_invoice_numbered: the next number is %',
            series.prefix || lpad((series.last + 1)::text, 5, '0') USING ERRCODE = '23514';
    END IF;
    UPDATE invoicing_invoiceseries SET last = NEW.serial WHERE id = NEW.series_id;
    RETURN NEW;
END $$;


CREATE FUNCTION public.invoicing_invoice_right() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    exact bigint := round(NEW.net_minor::numeric * NEW.vat_rate_bp / 10000);
    mother invoicing_invoice%ROWTYPE;
    before record;
BEGIN
    IF NEW.kind = 'invoice' THEN
        IF NEW.vat_minor <> exact THEN
            RAISE EXCEPTION 'invoicing_invoice_right: VAT is wrong' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    SELECT * INTO mother FROM invoicing_invoice WHERE id = NEW.corrects_id FOR UPDATE;
    SELECT count(*) AS notes, coalesce(sum(net_minor), 0) AS net, coalesce(sum(vat_minor), 0) AS vat INTO before
        FROM invoicing_invoice WHERE corrects_id = NEW.corrects_id;
    IF mother.kind <> 'invoice' OR abs(NEW.vat_minor - exact) > 1 + before.notes
        OR NEW.net_minor + before.net < -mother.net_minor OR NEW.vat_minor + before.vat < -mother.vat_minor
        OR (mother.account, mother.book, mother.organisation_id, mother.currency,
            mother.vat_rate_bp, mother.vat_category)
        IS DISTINCT FROM
        (NEW.account, NEW.book, NEW.organisation_id, NEW.currency, NEW.vat_rate_bp, NEW.vat_category) THEN
        RAISE EXCEPTION 'invoicing_invoice_right: a credit note does not fit its invoice'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.invoicing_payment_is_its_charge() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM payments_charge charge JOIN invoicing_invoice invoice ON invoice.id = NEW.invoice_id
        WHERE charge.id = NEW.charge_id AND charge.account = invoice.account || '/paid'
          AND charge.purpose LIKE 'invoice:' || invoice.id || ':%'
          AND (charge.book, charge.currency) = (invoice.book, invoice.currency)
          AND charge.state IN ('succeeded', 'disputed', 'won', 'lost') AND charge.amount_minor >= NEW.amount_minor
    ) THEN
        RAISE EXCEPTION 'invoicing_payment_is_its_charge: this charge does not pay this invoice'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.invoicing_reversal_fits() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    payment invoicing_invoicepayment%ROWTYPE;
    gone record;
BEGIN
    SELECT * INTO payment FROM invoicing_invoicepayment WHERE id = NEW.payment_id FOR UPDATE;
    SELECT coalesce(sum(amount_minor), 0) AS minor, coalesce(sum(net_minor), 0) AS net INTO gone FROM (
        SELECT amount_minor, net_minor FROM invoicing_invoicepaymentreversal WHERE payment_id = NEW.payment_id
        UNION ALL
        SELECT amount_minor, net_minor FROM invoicing_creditedpayment WHERE payment_id = NEW.payment_id
    ) taken;
    IF NEW.amount_minor + gone.minor > payment.amount_minor OR NEW.net_minor + gone.net > payment.net_minor THEN
        RAISE EXCEPTION 'invoicing_reversal_fits: more than was paid' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.invoicing_reversal_is_a_loss() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoicepayment payment
        JOIN payments_dispute dispute ON dispute.charge_id = payment.charge_id
        WHERE payment.id = NEW.payment_id AND dispute.id = NEW.dispute_id AND dispute.lost_minor > 0
          AND (NEW.refund_id IS NOT NULL OR dispute.lost_minor >= NEW.amount_minor)
    ) THEN
        RAISE EXCEPTION 'invoicing_reversal_is_a_loss: no dispute was lost' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.invoicing_reversal_is_booked() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoicepayment payment JOIN invoicing_invoice invoice ON invoice.id = payment.invoice_id
        JOIN payments_dispute dispute ON dispute.id = NEW.dispute_id
        JOIN ledger_entry entry ON entry.book = invoice.book
             AND entry.key = 'invoice:' || invoice.number || ':' || payment.charge_id || ':reversed'
                 || CASE WHEN NEW.refund_id IS NOT NULL THEN ':refund:' || NEW.refund_id
                         WHEN dispute.number > 1 THEN ':' || dispute.number ELSE '' END
        JOIN ledger_posting posting ON posting.entry_id = entry.id AND posting.amount = NEW.amount_minor
        JOIN ledger_account account ON account.id = posting.account_id
             AND account.code = 'receivable/' || invoice.number
        WHERE payment.id = NEW.payment_id
    ) THEN
        RAISE EXCEPTION 'invoicing_reversal_is_booked: it is not owed again' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.invoicing_reversal_is_its_refunds() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM invoicing_invoicepayment payment
        JOIN payments_refund refund ON refund.charge_id = payment.charge_id
        JOIN payments_dispute dispute ON dispute.charge_id = payment.charge_id
        JOIN core_event event ON event.subject_type = 'payments.Refund' AND event.subject_id = refund.id::text
        WHERE payment.id = NEW.payment_id AND refund.id = NEW.refund_id AND dispute.id = NEW.dispute_id
          AND event.kind = 'refund.taken_back' AND NEW.amount_minor <= refund.amount_minor
    ) THEN
        RAISE EXCEPTION 'invoicing_reversal_is_its_refunds: it has not gone after all' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.invoicing_reversal_takes_all() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    paid record;
    taken numeric;
    waited numeric;
    stands numeric;
BEGIN
    SELECT payment.amount_minor, charge.id AS charge_id, charge.book, charge.amount_minor AS charged,
           (SELECT coalesce(sum(amount_minor), 0) FROM invoicing_creditedpayment WHERE payment_id = payment.id)
               AS credited,
           (SELECT coalesce(sum(amount_minor), 0) FROM invoicing_invoicepaymentreversal
             WHERE payment_id = payment.id) AS reversed,
           (SELECT coalesce(sum(amount_minor), 0) FROM invoicing_invoicepaymentreversal
             WHERE payment_id = payment.id AND refund_id IS NULL) AS by_disputes
      INTO paid FROM invoicing_invoicepayment payment JOIN payments_charge charge ON charge.id = payment.charge_id
     WHERE payment.id = NEW.payment_id;
    IF NEW.refund_id IS NOT NULL THEN
        SELECT took INTO taken FROM payments_taken_again(NEW.refund_id);
    ELSE
        -- As invoicing/operations/payments.py has it: first goes what waited on the charge's account.
        SELECT coalesce(-sum(posting.amount), 0) INTO taken
          FROM payments_dispute last JOIN payments_dispute dispute
               ON dispute.charge_id = last.charge_id AND dispute.number <= last.number AND dispute.lost_minor > 0
          JOIN ledger_entry entry ON entry.book = paid.book AND entry.key IN (
               SELECT 'dispute:' || paid.charge_id
                   || CASE WHEN dispute.number > 1 THEN ':' || dispute.number ELSE '' END || step
                 FROM unnest(ARRAY[':lost', ':loss']) step)
          JOIN ledger_posting posting ON posting.entry_id = entry.id
          JOIN ledger_account account ON account.id = posting.account_id AND account.code = 'disputed'
         WHERE last.id = NEW.dispute_id;
        SELECT greatest(0, paid.charged - paid.amount_minor + paid.credited - coalesce(sum(amount_minor), 0))
          INTO waited FROM payments_refund WHERE charge_id = paid.charge_id AND key NOT LIKE 'rest-of-%';
        taken := taken - waited - paid.by_disputes;
    END IF;
    stands := paid.amount_minor - paid.credited - paid.reversed;
    IF NEW.amount_minor < least(stands, taken) THEN
        RAISE EXCEPTION 'invoicing_reversal_takes_all: more of the payment is lost' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.invoicing_series_counts() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF (SELECT last FROM invoicing_invoiceseries WHERE id = NEW.id) <> (
        SELECT coalesce(max(serial), 0) FROM invoicing_invoice WHERE series_id = NEW.id
    ) THEN
        RAISE EXCEPTION 'invoicing_series_counts: the last number is that of the last invoice'
            USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.ledger_account_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'account % stays as it was opened', OLD.code USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.ledger_balance(wanted bigint) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    WITH newest AS (
        SELECT balance, last_posting FROM ledger_checkpoint
        WHERE account_id = wanted ORDER BY last_posting DESC LIMIT 1
    )
    SELECT coalesce((SELECT balance FROM newest), 0) + coalesce(sum(amount), 0)
    FROM ledger_posting
    WHERE account_id = wanted AND id > coalesce((SELECT last_posting FROM newest), 0)
$$;


CREATE FUNCTION public.ledger_checkpoint_true() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    newest record;
    found_sum numeric;
BEGIN
    SELECT balance, last_posting INTO newest FROM ledger_checkpoint
        WHERE account_id = NEW.account_id AND last_posting < NEW.last_posting ORDER BY last_posting DESC LIMIT 1;
    SELECT coalesce(newest.balance, 0) + coalesce(sum(amount), 0) INTO found_sum FROM ledger_posting
        WHERE account_id = NEW.account_id AND id > coalesce(newest.last_posting, 0) AND id <= NEW.last_posting;
    IF found_sum <> NEW.balance OR NEW.last_posting > (SELECT coalesce(max(id), 0) FROM ledger_posting) THEN
        RAISE EXCEPTION 'checkpoint of account % does not follow from its postings', NEW.account_id
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.ledger_entries_added() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    bare uuid;
BEGIN
    SELECT id INTO bare FROM made
        WHERE NOT EXISTS (SELECT FROM ledger_posting WHERE entry_id = made.id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % comes without postings', bare USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.ledger_hold(wanted bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    INSERT INTO ledger_outflow AS outflow (account_id, movements) SELECT id, 1 FROM ledger_account WHERE id = wanted
    ON CONFLICT (account_id) DO UPDATE SET movements = outflow.movements + 1
$$;


CREATE FUNCTION public.ledger_link_hash(p_seq bigint, p_previous bytea, p_entry uuid) RETURNS bytea
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT sha256('\x00'::bytea || convert_to(core_canonical(jsonb_build_object(
        'seq', p_seq, 'previous', encode(p_previous, 'hex'), 'entry', jsonb_build_object(
            'id', entry.id, 'book', entry.book, 'kind', entry.kind, 'reverses', entry.reverses_id,
            'public', entry.public,
            'at', to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00',
            'accounts', legs.accounts, 'postings', legs.postings))), 'UTF8'))
    FROM ledger_entry entry CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_array(account.code, posting.currency, posting.amount)
                         ORDER BY posting.id) AS postings,
               (SELECT jsonb_agg(jsonb_build_array(code, currency, kind, floor_zero)
                                 ORDER BY code COLLATE "C", currency COLLATE "C")
                FROM ledger_account WHERE id = ANY (array_agg(account.id))) AS accounts
        FROM ledger_posting posting JOIN ledger_account account ON account.id = posting.account_id
        WHERE posting.entry_id = entry.id
    ) legs
    WHERE entry.id = p_entry
$$;


CREATE FUNCTION public.ledger_links_added() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    bad record;
BEGIN
    SELECT added.book, added.seq INTO bad FROM added JOIN ledger_entry entry ON entry.id = added.entry_id
        LEFT JOIN ledger_link before ON before.book = added.book AND before.seq = added.seq - 1
        WHERE added.book <> entry.book OR added.seq < 1 OR (before.id IS NULL AND added.seq <> 1)
           OR added.previous <> coalesce(before.hash, decode(repeat('00', 32), 'hex'))
           OR added.hash IS DISTINCT FROM ledger_link_hash(added.seq, added.previous, added.entry_id)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'link % of % does not follow from its entry and the link before', bad.seq, bad.book
            USING ERRCODE = '23514';
    END IF;
    DELETE FROM ledger_unlinked unlinked USING added WHERE unlinked.entry_id = added.entry_id;
    RETURN NULL;
END $$;


CREATE FUNCTION public.ledger_merkle_root(leaves bytea[]) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE STRICT
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    level bytea[] := leaves;
BEGIN
    WHILE cardinality(level) > 1 LOOP
        SELECT array_agg(CASE WHEN level[2 * place] IS NULL THEN level[2 * place - 1]
                              ELSE sha256('\x01'::bytea || level[2 * place - 1] || level[2 * place]) END ORDER BY place)
            INTO level FROM generate_series(1, (cardinality(level) + 1) / 2) AS place;
    END LOOP;
    RETURN level[1];
END $$;


CREATE FUNCTION public.ledger_post(new_id uuid, new_book text, new_kind text, new_key text, new_reverses uuid, new_public jsonb, new_at timestamp with time zone, accounts bigint[], currencies text[], amounts bigint[]) RETURNS boolean
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    WITH made AS (
        INSERT INTO ledger_entry (id, book, kind, key, reverses_id, public, at)
        VALUES (new_id, new_book, new_kind, new_key, new_reverses, new_public, new_at)
        ON CONFLICT DO NOTHING RETURNING id, book
    )
    INSERT INTO ledger_posting (entry_id, account_id, book, currency, amount)
    SELECT made.id, leg.account, made.book, leg.currency, leg.amount
    FROM made, unnest(accounts, currencies, amounts) AS leg (account, currency, amount);
    RETURN FOUND;
END $$;


CREATE FUNCTION public.ledger_postings_added() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    bad record;
    emptied bigint[];
BEGIN
    SELECT entry_id, legs INTO bad
        FROM (SELECT entry_id, count(*) AS legs FROM added GROUP BY entry_id) entry
        WHERE legs < 2 OR legs <> (SELECT count(*) FROM ledger_posting posting WHERE posting.entry_id = entry.entry_id)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % has % postings in one statement: at least two, and all of them, come at once',
            bad.entry_id, bad.legs USING ERRCODE = '23514';
    END IF;
    SELECT entry_id, currency, sum(amount) AS total INTO bad
        FROM added GROUP BY entry_id, currency HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % is unbalanced by % %', bad.entry_id, bad.total, bad.currency USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT FROM added JOIN ledger_checkpoint checkpoint ON checkpoint.account_id = added.account_id
               AND checkpoint.last_posting >= added.id) THEN
        RAISE EXCEPTION 'posting numbered below a checkpoint' USING ERRCODE = '23514';
    END IF;
    SELECT array_agg(DISTINCT account.id ORDER BY account.id) INTO emptied
        FROM added JOIN ledger_account account ON account.id = added.account_id
        WHERE account.floor_zero
          AND CASE WHEN account.kind IN ('A', 'E') THEN added.amount < 0 ELSE added.amount > 0 END;
    IF emptied IS NOT NULL THEN
        INSERT INTO ledger_outflow AS outflow (account_id, movements) SELECT unnest(emptied), 1
            ON CONFLICT (account_id) DO UPDATE SET movements = outflow.movements + 1;
        SELECT code INTO bad FROM ledger_account account
            WHERE id = ANY (emptied)
              AND CASE WHEN kind IN ('A', 'E') THEN ledger_balance(id) < 0 ELSE ledger_balance(id) > 0 END LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'overdraft on %', bad.code USING ERRCODE = '23514';
        END IF;
    END IF;
    INSERT INTO ledger_unlinked (entry_id) SELECT DISTINCT entry_id FROM added;
    RETURN NULL;
END $$;


CREATE FUNCTION public.ledger_postings_numbered() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF (SELECT max(id) FROM added) > (SELECT last_value FROM ledger_posting_id_seq) THEN
        RAISE EXCEPTION 'posting numbered ahead of its sequence' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.ledger_root_follows() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    newest ledger_dailyroot;
    links record;
BEGIN
    SELECT * INTO newest FROM ledger_dailyroot WHERE book = NEW.book ORDER BY last_seq DESC LIMIT 1;
    SELECT array_agg(hash ORDER BY seq) AS hashes, max(seq) AS last INTO links FROM ledger_link
        WHERE book = NEW.book AND seq BETWEEN NEW.first_seq AND NEW.last_seq;
    IF NEW.first_seq <> coalesce(newest.last_seq, 0) + 1 OR NEW.last_seq IS DISTINCT FROM links.last
        OR cardinality(links.hashes) <> NEW.last_seq - NEW.first_seq + 1
        OR NEW.day <= newest.day OR NEW.chain <> links.hashes[cardinality(links.hashes)]
        OR NEW.root <> ledger_merkle_root(links.hashes) THEN
        RAISE EXCEPTION 'the root of % does not follow from its links', NEW.day USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.ledger_root_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.book, NEW.day, NEW.first_seq, NEW.last_seq, NEW.root, NEW.chain)
        <> (OLD.id, OLD.book, OLD.day, OLD.first_seq, OLD.last_seq, OLD.root, OLD.chain) THEN
        RAISE EXCEPTION 'the root of % stays as it is', OLD.day USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.ledger_settled() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    LOCK TABLE ledger_posting IN SHARE MODE;
    RETURN (SELECT coalesce(max(id), 0) FROM ledger_posting);
END $$;


CREATE FUNCTION public.matching_allocation_is_booked() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR matching_fund_is_booked(NEW.fund_id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'allocation_is_booked: the ledger has set aside another sum' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.matching_allocation_is_paid() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.amount_minor = (
        SELECT matching_paid(fund.book, NEW.campaign_id::text, NEW.fund_id::text)
          FROM matching_matchfund fund WHERE fund.id = NEW.fund_id
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'allocation_is_paid: the ledger has paid another sum' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.matching_deposit_by_two() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.confirmed_at IS NOT NULL AND (TG_OP = 'DELETE' OR
        (NEW.fund_id, NEW.amount_minor, NEW.confirmed_at) IS DISTINCT FROM
        (OLD.fund_id, OLD.amount_minor, OLD.confirmed_at)) THEN
        RAISE EXCEPTION 'a confirmed deposit stays' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.confirmed_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.confirmed_at IS NULL)
        AND NOT coalesce(NEW.confirmed_by_id <> NEW.entered_by_id, false) THEN
        RAISE EXCEPTION 'a deposit is confirmed by a second person' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.matching_deposit_was_free() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    -- As in matching_match_within_fund: an allocation at the same moment waits for this, and sees it.
    PERFORM 1 FROM matching_matchfund WHERE id = NEW.fund_id FOR NO KEY UPDATE;
    IF (SELECT coalesce(sum(set_aside_minor), 0) FROM matching_allocation WHERE fund_id = NEW.fund_id)
        > matching_paid_in(NEW.fund_id)
    THEN
        RAISE EXCEPTION 'deposit_was_free: the fund has promised it' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.matching_fund_is_booked(p_fund uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT NOT EXISTS (
        SELECT FROM matching_matchfund fund, unnest(ARRAY['reserved', 'committed']) AS part
         WHERE fund.id = p_fund
           AND coalesce((SELECT -ledger_balance(id) FROM ledger_account
                          WHERE book = fund.book AND code = 'fund/' || fund.id || '/' || part), 0)
            <> (SELECT coalesce(sum(set_aside_minor), 0) FROM matching_allocation
                 WHERE fund_id = fund.id AND state = part)
    )
$$;


CREATE FUNCTION public.matching_fund_terms_stay() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'an open fund keeps its terms' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.matching_fundreturn_rules() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    promised numeric;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'requested' OR NEW.approved_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'a return begins as a request' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.fund_id, NEW.amount_minor, NEW.holder, NEW.destination)
        <> (OLD.fund_id, OLD.amount_minor, OLD.holder, OLD.destination) THEN
        RAISE EXCEPTION 'a return keeps what it was requested with' USING ERRCODE = '23514';
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF NOT core_is_step(TG_TABLE_NAME, OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a return does not go from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
    END IF;
    IF NEW.state = 'sent' THEN
        IF NOT coalesce(NEW.approved_by_id <> NEW.requested_by_id, false) THEN
            RAISE EXCEPTION 'a return is approved by a second person' USING ERRCODE = '23514';
        END IF;
        -- As above: an allocation at the same moment waits for this, and sees it.
        PERFORM 1 FROM matching_matchfund WHERE id = NEW.fund_id AND state = 'closed' FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'only a fund that is closed gives back what is left' USING ERRCODE = '23514';
        END IF;
        SELECT coalesce(sum(set_aside_minor), 0) INTO promised FROM matching_allocation
            WHERE fund_id = NEW.fund_id;
        IF promised + NEW.amount_minor > matching_paid_in(NEW.fund_id) THEN
            RAISE EXCEPTION 'a fund gives back no more than is free' USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.matching_input_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    told text;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT payload->>'digest' INTO told FROM core_event
        WHERE subject_type = 'matching.MatchFund' AND subject_id = NEW.id::text AND payload ? 'digest'
        ORDER BY seq DESC LIMIT 1;
    IF told IS DISTINCT FROM NEW.input_digest
       OR OLD.published_input IS DISTINCT FROM NEW.published_input AND OLD.input_digest = NEW.input_digest THEN
        RAISE EXCEPTION 'matching_input_told: no event tells of this input' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.matching_match_within_fund() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    paid_in numeric;
    promised numeric;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.fund_id, NEW.campaign_id) <> (OLD.fund_id, OLD.campaign_id) THEN
        RAISE EXCEPTION 'an allocation keeps its fund and campaign' USING ERRCODE = '23514';
    END IF;
    IF NEW.state = 'released' AND NEW.set_aside_minor <> 0 THEN
        RAISE EXCEPTION 'a released allocation has nothing set aside' USING ERRCODE = '23514';
    END IF;
    PERFORM 1 FROM matching_matchfund WHERE id = NEW.fund_id FOR NO KEY UPDATE;
    SELECT matching_paid_in(NEW.fund_id) INTO paid_in;
    SELECT coalesce(sum(set_aside_minor), 0) INTO promised FROM matching_allocation WHERE fund_id = NEW.fund_id;
    IF promised > paid_in THEN
        RAISE EXCEPTION 'a fund promises % of %', promised, paid_in USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.matching_paid(p_book text, p_campaign text, p_fund text) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    -- In minor units: what came from the fund's accounts to the campaign's, less what went back.
    SELECT coalesce(-sum(posting.amount), 0) FROM ledger_account account
      JOIN ledger_posting posting ON posting.account_id = account.id
     WHERE account.book = p_book AND account.code = 'campaign/' || p_campaign || '/committed' AND EXISTS (
        SELECT FROM ledger_posting other JOIN ledger_account theirs ON theirs.id = other.account_id
         WHERE other.entry_id = posting.entry_id AND theirs.code LIKE 'fund/' || p_fund || '/%')
$$;


CREATE FUNCTION public.matching_paid_in(wanted uuid) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT (SELECT coalesce(sum(amount_minor), 0) FROM matching_deposit
            WHERE fund_id = wanted AND confirmed_at IS NOT NULL AND taken_back_at IS NULL)
        - (SELECT coalesce(sum(amount_minor), 0) FROM matching_fundreturn
           WHERE fund_id = wanted AND state IN ('sent', 'settled'))
$$;


CREATE FUNCTION public.payments_amount_stays() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF (NEW.amount_minor, NEW.currency, NEW.book, NEW.provider)
       <> (OLD.amount_minor, OLD.currency, OLD.book, OLD.provider) THEN
        RAISE EXCEPTION 'the amount of % cannot be changed', TG_TABLE_NAME USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payments_claim_came_back_twice() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    paid record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    -- Two claims at once would each count without the other.
    SELECT charge.id, charge.amount_minor INTO paid FROM payments_charge charge
      JOIN payments_dispute dispute ON dispute.charge_id = charge.id WHERE dispute.id = NEW.dispute_id
       FOR UPDATE OF charge;
    IF paid.id IS NULL OR NEW.amount_minor + paid.amount_minor
        + coalesce((SELECT sum(payments_claim_counts(claim.id, claim.amount_minor)) FROM payments_claim claim
                      JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
                     WHERE dispute.charge_id = paid.id), 0)
        <= coalesce((SELECT sum(amount_minor) FROM payments_refund
                      WHERE charge_id = paid.id AND state <> 'covered'), 0)
         + coalesce((SELECT sum(lost_minor) FROM payments_dispute WHERE charge_id = paid.id), 0)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'claim_came_back_twice: not so much has' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_claim_counts(p_claim uuid, p_minor bigint) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    -- A claim less what a refund that came back has set off, in minor units: that is no refund any more.
    SELECT p_minor - coalesce(sum(abs(posting.amount)), 0)
      FROM ledger_entry entry JOIN ledger_posting posting ON posting.entry_id = entry.id
      JOIN ledger_account account ON account.id = posting.account_id AND account.code LIKE 'refund/%'
     WHERE entry.key LIKE 'claim:' || p_claim || ':paid%'
$$;


CREATE FUNCTION public.payments_claim_is_its_disputes() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NEW.amount_minor > coalesce((SELECT lost_minor FROM payments_dispute WHERE id = NEW.dispute_id), 0)
        AND NEW.refund_id IS NULL
    THEN
        RAISE EXCEPTION 'claim_is_its_disputes: the dispute has not taken that much' USING ERRCODE = '23514';
    END IF;
    IF NEW.refund_id IS NOT NULL AND NOT EXISTS (
        SELECT FROM payments_refund refund JOIN payments_dispute dispute ON dispute.charge_id = refund.charge_id
         WHERE refund.id = NEW.refund_id AND dispute.id = NEW.dispute_id AND dispute.lost_minor > 0
           AND refund.state = 'done' AND NEW.amount_minor <= refund.amount_minor)
    THEN
        RAISE EXCEPTION 'claim_is_its_refunds: it has not gone beside that dispute' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payments_claim_is_stepped() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID)
        OR (SELECT claim.state FROM payments_claim claim WHERE claim.id = NEW.id) <> OLD.state
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'claim_is_stepped: who gives it up changes with its state' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_command_was_carried_out() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR NOT EXISTS (
        SELECT FROM payments_refund WHERE NEW.verb = 'refund' AND id = NEW.target AND state = 'requested'
        UNION ALL
        SELECT FROM payments_transfer WHERE NEW.verb = 'transfer' AND id = NEW.target AND state = 'requested'
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'command_was_carried_out: this money has not been sent' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_dispute_is_its_charges() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    charge record;
    before record;
BEGIN
    SELECT state, amount_minor INTO charge FROM payments_charge WHERE id = NEW.charge_id FOR NO KEY UPDATE;
    IF TG_OP = 'INSERT' THEN
        SELECT count(*) AS number, coalesce(sum(lost_minor), 0) AS lost,
               count(*) FILTER (WHERE decided_at IS NULL) AS open
            INTO before FROM payments_dispute WHERE charge_id = NEW.charge_id;
        IF charge.state <> 'disputed' OR before.open > 0 OR NEW.decided_at IS NOT NULL
           OR NEW.number <> before.number + 1 OR NEW.amount_minor > charge.amount_minor - before.lost THEN
            RAISE EXCEPTION 'payments_dispute_is_its_charges: not disputed so' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.charge_id, NEW.number, NEW.amount_minor, NEW.opened_at)
       <> (OLD.charge_id, OLD.number, OLD.amount_minor, OLD.opened_at)
       OR OLD.decided_at IS NOT NULL
          AND (NEW.decided_at, NEW.lost_minor) IS DISTINCT FROM (OLD.decided_at, OLD.lost_minor)
       OR OLD.decided_at IS NULL AND NEW.decided_at IS NOT NULL
          AND (charge.state, NEW.lost_minor > 0) NOT IN (('lost', true), ('won', false)) THEN
        RAISE EXCEPTION 'payments_dispute_is_its_charges: not decided so' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payments_fetched_is_withdrawn_by_two() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.withdrawal_confirmed_by_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM core_event
         WHERE subject_type = 'payments.BankOrder' AND subject_id = NEW.id::text AND kind = 'bank_order.fetched'
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'fetched_is_withdrawn_by_two: the bank may have this file' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_is_providers(p_provider text, p_address text) RETURNS boolean
    LANGUAGE sql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
    SELECT p_address = '' OR CASE p_provider
        WHEN 'stripe' THEN p_address ~ '^https://([a-z0-9-]+\.)*stripe\.com/[^[:space:][:cntrl:]"<>]*$'
        ELSE p_address ~ '^/[a-zA-Z0-9][a-zA-Z0-9/_.?=&-]*$'
    END
$_$;


CREATE FUNCTION public.payments_its_order_is_withdrawn() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR (SELECT withdrawn_at IS NOT NULL FROM payments_bankorder WHERE id = OLD.bank_order_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'its_order_is_withdrawn: the bank may have this payment' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_linepayment_pays() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM payments_charge charge JOIN payments_statementline line ON line.charge_id = charge.id
         WHERE charge.id = NEW.charge_id AND line.id = NEW.line_id
           AND charge.state IN ('succeeded', 'disputed', 'won', 'lost')
           AND (NEW.iban IN ('', line.iban) OR NEW.iban = line.return_iban AND line.confirmed_by_id IS NOT NULL)
           AND charge.amount_minor = (
               SELECT sum(amount_minor) FROM payments_linepayment WHERE charge_id = charge.id)
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'linepayment_pays: this line has not paid that' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_linepayment_within() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    line record;
    charge record;
BEGIN
    SELECT one.amount_minor, one.currency, statement.book INTO line FROM payments_statementline one
      JOIN payments_statement statement ON statement.id = one.statement_id
     WHERE one.id = NEW.line_id FOR NO KEY UPDATE OF one;
    SELECT amount_minor, currency, book INTO charge FROM payments_charge WHERE id = NEW.charge_id FOR NO KEY UPDATE;
    IF (line.currency, line.book) IS DISTINCT FROM (charge.currency, charge.book)
        OR line.amount_minor < NEW.amount_minor
            + (SELECT coalesce(sum(amount_minor), 0) FROM payments_linepayment WHERE line_id = NEW.line_id)
        OR charge.amount_minor < NEW.amount_minor
            + (SELECT coalesce(sum(amount_minor), 0) FROM payments_linepayment WHERE charge_id = NEW.charge_id)
    THEN
        RAISE EXCEPTION 'linepayment_within: a line pays no more than it brought, and a payment takes no more than it '
            'asks for' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payments_reference(p_id uuid) RETURNS text
    LANGUAGE plpgsql IMMUTABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    letters constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    number numeric := 0;
    own text := '';
    digits text := '';
BEGIN
    FOR place IN 1 .. 32 LOOP
        number := number * 16 + position(substr(upper(replace(p_id::text, '-', '')), place, 1) IN letters) - 1;
    END LOOP;
    FOR place IN 1 .. 12 LOOP
        own := substr(letters, (number % 36)::integer + 1, 1) || own;
        number := div(number, 36);
    END LOOP;
    FOR place IN 1 .. 12 LOOP
        digits := digits || (position(substr(own, place, 1) IN letters) - 1)::text;
    END LOOP;
    -- 2715 is RF, 00 the place of the check digits.
    RETURN 'RF' || lpad((98 - (digits || '271500')::numeric % 97)::text, 2, '0') || own;
END $$;


CREATE FUNCTION public.payments_refund_went_after_all() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM payments_statementline line JOIN payments_statementline credit ON credit.id = line.reverses_id
         WHERE line.state = 'settled' AND line.proposal = 'taken' AND line.confirmed_by_id IS NOT NULL
           AND (credit.refund_id = NEW.id OR EXISTS (
               SELECT FROM core_event WHERE subject_type = 'payments.StatementLine' AND subject_id = credit.id::text
                  AND payload->>'for' = 'refund:' || NEW.id))
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'refund_went_after_all: the bank has not taken back what brought it' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_refund_within_charge() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    charge record;
    gone numeric;
BEGIN
    SELECT amount_minor, currency, book INTO charge FROM payments_charge WHERE id = NEW.charge_id FOR UPDATE;
    SELECT (SELECT coalesce(sum(amount_minor), 0) FROM payments_refund
            WHERE charge_id = NEW.charge_id AND state <> 'covered')
        + (SELECT coalesce(sum(lost_minor), 0) FROM payments_dispute WHERE charge_id = NEW.charge_id)
        - (SELECT coalesce(sum(payments_claim_counts(claim.id, claim.amount_minor)), 0) FROM payments_claim claim
             JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
            WHERE dispute.charge_id = NEW.charge_id) INTO gone;
    IF (NEW.currency, NEW.book) <> (charge.currency, charge.book) OR gone + NEW.amount_minor > charge.amount_minor
    THEN
        RAISE EXCEPTION 'refunds exceed the charge' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payments_statement_is_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR accounts_serves_in(NEW.imported_by_id, 'finance-officers') AND EXISTS (
        SELECT FROM core_event
         WHERE subject_type = 'payments.Statement' AND subject_id = NEW.id::text AND kind = 'statement.imported'
           AND actor = NEW.imported_by_id AND payload->>'fresh' = (
               SELECT count(*)::text FROM payments_statementline WHERE statement_id = NEW.id)
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'statement_is_told: no finance officer has read this statement' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_statementline_is_read() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR NOT EXISTS (
        SELECT FROM (SELECT DISTINCT statement_id FROM fresh) one JOIN core_event
            ON subject_type = 'payments.Statement' AND subject_id = one.statement_id::text
           AND kind = 'statement.imported'
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'statementline_is_read: this statement was read without it' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_statementline_is_stepped() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID)
        OR (SELECT line.state FROM payments_statementline line WHERE line.id = NEW.id) <> OLD.state
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'statementline_is_stepped: what a line is of changes with its state' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_taken_again(p_refund uuid) RETURNS TABLE(took numeric, loss numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    -- What a refund that has gone after all has taken of its payment once more, and of it the loss, without what its
    -- payer owes of it, as payments/operations/gone_after_all.py has it. Nothing of one that no event tells of.
    SELECT greatest(booked.held + booked.loss - owed.minor, 0), greatest(booked.loss - owed.minor, 0)
      FROM (SELECT coalesce(sum(posting.amount) FILTER (WHERE account.code = charge.account), 0) AS held,
                   coalesce(sum(posting.amount) FILTER (WHERE account.code = 'losses'), 0) AS loss
              FROM payments_refund refund JOIN payments_charge charge ON charge.id = refund.charge_id
              JOIN ledger_entry entry ON entry.book = refund.book AND entry.key = 'refund.taken_back:' || refund.id
              JOIN ledger_posting posting ON posting.entry_id = entry.id
              JOIN ledger_account account ON account.id = posting.account_id
             WHERE refund.id = p_refund AND EXISTS (SELECT FROM core_event
                WHERE subject_type = 'payments.Refund' AND subject_id = p_refund::text AND kind = 'refund.taken_back')
           ) booked,
           (SELECT coalesce(sum(amount_minor), 0) AS minor FROM payments_claim WHERE refund_id = p_refund) owed
$$;


CREATE FUNCTION public.payments_transfer_went_after_all() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.account = 'suspense' AND EXISTS (
        SELECT FROM payments_statementline line
          JOIN core_event event ON event.subject_type = 'payments.StatementLine'
                               AND event.subject_id = line.reverses_id::text
         WHERE line.state = 'settled' AND line.proposal = 'taken' AND line.confirmed_by_id IS NOT NULL
           AND event.payload->>'for' = 'transfer:' || NEW.id)
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'transfer_went_after_all: the bank has not taken back what brought it' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payments_word_is_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    who uuid := (to_jsonb(NEW)->>TG_ARGV[1])::uuid;
    said record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT kind, actor, seq INTO said FROM core_event
     WHERE subject_type = TG_ARGV[0] AND subject_id = NEW.id::text AND kind IN (TG_ARGV[2], TG_ARGV[3])
     ORDER BY seq DESC LIMIT 1;
    IF who IS NULL AND said.kind = TG_ARGV[3]
        OR said.kind = TG_ARGV[2] AND said.actor = who AND EXISTS (
            SELECT FROM core_event
             WHERE subject_type = 'payments.BankOrder' AND kind = 'bank_order.fetched' AND seq < said.seq
               AND subject_id = coalesce(to_jsonb(NEW)->>'bank_order_id', NEW.id::text))
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event tells who says this of %', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payouts_approval_is_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR (
        SELECT count(*) FROM core_event WHERE subject_type = 'payouts.Payout' AND subject_id = NEW.payout_id::text
           AND kind IN ('payout.approved', 'payout.consented') AND actor = NEW.person_id
    ) >= (SELECT count(*) FROM payouts_approval WHERE payout_id = NEW.payout_id AND person_id = NEW.person_id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'approval_is_told: no event tells of it' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payouts_approval_rules() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    payout record;
BEGIN
    SELECT state, attempt, requested_by_id INTO payout FROM payouts_payout WHERE id = NEW.payout_id FOR UPDATE;
    IF payout.state <> 'requested' OR payout.attempt <> NEW.attempt THEN
        RAISE EXCEPTION 'only a payout that was requested can be approved' USING ERRCODE = '23514';
    END IF;
    IF payout.requested_by_id = NEW.person_id THEN
        RAISE EXCEPTION 'who requested a payout does not approve it' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payouts_bankdetails_gone() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID)
        OR NOT EXISTS (SELECT FROM accounts_membership WHERE organisation_id = OLD.organisation_id) THEN
        RETURN OLD;
    END IF;
    RAISE EXCEPTION 'the organisation of these bank details has members' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payouts_bankdetails_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    told record;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT actor, at, payload->>'organisation' AS organisation INTO told
      FROM core_event
     WHERE subject_type = 'payouts.BankDetails' AND subject_id = NEW.id::text AND kind = 'bank_details.entered'
     ORDER BY seq DESC LIMIT 1;
    IF told.actor IS DISTINCT FROM NEW.entered_by_id OR told.organisation IS DISTINCT FROM NEW.organisation_id::text
       OR NOT EXISTS (SELECT FROM accounts_membership
                       WHERE organisation_id = NEW.organisation_id AND person_id = NEW.entered_by_id AND role = 'owner')
       OR NEW.usable_from < told.at + interval '7 days'
       OR NEW.usable_from < least((SELECT max(at) FROM core_event), now()) + interval '7 days' - interval '5 minutes'
    THEN
        RAISE EXCEPTION 'untold: no owner has named this account, or it is usable too soon' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payouts_charge_is_owed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
    word text := split_part(NEW.purpose, ':', 1);
    -- The id that is named, to find it by its index; what is compared is the whole purpose.
    key uuid := CASE WHEN split_part(NEW.purpose, ':', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
        THEN split_part(NEW.purpose, ':', 2)::uuid END;
    owed boolean := false;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NULL;
    END IF;
    IF word IN ('pledge', 'instalment') THEN
        owed := EXISTS (
            SELECT FROM (
                SELECT id AS pledge_id, state FROM campaigns_pledge WHERE word = 'pledge' AND id = key
                UNION ALL
                SELECT pledge_id, state FROM campaigns_instalment WHERE word = 'instalment' AND id = key
            ) promised
            JOIN campaigns_pledge pledge ON pledge.id = promised.pledge_id
            JOIN campaigns_campaign campaign ON campaign.id = pledge.campaign_id
             WHERE NEW.purpose = word || ':' || key
               AND (NEW.amount_minor, NEW.currency, NEW.provider, NEW.book, NEW.account) = (pledge.amount_minor,
                    pledge.currency, pledge.provider, campaign.book, 'campaign/' || campaign.id || '/held')
               AND NEW.payer_id IS NOT DISTINCT FROM pledge.person_id
               -- Without the payer it is charged by the pledge's own way alone, and when it is collected.
               AND (NEW.method_id IS NULL OR NEW.method_id = pledge.method_id AND promised.state = 'collecting')
        );
    ELSIF word = 'invoice' THEN
        owed := NEW.method_id IS NULL AND EXISTS (
            SELECT FROM invoicing_invoice invoice
             WHERE invoice.id = key AND NEW.purpose ~ '^invoice:[^:]+:[0-9]+$' AND NEW.amount_minor <= gross_minor
               AND (NEW.currency, NEW.book, NEW.account) = (currency, book, invoice.account || '/paid')
        );
    ELSIF word = 'claim' THEN
        owed := NEW.method_id IS NULL AND EXISTS (
            SELECT FROM payments_claim claim JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
              JOIN payments_charge charge ON charge.id = dispute.charge_id
             WHERE claim.id = key AND NEW.purpose ~ '^claim:[^:]+(:[0-9]+)?$' AND claim.state IN ('open', 'proposed')
               AND NEW.amount_minor <= claim.amount_minor
               AND (NEW.currency, NEW.book, NEW.account) = (charge.currency, charge.book, 'claim/' || claim.id)
        );
    END IF;
    IF NOT owed THEN
        RAISE EXCEPTION 'charge_is_owed: nobody owes this by %', NEW.purpose USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $_$;


CREATE FUNCTION public.payouts_credit_parts(p_line uuid) RETURNS TABLE(became text, whose text, minor numeric)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    -- What became of each part of the credit that a line takes back, as payments/operations/reversals.py has it: as
    -- events tell, or as one, by what was said of it last, where that was before they told it.
    WITH credit AS (
        SELECT credit.* FROM payments_statementline line
          JOIN payments_statementline credit ON credit.id = line.reverses_id WHERE line.id = p_line
    ), told AS (
        SELECT event.payload FROM credit JOIN core_event event
            ON event.subject_type = 'payments.StatementLine' AND event.subject_id = credit.id::text
         WHERE event.payload ? 'settled_minor'
    )
    SELECT payload->>'as', payload->>'for', sum((payload->>'settled_minor')::numeric) FROM told GROUP BY 1, 2
    UNION ALL
    SELECT proposal, 'refund:' || refund_id, amount_minor - suspense_minor - (
            SELECT coalesce(sum(payment.amount_minor), 0) FROM payments_linepayment payment
             WHERE payment.line_id = credit.id)
      FROM credit WHERE NOT EXISTS (SELECT FROM told)
$$;


CREATE FUNCTION public.payouts_entry_accounts(p_book text, p_key text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
    -- A regular expression of what may be moved: "+bank" is a debit of it, "-bank" a credit. None where a key is of no
    -- form that is known, or names nothing.
    WITH cut AS (
        SELECT split_part(p_key, ':', 1) AS word, split_part(p_key, ':', 2) AS text,
               CASE WHEN split_part(p_key, ':', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                   THEN split_part(p_key, ':', 2)::uuid END AS id,
               CASE WHEN split_part(p_key, ':', 3) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                   THEN split_part(p_key, ':', 3)::uuid END AS second,
               substring(p_key FROM '^[^:]+:[^:]+:?(.*)$') AS steps
    ), named AS (
        SELECT *, CASE WHEN word IN ('charge', 'dispute') THEN id
                       WHEN word LIKE 'refund%' THEN (SELECT charge_id FROM payments_refund WHERE id = cut.id)
                       WHEN word = 'claim' THEN (SELECT charge_id FROM payments_dispute JOIN payments_claim claim
                           ON claim.dispute_id = payments_dispute.id WHERE claim.id = cut.id) END AS charge_id,
               -- Of a later dispute the number stands before its step, or behind where an invoice is owed again.
               coalesce(substring(steps FROM '^([2-9]|[1-9][0-9]+)(?=:|$)'),
                        substring(steps FROM 'reversed:([2-9]|[1-9][0-9]+)(?=:|$)'), '1')::numeric AS number
          FROM cut
    ), found AS (
        SELECT named.*, charge.account, (SELECT count(*) FROM payments_dispute dispute
                   WHERE dispute.charge_id = coalesce(named.charge_id, named.second)) >= number AS disputed,
               '(bank|provider/' || charge.provider || ')' AS there, charge.provider,
               (SELECT 'refund/(' || string_agg(id::text, '|') || ')' FROM payments_refund refund
                 WHERE refund.charge_id = charge.id) AS refunds,
               regexp_replace(steps, '^([2-9]|[1-9][0-9]+)(:|$)', '') AS step,
               -- A refund of the payment that has gone after all: the invoice is owed again by that, too.
               steps ~ '^[^:]+:reversed:refund:[^:]+(:loss)?$' AND EXISTS (SELECT FROM payments_refund refund
                   WHERE refund.id::text = split_part(steps, ':', 4) AND refund.charge_id = named.second) AS after_all
          FROM named LEFT JOIN payments_charge charge ON charge.id = named.charge_id
    )
    SELECT CASE
        WHEN word = 'charge' AND steps = '' THEN format('[+](%s|suspense)|-%s', there, account)
        WHEN word = 'charge' AND steps = 'fee' THEN format('[+]fees/%s|-%s', provider, there)
        WHEN word = 'dispute' AND disputed THEN CASE
            WHEN step = '' THEN format('[+]disputed|-%s', there)
            WHEN step = 'won' THEN format('[+]%s|-disputed', there)
            WHEN step = 'lost' THEN format('[+]%s|-disputed', account)
            WHEN step = 'loss' THEN '[+]losses|-disputed'
            -- Of a refund that has gone after all its key has no number, whichever dispute had paid it.
            WHEN step = 'borne' OR steps ~ '^borne:[0-9a-f-]{36}$' THEN '-losses'
            WHEN step ~ '^refund:[^:]+$' AND 'refund/' || split_part(step, ':', 2) ~ ('^' || refunds || '$') THEN
                format('[+]refund/%s|-disputed', split_part(step, ':', 2)) END
        WHEN word LIKE 'refund%' AND steps <> '' THEN NULL
        WHEN word = 'refund' THEN format('[+](%s|%s)|-refund/%s', account, refunds, id)
        WHEN word IN ('refund.done', 'refund.otherwise') THEN format('[+]refund/%s|-%s', id, there)
        WHEN word = 'refund.taken_back' AND EXISTS (SELECT FROM core_event
            WHERE subject_type = 'payments.Refund' AND subject_id = found.text AND kind = word) THEN
            format('[+](%s|losses|%s)|-refund/%s', account, refunds, id)
        WHEN word = 'refund.returned' THEN format('[+](%s|suspense)|-refund/%s', there, id)
        -- Numbered where the bank took a payment of it back.
        WHEN word = 'claim' AND steps ~ '^paid(:([2-9]|[1-9][0-9]+))?$' AND (
            SELECT count(*) FROM payments_charge WHERE purpose LIKE 'claim:' || found.id || '%'
        ) >= coalesce(nullif(split_part(steps, ':', 2), '')::numeric, 1) - 1 THEN
            format('[+](claim/%s%s)|-losses', id, coalesce('|' || refunds, ''))
        WHEN word = 'taken' AND steps IN ('suspense', 'income') THEN format('[+]%s|-bank', steps)
        WHEN word = 'taken' AND steps = 'loss' THEN '[+]losses|-bank'
        -- What came back less has gone after all: the fee is none.
        WHEN word = 'taken' AND steps = 'fee' THEN '[+]bank|-fees/bank'
        WHEN word = 'statement' AND steps = '' THEN (SELECT CASE WHEN amount_minor > 0
            THEN '[+]bank|-suspense' ELSE '[+]fees/bank|-bank' END
            FROM payments_statementline WHERE digest = found.text)
        WHEN word = 'settlement' AND steps = '' THEN '[+](bank|suspense)|-provider/[a-z]+'
        WHEN word = 'double' AND steps = '' THEN '[+]suspense|-bank'
        WHEN word = 'income' AND steps = '' THEN '[+]suspense|-income'
        WHEN word = 'short' AND steps = '' THEN '[+]fees/bank|-suspense'
        WHEN word = 'twice' AND steps = '' THEN '[+]losses|-bank'
        WHEN word IN ('payout', 'payout.returned') AND steps = '' THEN (SELECT format(
            CASE word WHEN 'payout' THEN '[+]%2$s|-(bank|provider/%1$s)'
                ELSE '[+](bank|provider/%1$s|suspense)|-%2$s' END, provider, transfer.account)
            FROM payments_transfer transfer WHERE transfer.id = found.id)
        WHEN word = 'invoice' AND (steps = '' OR second IS NOT NULL AND EXISTS (
            SELECT FROM invoicing_invoicepayment payment JOIN invoicing_invoice invoice ON invoice.id = invoice_id
             WHERE payment.charge_id = second AND invoice.number = found.text
        )) THEN (SELECT CASE
            WHEN steps = '' THEN format('[+]receivable/%s|-(%s/due|vat)', invoice.number, invoice.account)
            WHEN steps ~ '^[^:]+$' THEN
                format('[+]%2$s/(due|paid)|-(receivable/%1$s|losses)', invoice.number, invoice.account)
            WHEN disputed AND (steps ~ '^[^:]+:reversed(:([2-9]|[1-9][0-9]+))?$'
                OR after_all AND steps !~ ':loss$') THEN
                format('[+]receivable/%1$s|-(losses|%2$s/(due|paid))', invoice.number, invoice.account)
            WHEN disputed AND (steps ~ '^[^:]+:reversed(:([2-9]|[1-9][0-9]+))?:loss$' OR after_all)
            THEN format('[+]losses|-%s/due', invoice.account)
            END FROM invoicing_invoice invoice WHERE invoice.number = found.text)
        WHEN word = 'credit-note' AND steps = '' THEN (SELECT format('[+](%1$s/due|vat)|-(receivable/%2$s|%1$s/paid)',
            invoice.account, invoice.number) FROM invoicing_invoice note
            JOIN invoicing_invoice invoice ON invoice.id = note.corrects_id WHERE note.number = found.text)
        WHEN word = 'fund' AND steps ~ '^in:[^:]+$' THEN '[+](bank|suspense)'
        WHEN word = 'fund' AND steps ~ '^out:[^:]+$' AND EXISTS (SELECT FROM matching_deposit
            WHERE id::text = split_part(steps, ':', 2) AND taken_back_at IS NOT NULL) THEN '-bank'
        -- Nothing but accounts of campaigns and funds.
        WHEN word IN ('milestone', 'milestone.undone') AND steps ~ '^[0-9]{1,4}$' THEN
            (SELECT '' FROM payouts_payout payout WHERE payout.id = found.id
                AND steps::int BETWEEN 1 AND payout.attempt AND steps = steps::int::text)
        WHEN word IN ('campaign', 'match', 'return') THEN ''
    END FROM found
$_$;


CREATE FUNCTION public.payouts_entry_campaign(p_book text, p_key text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
    -- The campaign whose money an entry with this key may move; none where it names nothing that is there.
    WITH named AS (
        SELECT split_part(p_key, ':', 1) AS word, split_part(p_key, ':', 2) AS number,
               CASE WHEN split_part(p_key, ':', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                   THEN split_part(p_key, ':', 2)::uuid END AS id
    )
    SELECT CASE
        WHEN word = 'campaign' THEN (SELECT id::text FROM campaigns_campaign WHERE id = named.id AND book = p_book)
        WHEN word IN ('charge', 'dispute') THEN
            (SELECT substring(account FROM '^campaign/([^/]+)/') FROM payments_charge
              WHERE id = named.id AND book = p_book)
        WHEN word LIKE 'refund%' THEN
            (SELECT substring(charge.account FROM '^campaign/([^/]+)/') FROM payments_refund refund
               JOIN payments_charge charge ON charge.id = refund.charge_id
              WHERE refund.id = named.id AND refund.book = p_book)
        WHEN word IN ('invoice', 'credit-note') THEN
            (SELECT sponsorship.campaign_id::text FROM invoicing_invoice invoice
               JOIN sponsorship_sponsorship sponsorship ON 'sponsorship/' || sponsorship.id = invoice.account
              WHERE invoice.number = named.number AND invoice.book = p_book)
        WHEN word LIKE 'milestone%' THEN (SELECT campaign_id::text FROM payouts_payout WHERE id = named.id)
        WHEN word IN ('payout', 'payout.returned') THEN
            (SELECT substring(account FROM '^campaign/([^/]+)/') FROM payments_transfer
              WHERE id = named.id AND book = p_book)
        WHEN word = 'return' THEN (SELECT campaign_id::text FROM payouts_return WHERE id = named.id)
        WHEN word = 'match' THEN
            (SELECT campaign_id::text FROM matching_allocation WHERE id = named.id
             UNION ALL SELECT allocation.campaign_id::text FROM matching_matchline line
                 JOIN matching_allocation allocation ON allocation.id = line.allocation_id WHERE line.id = named.id)
    END FROM named
$_$;


CREATE FUNCTION public.payouts_entry_fund(p_book text, p_key text) RETURNS text
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
    -- The same for funds.
    WITH named AS (
        SELECT split_part(p_key, ':', 1) AS word, split_part(p_key, ':', 4) AS deposit,
               split_part(p_key, ':', 3) AS allocation,
               CASE WHEN split_part(p_key, ':', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                   THEN split_part(p_key, ':', 2)::uuid END AS id
    )
    SELECT CASE
        WHEN word = 'fund' THEN
            (SELECT fund_id::text FROM matching_deposit WHERE fund_id = named.id AND id::text = named.deposit
                AND confirmed_at IS NOT NULL)
        WHEN word IN ('payout', 'payout.returned') THEN
            (SELECT substring(account FROM '^fund/([^/]+)/') FROM payments_transfer
              WHERE id = named.id AND book = p_book)
        WHEN word = 'return' THEN
            (SELECT one.fund_id::text FROM matching_allocation one JOIN payouts_return back USING (campaign_id)
              WHERE back.id = named.id AND one.id::text = named.allocation)
        WHEN word = 'match' THEN
            (SELECT fund_id::text FROM matching_allocation WHERE id = named.id
             UNION ALL SELECT allocation.fund_id::text FROM matching_matchline line
                 JOIN matching_allocation allocation ON allocation.id = line.allocation_id WHERE line.id = named.id)
    END FROM named
$_$;


CREATE FUNCTION public.payouts_entry_is_owed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR payouts_is_owed(NEW.id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'entry_is_owed: % moves money of something else', NEW.key USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payouts_entry_most(p_book text, p_key text) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
    -- In minor units; none where the key names nothing of this book. An invoice's entry moves gross and net at once.
    WITH named AS (
        SELECT split_part(p_key, ':', 1) AS word, split_part(p_key, ':', 2) AS text,
               split_part(p_key, ':', 3) AS step, split_part(p_key, ':', 4) AS deposit,
               CASE WHEN split_part(p_key, ':', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                   THEN split_part(p_key, ':', 2)::uuid END AS id
    )
    SELECT CASE
        WHEN word = 'charge' THEN (SELECT amount_minor FROM payments_charge WHERE id = named.id AND book = p_book
            AND state IN ('succeeded', 'disputed', 'won', 'lost'))
        -- What a campaign bears of a dispute that was lost, or of a refund that has gone after all.
        WHEN word = 'dispute' AND p_key ~ ':borne$' THEN (SELECT dispute.lost_minor FROM payments_dispute dispute
            JOIN payments_charge charge ON charge.id = dispute.charge_id
            WHERE charge.id = named.id AND charge.book = p_book
              AND dispute.number::text = CASE step WHEN 'borne' THEN '1' ELSE step END)
        WHEN word = 'dispute' AND step = 'borne' THEN (SELECT again.loss FROM payments_refund refund
            CROSS JOIN LATERAL payments_taken_again(refund.id) again
            WHERE refund.id::text = deposit AND refund.charge_id = named.id AND refund.book = p_book)
        WHEN word = 'dispute' THEN (SELECT max(dispute.amount_minor) FROM payments_dispute dispute
            JOIN payments_charge charge ON charge.id = dispute.charge_id
            WHERE charge.id = named.id AND charge.book = p_book)
        -- Of these there is one entry a row and step: another ending of the key would be a second one.
        WHEN word ~ '^(refund.*|statement|settlement|double|income|short|twice|payout|payout.returned)$' AND step <> ''
            THEN NULL
        WHEN word LIKE 'refund%' THEN
            (SELECT amount_minor FROM payments_refund WHERE id = named.id AND book = p_book)
        WHEN word = 'claim' THEN (SELECT claim.amount_minor FROM payments_claim claim
            JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
            JOIN payments_charge charge ON charge.id = dispute.charge_id
            WHERE claim.id = named.id AND claim.state = 'paid' AND charge.book = p_book)
        WHEN word IN ('statement', 'settlement') THEN
            (SELECT abs(line.amount_minor) FROM payments_statementline line
               JOIN payments_statement statement ON statement.id = line.statement_id
              WHERE line.digest = named.text AND statement.book = p_book AND (word = 'settlement'
                 OR line.amount_minor > 0 OR line.proposal = 'fee' AND line.confirmed_by_id IS NOT NULL))
        -- What was kept of a refund that came back less.
        WHEN word = 'taken' AND step = 'fee' THEN (SELECT refund.amount_minor - (
                SELECT sum(part.minor) FROM payouts_credit_parts(line.id) part
                 WHERE part.became IN ('back', 'less') AND part.whose = 'refund:' || refund.id)
             FROM payments_statementline line JOIN payments_refund refund ON refund.id = line.refund_id
            WHERE line.digest = named.text AND refund.book = p_book AND line.proposal = word
              AND line.confirmed_by_id IS NOT NULL)
        WHEN word IN ('double', 'income', 'twice', 'taken') THEN (
            SELECT abs(line.amount_minor) - CASE word WHEN 'taken' THEN payouts_taken_besides(line.id, p_key) ELSE 0 END
              FROM payments_statementline line JOIN payments_statement statement ON statement.id = line.statement_id
             WHERE line.digest = named.text AND statement.book = p_book AND line.proposal = word
               AND line.confirmed_by_id IS NOT NULL)
        WHEN word = 'short' THEN (SELECT coalesce(refund.amount_minor, transfer.amount_minor) - line.amount_minor
             FROM payments_statementline line JOIN payments_statement statement ON statement.id = line.statement_id
             LEFT JOIN payments_refund refund ON refund.id = line.refund_id
             LEFT JOIN payments_transfer transfer ON transfer.id = line.transfer_id
            WHERE line.digest = named.text AND statement.book = p_book AND line.proposal = 'less'
              -- Of what had been sent back to its sender, the sender bears it.
              AND line.confirmed_by_id IS NOT NULL AND transfer.account IS DISTINCT FROM 'suspense')
        WHEN word IN ('payout', 'payout.returned') THEN
            (SELECT amount_minor FROM payments_transfer WHERE id = named.id AND book = p_book)
        WHEN word = 'invoice' AND p_key ~ ':reversed:refund:' THEN (
            SELECT again.took * CASE WHEN p_key ~ ':loss$' THEN 1 ELSE 2 END FROM payments_refund refund
            CROSS JOIN LATERAL payments_taken_again(refund.id) again
            WHERE refund.id::text = split_part(p_key, ':', 6) AND refund.book = p_book)
        WHEN word IN ('invoice', 'credit-note') THEN
            (SELECT 2 * abs(gross_minor) FROM invoicing_invoice WHERE number = named.text AND book = p_book)
        WHEN word LIKE 'milestone%' THEN (SELECT payout.amount_minor FROM payouts_payout payout
            JOIN campaigns_campaign campaign ON campaign.id = payout.campaign_id
            WHERE payout.id = named.id AND campaign.book = p_book)
        WHEN word = 'fund' THEN (SELECT deposit.amount_minor FROM matching_deposit deposit
            JOIN matching_matchfund fund ON fund.id = deposit.fund_id
            WHERE fund.id = named.id AND deposit.id::text = named.deposit AND fund.book = p_book)
        -- Between accounts of one campaign, or of one and its funds, as payouts_is_owed asks: no more than is there.
        WHEN word IN ('campaign', 'match', 'return') AND payouts_entry_campaign(p_book, p_key) IS NOT NULL THEN
            'infinity'::numeric
    END FROM named
$_$;


CREATE FUNCTION public.payouts_is_borne(p_entry uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
    -- `dispute:<charge>:borne:later:<n>` or `invoice:<number>:borne:later:<n>`: out of the campaign's money, and of no
    -- more than has been a loss until now.
    WITH entry AS (
        SELECT id, book, kind, key, split_part(key, ':', 1) AS word, split_part(key, ':', 2) AS whose
          FROM ledger_entry WHERE id = p_entry
    ), returned AS (
        SELECT entry.id, entry.book, charge.id AS charge_id, invoice.number AS invoice,
               coalesce(sponsorship.campaign_id::text, split_part(charge.account, '/', 2)) AS campaign_id
          FROM entry
          LEFT JOIN payments_charge charge ON entry.word = 'dispute' AND charge.id::text = entry.whose
               AND charge.book = entry.book AND charge.account LIKE 'campaign/%'
          LEFT JOIN (invoicing_invoice invoice
               JOIN sponsorship_sponsorship sponsorship ON 'sponsorship/' || sponsorship.id = invoice.account)
               ON entry.word = 'invoice' AND invoice.number = entry.whose AND invoice.book = entry.book
         WHERE entry.key ~ '^[a-z]+:[^:]+:borne:later:[1-9][0-9]{0,3}$' AND entry.kind = 'dispute.borne'
           -- The next one: a number that is left out would be the name of the entry after it.
           AND (entry.key LIKE '%:1' OR EXISTS (
               SELECT FROM ledger_entry before WHERE before.book = entry.book AND before.key =
                   regexp_replace(entry.key, '[0-9]+$', (substring(entry.key FROM '[0-9]+$')::integer - 1)::text)))
    ), of_it AS (
        -- All entries of the same loss, this one among them.
        SELECT other.id FROM returned JOIN ledger_entry other ON other.book = returned.book AND (
            other.key LIKE 'dispute:' || returned.charge_id || ':%'
            OR other.key LIKE 'invoice:' || returned.invoice || ':%'
               AND other.kind IN ('invoice.loss', 'invoice.paid', 'dispute.borne')
            OR other.key IN (SELECT 'refund.taken_back:' || refund.id FROM payments_refund refund
                              WHERE refund.charge_id = returned.charge_id))
    )
    SELECT EXISTS (
        SELECT FROM returned WHERE returned.charge_id IS NOT NULL OR returned.invoice IS NOT NULL
    ) AND NOT EXISTS (
        SELECT FROM returned JOIN ledger_posting posting ON posting.entry_id = returned.id
          JOIN ledger_account account ON account.id = posting.account_id
         WHERE CASE WHEN posting.amount > 0 THEN account.code <> 'campaign/' || returned.campaign_id || '/committed'
                    ELSE account.code <> 'losses' END
    ) AND (
        SELECT coalesce(sum(posting.amount), 0) FROM of_it JOIN ledger_posting posting ON posting.entry_id = of_it.id
          JOIN ledger_account account ON account.id = posting.account_id AND account.code = 'losses'
    ) >= (
        SELECT coalesce(sum(claim.amount_minor), 0) FROM payments_claim claim
          JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
         WHERE dispute.charge_id IN (SELECT returned.charge_id FROM returned)
    )
$_$;


CREATE FUNCTION public.payouts_is_owed(p_entry uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
    -- A match stays between its fund and its campaign, and a fund has set aside what its allocations say.
    WITH entry AS (
        SELECT id, book, key, payouts_entry_accounts(book, key) AS accounts FROM ledger_entry WHERE id = p_entry
    )
    -- Asked for its own entries alone: it reads all of a payment.
    SELECT CASE WHEN (SELECT key FROM entry) LIKE '%:borne:later:%' THEN payouts_is_borne(p_entry) ELSE NOT EXISTS (
        SELECT FROM entry JOIN ledger_posting posting ON posting.entry_id = entry.id
          JOIN ledger_account account ON account.id = posting.account_id,
               split_part(account.code, '/', 1) AS word, split_part(account.code, '/', 2) AS whose
         WHERE (CASE word
             WHEN 'campaign' THEN whose IS NOT DISTINCT FROM payouts_entry_campaign(entry.book, entry.key)
             WHEN 'fund' THEN whose IS NOT DISTINCT FROM payouts_entry_fund(entry.book, entry.key)
                 AND matching_fund_is_booked(whose::uuid)
             ELSE CASE WHEN posting.amount > 0 THEN '+' ELSE '-' END || account.code ~ ('^(' || entry.accounts || ')$')
         END) IS NOT TRUE
    ) AND (
        SELECT accounts IS NOT NULL AND coalesce(sum(posting.amount) FILTER (WHERE posting.amount > 0), 0)
                   <= coalesce(payouts_entry_most(entry.book, entry.key), -1)
          FROM entry LEFT JOIN ledger_posting posting ON posting.entry_id = entry.id
         GROUP BY entry.book, entry.key, accounts
    ) AND NOT EXISTS (
        -- Back to its fund goes no more than that has paid (CC5 of 28 November).
        SELECT FROM entry JOIN ledger_posting ours ON ours.entry_id = entry.id AND ours.amount > 0
          JOIN ledger_account campaign ON campaign.id = ours.account_id AND campaign.code LIKE 'campaign/%'
          JOIN ledger_posting theirs ON theirs.entry_id = entry.id
          JOIN ledger_account fund ON fund.id = theirs.account_id AND fund.code LIKE 'fund/%'
         WHERE matching_paid(entry.book, split_part(campaign.code, '/', 2), split_part(fund.code, '/', 2)) < 0
    ) END
$_$;


CREATE FUNCTION public.payouts_is_posted(p_id uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT EXISTS (
        SELECT FROM (
            SELECT 'payout:' || id AS key, book, amount_minor FROM payments_transfer WHERE id = p_id
            UNION ALL SELECT 'refund:' || id, book, amount_minor FROM payments_refund WHERE id = p_id
        ) leaving
        JOIN ledger_entry entry USING (book, key)
        WHERE leaving.amount_minor = (
            SELECT sum(amount) FILTER (WHERE amount > 0) FROM ledger_posting posting WHERE posting.entry_id = entry.id
        )
    )
$$;


CREATE FUNCTION public.payouts_leaves_as_posted() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR payouts_is_posted((to_jsonb(NEW)->>TG_ARGV[0])::uuid) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'leaves_as_posted: the ledger has not taken this out of an account' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payouts_method_is_the_givers() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM payments_method WHERE id = NEW.method_id AND person_id IS NOT DISTINCT FROM NEW.person_id
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'method_is_the_givers: this way to pay is somebody else''s' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.payouts_payout_step() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    given int;
    released numeric;
    gone numeric;
BEGIN
    IF NOT core_is_step(TG_TABLE_NAME, OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a payout does not go from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
    END IF;
    SELECT count(DISTINCT person_id) INTO given FROM payouts_approval
        WHERE payout_id = NEW.id AND attempt = NEW.attempt AND person_id <> NEW.requested_by_id;
    IF NEW.state = 'requested' THEN
        IF given > 0 OR NEW.released_at IS NULL THEN
            RAISE EXCEPTION 'a payout is requested anew under a new number, its money set apart'
                USING ERRCODE = '23514';
        END IF;
        PERFORM 1 FROM payouts_bankdetails details JOIN proposals_project project USING (organisation_id)
            JOIN campaigns_campaign campaign ON campaign.project_id = project.id
            WHERE campaign.id = NEW.campaign_id AND details.id = NEW.details_id
            AND details.usable_from <= NEW.state_since;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a payout goes to an account of its organisation that may be used' USING ERRCODE = '23514';
        END IF;
    END IF;
    IF NEW.state IN ('requested', 'approved', 'sent') THEN
        IF NOT coalesce(NEW.state_since >= NEW.not_before, false) THEN
            RAISE EXCEPTION 'a payout waits for its risk window' USING ERRCODE = '23514';
        END IF;
        PERFORM 1 FROM payouts_hold WHERE campaign_id = NEW.campaign_id AND lifted_at IS NULL;
        IF FOUND THEN
            RAISE EXCEPTION 'nothing is paid out while a hold stands' USING ERRCODE = '23514';
        END IF;
    END IF;
    IF NEW.state IN ('approved', 'sent') AND given < NEW.approvals_needed THEN
        RAISE EXCEPTION 'a payout needs % approvals', NEW.approvals_needed USING ERRCODE = '23514';
    END IF;
    -- What was released is asked of the ledger, not of our rows: money that is not there cannot go out.
    IF NEW.state = 'sent' THEN
        SELECT coalesce(-sum(posting.amount), 0) INTO released FROM ledger_posting posting
            JOIN ledger_account account ON account.id = posting.account_id
            JOIN ledger_entry entry ON entry.id = posting.entry_id
            WHERE account.code = 'campaign/' || NEW.campaign_id || '/released'
            AND account.currency = NEW.currency AND entry.kind IN ('milestone', 'milestone.undone');
        SELECT coalesce(sum(amount_minor), 0) + NEW.amount_minor INTO gone FROM payouts_payout
            WHERE campaign_id = NEW.campaign_id AND id <> NEW.id AND state IN ('sent', 'settled');
        IF gone > released THEN
            RAISE EXCEPTION 'payouts of % exceed the % released', gone, released USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payouts_payout_terms() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM 1 FROM delivery_milestone milestone JOIN campaigns_campaign campaign USING (project_id)
        WHERE milestone.id = NEW.milestone_id AND milestone.state = 'accepted'
        AND campaign.id = NEW.campaign_id AND campaign.currency = NEW.currency;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a payout is for an accepted milestone of its project' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'planned' THEN
            RAISE EXCEPTION 'a payout begins as a plan' USING ERRCODE = '23514';
        END IF;
    ELSIF (NEW.campaign_id, NEW.milestone_id, NEW.not_before) <> (OLD.campaign_id, OLD.milestone_id, OLD.not_before)
        OR OLD.released_at IS NOT NULL AND NEW.amount_minor <> OLD.amount_minor
        OR OLD.released_at IS NOT NULL AND NEW.released_at IS DISTINCT FROM OLD.released_at
            AND (NEW.released_at IS NOT NULL OR OLD.state NOT IN ('planned', 'failed', 'reversed'))
        OR OLD.state IN ('requested', 'approved', 'sent', 'settled')
            AND (NEW.details_id, NEW.requested_by_id, NEW.approvals_needed, NEW.attempt)
                IS DISTINCT FROM (OLD.details_id, OLD.requested_by_id, OLD.approvals_needed, OLD.attempt) THEN
        RAISE EXCEPTION 'a payout keeps what it was requested and released with' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payouts_return_terms() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' OR NEW.confirmed_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'a return begins as a proposal' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.campaign_id, NEW.amount_minor, NEW.currency, NEW.shares, NEW.reason, NEW.proposed_by_id)
       IS DISTINCT FROM
       (OLD.campaign_id, OLD.amount_minor, OLD.currency, OLD.shares, OLD.reason, OLD.proposed_by_id)
       OR OLD.state <> 'proposed' AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id
       OR NEW.state <> OLD.state AND NOT core_is_step('payouts_return', OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a return keeps what two people agree on' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payouts_secured(wanted uuid) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT coalesce(sum(firm), 0) FROM (
        SELECT firm FROM campaigns_pledgestanding WHERE campaign_id = wanted
        UNION ALL SELECT firm FROM sponsorship_sponsorshipstanding WHERE campaign_id = wanted
        UNION ALL SELECT firm FROM matching_allocationstanding WHERE campaign_id = wanted
    ) counted
$$;


CREATE FUNCTION public.payouts_success_is_earned() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF payouts_secured(NEW.id) < NEW.goal_minor THEN
        RAISE EXCEPTION 'campaign_success_is_earned: collected and firm is less than the goal' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.payouts_taken_besides(p_line uuid, p_key text) RETURNS numeric
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    -- What the other entries of a line that takes a credit back have taken, what the credit's payments lose, and what
    -- is gone from a fund or by a refund, in minor units: each alone could be the whole of it. None of a line that
    -- takes nothing back: a credit that was taken back is called so, too.
    SELECT (SELECT coalesce(sum(payment.amount_minor), 0) FROM payments_linepayment payment
             WHERE payment.line_id = line.reverses_id)
         + (SELECT coalesce(sum(posting.amount), 0) FROM ledger_entry entry
              JOIN ledger_posting posting ON posting.entry_id = entry.id AND posting.amount > 0
             WHERE entry.book = statement.book AND entry.key <> p_key AND entry.key IN (
                 'taken:' || line.digest || ':suspense', 'taken:' || line.digest || ':income',
                 'taken:' || line.digest || ':loss'))
         -- A fund's part is never a loss: the fund is waited for. A refund has gone by this line where that names it
         -- and it is booked as paid.
         + (SELECT coalesce(sum(part.minor), 0) FROM payouts_credit_parts(line.id) part
             WHERE part.became IN ('fund', 'double')
                OR part.became IN ('back', 'less') AND part.whose = 'refund:' || line.refund_id AND EXISTS (
                    SELECT FROM ledger_entry entry
                     WHERE entry.book = statement.book AND entry.key = 'refund.otherwise:' || line.refund_id))
      FROM payments_statementline line JOIN payments_statement statement ON statement.id = line.statement_id
     WHERE line.id = p_line AND line.reverses_id IS NOT NULL
$$;


CREATE FUNCTION public.payouts_transfer_is_owed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $_$
DECLARE
    word text := split_part(NEW.purpose, ':', 1);
    -- The id that is named, to find it by its index; what is compared is the whole purpose: it is there once.
    key uuid := CASE WHEN split_part(NEW.purpose, ':', 2) ~ '^[0-9a-f-]{36}$'
        THEN split_part(NEW.purpose, ':', 2)::uuid END;
    owed boolean := false;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF word = 'payout' THEN
        owed := EXISTS (
            SELECT FROM payouts_payout payout JOIN payouts_bankdetails details ON details.id = payout.details_id
             WHERE payout.id = key AND NEW.purpose = 'payout:' || payout.id || ':' || payout.attempt
               AND payout.state = 'sent' AND payout.currency = NEW.currency
               AND (payout.amount_minor, details.destination) = (NEW.amount_minor, NEW.destination)
        );
    ELSIF word = 'fund-return' THEN
        owed := EXISTS (
            SELECT FROM matching_fundreturn back JOIN matching_matchfund fund ON fund.id = back.fund_id
             WHERE back.id = key AND NEW.purpose = 'fund-return:' || back.id AND back.state = 'sent'
               AND fund.currency = NEW.currency
               AND (back.amount_minor, back.destination) = (NEW.amount_minor, NEW.destination)
        );
    ELSIF word = 'return' THEN
        owed := EXISTS (
            SELECT FROM payments_statementline line
             WHERE line.id = key
               -- Numbered by how often it failed before: of one that is on its way there is no second.
               AND NEW.purpose = 'return:' || line.id || coalesce(':' || nullif((
                   SELECT count(*) FROM payments_transfer earlier
                    WHERE earlier.purpose LIKE 'return:' || key || '%' AND earlier.state = 'failed'), 0), '')
               AND NEW.destination = 'statement-line:' || line.id
               AND line.state = 'proposed' AND line.proposal = 'return' AND line.proposed_by_id <> line.confirmed_by_id
               AND (line.suspense_minor, line.currency) = (NEW.amount_minor, NEW.currency)
        );
    END IF;
    IF NOT owed THEN
        RAISE EXCEPTION 'transfer_is_owed: nobody is owed this by %', NEW.purpose USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $_$;


CREATE FUNCTION public.proposals_make_count() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    INSERT INTO proposals_supportcount (project_id, supports, counted_at) VALUES (NEW.id, 0, now());
    RETURN NULL;
END $$;


CREATE FUNCTION public.proposals_plain(content text) RETURNS text
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT lower(public.unaccent('public.unaccent'::regdictionary, content))
$$;


CREATE FUNCTION public.proposals_revision_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NEW.author_id IS NULL THEN
        NEW.author_id = OLD.author_id;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.author_id = NULL;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a revision is append-only' USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.proposals_search(query text, most integer) RETURNS TABLE(id uuid, likeness real)
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    SET "pg_trgm.word_similarity_threshold" TO '0.24'
    SET enable_seqscan TO 'off'
    AS $$
    WITH alike AS (
        SELECT project.id, word_similarity(
                proposals_plain(query),
                proposals_plain(project.title || ' ' || project.pitch || ' ' || project.place)
            ) AS likeness
          FROM proposals_project AS project
         WHERE proposals_plain(query)
                <% proposals_plain(project.title || ' ' || project.pitch || ' ' || project.place)
           AND project.opened_at IS NOT NULL
    ), told AS MATERIALIZED (
        SELECT project.id, 0.5::real AS likeness
          FROM proposals_project AS project
         WHERE proposals_words(project.story) @@ proposals_words_query(query) AND project.opened_at IS NOT NULL
         LIMIT 10 * most
    ), found AS (
        SELECT every.id, max(every.likeness) AS likeness, bool_or(every.by_story) AS by_story
          FROM (SELECT *, false AS by_story FROM alike UNION ALL SELECT *, true FROM told) AS every
         GROUP BY every.id
    )
    SELECT found.id, found.likeness
      FROM found
     WHERE found.by_story OR found.likeness >= 0.7 * (SELECT max(likeness) FROM found)
     ORDER BY found.likeness DESC, found.id DESC
     LIMIT most
$$;


CREATE FUNCTION public.proposals_support_changed() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO proposals_supportchange (project_id, delta) VALUES (NEW.project_id, 1);
    ELSE
        INSERT INTO proposals_supportchange (project_id, delta) VALUES (OLD.project_id, -1);
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.proposals_terms_frozen() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'terms_frozen: what stands on the ballot keeps its cost, and for good its call and number'
        USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.proposals_words(content text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE STRICT COST 10000 PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RETURN to_tsvector('pg_catalog.simple', public.proposals_plain(content));
END $$;


CREATE FUNCTION public.proposals_words_query(content text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT string_agg(
        '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || ''''
        || CASE WHEN length(lexeme) >= 4 THEN ':*' ELSE '' END,
        ' & '
    )::tsquery
      FROM unnest(public.proposals_words(content))
$$;


CREATE FUNCTION public.sponsorship_invoice_fits() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF OLD.invoice_id IS NOT NULL OR NOT EXISTS (
        SELECT FROM invoicing_invoice
        WHERE id = NEW.invoice_id AND kind = 'invoice' AND organisation_id = NEW.organisation_id
          AND net_minor = NEW.amount_minor AND currency = NEW.currency AND account = 'sponsorship/' || NEW.id
    ) THEN
        RAISE EXCEPTION 'sponsorship_invoice_fits: this is not the invoice of this sponsorship'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.sponsorship_package_frozen() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.campaign_id ELSE NEW.campaign_id END;
BEGIN
    IF EXISTS (SELECT FROM campaigns_campaign WHERE id = whose AND state <> 'draft') THEN
        RAISE EXCEPTION 'sponsorship_package_frozen: the campaign has opened' USING ERRCODE = '23514';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;


CREATE FUNCTION public.sponsorship_sponsorship_fits() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    campaign campaigns_campaign%ROWTYPE;
    package sponsorship_package%ROWTYPE;
    ended CONSTANT text[] := ARRAY['lapsed', 'credited'];
BEGIN
    IF NEW.state = ANY (ended) THEN
        RETURN NEW;
    END IF;
    SELECT * INTO campaign FROM campaigns_campaign WHERE id = NEW.campaign_id FOR NO KEY UPDATE;
    SELECT * INTO package FROM sponsorship_package WHERE id = NEW.package_id FOR NO KEY UPDATE;
    IF (package.campaign_id, package.amount_minor, campaign.currency)
        IS DISTINCT FROM (NEW.campaign_id, NEW.amount_minor, NEW.currency::varchar) THEN
        RAISE EXCEPTION 'sponsorship_sponsorship_fits: campaign, amount or currency is not its package''s'
            USING ERRCODE = '23514';
    END IF;
    IF package.places IS NOT NULL AND package.places <= (
        SELECT count(*) FROM sponsorship_sponsorship
        WHERE package_id = NEW.package_id AND id <> NEW.id AND NOT state = ANY (ended)
    ) THEN
        RAISE EXCEPTION 'sponsorship_package_places: no place of this package is left'
            USING ERRCODE = '23514';
    END IF;
    IF campaign.goal_minor::numeric * campaign.sponsor_share_max_bp / 10000 < NEW.amount_minor + (
        SELECT coalesce(sum(amount_minor), 0) FROM sponsorship_sponsorship
        WHERE campaign_id = NEW.campaign_id AND id <> NEW.id AND NOT state = ANY (ended)
    ) THEN
        RAISE EXCEPTION 'sponsorship_sponsor_share: sponsors would give more than their share of the goal'
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.sponsorship_sponsorship_stays() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    RAISE EXCEPTION 'sponsorship_sponsorship_stays: what was offered is not changed or deleted'
        USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.voting_ballot_day() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        NEW.created_at := date_trunc('day', NEW.created_at, 'UTC');
    END IF;
    NEW.state_since := date_trunc('day', NEW.state_since, 'UTC');
    RETURN NEW;
END $$;


CREATE FUNCTION public.voting_ballot_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    box voting_poll;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'kept: ballots are never deleted' USING ERRCODE = '23514';
    ELSIF TG_OP = 'UPDATE' AND NEW IS NOT DISTINCT FROM OLD THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'INSERT' AND NEW.channel = 'online' THEN
        PERFORM voting_hold(NEW.call_id, ARRAY[NEW.voter::text]);
        IF EXISTS (SELECT FROM voting_papervoter WHERE call_id = NEW.call_id AND voter = NEW.voter) THEN
            RAISE EXCEPTION 'on_paper: this person was handed a paper ballot' USING ERRCODE = '23514';
        END IF;
    ELSIF TG_OP = 'INSERT' AND NEW.channel = 'paper' THEN
        -- One paper of a call at a time: two that are counted at once would each see one free place.
        PERFORM voting_hold(NEW.call_id, ARRAY['paper']);
        IF (SELECT count(*) FROM voting_ballot WHERE call_id = NEW.call_id AND channel = 'paper' AND state = 'cast')
            >= (SELECT count(*) FROM voting_papervoter WHERE call_id = NEW.call_id)
        THEN
            RAISE EXCEPTION 'no_paper_out: as many papers as people who were handed one' USING ERRCODE = '23514';
        END IF;
    END IF;
    -- Read after the lock: whoever waited for a seal sees it.
    PERFORM pg_advisory_xact_lock_shared(voting_box(NEW.call_id));
    SELECT * INTO box FROM voting_poll WHERE call_id = NEW.call_id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'no_poll: the draw for ties is not committed' USING ERRCODE = '23514';
    ELSIF box.sealed_at IS NOT NULL THEN
        RAISE EXCEPTION 'sealed: the ballots of this call are sealed' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'cast' THEN
            RAISE EXCEPTION 'state: a ballot begins as cast' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    IF NOT core_is_step(TG_TABLE_NAME, OLD.state, NEW.state)
        OR (NEW.id, NEW.call_id, NEW.voter, NEW.channel, NEW.choices, NEW.receipt, NEW.created_at)
            IS DISTINCT FROM (OLD.id, OLD.call_id, OLD.voter, OLD.channel, OLD.choices, OLD.receipt, OLD.created_at)
    THEN
        RAISE EXCEPTION 'kept: a ballot can only be superseded or void' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.voting_ballot_rule() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    rule calls_call;
    said record;
BEGIN
    SELECT * INTO rule FROM calls_call WHERE id = NEW.call_id;
    SELECT count(*) AS lines, coalesce(sum(value), 0) AS total, coalesce(max(value), 0) AS highest,
           count(DISTINCT value) AS distinct_values, coalesce(sum(cost_minor), 0) AS cost
      INTO said
      FROM voting_ballotline JOIN proposals_project ON proposals_project.id = project_id
     WHERE ballot_id = NEW.id;
    IF said.lines <> NEW.choices THEN
        RAISE EXCEPTION 'incomplete: % lines for % choices', said.lines, NEW.choices USING ERRCODE = '23514';
    END IF;
    IF rule.ballot_kind IN ('approval', 'basket') AND said.highest > 1 THEN
        RAISE EXCEPTION 'values: a choice counts once' USING ERRCODE = '23514';
    ELSIF rule.ballot_kind = 'basket' AND said.cost > rule.budget_minor THEN
        RAISE EXCEPTION 'over_budget: the basket costs more than the budget' USING ERRCODE = '23514';
    ELSIF rule.ballot_kind = 'points' AND said.total > coalesce(rule.ballot_max, 10) THEN
        RAISE EXCEPTION 'too_many: % points', said.total USING ERRCODE = '23514';
    ELSIF rule.ballot_kind <> 'points' AND said.lines > rule.ballot_max THEN
        RAISE EXCEPTION 'too_many: % choices', said.lines USING ERRCODE = '23514';
    ELSIF rule.ballot_kind = 'ranking' AND (said.highest <> said.lines OR said.distinct_values <> said.lines) THEN
        RAISE EXCEPTION 'ranks: the places must be 1, 2, 3 and so on' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.voting_ballotline_stays() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.ballot_id, NEW.project_id, NEW.value)
        IS NOT DISTINCT FROM (OLD.ballot_id, OLD.project_id, OLD.value)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;


CREATE FUNCTION public.voting_box(call uuid) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    RETURN hashtextextended(('voting_box:'::text || (call)::text), (0)::bigint);


CREATE FUNCTION public.voting_cast(p_ballot uuid, p_call uuid, p_person uuid, p_voter text, p_channel text, p_receipt text, p_projects uuid[], p_values integer[], p_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    earlier uuid;
    marks text[];
    mine text := p_voter;
    elsewhere text;
BEGIN
    IF p_channel NOT IN ('online', 'paper') THEN
        RAISE EXCEPTION 'channel: ballots come in online or on paper' USING ERRCODE = '23514';
    END IF;
    PERFORM FROM calls_phase JOIN calls_call ON calls_call.id = call_id
      WHERE call_id = p_call AND calls_phase.kind = 'voting' AND calls_call.state = 'open'
        AND starts_at <= p_at AND (ends_at > p_at OR p_channel = 'paper');
    IF NOT FOUND THEN
        RAISE EXCEPTION 'not_voting: this call is not in its voting phase' USING ERRCODE = '23514';
    END IF;
    IF p_channel = 'online' THEN
        IF NOT coalesce(voting_entitled(p_call, p_person, p_at), false) THEN
            RAISE EXCEPTION 'not_entitled: this person may not vote in this call' USING ERRCODE = '23514';
        END IF;
        SELECT encode(sha256(outer_pad || sha256(inner_pad || convert_to(person.id::text, 'UTF8'))), 'hex') INTO mine
          FROM accounts_person person, voting_key WHERE person.id = p_person AND call_id = p_call;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'no_poll: the key of this call is not there, or nobody has this account'
                USING ERRCODE = '23514';
        ELSIF mine <> p_voter THEN
            RAISE EXCEPTION 'another_key: the site makes another mark' USING ERRCODE = '23514';
        END IF;
    ELSIF EXISTS (SELECT FROM voting_ballot WHERE call_id = p_call AND voter = p_voter AND state = 'cast') THEN
        RAISE EXCEPTION 'no_paper_out: there is a ballot of this mark' USING ERRCODE = '23514';
    END IF;
    -- Two ballots of one person at once: the second waits and then replaces the first. Also an account that
    -- was verified after its person had taken a paper ballot is found here, by who the city knows the person
    -- to be.
    SELECT coalesce(array_agg(mark), '{}') INTO marks
      FROM accounts_residency residency, unnest(ARRAY[residency.identity, residency.document]::text[]) AS mark
     WHERE p_channel <> 'paper' AND residency.person_id = p_person AND residency.verified_at IS NOT NULL AND mark <> '';
    IF p_channel = 'online' THEN
        elsewhere := voting_elsewhere(p_call, p_person, marks, p_at);
        IF elsewhere IS NOT NULL THEN
            RAISE EXCEPTION 'voted_elsewhere: %', elsewhere USING ERRCODE = '23514';
        END IF;
    END IF;
    PERFORM voting_hold(p_call, marks);
    PERFORM voting_hold(p_call, ARRAY[mine]);
    -- Again: whoever lets the papers of an ended confirmation confirm another account holds the same lock. Either they
    -- see this ballot, or this sees that the account is confirmed no more: else one person could have two ballots.
    IF p_channel = 'online' AND NOT coalesce(voting_entitled(p_call, p_person, p_at), false) THEN
        RAISE EXCEPTION 'not_entitled: this person may not vote in this call' USING ERRCODE = '23514';
    END IF;
    IF cardinality(marks) > 0 AND EXISTS (
        SELECT FROM voting_papervoter
         WHERE call_id = p_call AND (identity = ANY (marks) OR (document <> '' AND document = ANY (marks)))
    ) THEN
        RAISE EXCEPTION 'on_paper: this person was handed a paper ballot' USING ERRCODE = '23514';
    END IF;
    -- The lock waits for a clerk who voids this ballot meanwhile: it is no longer cast then, and not
    -- replaced.
    SELECT id INTO earlier FROM voting_ballot
     WHERE call_id = p_call AND voter = mine AND state = 'cast' FOR NO KEY UPDATE;
    IF FOUND THEN
        PERFORM core_transition('voting_ballot', earlier, 'supersede', p_at);
    END IF;
    INSERT INTO voting_ballot (id, call_id, voter, channel, choices, receipt, state, state_since, created_at)
         VALUES (p_ballot, p_call, mine, p_channel, cardinality(p_projects), p_receipt, 'cast', p_at, p_at);
    INSERT INTO voting_ballotline (ballot_id, project_id, value)
         SELECT p_ballot, said.project, said.value FROM unnest(p_projects, p_values) AS said (project, value);
    -- Checks the ballot now, and leaves the rule as it was for whatever the transaction still does.
    SET CONSTRAINTS voting_ballot_rule IMMEDIATE;
    SET CONSTRAINTS voting_ballot_rule DEFERRED;
    RETURN earlier IS NOT NULL;
END $$;


CREATE FUNCTION public.voting_districts_within(p_call uuid, p_other uuid) RETURNS boolean
    LANGUAGE sql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT NOT EXISTS (
        SELECT FROM calls_call_areas here JOIN accounts_area ours ON ours.id = here.area_id
         WHERE here.call_id = p_call AND NOT EXISTS (
            SELECT FROM calls_call_areas there
             WHERE there.call_id = p_other AND there.area_id IN (ours.id, ours.parent_id)))
$$;


CREATE FUNCTION public.voting_elsewhere(p_call uuid, p_person uuid, p_marks text[], p_at timestamp with time zone) RETURNS text
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    known text[];
    is_here boolean;
    other record;
BEGIN
    -- First: most calls are for the whole city, and there this is all.
    IF NOT EXISTS (SELECT FROM calls_call_areas WHERE call_id = p_call) THEN
        RETURN NULL;
    END IF;
    -- Also what the account was verified by before: a paper was handed out by that.
    SELECT coalesce(array_agg(DISTINCT mark), '{}') INTO known FROM (
        SELECT unnest(ARRAY[identity, document]::text[]) AS mark FROM accounts_residency
         WHERE person_id = p_person AND verified_at IS NOT NULL
        UNION SELECT unnest(p_marks)
    ) AS marks WHERE mark <> '';
    -- One person in two districts at once: the second waits and then finds the first. Before the locks of a call, in
    -- one order, so that nobody waits in a circle.
    PERFORM pg_advisory_xact_lock(hashtextextended('voting_district:' || one, 0))
       FROM (SELECT unnest(known || p_person::text) AS one ORDER BY one) AS all_of_them WHERE one IS NOT NULL;
    is_here := coalesce(voting_entitled(p_call, p_person, p_at), false);
    FOR other IN
        SELECT call.id, call.title, poll.call_id AS polled, key.call_id AS keyed,
               encode(sha256(outer_pad || sha256(inner_pad || convert_to(p_person::text, 'UTF8'))), 'hex') AS voter
          FROM calls_call call JOIN calls_phase phase ON phase.call_id = call.id
          LEFT JOIN voting_poll poll ON poll.call_id = call.id
          LEFT JOIN voting_key key ON key.call_id = call.id
         WHERE call.id <> p_call AND call.state = 'open' AND call.eligibility <> 'registered'
           AND phase.kind = 'voting' AND starts_at <= p_at AND ends_at > p_at
           AND EXISTS (SELECT FROM calls_call_areas WHERE call_id = call.id)
           AND NOT (is_here AND coalesce(voting_entitled(call.id, p_person, p_at), false))
           AND NOT voting_districts_within(p_call, call.id) AND NOT voting_districts_within(call.id, p_call)
         ORDER BY call.id
    LOOP
        IF p_person IS NOT NULL AND other.polled IS NOT NULL AND other.keyed IS NULL THEN
            RAISE EXCEPTION 'no_poll: the key of another call is not there' USING ERRCODE = '23514';
        ELSIF EXISTS (SELECT FROM voting_ballot WHERE call_id = other.id AND voter = other.voter AND state = 'cast')
            OR EXISTS (SELECT FROM voting_papervoter WHERE call_id = other.id
                          AND (identity = ANY (known) OR (document <> '' AND document = ANY (known))))
        THEN
            RETURN other.title;
        END IF;
    END LOOP;
    RETURN NULL;
END $$;


CREATE FUNCTION public.voting_entitled(p_call uuid, p_person uuid, p_at timestamp with time zone) RETURNS boolean
    LANGUAGE plpgsql STABLE
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    rule calls_call;
BEGIN
    SELECT * INTO rule FROM calls_call WHERE id = p_call;
    IF rule.eligibility = 'registered' AND rule.minimum_age IS NULL THEN
        RETURN true;
    END IF;
    RETURN EXISTS (
        SELECT FROM accounts_residency residency JOIN accounts_area area ON area.id = residency.area_id
         WHERE residency.person_id = p_person AND residency.state = 'verified'
           AND (residency.expires_at IS NULL OR residency.expires_at > p_at)
           -- Whose date of birth is not known is not old enough.
           AND (rule.minimum_age IS NULL
                OR residency.born + make_interval(years => rule.minimum_age) <= (p_at AT TIME ZONE 'UTC')::date)
           AND (rule.eligibility = 'registered' OR NOT EXISTS (SELECT FROM calls_call_areas WHERE call_id = p_call)
                OR EXISTS (SELECT FROM calls_call_areas
                            WHERE call_id = p_call AND area_id IN (area.id, area.parent_id)))
    );
END $$;


CREATE FUNCTION public.voting_hold(p_call uuid, p_marks text[]) RETURNS void
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(voting_one_way(p_call, mark))
       FROM (SELECT DISTINCT mark FROM unnest(p_marks) AS mark WHERE mark <> '' ORDER BY mark) AS marks;
END $$;


CREATE FUNCTION public.voting_key_goes() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    DELETE FROM voting_key WHERE call_id = NEW.id;
    RETURN NULL;
END $$;


CREATE FUNCTION public.voting_keyless() RETURNS SETOF uuid
    LANGUAGE sql STABLE SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
    SELECT call_id FROM voting_poll poll JOIN calls_call ON calls_call.id = call_id
     WHERE sealed_at IS NULL AND key_digest <> '' AND calls_call.state = 'open'
       AND NOT EXISTS (SELECT FROM voting_key WHERE voting_key.call_id = poll.call_id)
$$;


CREATE FUNCTION public.voting_line_check() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF EXISTS (
        SELECT FROM fresh JOIN voting_ballot ballot ON ballot.id = fresh.ballot_id
          LEFT JOIN proposals_project project
            ON project.id = fresh.project_id AND project.call_id = ballot.call_id AND project.state = 'shortlisted'
         WHERE project.id IS NULL
    ) THEN
        RAISE EXCEPTION 'unknown_project: not on the ballot of this call' USING ERRCODE = '23514';
    END IF;
    -- Lines that come in a later transaction, when voting_ballot_rule has already been content.
    IF EXISTS (
        SELECT FROM voting_ballot ballot
         WHERE ballot.id IN (SELECT ballot_id FROM fresh)
           AND ballot.choices < (SELECT count(*) FROM voting_ballotline line WHERE line.ballot_id = ballot.id)
    ) THEN
        RAISE EXCEPTION 'kept: this ballot is complete' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;


CREATE FUNCTION public.voting_one_way(call uuid, mark text) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    RETURN hashtextextended(((call)::text || mark), (1)::bigint);


CREATE FUNCTION public.voting_papervoter_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR TG_OP = 'UPDATE' AND (
        NEW.voter <> '' OR (NEW.id, NEW.created_at, NEW.call_id, NEW.identity, NEW.document)
            IS DISTINCT FROM (OLD.id, OLD.created_at, OLD.call_id, OLD.identity, OLD.document)
        OR EXISTS (SELECT FROM accounts_residency WHERE verified_at IS NOT NULL
                      AND (identity = OLD.identity OR document <> '' AND document = OLD.document))
    ) THEN
        RAISE EXCEPTION 'kept: who was handed a paper ballot stays' USING ERRCODE = '23514';
    ELSIF TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    -- The order of locks.sql: what the city knows the person by, then the mark of their ballots, then the
    -- box.
    PERFORM voting_hold(NEW.call_id, ARRAY[NEW.identity, NEW.document]::text[]);
    PERFORM voting_hold(NEW.call_id, ARRAY[NEW.voter]::text[]);
    PERFORM pg_advisory_xact_lock_shared(voting_box(NEW.call_id));
    IF NOT EXISTS (SELECT FROM voting_poll WHERE call_id = NEW.call_id) THEN
        RAISE EXCEPTION 'no_poll: the draw for ties is not committed' USING ERRCODE = '23514';
    ELSIF EXISTS (SELECT FROM voting_poll WHERE call_id = NEW.call_id AND sealed_at IS NOT NULL) THEN
        RAISE EXCEPTION 'sealed: the ballots of this call are sealed' USING ERRCODE = '23514';
    ELSIF NEW.voter <> '' AND EXISTS (
        SELECT FROM voting_ballot WHERE call_id = NEW.call_id AND voter = NEW.voter AND state = 'cast'
    ) THEN
        RAISE EXCEPTION 'voted_online: this person has an online ballot' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.voting_papervoter_told() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF NOT core_owns(TG_RELID) AND (
        SELECT count(*) FROM core_event WHERE subject_type = 'calls.Call' AND subject_id = NEW.call_id::text
           AND kind = 'call.paper_handed_out'
    ) <= (SELECT count(*) FROM voting_papervoter WHERE call_id = NEW.call_id) THEN
        RAISE EXCEPTION 'untold: no event tells that this paper was handed out' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.voting_poll_guard() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.call_id, NEW.seed, NEW.commitment, NEW.prepared_at, NEW.key_digest)
            IS DISTINCT FROM (OLD.call_id, OLD.seed, OLD.commitment, OLD.prepared_at, OLD.key_digest)
        OR (OLD.sealed_at IS NOT NULL
            AND (NEW.sealed_at, NEW.ballots) IS DISTINCT FROM (OLD.sealed_at, OLD.ballots))
    THEN
        RAISE EXCEPTION 'kept: the draw and the seal of a poll stay' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;


CREATE FUNCTION public.voting_put_key(p_call uuid, p_key bytea) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    inner_pad bytea := decode(repeat('36', 64), 'hex');
    outer_pad bytea := decode(repeat('5c', 64), 'hex');
BEGIN
    IF NOT EXISTS (SELECT FROM voting_poll WHERE call_id = p_call AND key_digest = encode(sha256(p_key), 'hex')) THEN
        RAISE EXCEPTION 'no_poll: this is not the key of this poll' USING ERRCODE = '23514';
    END IF;
    -- The key is 32 bytes; the pads go on behind it as they are.
    FOR place IN 0 .. length(p_key) - 1 LOOP
        inner_pad := set_byte(inner_pad, place, get_byte(inner_pad, place) # get_byte(p_key, place));
        outer_pad := set_byte(outer_pad, place, get_byte(outer_pad, place) # get_byte(p_key, place));
    END LOOP;
    INSERT INTO voting_key VALUES (p_call, inner_pad, outer_pad) ON CONFLICT DO NOTHING;
END $$;


CREATE FUNCTION public.voting_shuffle(p_call uuid, p_at timestamp with time zone, p_most integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    poll voting_poll;
    since timestamptz := '-infinity';
    until timestamptz := 'infinity';
    one uuid;
    written integer := 0;
BEGIN
    -- The box before the poll, as whoever seals does; shared, so that people vote meanwhile. Two who shuffle wait at
    -- the poll for each other.
    PERFORM pg_advisory_xact_lock_shared(voting_box(p_call));
    SELECT * INTO poll FROM voting_poll WHERE call_id = p_call FOR NO KEY UPDATE;
    IF NOT FOUND OR poll.shuffled_until > poll.sealed_at THEN
        RETURN 0;
    ELSIF poll.sealed_at IS NULL THEN
        since := coalesce(poll.shuffled_until, since);
        -- The newest ballot is of today, also where the application's clock is not ours.
        SELECT least(date_trunc('day', p_at, 'UTC'), greatest(date_trunc('day', now(), 'UTC'), max(state_since)))
          INTO until FROM voting_ballot WHERE call_id = p_call;
    END IF;
    IF since >= until THEN
        RETURN 0;
    END IF;
    -- Lines with a higher number were written anew in this round, or came in after it began.
    poll.shuffling := coalesce(poll.shuffling, (SELECT coalesce(max(id), 0) FROM voting_ballotline));
    -- One by one: an UPDATE of them all goes through the table in its own order.
    FOR one IN
        SELECT id FROM voting_ballot ballot
         WHERE call_id = p_call AND state_since >= since AND state_since < until
           AND EXISTS (SELECT FROM voting_ballotline WHERE ballot_id = ballot.id AND id <= poll.shuffling)
         ORDER BY gen_random_uuid() LIMIT greatest(p_most, 1)
    LOOP
        UPDATE voting_ballot SET choices = choices WHERE id = one;
        UPDATE voting_ballotline SET id = nextval(pg_get_serial_sequence('voting_ballotline', 'id'))
         WHERE ballot_id = one;
        written := written + 1;
    END LOOP;
    IF written > 0 THEN
        UPDATE voting_poll SET shuffling = poll.shuffling WHERE call_id = p_call;
        PERFORM core_record_event('poll.shuffled', 'calls.Call', p_call::text, least(p_at, now()),
                                  jsonb_build_object('ballots', written));
    ELSE
        UPDATE voting_poll
           SET shuffling = NULL, shuffled_until = coalesce(poll.sealed_at + interval '1 day', until)
         WHERE call_id = p_call;
    END IF;
    RETURN written;
END $$;


CREATE FUNCTION public.voting_tally_fits() RETURNS trigger
    LANGUAGE plpgsql
    SET search_path TO 'pg_catalog', 'public', 'pg_temp'
    AS $$
DECLARE
    whose uuid := CASE WHEN TG_TABLE_NAME = 'voting_tally' THEN (to_jsonb(NEW)->>'call_id')::uuid
        ELSE (SELECT call_id FROM voting_tally WHERE id = (to_jsonb(NEW)->>'tally_id')::uuid) END;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    PERFORM FROM voting_poll poll JOIN calls_call ON calls_call.id = poll.call_id
        WHERE poll.call_id = whose AND poll.sealed_at IS NOT NULL AND calls_call.state <> 'decided'
          AND (TG_TABLE_NAME <> 'voting_tally'
               OR (poll.seed, calls_call.budget_minor, calls_call.currency)
                  = (to_jsonb(NEW)->>'seed', (to_jsonb(NEW)->>'budget_minor')::bigint, to_jsonb(NEW)->>'currency'));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a count is of a sealed box that is not decided, as its call says' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

SET default_tablespace = '';

SET default_table_access_method = heap;


CREATE TABLE public.access_accessrequest (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    purpose character varying(12) NOT NULL,
    why text NOT NULL,
    days integer NOT NULL,
    scopes character varying(8)[] NOT NULL,
    questions character varying(200)[] NOT NULL,
    answers text[] NOT NULL,
    reason text NOT NULL,
    submitted_at timestamp with time zone,
    state character varying(9) NOT NULL,
    dataset_id uuid NOT NULL,
    organisation_id uuid,
    person_id uuid,
    renews_id uuid,
    CONSTRAINT access_accessrequest_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT access_accessrequest_days_check CHECK ((days >= 0)),
    CONSTRAINT access_accessrequest_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT access_accessrequest_submitted_at_finite CHECK (isfinite(submitted_at)),
    CONSTRAINT access_request_days CHECK (((days >= 1) AND (days <= 1830))),
    CONSTRAINT access_request_scopes_are_known CHECK ((scopes <@ ARRAY['preview'::character varying(8), 'download'::character varying(8), 'query'::character varying(8)]))
);


CREATE TABLE public.access_agreement (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    basis character varying(10) NOT NULL,
    purpose character varying(12) NOT NULL,
    document text NOT NULL,
    digest character varying(64) NOT NULL,
    agreed_at timestamp with time zone NOT NULL,
    dataset_id uuid NOT NULL,
    organisation_id uuid,
    person_id uuid,
    request_id uuid,
    CONSTRAINT access_agreement_agreed_at_finite CHECK (isfinite(agreed_at)),
    CONSTRAINT access_agreement_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT access_agreement_digest CHECK (((digest)::text = encode(sha256(convert_to(document, 'UTF8'::name)), 'hex'::text)))
);


CREATE TABLE public.access_grant (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    basis character varying(10) NOT NULL,
    purpose character varying(12) NOT NULL,
    scopes character varying(8)[] NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    reason text NOT NULL,
    held boolean NOT NULL,
    key_digest character varying(64) NOT NULL,
    state character varying(9) NOT NULL,
    agreement_id uuid NOT NULL,
    dataset_id uuid NOT NULL,
    key_person_id uuid,
    organisation_id uuid,
    person_id uuid,
    paused boolean NOT NULL,
    CONSTRAINT access_grant_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT access_grant_expires_at_finite CHECK (isfinite(expires_at)),
    CONSTRAINT access_grant_granted_at_finite CHECK (isfinite(granted_at)),
    CONSTRAINT access_grant_has_a_time CHECK ((expires_at > granted_at)),
    CONSTRAINT access_grant_scopes_are_known CHECK ((scopes <@ ARRAY['preview'::character varying(8), 'download'::character varying(8), 'query'::character varying(8)])),
    CONSTRAINT access_grant_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.access_policy (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    terms text NOT NULL,
    questions character varying(200)[] NOT NULL,
    longest_days integer NOT NULL,
    dataset_id uuid NOT NULL,
    CONSTRAINT access_policy_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT access_policy_longest_days CHECK (((longest_days >= 1) AND (longest_days <= 1830))),
    CONSTRAINT access_policy_longest_days_check CHECK ((longest_days >= 0))
);


CREATE TABLE public.account_emailaddress (
    id integer NOT NULL,
    email character varying(254) NOT NULL,
    verified boolean NOT NULL,
    "primary" boolean NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE public.account_emailaddress ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailaddress_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.account_emailconfirmation (
    id integer NOT NULL,
    created timestamp with time zone NOT NULL,
    sent timestamp with time zone,
    key character varying(64) NOT NULL,
    email_address_id integer NOT NULL
);


ALTER TABLE public.account_emailconfirmation ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.account_emailconfirmation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.accounts_area (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    name character varying(80) NOT NULL,
    slug character varying(50) NOT NULL,
    boundary jsonb,
    "position" smallint NOT NULL,
    parent_id uuid,
    CONSTRAINT accounts_area_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT accounts_area_position_check CHECK (("position" >= 0))
);


CREATE TABLE public.accounts_dataexport (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    progress smallint NOT NULL,
    archive bytea NOT NULL,
    ready_at timestamp with time zone,
    expires_at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT accounts_dataexport_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT accounts_dataexport_expires_at_finite CHECK (isfinite(expires_at)),
    CONSTRAINT accounts_dataexport_progress_check CHECK ((progress >= 0)),
    CONSTRAINT accounts_dataexport_ready_at_finite CHECK (isfinite(ready_at))
);


CREATE TABLE public.accounts_erasurerequest (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    due_at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT accounts_erasurerequest_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT accounts_erasurerequest_due_at_finite CHECK (isfinite(due_at))
);


CREATE TABLE public.accounts_invitation (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    email character varying(254) NOT NULL,
    role character varying(8) NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    accepted_at timestamp with time zone,
    invited_by_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT accounts_invitation_accepted_at_finite CHECK (isfinite(accepted_at)),
    CONSTRAINT accounts_invitation_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT accounts_invitation_expires_at_finite CHECK (isfinite(expires_at))
);


CREATE TABLE public.accounts_lettercount (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    mark character varying(64) NOT NULL,
    day date NOT NULL,
    letters smallint NOT NULL,
    CONSTRAINT accounts_lettercount_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT accounts_lettercount_day_finite CHECK (isfinite(day)),
    CONSTRAINT accounts_lettercount_letters_check CHECK ((letters >= 0))
);


CREATE TABLE public.accounts_mail (
    priority smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    first_tried_at timestamp with time zone,
    attempts smallint NOT NULL,
    lease uuid,
    leased_until timestamp with time zone,
    done_at timestamp with time zone,
    dead_at timestamp with time zone,
    last_error text NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    address character varying(254) NOT NULL,
    content character varying(20) NOT NULL,
    about uuid,
    subject character varying(300) NOT NULL,
    text text NOT NULL,
    unsubscribe character varying(500) NOT NULL,
    key character varying(120) NOT NULL,
    person_id uuid,
    CONSTRAINT accounts_mail_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT accounts_mail_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT accounts_mail_dead_at_finite CHECK (isfinite(dead_at)),
    CONSTRAINT accounts_mail_done_at_finite CHECK (isfinite(done_at)),
    CONSTRAINT accounts_mail_due_at_finite CHECK (isfinite(due_at)),
    CONSTRAINT accounts_mail_first_tried_at_finite CHECK (isfinite(first_tried_at)),
    CONSTRAINT accounts_mail_leased_until_finite CHECK (isfinite(leased_until)),
    CONSTRAINT accounts_mail_priority_check CHECK ((priority >= 0)),
    CONSTRAINT mail_to_a_person_or_an_address CHECK (((((address)::text = ''::text) AND (person_id IS NOT NULL)) OR ((person_id IS NULL) AND ((NOT ((address)::text = ''::text)) OR (done_at IS NOT NULL) OR (dead_at IS NOT NULL)))))
);


CREATE TABLE public.accounts_membership (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    role character varying(8) NOT NULL,
    person_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    CONSTRAINT accounts_membership_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.accounts_organisation (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    name character varying(120) NOT NULL,
    slug character varying(140) NOT NULL,
    kind character varying(12) NOT NULL,
    about text NOT NULL,
    website character varying(200) NOT NULL,
    state character varying(12) NOT NULL,
    CONSTRAINT accounts_organisation_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT accounts_organisation_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT organisation_kind_is_known CHECK (((kind)::text = ANY ((ARRAY['business'::character varying, 'community'::character varying, 'university'::character varying, 'department'::character varying])::text[])))
);


CREATE TABLE public.accounts_person (
    password character varying(128) NOT NULL,
    last_login timestamp with time zone,
    is_superuser boolean NOT NULL,
    id uuid NOT NULL,
    email character varying(254) NOT NULL,
    name character varying(80) NOT NULL,
    about text NOT NULL,
    indexed boolean NOT NULL,
    is_staff boolean NOT NULL,
    is_active boolean NOT NULL,
    joined_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    erased_at timestamp with time zone,
    area_id uuid,
    CONSTRAINT accounts_person_erased_at_finite CHECK (isfinite(erased_at)),
    CONSTRAINT accounts_person_joined_at_finite CHECK (isfinite(joined_at)),
    CONSTRAINT accounts_person_last_login_finite CHECK (isfinite(last_login))
);


CREATE TABLE public.accounts_person_groups (
    id bigint NOT NULL,
    person_id uuid NOT NULL,
    group_id integer NOT NULL
);


ALTER TABLE public.accounts_person_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_person_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.accounts_person_user_permissions (
    id bigint NOT NULL,
    person_id uuid NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.accounts_person_user_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.accounts_person_user_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.accounts_registryentry (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    identity character varying(64) NOT NULL,
    area_id uuid NOT NULL,
    upload_id uuid NOT NULL,
    person character varying(64) NOT NULL,
    CONSTRAINT accounts_registryentry_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.accounts_registryupload (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    lines integer NOT NULL,
    uploaded_by_id uuid,
    CONSTRAINT accounts_registryupload_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT accounts_registryupload_lines_check CHECK ((lines >= 0))
);


CREATE TABLE public.accounts_residency (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    method character varying(8) NOT NULL,
    state character varying(12) NOT NULL,
    identity character varying(64) NOT NULL,
    document character varying(64) NOT NULL,
    recipient character varying(160) NOT NULL,
    address text NOT NULL,
    code_hash character varying(64) NOT NULL,
    code_tries smallint NOT NULL,
    verified_at timestamp with time zone,
    expires_at timestamp with time zone,
    area_id uuid NOT NULL,
    person_id uuid NOT NULL,
    address_mark character varying(64) NOT NULL,
    born date,
    CONSTRAINT accounts_residency_born_finite CHECK (isfinite(born)),
    CONSTRAINT accounts_residency_code_tries_check CHECK ((code_tries >= 0)),
    CONSTRAINT accounts_residency_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT accounts_residency_expires_at_finite CHECK (isfinite(expires_at)),
    CONSTRAINT accounts_residency_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT accounts_residency_verified_at_finite CHECK (isfinite(verified_at)),
    CONSTRAINT verified_residency_has_a_time CHECK (((NOT ((state)::text = 'verified'::text)) OR (verified_at IS NOT NULL)))
);


CREATE TABLE public.accounts_staffinvitation (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    email character varying(254) NOT NULL,
    groups character varying(40)[] NOT NULL,
    reason text NOT NULL,
    token_hash character varying(64) NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    invited_by_id uuid,
    CONSTRAINT accounts_staffinvitation_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT accounts_staffinvitation_expires_at_finite CHECK (isfinite(expires_at)),
    CONSTRAINT accounts_staffinvitation_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.analytics_savedquery (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    name character varying(120) NOT NULL,
    revision integer,
    query jsonb NOT NULL,
    chart character varying(4) NOT NULL,
    shown boolean NOT NULL,
    embed_round integer NOT NULL,
    saved_at timestamp with time zone NOT NULL,
    removed_at timestamp with time zone,
    dataset_id uuid NOT NULL,
    owner_id uuid,
    embedded_until timestamp with time zone,
    CONSTRAINT analytics_savedquery_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT analytics_savedquery_embed_round_check CHECK ((embed_round >= 0)),
    CONSTRAINT analytics_savedquery_embedded_until_finite CHECK (isfinite(embedded_until)),
    CONSTRAINT analytics_savedquery_removed_at_finite CHECK (isfinite(removed_at)),
    CONSTRAINT analytics_savedquery_revision_check CHECK ((revision >= 0)),
    CONSTRAINT analytics_savedquery_saved_at_finite CHECK (isfinite(saved_at)),
    CONSTRAINT saved_query_chart_is_known CHECK (((chart)::text = ANY ((ARRAY['bar'::character varying, 'line'::character varying, 'none'::character varying])::text[])))
);


CREATE TABLE public.auth_group (
    id integer NOT NULL,
    name character varying(150) NOT NULL
);


ALTER TABLE public.auth_group ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_group_permissions (
    id bigint NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.auth_group_permissions ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_group_permissions_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.auth_permission (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    codename character varying(100) NOT NULL
);


ALTER TABLE public.auth_permission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.auth_permission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.calls_call (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    title character varying(120) NOT NULL,
    slug character varying(140) NOT NULL,
    summary character varying(280) NOT NULL,
    description text NOT NULL,
    eligibility_note text NOT NULL,
    advice text NOT NULL,
    theme character varying(40) NOT NULL,
    picture character varying(100) NOT NULL,
    budget_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    state character varying(12) NOT NULL,
    eligibility character varying(10) NOT NULL,
    ballot_kind character varying(8) NOT NULL,
    ballot_max integer,
    tally_rule character varying(40) NOT NULL,
    completion character varying(4) NOT NULL,
    project_cost_min_minor bigint,
    project_cost_max_minor bigint,
    minimum_age smallint,
    CONSTRAINT call_budget_not_negative CHECK ((budget_minor >= 0)),
    CONSTRAINT call_currency_is_known CHECK (((currency)::text = ANY ((ARRAY['AED'::character varying, 'AFN'::character varying, 'ALL'::character varying, 'AMD'::character varying, 'AOA'::character varying, 'ARS'::character varying, 'AUD'::character varying, 'AWG'::character varying, 'AZN'::character varying, 'BAM'::character varying, 'BBD'::character varying, 'BDT'::character varying, 'BGN'::character varying, 'BHD'::character varying, 'BIF'::character varying, 'BMD'::character varying, 'BND'::character varying, 'BOB'::character varying, 'BRL'::character varying, 'BSD'::character varying, 'BTN'::character varying, 'BWP'::character varying, 'BYN'::character varying, 'BZD'::character varying, 'CAD'::character varying, 'CDF'::character varying, 'CHF'::character varying, 'CLP'::character varying, 'CNY'::character varying, 'COP'::character varying, 'CRC'::character varying, 'CUP'::character varying, 'CVE'::character varying, 'CZK'::character varying, 'DJF'::character varying, 'DKK'::character varying, 'DOP'::character varying, 'DZD'::character varying, 'EGP'::character varying, 'ERN'::character varying, 'ETB'::character varying, 'EUR'::character varying, 'FJD'::character varying, 'FKP'::character varying, 'GBP'::character varying, 'GEL'::character varying, 'GHS'::character varying, 'GIP'::character varying, 'GMD'::character varying, 'GNF'::character varying, 'GTQ'::character varying, 'GYD'::character varying, 'HKD'::character varying, 'HNL'::character varying, 'HTG'::character varying, 'HUF'::character varying, 'IDR'::character varying, 'ILS'::character varying, 'INR'::character varying, 'IQD'::character varying, 'IRR'::character varying, 'ISK'::character varying, 'JMD'::character varying, 'JOD'::character varying, 'JPY'::character varying, 'KES'::character varying, 'KGS'::character varying, 'KHR'::character varying, 'KMF'::character varying, 'KPW'::character varying, 'KRW'::character varying, 'KWD'::character varying, 'KYD'::character varying, 'KZT'::character varying, 'LAK'::character varying, 'LBP'::character varying, 'LKR'::character varying, 'LRD'::character varying, 'LSL'::character varying, 'LYD'::character varying, 'MAD'::character varying, 'MDL'::character varying, 'MGA'::character varying, 'MKD'::character varying, 'MMK'::character varying, 'MNT'::character varying, 'MOP'::character varying, 'MRU'::character varying, 'MUR'::character varying, 'MVR'::character varying, 'MWK'::character varying, 'MXN'::character varying, 'MYR'::character varying, 'MZN'::character varying, 'NAD'::character varying, 'NGN'::character varying, 'NIO'::character varying, 'NOK'::character varying, 'NPR'::character varying, 'NZD'::character varying, 'OMR'::character varying, 'PAB'::character varying, 'PEN'::character varying, 'PGK'::character varying, 'PHP'::character varying, 'PKR'::character varying, 'PLN'::character varying, 'PYG'::character varying, 'QAR'::character varying, 'RON'::character varying, 'RSD'::character varying, 'RUB'::character varying, 'RWF'::character varying, 'SAR'::character varying, 'SBD'::character varying, 'SCR'::character varying, 'SDG'::character varying, 'SEK'::character varying, 'SGD'::character varying, 'SHP'::character varying, 'SLE'::character varying, 'SOS'::character varying, 'SRD'::character varying, 'SSP'::character varying, 'STN'::character varying, 'SYP'::character varying, 'SZL'::character varying, 'THB'::character varying, 'TJS'::character varying, 'TMT'::character varying, 'TND'::character varying, 'TOP'::character varying, 'TRY'::character varying, 'TTD'::character varying, 'TWD'::character varying, 'TZS'::character varying, 'UAH'::character varying, 'UGX'::character varying, 'USD'::character varying, 'UYU'::character varying, 'UZS'::character varying, 'VES'::character varying, 'VND'::character varying, 'VUV'::character varying, 'WST'::character varying, 'XAF'::character varying, 'XCD'::character varying, 'XCG'::character varying, 'XOF'::character varying, 'XPF'::character varying, 'YER'::character varying, 'ZAR'::character varying, 'ZMW'::character varying, 'ZWG'::character varying])::text[]))),
    CONSTRAINT calls_call_ballot_max_check CHECK ((ballot_max >= 0)),
    CONSTRAINT calls_call_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT calls_call_minimum_age_check CHECK ((minimum_age >= 0)),
    CONSTRAINT calls_call_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.calls_call_areas (
    id bigint NOT NULL,
    call_id uuid NOT NULL,
    area_id uuid NOT NULL
);


ALTER TABLE public.calls_call_areas ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.calls_call_areas_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.calls_phase (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    kind character varying(10) NOT NULL,
    starts_at timestamp with time zone NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    call_id uuid NOT NULL,
    CONSTRAINT calls_phase_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT calls_phase_ends_at_finite CHECK (isfinite(ends_at)),
    CONSTRAINT calls_phase_starts_at_finite CHECK (isfinite(starts_at)),
    CONSTRAINT phase_ends_after_it_starts CHECK ((ends_at > starts_at))
);


CREATE TABLE public.campaigns_campaign (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    book character varying(4) NOT NULL,
    rule character varying(16) NOT NULL,
    currency character varying(3) NOT NULL,
    goal_minor bigint NOT NULL,
    cap_minor bigint,
    pledge_min_minor bigint NOT NULL,
    pledge_max_minor bigint,
    sponsor_share_max_bp integer NOT NULL,
    use text NOT NULL,
    ends_at timestamp with time zone NOT NULL,
    opened_at timestamp with time zone,
    grace_ends_at timestamp with time zone,
    state character varying(12) NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT campaign_cap_holds_the_goal CHECK (((cap_minor IS NULL) OR (cap_minor >= goal_minor))),
    CONSTRAINT campaign_goal_positive CHECK ((goal_minor > 0)),
    CONSTRAINT campaign_least_positive CHECK ((pledge_min_minor > 0)),
    CONSTRAINT campaign_most_not_below_least CHECK (((pledge_max_minor IS NULL) OR (pledge_max_minor >= pledge_min_minor))),
    CONSTRAINT campaign_open_before_its_end CHECK ((((state)::text = ANY ((ARRAY['draft'::character varying, 'cancelled'::character varying])::text[])) OR ((opened_at IS NOT NULL) AND (opened_at < ends_at)))),
    CONSTRAINT campaign_sponsor_share_is_a_share CHECK ((sponsor_share_max_bp <= 10000)),
    CONSTRAINT campaigns_campaign_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT campaigns_campaign_ends_at_finite CHECK (isfinite(ends_at)),
    CONSTRAINT campaigns_campaign_grace_ends_at_finite CHECK (isfinite(grace_ends_at)),
    CONSTRAINT campaigns_campaign_opened_at_finite CHECK (isfinite(opened_at)),
    CONSTRAINT campaigns_campaign_sponsor_share_max_bp_check CHECK ((sponsor_share_max_bp >= 0)),
    CONSTRAINT campaigns_campaign_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.campaigns_campaigntotal (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    backers integer NOT NULL,
    pledged_minor bigint NOT NULL,
    collected_minor bigint NOT NULL,
    monthly_minor bigint NOT NULL,
    sponsors_firm_minor bigint NOT NULL,
    sponsors_paid_minor bigint NOT NULL,
    match_guaranteed_minor bigint NOT NULL,
    match_estimated_minor bigint NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    campaign_id uuid NOT NULL,
    nameless integer NOT NULL,
    gone_on date,
    gone integer NOT NULL,
    amounts jsonb NOT NULL,
    CONSTRAINT campaigns_campaigntotal_backers_check CHECK ((backers >= 0)),
    CONSTRAINT campaigns_campaigntotal_counted_at_finite CHECK (isfinite(counted_at)),
    CONSTRAINT campaigns_campaigntotal_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT campaigns_campaigntotal_gone_check CHECK ((gone >= 0)),
    CONSTRAINT campaigns_campaigntotal_gone_on_finite CHECK (isfinite(gone_on)),
    CONSTRAINT campaigns_campaigntotal_nameless_check CHECK ((nameless >= 0))
);


CREATE TABLE public.campaigns_instalment (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    number smallint NOT NULL,
    due_on date NOT NULL,
    state character varying(12) NOT NULL,
    pledge_id uuid NOT NULL,
    CONSTRAINT campaigns_instalment_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT campaigns_instalment_due_on_finite CHECK (isfinite(due_on)),
    CONSTRAINT campaigns_instalment_number_check CHECK ((number >= 0)),
    CONSTRAINT campaigns_instalment_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT instalment_follows_the_first_month CHECK ((number >= 2))
);


CREATE TABLE public.campaigns_pledge (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    frequency character varying(8) NOT NULL,
    months smallint NOT NULL,
    anonymous boolean NOT NULL,
    provider character varying(12) NOT NULL,
    token uuid NOT NULL,
    collected_at timestamp with time zone,
    state character varying(16) NOT NULL,
    method_id uuid,
    person_id uuid,
    campaign_id uuid NOT NULL,
    CONSTRAINT campaigns_pledge_collected_at_finite CHECK (isfinite(collected_at)),
    CONSTRAINT campaigns_pledge_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT campaigns_pledge_months_check CHECK ((months >= 0)),
    CONSTRAINT campaigns_pledge_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT pledge_charged_later_by_its_method CHECK (((NOT ((state)::text = ANY ((ARRAY['active'::character varying, 'collecting'::character varying, 'needs_payer'::character varying, 'past_due'::character varying])::text[]))) OR (method_id IS NOT NULL))),
    CONSTRAINT pledge_collected_has_its_moment CHECK (((NOT ((state)::text = ANY ((ARRAY['collected'::character varying, 'past_due'::character varying, 'ended'::character varying])::text[]))) OR (collected_at IS NOT NULL))),
    CONSTRAINT pledge_goes_on_only_monthly CHECK ((((frequency)::text = 'monthly'::text) OR ((NOT ((state)::text = ANY ((ARRAY['past_due'::character varying, 'ended'::character varying])::text[]))) AND (NOT ((collected_at IS NOT NULL) AND ((state)::text = 'active'::text)))))),
    CONSTRAINT pledge_months_fit_its_frequency CHECK (((((frequency)::text = 'once'::text) AND (months = 1)) OR (((frequency)::text = 'monthly'::text) AND (months >= 2) AND (months <= 36)))),
    CONSTRAINT pledge_positive CHECK ((amount_minor > 0))
);


CREATE TABLE public.payments_charge (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    book character varying(4) NOT NULL,
    provider character varying(12) NOT NULL,
    provider_ref character varying(120) NOT NULL,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    purpose character varying(80) NOT NULL,
    account character varying(120) NOT NULL,
    state character varying(12) NOT NULL,
    payer_url character varying(2000) NOT NULL,
    return_path character varying(200) NOT NULL,
    failure character varying(200) NOT NULL,
    payer_id uuid,
    method_id uuid,
    CONSTRAINT charge_positive CHECK ((amount_minor > 0)),
    CONSTRAINT payments_charge_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_charge_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.payments_dispute (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    number smallint NOT NULL,
    amount_minor bigint NOT NULL,
    reason character varying(60) NOT NULL,
    evidence_due_at timestamp with time zone,
    opened_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    reminded_at timestamp with time zone,
    decided_at timestamp with time zone,
    lost_minor bigint,
    charge_id uuid NOT NULL,
    CONSTRAINT dispute_loses_no_more_than_its_amount CHECK ((((decided_at IS NULL) AND (lost_minor IS NULL)) OR ((decided_at IS NOT NULL) AND (lost_minor >= 0) AND (lost_minor <= amount_minor)))),
    CONSTRAINT dispute_positive CHECK (((amount_minor > 0) AND (number > 0))),
    CONSTRAINT payments_dispute_answered_at_finite CHECK (isfinite(answered_at)),
    CONSTRAINT payments_dispute_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_dispute_decided_at_finite CHECK (isfinite(decided_at)),
    CONSTRAINT payments_dispute_evidence_due_at_finite CHECK (isfinite(evidence_due_at)),
    CONSTRAINT payments_dispute_number_check CHECK ((number >= 0)),
    CONSTRAINT payments_dispute_opened_at_finite CHECK (isfinite(opened_at)),
    CONSTRAINT payments_dispute_reminded_at_finite CHECK (isfinite(reminded_at))
);


CREATE TABLE public.payments_refund (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    book character varying(4) NOT NULL,
    provider character varying(12) NOT NULL,
    provider_ref character varying(120) NOT NULL,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    key character varying(120) NOT NULL,
    reason character varying(200) NOT NULL,
    state character varying(16) NOT NULL,
    failure character varying(200) NOT NULL,
    bank_order_id uuid,
    charge_id uuid NOT NULL,
    refusal_proposed_by_id uuid,
    refusal_confirmed_by_id uuid,
    CONSTRAINT payments_refund_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_refund_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT refund_positive CHECK ((amount_minor > 0)),
    CONSTRAINT refund_refused_by_two CHECK (((refusal_confirmed_by_id IS NULL) OR ((refusal_proposed_by_id IS NOT NULL) AND (NOT ((refusal_confirmed_by_id = refusal_proposed_by_id) AND (refusal_confirmed_by_id IS NOT NULL) AND (refusal_proposed_by_id IS NOT NULL))))))
);


CREATE VIEW public.payments_chargestanding AS
 SELECT charge.id AS charge_id,
    charge.purpose,
    GREATEST((charge.amount_minor - taken.lost), back.minor) AS paid,
    back.minor AS returned,
    taken.held AS disputed
   FROM ((public.payments_charge charge
     CROSS JOIN LATERAL ( SELECT (COALESCE(sum(payments_refund.amount_minor), (0)::numeric))::bigint AS minor
           FROM public.payments_refund
          WHERE ((payments_refund.charge_id = charge.id) AND ((payments_refund.state)::text <> 'covered'::text))) back)
     CROSS JOIN LATERAL ( SELECT (COALESCE(sum(payments_dispute.lost_minor), (
                CASE
                    WHEN ((charge.state)::text = 'lost'::text) THEN charge.amount_minor
                    ELSE (0)::bigint
                END)::numeric))::bigint AS lost,
            (COALESCE(sum(payments_dispute.amount_minor) FILTER (WHERE (payments_dispute.decided_at IS NULL)), (
                CASE
                    WHEN ((charge.state)::text = 'disputed'::text) THEN charge.amount_minor
                    ELSE (0)::bigint
                END)::numeric))::bigint AS held
           FROM public.payments_dispute
          WHERE (payments_dispute.charge_id = charge.id)) taken)
  WHERE ((charge.state)::text = ANY ((ARRAY['succeeded'::character varying, 'disputed'::character varying, 'won'::character varying, 'lost'::character varying])::text[]));


CREATE VIEW public.campaigns_instalmentstanding AS
 SELECT instalment.id AS instalment_id,
    pledge.campaign_id,
    (0)::bigint AS promised,
    (0)::bigint AS estimated,
    money.paid,
    money.returned,
    money.disputed,
    GREATEST(((money.paid - money.returned) - money.disputed), (0)::bigint) AS firm,
    (0)::bigint AS standing
   FROM ((public.campaigns_instalment instalment
     JOIN public.campaigns_pledge pledge ON ((pledge.id = instalment.pledge_id)))
     CROSS JOIN LATERAL ( SELECT (COALESCE(sum(payments_chargestanding.paid), (0)::numeric))::bigint AS paid,
            (COALESCE(sum(payments_chargestanding.returned), (0)::numeric))::bigint AS returned,
            (COALESCE(sum(payments_chargestanding.disputed), (0)::numeric))::bigint AS disputed
           FROM public.payments_chargestanding
          WHERE ((payments_chargestanding.purpose)::text = ('instalment:'::text || instalment.id))) money);


CREATE VIEW public.campaigns_pledgestanding AS
 SELECT pledge.id AS pledge_id,
    pledge.campaign_id,
    pledge.person_id,
    figure.promised,
    (0)::bigint AS estimated,
    money.paid,
    money.returned,
    money.disputed,
    figure.firm,
    (figure.promised + figure.firm) AS standing
   FROM (((public.campaigns_pledge pledge
     JOIN public.campaigns_campaign campaign ON ((campaign.id = pledge.campaign_id)))
     CROSS JOIN LATERAL ( SELECT (COALESCE(sum(payments_chargestanding.paid), (0)::numeric))::bigint AS paid,
            (COALESCE(sum(payments_chargestanding.returned), (0)::numeric))::bigint AS returned,
            (COALESCE(sum(payments_chargestanding.disputed), (0)::numeric))::bigint AS disputed
           FROM public.payments_chargestanding
          WHERE ((payments_chargestanding.purpose)::text = ('pledge:'::text || pledge.id))) money)
     CROSS JOIN LATERAL ( SELECT
                CASE
                    WHEN ((pledge.collected_at IS NULL) AND (((pledge.state)::text = ANY ((ARRAY['active'::character varying, 'collecting'::character varying])::text[])) OR (((pledge.state)::text = 'needs_payer'::text) AND ((campaign.rule)::text = 'all_or_nothing'::text)))) THEN pledge.amount_minor
                    ELSE (0)::bigint
                END AS promised,
                CASE
                    WHEN ((pledge.collected_at IS NOT NULL) AND ((pledge.state)::text <> ALL ((ARRAY['cancelled'::character varying, 'dropped'::character varying, 'campaign_failed'::character varying])::text[]))) THEN GREATEST(((money.paid - money.returned) - money.disputed), (0)::bigint)
                    ELSE (0)::bigint
                END AS firm) figure);


CREATE TABLE public.campaigns_stretchgoal (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    amount_minor bigint NOT NULL,
    use character varying(300) NOT NULL,
    campaign_id uuid NOT NULL,
    CONSTRAINT campaigns_stretchgoal_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.catalogue_dataset (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    slug character varying(140) NOT NULL,
    title character varying(120) NOT NULL,
    description text NOT NULL,
    keywords character varying(40)[] NOT NULL,
    theme character varying(4) NOT NULL,
    frequency character varying(9) NOT NULL,
    licence character varying(80) NOT NULL,
    first_day date,
    last_day date,
    answers jsonb NOT NULL,
    latest integer NOT NULL,
    revised_at timestamp with time zone,
    reason text NOT NULL,
    held boolean NOT NULL,
    state character varying(9) NOT NULL,
    area_id uuid,
    publisher_id uuid NOT NULL,
    high_value_category character varying(40) NOT NULL,
    source character varying(60) NOT NULL,
    identifier character varying(500) NOT NULL,
    series_id uuid,
    harvested_from_id uuid,
    access_level character varying(10) NOT NULL,
    by_consent boolean NOT NULL,
    CONSTRAINT catalogue_dataset_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_dataset_first_day_finite CHECK (isfinite(first_day)),
    CONSTRAINT catalogue_dataset_last_day_finite CHECK (isfinite(last_day)),
    CONSTRAINT catalogue_dataset_latest_check CHECK ((latest >= 0)),
    CONSTRAINT catalogue_dataset_revised_at_finite CHECK (isfinite(revised_at)),
    CONSTRAINT catalogue_dataset_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT dataset_access_level_is_known CHECK (((access_level)::text = ANY ((ARRAY['open'::character varying, 'registered'::character varying, 'on_request'::character varying, 'by_order'::character varying])::text[]))),
    CONSTRAINT dataset_by_consent_is_on_request CHECK (((NOT by_consent) OR (((access_level)::text = 'on_request'::text) AND (harvested_from_id IS NULL) AND ((source)::text = ''::text)))),
    CONSTRAINT dataset_frequency_is_known CHECK ((((frequency)::text = ANY ((ARRAY['DAILY'::character varying, 'WEEKLY'::character varying, 'MONTHLY'::character varying, 'QUARTERLY'::character varying, 'ANNUAL'::character varying, 'IRREG'::character varying, 'NEVER'::character varying])::text[])) OR (((frequency)::text = ''::text) AND (harvested_from_id IS NOT NULL)))),
    CONSTRAINT dataset_high_value_category_is_known CHECK (((high_value_category)::text = ANY ((ARRAY[''::character varying, 'http://data.europa.eu/bna/c_ac64a52d'::character varying, 'http://data.europa.eu/bna/c_dd313021'::character varying, 'http://data.europa.eu/bna/c_164e0bf5'::character varying, 'http://data.europa.eu/bna/c_e1da4e07'::character varying, 'http://data.europa.eu/bna/c_a9135398'::character varying, 'http://data.europa.eu/bna/c_b79e35eb'::character varying])::text[]))),
    CONSTRAINT dataset_licence_is_known CHECK ((((licence)::text = ANY ((ARRAY['https://creativecommons.org/publicdomain/zero/1.0/'::character varying, 'https://creativecommons.org/licenses/by/4.0/'::character varying, 'https://creativecommons.org/licenses/by-sa/4.0/'::character varying, 'https://opendatacommons.org/licenses/odbl/1-0/'::character varying])::text[])) OR ((harvested_from_id IS NOT NULL) AND ((licence)::text = ''::text)))),
    CONSTRAINT dataset_theme_is_known CHECK (((theme)::text = ANY ((ARRAY['AGRI'::character varying, 'ECON'::character varying, 'EDUC'::character varying, 'ENER'::character varying, 'ENVI'::character varying, 'GOVE'::character varying, 'HEAL'::character varying, 'JUST'::character varying, 'REGI'::character varying, 'SOCI'::character varying, 'TECH'::character varying, 'TRAN'::character varying])::text[]))),
    CONSTRAINT harvested_dataset_has_an_identifier CHECK ((((harvested_from_id IS NULL) AND ((identifier)::text = ''::text)) OR ((harvested_from_id IS NOT NULL) AND (series_id IS NULL) AND ((source)::text = ''::text) AND (NOT ((identifier)::text = ''::text))))),
    CONSTRAINT high_value_and_own_data_is_open CHECK ((((access_level)::text = 'open'::text) OR (((high_value_category)::text = ''::text) AND ((source)::text = ''::text)))),
    CONSTRAINT high_value_data_is_free_to_use CHECK ((((high_value_category)::text = ''::text) OR ((licence)::text = ANY ((ARRAY['https://creativecommons.org/publicdomain/zero/1.0/'::character varying, 'https://creativecommons.org/licenses/by/4.0/'::character varying])::text[])))),
    CONSTRAINT published_dataset_has_a_revision CHECK ((((state)::text = 'draft'::text) OR (latest > 0) OR ((harvested_from_id IS NOT NULL) AND (latest = 0)))),
    CONSTRAINT revised_when_there_is_a_revision CHECK ((((latest = 0) AND (revised_at IS NULL)) OR ((latest > 0) AND (revised_at IS NOT NULL)) OR ((harvested_from_id IS NOT NULL) AND (latest = 0))))
);


CREATE TABLE public.catalogue_distribution (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    format character varying(8) NOT NULL,
    media_type character varying(60) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    file character varying(100) NOT NULL,
    revision_id uuid NOT NULL,
    CONSTRAINT catalogue_distribution_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_distribution_size_check CHECK ((size >= 0))
);


CREATE TABLE public.catalogue_follow (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    since timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    dataset_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT catalogue_follow_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_follow_ended_at_finite CHECK (isfinite(ended_at)),
    CONSTRAINT catalogue_follow_since_finite CHECK (isfinite(since))
);


CREATE TABLE public.catalogue_harvest (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    found integer NOT NULL,
    leaving integer NOT NULL,
    created integer NOT NULL,
    updated integer NOT NULL,
    unchanged integer NOT NULL,
    linked integer NOT NULL,
    removed integer NOT NULL,
    failed integer NOT NULL,
    reason text NOT NULL,
    begun_at timestamp with time zone NOT NULL,
    state character varying(8) NOT NULL,
    source_id uuid NOT NULL,
    CONSTRAINT catalogue_harvest_begun_at_finite CHECK (isfinite(begun_at)),
    CONSTRAINT catalogue_harvest_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_harvest_created_check CHECK ((created >= 0)),
    CONSTRAINT catalogue_harvest_failed_check CHECK ((failed >= 0)),
    CONSTRAINT catalogue_harvest_found_check CHECK ((found >= 0)),
    CONSTRAINT catalogue_harvest_leaving_check CHECK ((leaving >= 0)),
    CONSTRAINT catalogue_harvest_linked_check CHECK ((linked >= 0)),
    CONSTRAINT catalogue_harvest_removed_check CHECK ((removed >= 0)),
    CONSTRAINT catalogue_harvest_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT catalogue_harvest_unchanged_check CHECK ((unchanged >= 0)),
    CONSTRAINT catalogue_harvest_updated_check CHECK ((updated >= 0))
);


CREATE TABLE public.catalogue_harvestrecord (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    place integer NOT NULL,
    identifier character varying(500) NOT NULL,
    title character varying(200) NOT NULL,
    said jsonb,
    outcome character varying(9) NOT NULL,
    reason text NOT NULL,
    dataset_id uuid,
    harvest_id uuid NOT NULL,
    CONSTRAINT catalogue_harvestrecord_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_harvestrecord_place_check CHECK ((place >= 0))
);


CREATE TABLE public.catalogue_harveststep (
    priority smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    first_tried_at timestamp with time zone,
    attempts smallint NOT NULL,
    lease uuid,
    leased_until timestamp with time zone,
    done_at timestamp with time zone,
    dead_at timestamp with time zone,
    last_error text NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    step character varying(5) NOT NULL,
    harvest_id uuid NOT NULL,
    CONSTRAINT catalogue_harveststep_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT catalogue_harveststep_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_harveststep_dead_at_finite CHECK (isfinite(dead_at)),
    CONSTRAINT catalogue_harveststep_done_at_finite CHECK (isfinite(done_at)),
    CONSTRAINT catalogue_harveststep_due_at_finite CHECK (isfinite(due_at)),
    CONSTRAINT catalogue_harveststep_first_tried_at_finite CHECK (isfinite(first_tried_at)),
    CONSTRAINT catalogue_harveststep_leased_until_finite CHECK (isfinite(leased_until)),
    CONSTRAINT catalogue_harveststep_priority_check CHECK ((priority >= 0))
);


CREATE TABLE public.catalogue_original (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    uri character varying(2000) NOT NULL,
    page character varying(2000) NOT NULL,
    publisher character varying(300) NOT NULL,
    licence character varying(300) NOT NULL,
    files jsonb NOT NULL,
    digest character varying(64) NOT NULL,
    dataset_id uuid NOT NULL,
    CONSTRAINT catalogue_original_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.catalogue_rejectedrow (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    place integer NOT NULL,
    line bigint NOT NULL,
    "column" text NOT NULL,
    value text NOT NULL,
    reason text NOT NULL,
    upload_id uuid NOT NULL,
    CONSTRAINT catalogue_rejectedrow_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_rejectedrow_line_check CHECK ((line >= 0)),
    CONSTRAINT catalogue_rejectedrow_place_check CHECK ((place >= 0))
);


CREATE TABLE public.catalogue_revision (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    number integer NOT NULL,
    sha256 character varying(64) NOT NULL,
    rows bigint NOT NULL,
    rejected_rows bigint NOT NULL,
    schema jsonb NOT NULL,
    profile jsonb NOT NULL,
    report jsonb NOT NULL,
    note character varying(600) NOT NULL,
    published_at timestamp with time zone NOT NULL,
    dataset_id uuid NOT NULL,
    person_id uuid,
    upload_id uuid NOT NULL,
    CONSTRAINT catalogue_revision_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_revision_number_check CHECK ((number >= 0)),
    CONSTRAINT catalogue_revision_published_at_finite CHECK (isfinite(published_at)),
    CONSTRAINT catalogue_revision_rejected_rows_check CHECK ((rejected_rows >= 0)),
    CONSTRAINT catalogue_revision_rows_check CHECK ((rows >= 0))
);


CREATE TABLE public.catalogue_series (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    slug character varying(140) NOT NULL,
    title character varying(120) NOT NULL,
    description text NOT NULL,
    publisher_id uuid NOT NULL,
    CONSTRAINT catalogue_series_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.catalogue_source (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    title character varying(120) NOT NULL,
    kind character varying(4) NOT NULL,
    address character varying(2000) NOT NULL,
    theme character varying(4) NOT NULL,
    state character varying(6) NOT NULL,
    publisher_id uuid NOT NULL,
    CONSTRAINT catalogue_source_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_source_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT source_kind_is_known CHECK (((kind)::text = ANY ((ARRAY['dcat'::character varying, 'ckan'::character varying])::text[]))),
    CONSTRAINT source_theme_is_known CHECK (((theme)::text = ANY ((ARRAY['AGRI'::character varying, 'ECON'::character varying, 'EDUC'::character varying, 'ENER'::character varying, 'ENVI'::character varying, 'GOVE'::character varying, 'HEAL'::character varying, 'JUST'::character varying, 'REGI'::character varying, 'SOCI'::character varying, 'TECH'::character varying, 'TRAN'::character varying])::text[])))
);


CREATE TABLE public.catalogue_upload (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    name character varying(200) NOT NULL,
    size bigint NOT NULL,
    sha256 character varying(64) NOT NULL,
    file character varying(100) NOT NULL,
    parquet character varying(100) NOT NULL,
    csv character varying(100) NOT NULL,
    proposal jsonb,
    answers jsonb NOT NULL,
    found jsonb,
    failure text NOT NULL,
    received_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    state character varying(9) NOT NULL,
    dataset_id uuid NOT NULL,
    person_id uuid,
    received bigint NOT NULL,
    CONSTRAINT catalogue_upload_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_upload_expires_at_finite CHECK (isfinite(expires_at)),
    CONSTRAINT catalogue_upload_received_at_finite CHECK (isfinite(received_at)),
    CONSTRAINT catalogue_upload_received_check CHECK ((received >= 0)),
    CONSTRAINT catalogue_upload_size_check CHECK ((size >= 0)),
    CONSTRAINT catalogue_upload_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT upload_is_received_whole CHECK (((received = size) OR ((state)::text = ANY ((ARRAY['receiving'::character varying, 'discarded'::character varying, 'expired'::character varying])::text[])))),
    CONSTRAINT upload_within_its_size CHECK ((received <= size))
);


CREATE TABLE public.catalogue_uploadstep (
    priority smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    first_tried_at timestamp with time zone,
    attempts smallint NOT NULL,
    lease uuid,
    leased_until timestamp with time zone,
    done_at timestamp with time zone,
    dead_at timestamp with time zone,
    last_error text NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    step character varying(7) NOT NULL,
    upload_id uuid NOT NULL,
    CONSTRAINT catalogue_uploadstep_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT catalogue_uploadstep_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT catalogue_uploadstep_dead_at_finite CHECK (isfinite(dead_at)),
    CONSTRAINT catalogue_uploadstep_done_at_finite CHECK (isfinite(done_at)),
    CONSTRAINT catalogue_uploadstep_due_at_finite CHECK (isfinite(due_at)),
    CONSTRAINT catalogue_uploadstep_first_tried_at_finite CHECK (isfinite(first_tried_at)),
    CONSTRAINT catalogue_uploadstep_leased_until_finite CHECK (isfinite(leased_until)),
    CONSTRAINT catalogue_uploadstep_priority_check CHECK ((priority >= 0))
);


CREATE TABLE public.consent_collection (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    slug character varying(140) NOT NULL,
    title character varying(120) NOT NULL,
    description text NOT NULL,
    questions jsonb NOT NULL,
    k integer NOT NULL,
    state character varying(7) NOT NULL,
    publisher_id uuid NOT NULL,
    CONSTRAINT consent_collection_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT consent_collection_k_check CHECK ((k >= 0)),
    CONSTRAINT consent_collection_k_is_enough CHECK (((k >= 5) AND (k <= 1000))),
    CONSTRAINT consent_collection_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.consent_consent (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    given_at timestamp with time zone NOT NULL,
    receipt text NOT NULL,
    signature character varying(120) NOT NULL,
    withdrawn_at timestamp with time zone,
    withdrawal text NOT NULL,
    withdrawal_signature character varying(120) NOT NULL,
    state character varying(9) NOT NULL,
    person_id uuid,
    notice_id uuid NOT NULL,
    purpose_id uuid NOT NULL,
    CONSTRAINT consent_consent_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT consent_consent_given_at_finite CHECK (isfinite(given_at)),
    CONSTRAINT consent_consent_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT consent_consent_withdrawn_at_finite CHECK (isfinite(withdrawn_at))
);


CREATE TABLE public.consent_deletion (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    reads integer NOT NULL,
    asked_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    answer character varying(7) NOT NULL,
    words text NOT NULL,
    answered_at timestamp with time zone,
    state character varying(8) NOT NULL,
    grant_id uuid NOT NULL,
    release_id uuid NOT NULL,
    CONSTRAINT consent_deletion_answered_at_finite CHECK (isfinite(answered_at)),
    CONSTRAINT consent_deletion_asked_at_finite CHECK (isfinite(asked_at)),
    CONSTRAINT consent_deletion_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT consent_deletion_due_at_finite CHECK (isfinite(due_at)),
    CONSTRAINT consent_deletion_reads_check CHECK ((reads >= 0)),
    CONSTRAINT consent_deletion_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.consent_inclusion (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    submission uuid NOT NULL,
    version integer NOT NULL,
    consent_id uuid NOT NULL,
    release_id uuid NOT NULL,
    CONSTRAINT consent_inclusion_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT consent_inclusion_version_check CHECK ((version >= 0))
);


CREATE TABLE public.consent_notice (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    number integer NOT NULL,
    what text NOT NULL,
    readers text NOT NULL,
    kept text NOT NULL,
    digest character varying(64) NOT NULL,
    published_at timestamp with time zone NOT NULL,
    purpose_id uuid NOT NULL,
    CONSTRAINT consent_notice_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT consent_notice_number_check CHECK ((number >= 0)),
    CONSTRAINT consent_notice_published_at_finite CHECK (isfinite(published_at))
);


CREATE TABLE public.consent_purpose (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    title character varying(120) NOT NULL,
    columns jsonb NOT NULL,
    least_values integer NOT NULL,
    collection_id uuid NOT NULL,
    dataset_id uuid NOT NULL,
    CONSTRAINT consent_purpose_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT consent_purpose_l_is_known CHECK (((least_values >= 1) AND (least_values <= 20))),
    CONSTRAINT consent_purpose_least_values_check CHECK ((least_values >= 0))
);


CREATE TABLE public.consent_release (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    rows jsonb NOT NULL,
    people integer NOT NULL,
    shared integer NOT NULL,
    digest character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    state character varying(9) NOT NULL,
    notice_id uuid NOT NULL,
    person_id uuid,
    purpose_id uuid NOT NULL,
    revision_id uuid,
    upload_id uuid,
    CONSTRAINT consent_release_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT consent_release_made_at_finite CHECK (isfinite(made_at)),
    CONSTRAINT consent_release_people_check CHECK ((people >= 0)),
    CONSTRAINT consent_release_published_is_a_revision CHECK (((revision_id IS NOT NULL) OR (NOT ((state)::text = ANY ((ARRAY['published'::character varying, 'suspended'::character varying])::text[]))))),
    CONSTRAINT consent_release_shared_check CHECK ((shared >= 0)),
    CONSTRAINT consent_release_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.consent_rightsrequest (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    kind character varying(13) NOT NULL,
    words text NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    answer text NOT NULL,
    state character varying(9) NOT NULL,
    collection_id uuid NOT NULL,
    person_id uuid,
    CONSTRAINT consent_rightsrequest_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT consent_rightsrequest_due_at_finite CHECK (isfinite(due_at)),
    CONSTRAINT consent_rightsrequest_sent_at_finite CHECK (isfinite(sent_at)),
    CONSTRAINT consent_rightsrequest_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.consent_submission (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    "values" jsonb NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    version integer NOT NULL,
    collection_id uuid NOT NULL,
    person_id uuid NOT NULL,
    earlier jsonb NOT NULL,
    CONSTRAINT consent_submission_changed_at_finite CHECK (isfinite(changed_at)),
    CONSTRAINT consent_submission_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT consent_submission_sent_at_finite CHECK (isfinite(sent_at)),
    CONSTRAINT consent_submission_version_check CHECK ((version >= 0))
);


CREATE TABLE public.contributions_contribution (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    amount integer NOT NULL,
    message text NOT NULL,
    anonymous boolean NOT NULL,
    token uuid NOT NULL,
    reason text NOT NULL,
    state character varying(12) NOT NULL,
    offered_at timestamp with time zone NOT NULL,
    organisation_id uuid,
    person_id uuid,
    want_id uuid NOT NULL,
    CONSTRAINT contribution_amount_positive CHECK ((amount > 0)),
    CONSTRAINT contributions_contribution_amount_check CHECK ((amount >= 0)),
    CONSTRAINT contributions_contribution_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT contributions_contribution_offered_at_finite CHECK (isfinite(offered_at)),
    CONSTRAINT contributions_contribution_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.contributions_want (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    kind character varying(12) NOT NULL,
    title character varying(120) NOT NULL,
    details character varying(600) NOT NULL,
    amount integer NOT NULL,
    unit character varying(40) NOT NULL,
    needed_by date,
    closed_at timestamp with time zone,
    project_id uuid NOT NULL,
    CONSTRAINT contributions_want_amount_check CHECK ((amount >= 0)),
    CONSTRAINT contributions_want_closed_at_finite CHECK (isfinite(closed_at)),
    CONSTRAINT contributions_want_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT contributions_want_needed_by_finite CHECK (isfinite(needed_by)),
    CONSTRAINT want_amount_positive CHECK ((amount > 0))
);


CREATE TABLE public.core_delivery (
    id bigint NOT NULL,
    priority smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    first_tried_at timestamp with time zone,
    attempts smallint NOT NULL,
    lease uuid,
    leased_until timestamp with time zone,
    done_at timestamp with time zone,
    dead_at timestamp with time zone,
    last_error text NOT NULL,
    handler character varying(120) NOT NULL,
    event_id bigint NOT NULL,
    CONSTRAINT core_delivery_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT core_delivery_dead_at_finite CHECK (isfinite(dead_at)),
    CONSTRAINT core_delivery_done_at_finite CHECK (isfinite(done_at)),
    CONSTRAINT core_delivery_due_at_finite CHECK (isfinite(due_at)),
    CONSTRAINT core_delivery_first_tried_at_finite CHECK (isfinite(first_tried_at)),
    CONSTRAINT core_delivery_leased_until_finite CHECK (isfinite(leased_until)),
    CONSTRAINT core_delivery_priority_check CHECK ((priority >= 0))
);


ALTER TABLE public.core_delivery ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_delivery_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.core_event (
    seq bigint NOT NULL,
    kind character varying(80) NOT NULL,
    actor uuid,
    subject_type character varying(60) NOT NULL,
    subject_id character varying(64) NOT NULL,
    at timestamp with time zone NOT NULL,
    payload jsonb NOT NULL,
    note text NOT NULL,
    note_salt bytea NOT NULL,
    note_digest bytea NOT NULL,
    CONSTRAINT core_event_at_finite CHECK (isfinite(at))
);


ALTER TABLE public.core_event ALTER COLUMN seq ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_event_seq_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.core_handled (
    kind text NOT NULL,
    handler text NOT NULL
);


CREATE TABLE public.core_outbox (
    event_id bigint NOT NULL
);


CREATE TABLE public.core_putoff (
    id bigint NOT NULL,
    task character varying(60) NOT NULL,
    subject_type character varying(60) NOT NULL,
    subject_id character varying(64) NOT NULL,
    reason text NOT NULL,
    failures integer NOT NULL,
    first_at timestamp with time zone NOT NULL,
    due_at timestamp with time zone NOT NULL,
    CONSTRAINT core_putoff_due_at_finite CHECK (isfinite(due_at)),
    CONSTRAINT core_putoff_failures_check CHECK ((failures >= 0)),
    CONSTRAINT core_putoff_first_at_finite CHECK (isfinite(first_at))
);


ALTER TABLE public.core_putoff ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.core_putoff_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.core_seal (
    number integer NOT NULL,
    sealed_at timestamp with time zone NOT NULL,
    last_seq bigint NOT NULL,
    events integer NOT NULL,
    digest bytea NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    CONSTRAINT core_seal_events_check CHECK ((events >= 0)),
    CONSTRAINT core_seal_number_check CHECK ((number >= 0)),
    CONSTRAINT core_seal_sealed_at_finite CHECK (isfinite(sealed_at))
);


CREATE TABLE public.core_step (
    thing text NOT NULL,
    verb text NOT NULL,
    before text NOT NULL,
    after text NOT NULL
);


CREATE TABLE public.delivery_evidence (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    kind character varying(8) NOT NULL,
    text character varying(200) NOT NULL,
    file character varying(100) NOT NULL,
    thumb character varying(100) NOT NULL,
    size integer NOT NULL,
    added_at timestamp with time zone NOT NULL,
    person_id uuid,
    milestone_id uuid NOT NULL,
    CONSTRAINT delivery_evidence_added_at_finite CHECK (isfinite(added_at)),
    CONSTRAINT delivery_evidence_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT delivery_evidence_size_check CHECK ((size >= 0))
);


CREATE TABLE public.delivery_milestone (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    number smallint NOT NULL,
    title character varying(120) NOT NULL,
    promise character varying(600) NOT NULL,
    share_bp integer NOT NULL,
    due_on date NOT NULL,
    reason text NOT NULL,
    state character varying(12) NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT delivery_milestone_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT delivery_milestone_due_on_finite CHECK (isfinite(due_on)),
    CONSTRAINT delivery_milestone_number_check CHECK ((number >= 0)),
    CONSTRAINT delivery_milestone_share_bp_check CHECK ((share_bp >= 0)),
    CONSTRAINT delivery_milestone_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT milestone_share_is_a_share CHECK (((share_bp > 0) AND (share_bp <= 10000)))
);


CREATE TABLE public.delivery_update (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    title character varying(120) NOT NULL,
    text text NOT NULL,
    token uuid NOT NULL,
    posted_at timestamp with time zone NOT NULL,
    author_id uuid,
    project_id uuid NOT NULL,
    CONSTRAINT delivery_update_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT delivery_update_posted_at_finite CHECK (isfinite(posted_at))
);


CREATE TABLE public.demo_city (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    seed integer NOT NULL,
    anchored_on date NOT NULL,
    CONSTRAINT demo_city_seed_check CHECK ((seed >= 0))
);


CREATE TABLE public.demo_message (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    recipient character varying(254) NOT NULL,
    sender character varying(320) NOT NULL,
    subject character varying(400) NOT NULL,
    text text NOT NULL
);


CREATE TABLE public.discussion_comment (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    body text NOT NULL,
    token uuid NOT NULL,
    replies integer NOT NULL,
    posted_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    deleted_at timestamp with time zone,
    hidden_for character varying(12) NOT NULL,
    author_id uuid,
    organisation_id uuid,
    parent_id uuid,
    project_id uuid NOT NULL,
    thread_id uuid,
    CONSTRAINT comment_reply_has_thread_and_parent CHECK ((((parent_id IS NULL) AND (thread_id IS NULL)) OR ((parent_id IS NOT NULL) AND (thread_id IS NOT NULL)))),
    CONSTRAINT comment_tombstone_is_empty CHECK (((deleted_at IS NULL) OR (body = ''::text))),
    CONSTRAINT discussion_comment_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT discussion_comment_deleted_at_finite CHECK (isfinite(deleted_at)),
    CONSTRAINT discussion_comment_edited_at_finite CHECK (isfinite(edited_at)),
    CONSTRAINT discussion_comment_posted_at_finite CHECK (isfinite(posted_at)),
    CONSTRAINT discussion_comment_replies_check CHECK ((replies >= 0))
);


CREATE TABLE public.discussion_commentrevision (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    body text NOT NULL,
    replaced_at timestamp with time zone NOT NULL,
    comment_id uuid NOT NULL,
    CONSTRAINT discussion_commentrevision_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT discussion_commentrevision_replaced_at_finite CHECK (isfinite(replaced_at))
);


CREATE TABLE public.discussion_discussioncount (
    project_id uuid NOT NULL,
    comments integer NOT NULL,
    followers integer NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    CONSTRAINT discussion_discussioncount_comments_check CHECK ((comments >= 0)),
    CONSTRAINT discussion_discussioncount_counted_at_finite CHECK (isfinite(counted_at)),
    CONSTRAINT discussion_discussioncount_followers_check CHECK ((followers >= 0))
);


CREATE TABLE public.discussion_follow (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    since timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    person_id uuid NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT discussion_follow_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT discussion_follow_ended_at_finite CHECK (isfinite(ended_at)),
    CONSTRAINT discussion_follow_since_finite CHECK (isfinite(since))
);


CREATE TABLE public.discussion_moderationcase (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    quoted text NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    decision character varying(10) NOT NULL,
    category character varying(12) NOT NULL,
    facts text NOT NULL,
    decided_at timestamp with time zone,
    appeal text NOT NULL,
    appealed_at timestamp with time zone,
    review text NOT NULL,
    reviewed_at timestamp with time zone,
    appealed_by_id uuid,
    author_id uuid,
    comment_id uuid,
    decided_by_id uuid,
    project_id uuid,
    reviewed_by_id uuid,
    CONSTRAINT case_about_one_thing CHECK ((((comment_id IS NOT NULL) AND (project_id IS NULL)) OR ((comment_id IS NULL) AND (project_id IS NOT NULL)))),
    CONSTRAINT case_decided_with_reasons CHECK ((((state)::text = 'reported'::text) OR ((decided_at IS NOT NULL) AND ((decision)::text = ANY ((ARRAY['hidden'::character varying, 'kept'::character varying, 'edited'::character varying])::text[])) AND (NOT (facts = ''::text))))),
    CONSTRAINT case_of_a_house_rule CHECK ((((category)::text = ANY ((ARRAY['insult'::character varying, 'hate'::character varying, 'threat'::character varying, 'private'::character varying, 'false'::character varying, 'spam'::character varying, 'off_topic'::character varying, 'illegal'::character varying])::text[])) OR ((category)::text = ''::text))),
    CONSTRAINT case_reviewed_by_another CHECK (((reviewed_by_id IS NULL) OR (NOT ((reviewed_by_id = decided_by_id) AND (reviewed_by_id IS NOT NULL) AND (decided_by_id IS NOT NULL))))),
    CONSTRAINT case_reviewed_with_reasons CHECK (((NOT ((state)::text = ANY ((ARRAY['upheld'::character varying, 'overturned'::character varying])::text[]))) OR ((reviewed_at IS NOT NULL) AND (NOT (review = ''::text))))),
    CONSTRAINT discussion_moderationcase_appealed_at_finite CHECK (isfinite(appealed_at)),
    CONSTRAINT discussion_moderationcase_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT discussion_moderationcase_decided_at_finite CHECK (isfinite(decided_at)),
    CONSTRAINT discussion_moderationcase_reported_at_finite CHECK (isfinite(reported_at)),
    CONSTRAINT discussion_moderationcase_reviewed_at_finite CHECK (isfinite(reviewed_at)),
    CONSTRAINT discussion_moderationcase_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.discussion_report (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    email character varying(254) NOT NULL,
    origin character varying(64) NOT NULL,
    category character varying(12) NOT NULL,
    text text NOT NULL,
    reported_at timestamp with time zone NOT NULL,
    case_id uuid NOT NULL,
    reporter_id uuid,
    CONSTRAINT discussion_report_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT discussion_report_reported_at_finite CHECK (isfinite(reported_at)),
    CONSTRAINT report_of_a_house_rule CHECK (((category)::text = ANY ((ARRAY['insult'::character varying, 'hate'::character varying, 'threat'::character varying, 'private'::character varying, 'false'::character varying, 'spam'::character varying, 'off_topic'::character varying, 'illegal'::character varying])::text[])))
);


CREATE TABLE public.django_admin_log (
    id integer NOT NULL,
    action_time timestamp with time zone NOT NULL,
    object_id text,
    object_repr character varying(200) NOT NULL,
    action_flag smallint NOT NULL,
    change_message text NOT NULL,
    content_type_id integer,
    user_id uuid NOT NULL,
    CONSTRAINT django_admin_log_action_flag_check CHECK ((action_flag >= 0))
);


ALTER TABLE public.django_admin_log ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_admin_log_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_celery_beat_clockedschedule (
    id integer NOT NULL,
    clocked_time timestamp with time zone NOT NULL
);


ALTER TABLE public.django_celery_beat_clockedschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_clockedschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_celery_beat_crontabschedule (
    id integer NOT NULL,
    minute character varying(240) NOT NULL,
    hour character varying(96) NOT NULL,
    day_of_week character varying(64) NOT NULL,
    day_of_month character varying(124) NOT NULL,
    month_of_year character varying(64) NOT NULL,
    timezone character varying(63) NOT NULL
);


ALTER TABLE public.django_celery_beat_crontabschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_crontabschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_celery_beat_intervalschedule (
    id integer NOT NULL,
    every integer NOT NULL,
    period character varying(24) NOT NULL
);


ALTER TABLE public.django_celery_beat_intervalschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_intervalschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_celery_beat_periodictask (
    id integer NOT NULL,
    name character varying(200) NOT NULL,
    task character varying(200) NOT NULL,
    args text NOT NULL,
    kwargs text NOT NULL,
    queue character varying(200),
    exchange character varying(200),
    routing_key character varying(200),
    expires timestamp with time zone,
    enabled boolean NOT NULL,
    last_run_at timestamp with time zone,
    total_run_count integer NOT NULL,
    date_changed timestamp with time zone NOT NULL,
    description text NOT NULL,
    crontab_id integer,
    interval_id integer,
    solar_id integer,
    one_off boolean NOT NULL,
    start_time timestamp with time zone,
    priority integer,
    headers text NOT NULL,
    clocked_id integer,
    expire_seconds integer,
    CONSTRAINT django_celery_beat_periodictask_expire_seconds_check CHECK ((expire_seconds >= 0)),
    CONSTRAINT django_celery_beat_periodictask_priority_check CHECK ((priority >= 0)),
    CONSTRAINT django_celery_beat_periodictask_total_run_count_check CHECK ((total_run_count >= 0))
);


ALTER TABLE public.django_celery_beat_periodictask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_periodictask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_celery_beat_periodictasks (
    ident smallint NOT NULL,
    last_update timestamp with time zone NOT NULL
);


CREATE TABLE public.django_celery_beat_solarschedule (
    id integer NOT NULL,
    event character varying(24) NOT NULL,
    latitude numeric(9,6) NOT NULL,
    longitude numeric(9,6) NOT NULL
);


ALTER TABLE public.django_celery_beat_solarschedule ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_celery_beat_solarschedule_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_content_type (
    id integer NOT NULL,
    app_label character varying(100) NOT NULL,
    model character varying(100) NOT NULL
);


ALTER TABLE public.django_content_type ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_content_type_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_migrations (
    id bigint NOT NULL,
    app character varying(255) NOT NULL,
    name character varying(255) NOT NULL,
    applied timestamp with time zone NOT NULL
);


ALTER TABLE public.django_migrations ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.django_migrations_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.django_session (
    session_key character varying(40) NOT NULL,
    session_data text NOT NULL,
    expire_date timestamp with time zone NOT NULL
);


CREATE TABLE public.djstripe_account (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_account ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_account_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_accountv2 (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_accountv2 ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_accountv2_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_activeentitlement (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_activeentitlement ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_activeentitlement_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_apikey (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    created timestamp with time zone,
    id character varying(255) NOT NULL,
    type character varying(255) NOT NULL,
    name character varying(100) NOT NULL,
    secret character varying(128) NOT NULL,
    livemode boolean NOT NULL,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_apikey ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_apikey_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_applicationfee (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    account_id character varying(255) NOT NULL,
    djstripe_owner_account_id character varying(255),
    balance_transaction_id character varying(255) NOT NULL,
    charge_id character varying(255) NOT NULL
);


ALTER TABLE public.djstripe_applicationfee ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_applicationfee_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_applicationfeerefund (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255),
    fee_id character varying(255) NOT NULL,
    balance_transaction_id character varying(255) NOT NULL
);


ALTER TABLE public.djstripe_applicationfeerefund ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_applicationfeerefund_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_balancetransaction (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    source character varying(255) NOT NULL,
    type character varying(255) NOT NULL,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_balancetransaction ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_balancetransaction_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_bankaccount (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    fingerprint character varying(16) NOT NULL,
    account_id character varying(255),
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_bankaccount ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_bankaccount_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_card (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    fingerprint character varying(16) NOT NULL,
    account_id character varying(255),
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_card ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_card_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_charge (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    amount numeric(14,2) NOT NULL,
    currency character varying(3) NOT NULL,
    status character varying(255) NOT NULL,
    balance_transaction_id character varying(255),
    djstripe_owner_account_id character varying(255),
    customer_id character varying(255),
    source_id character varying(255),
    invoice_id character varying(255),
    payment_intent_id character varying(255),
    payment_method_id character varying(255)
);


ALTER TABLE public.djstripe_charge ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_charge_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_countryspec (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    id character varying(2) NOT NULL,
    default_currency character varying(3) NOT NULL,
    supported_bank_account_currencies jsonb NOT NULL,
    supported_payment_currencies jsonb NOT NULL,
    supported_payment_methods jsonb NOT NULL,
    supported_transfer_countries jsonb NOT NULL,
    verification_fields jsonb NOT NULL
);


CREATE TABLE public.djstripe_coupon (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    id character varying(500) NOT NULL,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_coupon ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_coupon_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_customer (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    email text NOT NULL,
    date_purged timestamp with time zone,
    djstripe_owner_account_id character varying(255),
    subscriber_id uuid,
    default_payment_method_id character varying(255)
);


ALTER TABLE public.djstripe_customer ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_customer_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_discount (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    promotion_code character varying(255) NOT NULL,
    customer_id character varying(255),
    djstripe_owner_account_id character varying(255),
    invoice_id character varying(255),
    subscription_id character varying(255)
);


ALTER TABLE public.djstripe_discount ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_discount_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_dispute (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    balance_transaction_id character varying(255),
    charge_id character varying(255),
    djstripe_owner_account_id character varying(255),
    payment_intent_id character varying(255)
);


ALTER TABLE public.djstripe_dispute ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_dispute_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_djstripeinvoicedefaulttaxrate (
    id bigint NOT NULL,
    invoice_id bigint NOT NULL,
    taxrate_id bigint NOT NULL
);


ALTER TABLE public.djstripe_djstripeinvoicedefaulttaxrate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_djstripeinvoicedefaulttaxrate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_djstripeinvoiceitemtaxrate (
    id bigint NOT NULL,
    invoiceitem_id bigint NOT NULL,
    taxrate_id bigint NOT NULL
);


ALTER TABLE public.djstripe_djstripeinvoiceitemtaxrate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_djstripeinvoiceitemtaxrate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_djstripepaymentmethod (
    id character varying(255) NOT NULL,
    type character varying(50) NOT NULL
);


CREATE TABLE public.djstripe_djstripesubscriptionitemtaxrate (
    id bigint NOT NULL,
    subscriptionitem_id bigint CONSTRAINT djstripe_djstripesubscriptionitemt_subscriptionitem_id_not_null NOT NULL,
    taxrate_id bigint NOT NULL
);


ALTER TABLE public.djstripe_djstripesubscriptionitemtaxrate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_djstripesubscriptionitemtaxrate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_earlyfraudwarning (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_earlyfraudwarning ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_earlyfraudwarning_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_event (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    api_version character varying(64) NOT NULL,
    data jsonb NOT NULL,
    request_id character varying(50) NOT NULL,
    idempotency_key text NOT NULL,
    type character varying(250) NOT NULL,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_event ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_event_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_feature (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_feature ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_feature_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_file (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_file ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_file_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_filelink (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255),
    file_id character varying(255) NOT NULL
);


ALTER TABLE public.djstripe_filelink ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_filelink_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_idempotencykey (
    uuid uuid NOT NULL,
    action character varying(100) NOT NULL,
    livemode boolean NOT NULL,
    created timestamp with time zone NOT NULL
);


CREATE TABLE public.djstripe_invoice (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    charge_id bigint,
    customer_id character varying(255) NOT NULL,
    djstripe_owner_account_id character varying(255),
    payment_intent_id bigint,
    default_payment_method_id character varying(255),
    subscription_id character varying(255)
);


ALTER TABLE public.djstripe_invoice ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_invoice_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_invoiceitem (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    customer_id character varying(255) NOT NULL,
    djstripe_owner_account_id character varying(255),
    invoice_id character varying(255),
    price_id bigint,
    subscription_id character varying(255)
);


ALTER TABLE public.djstripe_invoiceitem ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_invoiceitem_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_issuing_authorization (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_issuing_authorization ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_issuing_authorization_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_issuing_card (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_issuing_card ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_issuing_card_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_issuing_cardholder (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_issuing_cardholder ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_issuing_cardholder_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_issuing_dispute (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_issuing_dispute ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_issuing_dispute_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_issuing_transaction (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_issuing_transaction ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_issuing_transaction_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_lineitem (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255),
    invoice_item_id character varying(255),
    subscription_id character varying(255),
    subscription_item_id character varying(255)
);


ALTER TABLE public.djstripe_lineitem ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_lineitem_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_mandate (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255),
    payment_method_id character varying(255) NOT NULL
);


ALTER TABLE public.djstripe_mandate ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_mandate_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_paymentintent (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    customer_id character varying(255),
    djstripe_owner_account_id character varying(255),
    on_behalf_of_id character varying(255),
    payment_method_id character varying(255)
);


ALTER TABLE public.djstripe_paymentintent ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_paymentintent_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_paymentmethod (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    customer_id character varying(255),
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_paymentmethod ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_paymentmethod_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_payout (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    currency character varying(3) NOT NULL,
    balance_transaction_id character varying(255),
    destination_id character varying(255),
    djstripe_owner_account_id character varying(255),
    failure_balance_transaction_id character varying(255),
    original_payout_id bigint,
    reversed_by_id bigint
);


ALTER TABLE public.djstripe_payout ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_payout_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_price (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    active boolean NOT NULL,
    currency character varying(3) NOT NULL,
    nickname character varying(250) NOT NULL,
    lookup_key character varying(250),
    djstripe_owner_account_id character varying(255),
    product_id character varying(255) NOT NULL
);


ALTER TABLE public.djstripe_price ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_price_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_product (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    name text NOT NULL,
    active boolean,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_product ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_product_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_productfeature (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255),
    entitlement_feature_id character varying(255) NOT NULL,
    product_id character varying(255) NOT NULL
);


ALTER TABLE public.djstripe_productfeature ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_productfeature_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_promotioncode (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_promotioncode ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_promotioncode_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_refund (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    amount bigint NOT NULL,
    currency character varying(3) NOT NULL,
    balance_transaction_id character varying(255),
    charge_id character varying(255) NOT NULL,
    djstripe_owner_account_id character varying(255),
    failure_balance_transaction_id character varying(255)
);


ALTER TABLE public.djstripe_refund ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_refund_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_review (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_review ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_review_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_scheduledqueryrun (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    data_load_time timestamp with time zone NOT NULL,
    error jsonb,
    result_available_until timestamp with time zone NOT NULL,
    sql text NOT NULL,
    status character varying(255) NOT NULL,
    title text NOT NULL,
    djstripe_owner_account_id character varying(255),
    file_id character varying(255)
);


ALTER TABLE public.djstripe_scheduledqueryrun ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_scheduledqueryrun_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_session (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    customer_id character varying(255),
    djstripe_owner_account_id character varying(255),
    payment_intent_id character varying(255),
    setup_intent_id character varying(255),
    subscription_id character varying(255)
);


ALTER TABLE public.djstripe_session ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_session_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_setupintent (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    customer_id character varying(255),
    djstripe_owner_account_id character varying(255),
    on_behalf_of_id character varying(255),
    payment_method_id character varying(255)
);


ALTER TABLE public.djstripe_setupintent ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_setupintent_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_shippingrate (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255),
    tax_code_id character varying(255)
);


ALTER TABLE public.djstripe_shippingrate ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_shippingrate_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_source (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    customer_id character varying(255),
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_source ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_source_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_sourcetransaction (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    ach_credit_transfer jsonb NOT NULL,
    amount numeric(14,2),
    currency character varying(3) NOT NULL,
    customer_data jsonb,
    status character varying(255) NOT NULL,
    djstripe_owner_account_id character varying(255),
    source_id character varying(255)
);


ALTER TABLE public.djstripe_sourcetransaction ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_sourcetransaction_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_subscription (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    customer_id character varying(255) NOT NULL,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_subscription ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_subscription_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_subscriptionitem (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255),
    price_id bigint,
    subscription_id character varying(255) NOT NULL
);


ALTER TABLE public.djstripe_subscriptionitem ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_subscriptionitem_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_subscriptionschedule (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    canceled_at timestamp with time zone,
    completed_at timestamp with time zone,
    current_phase jsonb,
    default_settings jsonb,
    end_behavior character varying(255) NOT NULL,
    phases jsonb,
    released_at timestamp with time zone,
    status character varying(255) NOT NULL,
    customer_id bigint NOT NULL,
    djstripe_owner_account_id character varying(255),
    released_subscription_id bigint,
    subscription_id bigint
);


ALTER TABLE public.djstripe_subscriptionschedule ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_subscriptionschedule_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_taxcode (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_taxcode ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_taxcode_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_taxid (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    customer_id character varying(255),
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_taxid ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_taxid_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_taxrate (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_taxrate ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_taxrate_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_transfer (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    balance_transaction_id character varying(255),
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_transfer ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_transfer_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_transferreversal (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    balance_transaction_id character varying(255),
    djstripe_owner_account_id character varying(255),
    transfer_id character varying(255) NOT NULL
);


ALTER TABLE public.djstripe_transferreversal ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_transferreversal_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_upcominginvoice (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    charge_id bigint,
    customer_id character varying(255) NOT NULL,
    default_payment_method_id character varying(255),
    djstripe_owner_account_id character varying(255),
    payment_intent_id bigint,
    subscription_id character varying(255)
);


ALTER TABLE public.djstripe_upcominginvoice ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_upcominginvoice_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_verificationreport (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    document jsonb,
    id_number jsonb,
    options jsonb,
    selfie jsonb,
    type character varying(255) NOT NULL,
    djstripe_owner_account_id character varying(255)
);


ALTER TABLE public.djstripe_verificationreport ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_verificationreport_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_verificationsession (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    last_error jsonb,
    redaction jsonb,
    verified_outputs jsonb,
    status character varying(255) NOT NULL,
    type character varying(255) NOT NULL,
    djstripe_owner_account_id character varying(255),
    last_verification_report_id character varying(255)
);


ALTER TABLE public.djstripe_verificationsession ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_verificationsession_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_webhookendpoint (
    djstripe_created timestamp with time zone NOT NULL,
    djstripe_updated timestamp with time zone NOT NULL,
    stripe_data jsonb NOT NULL,
    djstripe_id bigint NOT NULL,
    id character varying(255) NOT NULL,
    livemode boolean,
    created timestamp with time zone,
    metadata jsonb,
    api_version character varying(64) NOT NULL,
    enabled_events jsonb NOT NULL,
    secret character varying(256) NOT NULL,
    status character varying(255) NOT NULL,
    url character varying(2048) NOT NULL,
    application character varying(255) NOT NULL,
    djstripe_uuid uuid NOT NULL,
    djstripe_tolerance smallint NOT NULL,
    djstripe_validation_method character varying(255) NOT NULL,
    djstripe_owner_account_id character varying(255),
    CONSTRAINT djstripe_webhookendpoint_djstripe_tolerance_check CHECK ((djstripe_tolerance >= 0))
);


ALTER TABLE public.djstripe_webhookendpoint ALTER COLUMN djstripe_id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_webhookendpoint_djstripe_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.djstripe_webhookeventtrigger (
    id bigint NOT NULL,
    remote_ip inet NOT NULL,
    headers jsonb NOT NULL,
    body text NOT NULL,
    valid boolean NOT NULL,
    processed boolean NOT NULL,
    exception character varying(128) NOT NULL,
    traceback text NOT NULL,
    djstripe_version character varying(32) NOT NULL,
    created timestamp with time zone NOT NULL,
    updated timestamp with time zone NOT NULL,
    event_id character varying(255),
    stripe_trigger_account_id character varying(255),
    webhook_endpoint_id character varying(255)
);


ALTER TABLE public.djstripe_webhookeventtrigger ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.djstripe_webhookeventtrigger_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.exchange_bountygift (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    anonymous boolean NOT NULL,
    provider character varying(12) NOT NULL,
    token uuid NOT NULL,
    state character varying(8) NOT NULL,
    organisation_id uuid,
    person_id uuid,
    need_id uuid NOT NULL,
    CONSTRAINT bounty_gift_in_bounds CHECK (((amount_minor >= 100) AND (amount_minor <= 1000000))),
    CONSTRAINT bounty_gift_of_organisation_named CHECK (((organisation_id IS NULL) OR (NOT anonymous))),
    CONSTRAINT exchange_bountygift_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT exchange_bountygift_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.exchange_bountypayout (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    attempt smallint NOT NULL,
    approvals_needed smallint NOT NULL,
    failure character varying(200) NOT NULL,
    state character varying(9) NOT NULL,
    also_approved_by_id uuid,
    approved_by_id uuid,
    details_id uuid,
    requested_by_id uuid,
    need_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    CONSTRAINT bounty_payout_approvals_one_or_two CHECK (((approvals_needed >= 1) AND (approvals_needed <= 2))),
    CONSTRAINT bounty_payout_approved_by_a_third CHECK (((also_approved_by_id IS NULL) OR ((approved_by_id IS NOT NULL) AND (NOT ((also_approved_by_id = requested_by_id) AND (also_approved_by_id IS NOT NULL) AND (requested_by_id IS NOT NULL))) AND (NOT ((also_approved_by_id = approved_by_id) AND (also_approved_by_id IS NOT NULL) AND (approved_by_id IS NOT NULL)))))),
    CONSTRAINT bounty_payout_approved_by_another CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = requested_by_id) AND (approved_by_id IS NOT NULL) AND (requested_by_id IS NOT NULL))))),
    CONSTRAINT bounty_payout_requested_by_somebody_to_somewhere CHECK ((((state)::text = ANY ((ARRAY['planned'::character varying, 'dropped'::character varying])::text[])) OR ((amount_minor > 0) AND (details_id IS NOT NULL) AND (requested_by_id IS NOT NULL)))),
    CONSTRAINT exchange_bountypayout_approvals_needed_check CHECK ((approvals_needed >= 0)),
    CONSTRAINT exchange_bountypayout_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT exchange_bountypayout_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT exchange_bountypayout_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.exchange_dataneed (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    title character varying(120) NOT NULL,
    description text NOT NULL,
    columns jsonb NOT NULL,
    first_day date,
    last_day date,
    fresh_days integer,
    deadline date NOT NULL,
    book character varying(4) NOT NULL,
    currency character varying(3) NOT NULL,
    opened_at timestamp with time zone,
    reminded_at timestamp with time zone,
    reason text NOT NULL,
    removed_words text NOT NULL,
    state character varying(9) NOT NULL,
    area_id uuid,
    author_id uuid,
    milestone_id uuid,
    project_id uuid NOT NULL,
    CONSTRAINT exchange_dataneed_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT exchange_dataneed_deadline_finite CHECK (isfinite(deadline)),
    CONSTRAINT exchange_dataneed_first_day_finite CHECK (isfinite(first_day)),
    CONSTRAINT exchange_dataneed_fresh_days_check CHECK ((fresh_days >= 0)),
    CONSTRAINT exchange_dataneed_last_day_finite CHECK (isfinite(last_day)),
    CONSTRAINT exchange_dataneed_opened_at_finite CHECK (isfinite(opened_at)),
    CONSTRAINT exchange_dataneed_reminded_at_finite CHECK (isfinite(reminded_at)),
    CONSTRAINT exchange_dataneed_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT need_days_in_order CHECK (((first_day IS NULL) OR (last_day IS NULL) OR (first_day <= last_day))),
    CONSTRAINT need_opened_before_it_moves CHECK ((((state)::text = ANY ((ARRAY['draft'::character varying, 'withdrawn'::character varying, 'refunded'::character varying])::text[])) OR (opened_at IS NOT NULL)))
);


CREATE TABLE public.exchange_delivery (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    number smallint NOT NULL,
    delivered_at timestamp with time zone NOT NULL,
    answer character varying(8) NOT NULL,
    answered_at timestamp with time zone,
    checks jsonb NOT NULL,
    reason text NOT NULL,
    answered_by_id uuid,
    revision_id uuid NOT NULL,
    offer_id uuid NOT NULL,
    CONSTRAINT delivery_answered_at_a_moment CHECK (((((answer)::text = ''::text) AND (answered_at IS NULL)) OR ((NOT ((answer)::text = ''::text)) AND (answered_at IS NOT NULL)))),
    CONSTRAINT exchange_delivery_answered_at_finite CHECK (isfinite(answered_at)),
    CONSTRAINT exchange_delivery_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT exchange_delivery_delivered_at_finite CHECK (isfinite(delivered_at)),
    CONSTRAINT exchange_delivery_number_check CHECK ((number >= 0))
);


CREATE VIEW public.exchange_giftstanding AS
 SELECT gift.id AS gift_id,
    gift.need_id,
    money.paid,
    money.returned,
    LEAST(money.disputed, GREATEST((money.paid - money.returned), (0)::bigint)) AS disputed,
    GREATEST(((money.paid - money.returned) - money.disputed), (0)::bigint) AS firm
   FROM (public.exchange_bountygift gift
     CROSS JOIN LATERAL ( SELECT (COALESCE(sum(payments_chargestanding.paid), (0)::numeric))::bigint AS paid,
            (COALESCE(sum(payments_chargestanding.returned), (0)::numeric))::bigint AS returned,
            (COALESCE(sum(payments_chargestanding.disputed), (0)::numeric))::bigint AS disputed
           FROM public.payments_chargestanding
          WHERE ((payments_chargestanding.purpose)::text = ('bounty-gift:'::text || gift.id))) money);


CREATE TABLE public.exchange_offer (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    kind character varying(7) NOT NULL,
    valuation character varying(300) NOT NULL,
    estimate integer,
    note text NOT NULL,
    removed_words text NOT NULL,
    state character varying(9) NOT NULL,
    dataset_id uuid NOT NULL,
    need_id uuid NOT NULL,
    organisation_id uuid NOT NULL,
    person_id uuid,
    CONSTRAINT exchange_offer_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT exchange_offer_estimate_check CHECK ((estimate >= 0)),
    CONSTRAINT exchange_offer_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT offer_valued_where_something_is_wanted CHECK ((((estimate IS NULL) AND ((kind)::text = ANY ((ARRAY['bounty'::character varying, 'free'::character varying])::text[])) AND ((valuation)::text = ''::text)) OR (((kind)::text = ANY ((ARRAY['service'::character varying, 'kind'::character varying])::text[])) AND (NOT ((valuation)::text = ''::text)))))
);


CREATE TABLE public.guardian_groupobjectpermission (
    id integer NOT NULL,
    object_pk character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.guardian_groupobjectpermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guardian_groupobjectpermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.guardian_userobjectpermission (
    id integer NOT NULL,
    object_pk character varying(255) NOT NULL,
    content_type_id integer NOT NULL,
    permission_id integer NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE public.guardian_userobjectpermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.guardian_userobjectpermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.invoicing_creditedpayment (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    amount_minor bigint NOT NULL,
    net_minor bigint NOT NULL,
    note_id uuid NOT NULL,
    payment_id uuid NOT NULL,
    CONSTRAINT credited_payment_positive CHECK (((amount_minor > 0) AND (net_minor >= 0) AND (net_minor <= amount_minor))),
    CONSTRAINT invoicing_creditedpayment_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.invoicing_invoice (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    kind character varying(12) NOT NULL,
    billable character varying(20) NOT NULL,
    account character varying(60) NOT NULL,
    book character varying(4) NOT NULL,
    serial integer NOT NULL,
    number character varying(30) NOT NULL,
    issued_on date NOT NULL,
    due_on date NOT NULL,
    net_minor bigint NOT NULL,
    vat_category character varying(2) NOT NULL,
    vat_rate_bp integer NOT NULL,
    vat_minor bigint NOT NULL,
    gross_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    purchase_order character varying(60) NOT NULL,
    line character varying(200) NOT NULL,
    seller jsonb NOT NULL,
    buyer jsonb NOT NULL,
    reason character varying(300) NOT NULL,
    reference character varying(35) NOT NULL,
    corrects_id uuid,
    organisation_id uuid NOT NULL,
    series_id uuid NOT NULL,
    CONSTRAINT invoice_adds_up CHECK ((gross_minor = (net_minor + vat_minor))),
    CONSTRAINT invoice_or_credit_note CHECK ((((corrects_id IS NULL) AND ((kind)::text = 'invoice'::text) AND (net_minor > 0)) OR ((corrects_id IS NOT NULL) AND ((kind)::text = 'credit_note'::text) AND (net_minor < 0)))),
    CONSTRAINT invoice_vat_fits_its_kind CHECK (((((vat_category)::text = 'S'::text) AND (vat_rate_bp > 0)) OR (((vat_category)::text = ANY ((ARRAY['AE'::character varying, 'E'::character varying])::text[])) AND (vat_minor = 0) AND (vat_rate_bp = 0)))),
    CONSTRAINT invoicing_invoice_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT invoicing_invoice_due_on_finite CHECK (isfinite(due_on)),
    CONSTRAINT invoicing_invoice_issued_on_finite CHECK (isfinite(issued_on)),
    CONSTRAINT invoicing_invoice_serial_check CHECK ((serial >= 0)),
    CONSTRAINT invoicing_invoice_vat_rate_bp_check CHECK ((vat_rate_bp >= 0))
);


CREATE TABLE public.invoicing_invoicedocument (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    content bytea NOT NULL,
    digest character varying(64) NOT NULL,
    made_at timestamp with time zone NOT NULL,
    invoice_id uuid NOT NULL,
    CONSTRAINT invoicing_invoicedocument_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT invoicing_invoicedocument_made_at_finite CHECK (isfinite(made_at))
);


CREATE TABLE public.invoicing_invoicepayment (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    amount_minor bigint NOT NULL,
    net_minor bigint NOT NULL,
    settled_at timestamp with time zone NOT NULL,
    charge_id uuid NOT NULL,
    invoice_id uuid NOT NULL,
    CONSTRAINT invoice_payment_positive CHECK (((amount_minor > 0) AND (net_minor >= 0) AND (net_minor <= amount_minor))),
    CONSTRAINT invoicing_invoicepayment_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT invoicing_invoicepayment_settled_at_finite CHECK (isfinite(settled_at))
);


CREATE TABLE public.invoicing_invoicepaymentreversal (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    amount_minor bigint NOT NULL,
    net_minor bigint NOT NULL,
    reversed_at timestamp with time zone NOT NULL,
    payment_id uuid NOT NULL,
    dispute_id uuid NOT NULL,
    refund_id uuid,
    CONSTRAINT invoice_payment_reversal_not_negative CHECK (((net_minor >= 0) AND (net_minor <= amount_minor))),
    CONSTRAINT invoicing_invoicepaymentreversal_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT invoicing_invoicepaymentreversal_reversed_at_finite CHECK (isfinite(reversed_at))
);


CREATE TABLE public.invoicing_invoicereminder (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    level smallint NOT NULL,
    sent_at timestamp with time zone NOT NULL,
    invoice_id uuid NOT NULL,
    CONSTRAINT invoicing_invoicereminder_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT invoicing_invoicereminder_level_check CHECK ((level >= 0)),
    CONSTRAINT invoicing_invoicereminder_sent_at_finite CHECK (isfinite(sent_at))
);


CREATE TABLE public.invoicing_invoiceseries (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    prefix character varying(20) NOT NULL,
    last integer NOT NULL,
    CONSTRAINT invoicing_invoiceseries_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT invoicing_invoiceseries_last_check CHECK ((last >= 0))
);


CREATE TABLE public.invoicing_issuer (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    name character varying(160) NOT NULL,
    street character varying(160) NOT NULL,
    postcode character varying(20) NOT NULL,
    city character varying(80) NOT NULL,
    country character varying(2) NOT NULL,
    vat_id character varying(20) NOT NULL,
    email character varying(254) NOT NULL,
    vat_rate_bp integer NOT NULL,
    payment_days smallint NOT NULL,
    CONSTRAINT invoicing_issuer_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT invoicing_issuer_payment_days_check CHECK ((payment_days >= 0)),
    CONSTRAINT invoicing_issuer_vat_rate_bp_check CHECK ((vat_rate_bp >= 0))
);


CREATE TABLE public.ledger_account (
    id bigint NOT NULL,
    book character varying(4) NOT NULL,
    code character varying(120) NOT NULL,
    currency character varying(3) NOT NULL,
    kind character varying(1) NOT NULL,
    floor_zero boolean NOT NULL,
    CONSTRAINT account_book_known CHECK (((book)::text = ANY ((ARRAY['demo'::character varying, 'test'::character varying, 'live'::character varying])::text[]))),
    CONSTRAINT account_kind_known CHECK (((kind)::text = ANY ((ARRAY['A'::character varying, 'L'::character varying, 'I'::character varying, 'E'::character varying, 'Q'::character varying])::text[])))
);


ALTER TABLE public.ledger_account ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.ledger_checkpoint (
    id bigint NOT NULL,
    last_posting bigint NOT NULL,
    balance bigint NOT NULL,
    taken_at timestamp with time zone NOT NULL,
    account_id bigint NOT NULL,
    CONSTRAINT ledger_checkpoint_taken_at_finite CHECK (isfinite(taken_at))
);


ALTER TABLE public.ledger_checkpoint ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_checkpoint_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.ledger_dailyroot (
    id bigint NOT NULL,
    book character varying(4) NOT NULL,
    day date NOT NULL,
    first_seq bigint NOT NULL,
    last_seq bigint NOT NULL,
    root bytea NOT NULL,
    chain bytea NOT NULL,
    published character varying(20)[] NOT NULL,
    CONSTRAINT ledger_dailyroot_day_finite CHECK (isfinite(day))
);


ALTER TABLE public.ledger_dailyroot ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_dailyroot_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.ledger_entry (
    id uuid NOT NULL,
    book character varying(4) NOT NULL,
    kind character varying(60) NOT NULL,
    key character varying(200) NOT NULL,
    public jsonb NOT NULL,
    at timestamp with time zone NOT NULL,
    recorded_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    reverses_id uuid,
    CONSTRAINT ledger_entry_at_finite CHECK (isfinite(at)),
    CONSTRAINT ledger_entry_recorded_at_finite CHECK (isfinite(recorded_at))
);


CREATE TABLE public.ledger_link (
    id bigint NOT NULL,
    book character varying(4) NOT NULL,
    seq bigint NOT NULL,
    previous bytea NOT NULL,
    hash bytea NOT NULL,
    entry_id uuid NOT NULL
);


ALTER TABLE public.ledger_link ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_link_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.ledger_outflow (
    account_id bigint NOT NULL,
    movements bigint NOT NULL
);


CREATE TABLE public.ledger_posting (
    id bigint NOT NULL,
    book character varying(4) NOT NULL,
    currency character varying(3) NOT NULL,
    amount bigint NOT NULL,
    account_id bigint NOT NULL,
    entry_id uuid NOT NULL,
    CONSTRAINT posting_not_zero CHECK ((NOT (amount = 0)))
);


ALTER TABLE public.ledger_posting ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.ledger_posting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.ledger_rootsubscriber (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    address character varying(254) NOT NULL,
    confirmed_at timestamp with time zone,
    CONSTRAINT ledger_rootsubscriber_confirmed_at_finite CHECK (isfinite(confirmed_at)),
    CONSTRAINT ledger_rootsubscriber_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.ledger_unlinked (
    entry_id uuid NOT NULL
);


CREATE TABLE public.matching_allocation (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    amount_minor bigint NOT NULL,
    set_aside_minor bigint NOT NULL,
    estimated_minor bigint NOT NULL,
    state character varying(10) NOT NULL,
    campaign_id uuid NOT NULL,
    fund_id uuid NOT NULL,
    counted jsonb,
    CONSTRAINT allocation_not_negative CHECK (((amount_minor >= 0) AND (estimated_minor >= 0))),
    CONSTRAINT allocation_promises_what_is_set_aside CHECK ((set_aside_minor >= amount_minor)),
    CONSTRAINT matching_allocation_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT matching_allocation_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.matching_matchfund (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    title character varying(120) NOT NULL,
    slug character varying(140) NOT NULL,
    summary character varying(280) NOT NULL,
    book character varying(4) NOT NULL,
    currency character varying(3) NOT NULL,
    rule character varying(10) NOT NULL,
    ratio_bp integer,
    threshold_backers integer,
    threshold_minor bigint,
    gift_min_minor bigint NOT NULL,
    gift_cap_minor bigint,
    person_cap_minor bigint,
    project_cap_minor bigint,
    freezes_at timestamp with time zone NOT NULL,
    challenge_days smallint NOT NULL,
    frozen_at timestamp with time zone,
    input_digest character varying(64) NOT NULL,
    published_input jsonb,
    state character varying(12) NOT NULL,
    call_id uuid,
    funder_id uuid NOT NULL,
    frozen_pledges jsonb,
    made_by_id uuid,
    CONSTRAINT fund_frozen_with_its_digest CHECK (((frozen_at IS NULL) OR (NOT ((input_digest)::text = ''::text)))),
    CONSTRAINT fund_has_what_its_rule_needs CHECK ((((ratio_bp > 0) AND ((rule)::text = 'ratio'::text)) OR (((rule)::text = 'threshold'::text) AND (threshold_backers > 0) AND (threshold_minor > 0)) OR ((rule)::text = 'quadratic'::text))),
    CONSTRAINT fund_least_gift_positive CHECK ((gift_min_minor > 0)),
    CONSTRAINT matching_matchfund_challenge_days_check CHECK ((challenge_days >= 0)),
    CONSTRAINT matching_matchfund_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT matching_matchfund_freezes_at_finite CHECK (isfinite(freezes_at)),
    CONSTRAINT matching_matchfund_frozen_at_finite CHECK (isfinite(frozen_at)),
    CONSTRAINT matching_matchfund_ratio_bp_check CHECK ((ratio_bp >= 0)),
    CONSTRAINT matching_matchfund_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT matching_matchfund_threshold_backers_check CHECK ((threshold_backers >= 0))
);


CREATE TABLE public.matching_matchline (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    gift_minor bigint NOT NULL,
    amount_minor bigint NOT NULL,
    released_at timestamp with time zone,
    allocation_id uuid NOT NULL,
    pledge_id uuid NOT NULL,
    reason character varying(12) NOT NULL,
    CONSTRAINT match_positive CHECK ((amount_minor > 0)),
    CONSTRAINT matching_matchline_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT matching_matchline_released_at_finite CHECK (isfinite(released_at))
);


CREATE VIEW public.matching_allocationstanding AS
 SELECT allocation.id AS allocation_id,
    allocation.campaign_id,
        CASE
            WHEN ((allocation.state)::text = ANY ((ARRAY['reserved'::character varying, 'committed'::character varying])::text[])) THEN counts.minor
            ELSE (0)::bigint
        END AS promised,
        CASE
            WHEN ((allocation.state)::text = ANY ((ARRAY['estimated'::character varying, 'reserved'::character varying])::text[])) THEN allocation.estimated_minor
            ELSE (0)::bigint
        END AS estimated,
        CASE
            WHEN ((allocation.state)::text = 'paid'::text) THEN counts.minor
            ELSE (0)::bigint
        END AS paid,
    (0)::bigint AS returned,
    (0)::bigint AS disputed,
        CASE
            WHEN ((allocation.state)::text = ANY ((ARRAY['reserved'::character varying, 'committed'::character varying, 'paid'::character varying])::text[])) THEN counts.minor
            ELSE (0)::bigint
        END AS firm,
        CASE
            WHEN ((allocation.state)::text = ANY ((ARRAY['reserved'::character varying, 'committed'::character varying, 'paid'::character varying])::text[])) THEN counts.minor
            ELSE (0)::bigint
        END AS standing
   FROM (((public.matching_allocation allocation
     JOIN public.matching_matchfund fund ON ((fund.id = allocation.fund_id)))
     CROSS JOIN LATERAL ( SELECT (allocation.amount_minor - (COALESCE(sum((line.amount_minor - LEAST(line.amount_minor, gives.minor))), (0)::numeric))::bigint) AS minor
           FROM ((public.matching_matchline line
             JOIN public.campaigns_pledgestanding pledge ON ((pledge.pledge_id = line.pledge_id)))
             CROSS JOIN LATERAL ( SELECT LEAST(((pledge.standing * COALESCE(fund.ratio_bp, 0)) / 10000), fund.gift_cap_minor) AS minor) gives)
          WHERE ((line.allocation_id = allocation.id) AND (line.released_at IS NULL) AND (pledge.standing < line.gift_minor))) backed)
     CROSS JOIN LATERAL ( SELECT
                CASE
                    WHEN (((fund.rule)::text = 'threshold'::text) AND ((allocation.state)::text = 'reserved'::text) AND (allocation.amount_minor > 0) AND (allocation.counted IS NOT NULL) AND (( SELECT count(*) AS count
                       FROM jsonb_array_elements(allocation.counted) backer(pledges)
                      WHERE (EXISTS ( SELECT
                               FROM (jsonb_array_elements_text(backer.pledges) own(id)
                                 JOIN public.campaigns_pledgestanding pledge ON ((pledge.pledge_id = (own.id)::uuid)))
                              WHERE (pledge.standing >= GREATEST(fund.gift_min_minor, (1)::bigint))))) < fund.threshold_backers)) THEN (0)::bigint
                    ELSE backed.minor
                END AS minor) counts);


CREATE TABLE public.matching_challenge (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    text text NOT NULL,
    answer text NOT NULL,
    token uuid NOT NULL,
    state character varying(8) NOT NULL,
    answered_by_id uuid,
    person_id uuid,
    fund_id uuid NOT NULL,
    CONSTRAINT challenge_answered_with_reason CHECK ((((state)::text = 'open'::text) OR (NOT (answer = ''::text)))),
    CONSTRAINT matching_challenge_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT matching_challenge_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.matching_deposit (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    amount_minor bigint NOT NULL,
    note character varying(200) NOT NULL,
    confirmed_at timestamp with time zone,
    confirmed_by_id uuid,
    entered_by_id uuid,
    fund_id uuid NOT NULL,
    taken_back_at timestamp with time zone,
    CONSTRAINT deposit_by_two_people CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = entered_by_id) AND (confirmed_by_id IS NOT NULL) AND (entered_by_id IS NOT NULL))))),
    CONSTRAINT deposit_positive CHECK ((amount_minor > 0)),
    CONSTRAINT deposit_taken_back_was_there CHECK (((taken_back_at IS NULL) OR (confirmed_at IS NOT NULL))),
    CONSTRAINT matching_deposit_confirmed_at_finite CHECK (isfinite(confirmed_at)),
    CONSTRAINT matching_deposit_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT matching_deposit_taken_back_at_finite CHECK (isfinite(taken_back_at))
);


CREATE TABLE public.matching_exclusion (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    reason character varying(300) NOT NULL,
    campaign_id uuid NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT matching_exclusion_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.matching_fundreturn (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    amount_minor bigint NOT NULL,
    holder character varying(70) NOT NULL,
    destination character varying(64) NOT NULL,
    failure character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    approved_by_id uuid,
    fund_id uuid NOT NULL,
    requested_by_id uuid,
    CONSTRAINT fund_return_by_two_people CHECK (((approved_by_id IS NULL) OR (NOT ((approved_by_id = requested_by_id) AND (approved_by_id IS NOT NULL) AND (requested_by_id IS NOT NULL))))),
    CONSTRAINT fund_return_positive CHECK ((amount_minor > 0)),
    CONSTRAINT matching_fundreturn_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT matching_fundreturn_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.mfa_authenticator (
    id bigint NOT NULL,
    type character varying(20) NOT NULL,
    data jsonb NOT NULL,
    user_id uuid NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone
);


ALTER TABLE public.mfa_authenticator ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.mfa_authenticator_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.notifications_notification (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    kind character varying(60) NOT NULL,
    category character varying(40) NOT NULL,
    topic character varying(200) NOT NULL,
    params jsonb NOT NULL,
    detail text NOT NULL,
    url character varying(400) NOT NULL,
    notified_at timestamp with time zone NOT NULL,
    read_at timestamp with time zone,
    on_site boolean NOT NULL,
    frequency character varying(8) NOT NULL,
    actor_id uuid,
    event_id bigint NOT NULL,
    mail_id uuid,
    person_id uuid NOT NULL,
    CONSTRAINT notifications_notification_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT notifications_notification_notified_at_finite CHECK (isfinite(notified_at)),
    CONSTRAINT notifications_notification_read_at_finite CHECK (isfinite(read_at))
);


CREATE TABLE public.notifications_preference (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    category character varying(40) NOT NULL,
    on_site boolean NOT NULL,
    frequency character varying(8) NOT NULL,
    person_id uuid NOT NULL,
    CONSTRAINT notifications_preference_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.pages_callpage (
    page_ptr_id integer NOT NULL,
    lead character varying(300) NOT NULL,
    body jsonb NOT NULL,
    call_id uuid NOT NULL
);


CREATE TABLE public.pages_helpindexpage (
    page_ptr_id integer NOT NULL,
    lead character varying(300) NOT NULL,
    body jsonb NOT NULL
);


CREATE TABLE public.pages_homepage (
    page_ptr_id integer NOT NULL,
    lead character varying(300) NOT NULL,
    sentence character varying(120) NOT NULL,
    buttons jsonb NOT NULL,
    body jsonb NOT NULL
);


CREATE TABLE public.pages_numbers (
    id bigint NOT NULL,
    projects integer NOT NULL,
    people integer NOT NULL,
    money_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    comments integer NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    CONSTRAINT pages_numbers_comments_check CHECK ((comments >= 0)),
    CONSTRAINT pages_numbers_people_check CHECK ((people >= 0)),
    CONSTRAINT pages_numbers_projects_check CHECK ((projects >= 0))
);


ALTER TABLE public.pages_numbers ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pages_numbers_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.pages_sitesettings (
    id bigint NOT NULL,
    site_name character varying(60) NOT NULL,
    city_name character varying(60) NOT NULL,
    claim character varying(160) NOT NULL,
    accent character varying(7) NOT NULL,
    hero_alt character varying(200) NOT NULL,
    contact_address text NOT NULL,
    contact_email character varying(254) NOT NULL,
    contact_phone character varying(40) NOT NULL,
    footer_links jsonb NOT NULL,
    hero_id integer,
    logo_id integer,
    site_id integer NOT NULL
);


ALTER TABLE public.pages_sitesettings ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.pages_sitesettings_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.pages_standardpage (
    page_ptr_id integer NOT NULL,
    lead character varying(300) NOT NULL,
    body jsonb NOT NULL
);


CREATE TABLE public.pages_storyindexpage (
    page_ptr_id integer NOT NULL,
    lead character varying(300) NOT NULL
);


CREATE TABLE public.pages_storypage (
    page_ptr_id integer NOT NULL,
    lead character varying(300) NOT NULL,
    day date NOT NULL,
    picture_alt character varying(200) NOT NULL,
    body jsonb NOT NULL,
    picture_id integer,
    project_id uuid
);


CREATE TABLE public.payments_bankorder (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    book character varying(4) NOT NULL,
    reference character varying(35) NOT NULL,
    count integer NOT NULL,
    total_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    send_on date NOT NULL,
    withdrawn_at timestamp with time zone,
    made_by_id uuid NOT NULL,
    withdrawal_proposed_by_id uuid,
    withdrawal_confirmed_by_id uuid,
    CONSTRAINT bank_order_not_empty CHECK (((count > 0) AND (total_minor > 0))),
    CONSTRAINT bank_order_withdrawn_by_two CHECK (((withdrawal_confirmed_by_id IS NULL) OR ((withdrawal_proposed_by_id IS NOT NULL) AND (NOT ((withdrawal_confirmed_by_id = withdrawal_proposed_by_id) AND (withdrawal_confirmed_by_id IS NOT NULL) AND (withdrawal_proposed_by_id IS NOT NULL)))))),
    CONSTRAINT payments_bankorder_count_check CHECK ((count >= 0)),
    CONSTRAINT payments_bankorder_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_bankorder_send_on_finite CHECK (isfinite(send_on)),
    CONSTRAINT payments_bankorder_withdrawn_at_finite CHECK (isfinite(withdrawn_at))
);


CREATE TABLE public.payments_claim (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    amount_minor bigint NOT NULL,
    state character varying(12) NOT NULL,
    confirmed_by_id uuid,
    dispute_id uuid NOT NULL,
    proposed_by_id uuid,
    refund_id uuid,
    CONSTRAINT claim_positive CHECK ((amount_minor > 0)),
    CONSTRAINT claim_written_off_by_another CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = proposed_by_id) AND (confirmed_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL))))),
    CONSTRAINT claim_written_off_by_two CHECK (((NOT ((state)::text = 'written_off'::text)) OR ((confirmed_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL)))),
    CONSTRAINT payments_claim_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_claim_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.payments_command (
    priority smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    first_tried_at timestamp with time zone,
    attempts smallint NOT NULL,
    lease uuid,
    leased_until timestamp with time zone,
    done_at timestamp with time zone,
    dead_at timestamp with time zone,
    last_error text NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    provider character varying(12) NOT NULL,
    verb character varying(8) NOT NULL,
    target uuid NOT NULL,
    key character varying(120) NOT NULL,
    CONSTRAINT payments_command_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT payments_command_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_command_dead_at_finite CHECK (isfinite(dead_at)),
    CONSTRAINT payments_command_done_at_finite CHECK (isfinite(done_at)),
    CONSTRAINT payments_command_due_at_finite CHECK (isfinite(due_at)),
    CONSTRAINT payments_command_first_tried_at_finite CHECK (isfinite(first_tried_at)),
    CONSTRAINT payments_command_leased_until_finite CHECK (isfinite(leased_until)),
    CONSTRAINT payments_command_priority_check CHECK ((priority >= 0))
);


CREATE TABLE public.payments_demopayment (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    key character varying(120) NOT NULL,
    kind character varying(8) NOT NULL,
    target uuid NOT NULL,
    status character varying(9) NOT NULL,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    behaviour character varying(8) NOT NULL,
    ready_at timestamp with time zone,
    disputes jsonb NOT NULL,
    taken_minor bigint NOT NULL,
    CONSTRAINT demo_payment_not_negative CHECK ((amount_minor >= 0)),
    CONSTRAINT payments_demopayment_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_demopayment_ready_at_finite CHECK (isfinite(ready_at))
);


CREATE TABLE public.payments_linepayment (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    amount_minor bigint NOT NULL,
    line_id uuid NOT NULL,
    charge_id uuid NOT NULL,
    name character varying(140) NOT NULL,
    iban character varying(34) NOT NULL,
    CONSTRAINT line_payment_positive CHECK ((amount_minor > 0)),
    CONSTRAINT payments_linepayment_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.payments_message (
    priority smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    first_tried_at timestamp with time zone,
    attempts smallint NOT NULL,
    lease uuid,
    leased_until timestamp with time zone,
    done_at timestamp with time zone,
    dead_at timestamp with time zone,
    last_error text NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    provider character varying(12) NOT NULL,
    event_id character varying(120) NOT NULL,
    kind character varying(80) NOT NULL,
    body jsonb NOT NULL,
    CONSTRAINT payments_message_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT payments_message_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_message_dead_at_finite CHECK (isfinite(dead_at)),
    CONSTRAINT payments_message_done_at_finite CHECK (isfinite(done_at)),
    CONSTRAINT payments_message_due_at_finite CHECK (isfinite(due_at)),
    CONSTRAINT payments_message_first_tried_at_finite CHECK (isfinite(first_tried_at)),
    CONSTRAINT payments_message_leased_until_finite CHECK (isfinite(leased_until)),
    CONSTRAINT payments_message_priority_check CHECK ((priority >= 0))
);


CREATE TABLE public.payments_method (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    provider character varying(12) NOT NULL,
    customer_ref character varying(80) NOT NULL,
    provider_ref character varying(80) NOT NULL,
    label character varying(80) NOT NULL,
    removed_at timestamp with time zone,
    person_id uuid,
    CONSTRAINT payments_method_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_method_removed_at_finite CHECK (isfinite(removed_at))
);


CREATE TABLE public.payments_methodsetup (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    book character varying(4) NOT NULL,
    provider character varying(12) NOT NULL,
    provider_ref character varying(120) NOT NULL,
    purpose character varying(80) NOT NULL,
    state character varying(8) NOT NULL,
    payer_url character varying(2000) NOT NULL,
    return_path character varying(200) NOT NULL,
    failure character varying(200) NOT NULL,
    method_id uuid,
    person_id uuid,
    CONSTRAINT payments_methodsetup_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_methodsetup_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT setup_saved_with_its_method CHECK (((NOT ((state)::text = 'saved'::text)) OR (method_id IS NOT NULL)))
);


CREATE TABLE public.payments_mirrorjob (
    priority smallint NOT NULL,
    due_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    first_tried_at timestamp with time zone,
    attempts smallint NOT NULL,
    lease uuid,
    leased_until timestamp with time zone,
    done_at timestamp with time zone,
    dead_at timestamp with time zone,
    last_error text NOT NULL,
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    message_id uuid NOT NULL,
    CONSTRAINT payments_mirrorjob_attempts_check CHECK ((attempts >= 0)),
    CONSTRAINT payments_mirrorjob_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_mirrorjob_dead_at_finite CHECK (isfinite(dead_at)),
    CONSTRAINT payments_mirrorjob_done_at_finite CHECK (isfinite(done_at)),
    CONSTRAINT payments_mirrorjob_due_at_finite CHECK (isfinite(due_at)),
    CONSTRAINT payments_mirrorjob_first_tried_at_finite CHECK (isfinite(first_tried_at)),
    CONSTRAINT payments_mirrorjob_leased_until_finite CHECK (isfinite(leased_until)),
    CONSTRAINT payments_mirrorjob_priority_check CHECK ((priority >= 0))
);


CREATE TABLE public.payments_reconciliation (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    provider character varying(12) NOT NULL,
    book character varying(4) NOT NULL,
    currency character varying(3) NOT NULL,
    theirs_minor bigint NOT NULL,
    ours_minor bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    explanation text NOT NULL,
    CONSTRAINT payments_reconciliation_at_finite CHECK (isfinite(at)),
    CONSTRAINT payments_reconciliation_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.payments_settlement (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    book character varying(4) NOT NULL,
    provider character varying(12) NOT NULL,
    provider_ref character varying(120) NOT NULL,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    arrives_on date NOT NULL,
    failed boolean NOT NULL,
    line_id uuid,
    CONSTRAINT payments_settlement_arrives_on_finite CHECK (isfinite(arrives_on)),
    CONSTRAINT payments_settlement_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT settlement_positive CHECK ((amount_minor > 0)),
    CONSTRAINT settlement_that_failed_did_not_arrive CHECK (((line_id IS NULL) OR (NOT failed)))
);


CREATE TABLE public.payments_statement (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    book character varying(4) NOT NULL,
    digest character varying(64) NOT NULL,
    format character varying(4) NOT NULL,
    account character varying(34) NOT NULL,
    currency character varying(3) NOT NULL,
    closing_minor bigint,
    closing_on date,
    imported_by_id uuid NOT NULL,
    known integer NOT NULL,
    opening_minor bigint,
    first_number bigint,
    last_number bigint,
    gaps integer NOT NULL,
    CONSTRAINT payments_statement_closing_on_finite CHECK (isfinite(closing_on)),
    CONSTRAINT payments_statement_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_statement_first_number_check CHECK ((first_number >= 0)),
    CONSTRAINT payments_statement_gaps_check CHECK ((gaps >= 0)),
    CONSTRAINT payments_statement_known_check CHECK ((known >= 0)),
    CONSTRAINT payments_statement_last_number_check CHECK ((last_number >= 0))
);


CREATE TABLE public.payments_statementline (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    digest character varying(64) NOT NULL,
    booked_on date NOT NULL,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    reference character varying(35) NOT NULL,
    text character varying(500) NOT NULL,
    name character varying(140) NOT NULL,
    iban character varying(34) NOT NULL,
    state character varying(8) NOT NULL,
    suspense_minor bigint NOT NULL,
    proposal character varying(6) NOT NULL,
    charge_id uuid,
    confirmed_by_id uuid,
    proposed_by_id uuid,
    refund_id uuid,
    statement_id uuid NOT NULL,
    transfer_id uuid,
    bank_order_id uuid,
    bank_reference character varying(120) NOT NULL,
    duplicate_of_id uuid,
    purpose character varying(80) NOT NULL,
    return_iban character varying(34) NOT NULL,
    return_name character varying(140) NOT NULL,
    is_reversal boolean NOT NULL,
    reverses_id uuid,
    CONSTRAINT line_confirmed_by_another CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = proposed_by_id) AND (confirmed_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL))))),
    CONSTRAINT line_settled_by_two CHECK (((NOT ((state)::text = 'settled'::text)) OR ((confirmed_by_id IS NOT NULL) AND (proposed_by_id IS NOT NULL)))),
    CONSTRAINT payments_statementline_booked_on_finite CHECK (isfinite(booked_on)),
    CONSTRAINT payments_statementline_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_statementline_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT statement_line_not_zero CHECK ((NOT (amount_minor = 0))),
    CONSTRAINT suspense_not_negative CHECK ((suspense_minor >= 0))
);


CREATE TABLE public.payments_transfer (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    book character varying(4) NOT NULL,
    provider character varying(12) NOT NULL,
    provider_ref character varying(120) NOT NULL,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    purpose character varying(80) NOT NULL,
    account character varying(120) NOT NULL,
    destination character varying(120) NOT NULL,
    holder character varying(120) NOT NULL,
    state character varying(12) NOT NULL,
    failure character varying(200) NOT NULL,
    bank_order_id uuid,
    refusal_proposed_by_id uuid,
    refusal_confirmed_by_id uuid,
    CONSTRAINT payments_transfer_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payments_transfer_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT transfer_positive CHECK ((amount_minor > 0)),
    CONSTRAINT transfer_refused_by_two CHECK (((refusal_confirmed_by_id IS NULL) OR ((refusal_proposed_by_id IS NOT NULL) AND (NOT ((refusal_confirmed_by_id = refusal_proposed_by_id) AND (refusal_confirmed_by_id IS NOT NULL) AND (refusal_proposed_by_id IS NOT NULL))))))
);


CREATE TABLE public.payouts_approval (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    attempt smallint NOT NULL,
    approved_at timestamp with time zone NOT NULL,
    person_id uuid NOT NULL,
    payout_id uuid NOT NULL,
    CONSTRAINT payouts_approval_approved_at_finite CHECK (isfinite(approved_at)),
    CONSTRAINT payouts_approval_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT payouts_approval_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.payouts_bankdetails (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    provider character varying(12) NOT NULL,
    holder character varying(70) NOT NULL,
    destination character varying(64) NOT NULL,
    usable_from timestamp with time zone NOT NULL,
    entered_by_id uuid,
    organisation_id uuid NOT NULL,
    CONSTRAINT payouts_bankdetails_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payouts_bankdetails_usable_from_finite CHECK (isfinite(usable_from))
);


CREATE TABLE public.payouts_hold (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    kind character varying(8) NOT NULL,
    key character varying(80) NOT NULL,
    reason character varying(300) NOT NULL,
    placed_at timestamp with time zone NOT NULL,
    lifted_at timestamp with time zone,
    campaign_id uuid NOT NULL,
    CONSTRAINT payouts_hold_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payouts_hold_lifted_at_finite CHECK (isfinite(lifted_at)),
    CONSTRAINT payouts_hold_placed_at_finite CHECK (isfinite(placed_at))
);


CREATE TABLE public.payouts_payout (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    part smallint NOT NULL,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    not_before timestamp with time zone NOT NULL,
    released_at timestamp with time zone,
    approvals_needed smallint NOT NULL,
    attempt smallint NOT NULL,
    failure character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    campaign_id uuid NOT NULL,
    details_id uuid,
    milestone_id uuid NOT NULL,
    requested_by_id uuid,
    CONSTRAINT payout_approvals_one_or_two CHECK (((approvals_needed >= 1) AND (approvals_needed <= 2))),
    CONSTRAINT payout_positive CHECK ((amount_minor > 0)),
    CONSTRAINT payout_requested_by_somebody_to_somewhere CHECK ((((state)::text = 'planned'::text) OR ((details_id IS NOT NULL) AND (requested_by_id IS NOT NULL)))),
    CONSTRAINT payouts_payout_approvals_needed_check CHECK ((approvals_needed >= 0)),
    CONSTRAINT payouts_payout_attempt_check CHECK ((attempt >= 0)),
    CONSTRAINT payouts_payout_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payouts_payout_not_before_finite CHECK (isfinite(not_before)),
    CONSTRAINT payouts_payout_part_check CHECK ((part >= 0)),
    CONSTRAINT payouts_payout_released_at_finite CHECK (isfinite(released_at)),
    CONSTRAINT payouts_payout_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.payouts_return (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    shares jsonb NOT NULL,
    reason character varying(200) NOT NULL,
    state character varying(10) NOT NULL,
    campaign_id uuid NOT NULL,
    confirmed_by_id uuid,
    proposed_by_id uuid NOT NULL,
    CONSTRAINT payouts_return_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT payouts_return_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT return_by_two CHECK (((confirmed_by_id IS NULL) OR (NOT ((confirmed_by_id = proposed_by_id) AND (confirmed_by_id IS NOT NULL))))),
    CONSTRAINT return_confirmed_by_somebody CHECK (((NOT ((state)::text = 'confirmed'::text)) OR (confirmed_by_id IS NOT NULL))),
    CONSTRAINT return_positive CHECK ((amount_minor > 0))
);


CREATE TABLE public.proposals_costline (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    label character varying(120) NOT NULL,
    amount_minor bigint NOT NULL,
    "position" smallint NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT cost_line_positive CHECK ((amount_minor > 0)),
    CONSTRAINT proposals_costline_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT proposals_costline_position_check CHECK (("position" >= 0))
);


CREATE TABLE public.proposals_participantgoal (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    name character varying(120) NOT NULL,
    brings character varying(280) NOT NULL,
    wants character varying(280) NOT NULL,
    "position" smallint NOT NULL,
    organisation_id uuid,
    project_id uuid NOT NULL,
    CONSTRAINT participant_goal_has_a_participant CHECK (((organisation_id IS NOT NULL) OR (NOT ((name)::text = ''::text)))),
    CONSTRAINT proposals_participantgoal_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT proposals_participantgoal_position_check CHECK (("position" >= 0))
);


CREATE TABLE public.proposals_picture (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    file character varying(100) NOT NULL,
    thumb character varying(100) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    alt character varying(200) NOT NULL,
    "position" smallint NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT proposals_picture_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT proposals_picture_height_check CHECK ((height >= 0)),
    CONSTRAINT proposals_picture_position_check CHECK (("position" >= 0)),
    CONSTRAINT proposals_picture_width_check CHECK ((width >= 0))
);


CREATE TABLE public.proposals_project (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    title character varying(120) NOT NULL,
    slug character varying(160) NOT NULL,
    pitch character varying(200) NOT NULL,
    story text NOT NULL,
    theme character varying(16) NOT NULL,
    place character varying(200) NOT NULL,
    latitude numeric(8,6),
    longitude numeric(9,6),
    cost_minor bigint,
    currency character varying(3) NOT NULL,
    ballot_number character varying(40) NOT NULL,
    state character varying(12) NOT NULL,
    hidden_for character varying(12) NOT NULL,
    version integer NOT NULL,
    submitted_at timestamp with time zone,
    opened_at timestamp with time zone,
    updated_at timestamp with time zone NOT NULL,
    area_id uuid,
    author_id uuid,
    call_id uuid NOT NULL,
    organisation_id uuid,
    CONSTRAINT project_cost_positive CHECK (((cost_minor IS NULL) OR (cost_minor > 0))),
    CONSTRAINT project_currency_is_known CHECK (((currency)::text = ANY ((ARRAY['AED'::character varying, 'AFN'::character varying, 'ALL'::character varying, 'AMD'::character varying, 'AOA'::character varying, 'ARS'::character varying, 'AUD'::character varying, 'AWG'::character varying, 'AZN'::character varying, 'BAM'::character varying, 'BBD'::character varying, 'BDT'::character varying, 'BGN'::character varying, 'BHD'::character varying, 'BIF'::character varying, 'BMD'::character varying, 'BND'::character varying, 'BOB'::character varying, 'BRL'::character varying, 'BSD'::character varying, 'BTN'::character varying, 'BWP'::character varying, 'BYN'::character varying, 'BZD'::character varying, 'CAD'::character varying, 'CDF'::character varying, 'CHF'::character varying, 'CLP'::character varying, 'CNY'::character varying, 'COP'::character varying, 'CRC'::character varying, 'CUP'::character varying, 'CVE'::character varying, 'CZK'::character varying, 'DJF'::character varying, 'DKK'::character varying, 'DOP'::character varying, 'DZD'::character varying, 'EGP'::character varying, 'ERN'::character varying, 'ETB'::character varying, 'EUR'::character varying, 'FJD'::character varying, 'FKP'::character varying, 'GBP'::character varying, 'GEL'::character varying, 'GHS'::character varying, 'GIP'::character varying, 'GMD'::character varying, 'GNF'::character varying, 'GTQ'::character varying, 'GYD'::character varying, 'HKD'::character varying, 'HNL'::character varying, 'HTG'::character varying, 'HUF'::character varying, 'IDR'::character varying, 'ILS'::character varying, 'INR'::character varying, 'IQD'::character varying, 'IRR'::character varying, 'ISK'::character varying, 'JMD'::character varying, 'JOD'::character varying, 'JPY'::character varying, 'KES'::character varying, 'KGS'::character varying, 'KHR'::character varying, 'KMF'::character varying, 'KPW'::character varying, 'KRW'::character varying, 'KWD'::character varying, 'KYD'::character varying, 'KZT'::character varying, 'LAK'::character varying, 'LBP'::character varying, 'LKR'::character varying, 'LRD'::character varying, 'LSL'::character varying, 'LYD'::character varying, 'MAD'::character varying, 'MDL'::character varying, 'MGA'::character varying, 'MKD'::character varying, 'MMK'::character varying, 'MNT'::character varying, 'MOP'::character varying, 'MRU'::character varying, 'MUR'::character varying, 'MVR'::character varying, 'MWK'::character varying, 'MXN'::character varying, 'MYR'::character varying, 'MZN'::character varying, 'NAD'::character varying, 'NGN'::character varying, 'NIO'::character varying, 'NOK'::character varying, 'NPR'::character varying, 'NZD'::character varying, 'OMR'::character varying, 'PAB'::character varying, 'PEN'::character varying, 'PGK'::character varying, 'PHP'::character varying, 'PKR'::character varying, 'PLN'::character varying, 'PYG'::character varying, 'QAR'::character varying, 'RON'::character varying, 'RSD'::character varying, 'RUB'::character varying, 'RWF'::character varying, 'SAR'::character varying, 'SBD'::character varying, 'SCR'::character varying, 'SDG'::character varying, 'SEK'::character varying, 'SGD'::character varying, 'SHP'::character varying, 'SLE'::character varying, 'SOS'::character varying, 'SRD'::character varying, 'SSP'::character varying, 'STN'::character varying, 'SYP'::character varying, 'SZL'::character varying, 'THB'::character varying, 'TJS'::character varying, 'TMT'::character varying, 'TND'::character varying, 'TOP'::character varying, 'TRY'::character varying, 'TTD'::character varying, 'TWD'::character varying, 'TZS'::character varying, 'UAH'::character varying, 'UGX'::character varying, 'USD'::character varying, 'UYU'::character varying, 'UZS'::character varying, 'VES'::character varying, 'VND'::character varying, 'VUV'::character varying, 'WST'::character varying, 'XAF'::character varying, 'XCD'::character varying, 'XCG'::character varying, 'XOF'::character varying, 'XPF'::character varying, 'YER'::character varying, 'ZAR'::character varying, 'ZMW'::character varying, 'ZWG'::character varying])::text[]))),
    CONSTRAINT project_place_has_both_coordinates CHECK ((((latitude IS NULL) AND (longitude IS NULL)) OR ((latitude IS NOT NULL) AND (longitude IS NOT NULL)))),
    CONSTRAINT proposals_project_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT proposals_project_opened_at_finite CHECK (isfinite(opened_at)),
    CONSTRAINT proposals_project_state_since_finite CHECK (isfinite(state_since)),
    CONSTRAINT proposals_project_submitted_at_finite CHECK (isfinite(submitted_at)),
    CONSTRAINT proposals_project_updated_at_finite CHECK (isfinite(updated_at)),
    CONSTRAINT proposals_project_version_check CHECK ((version >= 0))
);


CREATE TABLE public.proposals_projectrevision (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    number integer NOT NULL,
    made_at timestamp with time zone NOT NULL,
    reason character varying(400) NOT NULL,
    content jsonb NOT NULL,
    author_id uuid,
    project_id uuid NOT NULL,
    CONSTRAINT proposals_projectrevision_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT proposals_projectrevision_made_at_finite CHECK (isfinite(made_at)),
    CONSTRAINT proposals_projectrevision_number_check CHECK ((number >= 0))
);


CREATE TABLE public.proposals_support (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    person_id uuid NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT proposals_support_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.proposals_supportchange (
    id bigint NOT NULL,
    delta smallint NOT NULL,
    project_id uuid NOT NULL
);


ALTER TABLE public.proposals_supportchange ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.proposals_supportchange_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.proposals_supportcount (
    project_id uuid NOT NULL,
    supports integer NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    CONSTRAINT proposals_supportcount_counted_at_finite CHECK (isfinite(counted_at)),
    CONSTRAINT proposals_supportcount_supports_check CHECK ((supports >= 0))
);


CREATE TABLE public.proposals_teaminvitation (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    email character varying(254) NOT NULL,
    role character varying(80) NOT NULL,
    invited_by_id uuid NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT proposals_teaminvitation_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.proposals_teammember (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    role character varying(80) NOT NULL,
    accepted_at timestamp with time zone,
    person_id uuid NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT proposals_teammember_accepted_at_finite CHECK (isfinite(accepted_at)),
    CONSTRAINT proposals_teammember_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.reuses_reuse (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    kind character varying(12) NOT NULL,
    title character varying(120) NOT NULL,
    description text NOT NULL,
    address character varying(500) NOT NULL,
    token uuid NOT NULL,
    reason text NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    state character varying(10) NOT NULL,
    organisation_id uuid,
    person_id uuid,
    CONSTRAINT reuse_address_is_of_the_web CHECK (((address)::text ~ '^https?://[^[:space:]]+$'::text)),
    CONSTRAINT reuses_reuse_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT reuses_reuse_proposed_at_finite CHECK (isfinite(proposed_at)),
    CONSTRAINT reuses_reuse_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.reuses_reuse_datasets (
    id bigint NOT NULL,
    reuse_id uuid NOT NULL,
    dataset_id uuid NOT NULL
);


ALTER TABLE public.reuses_reuse_datasets ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.reuses_reuse_datasets_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.sponsorship_package (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    title character varying(80) NOT NULL,
    benefits text NOT NULL,
    amount_minor bigint NOT NULL,
    places smallint,
    campaign_id uuid NOT NULL,
    CONSTRAINT package_positive CHECK ((amount_minor > 0)),
    CONSTRAINT sponsorship_package_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT sponsorship_package_places_check CHECK ((places >= 0))
);


CREATE TABLE public.sponsorship_sponsorship (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    amount_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    benefits text NOT NULL,
    conflict text NOT NULL,
    conflict_finding text NOT NULL,
    purchase_order character varying(60) NOT NULL,
    billing_name character varying(160) NOT NULL,
    billing_street character varying(160) NOT NULL,
    billing_postcode character varying(20) NOT NULL,
    billing_city character varying(80) NOT NULL,
    billing_country character varying(2) NOT NULL,
    billing_email character varying(254) NOT NULL,
    vat_id character varying(20) NOT NULL,
    token uuid NOT NULL,
    state character varying(16) NOT NULL,
    campaign_id uuid NOT NULL,
    checked_by_id uuid,
    invoice_id uuid,
    offered_by_id uuid,
    organisation_id uuid NOT NULL,
    package_id uuid NOT NULL,
    CONSTRAINT sponsorship_checked_before_contract CHECK ((((state)::text = ANY ((ARRAY['offered'::character varying, 'lapsed'::character varying])::text[])) OR (NOT (conflict_finding = ''::text)))),
    CONSTRAINT sponsorship_positive CHECK ((amount_minor > 0)),
    CONSTRAINT sponsorship_sponsorship_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT sponsorship_sponsorship_state_since_finite CHECK (isfinite(state_since))
);


CREATE VIEW public.sponsorship_sponsorshipstanding AS
 SELECT sponsorship.id AS sponsorship_id,
    sponsorship.campaign_id,
    figure.promised,
    (0)::bigint AS estimated,
    money.paid,
    money.returned,
    money.disputed,
    (figure.promised + figure.there) AS firm,
    (figure.promised + figure.there) AS standing
   FROM (((public.sponsorship_sponsorship sponsorship
     CROSS JOIN LATERAL ( SELECT (COALESCE(sum((payment.net_minor - part.lost)), (0)::numeric))::bigint AS paid,
            (COALESCE(sum(back.net), (0)::numeric))::bigint AS returned,
            (COALESCE(sum(LEAST((part.held)::numeric, (((payment.net_minor)::numeric - back.net) - (part.lost)::numeric))), (0)::numeric))::bigint AS disputed,
            (COALESCE(sum(part.lost), (0)::numeric))::bigint AS lost
           FROM (((((((public.invoicing_invoicepayment payment
             JOIN public.payments_charge charge ON ((charge.id = payment.charge_id)))
             JOIN public.payments_chargestanding there ON ((there.charge_id = charge.id)))
             CROSS JOIN LATERAL ( SELECT COALESCE(sum(invoicing_creditedpayment.amount_minor), (0)::numeric) AS minor,
                    COALESCE(sum(invoicing_creditedpayment.net_minor), (0)::numeric) AS net
                   FROM public.invoicing_creditedpayment
                  WHERE (invoicing_creditedpayment.payment_id = payment.id)) back)
             CROSS JOIN LATERAL ( SELECT COALESCE(sum(reversal.net_minor), (0)::numeric) AS booked,
                    COALESCE(sum(dispute.lost_minor) FILTER (WHERE (reversal.id IS NULL)), (0)::numeric) AS unheard
                   FROM (public.payments_dispute dispute
                     LEFT JOIN public.invoicing_invoicepaymentreversal reversal ON ((reversal.dispute_id = dispute.id)))
                  WHERE (dispute.charge_id = charge.id)) loss)
             CROSS JOIN LATERAL ( SELECT GREATEST(((((charge.amount_minor - payment.amount_minor))::numeric + back.minor) - (there.returned)::numeric), (0)::numeric) AS over) more)
             CROSS JOIN LATERAL ( SELECT LEAST(((payment.net_minor)::numeric - back.net), (loss.booked + (((((2)::numeric * GREATEST((loss.unheard - more.over), (0)::numeric)) * (payment.net_minor)::numeric) + (payment.amount_minor)::numeric) / ((2 * payment.amount_minor))::numeric))) AS lost,
                    (((((2)::numeric * GREATEST(((there.disputed)::numeric - more.over), (0)::numeric)) * (payment.net_minor)::numeric) + (payment.amount_minor)::numeric) / ((2 * payment.amount_minor))::numeric) AS held) net)
             CROSS JOIN LATERAL ( SELECT (floor(net.lost))::bigint AS lost,
                    (floor(net.held))::bigint AS held) part)
          WHERE (payment.invoice_id = sponsorship.invoice_id)) money)
     CROSS JOIN LATERAL ( SELECT (COALESCE(sum(note.net_minor), (0)::numeric) + (money.returned)::numeric) AS given_up
           FROM public.invoicing_invoice note
          WHERE (note.corrects_id = sponsorship.invoice_id)) rest)
     CROSS JOIN LATERAL ( SELECT (
                CASE
                    WHEN ((sponsorship.state)::text = ANY ((ARRAY['contracted'::character varying, 'invoiced'::character varying, 'part_paid'::character varying])::text[])) THEN GREATEST(((((sponsorship.amount_minor)::numeric + rest.given_up) - (money.paid)::numeric) - (money.lost)::numeric), (0)::numeric)
                    ELSE (0)::numeric
                END)::bigint AS promised,
                CASE
                    WHEN ((sponsorship.state)::text = ANY ((ARRAY['invoiced'::character varying, 'part_paid'::character varying, 'paid'::character varying, 'fulfilled'::character varying])::text[])) THEN GREATEST(((money.paid - money.returned) - money.disputed), (0)::bigint)
                    ELSE (0)::bigint
                END AS there) figure);


CREATE TABLE public.taggit_tag (
    id integer NOT NULL,
    name character varying(100) NOT NULL,
    slug character varying(100) NOT NULL
);


ALTER TABLE public.taggit_tag ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.taggit_tag_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.taggit_taggeditem (
    id integer NOT NULL,
    object_id integer NOT NULL,
    content_type_id integer NOT NULL,
    tag_id integer NOT NULL
);


ALTER TABLE public.taggit_taggeditem ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.taggit_taggeditem_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.voting_ballot (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    voter character varying(64) NOT NULL,
    channel character varying(8) NOT NULL,
    choices smallint NOT NULL,
    receipt character varying(64) NOT NULL,
    state character varying(10) NOT NULL,
    call_id uuid NOT NULL,
    CONSTRAINT voting_ballot_choices_check CHECK ((choices >= 0)),
    CONSTRAINT voting_ballot_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT voting_ballot_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.voting_ballotline (
    id bigint NOT NULL,
    value integer NOT NULL,
    ballot_id uuid NOT NULL,
    project_id uuid NOT NULL,
    CONSTRAINT ballot_line_says_something CHECK ((value >= 1)),
    CONSTRAINT voting_ballotline_value_check CHECK ((value >= 0))
);


ALTER TABLE public.voting_ballotline ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.voting_ballotline_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE UNLOGGED TABLE public.voting_key (
    call_id uuid NOT NULL,
    inner_pad bytea NOT NULL,
    outer_pad bytea NOT NULL
);


CREATE TABLE public.voting_paperballot (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    state_since timestamp with time zone,
    serial character varying(40) NOT NULL,
    state character varying(8) NOT NULL,
    ballot_id uuid,
    call_id uuid NOT NULL,
    CONSTRAINT counted_paper_has_a_ballot CHECK ((((ballot_id IS NOT NULL) AND ((state)::text = 'counted'::text)) OR (NOT ((state)::text = 'counted'::text)))),
    CONSTRAINT voting_paperballot_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT voting_paperballot_state_since_finite CHECK (isfinite(state_since))
);


CREATE TABLE public.voting_paperentry (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    choices jsonb NOT NULL,
    clerk_id uuid NOT NULL,
    paper_id uuid NOT NULL,
    CONSTRAINT voting_paperentry_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.voting_papervoter (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    identity character varying(64) NOT NULL,
    document character varying(64) NOT NULL,
    voter character varying(64) NOT NULL,
    call_id uuid NOT NULL,
    CONSTRAINT paper_voter_is_somebody CHECK ((NOT ((identity)::text = ''::text))),
    CONSTRAINT voting_papervoter_created_at_finite CHECK (isfinite(created_at))
);


CREATE TABLE public.voting_poll (
    call_id uuid NOT NULL,
    seed character varying(64) NOT NULL,
    commitment character varying(64) NOT NULL,
    prepared_at timestamp with time zone NOT NULL,
    sealed_at timestamp with time zone,
    ballots integer,
    counting character varying(200) NOT NULL,
    counted smallint NOT NULL,
    key_digest character varying(64) NOT NULL,
    shuffled_until timestamp with time zone,
    shuffling bigint,
    CONSTRAINT sealed_poll_knows_its_ballots CHECK ((((ballots IS NULL) AND (sealed_at IS NULL)) OR ((ballots IS NOT NULL) AND (sealed_at IS NOT NULL)))),
    CONSTRAINT voting_poll_ballots_check CHECK ((ballots >= 0)),
    CONSTRAINT voting_poll_counted_check CHECK ((counted >= 0)),
    CONSTRAINT voting_poll_prepared_at_finite CHECK (isfinite(prepared_at)),
    CONSTRAINT voting_poll_sealed_at_finite CHECK (isfinite(sealed_at)),
    CONSTRAINT voting_poll_shuffled_until_finite CHECK (isfinite(shuffled_until))
);


CREATE TABLE public.voting_projectresult (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    won boolean NOT NULL,
    place integer NOT NULL,
    score bigint NOT NULL,
    supporters integer NOT NULL,
    cost_minor bigint NOT NULL,
    price_minor numeric(24,6),
    tie boolean NOT NULL,
    why character varying(16) NOT NULL,
    missing_minor numeric(24,6),
    more_supporters bigint,
    project_id uuid NOT NULL,
    tally_id uuid NOT NULL,
    raise_minor bigint,
    CONSTRAINT voting_projectresult_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT voting_projectresult_more_supporters_check CHECK ((more_supporters >= 0)),
    CONSTRAINT voting_projectresult_place_check CHECK ((place >= 0)),
    CONSTRAINT voting_projectresult_raise_minor_check CHECK ((raise_minor >= 0)),
    CONSTRAINT voting_projectresult_score_check CHECK ((score >= 0)),
    CONSTRAINT voting_projectresult_supporters_check CHECK ((supporters >= 0)),
    CONSTRAINT winner_lacks_nothing CHECK (((((why)::text = ''::text) AND won) OR (NOT won)))
);


CREATE TABLE public.voting_tally (
    id uuid NOT NULL,
    created_at timestamp with time zone DEFAULT statement_timestamp() NOT NULL,
    rule character varying(40) NOT NULL,
    seed character varying(64) NOT NULL,
    input_digest character varying(64) NOT NULL,
    ballots integer NOT NULL,
    budget_minor bigint NOT NULL,
    spent_minor bigint NOT NULL,
    currency character varying(3) NOT NULL,
    unit_minor integer NOT NULL,
    trace jsonb NOT NULL,
    computed_at timestamp with time zone NOT NULL,
    call_id uuid NOT NULL,
    CONSTRAINT voting_tally_ballots_check CHECK ((ballots >= 0)),
    CONSTRAINT voting_tally_computed_at_finite CHECK (isfinite(computed_at)),
    CONSTRAINT voting_tally_created_at_finite CHECK (isfinite(created_at)),
    CONSTRAINT voting_tally_unit_minor_check CHECK ((unit_minor >= 0))
);


CREATE TABLE public.wagtailadmin_admin (
    id integer NOT NULL
);


ALTER TABLE public.wagtailadmin_admin ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailadmin_admin_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailadmin_editingsession (
    id integer NOT NULL,
    object_id character varying(255) NOT NULL,
    last_seen_at timestamp with time zone NOT NULL,
    content_type_id integer NOT NULL,
    user_id uuid NOT NULL,
    is_editing boolean NOT NULL
);


ALTER TABLE public.wagtailadmin_editingsession ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailadmin_editingsession_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailadmin_formstate (
    id integer NOT NULL,
    data text NOT NULL,
    object_id character varying(255) NOT NULL,
    parent_object_id character varying(255) NOT NULL,
    last_updated_at timestamp with time zone NOT NULL,
    content_type_id integer NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE public.wagtailadmin_formstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailadmin_formstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_apitoken (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    key_hash character varying(64) NOT NULL,
    prefix character varying(16) NOT NULL,
    created timestamp with time zone NOT NULL,
    revoked_at timestamp with time zone,
    last_used_at timestamp with time zone,
    user_id uuid NOT NULL
);


ALTER TABLE public.wagtailcore_apitoken ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_apitoken_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_collection (
    id integer NOT NULL,
    path character varying(255) NOT NULL COLLATE pg_catalog."C",
    depth integer NOT NULL,
    numchild integer NOT NULL,
    name character varying(255) NOT NULL,
    CONSTRAINT wagtailcore_collection_depth_check CHECK ((depth >= 0)),
    CONSTRAINT wagtailcore_collection_numchild_check CHECK ((numchild >= 0))
);


ALTER TABLE public.wagtailcore_collection ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_collection_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_collectionviewrestriction (
    id integer NOT NULL,
    restriction_type character varying(20) NOT NULL,
    password character varying(255) NOT NULL,
    collection_id integer NOT NULL
);


CREATE TABLE public.wagtailcore_collectionviewrestriction_groups (
    id bigint NOT NULL,
    collectionviewrestriction_id integer CONSTRAINT wagtailcore_collectionviewr_collectionviewrestriction__not_null NOT NULL,
    group_id integer NOT NULL
);


ALTER TABLE public.wagtailcore_collectionviewrestriction_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_collectionviewrestriction_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


ALTER TABLE public.wagtailcore_collectionviewrestriction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_collectionviewrestriction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_comment (
    id integer NOT NULL,
    text text NOT NULL,
    contentpath text NOT NULL,
    "position" text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    resolved_at timestamp with time zone,
    page_id integer NOT NULL,
    resolved_by_id uuid,
    revision_created_id integer,
    user_id uuid NOT NULL
);


ALTER TABLE public.wagtailcore_comment ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_comment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_commentreply (
    id integer NOT NULL,
    text text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    updated_at timestamp with time zone NOT NULL,
    comment_id integer NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE public.wagtailcore_commentreply ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_commentreply_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_groupapprovaltask (
    task_ptr_id integer NOT NULL
);


CREATE TABLE public.wagtailcore_groupapprovaltask_groups (
    id bigint NOT NULL,
    groupapprovaltask_id integer CONSTRAINT wagtailcore_groupapprovaltask_gro_groupapprovaltask_id_not_null NOT NULL,
    group_id integer NOT NULL
);


ALTER TABLE public.wagtailcore_groupapprovaltask_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_groupapprovaltask_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_groupcollectionpermission (
    id integer NOT NULL,
    collection_id integer NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.wagtailcore_groupcollectionpermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_groupcollectionpermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_grouppagepermission (
    id integer NOT NULL,
    group_id integer NOT NULL,
    page_id integer NOT NULL,
    permission_id integer NOT NULL
);


ALTER TABLE public.wagtailcore_grouppagepermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_grouppagepermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_groupsitepermission (
    id integer NOT NULL,
    group_id integer NOT NULL,
    permission_id integer NOT NULL,
    site_id integer NOT NULL
);


ALTER TABLE public.wagtailcore_groupsitepermission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_groupsitepermission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_locale (
    id integer NOT NULL,
    language_code character varying(100) NOT NULL
);


ALTER TABLE public.wagtailcore_locale ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_locale_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_modellogentry (
    id integer NOT NULL,
    label text NOT NULL,
    action character varying(255) NOT NULL,
    data jsonb CONSTRAINT wagtailcore_modellogentry_data_json_not_null NOT NULL,
    "timestamp" timestamp with time zone NOT NULL,
    content_changed boolean NOT NULL,
    deleted boolean NOT NULL,
    object_id character varying(255) NOT NULL,
    content_type_id integer,
    user_id uuid,
    uuid uuid,
    revision_id integer
);


ALTER TABLE public.wagtailcore_modellogentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_modellogentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_page (
    id integer NOT NULL,
    path character varying(255) NOT NULL COLLATE pg_catalog."C",
    depth integer NOT NULL,
    numchild integer NOT NULL,
    title character varying(255) NOT NULL,
    slug character varying(255) NOT NULL,
    live boolean NOT NULL,
    has_unpublished_changes boolean NOT NULL,
    url_path text NOT NULL,
    seo_title character varying(255) NOT NULL,
    show_in_menus boolean NOT NULL,
    search_description text NOT NULL,
    go_live_at timestamp with time zone,
    expire_at timestamp with time zone,
    expired boolean NOT NULL,
    content_type_id integer NOT NULL,
    owner_id uuid,
    locked boolean NOT NULL,
    latest_revision_created_at timestamp with time zone,
    first_published_at timestamp with time zone,
    live_revision_id integer,
    last_published_at timestamp with time zone,
    draft_title character varying(255) NOT NULL,
    locked_at timestamp with time zone,
    locked_by_id uuid,
    translation_key uuid NOT NULL,
    locale_id integer NOT NULL,
    alias_of_id integer,
    latest_revision_id integer,
    CONSTRAINT wagtailcore_page_depth_check CHECK ((depth >= 0)),
    CONSTRAINT wagtailcore_page_numchild_check CHECK ((numchild >= 0))
);


ALTER TABLE public.wagtailcore_page ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_page_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_pagelogentry (
    id integer NOT NULL,
    label text NOT NULL,
    action character varying(255) NOT NULL,
    data jsonb CONSTRAINT wagtailcore_pagelogentry_data_json_not_null NOT NULL,
    "timestamp" timestamp with time zone NOT NULL,
    content_changed boolean NOT NULL,
    deleted boolean NOT NULL,
    content_type_id integer,
    page_id integer NOT NULL,
    revision_id integer,
    user_id uuid,
    uuid uuid
);


ALTER TABLE public.wagtailcore_pagelogentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pagelogentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_revision (
    id integer CONSTRAINT wagtailcore_pagerevision_id_not_null NOT NULL,
    created_at timestamp with time zone CONSTRAINT wagtailcore_pagerevision_created_at_not_null NOT NULL,
    content jsonb CONSTRAINT wagtailcore_pagerevision_content_json_not_null NOT NULL,
    approved_go_live_at timestamp with time zone,
    object_id character varying(255) CONSTRAINT wagtailcore_pagerevision_page_id_not_null NOT NULL,
    user_id uuid,
    content_type_id integer NOT NULL,
    base_content_type_id integer NOT NULL,
    object_str text NOT NULL
);


ALTER TABLE public.wagtailcore_revision ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pagerevision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_pagesubscription (
    id integer NOT NULL,
    comment_notifications boolean NOT NULL,
    page_id integer NOT NULL,
    user_id uuid NOT NULL
);


ALTER TABLE public.wagtailcore_pagesubscription ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pagesubscription_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_pageviewrestriction (
    id integer NOT NULL,
    password character varying(255) NOT NULL,
    page_id integer NOT NULL,
    restriction_type character varying(20) NOT NULL
);


CREATE TABLE public.wagtailcore_pageviewrestriction_groups (
    id bigint NOT NULL,
    pageviewrestriction_id integer CONSTRAINT wagtailcore_pageviewrestriction_pageviewrestriction_id_not_null NOT NULL,
    group_id integer NOT NULL
);


ALTER TABLE public.wagtailcore_pageviewrestriction_groups ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pageviewrestriction_groups_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


ALTER TABLE public.wagtailcore_pageviewrestriction ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_pageviewrestriction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_referenceindex (
    id integer NOT NULL,
    object_id character varying(255) NOT NULL,
    to_object_id character varying(255) NOT NULL,
    model_path text NOT NULL,
    content_path text NOT NULL,
    content_path_hash uuid NOT NULL,
    base_content_type_id integer NOT NULL,
    content_type_id integer NOT NULL,
    to_content_type_id integer NOT NULL
);


ALTER TABLE public.wagtailcore_referenceindex ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_referenceindex_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_site (
    id integer NOT NULL,
    hostname character varying(255) NOT NULL,
    port integer NOT NULL,
    is_default_site boolean NOT NULL,
    root_page_id integer NOT NULL,
    site_name character varying(255) NOT NULL
);


ALTER TABLE public.wagtailcore_site ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_site_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_task (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    active boolean NOT NULL,
    content_type_id integer NOT NULL
);


ALTER TABLE public.wagtailcore_task ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_task_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_taskstate (
    id integer NOT NULL,
    status character varying(50) NOT NULL,
    started_at timestamp with time zone NOT NULL,
    finished_at timestamp with time zone,
    content_type_id integer NOT NULL,
    revision_id integer CONSTRAINT wagtailcore_taskstate_page_revision_id_not_null NOT NULL,
    task_id integer NOT NULL,
    workflow_state_id integer NOT NULL,
    finished_by_id uuid,
    comment text NOT NULL
);


ALTER TABLE public.wagtailcore_taskstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_taskstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_uploadedfile (
    id integer NOT NULL,
    file character varying(200) NOT NULL,
    for_content_type_id integer,
    uploaded_by_user_id uuid
);


ALTER TABLE public.wagtailcore_uploadedfile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_uploadedfile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_workflow (
    id integer NOT NULL,
    name character varying(255) NOT NULL,
    active boolean NOT NULL
);


ALTER TABLE public.wagtailcore_workflow ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_workflow_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_workflowcontenttype (
    content_type_id integer NOT NULL,
    workflow_id integer NOT NULL
);


CREATE TABLE public.wagtailcore_workflowpage (
    page_id integer NOT NULL,
    workflow_id integer NOT NULL
);


CREATE TABLE public.wagtailcore_workflowstate (
    id integer NOT NULL,
    status character varying(50) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    current_task_state_id integer,
    object_id character varying(255) CONSTRAINT wagtailcore_workflowstate_page_id_not_null NOT NULL,
    requested_by_id uuid,
    workflow_id integer NOT NULL,
    content_type_id integer NOT NULL,
    base_content_type_id integer NOT NULL
);


ALTER TABLE public.wagtailcore_workflowstate ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_workflowstate_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailcore_workflowtask (
    id integer NOT NULL,
    sort_order integer,
    task_id integer NOT NULL,
    workflow_id integer NOT NULL
);


ALTER TABLE public.wagtailcore_workflowtask ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailcore_workflowtask_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtaildocs_document (
    id integer NOT NULL,
    title character varying(255) NOT NULL,
    file character varying(100) NOT NULL,
    created_at timestamp with time zone NOT NULL,
    uploaded_by_user_id uuid,
    collection_id integer NOT NULL,
    file_size bigint,
    file_hash character varying(40) NOT NULL,
    CONSTRAINT wagtaildocs_document_file_size_check CHECK ((file_size >= 0))
);


ALTER TABLE public.wagtaildocs_document ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtaildocs_document_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailembeds_embed (
    id integer NOT NULL,
    url text NOT NULL,
    max_width smallint,
    type character varying(10) NOT NULL,
    html text NOT NULL,
    title text NOT NULL,
    author_name text NOT NULL,
    provider_name text NOT NULL,
    thumbnail_url text NOT NULL,
    width integer,
    height integer,
    last_updated timestamp with time zone NOT NULL,
    hash character varying(32) NOT NULL,
    cache_until timestamp with time zone
);


ALTER TABLE public.wagtailembeds_embed ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailembeds_embed_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailforms_formsubmission (
    id integer NOT NULL,
    form_data jsonb NOT NULL,
    submit_time timestamp with time zone NOT NULL,
    page_id integer NOT NULL
);


ALTER TABLE public.wagtailforms_formsubmission ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailforms_formsubmission_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailimages_image (
    id integer NOT NULL,
    title character varying(255) NOT NULL,
    file character varying(100) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    created_at timestamp with time zone NOT NULL,
    focal_point_x integer,
    focal_point_y integer,
    focal_point_width integer,
    focal_point_height integer,
    uploaded_by_user_id uuid,
    file_size integer,
    collection_id integer NOT NULL,
    file_hash character varying(40) NOT NULL,
    description character varying(255) NOT NULL,
    CONSTRAINT wagtailimages_image_file_size_check CHECK ((file_size >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_height_check CHECK ((focal_point_height >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_width_check CHECK ((focal_point_width >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_x_check CHECK ((focal_point_x >= 0)),
    CONSTRAINT wagtailimages_image_focal_point_y_check CHECK ((focal_point_y >= 0))
);


ALTER TABLE public.wagtailimages_image ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailimages_image_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailimages_rendition (
    id integer NOT NULL,
    file character varying(100) NOT NULL,
    width integer NOT NULL,
    height integer NOT NULL,
    focal_point_key character varying(16) NOT NULL,
    filter_spec character varying(255) NOT NULL,
    image_id integer NOT NULL
);


ALTER TABLE public.wagtailimages_rendition ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailimages_rendition_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailredirects_redirect (
    id integer NOT NULL,
    old_path character varying(255) NOT NULL,
    is_permanent boolean NOT NULL,
    redirect_link character varying(255) NOT NULL,
    redirect_page_id integer,
    site_id integer,
    automatically_created boolean NOT NULL,
    created_at timestamp with time zone,
    redirect_page_route_path character varying(255) NOT NULL
);


ALTER TABLE public.wagtailredirects_redirect ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailredirects_redirect_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailsearch_indexentry (
    id integer NOT NULL,
    object_id character varying(50) NOT NULL,
    title_norm double precision NOT NULL,
    content_type_id integer NOT NULL,
    autocomplete tsvector NOT NULL,
    title tsvector NOT NULL,
    body tsvector NOT NULL,
    title_text text NOT NULL,
    body_text text NOT NULL
);


ALTER TABLE public.wagtailsearch_indexentry ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailsearch_indexentry_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


CREATE TABLE public.wagtailusers_userprofile (
    id integer NOT NULL,
    submitted_notifications boolean NOT NULL,
    approved_notifications boolean NOT NULL,
    rejected_notifications boolean NOT NULL,
    user_id uuid NOT NULL,
    preferred_language character varying(10) NOT NULL,
    current_time_zone character varying(40) NOT NULL,
    avatar character varying(100) NOT NULL,
    updated_comments_notifications boolean CONSTRAINT wagtailusers_userprofile_updated_comments_notification_not_null NOT NULL,
    dismissibles jsonb NOT NULL,
    theme character varying(40) NOT NULL,
    density character varying(40) NOT NULL,
    contrast character varying(40) NOT NULL,
    keyboard_shortcuts boolean NOT NULL
);


ALTER TABLE public.wagtailusers_userprofile ALTER COLUMN id ADD GENERATED BY DEFAULT AS IDENTITY (
    SEQUENCE NAME public.wagtailusers_userprofile_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);


COPY public.access_accessrequest (id, created_at, state_since, purpose, why, days, scopes, questions, answers, reason, submitted_at, state, dataset_id, organisation_id, person_id, renews_id) FROM stdin;
\.


COPY public.access_agreement (id, created_at, basis, purpose, document, digest, agreed_at, dataset_id, organisation_id, person_id, request_id) FROM stdin;
\.


COPY public.access_grant (id, created_at, state_since, basis, purpose, scopes, granted_at, expires_at, reason, held, key_digest, state, agreement_id, dataset_id, key_person_id, organisation_id, person_id, paused) FROM stdin;
\.


COPY public.access_policy (id, created_at, terms, questions, longest_days, dataset_id) FROM stdin;
\.


COPY public.account_emailaddress (id, email, verified, "primary", user_id) FROM stdin;
\.


COPY public.account_emailconfirmation (id, created, sent, key, email_address_id) FROM stdin;
\.


COPY public.accounts_area (id, created_at, name, slug, boundary, "position", parent_id) FROM stdin;
\.


COPY public.accounts_dataexport (id, created_at, progress, archive, ready_at, expires_at, person_id) FROM stdin;
\.


COPY public.accounts_erasurerequest (id, created_at, due_at, person_id) FROM stdin;
\.


COPY public.accounts_invitation (id, created_at, email, role, token_hash, expires_at, accepted_at, invited_by_id, organisation_id) FROM stdin;
\.


COPY public.accounts_lettercount (id, created_at, mark, day, letters) FROM stdin;
\.


COPY public.accounts_mail (priority, due_at, first_tried_at, attempts, lease, leased_until, done_at, dead_at, last_error, id, created_at, address, content, about, subject, text, unsubscribe, key, person_id) FROM stdin;
\.


COPY public.accounts_membership (id, created_at, role, person_id, organisation_id) FROM stdin;
\.


COPY public.accounts_organisation (id, created_at, state_since, name, slug, kind, about, website, state) FROM stdin;
\.


COPY public.accounts_person (password, last_login, is_superuser, id, email, name, about, indexed, is_staff, is_active, joined_at, erased_at, area_id) FROM stdin;
\.


COPY public.accounts_person_groups (id, person_id, group_id) FROM stdin;
\.


COPY public.accounts_person_user_permissions (id, person_id, permission_id) FROM stdin;
\.


COPY public.accounts_registryentry (id, created_at, identity, area_id, upload_id, person) FROM stdin;
\.


COPY public.accounts_registryupload (id, created_at, lines, uploaded_by_id) FROM stdin;
\.


COPY public.accounts_residency (id, created_at, state_since, method, state, identity, document, recipient, address, code_hash, code_tries, verified_at, expires_at, area_id, person_id, address_mark, born) FROM stdin;
\.


COPY public.accounts_staffinvitation (id, created_at, state_since, email, groups, reason, token_hash, expires_at, state, invited_by_id) FROM stdin;
\.


COPY public.analytics_savedquery (id, created_at, name, revision, query, chart, shown, embed_round, saved_at, removed_at, dataset_id, owner_id, embedded_until) FROM stdin;
\.


COPY public.auth_group (id, name) FROM stdin;
1	Moderators
2	Editors
3	moderators
4	programme-managers
5	finance-officers
6	data-stewards
7	auditors
8	editors
\.


COPY public.auth_group_permissions (id, group_id, permission_id) FROM stdin;
1	1	1
2	1	2
3	1	3
4	2	1
5	2	2
6	2	3
7	1	4
8	2	4
9	1	5
10	2	5
11	1	114
12	1	115
13	1	116
14	2	114
15	2	115
16	2	116
17	1	117
18	2	117
19	7	121
20	7	125
21	7	129
22	7	133
23	7	137
24	7	141
25	7	145
26	7	149
27	7	153
28	7	157
29	8	155
30	5	169
31	5	161
32	5	173
33	5	158
34	7	161
35	7	165
36	7	169
37	7	173
38	7	177
39	7	181
40	7	185
41	7	189
42	4	193
43	5	193
44	5	206
45	7	193
46	7	198
47	7	202
48	7	206
49	7	210
50	7	214
51	7	218
52	4	226
53	4	231
54	4	234
55	4	239
56	4	242
57	4	246
58	4	219
59	4	220
60	4	222
61	5	226
62	5	230
63	5	231
64	5	234
65	5	239
66	5	242
67	5	246
68	5	219
69	5	220
70	5	222
71	5	223
72	7	226
73	7	230
74	7	234
75	7	238
76	7	242
77	7	246
78	7	250
79	7	222
80	4	258
81	4	254
82	5	258
83	5	254
84	7	258
85	7	254
86	7	262
87	5	266
88	5	270
89	5	278
90	5	282
91	5	284
92	5	286
93	6	264
94	6	266
95	6	282
96	6	278
97	7	266
98	7	270
99	7	274
100	7	278
101	7	282
102	7	286
103	5	290
104	5	294
105	5	298
106	5	302
107	5	306
108	5	287
109	7	290
110	7	294
111	7	298
112	7	302
113	7	306
114	5	318
115	5	322
116	5	354
117	5	326
118	5	358
119	5	362
120	5	330
121	5	334
122	5	366
123	5	342
124	5	374
125	5	378
126	5	350
127	7	318
128	7	322
129	7	354
130	7	326
131	7	358
132	7	330
133	7	362
134	7	314
135	7	334
136	7	378
137	7	366
138	7	338
139	7	370
140	7	342
141	7	310
142	7	374
143	7	346
144	7	350
145	5	386
146	5	390
147	5	398
148	5	402
149	5	410
150	5	382
151	7	386
152	7	382
153	7	390
154	7	394
155	7	398
156	7	402
157	7	406
158	7	410
159	7	414
160	4	416
161	4	418
162	4	426
163	4	422
164	5	418
165	5	422
166	7	426
167	7	418
168	7	422
169	4	432
170	4	434
171	4	430
172	7	434
173	7	430
174	4	458
175	4	462
176	4	438
177	4	444
178	4	446
179	6	444
180	6	446
181	7	450
182	7	454
183	7	458
184	7	462
185	7	466
186	7	438
187	7	442
188	7	446
189	3	484
190	3	486
191	7	482
192	7	486
193	7	490
194	7	470
195	7	474
196	7	478
197	3	494
198	4	492
199	4	494
200	4	518
201	7	514
202	7	518
203	7	522
204	7	526
205	7	494
206	7	498
207	7	530
208	7	502
209	7	506
210	7	510
211	3	534
212	4	531
213	4	532
214	4	534
215	4	535
216	4	536
217	4	537
218	4	538
219	4	539
220	7	539
221	7	534
222	6	543
223	7	543
224	6	579
225	6	547
226	6	551
227	6	555
228	6	567
229	6	575
230	7	579
231	7	547
232	7	551
233	7	555
234	7	559
235	7	563
236	7	567
237	7	571
238	7	575
239	6	581
240	6	583
241	7	583
242	6	587
243	6	591
244	6	595
245	6	597
246	6	599
247	7	595
248	7	587
249	7	591
250	7	599
251	6	640
252	6	611
253	6	613
254	6	615
255	6	648
256	6	619
257	6	621
258	6	623
259	6	600
260	6	601
261	6	603
262	6	636
263	6	605
264	6	638
265	6	607
266	7	640
267	7	611
268	7	644
269	7	615
270	7	648
271	7	619
272	7	652
273	7	623
274	7	628
275	7	632
276	7	603
277	7	636
278	7	607
279	7	656
280	7	660
281	3	680
282	3	668
283	3	678
284	4	678
285	4	680
286	4	661
287	4	662
288	4	664
289	5	680
290	6	704
291	6	700
292	6	698
293	6	668
294	6	701
295	7	672
296	7	704
297	7	668
298	7	676
299	7	708
300	7	680
301	7	712
302	7	684
303	7	664
304	7	688
305	7	692
306	7	696
307	7	700
308	7	716
309	7	720
310	7	724
311	7	728
312	7	732
313	8	737
314	8	738
315	8	739
316	8	4
317	5	962
318	5	934
319	5	938
320	5	1034
321	5	942
322	5	910
323	5	894
324	5	918
325	5	954
326	5	958
327	5	922
328	7	962
329	7	934
330	7	938
331	7	1034
332	7	942
333	7	910
334	7	894
335	7	918
336	7	954
337	7	958
338	7	922
\.


COPY public.auth_permission (id, name, content_type_id, codename) FROM stdin;
1	Can add image	2	add_image
2	Can change image	2	change_image
3	Can delete image	2	delete_image
4	Can access Wagtail admin	3	access_admin
5	Can choose image	2	choose_image
6	Can add locale	5	add_locale
7	Can change locale	5	change_locale
8	Can delete locale	5	delete_locale
9	Can view locale	5	view_locale
10	Can add site	6	add_site
11	Can change site	6	change_site
12	Can delete site	6	delete_site
13	Can view site	6	view_site
14	Can add group site permission	7	add_groupsitepermission
15	Can change group site permission	7	change_groupsitepermission
16	Can delete group site permission	7	delete_groupsitepermission
17	Can view group site permission	7	view_groupsitepermission
18	Can add API token	8	add_apitoken
19	Can change API token	8	change_apitoken
20	Can delete API token	8	delete_apitoken
21	Can view API token	8	view_apitoken
22	Can add model log entry	9	add_modellogentry
23	Can change model log entry	9	change_modellogentry
24	Can delete model log entry	9	delete_modellogentry
25	Can view model log entry	9	view_modellogentry
26	Can add revision	10	add_revision
27	Can change revision	10	change_revision
28	Can delete revision	10	delete_revision
29	Can view revision	10	view_revision
30	Can add collection view restriction	11	add_collectionviewrestriction
31	Can change collection view restriction	11	change_collectionviewrestriction
32	Can delete collection view restriction	11	delete_collectionviewrestriction
33	Can view collection view restriction	11	view_collectionviewrestriction
34	Can add collection	12	add_collection
35	Can change collection	12	change_collection
36	Can delete collection	12	delete_collection
37	Can view collection	12	view_collection
38	Can add group collection permission	13	add_groupcollectionpermission
39	Can change group collection permission	13	change_groupcollectionpermission
40	Can delete group collection permission	13	delete_groupcollectionpermission
41	Can view group collection permission	13	view_groupcollectionpermission
42	Can add uploaded file	14	add_uploadedfile
43	Can change uploaded file	14	change_uploadedfile
44	Can delete uploaded file	14	delete_uploadedfile
45	Can view uploaded file	14	view_uploadedfile
46	Can add workflow content type	15	add_workflowcontenttype
47	Can change workflow content type	15	change_workflowcontenttype
48	Can delete workflow content type	15	delete_workflowcontenttype
49	Can view workflow content type	15	view_workflowcontenttype
50	Can add Workflow state	16	add_workflowstate
51	Can change Workflow state	16	change_workflowstate
52	Can delete Workflow state	16	delete_workflowstate
53	Can view Workflow state	16	view_workflowstate
54	Can add workflow	17	add_workflow
55	Can change workflow	17	change_workflow
56	Can delete workflow	17	delete_workflow
57	Can view workflow	17	view_workflow
58	Can add workflow task order	18	add_workflowtask
59	Can change workflow task order	18	change_workflowtask
60	Can delete workflow task order	18	delete_workflowtask
61	Can view workflow task order	18	view_workflowtask
62	Can add task	19	add_task
63	Can change task	19	change_task
64	Can delete task	19	delete_task
65	Can view task	19	view_task
66	Can add Group approval task	4	add_groupapprovaltask
67	Can change Group approval task	4	change_groupapprovaltask
68	Can delete Group approval task	4	delete_groupapprovaltask
69	Can view Group approval task	4	view_groupapprovaltask
70	Can add Task state	20	add_taskstate
71	Can change Task state	20	change_taskstate
72	Can delete Task state	20	delete_taskstate
73	Can view Task state	20	view_taskstate
74	Can add page	1	add_page
75	Can change page	1	change_page
76	Can delete page	1	delete_page
77	Can view page	1	view_page
78	Delete pages with children	1	bulk_delete_page
79	Lock/unlock pages you've locked	1	lock_page
80	Publish any page	1	publish_page
81	Unlock any page	1	unlock_page
82	Can add group page permission	21	add_grouppagepermission
83	Can change group page permission	21	change_grouppagepermission
84	Can delete group page permission	21	delete_grouppagepermission
85	Can view group page permission	21	view_grouppagepermission
86	Can add page view restriction	22	add_pageviewrestriction
87	Can change page view restriction	22	change_pageviewrestriction
88	Can delete page view restriction	22	delete_pageviewrestriction
89	Can view page view restriction	22	view_pageviewrestriction
90	Can add workflow page	23	add_workflowpage
91	Can change workflow page	23	change_workflowpage
92	Can delete workflow page	23	delete_workflowpage
93	Can view workflow page	23	view_workflowpage
94	Can add page log entry	24	add_pagelogentry
95	Can change page log entry	24	change_pagelogentry
96	Can delete page log entry	24	delete_pagelogentry
97	Can view page log entry	24	view_pagelogentry
98	Can add comment	25	add_comment
99	Can change comment	25	change_comment
100	Can delete comment	25	delete_comment
101	Can view comment	25	view_comment
102	Can add comment reply	26	add_commentreply
103	Can change comment reply	26	change_commentreply
104	Can delete comment reply	26	delete_commentreply
105	Can view comment reply	26	view_commentreply
106	Can add page subscription	27	add_pagesubscription
107	Can change page subscription	27	change_pagesubscription
108	Can delete page subscription	27	delete_pagesubscription
109	Can view page subscription	27	view_pagesubscription
110	Can add reference index	28	add_referenceindex
111	Can change reference index	28	change_referenceindex
112	Can delete reference index	28	delete_referenceindex
113	Can view reference index	28	view_referenceindex
114	Can add document	29	add_document
115	Can change document	29	change_document
116	Can delete document	29	delete_document
117	Can choose document	29	choose_document
118	Can add demo city	30	add_city
119	Can change demo city	30	change_city
120	Can delete demo city	30	delete_city
121	Can view demo city	30	view_city
122	Can add message	31	add_message
123	Can change message	31	change_message
124	Can delete message	31	delete_message
125	Can view message	31	view_message
126	Can add numbers	32	add_numbers
127	Can change numbers	32	change_numbers
128	Can delete numbers	32	delete_numbers
129	Can view numbers	32	view_numbers
130	Can add text of a call	33	add_callpage
131	Can change text of a call	33	change_callpage
132	Can delete text of a call	33	delete_callpage
133	Can view text of a call	33	view_callpage
134	Can add home page	34	add_homepage
135	Can change home page	34	change_homepage
136	Can delete home page	34	delete_homepage
137	Can view home page	34	view_homepage
138	Can add help index	35	add_helpindexpage
139	Can change help index	35	change_helpindexpage
140	Can delete help index	35	delete_helpindexpage
141	Can view help index	35	view_helpindexpage
142	Can add page	36	add_standardpage
143	Can change page	36	change_standardpage
144	Can delete page	36	delete_standardpage
145	Can view page	36	view_standardpage
146	Can add story index	37	add_storyindexpage
147	Can change story index	37	change_storyindexpage
148	Can delete story index	37	delete_storyindexpage
149	Can view story index	37	view_storyindexpage
150	Can add story	38	add_storypage
151	Can change story	38	change_storypage
152	Can delete story	38	delete_storypage
153	Can view story	38	view_storypage
154	Can add name and look	39	add_sitesettings
155	Can change name and look	39	change_sitesettings
156	Can delete name and look	39	delete_sitesettings
157	Can view name and look	39	view_sitesettings
158	Can add issuer of invoices	40	add_issuer
159	Can change issuer of invoices	40	change_issuer
160	Can delete issuer of invoices	40	delete_issuer
161	Can view issuer of invoices	40	view_issuer
162	Can add series of invoices	41	add_invoiceseries
163	Can change series of invoices	41	change_invoiceseries
164	Can delete series of invoices	41	delete_invoiceseries
165	Can view series of invoices	41	view_invoiceseries
166	Can add invoice	42	add_invoice
167	Can change invoice	42	change_invoice
168	Can delete invoice	42	delete_invoice
169	Can view invoice	42	view_invoice
170	Can add payment of an invoice	43	add_invoicepayment
171	Can change payment of an invoice	43	change_invoicepayment
172	Can delete payment of an invoice	43	delete_invoicepayment
173	Can view payment of an invoice	43	view_invoicepayment
174	Can add reversed payment of an invoice	44	add_invoicepaymentreversal
175	Can change reversed payment of an invoice	44	change_invoicepaymentreversal
176	Can delete reversed payment of an invoice	44	delete_invoicepaymentreversal
177	Can view reversed payment of an invoice	44	view_invoicepaymentreversal
178	Can add credited payment of an invoice	45	add_creditedpayment
179	Can change credited payment of an invoice	45	change_creditedpayment
180	Can delete credited payment of an invoice	45	delete_creditedpayment
181	Can view credited payment of an invoice	45	view_creditedpayment
182	Can add document of an invoice	46	add_invoicedocument
183	Can change document of an invoice	46	change_invoicedocument
184	Can delete document of an invoice	46	delete_invoicedocument
185	Can view document of an invoice	46	view_invoicedocument
186	Can add reminder	47	add_invoicereminder
187	Can change reminder	47	change_invoicereminder
188	Can delete reminder	47	delete_invoicereminder
189	Can view reminder	47	view_invoicereminder
190	Can add campaign	48	add_campaign
191	Can change campaign	48	change_campaign
192	Can delete campaign	48	delete_campaign
193	Can view campaign	48	view_campaign
194	Can open and cancel campaigns	48	run_campaign
195	Can add stretch goal	49	add_stretchgoal
196	Can change stretch goal	49	change_stretchgoal
197	Can delete stretch goal	49	delete_stretchgoal
198	Can view stretch goal	49	view_stretchgoal
199	Can add total of a campaign	50	add_campaigntotal
200	Can change total of a campaign	50	change_campaigntotal
201	Can delete total of a campaign	50	delete_campaigntotal
202	Can view total of a campaign	50	view_campaigntotal
203	Can add pledge	51	add_pledge
204	Can change pledge	51	change_pledge
205	Can delete pledge	51	delete_pledge
206	Can view pledge	51	view_pledge
207	Can add instalment	52	add_instalment
208	Can change instalment	52	change_instalment
209	Can delete instalment	52	delete_instalment
210	Can view instalment	52	view_instalment
211	Can add pledge standing	53	add_pledgestanding
212	Can change pledge standing	53	change_pledgestanding
213	Can delete pledge standing	53	delete_pledgestanding
214	Can view pledge standing	53	view_pledgestanding
215	Can add instalment standing	54	add_instalmentstanding
216	Can change instalment standing	54	change_instalmentstanding
217	Can delete instalment standing	54	delete_instalmentstanding
218	Can view instalment standing	54	view_instalmentstanding
219	Can add match fund	55	add_matchfund
220	Can change match fund	55	change_matchfund
221	Can delete match fund	55	delete_matchfund
222	Can view match fund	55	view_matchfund
223	Can add deposit	56	add_deposit
224	Can change deposit	56	change_deposit
225	Can delete deposit	56	delete_deposit
226	Can view deposit	56	view_deposit
227	Can add return to a funder	57	add_fundreturn
228	Can change return to a funder	57	change_fundreturn
229	Can delete return to a funder	57	delete_fundreturn
230	Can view return to a funder	57	view_fundreturn
231	Can add match allocation	58	add_allocation
232	Can change match allocation	58	change_allocation
233	Can delete match allocation	58	delete_allocation
234	Can view match allocation	58	view_allocation
235	Can add match of a pledge	59	add_matchline
236	Can change match of a pledge	59	change_matchline
237	Can delete match of a pledge	59	delete_matchline
238	Can view match of a pledge	59	view_matchline
239	Can add related party	60	add_exclusion
240	Can change related party	60	change_exclusion
241	Can delete related party	60	delete_exclusion
242	Can view related party	60	view_exclusion
243	Can add challenge	61	add_challenge
244	Can change challenge	61	change_challenge
245	Can delete challenge	61	delete_challenge
246	Can view challenge	61	view_challenge
247	Can add allocation standing	62	add_allocationstanding
248	Can change allocation standing	62	change_allocationstanding
249	Can delete allocation standing	62	delete_allocationstanding
250	Can view allocation standing	62	view_allocationstanding
251	Can add sponsor package	63	add_package
252	Can change sponsor package	63	change_package
253	Can delete sponsor package	63	delete_package
254	Can view sponsor package	63	view_package
255	Can add sponsorship	64	add_sponsorship
256	Can change sponsorship	64	change_sponsorship
257	Can delete sponsorship	64	delete_sponsorship
258	Can view sponsorship	64	view_sponsorship
259	Can add sponsorship standing	65	add_sponsorshipstanding
260	Can change sponsorship standing	65	change_sponsorshipstanding
261	Can delete sponsorship standing	65	delete_sponsorshipstanding
262	Can view sponsorship standing	65	view_sponsorshipstanding
263	Can add data need	66	add_dataneed
264	Can change data need	66	change_dataneed
265	Can delete data need	66	delete_dataneed
266	Can view data need	66	view_dataneed
267	Can add gift to a bounty	67	add_bountygift
268	Can change gift to a bounty	67	change_bountygift
269	Can delete gift to a bounty	67	delete_bountygift
270	Can view gift to a bounty	67	view_bountygift
271	Can add gift standing	68	add_giftstanding
272	Can change gift standing	68	change_giftstanding
273	Can delete gift standing	68	delete_giftstanding
274	Can view gift standing	68	view_giftstanding
275	Can add offer	69	add_offer
276	Can change offer	69	change_offer
277	Can delete offer	69	delete_offer
278	Can view offer	69	view_offer
279	Can add delivery	70	add_delivery
280	Can change delivery	70	change_delivery
281	Can delete delivery	70	delete_delivery
282	Can view delivery	70	view_delivery
283	Can add payout of a bounty	71	add_bountypayout
284	Can change payout of a bounty	71	change_bountypayout
285	Can delete payout of a bounty	71	delete_bountypayout
286	Can view payout of a bounty	71	view_bountypayout
287	Can add hold	72	add_hold
288	Can change hold	72	change_hold
289	Can delete hold	72	delete_hold
290	Can view hold	72	view_hold
291	Can add bank details	73	add_bankdetails
292	Can change bank details	73	change_bankdetails
293	Can delete bank details	73	delete_bankdetails
294	Can view bank details	73	view_bankdetails
295	Can add payout	74	add_payout
296	Can change payout	74	change_payout
297	Can delete payout	74	delete_payout
298	Can view payout	74	view_payout
299	Can add approval	75	add_approval
300	Can change approval	75	change_approval
301	Can delete approval	75	delete_approval
302	Can view approval	75	view_approval
303	Can add return of what is left	76	add_return
304	Can change return of what is left	76	change_return
305	Can delete return of what is left	76	delete_return
306	Can view return of what is left	76	view_return
307	Can add payment method	77	add_method
308	Can change payment method	77	change_method
309	Can delete payment method	77	delete_method
310	Can view payment method	77	view_method
311	Can add saving of a method	78	add_methodsetup
312	Can change saving of a method	78	change_methodsetup
313	Can delete saving of a method	78	delete_methodsetup
314	Can view saving of a method	78	view_methodsetup
315	Can add payment file	79	add_bankorder
316	Can change payment file	79	change_bankorder
317	Can delete payment file	79	delete_bankorder
318	Can view payment file	79	view_bankorder
319	Can add charge	80	add_charge
320	Can change charge	80	change_charge
321	Can delete charge	80	delete_charge
322	Can view charge	80	view_charge
323	Can add refund	81	add_refund
324	Can change refund	81	change_refund
325	Can delete refund	81	delete_refund
326	Can view refund	81	view_refund
327	Can add transfer	82	add_transfer
328	Can change transfer	82	change_transfer
329	Can delete transfer	82	delete_transfer
330	Can view transfer	82	view_transfer
331	Can add dispute	83	add_dispute
332	Can change dispute	83	change_dispute
333	Can delete dispute	83	delete_dispute
334	Can view dispute	83	view_dispute
335	Can add charge standing	84	add_chargestanding
336	Can change charge standing	84	change_chargestanding
337	Can delete charge standing	84	delete_chargestanding
338	Can view charge standing	84	view_chargestanding
339	Can add claim	85	add_claim
340	Can change claim	85	change_claim
341	Can delete claim	85	delete_claim
342	Can view claim	85	view_claim
343	Can add demo payment	86	add_demopayment
344	Can change demo payment	86	change_demopayment
345	Can delete demo payment	86	delete_demopayment
346	Can view demo payment	86	view_demopayment
347	Can add command	87	add_command
348	Can change command	87	change_command
349	Can delete command	87	delete_command
350	Can view command	87	view_command
351	Can add message	88	add_message
352	Can change message	88	change_message
353	Can delete message	88	delete_message
354	Can view message	88	view_message
355	Can add mirror job	89	add_mirrorjob
356	Can change mirror job	89	change_mirrorjob
357	Can delete mirror job	89	delete_mirrorjob
358	Can view mirror job	89	view_mirrorjob
359	Can add bank statement	90	add_statement
360	Can change bank statement	90	change_statement
361	Can delete bank statement	90	delete_statement
362	Can view bank statement	90	view_statement
363	Can add statement line	91	add_statementline
364	Can change statement line	91	change_statementline
365	Can delete statement line	91	delete_statementline
366	Can view statement line	91	view_statementline
367	Can add what a line has paid	92	add_linepayment
368	Can change what a line has paid	92	change_linepayment
369	Can delete what a line has paid	92	delete_linepayment
370	Can view what a line has paid	92	view_linepayment
371	Can add settlement	93	add_settlement
372	Can change settlement	93	change_settlement
373	Can delete settlement	93	delete_settlement
374	Can view settlement	93	view_settlement
375	Can add reconciliation	94	add_reconciliation
376	Can change reconciliation	94	change_reconciliation
377	Can delete reconciliation	94	delete_reconciliation
378	Can view reconciliation	94	view_reconciliation
379	Can add account	95	add_account
380	Can change account	95	change_account
381	Can delete account	95	delete_account
382	Can view account	95	view_account
383	Can add entry	96	add_entry
384	Can change entry	96	change_entry
385	Can delete entry	96	delete_entry
386	Can view entry	96	view_entry
387	Can add posting	97	add_posting
388	Can change posting	97	change_posting
389	Can delete posting	97	delete_posting
390	Can view posting	97	view_posting
391	Can add outflow	98	add_outflow
392	Can change outflow	98	change_outflow
393	Can delete outflow	98	delete_outflow
394	Can view outflow	98	view_outflow
395	Can add checkpoint	99	add_checkpoint
396	Can change checkpoint	99	change_checkpoint
397	Can delete checkpoint	99	delete_checkpoint
398	Can view checkpoint	99	view_checkpoint
399	Can add link	100	add_link
400	Can change link	100	change_link
401	Can delete link	100	delete_link
402	Can view link	100	view_link
403	Can add unlinked	101	add_unlinked
404	Can change unlinked	101	change_unlinked
405	Can delete unlinked	101	delete_unlinked
406	Can view unlinked	101	view_unlinked
407	Can add daily root	102	add_dailyroot
408	Can change daily root	102	change_dailyroot
409	Can delete daily root	102	delete_dailyroot
410	Can view daily root	102	view_dailyroot
411	Can add subscriber of daily roots	103	add_rootsubscriber
412	Can change subscriber of daily roots	103	change_rootsubscriber
413	Can delete subscriber of daily roots	103	delete_rootsubscriber
414	Can view subscriber of daily roots	103	view_rootsubscriber
415	Can add milestone	104	add_milestone
416	Can change milestone	104	change_milestone
417	Can delete milestone	104	delete_milestone
418	Can view milestone	104	view_milestone
419	Can add evidence	105	add_evidence
420	Can change evidence	105	change_evidence
421	Can delete evidence	105	delete_evidence
422	Can view evidence	105	view_evidence
423	Can add update	106	add_update
424	Can change update	106	change_update
425	Can delete update	106	delete_update
426	Can view update	106	view_update
427	Can add wanted help	107	add_want
428	Can change wanted help	107	change_want
429	Can delete wanted help	107	delete_want
430	Can view wanted help	107	view_want
431	Can add contribution	108	add_contribution
432	Can change contribution	108	change_contribution
433	Can delete contribution	108	delete_contribution
434	Can view contribution	108	view_contribution
435	Can add ballot	109	add_ballot
436	Can change ballot	109	change_ballot
437	Can delete ballot	109	delete_ballot
438	Can view ballot	109	view_ballot
439	Can add ballot line	110	add_ballotline
440	Can change ballot line	110	change_ballotline
441	Can delete ballot line	110	delete_ballotline
442	Can view ballot line	110	view_ballotline
443	Can add paper ballot	111	add_paperballot
444	Can change paper ballot	111	change_paperballot
445	Can delete paper ballot	111	delete_paperballot
446	Can view paper ballot	111	view_paperballot
447	Can add paper entry	112	add_paperentry
448	Can change paper entry	112	change_paperentry
449	Can delete paper entry	112	delete_paperentry
450	Can view paper entry	112	view_paperentry
451	Can add paper voter	113	add_papervoter
452	Can change paper voter	113	change_papervoter
453	Can delete paper voter	113	delete_papervoter
454	Can view paper voter	113	view_papervoter
455	Can add poll	114	add_poll
456	Can change poll	114	change_poll
457	Can delete poll	114	delete_poll
458	Can view poll	114	view_poll
459	Can add tally	115	add_tally
460	Can change tally	115	change_tally
461	Can delete tally	115	delete_tally
462	Can view tally	115	view_tally
463	Can add project result	116	add_projectresult
464	Can change project result	116	change_projectresult
465	Can delete project result	116	delete_projectresult
466	Can view project result	116	view_projectresult
467	Can add comment	117	add_comment
468	Can change comment	117	change_comment
469	Can delete comment	117	delete_comment
470	Can view comment	117	view_comment
471	Can add earlier text	118	add_commentrevision
472	Can change earlier text	118	change_commentrevision
473	Can delete earlier text	118	delete_commentrevision
474	Can view earlier text	118	view_commentrevision
475	Can add follow	119	add_follow
476	Can change follow	119	change_follow
477	Can delete follow	119	delete_follow
478	Can view follow	119	view_follow
479	Can add discussion count	120	add_discussioncount
480	Can change discussion count	120	change_discussioncount
481	Can delete discussion count	120	delete_discussioncount
482	Can view discussion count	120	view_discussioncount
483	Can add moderation case	121	add_moderationcase
484	Can change moderation case	121	change_moderationcase
485	Can delete moderation case	121	delete_moderationcase
486	Can view moderation case	121	view_moderationcase
487	Can add report	122	add_report
488	Can change report	122	change_report
489	Can delete report	122	delete_report
490	Can view report	122	view_report
491	Can add project	123	add_project
492	Can change project	123	change_project
493	Can delete project	123	delete_project
494	Can view project	123	view_project
495	Can add cost line	124	add_costline
496	Can change cost line	124	change_costline
497	Can delete cost line	124	delete_costline
498	Can view cost line	124	view_costline
499	Can add team member	125	add_teammember
500	Can change team member	125	change_teammember
501	Can delete team member	125	delete_teammember
502	Can view team member	125	view_teammember
503	Can add team invitation	126	add_teaminvitation
504	Can change team invitation	126	change_teaminvitation
505	Can delete team invitation	126	delete_teaminvitation
506	Can view team invitation	126	view_teaminvitation
507	Can add participant goal	127	add_participantgoal
508	Can change participant goal	127	change_participantgoal
509	Can delete participant goal	127	delete_participantgoal
510	Can view participant goal	127	view_participantgoal
511	Can add picture	128	add_picture
512	Can change picture	128	change_picture
513	Can delete picture	128	delete_picture
514	Can view picture	128	view_picture
515	Can add revision	129	add_projectrevision
516	Can change revision	129	change_projectrevision
517	Can delete revision	129	delete_projectrevision
518	Can view revision	129	view_projectrevision
519	Can add support	130	add_support
520	Can change support	130	change_support
521	Can delete support	130	delete_support
522	Can view support	130	view_support
523	Can add support change	131	add_supportchange
524	Can change support change	131	change_supportchange
525	Can delete support change	131	delete_supportchange
526	Can view support change	131	view_supportchange
527	Can add support count	132	add_supportcount
528	Can change support count	132	change_supportcount
529	Can delete support count	132	delete_supportcount
530	Can view support count	132	view_supportcount
531	Can add call	133	add_call
532	Can change call	133	change_call
533	Can delete call	133	delete_call
534	Can view call	133	view_call
535	Can run this call (phases, review, tally)	133	manage_call
536	Can add phase	134	add_phase
537	Can change phase	134	change_phase
538	Can delete phase	134	delete_phase
539	Can view phase	134	view_phase
540	Can add saved query	135	add_savedquery
541	Can change saved query	135	change_savedquery
542	Can delete saved query	135	delete_savedquery
543	Can view saved query	135	view_savedquery
544	Can add collection of shared data	136	add_collection
545	Can change collection of shared data	136	change_collection
546	Can delete collection of shared data	136	delete_collection
547	Can view collection of shared data	136	view_collection
548	Can add purpose	137	add_purpose
549	Can change purpose	137	change_purpose
550	Can delete purpose	137	delete_purpose
551	Can view purpose	137	view_purpose
552	Can add notice	138	add_notice
553	Can change notice	138	change_notice
554	Can delete notice	138	delete_notice
555	Can view notice	138	view_notice
556	Can add submission	139	add_submission
557	Can change submission	139	change_submission
558	Can delete submission	139	delete_submission
559	Can view submission	139	view_submission
560	Can add consent	140	add_consent
561	Can change consent	140	change_consent
562	Can delete consent	140	delete_consent
563	Can view consent	140	view_consent
564	Can add release	141	add_release
565	Can change release	141	change_release
566	Can delete release	141	delete_release
567	Can view release	141	view_release
568	Can add consent in a release	142	add_inclusion
569	Can change consent in a release	142	change_inclusion
570	Can delete consent in a release	142	delete_inclusion
571	Can view consent in a release	142	view_inclusion
572	Can add deletion	143	add_deletion
573	Can change deletion	143	change_deletion
574	Can delete deletion	143	delete_deletion
575	Can view deletion	143	view_deletion
576	Can add request about one's rights	144	add_rightsrequest
577	Can change request about one's rights	144	change_rightsrequest
578	Can delete request about one's rights	144	delete_rightsrequest
579	Can view request about one's rights	144	view_rightsrequest
580	Can add reuse	145	add_reuse
581	Can change reuse	145	change_reuse
582	Can delete reuse	145	delete_reuse
583	Can view reuse	145	view_reuse
584	Can add access policy	146	add_policy
585	Can change access policy	146	change_policy
586	Can delete access policy	146	delete_policy
587	Can view access policy	146	view_policy
588	Can add access request	147	add_accessrequest
589	Can change access request	147	change_accessrequest
590	Can delete access request	147	delete_accessrequest
591	Can view access request	147	view_accessrequest
592	Can add agreement	148	add_agreement
593	Can change agreement	148	change_agreement
594	Can delete agreement	148	delete_agreement
595	Can view agreement	148	view_agreement
596	Can add grant	149	add_grant
597	Can change grant	149	change_grant
598	Can delete grant	149	delete_grant
599	Can view grant	149	view_grant
600	Can add harvested catalogue	150	add_source
601	Can change harvested catalogue	150	change_source
602	Can delete harvested catalogue	150	delete_source
603	Can view harvested catalogue	150	view_source
604	Can add harvest	151	add_harvest
605	Can change harvest	151	change_harvest
606	Can delete harvest	151	delete_harvest
607	Can view harvest	151	view_harvest
608	Can add record of a harvest	152	add_harvestrecord
609	Can change record of a harvest	152	change_harvestrecord
610	Can delete record of a harvest	152	delete_harvestrecord
611	Can view record of a harvest	152	view_harvestrecord
612	Can add step of a harvest	153	add_harveststep
613	Can change step of a harvest	153	change_harveststep
614	Can delete step of a harvest	153	delete_harveststep
615	Can view step of a harvest	153	view_harveststep
616	Can add series	154	add_series
617	Can change series	154	change_series
618	Can delete series	154	delete_series
619	Can view series	154	view_series
620	Can add dataset	155	add_dataset
621	Can change dataset	155	change_dataset
622	Can delete dataset	155	delete_dataset
623	Can view dataset	155	view_dataset
624	Can read the rows	155	read_rows
625	Can add original of a harvested dataset	156	add_original
626	Can change original of a harvested dataset	156	change_original
627	Can delete original of a harvested dataset	156	delete_original
628	Can view original of a harvested dataset	156	view_original
629	Can add follow of a dataset	157	add_follow
630	Can change follow of a dataset	157	change_follow
631	Can delete follow of a dataset	157	delete_follow
632	Can view follow of a dataset	157	view_follow
633	Can add upload	158	add_upload
634	Can change upload	158	change_upload
635	Can delete upload	158	delete_upload
636	Can view upload	158	view_upload
637	Can add step of an upload	159	add_uploadstep
638	Can change step of an upload	159	change_uploadstep
639	Can delete step of an upload	159	delete_uploadstep
640	Can view step of an upload	159	view_uploadstep
641	Can add rejected row	160	add_rejectedrow
642	Can change rejected row	160	change_rejectedrow
643	Can delete rejected row	160	delete_rejectedrow
644	Can view rejected row	160	view_rejectedrow
645	Can add revision	161	add_revision
646	Can change revision	161	change_revision
647	Can delete revision	161	delete_revision
648	Can view revision	161	view_revision
649	Can add distribution	162	add_distribution
650	Can change distribution	162	change_distribution
651	Can delete distribution	162	delete_distribution
652	Can view distribution	162	view_distribution
653	Can add notification	163	add_notification
654	Can change notification	163	change_notification
655	Can delete notification	163	delete_notification
656	Can view notification	163	view_notification
657	Can add notification preference	164	add_preference
658	Can change notification preference	164	change_preference
659	Can delete notification preference	164	delete_preference
660	Can view notification preference	164	view_preference
661	Can add area	165	add_area
662	Can change area	165	change_area
663	Can delete area	165	delete_area
664	Can view area	165	view_area
665	Can add person	166	add_person
666	Can change person	166	change_person
667	Can delete person	166	delete_person
668	Can view person	166	view_person
669	Can add count of letters to strangers	167	add_lettercount
670	Can change count of letters to strangers	167	change_lettercount
671	Can delete count of letters to strangers	167	delete_lettercount
672	Can view count of letters to strangers	167	view_lettercount
673	Can add mail	168	add_mail
674	Can change mail	168	change_mail
675	Can delete mail	168	delete_mail
676	Can view mail	168	view_mail
677	Can add organisation	169	add_organisation
678	Can change organisation	169	change_organisation
679	Can delete organisation	169	delete_organisation
680	Can view organisation	169	view_organisation
681	Can add membership	170	add_membership
682	Can change membership	170	change_membership
683	Can delete membership	170	delete_membership
684	Can view membership	170	view_membership
685	Can add invitation	171	add_invitation
686	Can change invitation	171	change_invitation
687	Can delete invitation	171	delete_invitation
688	Can view invitation	171	view_invitation
689	Can add data export	172	add_dataexport
690	Can change data export	172	change_dataexport
691	Can delete data export	172	delete_dataexport
692	Can view data export	172	view_dataexport
693	Can add erasure request	173	add_erasurerequest
694	Can change erasure request	173	change_erasurerequest
695	Can delete erasure request	173	delete_erasurerequest
696	Can view erasure request	173	view_erasurerequest
697	Can add residency	174	add_residency
698	Can change residency	174	change_residency
699	Can delete residency	174	delete_residency
700	Can view residency	174	view_residency
701	Can add registry upload	175	add_registryupload
702	Can change registry upload	175	change_registryupload
703	Can delete registry upload	175	delete_registryupload
704	Can view registry upload	175	view_registryupload
705	Can add registry entry	176	add_registryentry
706	Can change registry entry	176	change_registryentry
707	Can delete registry entry	176	delete_registryentry
708	Can view registry entry	176	view_registryentry
709	Can add invitation of staff	177	add_staffinvitation
710	Can change invitation of staff	177	change_staffinvitation
711	Can delete invitation of staff	177	delete_staffinvitation
712	Can view invitation of staff	177	view_staffinvitation
713	Can add event	178	add_event
714	Can change event	178	change_event
715	Can delete event	178	delete_event
716	Can view event	178	view_event
717	Can add outbox	179	add_outbox
718	Can change outbox	179	change_outbox
719	Can delete outbox	179	delete_outbox
720	Can view outbox	179	view_outbox
721	Can add delivery	180	add_delivery
722	Can change delivery	180	change_delivery
723	Can delete delivery	180	delete_delivery
724	Can view delivery	180	view_delivery
725	Can add row put off	181	add_putoff
726	Can change row put off	181	change_putoff
727	Can delete row put off	181	delete_putoff
728	Can view row put off	181	view_putoff
729	Can add seal	182	add_seal
730	Can change seal	182	change_seal
731	Can delete seal	182	delete_seal
732	Can view seal	182	view_seal
733	Can add form submission	183	add_formsubmission
734	Can change form submission	183	change_formsubmission
735	Can delete form submission	183	delete_formsubmission
736	Can view form submission	183	view_formsubmission
737	Can add redirect	184	add_redirect
738	Can change redirect	184	change_redirect
739	Can delete redirect	184	delete_redirect
740	Can view redirect	184	view_redirect
741	Can add embed	185	add_embed
742	Can change embed	185	change_embed
743	Can delete embed	185	delete_embed
744	Can view embed	185	view_embed
745	Can add user profile	186	add_userprofile
746	Can change user profile	186	change_userprofile
747	Can delete user profile	186	delete_userprofile
748	Can view user profile	186	view_userprofile
749	Can view document	29	view_document
750	Can view image	2	view_image
751	Can add rendition	187	add_rendition
752	Can change rendition	187	change_rendition
753	Can delete rendition	187	delete_rendition
754	Can view rendition	187	view_rendition
755	Can add index entry	188	add_indexentry
756	Can change index entry	188	change_indexentry
757	Can delete index entry	188	delete_indexentry
758	Can view index entry	188	view_indexentry
759	Can add editing session	189	add_editingsession
760	Can change editing session	189	change_editingsession
761	Can delete editing session	189	delete_editingsession
762	Can view editing session	189	view_editingsession
763	Can add form state	190	add_formstate
764	Can change form state	190	change_formstate
765	Can delete form state	190	delete_formstate
766	Can view form state	190	view_formstate
767	Can add tag	191	add_tag
768	Can change tag	191	change_tag
769	Can delete tag	191	delete_tag
770	Can view tag	191	view_tag
771	Can add tagged item	192	add_taggeditem
772	Can change tagged item	192	change_taggeditem
773	Can delete tagged item	192	delete_taggeditem
774	Can view tagged item	192	view_taggeditem
775	Can add email address	193	add_emailaddress
776	Can change email address	193	change_emailaddress
777	Can delete email address	193	delete_emailaddress
778	Can view email address	193	view_emailaddress
779	Can add email confirmation	194	add_emailconfirmation
780	Can change email confirmation	194	change_emailconfirmation
781	Can delete email confirmation	194	delete_emailconfirmation
782	Can view email confirmation	194	view_emailconfirmation
783	Can add authenticator	195	add_authenticator
784	Can change authenticator	195	change_authenticator
785	Can delete authenticator	195	delete_authenticator
786	Can view authenticator	195	view_authenticator
787	Can add user object permission	196	add_userobjectpermission
788	Can change user object permission	196	change_userobjectpermission
789	Can delete user object permission	196	delete_userobjectpermission
790	Can view user object permission	196	view_userobjectpermission
791	Can add group object permission	197	add_groupobjectpermission
792	Can change group object permission	197	change_groupobjectpermission
793	Can delete group object permission	197	delete_groupobjectpermission
794	Can view group object permission	197	view_groupobjectpermission
795	Can add solar event	198	add_solarschedule
796	Can change solar event	198	change_solarschedule
797	Can delete solar event	198	delete_solarschedule
798	Can view solar event	198	view_solarschedule
799	Can add interval	199	add_intervalschedule
800	Can change interval	199	change_intervalschedule
801	Can delete interval	199	delete_intervalschedule
802	Can view interval	199	view_intervalschedule
803	Can add clocked	200	add_clockedschedule
804	Can change clocked	200	change_clockedschedule
805	Can delete clocked	200	delete_clockedschedule
806	Can view clocked	200	view_clockedschedule
807	Can add crontab	201	add_crontabschedule
808	Can change crontab	201	change_crontabschedule
809	Can delete crontab	201	delete_crontabschedule
810	Can view crontab	201	view_crontabschedule
811	Can add periodic task track	202	add_periodictasks
812	Can change periodic task track	202	change_periodictasks
813	Can delete periodic task track	202	delete_periodictasks
814	Can view periodic task track	202	view_periodictasks
815	Can add periodic task	203	add_periodictask
816	Can change periodic task	203	change_periodictask
817	Can delete periodic task	203	delete_periodictask
818	Can view periodic task	203	view_periodictask
819	Can add idempotency key	204	add_idempotencykey
820	Can change idempotency key	204	change_idempotencykey
821	Can delete idempotency key	204	delete_idempotencykey
822	Can view idempotency key	204	view_idempotencykey
823	Can add api key	205	add_apikey
824	Can change api key	205	change_apikey
825	Can delete api key	205	delete_apikey
826	Can view api key	205	view_apikey
827	Can add account	206	add_account
828	Can change account	206	change_account
829	Can delete account	206	delete_account
830	Can view account	206	view_account
831	Can add account v2	207	add_accountv2
832	Can change account v2	207	change_accountv2
833	Can delete account v2	207	delete_accountv2
834	Can view account v2	207	view_accountv2
835	Can add coupon	208	add_coupon
836	Can change coupon	208	change_coupon
837	Can delete coupon	208	delete_coupon
838	Can view coupon	208	view_coupon
839	Can add promotion code	209	add_promotioncode
840	Can change promotion code	209	change_promotioncode
841	Can delete promotion code	209	delete_promotioncode
842	Can view promotion code	209	view_promotioncode
843	Can add discount	210	add_discount
844	Can change discount	210	change_discount
845	Can delete discount	210	delete_discount
846	Can view discount	210	view_discount
847	Can add invoice	211	add_invoice
848	Can change invoice	211	change_invoice
849	Can delete invoice	211	delete_invoice
850	Can view invoice	211	view_invoice
851	Can add upcoming invoice	212	add_upcominginvoice
852	Can change upcoming invoice	212	change_upcominginvoice
853	Can delete upcoming invoice	212	delete_upcominginvoice
854	Can view upcoming invoice	212	view_upcominginvoice
855	Can add invoice item	213	add_invoiceitem
856	Can change invoice item	213	change_invoiceitem
857	Can delete invoice item	213	delete_invoiceitem
858	Can view invoice item	213	view_invoiceitem
859	Can add line item	214	add_lineitem
860	Can change line item	214	change_lineitem
861	Can delete line item	214	delete_lineitem
862	Can view line item	214	view_lineitem
863	Can add subscription	215	add_subscription
864	Can change subscription	215	change_subscription
865	Can delete subscription	215	delete_subscription
866	Can view subscription	215	view_subscription
867	Can add subscription item	216	add_subscriptionitem
868	Can change subscription item	216	change_subscriptionitem
869	Can delete subscription item	216	delete_subscriptionitem
870	Can view subscription item	216	view_subscriptionitem
871	Can add subscription schedule	217	add_subscriptionschedule
872	Can change subscription schedule	217	change_subscriptionschedule
873	Can delete subscription schedule	217	delete_subscriptionschedule
874	Can view subscription schedule	217	view_subscriptionschedule
875	Can add Shipping Rate	218	add_shippingrate
876	Can change Shipping Rate	218	change_shippingrate
877	Can delete Shipping Rate	218	delete_shippingrate
878	Can view Shipping Rate	218	view_shippingrate
879	Can add Tax Code	219	add_taxcode
880	Can change Tax Code	219	change_taxcode
881	Can delete Tax Code	219	delete_taxcode
882	Can view Tax Code	219	view_taxcode
883	Can add Tax ID	220	add_taxid
884	Can change Tax ID	220	change_taxid
885	Can delete Tax ID	220	delete_taxid
886	Can view Tax ID	220	view_taxid
887	Can add Tax Rate	221	add_taxrate
888	Can change Tax Rate	221	change_taxrate
889	Can delete Tax Rate	221	delete_taxrate
890	Can view Tax Rate	221	view_taxrate
891	Can add session	222	add_session
892	Can change session	222	change_session
893	Can delete session	222	delete_session
894	Can view session	222	view_session
895	Can add application fee	223	add_applicationfee
896	Can change application fee	223	change_applicationfee
897	Can delete application fee	223	delete_applicationfee
898	Can view application fee	223	view_applicationfee
899	Can add application fee refund	224	add_applicationfeerefund
900	Can change application fee refund	224	change_applicationfeerefund
901	Can delete application fee refund	224	delete_applicationfeerefund
902	Can view application fee refund	224	view_applicationfeerefund
903	Can add country spec	225	add_countryspec
904	Can change country spec	225	change_countryspec
905	Can delete country spec	225	delete_countryspec
906	Can view country spec	225	view_countryspec
907	Can add transfer	226	add_transfer
908	Can change transfer	226	change_transfer
909	Can delete transfer	226	delete_transfer
910	Can view transfer	226	view_transfer
911	Can add transfer reversal	227	add_transferreversal
912	Can change transfer reversal	227	change_transferreversal
913	Can delete transfer reversal	227	delete_transferreversal
914	Can view transfer reversal	227	view_transferreversal
915	Can add balance transaction	228	add_balancetransaction
916	Can change balance transaction	228	change_balancetransaction
917	Can delete balance transaction	228	delete_balancetransaction
918	Can view balance transaction	228	view_balancetransaction
919	Can add charge	229	add_charge
920	Can change charge	229	change_charge
921	Can delete charge	229	delete_charge
922	Can view charge	229	view_charge
923	Can add mandate	230	add_mandate
924	Can change mandate	230	change_mandate
925	Can delete mandate	230	delete_mandate
926	Can view mandate	230	view_mandate
927	Can add product	231	add_product
928	Can change product	231	change_product
929	Can delete product	231	delete_product
930	Can view product	231	view_product
931	Can add customer	232	add_customer
932	Can change customer	232	change_customer
933	Can delete customer	232	delete_customer
934	Can view customer	232	view_customer
935	Can add dispute	233	add_dispute
936	Can change dispute	233	change_dispute
937	Can delete dispute	233	delete_dispute
938	Can view dispute	233	view_dispute
939	Can add event	234	add_event
940	Can change event	234	change_event
941	Can delete event	234	delete_event
942	Can view event	234	view_event
943	Can add file	235	add_file
944	Can change file	235	change_file
945	Can delete file	235	delete_file
946	Can view file	235	view_file
947	Can add file link	236	add_filelink
948	Can change file link	236	change_filelink
949	Can delete file link	236	delete_filelink
950	Can view file link	236	view_filelink
951	Can add payment intent	237	add_paymentintent
952	Can change payment intent	237	change_paymentintent
953	Can delete payment intent	237	delete_paymentintent
954	Can view payment intent	237	view_paymentintent
955	Can add setup intent	238	add_setupintent
956	Can change setup intent	238	change_setupintent
957	Can delete setup intent	238	delete_setupintent
958	Can view setup intent	238	view_setupintent
959	Can add payout	239	add_payout
960	Can change payout	239	change_payout
961	Can delete payout	239	delete_payout
962	Can view payout	239	view_payout
963	Can add price	240	add_price
964	Can change price	240	change_price
965	Can delete price	240	delete_price
966	Can view price	240	view_price
967	Can add refund	241	add_refund
968	Can change refund	241	change_refund
969	Can delete refund	241	delete_refund
970	Can view refund	241	view_refund
971	Can add feature	242	add_feature
972	Can change feature	242	change_feature
973	Can delete feature	242	delete_feature
974	Can view feature	242	view_feature
975	Can add product feature	243	add_productfeature
976	Can change product feature	243	change_productfeature
977	Can delete product feature	243	delete_productfeature
978	Can view product feature	243	view_productfeature
979	Can add active entitlement	244	add_activeentitlement
980	Can change active entitlement	244	change_activeentitlement
981	Can delete active entitlement	244	delete_activeentitlement
982	Can view active entitlement	244	view_activeentitlement
983	Can add verification session	245	add_verificationsession
984	Can change verification session	245	change_verificationsession
985	Can delete verification session	245	delete_verificationsession
986	Can view verification session	245	view_verificationsession
987	Can add verification report	246	add_verificationreport
988	Can change verification report	246	change_verificationreport
989	Can delete verification report	246	delete_verificationreport
990	Can view verification report	246	view_verificationreport
991	Can add issuing authorization	247	add_issuingauthorization
992	Can change issuing authorization	247	change_issuingauthorization
993	Can delete issuing authorization	247	delete_issuingauthorization
994	Can view issuing authorization	247	view_issuingauthorization
995	Can add issuing card	248	add_issuingcard
996	Can change issuing card	248	change_issuingcard
997	Can delete issuing card	248	delete_issuingcard
998	Can view issuing card	248	view_issuingcard
999	Can add issuing cardholder	249	add_issuingcardholder
1000	Can change issuing cardholder	249	change_issuingcardholder
1001	Can delete issuing cardholder	249	delete_issuingcardholder
1002	Can view issuing cardholder	249	view_issuingcardholder
1003	Can add issuing dispute	250	add_issuingdispute
1004	Can change issuing dispute	250	change_issuingdispute
1005	Can delete issuing dispute	250	delete_issuingdispute
1006	Can view issuing dispute	250	view_issuingdispute
1007	Can add issuing transaction	251	add_issuingtransaction
1008	Can change issuing transaction	251	change_issuingtransaction
1009	Can delete issuing transaction	251	delete_issuingtransaction
1010	Can view issuing transaction	251	view_issuingtransaction
1011	Can add djstripe payment method	252	add_djstripepaymentmethod
1012	Can change djstripe payment method	252	change_djstripepaymentmethod
1013	Can delete djstripe payment method	252	delete_djstripepaymentmethod
1014	Can view djstripe payment method	252	view_djstripepaymentmethod
1015	Can add bank account	253	add_bankaccount
1016	Can change bank account	253	change_bankaccount
1017	Can delete bank account	253	delete_bankaccount
1018	Can view bank account	253	view_bankaccount
1019	Can add card	254	add_card
1020	Can change card	254	change_card
1021	Can delete card	254	delete_card
1022	Can view card	254	view_card
1023	Can add source	255	add_source
1024	Can change source	255	change_source
1025	Can delete source	255	delete_source
1026	Can view source	255	view_source
1027	Can add source transaction	256	add_sourcetransaction
1028	Can change source transaction	256	change_sourcetransaction
1029	Can delete source transaction	256	delete_sourcetransaction
1030	Can view source transaction	256	view_sourcetransaction
1031	Can add payment method	257	add_paymentmethod
1032	Can change payment method	257	change_paymentmethod
1033	Can delete payment method	257	delete_paymentmethod
1034	Can view payment method	257	view_paymentmethod
1035	Can add early fraud warning	258	add_earlyfraudwarning
1036	Can change early fraud warning	258	change_earlyfraudwarning
1037	Can delete early fraud warning	258	delete_earlyfraudwarning
1038	Can view early fraud warning	258	view_earlyfraudwarning
1039	Can add review	259	add_review
1040	Can change review	259	change_review
1041	Can delete review	259	delete_review
1042	Can view review	259	view_review
1043	Can add scheduled query run	260	add_scheduledqueryrun
1044	Can change scheduled query run	260	change_scheduledqueryrun
1045	Can delete scheduled query run	260	delete_scheduledqueryrun
1046	Can view scheduled query run	260	view_scheduledqueryrun
1047	Can add webhook endpoint	261	add_webhookendpoint
1048	Can change webhook endpoint	261	change_webhookendpoint
1049	Can delete webhook endpoint	261	delete_webhookendpoint
1050	Can view webhook endpoint	261	view_webhookendpoint
1051	Can add webhook event trigger	262	add_webhookeventtrigger
1052	Can change webhook event trigger	262	change_webhookeventtrigger
1053	Can delete webhook event trigger	262	delete_webhookeventtrigger
1054	Can view webhook event trigger	262	view_webhookeventtrigger
1055	Can add log entry	263	add_logentry
1056	Can change log entry	263	change_logentry
1057	Can delete log entry	263	delete_logentry
1058	Can view log entry	263	view_logentry
1059	Can add permission	264	add_permission
1060	Can change permission	264	change_permission
1061	Can delete permission	264	delete_permission
1062	Can view permission	264	view_permission
1063	Can add group	265	add_group
1064	Can change group	265	change_group
1065	Can delete group	265	delete_group
1066	Can view group	265	view_group
1067	Can add content type	266	add_contenttype
1068	Can change content type	266	change_contenttype
1069	Can delete content type	266	delete_contenttype
1070	Can view content type	266	view_contenttype
1071	Can add session	267	add_session
1072	Can change session	267	change_session
1073	Can delete session	267	delete_session
1074	Can view session	267	view_session
\.


COPY public.calls_call (id, created_at, state_since, title, slug, summary, description, eligibility_note, advice, theme, picture, budget_minor, currency, state, eligibility, ballot_kind, ballot_max, tally_rule, completion, project_cost_min_minor, project_cost_max_minor, minimum_age) FROM stdin;
\.


COPY public.calls_call_areas (id, call_id, area_id) FROM stdin;
\.


COPY public.calls_phase (id, created_at, kind, starts_at, ends_at, call_id) FROM stdin;
\.


COPY public.campaigns_campaign (id, created_at, state_since, book, rule, currency, goal_minor, cap_minor, pledge_min_minor, pledge_max_minor, sponsor_share_max_bp, use, ends_at, opened_at, grace_ends_at, state, project_id) FROM stdin;
\.


COPY public.campaigns_campaigntotal (id, created_at, backers, pledged_minor, collected_minor, monthly_minor, sponsors_firm_minor, sponsors_paid_minor, match_guaranteed_minor, match_estimated_minor, counted_at, campaign_id, nameless, gone_on, gone, amounts) FROM stdin;
\.


COPY public.campaigns_instalment (id, created_at, state_since, number, due_on, state, pledge_id) FROM stdin;
\.


COPY public.campaigns_pledge (id, created_at, state_since, amount_minor, currency, frequency, months, anonymous, provider, token, collected_at, state, method_id, person_id, campaign_id) FROM stdin;
\.


COPY public.campaigns_stretchgoal (id, created_at, amount_minor, use, campaign_id) FROM stdin;
\.


COPY public.catalogue_dataset (id, created_at, state_since, slug, title, description, keywords, theme, frequency, licence, first_day, last_day, answers, latest, revised_at, reason, held, state, area_id, publisher_id, high_value_category, source, identifier, series_id, harvested_from_id, access_level, by_consent) FROM stdin;
\.


COPY public.catalogue_distribution (id, created_at, format, media_type, size, sha256, file, revision_id) FROM stdin;
\.


COPY public.catalogue_follow (id, created_at, since, ended_at, dataset_id, person_id) FROM stdin;
\.


COPY public.catalogue_harvest (id, created_at, state_since, found, leaving, created, updated, unchanged, linked, removed, failed, reason, begun_at, state, source_id) FROM stdin;
\.


COPY public.catalogue_harvestrecord (id, created_at, place, identifier, title, said, outcome, reason, dataset_id, harvest_id) FROM stdin;
\.


COPY public.catalogue_harveststep (priority, due_at, first_tried_at, attempts, lease, leased_until, done_at, dead_at, last_error, id, created_at, step, harvest_id) FROM stdin;
\.


COPY public.catalogue_original (id, created_at, uri, page, publisher, licence, files, digest, dataset_id) FROM stdin;
\.


COPY public.catalogue_rejectedrow (id, created_at, place, line, "column", value, reason, upload_id) FROM stdin;
\.


COPY public.catalogue_revision (id, created_at, number, sha256, rows, rejected_rows, schema, profile, report, note, published_at, dataset_id, person_id, upload_id) FROM stdin;
\.


COPY public.catalogue_series (id, created_at, slug, title, description, publisher_id) FROM stdin;
\.


COPY public.catalogue_source (id, created_at, state_since, title, kind, address, theme, state, publisher_id) FROM stdin;
\.


COPY public.catalogue_upload (id, created_at, state_since, name, size, sha256, file, parquet, csv, proposal, answers, found, failure, received_at, expires_at, state, dataset_id, person_id, received) FROM stdin;
\.


COPY public.catalogue_uploadstep (priority, due_at, first_tried_at, attempts, lease, leased_until, done_at, dead_at, last_error, id, created_at, step, upload_id) FROM stdin;
\.


COPY public.consent_collection (id, created_at, state_since, slug, title, description, questions, k, state, publisher_id) FROM stdin;
\.


COPY public.consent_consent (id, created_at, state_since, given_at, receipt, signature, withdrawn_at, withdrawal, withdrawal_signature, state, person_id, notice_id, purpose_id) FROM stdin;
\.


COPY public.consent_deletion (id, created_at, state_since, reads, asked_at, due_at, answer, words, answered_at, state, grant_id, release_id) FROM stdin;
\.


COPY public.consent_inclusion (id, created_at, submission, version, consent_id, release_id) FROM stdin;
\.


COPY public.consent_notice (id, created_at, number, what, readers, kept, digest, published_at, purpose_id) FROM stdin;
\.


COPY public.consent_purpose (id, created_at, title, columns, least_values, collection_id, dataset_id) FROM stdin;
\.


COPY public.consent_release (id, created_at, state_since, rows, people, shared, digest, made_at, state, notice_id, person_id, purpose_id, revision_id, upload_id) FROM stdin;
\.


COPY public.consent_rightsrequest (id, created_at, state_since, kind, words, sent_at, due_at, answer, state, collection_id, person_id) FROM stdin;
\.


COPY public.consent_submission (id, created_at, "values", sent_at, changed_at, version, collection_id, person_id, earlier) FROM stdin;
\.


COPY public.contributions_contribution (id, created_at, state_since, amount, message, anonymous, token, reason, state, offered_at, organisation_id, person_id, want_id) FROM stdin;
\.


COPY public.contributions_want (id, created_at, kind, title, details, amount, unit, needed_by, closed_at, project_id) FROM stdin;
\.


COPY public.core_delivery (id, priority, due_at, first_tried_at, attempts, lease, leased_until, done_at, dead_at, last_error, handler, event_id) FROM stdin;
\.


COPY public.core_event (seq, kind, actor, subject_type, subject_id, at, payload, note, note_salt, note_digest) FROM stdin;
\.


COPY public.core_handled (kind, handler) FROM stdin;
access_request.approved	datasets.access.handlers.on_request_answered
access_request.rejected	datasets.access.handlers.on_request_answered
access_request.returned	datasets.access.handlers.on_request_answered
access_request.submitted	datasets.access.handlers.on_request_sent
access_request.withdrawn	datasets.access.handlers.on_request_sent
allocation.enrolled	marketplace.matching.handlers.on_allocation
allocation.reduced	marketplace.matching.handlers.on_allocation
allocation.released	marketplace.matching.handlers.on_allocation
allocation.shared	marketplace.matching.handlers.on_allocation
allocation.unlocked	marketplace.matching.handlers.on_allocation
bank_details.entered	marketplace.payouts.handlers.on_details
bounty_gift.failed	marketplace.exchange.handlers.on_gift
bounty_gift.lost	marketplace.exchange.handlers.on_gift
bounty_gift.paid	marketplace.exchange.handlers.on_gift
bounty_gift.returned	marketplace.exchange.handlers.on_gift
bounty_payout.dropped	marketplace.exchange.handlers.on_need_moved
bounty_payout.failed	marketplace.exchange.handlers.on_answer
bounty_payout.planned	marketplace.exchange.handlers.on_answer
bounty_payout.reversed	marketplace.exchange.handlers.on_answer
bounty_payout.sent	marketplace.exchange.handlers.on_answer
call.called_off	projects.proposals.handlers.end_projects
call.decided	projects.discussion.handlers.on_call_step
call.opened	projects.voting.handlers.commit_draw
call.phases_set	projects.voting.handlers.commit_draw
call.voting_begun	projects.discussion.handlers.on_call_step
challenge.rejected	marketplace.matching.handlers.on_answer
challenge.upheld	marketplace.matching.handlers.on_answer
charge.disputed	marketplace.campaigns.handlers.on_dispute
charge.disputed	marketplace.invoicing.handlers.on_dispute
charge.disputed	marketplace.matching.handlers.on_dispute
charge.disputed	marketplace.payments.charge_owners.on_charge
charge.disputed	marketplace.payments.handlers.on_dispute
charge.disputed	marketplace.payouts.handlers.on_dispute
charge.disputed	marketplace.sponsorship.handlers.on_dispute
charge.failed	marketplace.payments.charge_owners.on_charge
charge.lost	marketplace.campaigns.handlers.on_dispute
charge.lost	marketplace.payments.charge_owners.on_charge
charge.lost	marketplace.payments.handlers.on_dispute
charge.lost	marketplace.payouts.handlers.on_dispute
charge.payer_asked	marketplace.payments.charge_owners.on_charge
charge.started	marketplace.payments.charge_owners.on_charge
charge.succeeded	marketplace.payments.charge_owners.on_charge
charge.won	marketplace.campaigns.handlers.on_dispute
charge.won	marketplace.invoicing.handlers.on_dispute
charge.won	marketplace.payments.charge_owners.on_charge
charge.won	marketplace.payments.handlers.on_dispute
charge.won	marketplace.payouts.handlers.on_dispute
charge.won	marketplace.sponsorship.handlers.on_dispute
claim.opened	marketplace.campaigns.handlers.on_claim
claim.opened	marketplace.invoicing.handlers.on_claim
claim.opened	marketplace.sponsorship.handlers.on_claim
claim.paid	marketplace.campaigns.handlers.on_claim_settled
claim.paid	marketplace.invoicing.handlers.on_claim_settled
claim.paid	marketplace.sponsorship.handlers.on_claim
claim.reopened	marketplace.campaigns.handlers.on_claim
claim.reopened	marketplace.invoicing.handlers.on_claim
claim.reopened	marketplace.sponsorship.handlers.on_claim
claim.written_off	marketplace.campaigns.handlers.on_claim_settled
claim.written_off	marketplace.invoicing.handlers.on_claim_settled
claim.written_off	marketplace.sponsorship.handlers.on_claim
collection.removed	datasets.consent.handlers.on_collection_removed
comment.deleted	projects.discussion.handlers.on_comments_changed
comment.posted	projects.discussion.handlers.on_comment_posted
comment.posted	projects.discussion.handlers.on_comments_changed
consent.given	datasets.consent.handlers.on_consent
consent.withdrawn	datasets.consent.handlers.on_consent
contribution.accepted	projects.contributions.handlers.on_contribution_step
contribution.declined	projects.contributions.handlers.on_contribution_step
contribution.delivered	projects.contributions.handlers.on_contribution_step
contribution.offered	projects.contributions.handlers.on_contribution_step
contribution.sent_back	projects.contributions.handlers.on_contribution_step
contribution.verified	projects.contributions.handlers.on_contribution_step
contribution.withdrawn	projects.contributions.handlers.on_contribution_step
data_delivery.accepted	marketplace.exchange.handlers.on_answer
data_delivery.returned	marketplace.exchange.handlers.on_answer
data_need.accepted	marketplace.exchange.handlers.on_need_moved
data_need.delivered	marketplace.exchange.handlers.on_offer
data_need.lapsed	marketplace.exchange.handlers.on_need_moved
data_need.lapsed	marketplace.exchange.handlers.on_offer
data_need.paid	marketplace.exchange.handlers.on_need_moved
data_need.reminded	marketplace.exchange.handlers.on_unanswered
data_need.taken_down	marketplace.exchange.handlers.on_offer
data_need.withdrawn	marketplace.exchange.handlers.on_need_moved
data_need.withdrawn	marketplace.exchange.handlers.on_offer
data_offer.awarded	marketplace.exchange.handlers.on_answer
data_offer.declined	marketplace.exchange.handlers.on_answer
data_offer.made	marketplace.exchange.handlers.on_offer
data_offer.taken_down	marketplace.exchange.handlers.on_answer
data_offer.withdrawn	marketplace.exchange.handlers.on_offer
dataset.restored	datasets.catalogue.handlers.on_dataset_withdrawn
dataset.restored	datasets.catalogue.handlers.on_followed_step
dataset.restored	datasets.consent.handlers.on_dataset_step
dataset.withdrawn	datasets.catalogue.handlers.on_dataset_withdrawn
dataset.withdrawn	datasets.catalogue.handlers.on_followed_step
dataset.withdrawn	datasets.consent.handlers.on_dataset_step
deletion.answered	datasets.consent.handlers.on_deletion
deletion.asked	datasets.consent.handlers.on_deletion
dispute.reminded	marketplace.payments.handlers.on_reminder
export.requested	civic.accounts.handlers.build_export
fund_return.failed	marketplace.matching.handlers.on_return
fund_return.sent	marketplace.matching.handlers.on_return
fund_return.settled	marketplace.matching.handlers.on_return
grant.ended	datasets.access.handlers.on_grant_step
grant.expired	datasets.access.handlers.on_grant_step
grant.held	datasets.access.handlers.on_grant_step
grant.released	datasets.access.handlers.on_grant_step
grant.resumed	datasets.access.handlers.on_grant_step
grant.revoked	datasets.access.handlers.on_grant_step
grant.suspended	datasets.access.handlers.on_grant_step
invoice.credited	marketplace.invoicing.handlers.on_invoice
invoice.issued	marketplace.invoicing.handlers.on_invoice
invoice.payment_lost	marketplace.invoicing.handlers.on_invoice
invoice.reminded	marketplace.invoicing.handlers.on_invoice
match.left_out	marketplace.matching.handlers.on_left_out
match.withdrawn	marketplace.matching.handlers.on_left_out
milestone.accepted	marketplace.payouts.handlers.on_milestone_accepted
milestone.accepted	projects.delivery.handlers.on_milestone_decided
milestone.returned	projects.delivery.handlers.on_milestone_decided
milestone.submitted	projects.delivery.handlers.on_milestone_handed_in
moderation.edited	projects.discussion.handlers.on_decided
moderation.hidden	projects.discussion.handlers.on_decided
moderation.kept	projects.discussion.handlers.on_decided
moderation.overturned	projects.discussion.handlers.on_reviewed
moderation.reported	projects.discussion.handlers.on_reported
moderation.upheld	projects.discussion.handlers.on_reviewed
notice.published	datasets.consent.handlers.on_notice_published
organisation.checked	civic.accounts.handlers.mail_owners
organisation.closed	datasets.consent.handlers.on_publisher_closed
organisation.closed	datasets.consent.handlers.on_publisher_gone
organisation.closed	marketplace.exchange.handlers.on_chosen_gone
organisation.invited	civic.accounts.handlers.send_invitation
organisation.owner_named	civic.accounts.handlers.mail_owners
organisation.reinstated	civic.accounts.handlers.mail_owners
organisation.suspended	civic.accounts.handlers.mail_owners
organisation.suspended	datasets.consent.handlers.on_publisher_gone
organisation.suspended	marketplace.exchange.handlers.on_chosen_gone
payout.failed	marketplace.payouts.handlers.on_payout
payout.planned	marketplace.payouts.handlers.on_payout
payout.reversed	marketplace.payouts.handlers.on_payout
payout.sent	marketplace.payouts.handlers.on_payout
payout.settled	marketplace.payouts.handlers.on_payout
person.address_changed	civic.accounts.handlers.mail_administrators
person.closed	civic.accounts.handlers.mail_person
person.erased	datasets.access.handlers.on_person_erased
person.erased	datasets.consent.handlers.on_person_erased
person.erasure_requested	civic.accounts.handlers.mail_erasure
person.password_changed	civic.accounts.handlers.mail_administrators
person.reopened	civic.accounts.handlers.mail_person
person.second_step_changed	civic.accounts.handlers.mail_administrators
person.sessions_ended	civic.accounts.handlers.mail_person
pledge.activated	marketplace.campaigns.handlers.on_pledge
pledge.campaign_failed	marketplace.campaigns.handlers.on_pledge
pledge.campaign_failed	marketplace.matching.handlers.on_pledge_gone
pledge.cancelled	marketplace.campaigns.handlers.on_pledge
pledge.cancelled	marketplace.matching.handlers.on_pledge_gone
pledge.dropped	marketplace.campaigns.handlers.on_pledge
pledge.dropped	marketplace.matching.handlers.on_pledge_gone
pledge.ended	marketplace.campaigns.handlers.on_pledge
pledge.fallen_behind	marketplace.campaigns.handlers.on_pledge
pledge.payer_asked	marketplace.campaigns.handlers.on_pledge
pledge.reminded	marketplace.campaigns.handlers.on_pledge
pledge.succeeded	marketplace.campaigns.handlers.on_pledge
project.campaign_opened	projects.discussion.handlers.on_project_step
project.cancelled	projects.discussion.handlers.on_project_step
project.cancelled	projects.voting.handlers.tell_voters
project.completed	projects.discussion.handlers.on_project_step
project.delivery_started	projects.discussion.handlers.on_project_step
project.failed	projects.discussion.handlers.on_project_step
project.followed	projects.discussion.handlers.on_follows_changed
project.funded	projects.discussion.handlers.on_project_step
project.goal_missed	projects.discussion.handlers.on_project_step
project.lost	projects.discussion.handlers.on_project_step
project.milestone_reached	projects.discussion.handlers.on_project_step
project.opened	projects.discussion.handlers.on_project_step
project.rejected	projects.discussion.handlers.on_project_step
project.returned	projects.discussion.handlers.on_project_step
project.revised	projects.discussion.handlers.on_project_step
project.shortlisted	projects.discussion.handlers.on_project_step
project.team_invited	projects.proposals.handlers.write_to_invited
project.unfollowed	projects.discussion.handlers.on_follows_changed
project.update_posted	projects.discussion.handlers.on_project_step
project.won	projects.discussion.handlers.on_project_step
refund.alternative_sought	marketplace.campaigns.handlers.on_refund_returned
refund.alternative_sought	marketplace.invoicing.handlers.on_refund_returned
refund.covered	marketplace.campaigns.handlers.on_refund_covered
refund.covered	marketplace.invoicing.handlers.on_refund_covered
refund.paid_otherwise	marketplace.campaigns.handlers.on_refund_paid
refund.paid_otherwise	marketplace.invoicing.handlers.on_refund_paid
refund.requested	marketplace.campaigns.handlers.on_refund
refund.requested	marketplace.invoicing.handlers.on_refund
refund.requested	marketplace.payments.charge_owners.on_refund
refund.taken_back	marketplace.payments.charge_owners.on_refund
refund.taken_back	marketplace.payouts.handlers.on_refund_gone
release.dropped	datasets.consent.handlers.on_release_step
release.published	datasets.consent.handlers.on_release_published
release.published	datasets.consent.handlers.on_release_step
release.renewed	datasets.consent.handlers.on_release_step
release.suspended	datasets.consent.handlers.on_release_step
release.suspended	datasets.consent.handlers.on_release_suspended
residency.expired	civic.accounts.handlers.mail_resident
residency.rejected	civic.accounts.handlers.mail_resident
residency.verified	civic.accounts.handlers.mail_resident
return.confirmed	marketplace.payouts.handlers.on_return
reuse.approved	datasets.reuses.handlers.on_reuse_decided
reuse.declined	datasets.reuses.handlers.on_reuse_decided
reuse.proposed	datasets.reuses.handlers.on_reuse_proposed
reuse.restored	datasets.reuses.handlers.on_reuse_decided
reuse.taken_down	datasets.reuses.handlers.on_reuse_decided
revision.published	datasets.catalogue.handlers.on_revision_published
rights_request.fulfilled	datasets.consent.handlers.on_rights_answered
rights_request.refused	datasets.consent.handlers.on_rights_answered
rights_request.sent	datasets.consent.handlers.on_rights_asked
rights_request.withdrawn	datasets.consent.handlers.on_rights_asked
setup.saved	marketplace.payments.charge_owners.on_setup
setup.started	marketplace.payments.charge_owners.on_setup
sponsorship.checked	marketplace.sponsorship.handlers.on_step
sponsorship.contracted	marketplace.sponsorship.handlers.on_step
sponsorship.credited	marketplace.sponsorship.handlers.on_step
sponsorship.fulfilled	marketplace.sponsorship.handlers.on_step
sponsorship.invoiced	marketplace.sponsorship.handlers.on_step
sponsorship.lapsed	marketplace.sponsorship.handlers.on_step
sponsorship.lost	marketplace.sponsorship.handlers.on_step
sponsorship.paid	marketplace.sponsorship.handlers.on_step
sponsorship.partly_lost	marketplace.sponsorship.handlers.on_step
sponsorship.partly_paid	marketplace.sponsorship.handlers.on_step
staff_invitation.accepted	civic.accounts.handlers.mail_inviter
staff_invitation.expired	civic.accounts.handlers.mail_inviter
staff_invitation.renewed	civic.accounts.handlers.send_staff_invitation
staff_invitation.sent	civic.accounts.handlers.send_staff_invitation
statement.continued	marketplace.payments.handlers.on_statement
statement.imported	marketplace.payments.handlers.on_statement
submission.erased	datasets.consent.handlers.on_answers_erased
transfer.failed	marketplace.exchange.handlers.on_transfer
transfer.failed	marketplace.matching.handlers.on_transfer
transfer.failed	marketplace.payouts.handlers.on_transfer
transfer.reversed	marketplace.exchange.handlers.on_transfer
transfer.reversed	marketplace.matching.handlers.on_transfer
transfer.reversed	marketplace.payouts.handlers.on_transfer
transfer.settled	marketplace.exchange.handlers.on_transfer
transfer.settled	marketplace.matching.handlers.on_transfer
transfer.settled	marketplace.payouts.handlers.on_transfer
upload.discarded	datasets.consent.handlers.on_upload_step
upload.expired	datasets.catalogue.handlers.on_upload_step
upload.expired	datasets.consent.handlers.on_upload_step
upload.proposed	datasets.catalogue.handlers.on_own_data_read
upload.proposed	datasets.catalogue.handlers.on_upload_step
upload.proposed	datasets.consent.handlers.on_upload_step
upload.read	datasets.catalogue.handlers.on_own_data_read
upload.read	datasets.catalogue.handlers.on_upload_step
upload.read	datasets.consent.handlers.on_upload_step
upload.refused	datasets.catalogue.handlers.on_upload_step
upload.refused	datasets.consent.handlers.on_upload_step
\.


COPY public.core_outbox (event_id) FROM stdin;
\.


COPY public.core_putoff (id, task, subject_type, subject_id, reason, failures, first_at, due_at) FROM stdin;
\.


COPY public.core_seal (number, sealed_at, last_seq, events, digest, previous, hash) FROM stdin;
\.


COPY public.core_step (thing, verb, before, after) FROM stdin;
accounts_organisation	check	unchecked	checked
accounts_organisation	suspend	unchecked	suspended
accounts_organisation	suspend	checked	suspended
accounts_organisation	reinstate	suspended	checked
accounts_residency	send_code	requested	code_sent
accounts_residency	send_code	code_sent	code_sent
accounts_residency	verify	requested	verified
accounts_residency	verify	code_sent	verified
accounts_residency	reject	requested	rejected
accounts_residency	reject	code_sent	rejected
accounts_residency	expire	code_sent	expired
accounts_residency	expire	verified	expired
accounts_residency	withdraw	requested	withdrawn
accounts_residency	withdraw	code_sent	withdrawn
accounts_residency	withdraw	verified	withdrawn
accounts_organisation	close	unchecked	closed
accounts_organisation	close	checked	closed
accounts_staffinvitation	renew	open	open
accounts_staffinvitation	renew	expired	open
accounts_staffinvitation	accept	open	accepted
accounts_staffinvitation	expire	open	expired
accounts_staffinvitation	withdraw	open	withdrawn
accounts_organisation	suspend	closed	suspended
catalogue_dataset	publish	draft	published
catalogue_dataset	withdraw	published	withdrawn
catalogue_dataset	restore	withdrawn	published
catalogue_upload	receive	receiving	received
catalogue_upload	propose	received	proposed
catalogue_upload	confirm	proposed	confirmed
catalogue_upload	read	confirmed	read
catalogue_upload	confirm	read	confirmed
catalogue_upload	publish	read	published
catalogue_upload	refuse	received	refused
catalogue_upload	refuse	confirmed	refused
catalogue_upload	discard	receiving	discarded
catalogue_upload	discard	received	discarded
catalogue_upload	discard	proposed	discarded
catalogue_upload	discard	confirmed	discarded
catalogue_upload	discard	read	discarded
catalogue_upload	expire	receiving	expired
catalogue_upload	expire	received	expired
catalogue_upload	expire	proposed	expired
catalogue_upload	expire	confirmed	expired
catalogue_upload	expire	read	expired
accounts_residency	reject	verified	rejected
catalogue_source	pause	active	paused
catalogue_source	resume	paused	active
catalogue_harvest	hold	running	waiting
catalogue_harvest	confirm	waiting	running
catalogue_harvest	decline	waiting	declined
catalogue_harvest	complete	running	done
catalogue_harvest	fail	running	failed
access_accessrequest	submit	draft	submitted
access_accessrequest	submit	returned	submitted
access_accessrequest	return	submitted	returned
access_accessrequest	approve	submitted	approved
access_accessrequest	reject	submitted	rejected
access_accessrequest	withdraw	draft	withdrawn
access_accessrequest	withdraw	submitted	withdrawn
access_accessrequest	withdraw	returned	withdrawn
access_grant	suspend	active	suspended
access_grant	resume	suspended	active
access_grant	expire	active	expired
access_grant	expire	suspended	expired
access_grant	revoke	active	revoked
access_grant	revoke	suspended	revoked
access_grant	end	active	ended
access_grant	end	suspended	ended
calls_call	open	draft	open
calls_call	close	open	closed
calls_call	call_off	open	called_off
calls_call	decide	closed	decided
payments_methodsetup	prepare	created	prepared
payments_methodsetup	save	prepared	saved
payments_methodsetup	fail	created	failed
payments_methodsetup	fail	prepared	failed
payments_charge	prepare	created	prepared
payments_charge	confirm	prepared	confirming
payments_charge	confirm	needs_payer	confirming
payments_charge	fail	created	failed
payments_charge	fail	prepared	failed
payments_charge	process	prepared	processing
payments_charge	process	confirming	processing
payments_charge	process	needs_payer	processing
payments_charge	ask_payer	confirming	needs_payer
payments_charge	succeed	prepared	succeeded
payments_charge	succeed	confirming	succeeded
payments_charge	succeed	processing	succeeded
payments_charge	succeed	needs_payer	succeeded
payments_charge	fail	confirming	failed
payments_charge	fail	processing	failed
payments_charge	fail	needs_payer	failed
payments_charge	dispute	succeeded	disputed
payments_charge	dispute	won	disputed
payments_charge	win	disputed	won
payments_charge	lose	disputed	lost
payments_refund	send	requested	sent
payments_refund	wait	sent	pending
payments_refund	finish	sent	done
payments_refund	finish	pending	done
payments_refund	fail	sent	failed
payments_refund	fail	pending	failed
payments_refund	fail	done	failed
payments_refund	seek_alternative	failed	alternative_due
payments_refund	pay_otherwise	alternative_due	done
payments_refund	cover	requested	covered
payments_refund	cover	sent	covered
payments_refund	cover	pending	covered
payments_refund	cover	alternative_due	covered
payments_transfer	send	requested	sent
payments_transfer	settle	sent	settled
payments_transfer	fail	requested	failed
payments_transfer	fail	sent	failed
payments_transfer	reverse	settled	reversed
payments_statementline	match	new	matched
payments_statementline	set_aside	new	unclear
payments_statementline	propose	unclear	proposed
payments_statementline	withdraw	proposed	unclear
payments_statementline	settle	proposed	settled
payments_statementline	settle_part	proposed	unclear
payments_statementline	keep	proposed	part
payments_statementline	settle	part	settled
payments_statementline	withdraw	part	unclear
payments_charge	dispute	lost	disputed
payments_claim	propose	open	proposed
payments_claim	withdraw	proposed	open
payments_claim	write_off	proposed	written_off
payments_claim	pay	open	paid
payments_claim	pay	proposed	paid
payments_claim	pay	written_off	paid
payments_statementline	reopen	settled	unclear
payments_statementline	take_back	unclear	settled
payments_claim	reopen	paid	open
campaigns_campaign	open	draft	open
campaigns_campaign	cancel	draft	cancelled
campaigns_campaign	cancel	open	cancelled
campaigns_campaign	cancel	collecting	cancelled
campaigns_campaign	collect	open	collecting
campaigns_campaign	miss	open	missed
campaigns_campaign	succeed	collecting	succeeded
campaigns_campaign	miss	collecting	missed
campaigns_pledge	ask_method	started	awaiting_method
campaigns_pledge	activate	started	active
campaigns_pledge	activate	awaiting_method	active
campaigns_pledge	activate	past_due	active
campaigns_pledge	collect	active	collecting
campaigns_pledge	collect	needs_payer	collecting
campaigns_pledge	succeed	collecting	collected
campaigns_pledge	succeed	needs_payer	collected
campaigns_pledge	ask_payer	collecting	needs_payer
campaigns_pledge	drop	collecting	dropped
campaigns_pledge	drop	needs_payer	dropped
campaigns_pledge	cancel	started	cancelled
campaigns_pledge	cancel	awaiting_method	cancelled
campaigns_pledge	cancel	active	cancelled
campaigns_pledge	cancel	collected	cancelled
campaigns_pledge	succeed	awaiting_method	collected
campaigns_pledge	succeed	active	collected
campaigns_pledge	campaign_fail	started	campaign_failed
campaigns_pledge	campaign_fail	awaiting_method	campaign_failed
campaigns_pledge	campaign_fail	active	campaign_failed
campaigns_pledge	campaign_fail	collecting	campaign_failed
campaigns_pledge	campaign_fail	needs_payer	campaign_failed
campaigns_pledge	campaign_fail	collected	campaign_failed
campaigns_pledge	succeed	dropped	collected
campaigns_pledge	drop	collected	dropped
campaigns_pledge	continue	collected	active
campaigns_pledge	fall_behind	active	past_due
campaigns_pledge	end	active	ended
campaigns_pledge	end	past_due	ended
campaigns_instalment	collect	due	collecting
campaigns_instalment	collect	needs_payer	collecting
campaigns_instalment	ask_payer	collecting	needs_payer
campaigns_instalment	succeed	collecting	collected
campaigns_instalment	succeed	needs_payer	collected
campaigns_instalment	miss	collecting	missed
campaigns_instalment	miss	needs_payer	missed
campaigns_instalment	miss	collected	missed
campaigns_instalment	end	due	ended
campaigns_pledge	cancel	needs_payer	cancelled
consent_collection	open	draft	open
consent_collection	close	open	closed
consent_collection	drop	draft	dropped
consent_collection	remove	open	removed
consent_collection	remove	closed	removed
consent_consent	withdraw	given	withdrawn
consent_release	send	prepared	sent
consent_release	publish	sent	published
consent_release	renew	prepared	published
consent_release	drop	prepared	dropped
consent_release	drop	sent	dropped
consent_release	suspend	published	suspended
consent_deletion	answer	asked	answered
consent_rightsrequest	fulfil	sent	fulfilled
consent_rightsrequest	refuse	sent	refused
consent_rightsrequest	withdraw	sent	withdrawn
contributions_contribution	accept	offered	accepted
contributions_contribution	decline	offered	declined
contributions_contribution	withdraw	offered	withdrawn
contributions_contribution	withdraw	accepted	withdrawn
contributions_contribution	deliver	accepted	delivered
contributions_contribution	send_back	delivered	accepted
contributions_contribution	verify	delivered	verified
delivery_milestone	start	planned	in_progress
delivery_milestone	submit	in_progress	submitted
delivery_milestone	submit	returned	submitted
delivery_milestone	accept	submitted	accepted
delivery_milestone	return	submitted	returned
discussion_moderationcase	hide	reported	hidden
discussion_moderationcase	keep	reported	kept
discussion_moderationcase	edit	reported	edited
discussion_moderationcase	appeal	hidden	appealed
discussion_moderationcase	appeal	kept	appealed
discussion_moderationcase	appeal	edited	appealed
discussion_moderationcase	uphold	appealed	upheld
discussion_moderationcase	overturn	appealed	overturned
voting_ballot	supersede	cast	superseded
voting_ballot	void	cast	void
voting_paperballot	match	once	counted
voting_paperballot	differ	once	differs
voting_paperballot	match	differs	counted
voting_paperballot	doubt	once	doubted
voting_paperballot	doubt	differs	doubted
voting_paperballot	refuse	doubted	refused
voting_paperballot	match	doubted	counted
sponsorship_sponsorship	check	offered	conflict_checked
sponsorship_sponsorship	lapse	offered	lapsed
sponsorship_sponsorship	contract	conflict_checked	contracted
sponsorship_sponsorship	lapse	conflict_checked	lapsed
sponsorship_sponsorship	invoice	contracted	invoiced
sponsorship_sponsorship	lapse	contracted	lapsed
sponsorship_sponsorship	pay_part	invoiced	part_paid
sponsorship_sponsorship	pay_part	part_paid	part_paid
sponsorship_sponsorship	pay	invoiced	paid
sponsorship_sponsorship	pay	part_paid	paid
sponsorship_sponsorship	lose	part_paid	invoiced
sponsorship_sponsorship	lose	paid	invoiced
sponsorship_sponsorship	lose	fulfilled	invoiced
sponsorship_sponsorship	lose_part	part_paid	part_paid
sponsorship_sponsorship	lose_part	paid	part_paid
sponsorship_sponsorship	lose_part	fulfilled	part_paid
sponsorship_sponsorship	fulfil	paid	fulfilled
sponsorship_sponsorship	credit	invoiced	credited
sponsorship_sponsorship	credit	part_paid	credited
sponsorship_sponsorship	credit	paid	credited
proposals_project	submit	draft	submitted
proposals_project	submit	returned	submitted
proposals_project	return	submitted	returned
proposals_project	reject	submitted	rejected
proposals_project	open	submitted	open
proposals_project	shortlist	open	shortlisted
proposals_project	win	shortlisted	funding
proposals_project	lose	shortlisted	unfunded
proposals_project	fund	funding	funded
proposals_project	miss_goal	funding	unfunded
proposals_project	start_delivery	funded	delivering
proposals_project	complete	delivering	completed
proposals_project	evaluate	completed	evaluated
proposals_project	fail	delivering	failed
proposals_project	cancel	draft	cancelled
proposals_project	cancel	submitted	cancelled
proposals_project	cancel	returned	cancelled
proposals_project	cancel	open	cancelled
proposals_project	cancel	shortlisted	cancelled
proposals_project	cancel	funding	cancelled
proposals_project	cancel	funded	cancelled
payouts_payout	request	planned	requested
payouts_payout	request	failed	requested
payouts_payout	request	reversed	requested
payouts_payout	approve	requested	approved
payouts_payout	send_back	requested	planned
payouts_payout	send_back	approved	planned
payouts_payout	send	approved	sent
payouts_payout	settle	sent	settled
payouts_payout	fail	sent	failed
payouts_payout	reverse	settled	reversed
payouts_return	confirm	proposed	confirmed
payouts_return	withdraw	proposed	withdrawn
matching_fundreturn	send	requested	sent
matching_fundreturn	withdraw	requested	withdrawn
matching_fundreturn	settle	sent	settled
matching_fundreturn	fail	sent	failed
matching_fundreturn	fail	settled	failed
matching_matchfund	open	draft	open
matching_matchfund	freeze	open	frozen
matching_matchfund	freeze	frozen	frozen
matching_matchfund	settle	frozen	settled
matching_matchfund	close	draft	closed
matching_matchfund	close	open	closed
matching_matchfund	close	settled	closed
matching_allocation	reserve	estimated	reserved
matching_allocation	commit	reserved	committed
matching_allocation	pay	committed	paid
matching_allocation	release	estimated	released
matching_allocation	release	reserved	released
matching_allocation	release	committed	released
matching_challenge	uphold	open	upheld
matching_challenge	reject	open	rejected
payments_refund	take_back	covered	alternative_due
payments_transfer	take_back	reversed	settled
exchange_dataneed	open	draft	open
exchange_dataneed	offer	open	offered
exchange_dataneed	reopen	offered	open
exchange_dataneed	reopen	awarded	open
exchange_dataneed	award	offered	awarded
exchange_dataneed	deliver	awarded	delivered
exchange_dataneed	return	delivered	awarded
exchange_dataneed	accept	delivered	accepted
exchange_dataneed	pay	accepted	paid
exchange_dataneed	reverse	paid	accepted
exchange_dataneed	lapse	open	lapsed
exchange_dataneed	lapse	offered	lapsed
exchange_dataneed	lapse	awarded	lapsed
exchange_dataneed	withdraw	draft	withdrawn
exchange_dataneed	withdraw	open	withdrawn
exchange_dataneed	withdraw	offered	withdrawn
exchange_dataneed	withdraw	awarded	withdrawn
exchange_dataneed	withdraw	delivered	withdrawn
exchange_dataneed	refund	lapsed	refunded
exchange_dataneed	refund	withdrawn	refunded
exchange_dataneed	refund	accepted	refunded
exchange_bountygift	pay	started	paid
exchange_bountygift	fail	started	failed
exchange_bountygift	return	started	returned
exchange_bountygift	return	paid	returned
exchange_bountygift	lose	started	lost
exchange_bountygift	lose	paid	lost
exchange_bountygift	lose	returned	lost
exchange_offer	award	made	awarded
exchange_offer	decline	made	declined
exchange_offer	withdraw	made	withdrawn
exchange_offer	withdraw	awarded	withdrawn
exchange_offer	decline	awarded	declined
exchange_bountypayout	request	planned	requested
exchange_bountypayout	request	failed	requested
exchange_bountypayout	request	reversed	requested
exchange_bountypayout	send_back	requested	planned
exchange_bountypayout	send	requested	sent
exchange_bountypayout	settle	sent	settled
exchange_bountypayout	fail	sent	failed
exchange_bountypayout	reverse	settled	reversed
exchange_bountypayout	drop	planned	dropped
exchange_bountypayout	drop	failed	dropped
exchange_bountypayout	drop	reversed	dropped
reuses_reuse	approve	proposed	shown
reuses_reuse	restore	taken_down	shown
reuses_reuse	decline	proposed	declined
reuses_reuse	take_down	shown	taken_down
reuses_reuse	withdraw	proposed	withdrawn
reuses_reuse	withdraw	shown	withdrawn
reuses_reuse	withdraw	taken_down	withdrawn
\.


COPY public.delivery_evidence (id, created_at, kind, text, file, thumb, size, added_at, person_id, milestone_id) FROM stdin;
\.


COPY public.delivery_milestone (id, created_at, state_since, number, title, promise, share_bp, due_on, reason, state, project_id) FROM stdin;
\.


COPY public.delivery_update (id, created_at, title, text, token, posted_at, author_id, project_id) FROM stdin;
\.


COPY public.demo_city (id, created_at, seed, anchored_on) FROM stdin;
\.


COPY public.demo_message (id, created_at, recipient, sender, subject, text) FROM stdin;
\.


COPY public.discussion_comment (id, created_at, body, token, replies, posted_at, edited_at, deleted_at, hidden_for, author_id, organisation_id, parent_id, project_id, thread_id) FROM stdin;
\.


COPY public.discussion_commentrevision (id, created_at, body, replaced_at, comment_id) FROM stdin;
\.


COPY public.discussion_discussioncount (project_id, comments, followers, counted_at) FROM stdin;
\.


COPY public.discussion_follow (id, created_at, since, ended_at, person_id, project_id) FROM stdin;
\.


COPY public.discussion_moderationcase (id, created_at, state_since, quoted, reported_at, state, decision, category, facts, decided_at, appeal, appealed_at, review, reviewed_at, appealed_by_id, author_id, comment_id, decided_by_id, project_id, reviewed_by_id) FROM stdin;
\.


COPY public.discussion_report (id, created_at, email, origin, category, text, reported_at, case_id, reporter_id) FROM stdin;
\.


COPY public.django_admin_log (id, action_time, object_id, object_repr, action_flag, change_message, content_type_id, user_id) FROM stdin;
\.


COPY public.django_celery_beat_clockedschedule (id, clocked_time) FROM stdin;
\.


COPY public.django_celery_beat_crontabschedule (id, minute, hour, day_of_week, day_of_month, month_of_year, timezone) FROM stdin;
\.


COPY public.django_celery_beat_intervalschedule (id, every, period) FROM stdin;
\.


COPY public.django_celery_beat_periodictask (id, name, task, args, kwargs, queue, exchange, routing_key, expires, enabled, last_run_at, total_run_count, date_changed, description, crontab_id, interval_id, solar_id, one_off, start_time, priority, headers, clocked_id, expire_seconds) FROM stdin;
\.


COPY public.django_celery_beat_periodictasks (ident, last_update) FROM stdin;
\.


COPY public.django_celery_beat_solarschedule (id, event, latitude, longitude) FROM stdin;
\.


COPY public.django_content_type (id, app_label, model) FROM stdin;
1	wagtailcore	page
2	wagtailimages	image
3	wagtailadmin	admin
4	wagtailcore	groupapprovaltask
5	wagtailcore	locale
6	wagtailcore	site
7	wagtailcore	groupsitepermission
8	wagtailcore	apitoken
9	wagtailcore	modellogentry
10	wagtailcore	revision
11	wagtailcore	collectionviewrestriction
12	wagtailcore	collection
13	wagtailcore	groupcollectionpermission
14	wagtailcore	uploadedfile
15	wagtailcore	workflowcontenttype
16	wagtailcore	workflowstate
17	wagtailcore	workflow
18	wagtailcore	workflowtask
19	wagtailcore	task
20	wagtailcore	taskstate
21	wagtailcore	grouppagepermission
22	wagtailcore	pageviewrestriction
23	wagtailcore	workflowpage
24	wagtailcore	pagelogentry
25	wagtailcore	comment
26	wagtailcore	commentreply
27	wagtailcore	pagesubscription
28	wagtailcore	referenceindex
29	wagtaildocs	document
30	demo	city
31	demo	message
32	pages	numbers
33	pages	callpage
34	pages	homepage
35	pages	helpindexpage
36	pages	standardpage
37	pages	storyindexpage
38	pages	storypage
39	pages	sitesettings
40	invoicing	issuer
41	invoicing	invoiceseries
42	invoicing	invoice
43	invoicing	invoicepayment
44	invoicing	invoicepaymentreversal
45	invoicing	creditedpayment
46	invoicing	invoicedocument
47	invoicing	invoicereminder
48	campaigns	campaign
49	campaigns	stretchgoal
50	campaigns	campaigntotal
51	campaigns	pledge
52	campaigns	instalment
53	campaigns	pledgestanding
54	campaigns	instalmentstanding
55	matching	matchfund
56	matching	deposit
57	matching	fundreturn
58	matching	allocation
59	matching	matchline
60	matching	exclusion
61	matching	challenge
62	matching	allocationstanding
63	sponsorship	package
64	sponsorship	sponsorship
65	sponsorship	sponsorshipstanding
66	exchange	dataneed
67	exchange	bountygift
68	exchange	giftstanding
69	exchange	offer
70	exchange	delivery
71	exchange	bountypayout
72	payouts	hold
73	payouts	bankdetails
74	payouts	payout
75	payouts	approval
76	payouts	return
77	payments	method
78	payments	methodsetup
79	payments	bankorder
80	payments	charge
81	payments	refund
82	payments	transfer
83	payments	dispute
84	payments	chargestanding
85	payments	claim
86	payments	demopayment
87	payments	command
88	payments	message
89	payments	mirrorjob
90	payments	statement
91	payments	statementline
92	payments	linepayment
93	payments	settlement
94	payments	reconciliation
95	ledger	account
96	ledger	entry
97	ledger	posting
98	ledger	outflow
99	ledger	checkpoint
100	ledger	link
101	ledger	unlinked
102	ledger	dailyroot
103	ledger	rootsubscriber
104	delivery	milestone
105	delivery	evidence
106	delivery	update
107	contributions	want
108	contributions	contribution
109	voting	ballot
110	voting	ballotline
111	voting	paperballot
112	voting	paperentry
113	voting	papervoter
114	voting	poll
115	voting	tally
116	voting	projectresult
117	discussion	comment
118	discussion	commentrevision
119	discussion	follow
120	discussion	discussioncount
121	discussion	moderationcase
122	discussion	report
123	proposals	project
124	proposals	costline
125	proposals	teammember
126	proposals	teaminvitation
127	proposals	participantgoal
128	proposals	picture
129	proposals	projectrevision
130	proposals	support
131	proposals	supportchange
132	proposals	supportcount
133	calls	call
134	calls	phase
135	analytics	savedquery
136	consent	collection
137	consent	purpose
138	consent	notice
139	consent	submission
140	consent	consent
141	consent	release
142	consent	inclusion
143	consent	deletion
144	consent	rightsrequest
145	reuses	reuse
146	access	policy
147	access	accessrequest
148	access	agreement
149	access	grant
150	catalogue	source
151	catalogue	harvest
152	catalogue	harvestrecord
153	catalogue	harveststep
154	catalogue	series
155	catalogue	dataset
156	catalogue	original
157	catalogue	follow
158	catalogue	upload
159	catalogue	uploadstep
160	catalogue	rejectedrow
161	catalogue	revision
162	catalogue	distribution
163	notifications	notification
164	notifications	preference
165	accounts	area
166	accounts	person
167	accounts	lettercount
168	accounts	mail
169	accounts	organisation
170	accounts	membership
171	accounts	invitation
172	accounts	dataexport
173	accounts	erasurerequest
174	accounts	residency
175	accounts	registryupload
176	accounts	registryentry
177	accounts	staffinvitation
178	core	event
179	core	outbox
180	core	delivery
181	core	putoff
182	core	seal
183	wagtailforms	formsubmission
184	wagtailredirects	redirect
185	wagtailembeds	embed
186	wagtailusers	userprofile
187	wagtailimages	rendition
188	wagtailsearch	indexentry
189	wagtailadmin	editingsession
190	wagtailadmin	formstate
191	taggit	tag
192	taggit	taggeditem
193	account	emailaddress
194	account	emailconfirmation
195	mfa	authenticator
196	guardian	userobjectpermission
197	guardian	groupobjectpermission
198	django_celery_beat	solarschedule
199	django_celery_beat	intervalschedule
200	django_celery_beat	clockedschedule
201	django_celery_beat	crontabschedule
202	django_celery_beat	periodictasks
203	django_celery_beat	periodictask
204	djstripe	idempotencykey
205	djstripe	apikey
206	djstripe	account
207	djstripe	accountv2
208	djstripe	coupon
209	djstripe	promotioncode
210	djstripe	discount
211	djstripe	invoice
212	djstripe	upcominginvoice
213	djstripe	invoiceitem
214	djstripe	lineitem
215	djstripe	subscription
216	djstripe	subscriptionitem
217	djstripe	subscriptionschedule
218	djstripe	shippingrate
219	djstripe	taxcode
220	djstripe	taxid
221	djstripe	taxrate
222	djstripe	session
223	djstripe	applicationfee
224	djstripe	applicationfeerefund
225	djstripe	countryspec
226	djstripe	transfer
227	djstripe	transferreversal
228	djstripe	balancetransaction
229	djstripe	charge
230	djstripe	mandate
231	djstripe	product
232	djstripe	customer
233	djstripe	dispute
234	djstripe	event
235	djstripe	file
236	djstripe	filelink
237	djstripe	paymentintent
238	djstripe	setupintent
239	djstripe	payout
240	djstripe	price
241	djstripe	refund
242	djstripe	feature
243	djstripe	productfeature
244	djstripe	activeentitlement
245	djstripe	verificationsession
246	djstripe	verificationreport
247	djstripe	issuingauthorization
248	djstripe	issuingcard
249	djstripe	issuingcardholder
250	djstripe	issuingdispute
251	djstripe	issuingtransaction
252	djstripe	djstripepaymentmethod
253	djstripe	bankaccount
254	djstripe	card
255	djstripe	source
256	djstripe	sourcetransaction
257	djstripe	paymentmethod
258	djstripe	earlyfraudwarning
259	djstripe	review
260	djstripe	scheduledqueryrun
261	djstripe	webhookendpoint
262	djstripe	webhookeventtrigger
263	admin	logentry
264	auth	permission
265	auth	group
266	contenttypes	contenttype
267	sessions	session
\.


COPY public.django_migrations (id, app, name, applied) FROM stdin;
187	payouts	0010_named	2026-01-01 00:00:00+00
1	contenttypes	0001_initial	2026-01-01 00:00:00+00
2	auth	0001_initial	2026-01-01 00:00:00+00
3	contenttypes	0002_remove_content_type_name	2026-01-01 00:00:00+00
4	auth	0002_alter_permission_name_max_length	2026-01-01 00:00:00+00
5	auth	0003_alter_user_email_max_length	2026-01-01 00:00:00+00
6	auth	0004_alter_user_username_opts	2026-01-01 00:00:00+00
7	auth	0005_alter_user_last_login_null	2026-01-01 00:00:00+00
8	auth	0006_require_contenttypes_0002	2026-01-01 00:00:00+00
9	auth	0007_alter_validators_add_error_messages	2026-01-01 00:00:00+00
10	auth	0008_alter_user_username_max_length	2026-01-01 00:00:00+00
11	auth	0009_alter_user_last_name_max_length	2026-01-01 00:00:00+00
12	auth	0010_alter_group_name_max_length	2026-01-01 00:00:00+00
13	auth	0011_update_proxy_permissions	2026-01-01 00:00:00+00
14	auth	0012_alter_user_first_name_max_length	2026-01-01 00:00:00+00
15	accounts	0001_initial	2026-01-01 00:00:00+00
16	guardian	0001_initial	2026-01-01 00:00:00+00
17	guardian	0002_generic_permissions_index	2026-01-01 00:00:00+00
18	guardian	0003_remove_groupobjectpermission_guardian_gr_content_ae6aec_idx_and_more	2026-01-01 00:00:00+00
19	core	0001_initial	2026-01-01 00:00:00+00
20	core	0002_rules	2026-01-01 00:00:00+00
21	core	0003_asked_by_the_clock	2026-01-01 00:00:00+00
22	core	0004_put_off	2026-01-01 00:00:00+00
23	core	0005_guards	2026-01-01 00:00:00+00
24	core	0006_kinds	2026-01-01 00:00:00+00
25	core	0007_queues	2026-01-01 00:00:00+00
26	django_celery_beat	0001_initial	2026-01-01 00:00:00+00
27	django_celery_beat	0002_auto_20161118_0346	2026-01-01 00:00:00+00
28	django_celery_beat	0003_auto_20161209_0049	2026-01-01 00:00:00+00
29	django_celery_beat	0004_auto_20170221_0000	2026-01-01 00:00:00+00
30	django_celery_beat	0005_add_solarschedule_events_choices	2026-01-01 00:00:00+00
31	django_celery_beat	0006_auto_20180322_0932	2026-01-01 00:00:00+00
32	django_celery_beat	0007_auto_20180521_0826	2026-01-01 00:00:00+00
33	django_celery_beat	0008_auto_20180914_1922	2026-01-01 00:00:00+00
34	django_celery_beat	0006_auto_20180210_1226	2026-01-01 00:00:00+00
35	django_celery_beat	0006_periodictask_priority	2026-01-01 00:00:00+00
36	django_celery_beat	0009_periodictask_headers	2026-01-01 00:00:00+00
37	django_celery_beat	0010_auto_20190429_0326	2026-01-01 00:00:00+00
38	django_celery_beat	0011_auto_20190508_0153	2026-01-01 00:00:00+00
39	django_celery_beat	0012_periodictask_expire_seconds	2026-01-01 00:00:00+00
40	django_celery_beat	0013_auto_20200609_0727	2026-01-01 00:00:00+00
41	django_celery_beat	0014_remove_clockedschedule_enabled	2026-01-01 00:00:00+00
42	django_celery_beat	0015_edit_solarschedule_events_choices	2026-01-01 00:00:00+00
43	django_celery_beat	0016_alter_crontabschedule_timezone	2026-01-01 00:00:00+00
44	django_celery_beat	0017_alter_crontabschedule_month_of_year	2026-01-01 00:00:00+00
45	django_celery_beat	0018_improve_crontab_helptext	2026-01-01 00:00:00+00
46	django_celery_beat	0019_alter_periodictasks_options	2026-01-01 00:00:00+00
47	core	0008_outbox	2026-01-01 00:00:00+00
48	mfa	0001_initial	2026-01-01 00:00:00+00
49	mfa	0002_authenticator_timestamps	2026-01-01 00:00:00+00
50	mfa	0003_authenticator_type_uniq	2026-01-01 00:00:00+00
51	accounts	0002_people_stay	2026-01-01 00:00:00+00
52	accounts	0003_letters_and_ages	2026-01-01 00:00:00+00
53	accounts	0004_steps	2026-01-01 00:00:00+00
54	accounts	0005_staff_invitations	2026-01-01 00:00:00+00
55	account	0001_initial	2026-01-01 00:00:00+00
56	account	0002_email_max_length	2026-01-01 00:00:00+00
57	account	0003_alter_emailaddress_create_unique_verified_email	2026-01-01 00:00:00+00
58	account	0004_alter_emailaddress_drop_unique_email	2026-01-01 00:00:00+00
59	account	0005_emailaddress_idx_upper_email	2026-01-01 00:00:00+00
60	account	0006_emailaddress_lower	2026-01-01 00:00:00+00
61	account	0007_emailaddress_idx_email	2026-01-01 00:00:00+00
62	account	0008_emailaddress_unique_primary_email_fixup	2026-01-01 00:00:00+00
63	account	0009_emailaddress_unique_primary_email	2026-01-01 00:00:00+00
64	accounts	0006_ways_in	2026-01-01 00:00:00+00
65	accounts	0007_queues	2026-01-01 00:00:00+00
66	accounts	0008_endings	2026-01-01 00:00:00+00
67	catalogue	0001_initial	2026-01-01 00:00:00+00
68	catalogue	0002_rules	2026-01-01 00:00:00+00
69	catalogue	0003_queues	2026-01-01 00:00:00+00
70	accounts	0009_wrong_confirmations	2026-01-01 00:00:00+00
71	catalogue	0004_high_value	2026-01-01 00:00:00+00
72	catalogue	0005_source	2026-01-01 00:00:00+00
73	catalogue	0006_told	2026-01-01 00:00:00+00
74	catalogue	0007_answered	2026-01-01 00:00:00+00
75	catalogue	0008_resumable	2026-01-01 00:00:00+00
76	accounts	0010_endings	2026-01-01 00:00:00+00
77	accounts	0011_kinds	2026-01-01 00:00:00+00
78	catalogue	0009_harvest	2026-01-01 00:00:00+00
79	catalogue	0010_access	2026-01-01 00:00:00+00
80	access	0001_initial	2026-01-01 00:00:00+00
81	access	0002_rules	2026-01-01 00:00:00+00
82	access	0003_holds	2026-01-01 00:00:00+00
83	accounts	0012_register	2026-01-01 00:00:00+00
84	admin	0001_initial	2026-01-01 00:00:00+00
85	admin	0002_logentry_remove_auto_add	2026-01-01 00:00:00+00
86	admin	0003_logentry_add_action_flag_choices	2026-01-01 00:00:00+00
87	analytics	0001_initial	2026-01-01 00:00:00+00
88	analytics	0002_rules	2026-01-01 00:00:00+00
89	analytics	0003_embeds	2026-01-01 00:00:00+00
90	calls	0001_initial	2026-01-01 00:00:00+00
91	calls	0002_rules	2026-01-01 00:00:00+00
92	calls	0003_votable	2026-01-01 00:00:00+00
93	calls	0004_minimum_age	2026-01-01 00:00:00+00
94	calls	0005_steps	2026-01-01 00:00:00+00
95	calls	0006_plans	2026-01-01 00:00:00+00
96	payments	0001_initial	2026-01-01 00:00:00+00
97	payments	0002_rules	2026-01-01 00:00:00+00
98	payments	0003_purpose_indexes	2026-01-01 00:00:00+00
99	payments	0004_asked_by_the_clock	2026-01-01 00:00:00+00
100	payments	0005_kept	2026-01-01 00:00:00+00
101	payments	0006_ways_out	2026-01-01 00:00:00+00
102	payments	0007_steps	2026-01-01 00:00:00+00
103	ledger	0001_initial	2026-01-01 00:00:00+00
104	ledger	0002_rules	2026-01-01 00:00:00+00
105	ledger	0003_numbered	2026-01-01 00:00:00+00
106	ledger	0004_true_links	2026-01-01 00:00:00+00
107	payments	0008_disputes	2026-01-01 00:00:00+00
108	payments	0009_commands	2026-01-01 00:00:00+00
109	payments	0010_claims	2026-01-01 00:00:00+00
110	payments	0011_queues	2026-01-01 00:00:00+00
111	payments	0012_statements	2026-01-01 00:00:00+00
112	payments	0013_claims_reopen	2026-01-01 00:00:00+00
113	payments	0014_onward	2026-01-01 00:00:00+00
114	payments	0015_begins	2026-01-01 00:00:00+00
115	proposals	0001_initial	2026-01-01 00:00:00+00
116	campaigns	0001_initial	2026-01-01 00:00:00+00
117	campaigns	0002_rules	2026-01-01 00:00:00+00
118	campaigns	0003_asked_by_the_clock	2026-01-01 00:00:00+00
119	campaigns	0004_stays_open	2026-01-01 00:00:00+00
120	campaigns	0005_steps	2026-01-01 00:00:00+00
121	campaigns	0006_disputes	2026-01-01 00:00:00+00
122	campaigns	0007_declined	2026-01-01 00:00:00+00
123	campaigns	0008_all_months	2026-01-01 00:00:00+00
124	campaigns	0009_names	2026-01-01 00:00:00+00
125	campaigns	0010_months	2026-01-01 00:00:00+00
126	campaigns	0011_published	2026-01-01 00:00:00+00
127	catalogue	0011_by_consent	2026-01-01 00:00:00+00
128	consent	0001_initial	2026-01-01 00:00:00+00
129	consent	0002_rules	2026-01-01 00:00:00+00
130	consent	0003_versions	2026-01-01 00:00:00+00
131	contributions	0001_initial	2026-01-01 00:00:00+00
132	contributions	0002_steps	2026-01-01 00:00:00+00
133	delivery	0001_initial	2026-01-01 00:00:00+00
134	delivery	0002_rules	2026-01-01 00:00:00+00
135	delivery	0003_evidence_files	2026-01-01 00:00:00+00
136	delivery	0004_steps	2026-01-01 00:00:00+00
137	demo	0001_initial	2026-01-01 00:00:00+00
138	discussion	0001_initial	2026-01-01 00:00:00+00
139	discussion	0002_steps	2026-01-01 00:00:00+00
140	djstripe	0001_initial	2026-01-01 00:00:00+00
141	djstripe	0002_2_10	2026-01-01 00:00:00+00
142	djstripe	0003_2_11	2026-01-01 00:00:00+00
143	voting	0001_initial	2026-01-01 00:00:00+00
144	voting	0002_rules	2026-01-01 00:00:00+00
145	voting	0003_day_only	2026-01-01 00:00:00+00
146	voting	0004_explained	2026-01-01 00:00:00+00
147	voting	0005_entitled	2026-01-01 00:00:00+00
148	voting	0006_listed	2026-01-01 00:00:00+00
149	voting	0007_steps	2026-01-01 00:00:00+00
150	voting	0008_unlinked	2026-01-01 00:00:00+00
151	invoicing	0001_initial	2026-01-01 00:00:00+00
152	sponsorship	0001_initial	2026-01-01 00:00:00+00
153	sponsorship	0002_rules	2026-01-01 00:00:00+00
154	invoicing	0002_rules	2026-01-01 00:00:00+00
155	invoicing	0003_own_charges	2026-01-01 00:00:00+00
156	sponsorship	0003_given_back	2026-01-01 00:00:00+00
157	sponsorship	0004_steps	2026-01-01 00:00:00+00
158	invoicing	0004_disputes	2026-01-01 00:00:00+00
159	sponsorship	0005_disputes	2026-01-01 00:00:00+00
160	invoicing	0005_credit_notes	2026-01-01 00:00:00+00
161	sponsorship	0006_credit_notes	2026-01-01 00:00:00+00
162	proposals	0002_rules	2026-01-01 00:00:00+00
163	proposals	0003_currencies	2026-01-01 00:00:00+00
164	proposals	0004_picture_files	2026-01-01 00:00:00+00
165	proposals	0005_steps	2026-01-01 00:00:00+00
166	payouts	0001_initial	2026-01-01 00:00:00+00
167	matching	0001_initial	2026-01-01 00:00:00+00
168	matching	0002_rules	2026-01-01 00:00:00+00
169	payouts	0002_rules	2026-01-01 00:00:00+00
170	matching	0003_backed	2026-01-01 00:00:00+00
171	payouts	0003_set_apart	2026-01-01 00:00:00+00
172	payouts	0004_returns	2026-01-01 00:00:00+00
173	payouts	0005_steps	2026-01-01 00:00:00+00
174	payouts	0006_closed	2026-01-01 00:00:00+00
175	matching	0004_returns	2026-01-01 00:00:00+00
176	matching	0005_steps	2026-01-01 00:00:00+00
177	payouts	0007_owed	2026-01-01 00:00:00+00
178	notifications	0001_initial	2026-01-01 00:00:00+00
179	matching	0006_parts	2026-01-01 00:00:00+00
180	matching	0007_counted	2026-01-01 00:00:00+00
181	matching	0008_disputed	2026-01-01 00:00:00+00
182	matching	0009_inputs	2026-01-01 00:00:00+00
183	matching	0010_booked	2026-01-01 00:00:00+00
184	invoicing	0006_issuer_told	2026-01-01 00:00:00+00
185	payouts	0008_entries	2026-01-01 00:00:00+00
186	payouts	0009_entries	2026-01-01 00:00:00+00
188	payouts	0011_charges	2026-01-01 00:00:00+00
189	payments	0016_paid	2026-01-01 00:00:00+00
190	payments	0017_paid_before	2026-01-01 00:00:00+00
191	payments	0018_less	2026-01-01 00:00:00+00
192	matching	0011_taken_back	2026-01-01 00:00:00+00
193	payouts	0012_taken_back	2026-01-01 00:00:00+00
194	payments	0019_refused	2026-01-01 00:00:00+00
195	payments	0020_twice	2026-01-01 00:00:00+00
196	payouts	0013_twice	2026-01-01 00:00:00+00
197	payments	0021_accounts	2026-01-01 00:00:00+00
198	payments	0022_named	2026-01-01 00:00:00+00
199	payouts	0014_taken	2026-01-01 00:00:00+00
200	payouts	0015_parts	2026-01-01 00:00:00+00
201	payments	0023_claims	2026-01-01 00:00:00+00
202	payments	0024_proposed	2026-01-01 00:00:00+00
203	payments	0025_refunds	2026-01-01 00:00:00+00
204	invoicing	0007_reversals	2026-01-01 00:00:00+00
205	payouts	0016_after_all	2026-01-01 00:00:00+00
206	payouts	0017_returned	2026-01-01 00:00:00+00
207	payments	0027_refunds	2026-01-01 00:00:00+00
208	invoicing	0008_reversals	2026-01-01 00:00:00+00
209	payouts	0018_gone_after_all	2026-01-01 00:00:00+00
210	exchange	0001_initial	2026-01-01 00:00:00+00
211	exchange	0002_rules	2026-01-01 00:00:00+00
212	matching	0012_paid	2026-01-01 00:00:00+00
213	wagtailcore	0001_initial	2026-01-01 00:00:00+00
214	wagtailcore	0002_initial_data	2026-01-01 00:00:00+00
215	wagtailcore	0003_add_uniqueness_constraint_on_group_page_permission	2026-01-01 00:00:00+00
216	wagtailcore	0004_page_locked	2026-01-01 00:00:00+00
217	wagtailcore	0005_add_page_lock_permission_to_moderators	2026-01-01 00:00:00+00
218	wagtailcore	0006_add_lock_page_permission	2026-01-01 00:00:00+00
219	wagtailcore	0007_page_latest_revision_created_at	2026-01-01 00:00:00+00
220	wagtailcore	0008_populate_latest_revision_created_at	2026-01-01 00:00:00+00
221	wagtailcore	0009_remove_auto_now_add_from_pagerevision_created_at	2026-01-01 00:00:00+00
222	wagtailcore	0010_change_page_owner_to_null_on_delete	2026-01-01 00:00:00+00
223	wagtailcore	0011_page_first_published_at	2026-01-01 00:00:00+00
224	wagtailcore	0012_extend_page_slug_field	2026-01-01 00:00:00+00
225	wagtailcore	0013_update_golive_expire_help_text	2026-01-01 00:00:00+00
226	wagtailcore	0014_add_verbose_name	2026-01-01 00:00:00+00
227	wagtailcore	0015_add_more_verbose_names	2026-01-01 00:00:00+00
228	wagtailcore	0016_change_page_url_path_to_text_field	2026-01-01 00:00:00+00
229	wagtailcore	0017_change_edit_page_permission_description	2026-01-01 00:00:00+00
230	wagtailcore	0018_pagerevision_submitted_for_moderation_index	2026-01-01 00:00:00+00
231	wagtailcore	0019_verbose_names_cleanup	2026-01-01 00:00:00+00
232	wagtailcore	0020_add_index_on_page_first_published_at	2026-01-01 00:00:00+00
233	wagtailcore	0021_capitalizeverbose	2026-01-01 00:00:00+00
234	wagtailcore	0022_add_site_name	2026-01-01 00:00:00+00
235	wagtailcore	0023_alter_page_revision_on_delete_behaviour	2026-01-01 00:00:00+00
236	wagtailcore	0024_collection	2026-01-01 00:00:00+00
237	wagtailcore	0025_collection_initial_data	2026-01-01 00:00:00+00
238	wagtailcore	0026_group_collection_permission	2026-01-01 00:00:00+00
239	taggit	0001_initial	2026-01-01 00:00:00+00
240	wagtailimages	0001_initial	2026-01-01 00:00:00+00
241	wagtailimages	0002_initial_data	2026-01-01 00:00:00+00
242	wagtailimages	0003_fix_focal_point_fields	2026-01-01 00:00:00+00
243	wagtailimages	0004_make_focal_point_key_not_nullable	2026-01-01 00:00:00+00
244	wagtailimages	0005_make_filter_spec_unique	2026-01-01 00:00:00+00
245	wagtailimages	0006_add_verbose_names	2026-01-01 00:00:00+00
246	wagtailimages	0007_image_file_size	2026-01-01 00:00:00+00
247	wagtailimages	0008_image_created_at_index	2026-01-01 00:00:00+00
248	wagtailimages	0009_capitalizeverbose	2026-01-01 00:00:00+00
249	wagtailimages	0010_change_on_delete_behaviour	2026-01-01 00:00:00+00
250	wagtailimages	0011_image_collection	2026-01-01 00:00:00+00
251	wagtailimages	0012_copy_image_permissions_to_collections	2026-01-01 00:00:00+00
252	wagtailimages	0013_make_rendition_upload_callable	2026-01-01 00:00:00+00
253	wagtailimages	0014_add_filter_spec_field	2026-01-01 00:00:00+00
254	wagtailimages	0015_fill_filter_spec_field	2026-01-01 00:00:00+00
255	wagtailimages	0016_deprecate_rendition_filter_relation	2026-01-01 00:00:00+00
256	wagtailimages	0017_reduce_focal_point_key_max_length	2026-01-01 00:00:00+00
257	wagtailimages	0018_remove_rendition_filter	2026-01-01 00:00:00+00
258	wagtailimages	0019_delete_filter	2026-01-01 00:00:00+00
259	wagtailimages	0020_add-verbose-name	2026-01-01 00:00:00+00
260	wagtailimages	0021_image_file_hash	2026-01-01 00:00:00+00
261	wagtailimages	0022_uploadedimage	2026-01-01 00:00:00+00
262	wagtailadmin	0001_create_admin_access_permissions	2026-01-01 00:00:00+00
263	wagtailimages	0023_add_choose_permissions	2026-01-01 00:00:00+00
264	wagtailimages	0024_index_image_file_hash	2026-01-01 00:00:00+00
265	wagtailimages	0025_alter_image_file_alter_rendition_file	2026-01-01 00:00:00+00
266	wagtailimages	0026_delete_uploadedimage	2026-01-01 00:00:00+00
267	wagtailimages	0027_image_description	2026-01-01 00:00:00+00
268	wagtailcore	0027_fix_collection_path_collation	2026-01-01 00:00:00+00
269	wagtailcore	0024_alter_page_content_type_on_delete_behaviour	2026-01-01 00:00:00+00
270	wagtailcore	0028_merge	2026-01-01 00:00:00+00
271	wagtailcore	0029_unicode_slugfield_dj19	2026-01-01 00:00:00+00
272	wagtailcore	0030_index_on_pagerevision_created_at	2026-01-01 00:00:00+00
273	wagtailcore	0031_add_page_view_restriction_types	2026-01-01 00:00:00+00
274	wagtailcore	0032_add_bulk_delete_page_permission	2026-01-01 00:00:00+00
275	wagtailcore	0033_remove_golive_expiry_help_text	2026-01-01 00:00:00+00
276	wagtailcore	0034_page_live_revision	2026-01-01 00:00:00+00
277	wagtailcore	0035_page_last_published_at	2026-01-01 00:00:00+00
278	wagtailcore	0036_populate_page_last_published_at	2026-01-01 00:00:00+00
279	wagtailcore	0037_set_page_owner_editable	2026-01-01 00:00:00+00
280	wagtailcore	0038_make_first_published_at_editable	2026-01-01 00:00:00+00
281	wagtailcore	0039_collectionviewrestriction	2026-01-01 00:00:00+00
282	wagtailcore	0040_page_draft_title	2026-01-01 00:00:00+00
283	wagtailcore	0041_group_collection_permissions_verbose_name_plural	2026-01-01 00:00:00+00
284	wagtailcore	0042_index_on_pagerevision_approved_go_live_at	2026-01-01 00:00:00+00
285	wagtailcore	0043_lock_fields	2026-01-01 00:00:00+00
286	wagtailcore	0044_add_unlock_grouppagepermission	2026-01-01 00:00:00+00
287	wagtailcore	0045_assign_unlock_grouppagepermission	2026-01-01 00:00:00+00
288	wagtailcore	0046_site_name_remove_null	2026-01-01 00:00:00+00
289	wagtailcore	0047_add_workflow_models	2026-01-01 00:00:00+00
290	wagtailcore	0048_add_default_workflows	2026-01-01 00:00:00+00
291	wagtailcore	0049_taskstate_finished_by	2026-01-01 00:00:00+00
292	wagtailcore	0050_workflow_rejected_to_needs_changes	2026-01-01 00:00:00+00
293	wagtailcore	0051_taskstate_comment	2026-01-01 00:00:00+00
294	wagtailcore	0052_pagelogentry	2026-01-01 00:00:00+00
295	wagtailcore	0053_locale_model	2026-01-01 00:00:00+00
296	wagtailcore	0054_initial_locale	2026-01-01 00:00:00+00
297	wagtailcore	0055_page_locale_fields	2026-01-01 00:00:00+00
298	wagtailcore	0056_page_locale_fields_populate	2026-01-01 00:00:00+00
299	wagtailcore	0057_page_locale_fields_notnull	2026-01-01 00:00:00+00
300	wagtailcore	0058_page_alias_of	2026-01-01 00:00:00+00
301	wagtailcore	0059_apply_collection_ordering	2026-01-01 00:00:00+00
302	wagtailcore	0060_fix_workflow_unique_constraint	2026-01-01 00:00:00+00
303	wagtailcore	0061_change_promote_tab_helpt_text_and_verbose_names	2026-01-01 00:00:00+00
304	wagtailcore	0062_comment_models_and_pagesubscription	2026-01-01 00:00:00+00
305	wagtailcore	0063_modellogentry	2026-01-01 00:00:00+00
306	wagtailcore	0064_log_timestamp_indexes	2026-01-01 00:00:00+00
307	wagtailcore	0065_log_entry_uuid	2026-01-01 00:00:00+00
308	wagtailcore	0066_collection_management_permissions	2026-01-01 00:00:00+00
309	wagtailcore	0067_alter_pagerevision_content_json	2026-01-01 00:00:00+00
310	wagtailcore	0068_log_entry_empty_object	2026-01-01 00:00:00+00
311	wagtailcore	0069_log_entry_jsonfield	2026-01-01 00:00:00+00
312	wagtailcore	0070_rename_pagerevision_revision	2026-01-01 00:00:00+00
313	wagtailcore	0071_populate_revision_content_type	2026-01-01 00:00:00+00
314	wagtailcore	0072_alter_revision_content_type_notnull	2026-01-01 00:00:00+00
315	wagtailcore	0073_page_latest_revision	2026-01-01 00:00:00+00
316	wagtailcore	0074_revision_object_str	2026-01-01 00:00:00+00
317	wagtailcore	0075_populate_latest_revision_and_revision_object_str	2026-01-01 00:00:00+00
318	wagtailcore	0076_modellogentry_revision	2026-01-01 00:00:00+00
319	wagtailcore	0077_alter_revision_user	2026-01-01 00:00:00+00
320	wagtailcore	0078_referenceindex	2026-01-01 00:00:00+00
321	wagtailcore	0079_rename_taskstate_page_revision	2026-01-01 00:00:00+00
322	wagtailcore	0080_generic_workflowstate	2026-01-01 00:00:00+00
323	wagtailcore	0081_populate_workflowstate_content_type	2026-01-01 00:00:00+00
324	wagtailcore	0082_alter_workflowstate_content_type_notnull	2026-01-01 00:00:00+00
325	wagtailcore	0083_workflowcontenttype	2026-01-01 00:00:00+00
326	wagtailcore	0084_add_default_page_permissions	2026-01-01 00:00:00+00
327	wagtailcore	0085_add_grouppagepermission_permission	2026-01-01 00:00:00+00
328	wagtailcore	0086_populate_grouppagepermission_permission	2026-01-01 00:00:00+00
329	wagtailcore	0087_alter_grouppagepermission_unique_together_and_more	2026-01-01 00:00:00+00
330	wagtailcore	0088_fix_log_entry_json_timestamps	2026-01-01 00:00:00+00
331	wagtailcore	0089_log_entry_data_json_null_to_object	2026-01-01 00:00:00+00
332	wagtailcore	0090_remove_grouppagepermission_permission_type	2026-01-01 00:00:00+00
333	wagtailcore	0091_remove_revision_submitted_for_moderation	2026-01-01 00:00:00+00
334	wagtailcore	0092_alter_collectionviewrestriction_password_and_more	2026-01-01 00:00:00+00
335	wagtailcore	0093_uploadedfile	2026-01-01 00:00:00+00
336	wagtailcore	0094_alter_page_locale	2026-01-01 00:00:00+00
337	wagtailcore	0095_groupsitepermission	2026-01-01 00:00:00+00
338	wagtailcore	0096_referenceindex_referenceindex_source_object_and_more	2026-01-01 00:00:00+00
339	wagtailcore	0097_baselogentry_uuid_action_timestamp_indexes	2026-01-01 00:00:00+00
340	wagtailcore	0098_apitoken	2026-01-01 00:00:00+00
341	pages	0001_initial	2026-01-01 00:00:00+00
342	payouts	0019_later	2026-01-01 00:00:00+00
343	reuses	0001_initial	2026-01-01 00:00:00+00
344	reuses	0002_steps	2026-01-01 00:00:00+00
345	sessions	0001_initial	2026-01-01 00:00:00+00
346	taggit	0002_auto_20150616_2121	2026-01-01 00:00:00+00
347	taggit	0003_taggeditem_add_unique_index	2026-01-01 00:00:00+00
348	taggit	0004_alter_taggeditem_content_type_alter_taggeditem_tag	2026-01-01 00:00:00+00
349	taggit	0005_auto_20220424_2025	2026-01-01 00:00:00+00
350	taggit	0006_rename_taggeditem_content_type_object_id_taggit_tagg_content_8fc721_idx	2026-01-01 00:00:00+00
351	voting	0009_elsewhere	2026-01-01 00:00:00+00
352	voting	0010_counting	2026-01-01 00:00:00+00
353	voting	0011_wrong_accounts	2026-01-01 00:00:00+00
354	wagtailadmin	0002_admin	2026-01-01 00:00:00+00
355	wagtailadmin	0003_admin_managed	2026-01-01 00:00:00+00
356	wagtailadmin	0004_editingsession	2026-01-01 00:00:00+00
357	wagtailadmin	0005_editingsession_is_editing	2026-01-01 00:00:00+00
358	wagtailadmin	0006_formstate	2026-01-01 00:00:00+00
359	wagtaildocs	0001_initial	2026-01-01 00:00:00+00
360	wagtaildocs	0002_initial_data	2026-01-01 00:00:00+00
361	wagtaildocs	0003_add_verbose_names	2026-01-01 00:00:00+00
362	wagtaildocs	0004_capitalizeverbose	2026-01-01 00:00:00+00
363	wagtaildocs	0005_document_collection	2026-01-01 00:00:00+00
364	wagtaildocs	0006_copy_document_permissions_to_collections	2026-01-01 00:00:00+00
365	wagtaildocs	0005_alter_uploaded_by_user_on_delete_action	2026-01-01 00:00:00+00
366	wagtaildocs	0007_merge	2026-01-01 00:00:00+00
367	wagtaildocs	0008_document_file_size	2026-01-01 00:00:00+00
368	wagtaildocs	0009_document_verbose_name_plural	2026-01-01 00:00:00+00
369	wagtaildocs	0010_document_file_hash	2026-01-01 00:00:00+00
370	wagtaildocs	0011_add_choose_permissions	2026-01-01 00:00:00+00
371	wagtaildocs	0012_uploadeddocument	2026-01-01 00:00:00+00
372	wagtaildocs	0013_delete_uploadeddocument	2026-01-01 00:00:00+00
373	wagtaildocs	0014_alter_document_file_size	2026-01-01 00:00:00+00
374	wagtailembeds	0001_initial	2026-01-01 00:00:00+00
375	wagtailembeds	0002_add_verbose_names	2026-01-01 00:00:00+00
376	wagtailembeds	0003_capitalizeverbose	2026-01-01 00:00:00+00
377	wagtailembeds	0004_embed_verbose_name_plural	2026-01-01 00:00:00+00
378	wagtailembeds	0005_specify_thumbnail_url_max_length	2026-01-01 00:00:00+00
379	wagtailembeds	0006_add_embed_hash	2026-01-01 00:00:00+00
380	wagtailembeds	0007_populate_hash	2026-01-01 00:00:00+00
381	wagtailembeds	0008_allow_long_urls	2026-01-01 00:00:00+00
382	wagtailembeds	0009_embed_cache_until	2026-01-01 00:00:00+00
383	wagtailforms	0001_initial	2026-01-01 00:00:00+00
384	wagtailforms	0002_add_verbose_names	2026-01-01 00:00:00+00
385	wagtailforms	0003_capitalizeverbose	2026-01-01 00:00:00+00
386	wagtailforms	0004_add_verbose_name_plural	2026-01-01 00:00:00+00
387	wagtailforms	0005_alter_formsubmission_form_data	2026-01-01 00:00:00+00
388	wagtailredirects	0001_initial	2026-01-01 00:00:00+00
389	wagtailredirects	0002_add_verbose_names	2026-01-01 00:00:00+00
390	wagtailredirects	0003_make_site_field_editable	2026-01-01 00:00:00+00
391	wagtailredirects	0004_set_unique_on_path_and_site	2026-01-01 00:00:00+00
392	wagtailredirects	0005_capitalizeverbose	2026-01-01 00:00:00+00
393	wagtailredirects	0006_redirect_increase_max_length	2026-01-01 00:00:00+00
394	wagtailredirects	0007_add_autocreate_fields	2026-01-01 00:00:00+00
395	wagtailredirects	0008_add_verbose_name_plural	2026-01-01 00:00:00+00
396	wagtailsearch	0001_initial	2026-01-01 00:00:00+00
397	wagtailsearch	0002_add_verbose_names	2026-01-01 00:00:00+00
398	wagtailsearch	0003_remove_editors_pick	2026-01-01 00:00:00+00
399	wagtailsearch	0004_querydailyhits_verbose_name_plural	2026-01-01 00:00:00+00
400	wagtailsearch	0005_create_indexentry	2026-01-01 00:00:00+00
401	wagtailsearch	0006_customise_indexentry	2026-01-01 00:00:00+00
402	wagtailsearch	0007_delete_editorspick	2026-01-01 00:00:00+00
403	wagtailsearch	0008_remove_query_and_querydailyhits_models	2026-01-01 00:00:00+00
404	wagtailsearch	0009_remove_ngram_autocomplete	2026-01-01 00:00:00+00
405	wagtailsearch	0010_add_text_fields	2026-01-01 00:00:00+00
406	wagtailusers	0001_initial	2026-01-01 00:00:00+00
407	wagtailusers	0002_add_verbose_name_on_userprofile	2026-01-01 00:00:00+00
408	wagtailusers	0003_add_verbose_names	2026-01-01 00:00:00+00
409	wagtailusers	0004_capitalizeverbose	2026-01-01 00:00:00+00
410	wagtailusers	0005_make_related_name_wagtail_specific	2026-01-01 00:00:00+00
411	wagtailusers	0006_userprofile_prefered_language	2026-01-01 00:00:00+00
412	wagtailusers	0007_userprofile_current_time_zone	2026-01-01 00:00:00+00
413	wagtailusers	0008_userprofile_avatar	2026-01-01 00:00:00+00
414	wagtailusers	0009_userprofile_verbose_name_plural	2026-01-01 00:00:00+00
415	wagtailusers	0010_userprofile_updated_comments_notifications	2026-01-01 00:00:00+00
416	wagtailusers	0011_userprofile_dismissibles	2026-01-01 00:00:00+00
417	wagtailusers	0012_userprofile_theme	2026-01-01 00:00:00+00
418	wagtailusers	0013_userprofile_density	2026-01-01 00:00:00+00
419	wagtailusers	0014_userprofile_contrast	2026-01-01 00:00:00+00
420	wagtailusers	0015_userprofile_keyboard_shortcuts	2026-01-01 00:00:00+00
421	wagtailimages	0001_squashed_0021	2026-01-01 00:00:00+00
422	wagtailcore	0001_squashed_0016_change_page_url_path_to_text_field	2026-01-01 00:00:00+00
\.


COPY public.django_session (session_key, session_data, expire_date) FROM stdin;
\.


COPY public.djstripe_account (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_accountv2 (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_activeentitlement (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_apikey (djstripe_created, djstripe_updated, stripe_data, djstripe_id, created, id, type, name, secret, livemode, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_applicationfee (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, account_id, djstripe_owner_account_id, balance_transaction_id, charge_id) FROM stdin;
\.


COPY public.djstripe_applicationfeerefund (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id, fee_id, balance_transaction_id) FROM stdin;
\.


COPY public.djstripe_balancetransaction (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, amount, currency, source, type, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_bankaccount (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, fingerprint, account_id, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_card (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, fingerprint, account_id, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_charge (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, amount, currency, status, balance_transaction_id, djstripe_owner_account_id, customer_id, source_id, invoice_id, payment_intent_id, payment_method_id) FROM stdin;
\.


COPY public.djstripe_countryspec (djstripe_created, djstripe_updated, stripe_data, id, default_currency, supported_bank_account_currencies, supported_payment_currencies, supported_payment_methods, supported_transfer_countries, verification_fields) FROM stdin;
\.


COPY public.djstripe_coupon (djstripe_created, djstripe_updated, stripe_data, djstripe_id, livemode, created, metadata, id, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_customer (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, email, date_purged, djstripe_owner_account_id, subscriber_id, default_payment_method_id) FROM stdin;
\.


COPY public.djstripe_discount (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, promotion_code, customer_id, djstripe_owner_account_id, invoice_id, subscription_id) FROM stdin;
\.


COPY public.djstripe_dispute (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, balance_transaction_id, charge_id, djstripe_owner_account_id, payment_intent_id) FROM stdin;
\.


COPY public.djstripe_djstripeinvoicedefaulttaxrate (id, invoice_id, taxrate_id) FROM stdin;
\.


COPY public.djstripe_djstripeinvoiceitemtaxrate (id, invoiceitem_id, taxrate_id) FROM stdin;
\.


COPY public.djstripe_djstripepaymentmethod (id, type) FROM stdin;
\.


COPY public.djstripe_djstripesubscriptionitemtaxrate (id, subscriptionitem_id, taxrate_id) FROM stdin;
\.


COPY public.djstripe_earlyfraudwarning (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_event (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, api_version, data, request_id, idempotency_key, type, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_feature (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_file (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_filelink (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id, file_id) FROM stdin;
\.


COPY public.djstripe_idempotencykey (uuid, action, livemode, created) FROM stdin;
\.


COPY public.djstripe_invoice (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, charge_id, customer_id, djstripe_owner_account_id, payment_intent_id, default_payment_method_id, subscription_id) FROM stdin;
\.


COPY public.djstripe_invoiceitem (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, customer_id, djstripe_owner_account_id, invoice_id, price_id, subscription_id) FROM stdin;
\.


COPY public.djstripe_issuing_authorization (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_issuing_card (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_issuing_cardholder (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_issuing_dispute (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_issuing_transaction (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_lineitem (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id, invoice_item_id, subscription_id, subscription_item_id) FROM stdin;
\.


COPY public.djstripe_mandate (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id, payment_method_id) FROM stdin;
\.


COPY public.djstripe_paymentintent (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, customer_id, djstripe_owner_account_id, on_behalf_of_id, payment_method_id) FROM stdin;
\.


COPY public.djstripe_paymentmethod (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, customer_id, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_payout (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, currency, balance_transaction_id, destination_id, djstripe_owner_account_id, failure_balance_transaction_id, original_payout_id, reversed_by_id) FROM stdin;
\.


COPY public.djstripe_price (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, active, currency, nickname, lookup_key, djstripe_owner_account_id, product_id) FROM stdin;
\.


COPY public.djstripe_product (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, name, active, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_productfeature (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id, entitlement_feature_id, product_id) FROM stdin;
\.


COPY public.djstripe_promotioncode (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_refund (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, amount, currency, balance_transaction_id, charge_id, djstripe_owner_account_id, failure_balance_transaction_id) FROM stdin;
\.


COPY public.djstripe_review (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_scheduledqueryrun (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, data_load_time, error, result_available_until, sql, status, title, djstripe_owner_account_id, file_id) FROM stdin;
\.


COPY public.djstripe_session (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, customer_id, djstripe_owner_account_id, payment_intent_id, setup_intent_id, subscription_id) FROM stdin;
\.


COPY public.djstripe_setupintent (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, customer_id, djstripe_owner_account_id, on_behalf_of_id, payment_method_id) FROM stdin;
\.


COPY public.djstripe_shippingrate (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id, tax_code_id) FROM stdin;
\.


COPY public.djstripe_source (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, customer_id, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_sourcetransaction (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, ach_credit_transfer, amount, currency, customer_data, status, djstripe_owner_account_id, source_id) FROM stdin;
\.


COPY public.djstripe_subscription (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, customer_id, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_subscriptionitem (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id, price_id, subscription_id) FROM stdin;
\.


COPY public.djstripe_subscriptionschedule (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, canceled_at, completed_at, current_phase, default_settings, end_behavior, phases, released_at, status, customer_id, djstripe_owner_account_id, released_subscription_id, subscription_id) FROM stdin;
\.


COPY public.djstripe_taxcode (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_taxid (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, customer_id, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_taxrate (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_transfer (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, balance_transaction_id, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_transferreversal (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, balance_transaction_id, djstripe_owner_account_id, transfer_id) FROM stdin;
\.


COPY public.djstripe_upcominginvoice (djstripe_created, djstripe_updated, stripe_data, djstripe_id, livemode, created, metadata, charge_id, customer_id, default_payment_method_id, djstripe_owner_account_id, payment_intent_id, subscription_id) FROM stdin;
\.


COPY public.djstripe_verificationreport (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, document, id_number, options, selfie, type, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_verificationsession (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, last_error, redaction, verified_outputs, status, type, djstripe_owner_account_id, last_verification_report_id) FROM stdin;
\.


COPY public.djstripe_webhookendpoint (djstripe_created, djstripe_updated, stripe_data, djstripe_id, id, livemode, created, metadata, api_version, enabled_events, secret, status, url, application, djstripe_uuid, djstripe_tolerance, djstripe_validation_method, djstripe_owner_account_id) FROM stdin;
\.


COPY public.djstripe_webhookeventtrigger (id, remote_ip, headers, body, valid, processed, exception, traceback, djstripe_version, created, updated, event_id, stripe_trigger_account_id, webhook_endpoint_id) FROM stdin;
\.


COPY public.exchange_bountygift (id, created_at, state_since, amount_minor, currency, anonymous, provider, token, state, organisation_id, person_id, need_id) FROM stdin;
\.


COPY public.exchange_bountypayout (id, created_at, state_since, amount_minor, currency, attempt, approvals_needed, failure, state, also_approved_by_id, approved_by_id, details_id, requested_by_id, need_id, offer_id) FROM stdin;
\.


COPY public.exchange_dataneed (id, created_at, state_since, title, description, columns, first_day, last_day, fresh_days, deadline, book, currency, opened_at, reminded_at, reason, removed_words, state, area_id, author_id, milestone_id, project_id) FROM stdin;
\.


COPY public.exchange_delivery (id, created_at, number, delivered_at, answer, answered_at, checks, reason, answered_by_id, revision_id, offer_id) FROM stdin;
\.


COPY public.exchange_offer (id, created_at, state_since, kind, valuation, estimate, note, removed_words, state, dataset_id, need_id, organisation_id, person_id) FROM stdin;
\.


COPY public.guardian_groupobjectpermission (id, object_pk, content_type_id, group_id, permission_id) FROM stdin;
\.


COPY public.guardian_userobjectpermission (id, object_pk, content_type_id, permission_id, user_id) FROM stdin;
\.


COPY public.invoicing_creditedpayment (id, created_at, amount_minor, net_minor, note_id, payment_id) FROM stdin;
\.


COPY public.invoicing_invoice (id, created_at, kind, billable, account, book, serial, number, issued_on, due_on, net_minor, vat_category, vat_rate_bp, vat_minor, gross_minor, currency, purchase_order, line, seller, buyer, reason, reference, corrects_id, organisation_id, series_id) FROM stdin;
\.


COPY public.invoicing_invoicedocument (id, created_at, content, digest, made_at, invoice_id) FROM stdin;
\.


COPY public.invoicing_invoicepayment (id, created_at, amount_minor, net_minor, settled_at, charge_id, invoice_id) FROM stdin;
\.


COPY public.invoicing_invoicepaymentreversal (id, created_at, amount_minor, net_minor, reversed_at, payment_id, dispute_id, refund_id) FROM stdin;
\.


COPY public.invoicing_invoicereminder (id, created_at, level, sent_at, invoice_id) FROM stdin;
\.


COPY public.invoicing_invoiceseries (id, created_at, prefix, last) FROM stdin;
\.


COPY public.invoicing_issuer (id, created_at, name, street, postcode, city, country, vat_id, email, vat_rate_bp, payment_days) FROM stdin;
\.


COPY public.ledger_account (id, book, code, currency, kind, floor_zero) FROM stdin;
\.


COPY public.ledger_checkpoint (id, last_posting, balance, taken_at, account_id) FROM stdin;
\.


COPY public.ledger_dailyroot (id, book, day, first_seq, last_seq, root, chain, published) FROM stdin;
\.


COPY public.ledger_entry (id, book, kind, key, public, at, recorded_at, reverses_id) FROM stdin;
\.


COPY public.ledger_link (id, book, seq, previous, hash, entry_id) FROM stdin;
\.


COPY public.ledger_outflow (account_id, movements) FROM stdin;
\.


COPY public.ledger_posting (id, book, currency, amount, account_id, entry_id) FROM stdin;
\.


COPY public.ledger_rootsubscriber (id, created_at, address, confirmed_at) FROM stdin;
\.


COPY public.ledger_unlinked (entry_id) FROM stdin;
\.


COPY public.matching_allocation (id, created_at, state_since, amount_minor, set_aside_minor, estimated_minor, state, campaign_id, fund_id, counted) FROM stdin;
\.


COPY public.matching_challenge (id, created_at, state_since, text, answer, token, state, answered_by_id, person_id, fund_id) FROM stdin;
\.


COPY public.matching_deposit (id, created_at, amount_minor, note, confirmed_at, confirmed_by_id, entered_by_id, fund_id, taken_back_at) FROM stdin;
\.


COPY public.matching_exclusion (id, created_at, reason, campaign_id, person_id) FROM stdin;
\.


COPY public.matching_fundreturn (id, created_at, state_since, amount_minor, holder, destination, failure, state, approved_by_id, fund_id, requested_by_id) FROM stdin;
\.


COPY public.matching_matchfund (id, created_at, state_since, title, slug, summary, book, currency, rule, ratio_bp, threshold_backers, threshold_minor, gift_min_minor, gift_cap_minor, person_cap_minor, project_cap_minor, freezes_at, challenge_days, frozen_at, input_digest, published_input, state, call_id, funder_id, frozen_pledges, made_by_id) FROM stdin;
\.


COPY public.matching_matchline (id, created_at, gift_minor, amount_minor, released_at, allocation_id, pledge_id, reason) FROM stdin;
\.


COPY public.mfa_authenticator (id, type, data, user_id, created_at, last_used_at) FROM stdin;
\.


COPY public.notifications_notification (id, created_at, kind, category, topic, params, detail, url, notified_at, read_at, on_site, frequency, actor_id, event_id, mail_id, person_id) FROM stdin;
\.


COPY public.notifications_preference (id, created_at, category, on_site, frequency, person_id) FROM stdin;
\.


COPY public.pages_callpage (page_ptr_id, lead, body, call_id) FROM stdin;
\.


COPY public.pages_helpindexpage (page_ptr_id, lead, body) FROM stdin;
\.


COPY public.pages_homepage (page_ptr_id, lead, sentence, buttons, body) FROM stdin;
\.


COPY public.pages_numbers (id, projects, people, money_minor, currency, comments, counted_at) FROM stdin;
\.


COPY public.pages_sitesettings (id, site_name, city_name, claim, accent, hero_alt, contact_address, contact_email, contact_phone, footer_links, hero_id, logo_id, site_id) FROM stdin;
\.


COPY public.pages_standardpage (page_ptr_id, lead, body) FROM stdin;
\.


COPY public.pages_storyindexpage (page_ptr_id, lead) FROM stdin;
\.


COPY public.pages_storypage (page_ptr_id, lead, day, picture_alt, body, picture_id, project_id) FROM stdin;
\.


COPY public.payments_bankorder (id, created_at, book, reference, count, total_minor, currency, send_on, withdrawn_at, made_by_id, withdrawal_proposed_by_id, withdrawal_confirmed_by_id) FROM stdin;
\.


COPY public.payments_charge (id, created_at, state_since, book, provider, provider_ref, amount_minor, currency, purpose, account, state, payer_url, return_path, failure, payer_id, method_id) FROM stdin;
\.


COPY public.payments_claim (id, created_at, state_since, amount_minor, state, confirmed_by_id, dispute_id, proposed_by_id, refund_id) FROM stdin;
\.


COPY public.payments_command (priority, due_at, first_tried_at, attempts, lease, leased_until, done_at, dead_at, last_error, id, created_at, provider, verb, target, key) FROM stdin;
\.


COPY public.payments_demopayment (id, created_at, key, kind, target, status, amount_minor, currency, behaviour, ready_at, disputes, taken_minor) FROM stdin;
\.


COPY public.payments_dispute (id, created_at, number, amount_minor, reason, evidence_due_at, opened_at, answered_at, reminded_at, decided_at, lost_minor, charge_id) FROM stdin;
\.


COPY public.payments_linepayment (id, created_at, amount_minor, line_id, charge_id, name, iban) FROM stdin;
\.


COPY public.payments_message (priority, due_at, first_tried_at, attempts, lease, leased_until, done_at, dead_at, last_error, id, created_at, provider, event_id, kind, body) FROM stdin;
\.


COPY public.payments_method (id, created_at, provider, customer_ref, provider_ref, label, removed_at, person_id) FROM stdin;
\.


COPY public.payments_methodsetup (id, created_at, state_since, book, provider, provider_ref, purpose, state, payer_url, return_path, failure, method_id, person_id) FROM stdin;
\.


COPY public.payments_mirrorjob (priority, due_at, first_tried_at, attempts, lease, leased_until, done_at, dead_at, last_error, id, created_at, message_id) FROM stdin;
\.


COPY public.payments_reconciliation (id, created_at, provider, book, currency, theirs_minor, ours_minor, at, explanation) FROM stdin;
\.


COPY public.payments_refund (id, created_at, state_since, book, provider, provider_ref, amount_minor, currency, key, reason, state, failure, bank_order_id, charge_id, refusal_proposed_by_id, refusal_confirmed_by_id) FROM stdin;
\.


COPY public.payments_settlement (id, created_at, book, provider, provider_ref, amount_minor, currency, arrives_on, failed, line_id) FROM stdin;
\.


COPY public.payments_statement (id, created_at, book, digest, format, account, currency, closing_minor, closing_on, imported_by_id, known, opening_minor, first_number, last_number, gaps) FROM stdin;
\.


COPY public.payments_statementline (id, created_at, state_since, digest, booked_on, amount_minor, currency, reference, text, name, iban, state, suspense_minor, proposal, charge_id, confirmed_by_id, proposed_by_id, refund_id, statement_id, transfer_id, bank_order_id, bank_reference, duplicate_of_id, purpose, return_iban, return_name, is_reversal, reverses_id) FROM stdin;
\.


COPY public.payments_transfer (id, created_at, state_since, book, provider, provider_ref, amount_minor, currency, purpose, account, destination, holder, state, failure, bank_order_id, refusal_proposed_by_id, refusal_confirmed_by_id) FROM stdin;
\.


COPY public.payouts_approval (id, created_at, attempt, approved_at, person_id, payout_id) FROM stdin;
\.


COPY public.payouts_bankdetails (id, created_at, provider, holder, destination, usable_from, entered_by_id, organisation_id) FROM stdin;
\.


COPY public.payouts_hold (id, created_at, kind, key, reason, placed_at, lifted_at, campaign_id) FROM stdin;
\.


COPY public.payouts_payout (id, created_at, state_since, part, amount_minor, currency, not_before, released_at, approvals_needed, attempt, failure, state, campaign_id, details_id, milestone_id, requested_by_id) FROM stdin;
\.


COPY public.payouts_return (id, created_at, state_since, amount_minor, currency, shares, reason, state, campaign_id, confirmed_by_id, proposed_by_id) FROM stdin;
\.


COPY public.proposals_costline (id, created_at, label, amount_minor, "position", project_id) FROM stdin;
\.


COPY public.proposals_participantgoal (id, created_at, name, brings, wants, "position", organisation_id, project_id) FROM stdin;
\.


COPY public.proposals_picture (id, created_at, file, thumb, width, height, alt, "position", project_id) FROM stdin;
\.


COPY public.proposals_project (id, created_at, state_since, title, slug, pitch, story, theme, place, latitude, longitude, cost_minor, currency, ballot_number, state, hidden_for, version, submitted_at, opened_at, updated_at, area_id, author_id, call_id, organisation_id) FROM stdin;
\.


COPY public.proposals_projectrevision (id, created_at, number, made_at, reason, content, author_id, project_id) FROM stdin;
\.


COPY public.proposals_support (id, created_at, person_id, project_id) FROM stdin;
\.


COPY public.proposals_supportchange (id, delta, project_id) FROM stdin;
\.


COPY public.proposals_supportcount (project_id, supports, counted_at) FROM stdin;
\.


COPY public.proposals_teaminvitation (id, created_at, email, role, invited_by_id, project_id) FROM stdin;
\.


COPY public.proposals_teammember (id, created_at, role, accepted_at, person_id, project_id) FROM stdin;
\.


COPY public.reuses_reuse (id, created_at, state_since, kind, title, description, address, token, reason, proposed_at, state, organisation_id, person_id) FROM stdin;
\.


COPY public.reuses_reuse_datasets (id, reuse_id, dataset_id) FROM stdin;
\.


COPY public.sponsorship_package (id, created_at, title, benefits, amount_minor, places, campaign_id) FROM stdin;
\.


COPY public.sponsorship_sponsorship (id, created_at, state_since, amount_minor, currency, benefits, conflict, conflict_finding, purchase_order, billing_name, billing_street, billing_postcode, billing_city, billing_country, billing_email, vat_id, token, state, campaign_id, checked_by_id, invoice_id, offered_by_id, organisation_id, package_id) FROM stdin;
\.


COPY public.taggit_tag (id, name, slug) FROM stdin;
\.


COPY public.taggit_taggeditem (id, object_id, content_type_id, tag_id) FROM stdin;
\.


COPY public.voting_ballot (id, created_at, state_since, voter, channel, choices, receipt, state, call_id) FROM stdin;
\.


COPY public.voting_ballotline (id, value, ballot_id, project_id) FROM stdin;
\.


COPY public.voting_key (call_id, inner_pad, outer_pad) FROM stdin;
\.


COPY public.voting_paperballot (id, created_at, state_since, serial, state, ballot_id, call_id) FROM stdin;
\.


COPY public.voting_paperentry (id, created_at, choices, clerk_id, paper_id) FROM stdin;
\.


COPY public.voting_papervoter (id, created_at, identity, document, voter, call_id) FROM stdin;
\.


COPY public.voting_poll (call_id, seed, commitment, prepared_at, sealed_at, ballots, counting, counted, key_digest, shuffled_until, shuffling) FROM stdin;
\.


COPY public.voting_projectresult (id, created_at, won, place, score, supporters, cost_minor, price_minor, tie, why, missing_minor, more_supporters, project_id, tally_id, raise_minor) FROM stdin;
\.


COPY public.voting_tally (id, created_at, rule, seed, input_digest, ballots, budget_minor, spent_minor, currency, unit_minor, trace, computed_at, call_id) FROM stdin;
\.


COPY public.wagtailadmin_admin (id) FROM stdin;
\.


COPY public.wagtailadmin_editingsession (id, object_id, last_seen_at, content_type_id, user_id, is_editing) FROM stdin;
\.


COPY public.wagtailadmin_formstate (id, data, object_id, parent_object_id, last_updated_at, content_type_id, user_id) FROM stdin;
\.


COPY public.wagtailcore_apitoken (id, name, key_hash, prefix, created, revoked_at, last_used_at, user_id) FROM stdin;
\.


COPY public.wagtailcore_collection (id, path, depth, numchild, name) FROM stdin;
1	0001	1	0	Root
\.


COPY public.wagtailcore_collectionviewrestriction (id, restriction_type, password, collection_id) FROM stdin;
\.


COPY public.wagtailcore_collectionviewrestriction_groups (id, collectionviewrestriction_id, group_id) FROM stdin;
\.


COPY public.wagtailcore_comment (id, text, contentpath, "position", created_at, updated_at, resolved_at, page_id, resolved_by_id, revision_created_id, user_id) FROM stdin;
\.


COPY public.wagtailcore_commentreply (id, text, created_at, updated_at, comment_id, user_id) FROM stdin;
\.


COPY public.wagtailcore_groupapprovaltask (task_ptr_id) FROM stdin;
1
\.


COPY public.wagtailcore_groupapprovaltask_groups (id, groupapprovaltask_id, group_id) FROM stdin;
1	1	1
\.


COPY public.wagtailcore_groupcollectionpermission (id, collection_id, group_id, permission_id) FROM stdin;
1	1	1	1
2	1	2	1
3	1	1	2
4	1	2	2
5	1	1	5
6	1	2	5
7	1	1	114
8	1	2	114
9	1	1	115
10	1	2	115
11	1	1	117
12	1	2	117
\.


COPY public.wagtailcore_grouppagepermission (id, group_id, page_id, permission_id) FROM stdin;
1	1	1	74
2	1	1	75
3	1	1	80
4	2	1	74
5	2	1	75
6	1	1	79
7	1	1	81
\.


COPY public.wagtailcore_groupsitepermission (id, group_id, permission_id, site_id) FROM stdin;
\.


COPY public.wagtailcore_locale (id, language_code) FROM stdin;
1	en
\.


COPY public.wagtailcore_modellogentry (id, label, action, data, "timestamp", content_changed, deleted, object_id, content_type_id, user_id, uuid, revision_id) FROM stdin;
\.


COPY public.wagtailcore_page (id, path, depth, numchild, title, slug, live, has_unpublished_changes, url_path, seo_title, show_in_menus, search_description, go_live_at, expire_at, expired, content_type_id, owner_id, locked, latest_revision_created_at, first_published_at, live_revision_id, last_published_at, draft_title, locked_at, locked_by_id, translation_key, locale_id, alias_of_id, latest_revision_id) FROM stdin;
1	0001	1	1	Root	root	t	f	/		f		\N	\N	f	1	\N	f	\N	\N	\N	\N	Root	\N	\N	25bbdcd0-6c32-d477-f7fa-1c3e4a91b032	1	\N	\N
2	00010001	2	0	Welcome to your new Wagtail site!	home	t	f	/home/		f		\N	\N	f	1	\N	f	\N	\N	\N	\N	Welcome to your new Wagtail site!	\N	\N	1c7c5492-5f15-3e0a-aa12-758d70af17d2	1	\N	\N
\.


COPY public.wagtailcore_pagelogentry (id, label, action, data, "timestamp", content_changed, deleted, content_type_id, page_id, revision_id, user_id, uuid) FROM stdin;
\.


COPY public.wagtailcore_pagesubscription (id, comment_notifications, page_id, user_id) FROM stdin;
\.


COPY public.wagtailcore_pageviewrestriction (id, password, page_id, restriction_type) FROM stdin;
\.


COPY public.wagtailcore_pageviewrestriction_groups (id, pageviewrestriction_id, group_id) FROM stdin;
\.


COPY public.wagtailcore_referenceindex (id, object_id, to_object_id, model_path, content_path, content_path_hash, base_content_type_id, content_type_id, to_content_type_id) FROM stdin;
\.


COPY public.wagtailcore_revision (id, created_at, content, approved_go_live_at, object_id, user_id, content_type_id, base_content_type_id, object_str) FROM stdin;
\.


COPY public.wagtailcore_site (id, hostname, port, is_default_site, root_page_id, site_name) FROM stdin;
1	localhost	80	t	2	
\.


COPY public.wagtailcore_task (id, name, active, content_type_id) FROM stdin;
1	Moderators approval	t	4
\.


COPY public.wagtailcore_taskstate (id, status, started_at, finished_at, content_type_id, revision_id, task_id, workflow_state_id, finished_by_id, comment) FROM stdin;
\.


COPY public.wagtailcore_uploadedfile (id, file, for_content_type_id, uploaded_by_user_id) FROM stdin;
\.


COPY public.wagtailcore_workflow (id, name, active) FROM stdin;
1	Moderators approval	t
\.


COPY public.wagtailcore_workflowcontenttype (content_type_id, workflow_id) FROM stdin;
\.


COPY public.wagtailcore_workflowpage (page_id, workflow_id) FROM stdin;
1	1
\.


COPY public.wagtailcore_workflowstate (id, status, created_at, current_task_state_id, object_id, requested_by_id, workflow_id, content_type_id, base_content_type_id) FROM stdin;
\.


COPY public.wagtailcore_workflowtask (id, sort_order, task_id, workflow_id) FROM stdin;
1	0	1	1
\.


COPY public.wagtaildocs_document (id, title, file, created_at, uploaded_by_user_id, collection_id, file_size, file_hash) FROM stdin;
\.


COPY public.wagtailembeds_embed (id, url, max_width, type, html, title, author_name, provider_name, thumbnail_url, width, height, last_updated, hash, cache_until) FROM stdin;
\.


COPY public.wagtailforms_formsubmission (id, form_data, submit_time, page_id) FROM stdin;
\.


COPY public.wagtailimages_image (id, title, file, width, height, created_at, focal_point_x, focal_point_y, focal_point_width, focal_point_height, uploaded_by_user_id, file_size, collection_id, file_hash, description) FROM stdin;
\.


COPY public.wagtailimages_rendition (id, file, width, height, focal_point_key, filter_spec, image_id) FROM stdin;
\.


COPY public.wagtailredirects_redirect (id, old_path, is_permanent, redirect_link, redirect_page_id, site_id, automatically_created, created_at, redirect_page_route_path) FROM stdin;
\.


COPY public.wagtailsearch_indexentry (id, object_id, title_norm, content_type_id, autocomplete, title, body, title_text, body_text) FROM stdin;
\.


COPY public.wagtailusers_userprofile (id, submitted_notifications, approved_notifications, rejected_notifications, user_id, preferred_language, current_time_zone, avatar, updated_comments_notifications, dismissibles, theme, density, contrast, keyboard_shortcuts) FROM stdin;
\.


SELECT pg_catalog.setval('public.account_emailaddress_id_seq', 1, false);


SELECT pg_catalog.setval('public.account_emailconfirmation_id_seq', 1, false);


SELECT pg_catalog.setval('public.accounts_person_groups_id_seq', 1, false);


SELECT pg_catalog.setval('public.accounts_person_user_permissions_id_seq', 1, false);


SELECT pg_catalog.setval('public.auth_group_id_seq', 8, true);


SELECT pg_catalog.setval('public.auth_group_permissions_id_seq', 338, true);


SELECT pg_catalog.setval('public.auth_permission_id_seq', 1074, true);


SELECT pg_catalog.setval('public.calls_call_areas_id_seq', 1, false);


SELECT pg_catalog.setval('public.core_delivery_id_seq', 1, false);


SELECT pg_catalog.setval('public.core_event_seq_seq', 1, false);


SELECT pg_catalog.setval('public.core_putoff_id_seq', 1, false);


SELECT pg_catalog.setval('public.django_admin_log_id_seq', 1, false);


SELECT pg_catalog.setval('public.django_celery_beat_clockedschedule_id_seq', 1, false);


SELECT pg_catalog.setval('public.django_celery_beat_crontabschedule_id_seq', 1, false);


SELECT pg_catalog.setval('public.django_celery_beat_intervalschedule_id_seq', 1, false);


SELECT pg_catalog.setval('public.django_celery_beat_periodictask_id_seq', 1, false);


SELECT pg_catalog.setval('public.django_celery_beat_solarschedule_id_seq', 1, false);


SELECT pg_catalog.setval('public.django_content_type_id_seq', 267, true);


SELECT pg_catalog.setval('public.django_migrations_id_seq', 422, true);


SELECT pg_catalog.setval('public.djstripe_account_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_accountv2_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_activeentitlement_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_apikey_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_applicationfee_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_applicationfeerefund_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_balancetransaction_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_bankaccount_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_card_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_charge_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_coupon_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_customer_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_discount_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_dispute_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_djstripeinvoicedefaulttaxrate_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_djstripeinvoiceitemtaxrate_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_djstripesubscriptionitemtaxrate_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_earlyfraudwarning_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_event_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_feature_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_file_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_filelink_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_invoice_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_invoiceitem_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_issuing_authorization_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_issuing_card_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_issuing_cardholder_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_issuing_dispute_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_issuing_transaction_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_lineitem_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_mandate_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_paymentintent_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_paymentmethod_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_payout_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_price_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_product_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_productfeature_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_promotioncode_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_refund_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_review_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_scheduledqueryrun_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_session_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_setupintent_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_shippingrate_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_source_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_sourcetransaction_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_subscription_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_subscriptionitem_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_subscriptionschedule_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_taxcode_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_taxid_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_taxrate_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_transfer_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_transferreversal_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_upcominginvoice_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_verificationreport_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_verificationsession_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_webhookendpoint_djstripe_id_seq', 1, false);


SELECT pg_catalog.setval('public.djstripe_webhookeventtrigger_id_seq', 1, false);


SELECT pg_catalog.setval('public.guardian_groupobjectpermission_id_seq', 1, false);


SELECT pg_catalog.setval('public.guardian_userobjectpermission_id_seq', 1, false);


SELECT pg_catalog.setval('public.ledger_account_id_seq', 1, false);


SELECT pg_catalog.setval('public.ledger_checkpoint_id_seq', 1, false);


SELECT pg_catalog.setval('public.ledger_dailyroot_id_seq', 1, false);


SELECT pg_catalog.setval('public.ledger_link_id_seq', 1, false);


SELECT pg_catalog.setval('public.ledger_posting_id_seq', 1, false);


SELECT pg_catalog.setval('public.mfa_authenticator_id_seq', 1, false);


SELECT pg_catalog.setval('public.pages_numbers_id_seq', 1, false);


SELECT pg_catalog.setval('public.pages_sitesettings_id_seq', 1, false);


SELECT pg_catalog.setval('public.proposals_supportchange_id_seq', 1, false);


SELECT pg_catalog.setval('public.reuses_reuse_datasets_id_seq', 1, false);


SELECT pg_catalog.setval('public.taggit_tag_id_seq', 1, false);


SELECT pg_catalog.setval('public.taggit_taggeditem_id_seq', 1, false);


SELECT pg_catalog.setval('public.voting_ballotline_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailadmin_admin_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailadmin_editingsession_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailadmin_formstate_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_apitoken_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_collection_id_seq', 1, true);


SELECT pg_catalog.setval('public.wagtailcore_collectionviewrestriction_groups_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_collectionviewrestriction_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_comment_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_commentreply_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_groupapprovaltask_groups_id_seq', 1, true);


SELECT pg_catalog.setval('public.wagtailcore_groupcollectionpermission_id_seq', 12, true);


SELECT pg_catalog.setval('public.wagtailcore_grouppagepermission_id_seq', 7, true);


SELECT pg_catalog.setval('public.wagtailcore_groupsitepermission_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_locale_id_seq', 1, true);


SELECT pg_catalog.setval('public.wagtailcore_modellogentry_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_page_id_seq', 2, true);


SELECT pg_catalog.setval('public.wagtailcore_pagelogentry_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_pagerevision_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_pagesubscription_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_pageviewrestriction_groups_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_pageviewrestriction_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_referenceindex_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_site_id_seq', 1, true);


SELECT pg_catalog.setval('public.wagtailcore_task_id_seq', 1, true);


SELECT pg_catalog.setval('public.wagtailcore_taskstate_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_uploadedfile_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_workflow_id_seq', 1, true);


SELECT pg_catalog.setval('public.wagtailcore_workflowstate_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailcore_workflowtask_id_seq', 1, true);


SELECT pg_catalog.setval('public.wagtaildocs_document_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailembeds_embed_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailforms_formsubmission_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailimages_image_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailimages_rendition_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailredirects_redirect_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailsearch_indexentry_id_seq', 1, false);


SELECT pg_catalog.setval('public.wagtailusers_userprofile_id_seq', 1, false);


ALTER TABLE ONLY public.access_accessrequest
    ADD CONSTRAINT access_accessrequest_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.access_agreement
    ADD CONSTRAINT access_agreement_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.access_agreement
    ADD CONSTRAINT access_agreement_request_id_key UNIQUE (request_id);


ALTER TABLE ONLY public.access_grant
    ADD CONSTRAINT access_grant_agreement_id_key UNIQUE (agreement_id);


ALTER TABLE ONLY public.access_grant
    ADD CONSTRAINT access_grant_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.access_policy
    ADD CONSTRAINT access_policy_dataset_id_key UNIQUE (dataset_id);


ALTER TABLE ONLY public.access_policy
    ADD CONSTRAINT access_policy_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_email_987c8728_uniq UNIQUE (user_id, email);


ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_key_key UNIQUE (key);


ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirmation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_account
    ADD CONSTRAINT account_in_its_book UNIQUE (id, book, currency);


ALTER TABLE ONLY public.accounts_area
    ADD CONSTRAINT accounts_area_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_area
    ADD CONSTRAINT accounts_area_slug_key UNIQUE (slug);


ALTER TABLE ONLY public.accounts_dataexport
    ADD CONSTRAINT accounts_dataexport_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_erasurerequest
    ADD CONSTRAINT accounts_erasurerequest_person_id_key UNIQUE (person_id);


ALTER TABLE ONLY public.accounts_erasurerequest
    ADD CONSTRAINT accounts_erasurerequest_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_token_hash_key UNIQUE (token_hash);


ALTER TABLE ONLY public.accounts_lettercount
    ADD CONSTRAINT accounts_lettercount_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_mail
    ADD CONSTRAINT accounts_mail_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_organisation
    ADD CONSTRAINT accounts_organisation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_organisation
    ADD CONSTRAINT accounts_organisation_slug_key UNIQUE (slug);


ALTER TABLE ONLY public.accounts_person
    ADD CONSTRAINT accounts_person_email_key UNIQUE (email);


ALTER TABLE ONLY public.accounts_person_groups
    ADD CONSTRAINT accounts_person_groups_person_id_group_id_92ec326f_uniq UNIQUE (person_id, group_id);


ALTER TABLE ONLY public.accounts_person_groups
    ADD CONSTRAINT accounts_person_groups_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_person
    ADD CONSTRAINT accounts_person_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_person_user_permissions
    ADD CONSTRAINT accounts_person_user_per_person_id_permission_id_d2e37e5b_uniq UNIQUE (person_id, permission_id);


ALTER TABLE ONLY public.accounts_person_user_permissions
    ADD CONSTRAINT accounts_person_user_permissions_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_registryentry
    ADD CONSTRAINT accounts_registryentry_identity_key UNIQUE (identity);


ALTER TABLE ONLY public.accounts_registryentry
    ADD CONSTRAINT accounts_registryentry_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_registryupload
    ADD CONSTRAINT accounts_registryupload_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_residency
    ADD CONSTRAINT accounts_residency_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_staffinvitation
    ADD CONSTRAINT accounts_staffinvitation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.accounts_staffinvitation
    ADD CONSTRAINT accounts_staffinvitation_token_hash_key UNIQUE (token_hash);


ALTER TABLE ONLY public.analytics_savedquery
    ADD CONSTRAINT analytics_savedquery_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_name_key UNIQUE (name);


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_permission_id_0cd325b0_uniq UNIQUE (group_id, permission_id);


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_group
    ADD CONSTRAINT auth_group_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_codename_01ab375a_uniq UNIQUE (content_type_id, codename);


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.calls_call_areas
    ADD CONSTRAINT calls_call_areas_call_id_area_id_837f1478_uniq UNIQUE (call_id, area_id);


ALTER TABLE ONLY public.calls_call_areas
    ADD CONSTRAINT calls_call_areas_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.calls_call
    ADD CONSTRAINT calls_call_slug_key UNIQUE (slug);


ALTER TABLE ONLY public.calls_phase
    ADD CONSTRAINT calls_phase_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaigns_campaign
    ADD CONSTRAINT campaigns_campaign_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaigns_campaigntotal
    ADD CONSTRAINT campaigns_campaigntotal_campaign_id_key UNIQUE (campaign_id);


ALTER TABLE ONLY public.campaigns_campaigntotal
    ADD CONSTRAINT campaigns_campaigntotal_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaigns_instalment
    ADD CONSTRAINT campaigns_instalment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaigns_pledge
    ADD CONSTRAINT campaigns_pledge_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.campaigns_stretchgoal
    ADD CONSTRAINT campaigns_stretchgoal_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_dataset
    ADD CONSTRAINT catalogue_dataset_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_dataset
    ADD CONSTRAINT catalogue_dataset_slug_key UNIQUE (slug);


ALTER TABLE ONLY public.catalogue_distribution
    ADD CONSTRAINT catalogue_distribution_file_key UNIQUE (file);


ALTER TABLE ONLY public.catalogue_distribution
    ADD CONSTRAINT catalogue_distribution_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_follow
    ADD CONSTRAINT catalogue_follow_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_harvest
    ADD CONSTRAINT catalogue_harvest_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_harvestrecord
    ADD CONSTRAINT catalogue_harvestrecord_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_harveststep
    ADD CONSTRAINT catalogue_harveststep_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_original
    ADD CONSTRAINT catalogue_original_dataset_id_key UNIQUE (dataset_id);


ALTER TABLE ONLY public.catalogue_original
    ADD CONSTRAINT catalogue_original_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_rejectedrow
    ADD CONSTRAINT catalogue_rejectedrow_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_revision
    ADD CONSTRAINT catalogue_revision_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_revision
    ADD CONSTRAINT catalogue_revision_upload_id_key UNIQUE (upload_id);


ALTER TABLE ONLY public.catalogue_series
    ADD CONSTRAINT catalogue_series_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_series
    ADD CONSTRAINT catalogue_series_slug_key UNIQUE (slug);


ALTER TABLE ONLY public.catalogue_source
    ADD CONSTRAINT catalogue_source_address_key UNIQUE (address);


ALTER TABLE ONLY public.catalogue_source
    ADD CONSTRAINT catalogue_source_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_upload
    ADD CONSTRAINT catalogue_upload_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.catalogue_uploadstep
    ADD CONSTRAINT catalogue_uploadstep_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.consent_collection
    ADD CONSTRAINT consent_collection_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.consent_collection
    ADD CONSTRAINT consent_collection_slug_key UNIQUE (slug);


ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_consent_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.consent_deletion
    ADD CONSTRAINT consent_deletion_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.consent_inclusion
    ADD CONSTRAINT consent_inclusion_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.consent_notice
    ADD CONSTRAINT consent_notice_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.consent_purpose
    ADD CONSTRAINT consent_purpose_dataset_id_key UNIQUE (dataset_id);


ALTER TABLE ONLY public.consent_purpose
    ADD CONSTRAINT consent_purpose_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_upload_id_key UNIQUE (upload_id);


ALTER TABLE ONLY public.consent_rightsrequest
    ADD CONSTRAINT consent_rightsrequest_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.consent_submission
    ADD CONSTRAINT consent_submission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.contributions_contribution
    ADD CONSTRAINT contributions_contribution_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.contributions_want
    ADD CONSTRAINT contributions_want_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.core_delivery
    ADD CONSTRAINT core_delivery_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.core_event
    ADD CONSTRAINT core_event_pkey PRIMARY KEY (seq);


ALTER TABLE ONLY public.core_handled
    ADD CONSTRAINT core_handled_pkey PRIMARY KEY (kind, handler);


ALTER TABLE ONLY public.core_outbox
    ADD CONSTRAINT core_outbox_pkey PRIMARY KEY (event_id);


ALTER TABLE ONLY public.core_putoff
    ADD CONSTRAINT core_putoff_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.core_seal
    ADD CONSTRAINT core_seal_pkey PRIMARY KEY (number);


ALTER TABLE ONLY public.core_step
    ADD CONSTRAINT core_step_pkey PRIMARY KEY (thing, verb, before);


ALTER TABLE ONLY public.delivery_evidence
    ADD CONSTRAINT delivery_evidence_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.delivery_milestone
    ADD CONSTRAINT delivery_milestone_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.delivery_update
    ADD CONSTRAINT delivery_update_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.demo_city
    ADD CONSTRAINT demo_city_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.demo_message
    ADD CONSTRAINT demo_message_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.discussion_comment
    ADD CONSTRAINT discussion_comment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.discussion_commentrevision
    ADD CONSTRAINT discussion_commentrevision_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.discussion_discussioncount
    ADD CONSTRAINT discussion_discussioncount_pkey PRIMARY KEY (project_id);


ALTER TABLE ONLY public.discussion_follow
    ADD CONSTRAINT discussion_follow_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.discussion_moderationcase
    ADD CONSTRAINT discussion_moderationcase_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.discussion_report
    ADD CONSTRAINT discussion_report_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_dispute
    ADD CONSTRAINT disputes_are_numbered UNIQUE (charge_id, number);


ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_celery_beat_clockedschedule
    ADD CONSTRAINT django_celery_beat_clockedschedule_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_celery_beat_crontabschedule
    ADD CONSTRAINT django_celery_beat_crontabschedule_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_celery_beat_intervalschedule
    ADD CONSTRAINT django_celery_beat_intervalschedule_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_periodictask_name_key UNIQUE (name);


ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_periodictask_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_celery_beat_periodictasks
    ADD CONSTRAINT django_celery_beat_periodictasks_pkey PRIMARY KEY (ident);


ALTER TABLE ONLY public.django_celery_beat_solarschedule
    ADD CONSTRAINT django_celery_beat_solar_event_latitude_longitude_ba64999a_uniq UNIQUE (event, latitude, longitude);


ALTER TABLE ONLY public.django_celery_beat_solarschedule
    ADD CONSTRAINT django_celery_beat_solarschedule_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_app_label_model_76bd3d3b_uniq UNIQUE (app_label, model);


ALTER TABLE ONLY public.django_content_type
    ADD CONSTRAINT django_content_type_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_migrations
    ADD CONSTRAINT django_migrations_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.django_session
    ADD CONSTRAINT django_session_pkey PRIMARY KEY (session_key);


ALTER TABLE ONLY public.djstripe_account
    ADD CONSTRAINT djstripe_account_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_account
    ADD CONSTRAINT djstripe_account_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_accountv2
    ADD CONSTRAINT djstripe_accountv2_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_accountv2
    ADD CONSTRAINT djstripe_accountv2_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_activeentitlement
    ADD CONSTRAINT djstripe_activeentitlement_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_activeentitlement
    ADD CONSTRAINT djstripe_activeentitlement_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_apikey
    ADD CONSTRAINT djstripe_apikey_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_apikey
    ADD CONSTRAINT djstripe_apikey_secret_key UNIQUE (secret);


ALTER TABLE ONLY public.djstripe_applicationfee
    ADD CONSTRAINT djstripe_applicationfee_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_applicationfee
    ADD CONSTRAINT djstripe_applicationfee_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_applicationfeerefund
    ADD CONSTRAINT djstripe_applicationfeerefund_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_applicationfeerefund
    ADD CONSTRAINT djstripe_applicationfeerefund_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_balancetransaction
    ADD CONSTRAINT djstripe_balancetransaction_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_balancetransaction
    ADD CONSTRAINT djstripe_balancetransaction_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_bankaccount
    ADD CONSTRAINT djstripe_bankaccount_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_bankaccount
    ADD CONSTRAINT djstripe_bankaccount_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_card
    ADD CONSTRAINT djstripe_card_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_card
    ADD CONSTRAINT djstripe_card_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_charge
    ADD CONSTRAINT djstripe_charge_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_charge
    ADD CONSTRAINT djstripe_charge_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_countryspec
    ADD CONSTRAINT djstripe_countryspec_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.djstripe_coupon
    ADD CONSTRAINT djstripe_coupon_id_livemode_c4511f5e_uniq UNIQUE (id, livemode);


ALTER TABLE ONLY public.djstripe_coupon
    ADD CONSTRAINT djstripe_coupon_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_customer
    ADD CONSTRAINT djstripe_customer_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_customer
    ADD CONSTRAINT djstripe_customer_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_discount
    ADD CONSTRAINT djstripe_discount_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_discount
    ADD CONSTRAINT djstripe_discount_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_dispute
    ADD CONSTRAINT djstripe_dispute_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_dispute
    ADD CONSTRAINT djstripe_dispute_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_djstripeinvoicedefaulttaxrate
    ADD CONSTRAINT djstripe_djstripeinvoice_invoice_id_taxrate_id_bfb12c22_uniq UNIQUE (invoice_id, taxrate_id);


ALTER TABLE ONLY public.djstripe_djstripeinvoiceitemtaxrate
    ADD CONSTRAINT djstripe_djstripeinvoice_invoiceitem_id_taxrate_i_f226923e_uniq UNIQUE (invoiceitem_id, taxrate_id);


ALTER TABLE ONLY public.djstripe_djstripeinvoicedefaulttaxrate
    ADD CONSTRAINT djstripe_djstripeinvoicedefaulttaxrate_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.djstripe_djstripeinvoiceitemtaxrate
    ADD CONSTRAINT djstripe_djstripeinvoiceitemtaxrate_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.djstripe_djstripepaymentmethod
    ADD CONSTRAINT djstripe_djstripepaymentmethod_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.djstripe_djstripesubscriptionitemtaxrate
    ADD CONSTRAINT djstripe_djstripesubscri_subscriptionitem_id_taxr_7562ac42_uniq UNIQUE (subscriptionitem_id, taxrate_id);


ALTER TABLE ONLY public.djstripe_djstripesubscriptionitemtaxrate
    ADD CONSTRAINT djstripe_djstripesubscriptionitemtaxrate_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.djstripe_earlyfraudwarning
    ADD CONSTRAINT djstripe_earlyfraudwarning_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_earlyfraudwarning
    ADD CONSTRAINT djstripe_earlyfraudwarning_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_event
    ADD CONSTRAINT djstripe_event_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_event
    ADD CONSTRAINT djstripe_event_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_feature
    ADD CONSTRAINT djstripe_feature_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_feature
    ADD CONSTRAINT djstripe_feature_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_file
    ADD CONSTRAINT djstripe_file_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_file
    ADD CONSTRAINT djstripe_file_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_filelink
    ADD CONSTRAINT djstripe_filelink_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_filelink
    ADD CONSTRAINT djstripe_filelink_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_idempotencykey
    ADD CONSTRAINT djstripe_idempotencykey_action_livemode_5003eb11_uniq UNIQUE (action, livemode);


ALTER TABLE ONLY public.djstripe_idempotencykey
    ADD CONSTRAINT djstripe_idempotencykey_pkey PRIMARY KEY (uuid);


ALTER TABLE ONLY public.djstripe_invoice
    ADD CONSTRAINT djstripe_invoice_charge_id_key UNIQUE (charge_id);


ALTER TABLE ONLY public.djstripe_invoice
    ADD CONSTRAINT djstripe_invoice_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_invoice
    ADD CONSTRAINT djstripe_invoice_payment_intent_id_key UNIQUE (payment_intent_id);


ALTER TABLE ONLY public.djstripe_invoice
    ADD CONSTRAINT djstripe_invoice_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_invoiceitem
    ADD CONSTRAINT djstripe_invoiceitem_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_invoiceitem
    ADD CONSTRAINT djstripe_invoiceitem_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_issuing_authorization
    ADD CONSTRAINT djstripe_issuing_authorization_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_issuing_authorization
    ADD CONSTRAINT djstripe_issuing_authorization_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_issuing_card
    ADD CONSTRAINT djstripe_issuing_card_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_issuing_card
    ADD CONSTRAINT djstripe_issuing_card_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_issuing_cardholder
    ADD CONSTRAINT djstripe_issuing_cardholder_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_issuing_cardholder
    ADD CONSTRAINT djstripe_issuing_cardholder_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_issuing_dispute
    ADD CONSTRAINT djstripe_issuing_dispute_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_issuing_dispute
    ADD CONSTRAINT djstripe_issuing_dispute_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_issuing_transaction
    ADD CONSTRAINT djstripe_issuing_transaction_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_issuing_transaction
    ADD CONSTRAINT djstripe_issuing_transaction_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_lineitem
    ADD CONSTRAINT djstripe_lineitem_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_lineitem
    ADD CONSTRAINT djstripe_lineitem_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_mandate
    ADD CONSTRAINT djstripe_mandate_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_mandate
    ADD CONSTRAINT djstripe_mandate_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_paymentintent
    ADD CONSTRAINT djstripe_paymentintent_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_paymentintent
    ADD CONSTRAINT djstripe_paymentintent_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_paymentmethod
    ADD CONSTRAINT djstripe_paymentmethod_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_paymentmethod
    ADD CONSTRAINT djstripe_paymentmethod_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_payout
    ADD CONSTRAINT djstripe_payout_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_payout
    ADD CONSTRAINT djstripe_payout_original_payout_id_key UNIQUE (original_payout_id);


ALTER TABLE ONLY public.djstripe_payout
    ADD CONSTRAINT djstripe_payout_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_payout
    ADD CONSTRAINT djstripe_payout_reversed_by_id_key UNIQUE (reversed_by_id);


ALTER TABLE ONLY public.djstripe_price
    ADD CONSTRAINT djstripe_price_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_price
    ADD CONSTRAINT djstripe_price_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_product
    ADD CONSTRAINT djstripe_product_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_product
    ADD CONSTRAINT djstripe_product_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_productfeature
    ADD CONSTRAINT djstripe_productfeature_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_productfeature
    ADD CONSTRAINT djstripe_productfeature_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_promotioncode
    ADD CONSTRAINT djstripe_promotioncode_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_promotioncode
    ADD CONSTRAINT djstripe_promotioncode_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_refund
    ADD CONSTRAINT djstripe_refund_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_refund
    ADD CONSTRAINT djstripe_refund_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_review
    ADD CONSTRAINT djstripe_review_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_review
    ADD CONSTRAINT djstripe_review_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_scheduledqueryrun
    ADD CONSTRAINT djstripe_scheduledqueryrun_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_scheduledqueryrun
    ADD CONSTRAINT djstripe_scheduledqueryrun_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_session
    ADD CONSTRAINT djstripe_session_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_session
    ADD CONSTRAINT djstripe_session_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_setupintent
    ADD CONSTRAINT djstripe_setupintent_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_setupintent
    ADD CONSTRAINT djstripe_setupintent_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_shippingrate
    ADD CONSTRAINT djstripe_shippingrate_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_shippingrate
    ADD CONSTRAINT djstripe_shippingrate_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_source
    ADD CONSTRAINT djstripe_source_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_source
    ADD CONSTRAINT djstripe_source_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_sourcetransaction
    ADD CONSTRAINT djstripe_sourcetransaction_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_sourcetransaction
    ADD CONSTRAINT djstripe_sourcetransaction_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_subscription
    ADD CONSTRAINT djstripe_subscription_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_subscription
    ADD CONSTRAINT djstripe_subscription_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_subscriptionitem
    ADD CONSTRAINT djstripe_subscriptionitem_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_subscriptionitem
    ADD CONSTRAINT djstripe_subscriptionitem_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_subscriptionschedule
    ADD CONSTRAINT djstripe_subscriptionschedule_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_subscriptionschedule
    ADD CONSTRAINT djstripe_subscriptionschedule_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_taxcode
    ADD CONSTRAINT djstripe_taxcode_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_taxcode
    ADD CONSTRAINT djstripe_taxcode_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_taxid
    ADD CONSTRAINT djstripe_taxid_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_taxid
    ADD CONSTRAINT djstripe_taxid_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_taxrate
    ADD CONSTRAINT djstripe_taxrate_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_taxrate
    ADD CONSTRAINT djstripe_taxrate_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_transfer
    ADD CONSTRAINT djstripe_transfer_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_transfer
    ADD CONSTRAINT djstripe_transfer_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_transferreversal
    ADD CONSTRAINT djstripe_transferreversal_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_transferreversal
    ADD CONSTRAINT djstripe_transferreversal_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_upcominginvoice
    ADD CONSTRAINT djstripe_upcominginvoice_charge_id_key UNIQUE (charge_id);


ALTER TABLE ONLY public.djstripe_upcominginvoice
    ADD CONSTRAINT djstripe_upcominginvoice_payment_intent_id_key UNIQUE (payment_intent_id);


ALTER TABLE ONLY public.djstripe_upcominginvoice
    ADD CONSTRAINT djstripe_upcominginvoice_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_verificationreport
    ADD CONSTRAINT djstripe_verificationreport_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_verificationreport
    ADD CONSTRAINT djstripe_verificationreport_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_verificationsession
    ADD CONSTRAINT djstripe_verificationsession_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_verificationsession
    ADD CONSTRAINT djstripe_verificationsession_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_webhookendpoint
    ADD CONSTRAINT djstripe_webhookendpoint_djstripe_uuid_key UNIQUE (djstripe_uuid);


ALTER TABLE ONLY public.djstripe_webhookendpoint
    ADD CONSTRAINT djstripe_webhookendpoint_id_key UNIQUE (id);


ALTER TABLE ONLY public.djstripe_webhookendpoint
    ADD CONSTRAINT djstripe_webhookendpoint_pkey PRIMARY KEY (djstripe_id);


ALTER TABLE ONLY public.djstripe_webhookeventtrigger
    ADD CONSTRAINT djstripe_webhookeventtrigger_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT entry_in_its_book UNIQUE (book, id);


ALTER TABLE ONLY public.exchange_bountygift
    ADD CONSTRAINT exchange_bountygift_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.exchange_bountypayout
    ADD CONSTRAINT exchange_bountypayout_need_id_key UNIQUE (need_id);


ALTER TABLE ONLY public.exchange_bountypayout
    ADD CONSTRAINT exchange_bountypayout_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.exchange_dataneed
    ADD CONSTRAINT exchange_dataneed_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.exchange_delivery
    ADD CONSTRAINT exchange_delivery_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.exchange_offer
    ADD CONSTRAINT exchange_offer_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobjectperm_group_id_permission_id_o_3f189f7c_uniq UNIQUE (group_id, permission_id, object_pk);


ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobjectpermission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectpermi_user_id_permission_id_ob_b0b3d2fc_uniq UNIQUE (user_id, permission_id, object_pk);


ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectpermission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.invoicing_creditedpayment
    ADD CONSTRAINT invoicing_creditedpayment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.invoicing_invoice
    ADD CONSTRAINT invoicing_invoice_number_key UNIQUE (number);


ALTER TABLE ONLY public.invoicing_invoice
    ADD CONSTRAINT invoicing_invoice_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.invoicing_invoicedocument
    ADD CONSTRAINT invoicing_invoicedocument_invoice_id_key UNIQUE (invoice_id);


ALTER TABLE ONLY public.invoicing_invoicedocument
    ADD CONSTRAINT invoicing_invoicedocument_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.invoicing_invoicepayment
    ADD CONSTRAINT invoicing_invoicepayment_charge_id_key UNIQUE (charge_id);


ALTER TABLE ONLY public.invoicing_invoicepayment
    ADD CONSTRAINT invoicing_invoicepayment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.invoicing_invoicepaymentreversal
    ADD CONSTRAINT invoicing_invoicepaymentreversal_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.invoicing_invoicepaymentreversal
    ADD CONSTRAINT invoicing_invoicepaymentreversal_refund_id_key UNIQUE (refund_id);


ALTER TABLE ONLY public.invoicing_invoicereminder
    ADD CONSTRAINT invoicing_invoicereminder_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.invoicing_invoiceseries
    ADD CONSTRAINT invoicing_invoiceseries_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.invoicing_invoiceseries
    ADD CONSTRAINT invoicing_invoiceseries_prefix_key UNIQUE (prefix);


ALTER TABLE ONLY public.invoicing_issuer
    ADD CONSTRAINT invoicing_issuer_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_account
    ADD CONSTRAINT ledger_account_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_checkpoint
    ADD CONSTRAINT ledger_checkpoint_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_dailyroot
    ADD CONSTRAINT ledger_dailyroot_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_reverses_id_key UNIQUE (reverses_id);


ALTER TABLE ONLY public.ledger_link
    ADD CONSTRAINT ledger_link_entry_id_key UNIQUE (entry_id);


ALTER TABLE ONLY public.ledger_link
    ADD CONSTRAINT ledger_link_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_outflow
    ADD CONSTRAINT ledger_outflow_pkey PRIMARY KEY (account_id);


ALTER TABLE ONLY public.ledger_posting
    ADD CONSTRAINT ledger_posting_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_rootsubscriber
    ADD CONSTRAINT ledger_rootsubscriber_address_key UNIQUE (address);


ALTER TABLE ONLY public.ledger_rootsubscriber
    ADD CONSTRAINT ledger_rootsubscriber_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_unlinked
    ADD CONSTRAINT ledger_unlinked_pkey PRIMARY KEY (entry_id);


ALTER TABLE ONLY public.matching_allocation
    ADD CONSTRAINT matching_allocation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matching_challenge
    ADD CONSTRAINT matching_challenge_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matching_deposit
    ADD CONSTRAINT matching_deposit_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matching_exclusion
    ADD CONSTRAINT matching_exclusion_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matching_fundreturn
    ADD CONSTRAINT matching_fundreturn_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matching_matchfund
    ADD CONSTRAINT matching_matchfund_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.matching_matchfund
    ADD CONSTRAINT matching_matchfund_slug_key UNIQUE (slug);


ALTER TABLE ONLY public.matching_matchline
    ADD CONSTRAINT matching_matchline_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT notifications_notification_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.notifications_preference
    ADD CONSTRAINT notifications_preference_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.ledger_account
    ADD CONSTRAINT one_account_a_code UNIQUE (book, code, currency);


ALTER TABLE ONLY public.matching_allocation
    ADD CONSTRAINT one_allocation_a_campaign UNIQUE (fund_id, campaign_id);


ALTER TABLE ONLY public.payouts_approval
    ADD CONSTRAINT one_approval_a_person UNIQUE (payout_id, attempt, person_id);


ALTER TABLE ONLY public.voting_ballot
    ADD CONSTRAINT one_ballot_a_receipt UNIQUE (receipt);


ALTER TABLE ONLY public.exchange_bountygift
    ADD CONSTRAINT one_bounty_gift_a_form UNIQUE (person_id, token);


ALTER TABLE ONLY public.matching_challenge
    ADD CONSTRAINT one_challenge_a_form UNIQUE (person_id, token);


ALTER TABLE ONLY public.discussion_comment
    ADD CONSTRAINT one_comment_a_form UNIQUE (author_id, token);


ALTER TABLE ONLY public.contributions_contribution
    ADD CONSTRAINT one_contribution_a_form UNIQUE (person_id, token);


ALTER TABLE ONLY public.invoicing_creditedpayment
    ADD CONSTRAINT one_credit_a_payment_and_note UNIQUE (payment_id, note_id);


ALTER TABLE ONLY public.catalogue_follow
    ADD CONSTRAINT one_dataset_follow_a_person UNIQUE (dataset_id, person_id);


ALTER TABLE ONLY public.catalogue_revision
    ADD CONSTRAINT one_dataset_revision_a_number UNIQUE (dataset_id, number);


ALTER TABLE ONLY public.consent_deletion
    ADD CONSTRAINT one_deletion_a_grant UNIQUE (grant_id, release_id);


ALTER TABLE ONLY public.core_delivery
    ADD CONSTRAINT one_delivery_a_handler UNIQUE (event_id, handler);


ALTER TABLE ONLY public.exchange_delivery
    ADD CONSTRAINT one_delivery_a_number UNIQUE (offer_id, number);


ALTER TABLE ONLY public.voting_paperentry
    ADD CONSTRAINT one_entry_a_clerk UNIQUE (paper_id, clerk_id);


ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT one_entry_a_key UNIQUE (book, key);


ALTER TABLE ONLY public.matching_exclusion
    ADD CONSTRAINT one_exclusion_a_person UNIQUE (campaign_id, person_id);


ALTER TABLE ONLY public.catalogue_distribution
    ADD CONSTRAINT one_file_a_format UNIQUE (revision_id, format);


ALTER TABLE ONLY public.discussion_follow
    ADD CONSTRAINT one_follow_a_person UNIQUE (project_id, person_id);


ALTER TABLE ONLY public.payouts_hold
    ADD CONSTRAINT one_hold_a_key UNIQUE (kind, key);


ALTER TABLE ONLY public.consent_inclusion
    ADD CONSTRAINT one_inclusion_a_release UNIQUE (release_id, consent_id);


ALTER TABLE ONLY public.campaigns_instalment
    ADD CONSTRAINT one_instalment_a_month UNIQUE (pledge_id, number);


ALTER TABLE ONLY public.invoicing_invoice
    ADD CONSTRAINT one_invoice_a_serial UNIQUE (series_id, serial);


ALTER TABLE ONLY public.accounts_lettercount
    ADD CONSTRAINT one_letter_count_a_day UNIQUE (mark, day);


ALTER TABLE ONLY public.voting_ballotline
    ADD CONSTRAINT one_line_a_project_and_ballot UNIQUE (ballot_id, project_id);


ALTER TABLE ONLY public.ledger_link
    ADD CONSTRAINT one_link_a_number UNIQUE (book, seq);


ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT one_membership_an_organisation UNIQUE (organisation_id, person_id);


ALTER TABLE ONLY public.payments_message
    ADD CONSTRAINT one_message_an_event UNIQUE (provider, event_id);


ALTER TABLE ONLY public.payments_method
    ADD CONSTRAINT one_method_a_provider_ref UNIQUE (provider, provider_ref);


ALTER TABLE ONLY public.delivery_milestone
    ADD CONSTRAINT one_milestone_a_number UNIQUE (project_id, number);


ALTER TABLE ONLY public.consent_notice
    ADD CONSTRAINT one_notice_a_number UNIQUE (purpose_id, number);


ALTER TABLE ONLY public.sponsorship_package
    ADD CONSTRAINT one_package_a_title UNIQUE (campaign_id, title);


ALTER TABLE ONLY public.voting_paperballot
    ADD CONSTRAINT one_paper_a_number UNIQUE (call_id, serial);


ALTER TABLE ONLY public.voting_papervoter
    ADD CONSTRAINT one_paper_an_identity UNIQUE (call_id, identity);


ALTER TABLE ONLY public.payments_linepayment
    ADD CONSTRAINT one_payment_a_line_and_charge UNIQUE (line_id, charge_id);


ALTER TABLE ONLY public.payouts_payout
    ADD CONSTRAINT one_payout_a_part UNIQUE (campaign_id, milestone_id, part);


ALTER TABLE ONLY public.calls_phase
    ADD CONSTRAINT one_phase_of_a_kind UNIQUE (call_id, kind);


ALTER TABLE ONLY public.proposals_teammember
    ADD CONSTRAINT one_place_in_a_team UNIQUE (project_id, person_id);


ALTER TABLE ONLY public.campaigns_pledge
    ADD CONSTRAINT one_pledge_a_form UNIQUE (person_id, token);


ALTER TABLE ONLY public.notifications_preference
    ADD CONSTRAINT one_preference_a_category UNIQUE (person_id, category);


ALTER TABLE ONLY public.voting_projectresult
    ADD CONSTRAINT one_project_a_place UNIQUE (tally_id, place);


ALTER TABLE ONLY public.catalogue_harvestrecord
    ADD CONSTRAINT one_record_a_place UNIQUE (harvest_id, place);


ALTER TABLE ONLY public.catalogue_rejectedrow
    ADD CONSTRAINT one_rejected_row_a_place UNIQUE (upload_id, place);


ALTER TABLE ONLY public.invoicing_invoicereminder
    ADD CONSTRAINT one_reminder_a_level UNIQUE (invoice_id, level);


ALTER TABLE ONLY public.discussion_report
    ADD CONSTRAINT one_report_a_person UNIQUE (case_id, reporter_id);


ALTER TABLE ONLY public.reuses_reuse
    ADD CONSTRAINT one_reuse_a_form UNIQUE (person_id, token);


ALTER TABLE ONLY public.proposals_projectrevision
    ADD CONSTRAINT one_revision_a_number UNIQUE (project_id, number);


ALTER TABLE ONLY public.ledger_dailyroot
    ADD CONSTRAINT one_root_a_day UNIQUE (book, day);


ALTER TABLE ONLY public.catalogue_series
    ADD CONSTRAINT one_series_a_title UNIQUE (publisher_id, title);


ALTER TABLE ONLY public.payments_settlement
    ADD CONSTRAINT one_settlement_a_provider_ref UNIQUE (provider, provider_ref);


ALTER TABLE ONLY public.sponsorship_sponsorship
    ADD CONSTRAINT one_sponsorship_a_form UNIQUE (organisation_id, token);


ALTER TABLE ONLY public.campaigns_stretchgoal
    ADD CONSTRAINT one_stretch_goal_an_amount UNIQUE (campaign_id, amount_minor);


ALTER TABLE ONLY public.consent_submission
    ADD CONSTRAINT one_submission_a_person UNIQUE (collection_id, person_id);


ALTER TABLE ONLY public.proposals_support
    ADD CONSTRAINT one_support_a_person UNIQUE (project_id, person_id);


ALTER TABLE ONLY public.delivery_update
    ADD CONSTRAINT one_update_a_form UNIQUE (author_id, token);


ALTER TABLE ONLY public.pages_callpage
    ADD CONSTRAINT pages_callpage_call_id_key UNIQUE (call_id);


ALTER TABLE ONLY public.pages_callpage
    ADD CONSTRAINT pages_callpage_pkey PRIMARY KEY (page_ptr_id);


ALTER TABLE ONLY public.pages_helpindexpage
    ADD CONSTRAINT pages_helpindexpage_pkey PRIMARY KEY (page_ptr_id);


ALTER TABLE ONLY public.pages_homepage
    ADD CONSTRAINT pages_homepage_pkey PRIMARY KEY (page_ptr_id);


ALTER TABLE ONLY public.pages_numbers
    ADD CONSTRAINT pages_numbers_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.pages_sitesettings
    ADD CONSTRAINT pages_sitesettings_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.pages_sitesettings
    ADD CONSTRAINT pages_sitesettings_site_id_key UNIQUE (site_id);


ALTER TABLE ONLY public.pages_standardpage
    ADD CONSTRAINT pages_standardpage_pkey PRIMARY KEY (page_ptr_id);


ALTER TABLE ONLY public.pages_storyindexpage
    ADD CONSTRAINT pages_storyindexpage_pkey PRIMARY KEY (page_ptr_id);


ALTER TABLE ONLY public.pages_storypage
    ADD CONSTRAINT pages_storypage_pkey PRIMARY KEY (page_ptr_id);


ALTER TABLE ONLY public.payments_bankorder
    ADD CONSTRAINT payments_bankorder_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_bankorder
    ADD CONSTRAINT payments_bankorder_reference_key UNIQUE (reference);


ALTER TABLE ONLY public.payments_charge
    ADD CONSTRAINT payments_charge_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_claim
    ADD CONSTRAINT payments_claim_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_command
    ADD CONSTRAINT payments_command_key_key UNIQUE (key);


ALTER TABLE ONLY public.payments_command
    ADD CONSTRAINT payments_command_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_demopayment
    ADD CONSTRAINT payments_demopayment_key_key UNIQUE (key);


ALTER TABLE ONLY public.payments_demopayment
    ADD CONSTRAINT payments_demopayment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_demopayment
    ADD CONSTRAINT payments_demopayment_target_key UNIQUE (target);


ALTER TABLE ONLY public.payments_dispute
    ADD CONSTRAINT payments_dispute_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_linepayment
    ADD CONSTRAINT payments_linepayment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_message
    ADD CONSTRAINT payments_message_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_method
    ADD CONSTRAINT payments_method_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_methodsetup
    ADD CONSTRAINT payments_methodsetup_method_id_key UNIQUE (method_id);


ALTER TABLE ONLY public.payments_methodsetup
    ADD CONSTRAINT payments_methodsetup_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_mirrorjob
    ADD CONSTRAINT payments_mirrorjob_message_id_key UNIQUE (message_id);


ALTER TABLE ONLY public.payments_mirrorjob
    ADD CONSTRAINT payments_mirrorjob_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_reconciliation
    ADD CONSTRAINT payments_reconciliation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_refund
    ADD CONSTRAINT payments_refund_key_key UNIQUE (key);


ALTER TABLE ONLY public.payments_refund
    ADD CONSTRAINT payments_refund_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_settlement
    ADD CONSTRAINT payments_settlement_line_id_key UNIQUE (line_id);


ALTER TABLE ONLY public.payments_settlement
    ADD CONSTRAINT payments_settlement_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_statement
    ADD CONSTRAINT payments_statement_digest_key UNIQUE (digest);


ALTER TABLE ONLY public.payments_statement
    ADD CONSTRAINT payments_statement_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementline_digest_key UNIQUE (digest);


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementline_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_transfer
    ADD CONSTRAINT payments_transfer_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payments_transfer
    ADD CONSTRAINT payments_transfer_purpose_key UNIQUE (purpose);


ALTER TABLE ONLY public.payouts_approval
    ADD CONSTRAINT payouts_approval_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payouts_bankdetails
    ADD CONSTRAINT payouts_bankdetails_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payouts_hold
    ADD CONSTRAINT payouts_hold_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payouts_payout
    ADD CONSTRAINT payouts_payout_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.payouts_return
    ADD CONSTRAINT payouts_return_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.calls_phase
    ADD CONSTRAINT phases_do_not_overlap EXCLUDE USING gist (tstzrange(starts_at, ends_at) WITH &&, call_id WITH =);


ALTER TABLE ONLY public.proposals_costline
    ADD CONSTRAINT proposals_costline_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.proposals_participantgoal
    ADD CONSTRAINT proposals_participantgoal_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.proposals_picture
    ADD CONSTRAINT proposals_picture_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.proposals_project
    ADD CONSTRAINT proposals_project_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.proposals_project
    ADD CONSTRAINT proposals_project_slug_key UNIQUE (slug);


ALTER TABLE ONLY public.proposals_projectrevision
    ADD CONSTRAINT proposals_projectrevision_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.proposals_support
    ADD CONSTRAINT proposals_support_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.proposals_supportchange
    ADD CONSTRAINT proposals_supportchange_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.proposals_supportcount
    ADD CONSTRAINT proposals_supportcount_pkey PRIMARY KEY (project_id);


ALTER TABLE ONLY public.proposals_teaminvitation
    ADD CONSTRAINT proposals_teaminvitation_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.proposals_teammember
    ADD CONSTRAINT proposals_teammember_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.core_putoff
    ADD CONSTRAINT put_off_once_a_task UNIQUE (task, subject_type, subject_id);


ALTER TABLE ONLY public.reuses_reuse_datasets
    ADD CONSTRAINT reuses_reuse_datasets_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.reuses_reuse_datasets
    ADD CONSTRAINT reuses_reuse_datasets_reuse_id_dataset_id_3e0eafa1_uniq UNIQUE (reuse_id, dataset_id);


ALTER TABLE ONLY public.reuses_reuse
    ADD CONSTRAINT reuses_reuse_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.sponsorship_package
    ADD CONSTRAINT sponsorship_package_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.sponsorship_sponsorship
    ADD CONSTRAINT sponsorship_sponsorship_invoice_id_key UNIQUE (invoice_id);


ALTER TABLE ONLY public.sponsorship_sponsorship
    ADD CONSTRAINT sponsorship_sponsorship_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.taggit_tag
    ADD CONSTRAINT taggit_tag_name_key UNIQUE (name);


ALTER TABLE ONLY public.taggit_tag
    ADD CONSTRAINT taggit_tag_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.taggit_tag
    ADD CONSTRAINT taggit_tag_slug_key UNIQUE (slug);


ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_content_type_id_object_id_tag_id_4bb97a8e_uni UNIQUE (content_type_id, object_id, tag_id);


ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT told_once_an_event UNIQUE (person_id, event_id, kind);


ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT unique_permission UNIQUE (group_id, page_id, permission_id);


ALTER TABLE ONLY public.voting_ballot
    ADD CONSTRAINT voting_ballot_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.voting_ballotline
    ADD CONSTRAINT voting_ballotline_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.voting_key
    ADD CONSTRAINT voting_key_pkey PRIMARY KEY (call_id);


ALTER TABLE ONLY public.voting_paperballot
    ADD CONSTRAINT voting_paperballot_ballot_id_key UNIQUE (ballot_id);


ALTER TABLE ONLY public.voting_paperballot
    ADD CONSTRAINT voting_paperballot_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.voting_paperentry
    ADD CONSTRAINT voting_paperentry_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.voting_papervoter
    ADD CONSTRAINT voting_papervoter_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.voting_poll
    ADD CONSTRAINT voting_poll_pkey PRIMARY KEY (call_id);


ALTER TABLE ONLY public.voting_projectresult
    ADD CONSTRAINT voting_projectresult_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.voting_projectresult
    ADD CONSTRAINT voting_projectresult_project_id_key UNIQUE (project_id);


ALTER TABLE ONLY public.voting_tally
    ADD CONSTRAINT voting_tally_call_id_key UNIQUE (call_id);


ALTER TABLE ONLY public.voting_tally
    ADD CONSTRAINT voting_tally_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailadmin_admin
    ADD CONSTRAINT wagtailadmin_admin_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailadmin_editingsession
    ADD CONSTRAINT wagtailadmin_editingsession_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailadmin_formstate
    ADD CONSTRAINT wagtailadmin_formstate_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_apitoken
    ADD CONSTRAINT wagtailcore_apitoken_key_hash_key UNIQUE (key_hash);


ALTER TABLE ONLY public.wagtailcore_apitoken
    ADD CONSTRAINT wagtailcore_apitoken_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_collection
    ADD CONSTRAINT wagtailcore_collection_path_key UNIQUE (path);


ALTER TABLE ONLY public.wagtailcore_collection
    ADD CONSTRAINT wagtailcore_collection_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collectionvi_collectionviewrestrictio_988995ae_uniq UNIQUE (collectionviewrestriction_id, group_id);


ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collectionviewrestriction_groups_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction
    ADD CONSTRAINT wagtailcore_collectionviewrestriction_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_commentreply
    ADD CONSTRAINT wagtailcore_commentreply_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapprova_groupapprovaltask_id_gro_bb5ee7eb_uniq UNIQUE (groupapprovaltask_id, group_id);


ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapprovaltask_groups_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_groupapprovaltask
    ADD CONSTRAINT wagtailcore_groupapprovaltask_pkey PRIMARY KEY (task_ptr_id);


ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcollect_group_id_collection_id_p_a21cefe9_uniq UNIQUE (group_id, collection_id, permission_id);


ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcollectionpermission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppagepermission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsiteper_group_id_site_id_permiss_a58ee30d_uniq UNIQUE (group_id, site_id, permission_id);


ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsitepermission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_locale
    ADD CONSTRAINT wagtailcore_locale_language_code_key UNIQUE (language_code);


ALTER TABLE ONLY public.wagtailcore_locale
    ADD CONSTRAINT wagtailcore_locale_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_modellogentry
    ADD CONSTRAINT wagtailcore_modellogentry_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_path_key UNIQUE (path);


ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_translation_key_locale_id_9b041bad_uniq UNIQUE (translation_key, locale_id);


ALTER TABLE ONLY public.wagtailcore_pagelogentry
    ADD CONSTRAINT wagtailcore_pagelogentry_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_pagerevision_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubscription_page_id_user_id_0cef73ed_uniq UNIQUE (page_id, user_id);


ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubscription_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageviewrest_pageviewrestriction_id_g_d23f80bb_uniq UNIQUE (pageviewrestriction_id, group_id);


ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageviewrestriction_groups_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_pageviewrestriction
    ADD CONSTRAINT wagtailcore_pageviewrestriction_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenceind_base_content_type_id_obj_9e6ccd6a_uniq UNIQUE (base_content_type_id, object_id, to_content_type_id, to_object_id, content_path_hash);


ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenceindex_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_site
    ADD CONSTRAINT wagtailcore_site_hostname_port_2c626d70_uniq UNIQUE (hostname, port);


ALTER TABLE ONLY public.wagtailcore_site
    ADD CONSTRAINT wagtailcore_site_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_task
    ADD CONSTRAINT wagtailcore_task_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstate_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_uploadedfile
    ADD CONSTRAINT wagtailcore_uploadedfile_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_workflow
    ADD CONSTRAINT wagtailcore_workflow_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_workflowcontenttype
    ADD CONSTRAINT wagtailcore_workflowcontenttype_pkey PRIMARY KEY (content_type_id);


ALTER TABLE ONLY public.wagtailcore_workflowpage
    ADD CONSTRAINT wagtailcore_workflowpage_pkey PRIMARY KEY (page_id);


ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflowstate_current_task_state_id_key UNIQUE (current_task_state_id);


ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflowstate_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflowtask_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflowtask_workflow_id_task_id_4ec7a62b_uniq UNIQUE (workflow_id, task_id);


ALTER TABLE ONLY public.wagtaildocs_document
    ADD CONSTRAINT wagtaildocs_document_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailembeds_embed
    ADD CONSTRAINT wagtailembeds_embed_hash_c9bd8c9a_uniq UNIQUE (hash);


ALTER TABLE ONLY public.wagtailembeds_embed
    ADD CONSTRAINT wagtailembeds_embed_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailforms_formsubmission
    ADD CONSTRAINT wagtailforms_formsubmission_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailimages_image
    ADD CONSTRAINT wagtailimages_image_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailimages_rendition
    ADD CONSTRAINT wagtailimages_rendition_image_id_filter_spec_foc_323c8fe0_uniq UNIQUE (image_id, filter_spec, focal_point_key);


ALTER TABLE ONLY public.wagtailimages_rendition
    ADD CONSTRAINT wagtailimages_rendition_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailredirects_redirect
    ADD CONSTRAINT wagtailredirects_redirect_old_path_site_id_783622d7_uniq UNIQUE (old_path, site_id);


ALTER TABLE ONLY public.wagtailredirects_redirect
    ADD CONSTRAINT wagtailredirects_redirect_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailsearch_indexentry
    ADD CONSTRAINT wagtailsearch_indexentry_content_type_id_object_i_bcd7ba73_uniq UNIQUE (content_type_id, object_id);


ALTER TABLE ONLY public.wagtailsearch_indexentry
    ADD CONSTRAINT wagtailsearch_indexentry_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailusers_userprofile
    ADD CONSTRAINT wagtailusers_userprofile_pkey PRIMARY KEY (id);


ALTER TABLE ONLY public.wagtailusers_userprofile
    ADD CONSTRAINT wagtailusers_userprofile_user_id_key UNIQUE (user_id);


CREATE INDEX access_accessrequest_dataset_id_e0e6ab51 ON public.access_accessrequest USING btree (dataset_id);


CREATE INDEX access_accessrequest_organisation_id_d5fb87b4 ON public.access_accessrequest USING btree (organisation_id);


CREATE INDEX access_accessrequest_person_id_33f33689 ON public.access_accessrequest USING btree (person_id);


CREATE INDEX access_accessrequest_renews_id_4c918f84 ON public.access_accessrequest USING btree (renews_id);


CREATE INDEX access_agreement_dataset_id_bd2254dc ON public.access_agreement USING btree (dataset_id);


CREATE INDEX access_agreement_organisation_id_c6294153 ON public.access_agreement USING btree (organisation_id);


CREATE INDEX access_agreement_person_id_b39056f4 ON public.access_agreement USING btree (person_id);


CREATE INDEX access_grant_dataset_id_c091640e ON public.access_grant USING btree (dataset_id);


CREATE INDEX access_grant_due ON public.access_grant USING btree (expires_at) WHERE ((state)::text = ANY ((ARRAY['active'::character varying, 'suspended'::character varying])::text[]));


CREATE INDEX access_grant_key_person_id_9c689a27 ON public.access_grant USING btree (key_person_id);


CREATE INDEX access_grant_live ON public.access_grant USING btree (dataset_id, person_id) WHERE ((state)::text = 'active'::text);


CREATE INDEX access_grant_organisation_id_7d694569 ON public.access_grant USING btree (organisation_id);


CREATE INDEX access_grant_person_id_2cb654af ON public.access_grant USING btree (person_id);


CREATE INDEX access_request_waiting ON public.access_accessrequest USING btree (state, state_since);


CREATE INDEX account_emailaddress_email_03be32b2 ON public.account_emailaddress USING btree (email);


CREATE INDEX account_emailaddress_email_03be32b2_like ON public.account_emailaddress USING btree (email varchar_pattern_ops);


CREATE INDEX account_emailaddress_user_id_2c513194 ON public.account_emailaddress USING btree (user_id);


CREATE INDEX account_emailconfirmation_email_address_id_5b7f8c58 ON public.account_emailconfirmation USING btree (email_address_id);


CREATE INDEX account_emailconfirmation_key_f43612bd_like ON public.account_emailconfirmation USING btree (key varchar_pattern_ops);


CREATE INDEX accounts_area_parent_id_02676180 ON public.accounts_area USING btree (parent_id);


CREATE INDEX accounts_area_slug_8b111680_like ON public.accounts_area USING btree (slug varchar_pattern_ops);


CREATE INDEX accounts_dataexport_person_id_b3f292fa ON public.accounts_dataexport USING btree (person_id);


CREATE INDEX accounts_invitation_invited_by_id_94a21efc ON public.accounts_invitation USING btree (invited_by_id);


CREATE INDEX accounts_invitation_organisation_id_b7f9480b ON public.accounts_invitation USING btree (organisation_id);


CREATE INDEX accounts_invitation_token_hash_3d59d75c_like ON public.accounts_invitation USING btree (token_hash varchar_pattern_ops);


CREATE INDEX accounts_mail_person_id_c33a45ad ON public.accounts_mail USING btree (person_id);


CREATE INDEX accounts_membership_organisation_id_98e5c22b ON public.accounts_membership USING btree (organisation_id);


CREATE INDEX accounts_membership_person_id_cd00e383 ON public.accounts_membership USING btree (person_id);


CREATE INDEX accounts_organisation_slug_43a9054f_like ON public.accounts_organisation USING btree (slug varchar_pattern_ops);


CREATE INDEX accounts_person_area_id_6f2eed54 ON public.accounts_person USING btree (area_id);


CREATE INDEX accounts_person_email_7de6b04f_like ON public.accounts_person USING btree (email varchar_pattern_ops);


CREATE INDEX accounts_person_groups_group_id_2455a92a ON public.accounts_person_groups USING btree (group_id);


CREATE INDEX accounts_person_groups_person_id_0267a8e2 ON public.accounts_person_groups USING btree (person_id);


CREATE INDEX accounts_person_user_permissions_permission_id_ef54d0fe ON public.accounts_person_user_permissions USING btree (permission_id);


CREATE INDEX accounts_person_user_permissions_person_id_f01807a9 ON public.accounts_person_user_permissions USING btree (person_id);


CREATE INDEX accounts_registryentry_area_id_1ccf0d79 ON public.accounts_registryentry USING btree (area_id);


CREATE INDEX accounts_registryentry_identity_6113eb3c_like ON public.accounts_registryentry USING btree (identity varchar_pattern_ops);


CREATE INDEX accounts_registryentry_person_81cdf233 ON public.accounts_registryentry USING btree (person);


CREATE INDEX accounts_registryentry_person_81cdf233_like ON public.accounts_registryentry USING btree (person varchar_pattern_ops);


CREATE INDEX accounts_registryentry_upload_id_8e2b363c ON public.accounts_registryentry USING btree (upload_id);


CREATE INDEX accounts_registryupload_uploaded_by_id_349d0a9c ON public.accounts_registryupload USING btree (uploaded_by_id);


CREATE INDEX accounts_residency_address_mark_c62f6382 ON public.accounts_residency USING btree (address_mark);


CREATE INDEX accounts_residency_address_mark_c62f6382_like ON public.accounts_residency USING btree (address_mark varchar_pattern_ops);


CREATE INDEX accounts_residency_area_id_10370691 ON public.accounts_residency USING btree (area_id);


CREATE INDEX accounts_residency_person_id_6095decd ON public.accounts_residency USING btree (person_id);


CREATE INDEX accounts_staffinvitation_invited_by_id_8aefa09e ON public.accounts_staffinvitation USING btree (invited_by_id);


CREATE INDEX accounts_staffinvitation_token_hash_366b1094_like ON public.accounts_staffinvitation USING btree (token_hash varchar_pattern_ops);


CREATE INDEX allocation_campaign ON public.matching_allocation USING btree (campaign_id, state);


CREATE INDEX analytics_savedquery_dataset_id_5a326498 ON public.analytics_savedquery USING btree (dataset_id);


CREATE INDEX analytics_savedquery_owner_id_67be4809 ON public.analytics_savedquery USING btree (owner_id);


CREATE INDEX auth_group_name_a6ea08ec_like ON public.auth_group USING btree (name varchar_pattern_ops);


CREATE INDEX auth_group_permissions_group_id_b120cbf9 ON public.auth_group_permissions USING btree (group_id);


CREATE INDEX auth_group_permissions_permission_id_84c5c92e ON public.auth_group_permissions USING btree (permission_id);


CREATE INDEX auth_permission_content_type_id_2f476e4b ON public.auth_permission USING btree (content_type_id);


CREATE INDEX ballot_call_receipt ON public.voting_ballot USING btree (call_id, receipt);


CREATE INDEX ballot_on_paper ON public.voting_ballot USING btree (call_id) WHERE (((channel)::text = 'paper'::text) AND ((state)::text = 'cast'::text));


CREATE INDEX base_content_object_idx ON public.wagtailcore_revision USING btree (base_content_type_id, object_id);


CREATE INDEX calls_call_areas_area_id_811c60b6 ON public.calls_call_areas USING btree (area_id);


CREATE INDEX calls_call_areas_call_id_74a6c5e1 ON public.calls_call_areas USING btree (call_id);


CREATE INDEX calls_call_slug_be11ed93_like ON public.calls_call USING btree (slug varchar_pattern_ops);


CREATE INDEX calls_phase_call_id_6202c075 ON public.calls_phase USING btree (call_id);


CREATE INDEX campaign_due ON public.campaigns_campaign USING btree (state, ends_at);


CREATE INDEX campaign_newest ON public.campaigns_campaign USING btree (opened_at DESC, id DESC);


CREATE INDEX campaigns_campaign_project_id_cf2742dc ON public.campaigns_campaign USING btree (project_id);


CREATE INDEX campaigns_instalment_pledge_id_455ef882 ON public.campaigns_instalment USING btree (pledge_id);


CREATE INDEX campaigns_pledge_campaign_id_c1a92a85 ON public.campaigns_pledge USING btree (campaign_id);


CREATE INDEX campaigns_pledge_method_id_699414a0 ON public.campaigns_pledge USING btree (method_id);


CREATE INDEX campaigns_pledge_person_id_52929fb7 ON public.campaigns_pledge USING btree (person_id);


CREATE INDEX campaigns_stretchgoal_campaign_id_a0813eea ON public.campaigns_stretchgoal USING btree (campaign_id);


CREATE INDEX case_author ON public.discussion_moderationcase USING btree (author_id, id DESC);


CREATE INDEX case_waiting ON public.discussion_moderationcase USING btree (reported_at) WHERE ((state)::text = ANY ((ARRAY['reported'::character varying, 'appealed'::character varying])::text[]));


CREATE INDEX catalogue_dataset_area_id_d1722df5 ON public.catalogue_dataset USING btree (area_id);


CREATE INDEX catalogue_dataset_harvested_from_id_195f08a3 ON public.catalogue_dataset USING btree (harvested_from_id);


CREATE INDEX catalogue_dataset_publisher_id_4b8328ff ON public.catalogue_dataset USING btree (publisher_id);


CREATE INDEX catalogue_dataset_search ON public.catalogue_dataset USING gin (public.catalogue_words((title)::text, description, (keywords)::text[]) public.gin_trgm_ops);


CREATE INDEX catalogue_dataset_series_id_3c669f01 ON public.catalogue_dataset USING btree (series_id);


CREATE INDEX catalogue_dataset_slug_d19d3cca_like ON public.catalogue_dataset USING btree (slug varchar_pattern_ops);


CREATE INDEX catalogue_distribution_file_630f6393_like ON public.catalogue_distribution USING btree (file varchar_pattern_ops);


CREATE INDEX catalogue_distribution_revision_id_a9240828 ON public.catalogue_distribution USING btree (revision_id);


CREATE INDEX catalogue_follow_dataset_id_e821e0c7 ON public.catalogue_follow USING btree (dataset_id);


CREATE INDEX catalogue_follow_person_id_181e26bb ON public.catalogue_follow USING btree (person_id);


CREATE INDEX catalogue_harvest_source_id_99148529 ON public.catalogue_harvest USING btree (source_id);


CREATE INDEX catalogue_harvestrecord_dataset_id_8feeecf7 ON public.catalogue_harvestrecord USING btree (dataset_id);


CREATE INDEX catalogue_harvestrecord_harvest_id_22878da0 ON public.catalogue_harvestrecord USING btree (harvest_id);


CREATE INDEX catalogue_harveststep_harvest_id_bf7d9e16 ON public.catalogue_harveststep USING btree (harvest_id);


CREATE INDEX catalogue_rejectedrow_upload_id_f1ad9c78 ON public.catalogue_rejectedrow USING btree (upload_id);


CREATE INDEX catalogue_revision_dataset_id_76bd1a9a ON public.catalogue_revision USING btree (dataset_id);


CREATE INDEX catalogue_revision_person_id_431bc51d ON public.catalogue_revision USING btree (person_id);


CREATE INDEX catalogue_series_publisher_id_90babd4c ON public.catalogue_series USING btree (publisher_id);


CREATE INDEX catalogue_series_slug_7bad7954_like ON public.catalogue_series USING btree (slug varchar_pattern_ops);


CREATE INDEX catalogue_source_address_3ff5f98f_like ON public.catalogue_source USING btree (address varchar_pattern_ops);


CREATE INDEX catalogue_source_publisher_id_985e500e ON public.catalogue_source USING btree (publisher_id);


CREATE INDEX catalogue_upload_dataset_id_d289baeb ON public.catalogue_upload USING btree (dataset_id);


CREATE INDEX catalogue_upload_person_id_0fa8356f ON public.catalogue_upload USING btree (person_id);


CREATE INDEX catalogue_uploadstep_upload_id_f2f44329 ON public.catalogue_uploadstep USING btree (upload_id);


CREATE INDEX charge_open ON public.payments_charge USING btree (state_since) WHERE ((state)::text = ANY ((ARRAY['prepared'::character varying, 'confirming'::character varying, 'processing'::character varying, 'needs_payer'::character varying])::text[]));


CREATE INDEX charge_purpose ON public.payments_charge USING btree (purpose varchar_pattern_ops);


CREATE UNIQUE INDEX claim_opened_once_by_a_dispute ON public.payments_claim USING btree (dispute_id) WHERE (refund_id IS NULL);


CREATE INDEX command_open ON public.payments_command USING btree (priority, due_at, id) WHERE ((dead_at IS NULL) AND (done_at IS NULL));


CREATE INDEX comment_author ON public.discussion_comment USING btree (author_id, posted_at DESC);


CREATE INDEX comment_most_replies ON public.discussion_comment USING btree (project_id, replies DESC, id DESC) WHERE (thread_id IS NULL);


CREATE INDEX comment_newest ON public.discussion_comment USING btree (project_id, posted_at DESC, id DESC) WHERE (thread_id IS NULL);


CREATE INDEX comment_thread ON public.discussion_comment USING btree (thread_id, posted_at, id);


CREATE INDEX consent_collection_publisher_id_913ea491 ON public.consent_collection USING btree (publisher_id);


CREATE INDEX consent_collection_slug_a1743f08_like ON public.consent_collection USING btree (slug varchar_pattern_ops);


CREATE INDEX consent_consent_notice_id_32fb7948 ON public.consent_consent USING btree (notice_id);


CREATE INDEX consent_consent_person_id_7faabceb ON public.consent_consent USING btree (person_id);


CREATE INDEX consent_consent_purpose_id_a6dc098e ON public.consent_consent USING btree (purpose_id);


CREATE INDEX consent_deletion_grant_id_d074a0f8 ON public.consent_deletion USING btree (grant_id);


CREATE INDEX consent_deletion_release_id_667f3403 ON public.consent_deletion USING btree (release_id);


CREATE INDEX consent_inclusion_consent_id_3a6c8574 ON public.consent_inclusion USING btree (consent_id);


CREATE INDEX consent_inclusion_release_id_7bc6d61a ON public.consent_inclusion USING btree (release_id);


CREATE INDEX consent_notice_purpose_id_e688afa9 ON public.consent_notice USING btree (purpose_id);


CREATE INDEX consent_purpose_collection_id_1e1b1f91 ON public.consent_purpose USING btree (collection_id);


CREATE INDEX consent_release_newest ON public.consent_release USING btree (purpose_id, made_at DESC);


CREATE INDEX consent_release_notice_id_91d2d70a ON public.consent_release USING btree (notice_id);


CREATE INDEX consent_release_person_id_3b4b4263 ON public.consent_release USING btree (person_id);


CREATE INDEX consent_release_purpose_id_47fbb84a ON public.consent_release USING btree (purpose_id);


CREATE INDEX consent_release_revision_id_03b5dac3 ON public.consent_release USING btree (revision_id);


CREATE INDEX consent_rightsrequest_collection_id_0e9253b1 ON public.consent_rightsrequest USING btree (collection_id);


CREATE INDEX consent_rightsrequest_person_id_f73be0f6 ON public.consent_rightsrequest USING btree (person_id);


CREATE INDEX consent_submission_collection_id_71866282 ON public.consent_submission USING btree (collection_id);


CREATE INDEX consent_submission_person_id_64082f22 ON public.consent_submission USING btree (person_id);


CREATE INDEX content_object_idx ON public.wagtailcore_revision USING btree (content_type_id, object_id);


CREATE INDEX contribution_waiting ON public.contributions_contribution USING btree (state, state_since);


CREATE INDEX contribution_want_state ON public.contributions_contribution USING btree (want_id, state);


CREATE INDEX contributions_contribution_organisation_id_2a9b5611 ON public.contributions_contribution USING btree (organisation_id);


CREATE INDEX contributions_contribution_person_id_d17b289d ON public.contributions_contribution USING btree (person_id);


CREATE INDEX contributions_contribution_want_id_ce17067c ON public.contributions_contribution USING btree (want_id);


CREATE INDEX contributions_want_project_id_98bdc952 ON public.contributions_want USING btree (project_id);


CREATE INDEX core_delivery_event_id_b08c48a1 ON public.core_delivery USING btree (event_id);


CREATE INDEX dataset_listed ON public.catalogue_dataset USING btree (revised_at DESC, id DESC) WHERE ((state)::text = 'published'::text);


CREATE INDEX dataset_waiting ON public.catalogue_dataset USING btree (state, state_since);


CREATE INDEX delivery_evidence_milestone_id_f4b6c231 ON public.delivery_evidence USING btree (milestone_id);


CREATE INDEX delivery_evidence_person_id_8ba1f8bc ON public.delivery_evidence USING btree (person_id);


CREATE INDEX delivery_milestone_project_id_299b5808 ON public.delivery_milestone USING btree (project_id);


CREATE INDEX delivery_open ON public.core_delivery USING btree (priority, due_at, id) WHERE ((dead_at IS NULL) AND (done_at IS NULL));


CREATE INDEX delivery_update_author_id_f4ab43f9 ON public.delivery_update USING btree (author_id);


CREATE INDEX delivery_update_project_id_341c3a03 ON public.delivery_update USING btree (project_id);


CREATE INDEX discussion_comment_author_id_e6fa51d3 ON public.discussion_comment USING btree (author_id);


CREATE INDEX discussion_comment_organisation_id_909bec96 ON public.discussion_comment USING btree (organisation_id);


CREATE INDEX discussion_comment_parent_id_f04051d3 ON public.discussion_comment USING btree (parent_id);


CREATE INDEX discussion_comment_project_id_c23ca2fe ON public.discussion_comment USING btree (project_id);


CREATE INDEX discussion_comment_thread_id_f0db2e1e ON public.discussion_comment USING btree (thread_id);


CREATE INDEX discussion_commentrevision_comment_id_dbb67508 ON public.discussion_commentrevision USING btree (comment_id);


CREATE INDEX discussion_follow_person_id_5c5c2858 ON public.discussion_follow USING btree (person_id);


CREATE INDEX discussion_follow_project_id_4851c033 ON public.discussion_follow USING btree (project_id);


CREATE INDEX discussion_moderationcase_appealed_by_id_05693c78 ON public.discussion_moderationcase USING btree (appealed_by_id);


CREATE INDEX discussion_moderationcase_author_id_ecc18e1d ON public.discussion_moderationcase USING btree (author_id);


CREATE INDEX discussion_moderationcase_comment_id_fc3e23dc ON public.discussion_moderationcase USING btree (comment_id);


CREATE INDEX discussion_moderationcase_decided_by_id_e128b097 ON public.discussion_moderationcase USING btree (decided_by_id);


CREATE INDEX discussion_moderationcase_project_id_d667f5c9 ON public.discussion_moderationcase USING btree (project_id);


CREATE INDEX discussion_moderationcase_reviewed_by_id_fb850acb ON public.discussion_moderationcase USING btree (reviewed_by_id);


CREATE INDEX discussion_report_case_id_9743dab1 ON public.discussion_report USING btree (case_id);


CREATE INDEX discussion_report_reporter_id_77280ee3 ON public.discussion_report USING btree (reporter_id);


CREATE INDEX dispute_open ON public.payments_dispute USING btree (evidence_due_at) WHERE (decided_at IS NULL);


CREATE INDEX django_admin_log_content_type_id_c4bce8eb ON public.django_admin_log USING btree (content_type_id);


CREATE INDEX django_admin_log_user_id_c564eba6 ON public.django_admin_log USING btree (user_id);


CREATE INDEX django_celery_beat_periodictask_clocked_id_47a69f82 ON public.django_celery_beat_periodictask USING btree (clocked_id);


CREATE INDEX django_celery_beat_periodictask_crontab_id_d3cba168 ON public.django_celery_beat_periodictask USING btree (crontab_id);


CREATE INDEX django_celery_beat_periodictask_interval_id_a8ca27da ON public.django_celery_beat_periodictask USING btree (interval_id);


CREATE INDEX django_celery_beat_periodictask_name_265a36b7_like ON public.django_celery_beat_periodictask USING btree (name varchar_pattern_ops);


CREATE INDEX django_celery_beat_periodictask_solar_id_a87ce72c ON public.django_celery_beat_periodictask USING btree (solar_id);


CREATE INDEX django_session_expire_date_a5c62663 ON public.django_session USING btree (expire_date);


CREATE INDEX django_session_session_key_c0390e0f_like ON public.django_session USING btree (session_key varchar_pattern_ops);


CREATE INDEX djstripe_account_djstripe_owner_account_id_64558c8f ON public.djstripe_account USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_account_djstripe_owner_account_id_64558c8f_like ON public.djstripe_account USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_account_id_d412c108_like ON public.djstripe_account USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_accountv2_djstripe_owner_account_id_d9b27175 ON public.djstripe_accountv2 USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_accountv2_djstripe_owner_account_id_d9b27175_like ON public.djstripe_accountv2 USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_accountv2_id_afc5a11a_like ON public.djstripe_accountv2 USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_activeentitleme_djstripe_owner_account_i_d4f2dd53_like ON public.djstripe_activeentitlement USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_activeentitlement_djstripe_owner_account_id_d4f2dd53 ON public.djstripe_activeentitlement USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_activeentitlement_id_e669c288_like ON public.djstripe_activeentitlement USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_apikey_djstripe_owner_account_id_037f32cb ON public.djstripe_apikey USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_apikey_djstripe_owner_account_id_037f32cb_like ON public.djstripe_apikey USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_apikey_secret_3a7141b8_like ON public.djstripe_apikey USING btree (secret varchar_pattern_ops);


CREATE INDEX djstripe_applicationfee_account_id_f50a2a15 ON public.djstripe_applicationfee USING btree (account_id);


CREATE INDEX djstripe_applicationfee_account_id_f50a2a15_like ON public.djstripe_applicationfee USING btree (account_id varchar_pattern_ops);


CREATE INDEX djstripe_applicationfee_balance_transaction_id_ff735754 ON public.djstripe_applicationfee USING btree (balance_transaction_id);


CREATE INDEX djstripe_applicationfee_balance_transaction_id_ff735754_like ON public.djstripe_applicationfee USING btree (balance_transaction_id varchar_pattern_ops);


CREATE INDEX djstripe_applicationfee_charge_id_8ba8ce37 ON public.djstripe_applicationfee USING btree (charge_id);


CREATE INDEX djstripe_applicationfee_charge_id_8ba8ce37_like ON public.djstripe_applicationfee USING btree (charge_id varchar_pattern_ops);


CREATE INDEX djstripe_applicationfee_djstripe_owner_account_id_07bb6a78 ON public.djstripe_applicationfee USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_applicationfee_djstripe_owner_account_id_07bb6a78_like ON public.djstripe_applicationfee USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_applicationfee_id_0e5dcda7_like ON public.djstripe_applicationfee USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_applicationfeer_balance_transaction_id_bc35b031_like ON public.djstripe_applicationfeerefund USING btree (balance_transaction_id varchar_pattern_ops);


CREATE INDEX djstripe_applicationfeer_djstripe_owner_account_i_7418f0b2_like ON public.djstripe_applicationfeerefund USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_applicationfeeref_djstripe_owner_account_id_7418f0b2 ON public.djstripe_applicationfeerefund USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_applicationfeerefund_balance_transaction_id_bc35b031 ON public.djstripe_applicationfeerefund USING btree (balance_transaction_id);


CREATE INDEX djstripe_applicationfeerefund_fee_id_8fabef2d ON public.djstripe_applicationfeerefund USING btree (fee_id);


CREATE INDEX djstripe_applicationfeerefund_fee_id_8fabef2d_like ON public.djstripe_applicationfeerefund USING btree (fee_id varchar_pattern_ops);


CREATE INDEX djstripe_applicationfeerefund_id_4b8013c7_like ON public.djstripe_applicationfeerefund USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_balancetransact_djstripe_owner_account_i_868dfd07_like ON public.djstripe_balancetransaction USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_balancetransaction_djstripe_owner_account_id_868dfd07 ON public.djstripe_balancetransaction USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_balancetransaction_id_178c6a1f_like ON public.djstripe_balancetransaction USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_bankaccount_account_id_5434506d ON public.djstripe_bankaccount USING btree (account_id);


CREATE INDEX djstripe_bankaccount_account_id_5434506d_like ON public.djstripe_bankaccount USING btree (account_id varchar_pattern_ops);


CREATE INDEX djstripe_bankaccount_djstripe_owner_account_id_7c978af8 ON public.djstripe_bankaccount USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_bankaccount_djstripe_owner_account_id_7c978af8_like ON public.djstripe_bankaccount USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_bankaccount_id_f9330816_like ON public.djstripe_bankaccount USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_card_account_id_ef99457f ON public.djstripe_card USING btree (account_id);


CREATE INDEX djstripe_card_account_id_ef99457f_like ON public.djstripe_card USING btree (account_id varchar_pattern_ops);


CREATE INDEX djstripe_card_djstripe_owner_account_id_1a2f42f2 ON public.djstripe_card USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_card_djstripe_owner_account_id_1a2f42f2_like ON public.djstripe_card USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_card_id_126b867f_like ON public.djstripe_card USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_charge_balance_transaction_id_2eac625e ON public.djstripe_charge USING btree (balance_transaction_id);


CREATE INDEX djstripe_charge_balance_transaction_id_2eac625e_like ON public.djstripe_charge USING btree (balance_transaction_id varchar_pattern_ops);


CREATE INDEX djstripe_charge_customer_id_fb15eb2b ON public.djstripe_charge USING btree (customer_id);


CREATE INDEX djstripe_charge_customer_id_fb15eb2b_like ON public.djstripe_charge USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_charge_djstripe_owner_account_id_5664eb74 ON public.djstripe_charge USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_charge_djstripe_owner_account_id_5664eb74_like ON public.djstripe_charge USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_charge_id_3bd5e579_like ON public.djstripe_charge USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_charge_invoice_id_bb36cca4 ON public.djstripe_charge USING btree (invoice_id);


CREATE INDEX djstripe_charge_invoice_id_bb36cca4_like ON public.djstripe_charge USING btree (invoice_id varchar_pattern_ops);


CREATE INDEX djstripe_charge_payment_intent_id_e2c03053 ON public.djstripe_charge USING btree (payment_intent_id);


CREATE INDEX djstripe_charge_payment_intent_id_e2c03053_like ON public.djstripe_charge USING btree (payment_intent_id varchar_pattern_ops);


CREATE INDEX djstripe_charge_payment_method_id_061d5812 ON public.djstripe_charge USING btree (payment_method_id);


CREATE INDEX djstripe_charge_payment_method_id_061d5812_like ON public.djstripe_charge USING btree (payment_method_id varchar_pattern_ops);


CREATE INDEX djstripe_charge_source_id_2502db60 ON public.djstripe_charge USING btree (source_id);


CREATE INDEX djstripe_charge_source_id_2502db60_like ON public.djstripe_charge USING btree (source_id varchar_pattern_ops);


CREATE INDEX djstripe_countryspec_id_f0eac598_like ON public.djstripe_countryspec USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_coupon_djstripe_owner_account_id_ea85f74e ON public.djstripe_coupon USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_coupon_djstripe_owner_account_id_ea85f74e_like ON public.djstripe_coupon USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_customer_default_payment_method_id_00268b63 ON public.djstripe_customer USING btree (default_payment_method_id);


CREATE INDEX djstripe_customer_default_payment_method_id_00268b63_like ON public.djstripe_customer USING btree (default_payment_method_id varchar_pattern_ops);


CREATE INDEX djstripe_customer_djstripe_owner_account_id_2c5ac18d ON public.djstripe_customer USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_customer_djstripe_owner_account_id_2c5ac18d_like ON public.djstripe_customer USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_customer_id_2ff13e9a_like ON public.djstripe_customer USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_customer_subscriber_id_60f5c7bc ON public.djstripe_customer USING btree (subscriber_id);


CREATE INDEX djstripe_discount_customer_id_eaab7ecc ON public.djstripe_discount USING btree (customer_id);


CREATE INDEX djstripe_discount_customer_id_eaab7ecc_like ON public.djstripe_discount USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_discount_djstripe_owner_account_id_76f33de0 ON public.djstripe_discount USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_discount_djstripe_owner_account_id_76f33de0_like ON public.djstripe_discount USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_discount_id_7220ad1f_like ON public.djstripe_discount USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_discount_invoice_id_4acd89bf ON public.djstripe_discount USING btree (invoice_id);


CREATE INDEX djstripe_discount_invoice_id_4acd89bf_like ON public.djstripe_discount USING btree (invoice_id varchar_pattern_ops);


CREATE INDEX djstripe_discount_subscription_id_c9b8f55a ON public.djstripe_discount USING btree (subscription_id);


CREATE INDEX djstripe_discount_subscription_id_c9b8f55a_like ON public.djstripe_discount USING btree (subscription_id varchar_pattern_ops);


CREATE INDEX djstripe_dispute_balance_transaction_id_aa7cb920 ON public.djstripe_dispute USING btree (balance_transaction_id);


CREATE INDEX djstripe_dispute_balance_transaction_id_aa7cb920_like ON public.djstripe_dispute USING btree (balance_transaction_id varchar_pattern_ops);


CREATE INDEX djstripe_dispute_charge_id_ba680941 ON public.djstripe_dispute USING btree (charge_id);


CREATE INDEX djstripe_dispute_charge_id_ba680941_like ON public.djstripe_dispute USING btree (charge_id varchar_pattern_ops);


CREATE INDEX djstripe_dispute_djstripe_owner_account_id_8010e2d7 ON public.djstripe_dispute USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_dispute_djstripe_owner_account_id_8010e2d7_like ON public.djstripe_dispute USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_dispute_id_1a3a7b0d_like ON public.djstripe_dispute USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_dispute_payment_intent_id_dc834ee4 ON public.djstripe_dispute USING btree (payment_intent_id);


CREATE INDEX djstripe_dispute_payment_intent_id_dc834ee4_like ON public.djstripe_dispute USING btree (payment_intent_id varchar_pattern_ops);


CREATE INDEX djstripe_djstripeinvoicedefaulttaxrate_invoice_id_541494fb ON public.djstripe_djstripeinvoicedefaulttaxrate USING btree (invoice_id);


CREATE INDEX djstripe_djstripeinvoicedefaulttaxrate_taxrate_id_fd618ddd ON public.djstripe_djstripeinvoicedefaulttaxrate USING btree (taxrate_id);


CREATE INDEX djstripe_djstripeinvoiceitemtaxrate_invoiceitem_id_ddc00567 ON public.djstripe_djstripeinvoiceitemtaxrate USING btree (invoiceitem_id);


CREATE INDEX djstripe_djstripeinvoiceitemtaxrate_taxrate_id_bd22e20a ON public.djstripe_djstripeinvoiceitemtaxrate USING btree (taxrate_id);


CREATE INDEX djstripe_djstripepaymentmethod_id_698e95f6_like ON public.djstripe_djstripepaymentmethod USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_djstripepaymentmethod_type_a56a0cac ON public.djstripe_djstripepaymentmethod USING btree (type);


CREATE INDEX djstripe_djstripepaymentmethod_type_a56a0cac_like ON public.djstripe_djstripepaymentmethod USING btree (type varchar_pattern_ops);


CREATE INDEX djstripe_djstripesubscript_subscriptionitem_id_04bcb65f ON public.djstripe_djstripesubscriptionitemtaxrate USING btree (subscriptionitem_id);


CREATE INDEX djstripe_djstripesubscriptionitemtaxrate_taxrate_id_01b3bd7f ON public.djstripe_djstripesubscriptionitemtaxrate USING btree (taxrate_id);


CREATE INDEX djstripe_earlyfraudwarni_djstripe_owner_account_i_83708c78_like ON public.djstripe_earlyfraudwarning USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_earlyfraudwarning_djstripe_owner_account_id_83708c78 ON public.djstripe_earlyfraudwarning USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_earlyfraudwarning_id_531f1f22_like ON public.djstripe_earlyfraudwarning USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_event_djstripe_owner_account_id_622cdfe3 ON public.djstripe_event USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_event_djstripe_owner_account_id_622cdfe3_like ON public.djstripe_event USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_event_id_70b63fc9_like ON public.djstripe_event USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_feature_djstripe_owner_account_id_c571a7da ON public.djstripe_feature USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_feature_djstripe_owner_account_id_c571a7da_like ON public.djstripe_feature USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_feature_id_2b6b2a40_like ON public.djstripe_feature USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_file_djstripe_owner_account_id_4919c058 ON public.djstripe_file USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_file_djstripe_owner_account_id_4919c058_like ON public.djstripe_file USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_file_id_b8bf6de6_like ON public.djstripe_file USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_filelink_djstripe_owner_account_id_bb039aa3 ON public.djstripe_filelink USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_filelink_djstripe_owner_account_id_bb039aa3_like ON public.djstripe_filelink USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_filelink_file_id_5241d36f ON public.djstripe_filelink USING btree (file_id);


CREATE INDEX djstripe_filelink_file_id_5241d36f_like ON public.djstripe_filelink USING btree (file_id varchar_pattern_ops);


CREATE INDEX djstripe_filelink_id_87413144_like ON public.djstripe_filelink USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_invoice_customer_id_c0cd871c ON public.djstripe_invoice USING btree (customer_id);


CREATE INDEX djstripe_invoice_customer_id_c0cd871c_like ON public.djstripe_invoice USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_invoice_default_payment_method_id_670990d5 ON public.djstripe_invoice USING btree (default_payment_method_id);


CREATE INDEX djstripe_invoice_default_payment_method_id_670990d5_like ON public.djstripe_invoice USING btree (default_payment_method_id varchar_pattern_ops);


CREATE INDEX djstripe_invoice_djstripe_owner_account_id_cc0c7f79 ON public.djstripe_invoice USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_invoice_djstripe_owner_account_id_cc0c7f79_like ON public.djstripe_invoice USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_invoice_id_27a64f0b_like ON public.djstripe_invoice USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_invoice_subscription_id_2dbc2461 ON public.djstripe_invoice USING btree (subscription_id);


CREATE INDEX djstripe_invoice_subscription_id_2dbc2461_like ON public.djstripe_invoice USING btree (subscription_id varchar_pattern_ops);


CREATE INDEX djstripe_invoiceitem_customer_id_259466b8 ON public.djstripe_invoiceitem USING btree (customer_id);


CREATE INDEX djstripe_invoiceitem_customer_id_259466b8_like ON public.djstripe_invoiceitem USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_invoiceitem_djstripe_owner_account_id_9afac289 ON public.djstripe_invoiceitem USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_invoiceitem_djstripe_owner_account_id_9afac289_like ON public.djstripe_invoiceitem USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_invoiceitem_id_6fb46a4d_like ON public.djstripe_invoiceitem USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_invoiceitem_invoice_id_d302912e ON public.djstripe_invoiceitem USING btree (invoice_id);


CREATE INDEX djstripe_invoiceitem_invoice_id_d302912e_like ON public.djstripe_invoiceitem USING btree (invoice_id varchar_pattern_ops);


CREATE INDEX djstripe_invoiceitem_price_id_24d80db8 ON public.djstripe_invoiceitem USING btree (price_id);


CREATE INDEX djstripe_invoiceitem_subscription_id_a7760178 ON public.djstripe_invoiceitem USING btree (subscription_id);


CREATE INDEX djstripe_invoiceitem_subscription_id_a7760178_like ON public.djstripe_invoiceitem USING btree (subscription_id varchar_pattern_ops);


CREATE INDEX djstripe_issuing_authori_djstripe_owner_account_i_a5d3464b_like ON public.djstripe_issuing_authorization USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_issuing_authoriza_djstripe_owner_account_id_a5d3464b ON public.djstripe_issuing_authorization USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_issuing_authorization_id_c9aa2cd6_like ON public.djstripe_issuing_authorization USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_issuing_card_djstripe_owner_account_id_0bdfc97c ON public.djstripe_issuing_card USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_issuing_card_djstripe_owner_account_id_0bdfc97c_like ON public.djstripe_issuing_card USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_issuing_card_id_505f923b_like ON public.djstripe_issuing_card USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_issuing_cardhol_djstripe_owner_account_i_fa7389b4_like ON public.djstripe_issuing_cardholder USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_issuing_cardholder_djstripe_owner_account_id_fa7389b4 ON public.djstripe_issuing_cardholder USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_issuing_cardholder_id_eba09729_like ON public.djstripe_issuing_cardholder USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_issuing_dispute_djstripe_owner_account_i_388b366f_like ON public.djstripe_issuing_dispute USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_issuing_dispute_djstripe_owner_account_id_388b366f ON public.djstripe_issuing_dispute USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_issuing_dispute_id_0895a489_like ON public.djstripe_issuing_dispute USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_issuing_transac_djstripe_owner_account_i_dfdd0ee5_like ON public.djstripe_issuing_transaction USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_issuing_transaction_djstripe_owner_account_id_dfdd0ee5 ON public.djstripe_issuing_transaction USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_issuing_transaction_id_379ffc7f_like ON public.djstripe_issuing_transaction USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_lineitem_djstripe_owner_account_id_94fe816a ON public.djstripe_lineitem USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_lineitem_djstripe_owner_account_id_94fe816a_like ON public.djstripe_lineitem USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_lineitem_id_11970d1d_like ON public.djstripe_lineitem USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_lineitem_invoice_item_id_673833e2 ON public.djstripe_lineitem USING btree (invoice_item_id);


CREATE INDEX djstripe_lineitem_invoice_item_id_673833e2_like ON public.djstripe_lineitem USING btree (invoice_item_id varchar_pattern_ops);


CREATE INDEX djstripe_lineitem_subscription_id_7d83979b ON public.djstripe_lineitem USING btree (subscription_id);


CREATE INDEX djstripe_lineitem_subscription_id_7d83979b_like ON public.djstripe_lineitem USING btree (subscription_id varchar_pattern_ops);


CREATE INDEX djstripe_lineitem_subscription_item_id_6e53d0a7 ON public.djstripe_lineitem USING btree (subscription_item_id);


CREATE INDEX djstripe_lineitem_subscription_item_id_6e53d0a7_like ON public.djstripe_lineitem USING btree (subscription_item_id varchar_pattern_ops);


CREATE INDEX djstripe_mandate_djstripe_owner_account_id_63974808 ON public.djstripe_mandate USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_mandate_djstripe_owner_account_id_63974808_like ON public.djstripe_mandate USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_mandate_id_be49f4ea_like ON public.djstripe_mandate USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_mandate_payment_method_id_43a90a75 ON public.djstripe_mandate USING btree (payment_method_id);


CREATE INDEX djstripe_mandate_payment_method_id_43a90a75_like ON public.djstripe_mandate USING btree (payment_method_id varchar_pattern_ops);


CREATE INDEX djstripe_paymentintent_customer_id_93ee54a2 ON public.djstripe_paymentintent USING btree (customer_id);


CREATE INDEX djstripe_paymentintent_customer_id_93ee54a2_like ON public.djstripe_paymentintent USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_paymentintent_djstripe_owner_account_id_3433b556 ON public.djstripe_paymentintent USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_paymentintent_djstripe_owner_account_id_3433b556_like ON public.djstripe_paymentintent USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_paymentintent_id_d5fea8c5_like ON public.djstripe_paymentintent USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_paymentintent_on_behalf_of_id_4db305db ON public.djstripe_paymentintent USING btree (on_behalf_of_id);


CREATE INDEX djstripe_paymentintent_on_behalf_of_id_4db305db_like ON public.djstripe_paymentintent USING btree (on_behalf_of_id varchar_pattern_ops);


CREATE INDEX djstripe_paymentintent_payment_method_id_814dd02d ON public.djstripe_paymentintent USING btree (payment_method_id);


CREATE INDEX djstripe_paymentintent_payment_method_id_814dd02d_like ON public.djstripe_paymentintent USING btree (payment_method_id varchar_pattern_ops);


CREATE INDEX djstripe_paymentmethod_customer_id_c482a8b6 ON public.djstripe_paymentmethod USING btree (customer_id);


CREATE INDEX djstripe_paymentmethod_customer_id_c482a8b6_like ON public.djstripe_paymentmethod USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_paymentmethod_djstripe_owner_account_id_12af66c9 ON public.djstripe_paymentmethod USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_paymentmethod_djstripe_owner_account_id_12af66c9_like ON public.djstripe_paymentmethod USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_paymentmethod_id_0b9251df_like ON public.djstripe_paymentmethod USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_payout_balance_transaction_id_a9393fb6 ON public.djstripe_payout USING btree (balance_transaction_id);


CREATE INDEX djstripe_payout_balance_transaction_id_a9393fb6_like ON public.djstripe_payout USING btree (balance_transaction_id varchar_pattern_ops);


CREATE INDEX djstripe_payout_destination_id_a5fa55c2 ON public.djstripe_payout USING btree (destination_id);


CREATE INDEX djstripe_payout_destination_id_a5fa55c2_like ON public.djstripe_payout USING btree (destination_id varchar_pattern_ops);


CREATE INDEX djstripe_payout_djstripe_owner_account_id_8aac4e8e ON public.djstripe_payout USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_payout_djstripe_owner_account_id_8aac4e8e_like ON public.djstripe_payout USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_payout_failure_balance_transaction_id_77d442db ON public.djstripe_payout USING btree (failure_balance_transaction_id);


CREATE INDEX djstripe_payout_failure_balance_transaction_id_77d442db_like ON public.djstripe_payout USING btree (failure_balance_transaction_id varchar_pattern_ops);


CREATE INDEX djstripe_payout_id_53408957_like ON public.djstripe_payout USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_price_djstripe_owner_account_id_01c819f7 ON public.djstripe_price USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_price_djstripe_owner_account_id_01c819f7_like ON public.djstripe_price USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_price_id_31290b55_like ON public.djstripe_price USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_price_product_id_9f3d37eb ON public.djstripe_price USING btree (product_id);


CREATE INDEX djstripe_price_product_id_9f3d37eb_like ON public.djstripe_price USING btree (product_id varchar_pattern_ops);


CREATE INDEX djstripe_product_djstripe_owner_account_id_6c90c2b6 ON public.djstripe_product USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_product_djstripe_owner_account_id_6c90c2b6_like ON public.djstripe_product USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_product_id_5b4bdbcb_like ON public.djstripe_product USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_productfeature_djstripe_owner_account_id_d507d3d1 ON public.djstripe_productfeature USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_productfeature_djstripe_owner_account_id_d507d3d1_like ON public.djstripe_productfeature USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_productfeature_entitlement_feature_id_6880bac7 ON public.djstripe_productfeature USING btree (entitlement_feature_id);


CREATE INDEX djstripe_productfeature_entitlement_feature_id_6880bac7_like ON public.djstripe_productfeature USING btree (entitlement_feature_id varchar_pattern_ops);


CREATE INDEX djstripe_productfeature_id_9a105172_like ON public.djstripe_productfeature USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_productfeature_product_id_b01ed73e ON public.djstripe_productfeature USING btree (product_id);


CREATE INDEX djstripe_productfeature_product_id_b01ed73e_like ON public.djstripe_productfeature USING btree (product_id varchar_pattern_ops);


CREATE INDEX djstripe_promotioncode_djstripe_owner_account_id_7997d59a ON public.djstripe_promotioncode USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_promotioncode_djstripe_owner_account_id_7997d59a_like ON public.djstripe_promotioncode USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_promotioncode_id_bdd69a36_like ON public.djstripe_promotioncode USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_refund_balance_transaction_id_dec480cf ON public.djstripe_refund USING btree (balance_transaction_id);


CREATE INDEX djstripe_refund_balance_transaction_id_dec480cf_like ON public.djstripe_refund USING btree (balance_transaction_id varchar_pattern_ops);


CREATE INDEX djstripe_refund_charge_id_e7efd717 ON public.djstripe_refund USING btree (charge_id);


CREATE INDEX djstripe_refund_charge_id_e7efd717_like ON public.djstripe_refund USING btree (charge_id varchar_pattern_ops);


CREATE INDEX djstripe_refund_djstripe_owner_account_id_ece3ea81 ON public.djstripe_refund USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_refund_djstripe_owner_account_id_ece3ea81_like ON public.djstripe_refund USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_refund_failure_balance_transaction_id_817ae640 ON public.djstripe_refund USING btree (failure_balance_transaction_id);


CREATE INDEX djstripe_refund_failure_balance_transaction_id_817ae640_like ON public.djstripe_refund USING btree (failure_balance_transaction_id varchar_pattern_ops);


CREATE INDEX djstripe_refund_id_bcdf86d4_like ON public.djstripe_refund USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_review_djstripe_owner_account_id_543dfbd7 ON public.djstripe_review USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_review_djstripe_owner_account_id_543dfbd7_like ON public.djstripe_review USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_review_id_d2d8ebc8_like ON public.djstripe_review USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_scheduledqueryr_djstripe_owner_account_i_b5cc7091_like ON public.djstripe_scheduledqueryrun USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_scheduledqueryrun_djstripe_owner_account_id_b5cc7091 ON public.djstripe_scheduledqueryrun USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_scheduledqueryrun_file_id_707bbc03 ON public.djstripe_scheduledqueryrun USING btree (file_id);


CREATE INDEX djstripe_scheduledqueryrun_file_id_707bbc03_like ON public.djstripe_scheduledqueryrun USING btree (file_id varchar_pattern_ops);


CREATE INDEX djstripe_scheduledqueryrun_id_94f43855_like ON public.djstripe_scheduledqueryrun USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_session_customer_id_b4510dc3 ON public.djstripe_session USING btree (customer_id);


CREATE INDEX djstripe_session_customer_id_b4510dc3_like ON public.djstripe_session USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_session_djstripe_owner_account_id_8bbc07af ON public.djstripe_session USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_session_djstripe_owner_account_id_8bbc07af_like ON public.djstripe_session USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_session_id_44e9e22a_like ON public.djstripe_session USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_session_payment_intent_id_cae83ebf ON public.djstripe_session USING btree (payment_intent_id);


CREATE INDEX djstripe_session_payment_intent_id_cae83ebf_like ON public.djstripe_session USING btree (payment_intent_id varchar_pattern_ops);


CREATE INDEX djstripe_session_setup_intent_id_c884fe95 ON public.djstripe_session USING btree (setup_intent_id);


CREATE INDEX djstripe_session_setup_intent_id_c884fe95_like ON public.djstripe_session USING btree (setup_intent_id varchar_pattern_ops);


CREATE INDEX djstripe_session_subscription_id_29499760 ON public.djstripe_session USING btree (subscription_id);


CREATE INDEX djstripe_session_subscription_id_29499760_like ON public.djstripe_session USING btree (subscription_id varchar_pattern_ops);


CREATE INDEX djstripe_setupintent_customer_id_6ff5bbcc ON public.djstripe_setupintent USING btree (customer_id);


CREATE INDEX djstripe_setupintent_customer_id_6ff5bbcc_like ON public.djstripe_setupintent USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_setupintent_djstripe_owner_account_id_046c1671 ON public.djstripe_setupintent USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_setupintent_djstripe_owner_account_id_046c1671_like ON public.djstripe_setupintent USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_setupintent_id_42f3ad46_like ON public.djstripe_setupintent USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_setupintent_on_behalf_of_id_1ea4d941 ON public.djstripe_setupintent USING btree (on_behalf_of_id);


CREATE INDEX djstripe_setupintent_on_behalf_of_id_1ea4d941_like ON public.djstripe_setupintent USING btree (on_behalf_of_id varchar_pattern_ops);


CREATE INDEX djstripe_setupintent_payment_method_id_0ca17b5e ON public.djstripe_setupintent USING btree (payment_method_id);


CREATE INDEX djstripe_setupintent_payment_method_id_0ca17b5e_like ON public.djstripe_setupintent USING btree (payment_method_id varchar_pattern_ops);


CREATE INDEX djstripe_shippingrate_djstripe_owner_account_id_4f8a0f20 ON public.djstripe_shippingrate USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_shippingrate_djstripe_owner_account_id_4f8a0f20_like ON public.djstripe_shippingrate USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_shippingrate_id_5f536051_like ON public.djstripe_shippingrate USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_shippingrate_tax_code_id_8affacec ON public.djstripe_shippingrate USING btree (tax_code_id);


CREATE INDEX djstripe_shippingrate_tax_code_id_8affacec_like ON public.djstripe_shippingrate USING btree (tax_code_id varchar_pattern_ops);


CREATE INDEX djstripe_source_customer_id_4d678557 ON public.djstripe_source USING btree (customer_id);


CREATE INDEX djstripe_source_customer_id_4d678557_like ON public.djstripe_source USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_source_djstripe_owner_account_id_f99f1fe6 ON public.djstripe_source USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_source_djstripe_owner_account_id_f99f1fe6_like ON public.djstripe_source USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_source_id_a2bd4cd5_like ON public.djstripe_source USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_sourcetransacti_djstripe_owner_account_i_a8c9bdee_like ON public.djstripe_sourcetransaction USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_sourcetransaction_djstripe_owner_account_id_a8c9bdee ON public.djstripe_sourcetransaction USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_sourcetransaction_id_449f3638_like ON public.djstripe_sourcetransaction USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_sourcetransaction_source_id_3c972638 ON public.djstripe_sourcetransaction USING btree (source_id);


CREATE INDEX djstripe_sourcetransaction_source_id_3c972638_like ON public.djstripe_sourcetransaction USING btree (source_id varchar_pattern_ops);


CREATE INDEX djstripe_subscription_customer_id_aff64ee5 ON public.djstripe_subscription USING btree (customer_id);


CREATE INDEX djstripe_subscription_customer_id_aff64ee5_like ON public.djstripe_subscription USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_subscription_djstripe_owner_account_id_9d333296 ON public.djstripe_subscription USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_subscription_djstripe_owner_account_id_9d333296_like ON public.djstripe_subscription USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_subscription_id_230b4d6a_like ON public.djstripe_subscription USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_subscriptionite_djstripe_owner_account_i_aafd9387_like ON public.djstripe_subscriptionitem USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_subscriptionitem_djstripe_owner_account_id_aafd9387 ON public.djstripe_subscriptionitem USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_subscriptionitem_id_6f0d84b1_like ON public.djstripe_subscriptionitem USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_subscriptionitem_price_id_c7f55fc3 ON public.djstripe_subscriptionitem USING btree (price_id);


CREATE INDEX djstripe_subscriptionitem_subscription_id_992d9919 ON public.djstripe_subscriptionitem USING btree (subscription_id);


CREATE INDEX djstripe_subscriptionitem_subscription_id_992d9919_like ON public.djstripe_subscriptionitem USING btree (subscription_id varchar_pattern_ops);


CREATE INDEX djstripe_subscriptionsch_djstripe_owner_account_i_c7d8d9c4_like ON public.djstripe_subscriptionschedule USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_subscriptionsched_djstripe_owner_account_id_c7d8d9c4 ON public.djstripe_subscriptionschedule USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_subscriptionschedule_customer_id_b124e27d ON public.djstripe_subscriptionschedule USING btree (customer_id);


CREATE INDEX djstripe_subscriptionschedule_id_7a8ae9dd_like ON public.djstripe_subscriptionschedule USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_subscriptionschedule_released_subscription_id_3de9daa1 ON public.djstripe_subscriptionschedule USING btree (released_subscription_id);


CREATE INDEX djstripe_subscriptionschedule_subscription_id_d12d014b ON public.djstripe_subscriptionschedule USING btree (subscription_id);


CREATE INDEX djstripe_taxcode_djstripe_owner_account_id_1f7fc204 ON public.djstripe_taxcode USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_taxcode_djstripe_owner_account_id_1f7fc204_like ON public.djstripe_taxcode USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_taxcode_id_ae6cca5b_like ON public.djstripe_taxcode USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_taxid_customer_id_e973248d ON public.djstripe_taxid USING btree (customer_id);


CREATE INDEX djstripe_taxid_customer_id_e973248d_like ON public.djstripe_taxid USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_taxid_djstripe_owner_account_id_acff63ae ON public.djstripe_taxid USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_taxid_djstripe_owner_account_id_acff63ae_like ON public.djstripe_taxid USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_taxid_id_1a055bd6_like ON public.djstripe_taxid USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_taxrate_djstripe_owner_account_id_d6421376 ON public.djstripe_taxrate USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_taxrate_djstripe_owner_account_id_d6421376_like ON public.djstripe_taxrate USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_taxrate_id_1bf83ed0_like ON public.djstripe_taxrate USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_transfer_balance_transaction_id_b5b00270 ON public.djstripe_transfer USING btree (balance_transaction_id);


CREATE INDEX djstripe_transfer_balance_transaction_id_b5b00270_like ON public.djstripe_transfer USING btree (balance_transaction_id varchar_pattern_ops);


CREATE INDEX djstripe_transfer_djstripe_owner_account_id_78ad63fe ON public.djstripe_transfer USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_transfer_djstripe_owner_account_id_78ad63fe_like ON public.djstripe_transfer USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_transfer_id_529741b5_like ON public.djstripe_transfer USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_transferreversa_djstripe_owner_account_i_2e3051e1_like ON public.djstripe_transferreversal USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_transferreversal_balance_transaction_id_5044f084 ON public.djstripe_transferreversal USING btree (balance_transaction_id);


CREATE INDEX djstripe_transferreversal_balance_transaction_id_5044f084_like ON public.djstripe_transferreversal USING btree (balance_transaction_id varchar_pattern_ops);


CREATE INDEX djstripe_transferreversal_djstripe_owner_account_id_2e3051e1 ON public.djstripe_transferreversal USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_transferreversal_id_229d4d84_like ON public.djstripe_transferreversal USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_transferreversal_transfer_id_8f250dd3 ON public.djstripe_transferreversal USING btree (transfer_id);


CREATE INDEX djstripe_transferreversal_transfer_id_8f250dd3_like ON public.djstripe_transferreversal USING btree (transfer_id varchar_pattern_ops);


CREATE INDEX djstripe_upcominginvoice_customer_id_c94e7284 ON public.djstripe_upcominginvoice USING btree (customer_id);


CREATE INDEX djstripe_upcominginvoice_customer_id_c94e7284_like ON public.djstripe_upcominginvoice USING btree (customer_id varchar_pattern_ops);


CREATE INDEX djstripe_upcominginvoice_default_payment_method_i_31da058e_like ON public.djstripe_upcominginvoice USING btree (default_payment_method_id varchar_pattern_ops);


CREATE INDEX djstripe_upcominginvoice_default_payment_method_id_31da058e ON public.djstripe_upcominginvoice USING btree (default_payment_method_id);


CREATE INDEX djstripe_upcominginvoice_djstripe_owner_account_i_fac79479_like ON public.djstripe_upcominginvoice USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_upcominginvoice_djstripe_owner_account_id_fac79479 ON public.djstripe_upcominginvoice USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_upcominginvoice_subscription_id_72fb41e3 ON public.djstripe_upcominginvoice USING btree (subscription_id);


CREATE INDEX djstripe_upcominginvoice_subscription_id_72fb41e3_like ON public.djstripe_upcominginvoice USING btree (subscription_id varchar_pattern_ops);


CREATE INDEX djstripe_verificationrep_djstripe_owner_account_i_7a5869e4_like ON public.djstripe_verificationreport USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_verificationreport_djstripe_owner_account_id_7a5869e4 ON public.djstripe_verificationreport USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_verificationreport_id_540e2b29_like ON public.djstripe_verificationreport USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_verificationses_djstripe_owner_account_i_11bac9bf_like ON public.djstripe_verificationsession USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_verificationses_last_verification_report_192f6b6d_like ON public.djstripe_verificationsession USING btree (last_verification_report_id varchar_pattern_ops);


CREATE INDEX djstripe_verificationsessi_last_verification_report_i_192f6b6d ON public.djstripe_verificationsession USING btree (last_verification_report_id);


CREATE INDEX djstripe_verificationsession_djstripe_owner_account_id_11bac9bf ON public.djstripe_verificationsession USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_verificationsession_id_21591a2e_like ON public.djstripe_verificationsession USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_webhookendpoint_djstripe_owner_account_i_f1ac5c9d_like ON public.djstripe_webhookendpoint USING btree (djstripe_owner_account_id varchar_pattern_ops);


CREATE INDEX djstripe_webhookendpoint_djstripe_owner_account_id_f1ac5c9d ON public.djstripe_webhookendpoint USING btree (djstripe_owner_account_id);


CREATE INDEX djstripe_webhookendpoint_id_cf8ef4b0_like ON public.djstripe_webhookendpoint USING btree (id varchar_pattern_ops);


CREATE INDEX djstripe_webhookeventtri_stripe_trigger_account_i_06d35fda_like ON public.djstripe_webhookeventtrigger USING btree (stripe_trigger_account_id varchar_pattern_ops);


CREATE INDEX djstripe_webhookeventtrigger_event_id_b2e08de6 ON public.djstripe_webhookeventtrigger USING btree (event_id);


CREATE INDEX djstripe_webhookeventtrigger_event_id_b2e08de6_like ON public.djstripe_webhookeventtrigger USING btree (event_id varchar_pattern_ops);


CREATE INDEX djstripe_webhookeventtrigger_stripe_trigger_account_id_06d35fda ON public.djstripe_webhookeventtrigger USING btree (stripe_trigger_account_id);


CREATE INDEX djstripe_webhookeventtrigger_webhook_endpoint_id_6e762b2f ON public.djstripe_webhookeventtrigger USING btree (webhook_endpoint_id);


CREATE INDEX djstripe_webhookeventtrigger_webhook_endpoint_id_6e762b2f_like ON public.djstripe_webhookeventtrigger USING btree (webhook_endpoint_id varchar_pattern_ops);


CREATE INDEX entry_newest_of_kind ON public.ledger_entry USING btree (book, kind, id DESC);


CREATE INDEX event_actor ON public.core_event USING btree (actor, seq);


CREATE INDEX event_at ON public.core_event USING btree (at);


CREATE INDEX event_kind ON public.core_event USING btree (kind, seq);


CREATE INDEX event_subject ON public.core_event USING btree (subject_type, subject_id, seq);


CREATE INDEX evidence_file ON public.delivery_evidence USING btree (file);


CREATE INDEX evidence_thumb ON public.delivery_evidence USING btree (thumb);


CREATE INDEX exchange_bountygift_need_id_e41e4dc2 ON public.exchange_bountygift USING btree (need_id);


CREATE INDEX exchange_bountygift_organisation_id_7a50fcd2 ON public.exchange_bountygift USING btree (organisation_id);


CREATE INDEX exchange_bountygift_person_id_edfb591d ON public.exchange_bountygift USING btree (person_id);


CREATE INDEX exchange_bountypayout_also_approved_by_id_2df03945 ON public.exchange_bountypayout USING btree (also_approved_by_id);


CREATE INDEX exchange_bountypayout_approved_by_id_32ea9593 ON public.exchange_bountypayout USING btree (approved_by_id);


CREATE INDEX exchange_bountypayout_details_id_8a70e04e ON public.exchange_bountypayout USING btree (details_id);


CREATE INDEX exchange_bountypayout_offer_id_8a54a9f5 ON public.exchange_bountypayout USING btree (offer_id);


CREATE INDEX exchange_bountypayout_requested_by_id_377dcb84 ON public.exchange_bountypayout USING btree (requested_by_id);


CREATE INDEX exchange_dataneed_area_id_b621efee ON public.exchange_dataneed USING btree (area_id);


CREATE INDEX exchange_dataneed_author_id_d7f65b73 ON public.exchange_dataneed USING btree (author_id);


CREATE INDEX exchange_dataneed_milestone_id_6736142f ON public.exchange_dataneed USING btree (milestone_id);


CREATE INDEX exchange_dataneed_project_id_dc4751c0 ON public.exchange_dataneed USING btree (project_id);


CREATE INDEX exchange_delivery_answered_by_id_b00aa7aa ON public.exchange_delivery USING btree (answered_by_id);


CREATE INDEX exchange_delivery_offer_id_789e9b17 ON public.exchange_delivery USING btree (offer_id);


CREATE INDEX exchange_delivery_revision_id_0a2e4730 ON public.exchange_delivery USING btree (revision_id);


CREATE INDEX exchange_offer_dataset_id_9b8faacb ON public.exchange_offer USING btree (dataset_id);


CREATE INDEX exchange_offer_need_id_69e342dd ON public.exchange_offer USING btree (need_id);


CREATE INDEX exchange_offer_organisation_id_d1a66b30 ON public.exchange_offer USING btree (organisation_id);


CREATE INDEX exchange_offer_person_id_dd5e8180 ON public.exchange_offer USING btree (person_id);


CREATE INDEX follow_of_person ON public.discussion_follow USING btree (person_id, since DESC) WHERE (ended_at IS NULL);


CREATE INDEX formstate_user_object ON public.wagtailadmin_formstate USING btree (user_id, content_type_id, object_id, parent_object_id);


CREATE INDEX guardian_gr_group_i_9e7d12_idx ON public.guardian_groupobjectpermission USING btree (group_id, content_type_id, object_pk);


CREATE INDEX guardian_gr_permiss_83545c_idx ON public.guardian_groupobjectpermission USING btree (permission_id, group_id, content_type_id, object_pk);


CREATE INDEX guardian_groupobjectpermission_content_type_id_7ade36b8 ON public.guardian_groupobjectpermission USING btree (content_type_id);


CREATE INDEX guardian_groupobjectpermission_group_id_4bbbfb62 ON public.guardian_groupobjectpermission USING btree (group_id);


CREATE INDEX guardian_groupobjectpermission_permission_id_36572738 ON public.guardian_groupobjectpermission USING btree (permission_id);


CREATE INDEX guardian_us_permiss_e5749c_idx ON public.guardian_userobjectpermission USING btree (permission_id, user_id, content_type_id, object_pk);


CREATE INDEX guardian_us_user_id_8eae14_idx ON public.guardian_userobjectpermission USING btree (user_id, content_type_id, object_pk);


CREATE INDEX guardian_userobjectpermission_content_type_id_2e892405 ON public.guardian_userobjectpermission USING btree (content_type_id);


CREATE INDEX guardian_userobjectpermission_permission_id_71807bfc ON public.guardian_userobjectpermission USING btree (permission_id);


CREATE INDEX guardian_userobjectpermission_user_id_d5c1e964 ON public.guardian_userobjectpermission USING btree (user_id);


CREATE INDEX harvest_of_source ON public.catalogue_harvest USING btree (source_id, begun_at DESC);


CREATE INDEX harveststep_open ON public.catalogue_harveststep USING btree (priority, due_at, id) WHERE ((dead_at IS NULL) AND (done_at IS NULL));


CREATE INDEX hold_standing ON public.payouts_hold USING btree (campaign_id) WHERE (lifted_at IS NULL);


CREATE INDEX instalment_due ON public.campaigns_instalment USING btree (state, due_on);


CREATE INDEX invoice_due ON public.invoicing_invoice USING btree (due_on);


CREATE INDEX invoicing_creditedpayment_note_id_20870208 ON public.invoicing_creditedpayment USING btree (note_id);


CREATE INDEX invoicing_creditedpayment_payment_id_d480b84a ON public.invoicing_creditedpayment USING btree (payment_id);


CREATE INDEX invoicing_invoice_corrects_id_6481022d ON public.invoicing_invoice USING btree (corrects_id);


CREATE INDEX invoicing_invoice_number_f35f6ffa_like ON public.invoicing_invoice USING btree (number varchar_pattern_ops);


CREATE INDEX invoicing_invoice_organisation_id_f558e127 ON public.invoicing_invoice USING btree (organisation_id);


CREATE INDEX invoicing_invoice_series_id_c401e3d0 ON public.invoicing_invoice USING btree (series_id);


CREATE INDEX invoicing_invoicepayment_invoice_id_4768006f ON public.invoicing_invoicepayment USING btree (invoice_id);


CREATE INDEX invoicing_invoicepaymentreversal_dispute_id_0937b8b9 ON public.invoicing_invoicepaymentreversal USING btree (dispute_id);


CREATE INDEX invoicing_invoicepaymentreversal_payment_id_6ef443c2 ON public.invoicing_invoicepaymentreversal USING btree (payment_id);


CREATE INDEX invoicing_invoicereminder_invoice_id_ff1c4eb9 ON public.invoicing_invoicereminder USING btree (invoice_id);


CREATE INDEX invoicing_invoiceseries_prefix_ba0681d4_like ON public.invoicing_invoiceseries USING btree (prefix varchar_pattern_ops);


CREATE INDEX ledger_checkpoint_account_id_45ab6dda ON public.ledger_checkpoint USING btree (account_id);


CREATE INDEX ledger_posting_entry_id_1c3a07af ON public.ledger_posting USING btree (entry_id);


CREATE INDEX ledger_rootsubscriber_address_7d12870e_like ON public.ledger_rootsubscriber USING btree (address varchar_pattern_ops);


CREATE INDEX mail_open ON public.accounts_mail USING btree (priority, due_at, id) WHERE ((dead_at IS NULL) AND (done_at IS NULL));


CREATE INDEX matching_allocation_campaign_id_9b66a0be ON public.matching_allocation USING btree (campaign_id);


CREATE INDEX matching_allocation_fund_id_481b373e ON public.matching_allocation USING btree (fund_id);


CREATE INDEX matching_challenge_answered_by_id_ade35c35 ON public.matching_challenge USING btree (answered_by_id);


CREATE INDEX matching_challenge_fund_id_72a3beb1 ON public.matching_challenge USING btree (fund_id);


CREATE INDEX matching_challenge_person_id_573c0c6c ON public.matching_challenge USING btree (person_id);


CREATE INDEX matching_deposit_confirmed_by_id_adbc2f74 ON public.matching_deposit USING btree (confirmed_by_id);


CREATE INDEX matching_deposit_entered_by_id_dc340627 ON public.matching_deposit USING btree (entered_by_id);


CREATE INDEX matching_deposit_fund_id_a3f1a26b ON public.matching_deposit USING btree (fund_id);


CREATE INDEX matching_exclusion_campaign_id_674b0716 ON public.matching_exclusion USING btree (campaign_id);


CREATE INDEX matching_exclusion_person_id_36ee94a4 ON public.matching_exclusion USING btree (person_id);


CREATE INDEX matching_fundreturn_approved_by_id_f87c2777 ON public.matching_fundreturn USING btree (approved_by_id);


CREATE INDEX matching_fundreturn_fund_id_252c4fd1 ON public.matching_fundreturn USING btree (fund_id);


CREATE INDEX matching_fundreturn_requested_by_id_7df77707 ON public.matching_fundreturn USING btree (requested_by_id);


CREATE INDEX matching_matchfund_call_id_850b3484 ON public.matching_matchfund USING btree (call_id);


CREATE INDEX matching_matchfund_funder_id_bbc81672 ON public.matching_matchfund USING btree (funder_id);


CREATE INDEX matching_matchfund_made_by_id_9b922f6e ON public.matching_matchfund USING btree (made_by_id);


CREATE INDEX matching_matchfund_slug_16746736_like ON public.matching_matchfund USING btree (slug varchar_pattern_ops);


CREATE INDEX matching_matchline_allocation_id_4af341ce ON public.matching_matchline USING btree (allocation_id);


CREATE INDEX matching_matchline_pledge_id_045166f6 ON public.matching_matchline USING btree (pledge_id);


CREATE INDEX message_newest ON public.demo_message USING btree (created_at DESC, id DESC);


CREATE INDEX message_open ON public.payments_message USING btree (priority, due_at, id) WHERE ((dead_at IS NULL) AND (done_at IS NULL));


CREATE INDEX mfa_authenticator_user_id_0c3a50c0 ON public.mfa_authenticator USING btree (user_id);


CREATE INDEX milestone_waiting ON public.delivery_milestone USING btree (state, state_since);


CREATE INDEX mirrorjob_open ON public.payments_mirrorjob USING btree (priority, due_at, id) WHERE ((dead_at IS NULL) AND (done_at IS NULL));


CREATE INDEX need_due ON public.exchange_dataneed USING btree (state, deadline);


CREATE INDEX notification_page ON public.notifications_notification USING btree (person_id, notified_at DESC, id DESC) WHERE on_site;


CREATE INDEX notification_to_mail ON public.notifications_notification USING btree (frequency, person_id) WHERE ((mail_id IS NULL) AND (read_at IS NULL) AND (NOT ((frequency)::text = 'never'::text)));


CREATE INDEX notification_unread ON public.notifications_notification USING btree (person_id) WHERE (on_site AND (read_at IS NULL));


CREATE INDEX notifications_notification_actor_id_ec6170c3 ON public.notifications_notification USING btree (actor_id);


CREATE INDEX notifications_notification_event_id_28551f97 ON public.notifications_notification USING btree (event_id);


CREATE INDEX notifications_notification_mail_id_b2bcd406 ON public.notifications_notification USING btree (mail_id);


CREATE INDEX notifications_notification_person_id_ec9b6507 ON public.notifications_notification USING btree (person_id);


CREATE INDEX notifications_preference_person_id_33c79cf9 ON public.notifications_preference USING btree (person_id);


CREATE UNIQUE INDEX one_accepted_delivery_an_offer ON public.exchange_delivery USING btree (offer_id) WHERE ((answer)::text = 'accepted'::text);


CREATE UNIQUE INDEX one_account_a_document ON public.accounts_residency USING btree (document) WHERE ((verified_at IS NOT NULL) AND (NOT ((document)::text = ''::text)));


CREATE UNIQUE INDEX one_account_an_address ON public.accounts_person USING btree (lower((email)::text));


CREATE UNIQUE INDEX one_account_an_identity ON public.accounts_residency USING btree (identity) WHERE ((verified_at IS NOT NULL) AND (NOT ((identity)::text = ''::text)));


CREATE UNIQUE INDEX one_awarded_offer_a_need ON public.exchange_offer USING btree (need_id) WHERE ((state)::text = 'awarded'::text);


CREATE UNIQUE INDEX one_ballot_number_a_call ON public.proposals_project USING btree (call_id, ballot_number) WHERE (NOT ((ballot_number)::text = ''::text));


CREATE UNIQUE INDEX one_charge_a_provider_ref ON public.payments_charge USING btree (provider, provider_ref) WHERE (NOT ((provider_ref)::text = ''::text));


CREATE UNIQUE INDEX one_checkpoint_a_posting ON public.ledger_checkpoint USING btree (account_id, last_posting) INCLUDE (balance);


CREATE UNIQUE INDEX one_dataset_a_table ON public.catalogue_dataset USING btree (source) WHERE (NOT ((source)::text = ''::text));


CREATE UNIQUE INDEX one_dataset_an_identifier ON public.catalogue_dataset USING btree (harvested_from_id, identifier) WHERE (harvested_from_id IS NOT NULL);


CREATE UNIQUE INDEX one_export_under_way_a_person ON public.accounts_dataexport USING btree (person_id) WHERE (ready_at IS NULL);


CREATE UNIQUE INDEX one_fund_return_waits ON public.matching_fundreturn USING btree (fund_id) WHERE ((state)::text = 'requested'::text);


CREATE UNIQUE INDEX one_grant_a_key ON public.access_grant USING btree (key_digest) WHERE (NOT ((key_digest)::text = ''::text));


CREATE UNIQUE INDEX one_letter_a_key ON public.accounts_mail USING btree (key) WHERE ((person_id IS NULL) AND (NOT ((key)::text = ''::text)));


CREATE UNIQUE INDEX one_live_ballot_a_person_and_call ON public.voting_ballot USING btree (call_id, voter) WHERE ((state)::text = 'cast'::text);


CREATE UNIQUE INDEX one_live_campaign_a_project ON public.campaigns_campaign USING btree (project_id) WHERE ((state)::text = ANY ((ARRAY['draft'::character varying, 'open'::character varying, 'collecting'::character varying])::text[]));


CREATE UNIQUE INDEX one_live_charge_a_purpose ON public.payments_charge USING btree (purpose) WHERE (NOT ((state)::text = 'failed'::text));


CREATE UNIQUE INDEX one_live_match_a_pledge ON public.matching_matchline USING btree (allocation_id, pledge_id) WHERE (released_at IS NULL);


CREATE UNIQUE INDEX one_live_offer_an_organisation ON public.exchange_offer USING btree (need_id, organisation_id) WHERE ((state)::text = ANY ((ARRAY['made'::character varying, 'awarded'::character varying])::text[]));


CREATE UNIQUE INDEX one_live_residency_a_person ON public.accounts_residency USING btree (person_id) WHERE ((state)::text = ANY ((ARRAY['requested'::character varying, 'code_sent'::character varying, 'verified'::character varying])::text[]));


CREATE UNIQUE INDEX one_live_sponsorship_a_package ON public.sponsorship_sponsorship USING btree (package_id, organisation_id) WHERE (NOT ((state)::text = ANY ((ARRAY['lapsed'::character varying, 'credited'::character varying])::text[])));


CREATE UNIQUE INDEX one_mail_a_person_and_key ON public.accounts_mail USING btree (person_id, key) WHERE (NOT ((key)::text = ''::text));


CREATE UNIQUE INDEX one_open_access_request ON public.access_accessrequest USING btree (dataset_id, person_id, organisation_id) NULLS NOT DISTINCT WHERE ((person_id IS NOT NULL) AND ((state)::text = ANY ((ARRAY['draft'::character varying, 'returned'::character varying, 'submitted'::character varying])::text[])));


CREATE UNIQUE INDEX one_open_case_a_comment ON public.discussion_moderationcase USING btree (comment_id) WHERE ((state)::text = 'reported'::text);


CREATE UNIQUE INDEX one_open_case_a_project ON public.discussion_moderationcase USING btree (project_id) WHERE ((state)::text = 'reported'::text);


CREATE UNIQUE INDEX one_open_harvest_a_source ON public.catalogue_harvest USING btree (source_id) WHERE ((state)::text = ANY ((ARRAY['running'::character varying, 'waiting'::character varying])::text[]));


CREATE UNIQUE INDEX one_open_invitation_an_address ON public.accounts_invitation USING btree (lower((email)::text), organisation_id) WHERE (accepted_at IS NULL);


CREATE UNIQUE INDEX one_open_staff_invitation_an_address ON public.accounts_staffinvitation USING btree (lower((email)::text)) WHERE ((state)::text = 'open'::text);


CREATE UNIQUE INDEX one_paper_a_document ON public.voting_papervoter USING btree (call_id, document) WHERE (NOT ((document)::text = ''::text));


CREATE UNIQUE INDEX one_paper_a_voter ON public.voting_papervoter USING btree (call_id, voter) WHERE (NOT ((voter)::text = ''::text));


CREATE UNIQUE INDEX one_release_under_way ON public.consent_release USING btree (purpose_id) WHERE ((state)::text = ANY ((ARRAY['prepared'::character varying, 'sent'::character varying])::text[]));


CREATE UNIQUE INDEX one_report_an_address ON public.discussion_report USING btree (lower((email)::text), case_id) WHERE (NOT ((email)::text = ''::text));


CREATE UNIQUE INDEX one_return_at_once ON public.payouts_return USING btree (campaign_id) WHERE ((state)::text = 'proposed'::text);


CREATE UNIQUE INDEX one_reversal_a_line ON public.payments_statementline USING btree (reverses_id) WHERE ((state)::text = 'settled'::text);


CREATE UNIQUE INDEX one_setup_a_provider_ref ON public.payments_methodsetup USING btree (provider, provider_ref) WHERE (NOT ((provider_ref)::text = ''::text));


CREATE UNIQUE INDEX one_standing_consent_a_notice ON public.consent_consent USING btree (person_id, notice_id) WHERE ((state)::text = 'given'::text);


CREATE UNIQUE INDEX one_team_invitation_an_address ON public.proposals_teaminvitation USING btree (lower((email)::text), project_id);


CREATE UNIQUE INDEX one_waiting_offer_a_person ON public.contributions_contribution USING btree (want_id, person_id) WHERE ((state)::text = 'offered'::text);


CREATE INDEX original_uri ON public.catalogue_original USING btree (uri) WHERE (NOT ((uri)::text = ''::text));


CREATE INDEX pages_sitesettings_hero_id_2e428e87 ON public.pages_sitesettings USING btree (hero_id);


CREATE INDEX pages_sitesettings_logo_id_ef4fb98b ON public.pages_sitesettings USING btree (logo_id);


CREATE INDEX pages_storypage_picture_id_d0c95277 ON public.pages_storypage USING btree (picture_id);


CREATE INDEX pages_storypage_project_id_83843011 ON public.pages_storypage USING btree (project_id);


CREATE INDEX payments_bankorder_made_by_id_7bd0c081 ON public.payments_bankorder USING btree (made_by_id);


CREATE INDEX payments_bankorder_reference_ca54b5f4_like ON public.payments_bankorder USING btree (reference varchar_pattern_ops);


CREATE INDEX payments_bankorder_withdrawal_confirmed_by_id_882c0b9e ON public.payments_bankorder USING btree (withdrawal_confirmed_by_id);


CREATE INDEX payments_bankorder_withdrawal_proposed_by_id_b02988f8 ON public.payments_bankorder USING btree (withdrawal_proposed_by_id);


CREATE INDEX payments_charge_method_id_93865b78 ON public.payments_charge USING btree (method_id);


CREATE INDEX payments_charge_payer_id_299b2a01 ON public.payments_charge USING btree (payer_id);


CREATE INDEX payments_claim_confirmed_by_id_f14c23de ON public.payments_claim USING btree (confirmed_by_id);


CREATE INDEX payments_claim_dispute_id_c8fff676 ON public.payments_claim USING btree (dispute_id);


CREATE INDEX payments_claim_proposed_by_id_e1a5dc3c ON public.payments_claim USING btree (proposed_by_id);


CREATE INDEX payments_claim_refund_id_9a85d057 ON public.payments_claim USING btree (refund_id);


CREATE INDEX payments_command_key_b79159ef_like ON public.payments_command USING btree (key varchar_pattern_ops);


CREATE INDEX payments_demopayment_key_b50e3446_like ON public.payments_demopayment USING btree (key varchar_pattern_ops);


CREATE INDEX payments_dispute_charge_id_751cc74d ON public.payments_dispute USING btree (charge_id);


CREATE INDEX payments_linepayment_charge_id_6ddba64e ON public.payments_linepayment USING btree (charge_id);


CREATE INDEX payments_linepayment_line_id_45f83104 ON public.payments_linepayment USING btree (line_id);


CREATE INDEX payments_method_person_id_34675c56 ON public.payments_method USING btree (person_id);


CREATE INDEX payments_methodsetup_person_id_d2b42e5c ON public.payments_methodsetup USING btree (person_id);


CREATE INDEX payments_refund_bank_order_id_6f162a37 ON public.payments_refund USING btree (bank_order_id);


CREATE INDEX payments_refund_charge_id_2ba1056b ON public.payments_refund USING btree (charge_id);


CREATE INDEX payments_refund_key_914ff18d_like ON public.payments_refund USING btree (key varchar_pattern_ops);


CREATE INDEX payments_refund_refusal_confirmed_by_id_a1521a87 ON public.payments_refund USING btree (refusal_confirmed_by_id);


CREATE INDEX payments_refund_refusal_proposed_by_id_e9df68e8 ON public.payments_refund USING btree (refusal_proposed_by_id);


CREATE INDEX payments_statement_digest_0b1ba629_like ON public.payments_statement USING btree (digest varchar_pattern_ops);


CREATE INDEX payments_statement_imported_by_id_a2793889 ON public.payments_statement USING btree (imported_by_id);


CREATE INDEX payments_statementline_bank_order_id_f4603e1f ON public.payments_statementline USING btree (bank_order_id);


CREATE INDEX payments_statementline_charge_id_61b14dc0 ON public.payments_statementline USING btree (charge_id);


CREATE INDEX payments_statementline_confirmed_by_id_2eb4db3c ON public.payments_statementline USING btree (confirmed_by_id);


CREATE INDEX payments_statementline_digest_55a7d142_like ON public.payments_statementline USING btree (digest varchar_pattern_ops);


CREATE INDEX payments_statementline_duplicate_of_id_85f2392a ON public.payments_statementline USING btree (duplicate_of_id);


CREATE INDEX payments_statementline_proposed_by_id_77bc43c2 ON public.payments_statementline USING btree (proposed_by_id);


CREATE INDEX payments_statementline_refund_id_8c5b1d29 ON public.payments_statementline USING btree (refund_id);


CREATE INDEX payments_statementline_reverses_id_0b10b009 ON public.payments_statementline USING btree (reverses_id);


CREATE INDEX payments_statementline_statement_id_0e2b52e7 ON public.payments_statementline USING btree (statement_id);


CREATE INDEX payments_statementline_transfer_id_add0b1e2 ON public.payments_statementline USING btree (transfer_id);


CREATE INDEX payments_transfer_bank_order_id_5ab285cc ON public.payments_transfer USING btree (bank_order_id);


CREATE INDEX payments_transfer_purpose_330cd64b_like ON public.payments_transfer USING btree (purpose varchar_pattern_ops);


CREATE INDEX payments_transfer_refusal_confirmed_by_id_08a2fb24 ON public.payments_transfer USING btree (refusal_confirmed_by_id);


CREATE INDEX payments_transfer_refusal_proposed_by_id_74e0ed93 ON public.payments_transfer USING btree (refusal_proposed_by_id);


CREATE INDEX payout_waiting ON public.payouts_payout USING btree (state, state_since);


CREATE INDEX payouts_approval_payout_id_7ba607c5 ON public.payouts_approval USING btree (payout_id);


CREATE INDEX payouts_approval_person_id_41509b6f ON public.payouts_approval USING btree (person_id);


CREATE INDEX payouts_bankdetails_entered_by_id_a01bb7cc ON public.payouts_bankdetails USING btree (entered_by_id);


CREATE INDEX payouts_bankdetails_organisation_id_5fb86791 ON public.payouts_bankdetails USING btree (organisation_id);


CREATE INDEX payouts_hold_campaign_id_5111dbaa ON public.payouts_hold USING btree (campaign_id);


CREATE INDEX payouts_payout_campaign_id_a86c7605 ON public.payouts_payout USING btree (campaign_id);


CREATE INDEX payouts_payout_details_id_2f653cb3 ON public.payouts_payout USING btree (details_id);


CREATE INDEX payouts_payout_milestone_id_ce2864de ON public.payouts_payout USING btree (milestone_id);


CREATE INDEX payouts_payout_requested_by_id_848ca4d6 ON public.payouts_payout USING btree (requested_by_id);


CREATE INDEX payouts_return_campaign_id_9d41b675 ON public.payouts_return USING btree (campaign_id);


CREATE INDEX payouts_return_confirmed_by_id_c5a4c549 ON public.payouts_return USING btree (confirmed_by_id);


CREATE INDEX payouts_return_proposed_by_id_894b22d8 ON public.payouts_return USING btree (proposed_by_id);


CREATE INDEX picture_file ON public.proposals_picture USING btree (file);


CREATE INDEX picture_thumb ON public.proposals_picture USING btree (thumb);


CREATE INDEX pledge_campaign_state ON public.campaigns_pledge USING btree (campaign_id, state) INCLUDE (amount_minor);


CREATE INDEX pledge_named_lot ON public.campaigns_pledge USING btree (campaign_id, md5((id)::text)) WHERE ((NOT anonymous) AND (person_id IS NOT NULL) AND (((state)::text = ANY ((ARRAY['active'::character varying, 'collecting'::character varying, 'needs_payer'::character varying])::text[])) OR (collected_at IS NOT NULL)) AND (NOT ((state)::text = 'campaign_failed'::text)));


CREATE INDEX pledge_not_ended ON public.campaigns_pledge USING btree (campaign_id) WHERE ((state)::text = ANY ((ARRAY['started'::character varying, 'awaiting_method'::character varying, 'active'::character varying, 'collecting'::character varying, 'needs_payer'::character varying, 'collected'::character varying])::text[]));


CREATE INDEX pledge_person ON public.campaigns_pledge USING btree (person_id, id DESC);


CREATE INDEX pledge_waiting ON public.campaigns_pledge USING btree (state, state_since);


CREATE INDEX posting_account ON public.ledger_posting USING btree (account_id, id) INCLUDE (amount);


CREATE INDEX project_area_newest ON public.proposals_project USING btree (area_id, opened_at DESC, id DESC);


CREATE INDEX project_call_newest ON public.proposals_project USING btree (call_id, opened_at DESC, id DESC);


CREATE INDEX project_call_state ON public.proposals_project USING btree (call_id, state);


CREATE INDEX project_newest ON public.proposals_project USING btree (opened_at DESC, id DESC) WHERE (NOT (opened_at IS NULL));


CREATE INDEX project_state_newest ON public.proposals_project USING btree (state, opened_at DESC, id DESC);


CREATE INDEX project_theme_newest ON public.proposals_project USING btree (theme, opened_at DESC, id DESC);


CREATE INDEX project_waiting ON public.proposals_project USING btree (state, state_since);


CREATE INDEX proposals_costline_project_id_ebb8344d ON public.proposals_costline USING btree (project_id);


CREATE INDEX proposals_participantgoal_organisation_id_5df44c54 ON public.proposals_participantgoal USING btree (organisation_id);


CREATE INDEX proposals_participantgoal_project_id_dac07aa2 ON public.proposals_participantgoal USING btree (project_id);


CREATE INDEX proposals_picture_project_id_d64d63aa ON public.proposals_picture USING btree (project_id);


CREATE INDEX proposals_project_area_id_003a374e ON public.proposals_project USING btree (area_id);


CREATE INDEX proposals_project_author_id_b3be67d9 ON public.proposals_project USING btree (author_id);


CREATE INDEX proposals_project_call_id_3667bc46 ON public.proposals_project USING btree (call_id);


CREATE INDEX proposals_project_organisation_id_4a96267d ON public.proposals_project USING btree (organisation_id);


CREATE INDEX proposals_project_search ON public.proposals_project USING gin (public.proposals_plain((((((title)::text || ' '::text) || (pitch)::text) || ' '::text) || (place)::text)) public.gin_trgm_ops);


CREATE INDEX proposals_project_slug_d7e9af75_like ON public.proposals_project USING btree (slug varchar_pattern_ops);


CREATE INDEX proposals_project_story ON public.proposals_project USING gin (public.proposals_words(story));


CREATE INDEX proposals_projectrevision_author_id_b50b5c13 ON public.proposals_projectrevision USING btree (author_id);


CREATE INDEX proposals_projectrevision_project_id_7a9e9f35 ON public.proposals_projectrevision USING btree (project_id);


CREATE INDEX proposals_support_person_id_8309f936 ON public.proposals_support USING btree (person_id);


CREATE INDEX proposals_support_project_id_01897665 ON public.proposals_support USING btree (project_id);


CREATE INDEX proposals_supportchange_project_id_1b578681 ON public.proposals_supportchange USING btree (project_id);


CREATE INDEX proposals_teaminvitation_invited_by_id_0c39a22e ON public.proposals_teaminvitation USING btree (invited_by_id);


CREATE INDEX proposals_teaminvitation_project_id_a408ff99 ON public.proposals_teaminvitation USING btree (project_id);


CREATE INDEX proposals_teammember_person_id_98747bb4 ON public.proposals_teammember USING btree (person_id);


CREATE INDEX proposals_teammember_project_id_2365aecb ON public.proposals_teammember USING btree (project_id);


CREATE INDEX reconciliation_newest ON public.payments_reconciliation USING btree (provider, currency, at DESC);


CREATE INDEX referenceindex_source_object ON public.wagtailcore_referenceindex USING btree (base_content_type_id, object_id);


CREATE INDEX referenceindex_target_object ON public.wagtailcore_referenceindex USING btree (to_content_type_id, to_object_id);


CREATE INDEX report_origin ON public.discussion_report USING btree (origin, reported_at DESC) WHERE (NOT ((origin)::text = ''::text));


CREATE INDEX report_reporter ON public.discussion_report USING btree (reporter_id, reported_at DESC);


CREATE INDEX reuse_newest ON public.reuses_reuse USING btree (state, state_since DESC, id DESC);


CREATE INDEX reuses_reuse_datasets_dataset_id_9e6534ef ON public.reuses_reuse_datasets USING btree (dataset_id);


CREATE INDEX reuses_reuse_datasets_reuse_id_8561037f ON public.reuses_reuse_datasets USING btree (reuse_id);


CREATE INDEX reuses_reuse_organisation_id_62960e0a ON public.reuses_reuse USING btree (organisation_id);


CREATE INDEX reuses_reuse_person_id_5f4761f7 ON public.reuses_reuse USING btree (person_id);


CREATE UNIQUE INDEX reversal_once_by_a_dispute ON public.invoicing_invoicepaymentreversal USING btree (dispute_id) WHERE (refund_id IS NULL);


CREATE INDEX saved_query_embedded ON public.analytics_savedquery USING btree (dataset_id, embedded_until) WHERE ((embedded_until IS NOT NULL) AND (removed_at IS NULL));


CREATE INDEX saved_query_own ON public.analytics_savedquery USING btree (owner_id, id DESC) WHERE (removed_at IS NULL);


CREATE INDEX saved_query_shown ON public.analytics_savedquery USING btree (dataset_id, id DESC) WHERE ((removed_at IS NULL) AND shown);


CREATE INDEX setup_purpose ON public.payments_methodsetup USING btree (purpose);


CREATE INDEX sponsorship_campaign ON public.sponsorship_sponsorship USING btree (campaign_id, state);


CREATE INDEX sponsorship_package_campaign_id_9cf7aaf4 ON public.sponsorship_package USING btree (campaign_id);


CREATE INDEX sponsorship_sponsorship_campaign_id_65e6e9ed ON public.sponsorship_sponsorship USING btree (campaign_id);


CREATE INDEX sponsorship_sponsorship_checked_by_id_9fae0335 ON public.sponsorship_sponsorship USING btree (checked_by_id);


CREATE INDEX sponsorship_sponsorship_offered_by_id_5e1657f1 ON public.sponsorship_sponsorship USING btree (offered_by_id);


CREATE INDEX sponsorship_sponsorship_organisation_id_40726ea1 ON public.sponsorship_sponsorship USING btree (organisation_id);


CREATE INDEX sponsorship_sponsorship_package_id_44776936 ON public.sponsorship_sponsorship USING btree (package_id);


CREATE INDEX sponsorship_waiting ON public.sponsorship_sponsorship USING btree (state, state_since);


CREATE INDEX story_newest ON public.pages_storypage USING btree (day DESC, page_ptr_id DESC);


CREATE INDEX support_most ON public.proposals_supportcount USING btree (supports DESC, project_id DESC);


CREATE INDEX taggit_tag_name_58eb2ed9_like ON public.taggit_tag USING btree (name varchar_pattern_ops);


CREATE INDEX taggit_tag_slug_6be58b2c_like ON public.taggit_tag USING btree (slug varchar_pattern_ops);


CREATE INDEX taggit_tagg_content_8fc721_idx ON public.taggit_taggeditem USING btree (content_type_id, object_id);


CREATE INDEX taggit_taggeditem_content_type_id_9957a03c ON public.taggit_taggeditem USING btree (content_type_id);


CREATE INDEX taggit_taggeditem_object_id_e2d7d1df ON public.taggit_taggeditem USING btree (object_id);


CREATE INDEX taggit_taggeditem_tag_id_f4f5b767 ON public.taggit_taggeditem USING btree (tag_id);


CREATE UNIQUE INDEX unique_authenticator_type ON public.mfa_authenticator USING btree (user_id, type) WHERE ((type)::text = ANY ((ARRAY['totp'::character varying, 'recovery_codes'::character varying])::text[]));


CREATE UNIQUE INDEX unique_in_progress_workflow ON public.wagtailcore_workflowstate USING btree (base_content_type_id, object_id) WHERE ((status)::text = ANY ((ARRAY['in_progress'::character varying, 'needs_changes'::character varying])::text[]));


CREATE UNIQUE INDEX unique_primary_email ON public.account_emailaddress USING btree (user_id, "primary") WHERE "primary";


CREATE UNIQUE INDEX unique_verified_email ON public.account_emailaddress USING btree (email) WHERE verified;


CREATE INDEX upload_open ON public.catalogue_upload USING btree (expires_at) WHERE (NOT ((state)::text = ANY ((ARRAY['published'::character varying, 'discarded'::character varying, 'expired'::character varying, 'refused'::character varying])::text[])));


CREATE INDEX uploadstep_open ON public.catalogue_uploadstep USING btree (priority, due_at, id) WHERE ((dead_at IS NULL) AND (done_at IS NULL));


CREATE INDEX voting_paperballot_call_id_972c6af8 ON public.voting_paperballot USING btree (call_id);


CREATE INDEX voting_paperentry_clerk_id_e97520bb ON public.voting_paperentry USING btree (clerk_id);


CREATE INDEX voting_paperentry_paper_id_9c77f3d5 ON public.voting_paperentry USING btree (paper_id);


CREATE INDEX voting_papervoter_call_id_21be6712 ON public.voting_papervoter USING btree (call_id);


CREATE INDEX voting_projectresult_tally_id_086aade5 ON public.voting_projectresult USING btree (tally_id);


CREATE INDEX wagtailadmi_content_717955_idx ON public.wagtailadmin_editingsession USING btree (content_type_id, object_id);


CREATE INDEX wagtailadmin_editingsession_content_type_id_4df7730e ON public.wagtailadmin_editingsession USING btree (content_type_id);


CREATE INDEX wagtailadmin_editingsession_user_id_6e1a9b70 ON public.wagtailadmin_editingsession USING btree (user_id);


CREATE INDEX wagtailadmin_formstate_content_type_id_e32438b3 ON public.wagtailadmin_formstate USING btree (content_type_id);


CREATE INDEX wagtailadmin_formstate_user_id_b910adc2 ON public.wagtailadmin_formstate USING btree (user_id);


CREATE INDEX wagtailcore_apitoken_key_hash_65979b78_like ON public.wagtailcore_apitoken USING btree (key_hash varchar_pattern_ops);


CREATE INDEX wagtailcore_apitoken_user_id_49b1141b ON public.wagtailcore_apitoken USING btree (user_id);


CREATE INDEX wagtailcore_collection_path_d848dc19_like ON public.wagtailcore_collection USING btree (path varchar_pattern_ops);


CREATE INDEX wagtailcore_collectionview_collectionviewrestriction__47320efd ON public.wagtailcore_collectionviewrestriction_groups USING btree (collectionviewrestriction_id);


CREATE INDEX wagtailcore_collectionviewrestriction_collection_id_761908ec ON public.wagtailcore_collectionviewrestriction USING btree (collection_id);


CREATE INDEX wagtailcore_collectionviewrestriction_groups_group_id_1823f2a3 ON public.wagtailcore_collectionviewrestriction_groups USING btree (group_id);


CREATE INDEX wagtailcore_comment_page_id_108444b5 ON public.wagtailcore_comment USING btree (page_id);


CREATE INDEX wagtailcore_comment_resolved_by_id_a282aa0e ON public.wagtailcore_comment USING btree (resolved_by_id);


CREATE INDEX wagtailcore_comment_revision_created_id_1d058279 ON public.wagtailcore_comment USING btree (revision_created_id);


CREATE INDEX wagtailcore_comment_user_id_0c577ca6 ON public.wagtailcore_comment USING btree (user_id);


CREATE INDEX wagtailcore_commentreply_comment_id_afc7e027 ON public.wagtailcore_commentreply USING btree (comment_id);


CREATE INDEX wagtailcore_commentreply_user_id_d0b3b9c3 ON public.wagtailcore_commentreply USING btree (user_id);


CREATE INDEX wagtailcore_groupapprovalt_groupapprovaltask_id_9a9255ea ON public.wagtailcore_groupapprovaltask_groups USING btree (groupapprovaltask_id);


CREATE INDEX wagtailcore_groupapprovaltask_groups_group_id_2e64b61f ON public.wagtailcore_groupapprovaltask_groups USING btree (group_id);


CREATE INDEX wagtailcore_groupcollectionpermission_collection_id_5423575a ON public.wagtailcore_groupcollectionpermission USING btree (collection_id);


CREATE INDEX wagtailcore_groupcollectionpermission_group_id_05d61460 ON public.wagtailcore_groupcollectionpermission USING btree (group_id);


CREATE INDEX wagtailcore_groupcollectionpermission_permission_id_1b626275 ON public.wagtailcore_groupcollectionpermission USING btree (permission_id);


CREATE INDEX wagtailcore_grouppagepermission_group_id_fc07e671 ON public.wagtailcore_grouppagepermission USING btree (group_id);


CREATE INDEX wagtailcore_grouppagepermission_page_id_710b114a ON public.wagtailcore_grouppagepermission USING btree (page_id);


CREATE INDEX wagtailcore_grouppagepermission_permission_id_05acb22e ON public.wagtailcore_grouppagepermission USING btree (permission_id);


CREATE INDEX wagtailcore_groupsitepermission_group_id_e5cdbee4 ON public.wagtailcore_groupsitepermission USING btree (group_id);


CREATE INDEX wagtailcore_groupsitepermission_permission_id_459b1f38 ON public.wagtailcore_groupsitepermission USING btree (permission_id);


CREATE INDEX wagtailcore_groupsitepermission_site_id_245de488 ON public.wagtailcore_groupsitepermission USING btree (site_id);


CREATE INDEX wagtailcore_locale_language_code_03149338_like ON public.wagtailcore_locale USING btree (language_code varchar_pattern_ops);


CREATE INDEX wagtailcore_modellogentry_action_d2d856ee ON public.wagtailcore_modellogentry USING btree (action);


CREATE INDEX wagtailcore_modellogentry_action_d2d856ee_like ON public.wagtailcore_modellogentry USING btree (action varchar_pattern_ops);


CREATE INDEX wagtailcore_modellogentry_content_changed_8bc39742 ON public.wagtailcore_modellogentry USING btree (content_changed);


CREATE INDEX wagtailcore_modellogentry_content_type_id_68849e77 ON public.wagtailcore_modellogentry USING btree (content_type_id);


CREATE INDEX wagtailcore_modellogentry_object_id_e0e7d4ef ON public.wagtailcore_modellogentry USING btree (object_id);


CREATE INDEX wagtailcore_modellogentry_object_id_e0e7d4ef_like ON public.wagtailcore_modellogentry USING btree (object_id varchar_pattern_ops);


CREATE INDEX wagtailcore_modellogentry_revision_id_df6ca33a ON public.wagtailcore_modellogentry USING btree (revision_id);


CREATE INDEX wagtailcore_modellogentry_timestamp_9694521b ON public.wagtailcore_modellogentry USING btree ("timestamp");


CREATE INDEX wagtailcore_modellogentry_user_id_0278d1bf ON public.wagtailcore_modellogentry USING btree (user_id);


CREATE INDEX wagtailcore_page_alias_of_id_12945502 ON public.wagtailcore_page USING btree (alias_of_id);


CREATE INDEX wagtailcore_page_content_type_id_c28424df ON public.wagtailcore_page USING btree (content_type_id);


CREATE INDEX wagtailcore_page_first_published_at_2b5dd637 ON public.wagtailcore_page USING btree (first_published_at);


CREATE INDEX wagtailcore_page_latest_revision_id_e60fef51 ON public.wagtailcore_page USING btree (latest_revision_id);


CREATE INDEX wagtailcore_page_live_revision_id_930bd822 ON public.wagtailcore_page USING btree (live_revision_id);


CREATE INDEX wagtailcore_page_locale_id_3c7e30a6 ON public.wagtailcore_page USING btree (locale_id);


CREATE INDEX wagtailcore_page_locked_by_id_bcb86245 ON public.wagtailcore_page USING btree (locked_by_id);


CREATE INDEX wagtailcore_page_owner_id_fbf7c332 ON public.wagtailcore_page USING btree (owner_id);


CREATE INDEX wagtailcore_page_path_98eba2c8_like ON public.wagtailcore_page USING btree (path varchar_pattern_ops);


CREATE INDEX wagtailcore_page_slug_e7c11b8f ON public.wagtailcore_page USING btree (slug);


CREATE INDEX wagtailcore_page_slug_e7c11b8f_like ON public.wagtailcore_page USING btree (slug varchar_pattern_ops);


CREATE INDEX wagtailcore_pagelogentry_action_c2408198 ON public.wagtailcore_pagelogentry USING btree (action);


CREATE INDEX wagtailcore_pagelogentry_action_c2408198_like ON public.wagtailcore_pagelogentry USING btree (action varchar_pattern_ops);


CREATE INDEX wagtailcore_pagelogentry_content_changed_99f27ade ON public.wagtailcore_pagelogentry USING btree (content_changed);


CREATE INDEX wagtailcore_pagelogentry_content_type_id_74e7708a ON public.wagtailcore_pagelogentry USING btree (content_type_id);


CREATE INDEX wagtailcore_pagelogentry_page_id_8464e327 ON public.wagtailcore_pagelogentry USING btree (page_id);


CREATE INDEX wagtailcore_pagelogentry_revision_id_8043d103 ON public.wagtailcore_pagelogentry USING btree (revision_id);


CREATE INDEX wagtailcore_pagelogentry_timestamp_deb774c4 ON public.wagtailcore_pagelogentry USING btree ("timestamp");


CREATE INDEX wagtailcore_pagelogentry_user_id_604ccfd8 ON public.wagtailcore_pagelogentry USING btree (user_id);


CREATE INDEX wagtailcore_pagerevision_approved_go_live_at_e56afc67 ON public.wagtailcore_revision USING btree (approved_go_live_at);


CREATE INDEX wagtailcore_pagerevision_created_at_66954e3b ON public.wagtailcore_revision USING btree (created_at);


CREATE INDEX wagtailcore_pagerevision_user_id_2409d2f4 ON public.wagtailcore_revision USING btree (user_id);


CREATE INDEX wagtailcore_pagesubscription_page_id_a085e7a6 ON public.wagtailcore_pagesubscription USING btree (page_id);


CREATE INDEX wagtailcore_pagesubscription_user_id_89d7def9 ON public.wagtailcore_pagesubscription USING btree (user_id);


CREATE INDEX wagtailcore_pageviewrestri_pageviewrestriction_id_f147a99a ON public.wagtailcore_pageviewrestriction_groups USING btree (pageviewrestriction_id);


CREATE INDEX wagtailcore_pageviewrestriction_groups_group_id_6460f223 ON public.wagtailcore_pageviewrestriction_groups USING btree (group_id);


CREATE INDEX wagtailcore_pageviewrestriction_page_id_15a8bea6 ON public.wagtailcore_pageviewrestriction USING btree (page_id);


CREATE INDEX wagtailcore_referenceindex_base_content_type_id_313cf40f ON public.wagtailcore_referenceindex USING btree (base_content_type_id);


CREATE INDEX wagtailcore_referenceindex_content_type_id_766e0336 ON public.wagtailcore_referenceindex USING btree (content_type_id);


CREATE INDEX wagtailcore_referenceindex_to_content_type_id_93690bbd ON public.wagtailcore_referenceindex USING btree (to_content_type_id);


CREATE INDEX wagtailcore_revision_base_content_type_id_5b4ef7bd ON public.wagtailcore_revision USING btree (base_content_type_id);


CREATE INDEX wagtailcore_revision_content_type_id_c8cb69c0 ON public.wagtailcore_revision USING btree (content_type_id);


CREATE INDEX wagtailcore_site_hostname_96b20b46 ON public.wagtailcore_site USING btree (hostname);


CREATE INDEX wagtailcore_site_hostname_96b20b46_like ON public.wagtailcore_site USING btree (hostname varchar_pattern_ops);


CREATE INDEX wagtailcore_site_root_page_id_e02fb95c ON public.wagtailcore_site USING btree (root_page_id);


CREATE INDEX wagtailcore_task_content_type_id_249ab8ba ON public.wagtailcore_task USING btree (content_type_id);


CREATE INDEX wagtailcore_taskstate_content_type_id_0a758fdc ON public.wagtailcore_taskstate USING btree (content_type_id);


CREATE INDEX wagtailcore_taskstate_finished_by_id_13f98229 ON public.wagtailcore_taskstate USING btree (finished_by_id);


CREATE INDEX wagtailcore_taskstate_page_revision_id_9f52c88e ON public.wagtailcore_taskstate USING btree (revision_id);


CREATE INDEX wagtailcore_taskstate_task_id_c3677c34 ON public.wagtailcore_taskstate USING btree (task_id);


CREATE INDEX wagtailcore_taskstate_workflow_state_id_9239a775 ON public.wagtailcore_taskstate USING btree (workflow_state_id);


CREATE INDEX wagtailcore_uploadedfile_for_content_type_id_b0fc87b2 ON public.wagtailcore_uploadedfile USING btree (for_content_type_id);


CREATE INDEX wagtailcore_uploadedfile_uploaded_by_user_id_c7580fe8 ON public.wagtailcore_uploadedfile USING btree (uploaded_by_user_id);


CREATE INDEX wagtailcore_uuid_06a44d_idx ON public.wagtailcore_pagelogentry USING btree (uuid, action, "timestamp" DESC);


CREATE INDEX wagtailcore_uuid_d6363b_idx ON public.wagtailcore_modellogentry USING btree (uuid, action, "timestamp" DESC);


CREATE INDEX wagtailcore_workflowcontenttype_workflow_id_9aad7cd2 ON public.wagtailcore_workflowcontenttype USING btree (workflow_id);


CREATE INDEX wagtailcore_workflowpage_workflow_id_56f56ff6 ON public.wagtailcore_workflowpage USING btree (workflow_id);


CREATE INDEX wagtailcore_workflowstate_base_content_type_id_a30dc576 ON public.wagtailcore_workflowstate USING btree (base_content_type_id);


CREATE INDEX wagtailcore_workflowstate_content_type_id_2bb78ce1 ON public.wagtailcore_workflowstate USING btree (content_type_id);


CREATE INDEX wagtailcore_workflowstate_requested_by_id_4090bca3 ON public.wagtailcore_workflowstate USING btree (requested_by_id);


CREATE INDEX wagtailcore_workflowstate_workflow_id_1f18378f ON public.wagtailcore_workflowstate USING btree (workflow_id);


CREATE INDEX wagtailcore_workflowtask_task_id_ce7716fe ON public.wagtailcore_workflowtask USING btree (task_id);


CREATE INDEX wagtailcore_workflowtask_workflow_id_b9717175 ON public.wagtailcore_workflowtask USING btree (workflow_id);


CREATE INDEX wagtaildocs_document_collection_id_23881625 ON public.wagtaildocs_document USING btree (collection_id);


CREATE INDEX wagtaildocs_document_uploaded_by_user_id_17258b41 ON public.wagtaildocs_document USING btree (uploaded_by_user_id);


CREATE INDEX wagtailembeds_embed_cache_until_26c94bb0 ON public.wagtailembeds_embed USING btree (cache_until);


CREATE INDEX wagtailembeds_embed_hash_c9bd8c9a_like ON public.wagtailembeds_embed USING btree (hash varchar_pattern_ops);


CREATE INDEX wagtailforms_formsubmission_page_id_e48e93e7 ON public.wagtailforms_formsubmission USING btree (page_id);


CREATE INDEX wagtailimages_image_collection_id_c2f8af7e ON public.wagtailimages_image USING btree (collection_id);


CREATE INDEX wagtailimages_image_created_at_86fa6cd4 ON public.wagtailimages_image USING btree (created_at);


CREATE INDEX wagtailimages_image_file_hash_fb5bbb23 ON public.wagtailimages_image USING btree (file_hash);


CREATE INDEX wagtailimages_image_file_hash_fb5bbb23_like ON public.wagtailimages_image USING btree (file_hash varchar_pattern_ops);


CREATE INDEX wagtailimages_image_uploaded_by_user_id_5d73dc75 ON public.wagtailimages_image USING btree (uploaded_by_user_id);


CREATE INDEX wagtailimages_rendition_filter_spec_1cba3201 ON public.wagtailimages_rendition USING btree (filter_spec);


CREATE INDEX wagtailimages_rendition_filter_spec_1cba3201_like ON public.wagtailimages_rendition USING btree (filter_spec varchar_pattern_ops);


CREATE INDEX wagtailimages_rendition_image_id_3e1fd774 ON public.wagtailimages_rendition USING btree (image_id);


CREATE INDEX wagtailredirects_redirect_old_path_bb35247b ON public.wagtailredirects_redirect USING btree (old_path);


CREATE INDEX wagtailredirects_redirect_old_path_bb35247b_like ON public.wagtailredirects_redirect USING btree (old_path varchar_pattern_ops);


CREATE INDEX wagtailredirects_redirect_redirect_page_id_b5728a8f ON public.wagtailredirects_redirect USING btree (redirect_page_id);


CREATE INDEX wagtailredirects_redirect_site_id_780a0e1e ON public.wagtailredirects_redirect USING btree (site_id);


CREATE INDEX wagtailsear_autocom_476c89_gin ON public.wagtailsearch_indexentry USING gin (autocomplete);


CREATE INDEX wagtailsear_body_90c85d_gin ON public.wagtailsearch_indexentry USING gin (body);


CREATE INDEX wagtailsear_title_9caae0_gin ON public.wagtailsearch_indexentry USING gin (title);


CREATE INDEX wagtailsearch_indexentry_content_type_id_62ed694f ON public.wagtailsearch_indexentry USING btree (content_type_id);


CREATE INDEX workflowstate_base_ct_id_idx ON public.wagtailcore_workflowstate USING btree (base_content_type_id, object_id);


CREATE INDEX workflowstate_ct_id_idx ON public.wagtailcore_workflowstate USING btree (content_type_id, object_id);


CREATE TRIGGER access_accessrequest_begins BEFORE INSERT ON public.access_accessrequest FOR EACH ROW WHEN ((((new.state)::text <> 'draft'::text) OR (new.reason <> ''::text) OR (new.submitted_at IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER access_accessrequest_forgets BEFORE UPDATE ON public.access_accessrequest FOR EACH ROW WHEN (((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE CONSTRAINT TRIGGER access_accessrequest_person AFTER UPDATE ON public.access_accessrequest DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.person_id IS DISTINCT FROM new.person_id)) EXECUTE FUNCTION public.access_person_erased('person_id');


CREATE TRIGGER access_accessrequest_reason BEFORE UPDATE ON public.access_accessrequest FOR EACH ROW WHEN ((old.reason IS DISTINCT FROM new.reason)) EXECUTE FUNCTION public.access_reason_told('access.AccessRequest');


CREATE TRIGGER access_accessrequest_sent BEFORE UPDATE ON public.access_accessrequest FOR EACH ROW WHEN (((old.submitted_at IS DISTINCT FROM new.submitted_at) AND ((new.state)::text <> 'submitted'::text))) EXECUTE FUNCTION public.core_owner_alone('is sent as it is submitted');


CREATE TRIGGER access_accessrequest_since BEFORE UPDATE ON public.access_accessrequest FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER access_accessrequest_steps BEFORE UPDATE ON public.access_accessrequest FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('access.AccessRequest');


CREATE TRIGGER access_accessrequest_words BEFORE UPDATE ON public.access_accessrequest FOR EACH ROW WHEN ((((((((((old.purpose)::text IS DISTINCT FROM (new.purpose)::text) OR (old.why IS DISTINCT FROM new.why)) OR (old.days IS DISTINCT FROM new.days)) OR (old.scopes IS DISTINCT FROM new.scopes)) OR (old.organisation_id IS DISTINCT FROM new.organisation_id)) OR (old.questions IS DISTINCT FROM new.questions)) OR (old.answers IS DISTINCT FROM new.answers)) AND ((old.state)::text <> ALL ((ARRAY['draft'::character varying, 'returned'::character varying])::text[])) AND (NOT ((new.person_id IS NULL) AND (new.why = ''::text) AND (new.answers = '{}'::text[]) AND (NOT ((((((old.purpose)::text IS DISTINCT FROM (new.purpose)::text) OR (old.days IS DISTINCT FROM new.days)) OR (old.scopes IS DISTINCT FROM new.scopes)) OR (old.organisation_id IS DISTINCT FROM new.organisation_id)) OR (old.questions IS DISTINCT FROM new.questions))))))) EXECUTE FUNCTION public.core_owner_alone('what was sent stays as it was sent');


CREATE TRIGGER access_agreement_answers BEFORE INSERT ON public.access_agreement FOR EACH ROW EXECUTE FUNCTION public.access_agreement_answers();


CREATE TRIGGER access_agreement_guard BEFORE UPDATE ON public.access_agreement FOR EACH ROW EXECUTE FUNCTION public.access_agreement_guard();


CREATE CONSTRAINT TRIGGER access_agreement_person AFTER UPDATE ON public.access_agreement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.person_id IS DISTINCT FROM new.person_id)) EXECUTE FUNCTION public.access_person_erased('person_id');


CREATE TRIGGER access_agreement_stays BEFORE DELETE ON public.access_agreement FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER access_agreement_told BEFORE INSERT ON public.access_agreement FOR EACH ROW EXECUTE FUNCTION public.core_told('access.Agreement', 'id', 'agreement.made');


CREATE TRIGGER access_grant_begins BEFORE INSERT ON public.access_grant FOR EACH ROW WHEN ((((new.state)::text <> 'active'::text) OR (new.reason <> ''::text) OR new.held OR new.paused OR ((new.key_digest)::text <> ''::text) OR (new.key_person_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER access_grant_by_agreement BEFORE INSERT ON public.access_grant FOR EACH ROW EXECUTE FUNCTION public.access_grant_by_agreement();


CREATE TRIGGER access_grant_forgets BEFORE UPDATE ON public.access_grant FOR EACH ROW WHEN (((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER access_grant_held BEFORE UPDATE ON public.access_grant FOR EACH ROW WHEN (((old.held IS DISTINCT FROM new.held) OR (old.paused IS DISTINCT FROM new.paused))) EXECUTE FUNCTION public.access_grant_held();


CREATE TRIGGER access_grant_key_told BEFORE UPDATE ON public.access_grant FOR EACH ROW WHEN ((((new.key_digest)::text <> ''::text) AND ((old.key_digest)::text IS DISTINCT FROM (new.key_digest)::text))) EXECUTE FUNCTION public.core_told('access.Grant', 'id', 'grant.key_made');


CREATE CONSTRAINT TRIGGER access_grant_person AFTER UPDATE ON public.access_grant DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.person_id IS DISTINCT FROM new.person_id)) EXECUTE FUNCTION public.access_person_erased('person_id');


CREATE TRIGGER access_grant_reason BEFORE UPDATE ON public.access_grant FOR EACH ROW WHEN ((old.reason IS DISTINCT FROM new.reason)) EXECUTE FUNCTION public.access_reason_told('access.Grant');


CREATE TRIGGER access_grant_since BEFORE UPDATE ON public.access_grant FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER access_grant_stays BEFORE DELETE ON public.access_grant FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER access_grant_steps BEFORE UPDATE ON public.access_grant FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('access.Grant');


CREATE TRIGGER access_grant_told BEFORE INSERT ON public.access_grant FOR EACH ROW EXECUTE FUNCTION public.core_told('access.Grant', 'id', 'grant.given');


CREATE TRIGGER access_permission_mirrors BEFORE INSERT ON public.guardian_userobjectpermission FOR EACH ROW EXECUTE FUNCTION public.access_permission_mirrors();


CREATE TRIGGER access_policy_told BEFORE INSERT OR UPDATE ON public.access_policy FOR EACH ROW EXECUTE FUNCTION public.core_told('access.Policy', 'id', 'access_policy.edited');


CREATE TRIGGER account_emailaddress_added AFTER INSERT ON public.account_emailaddress FOR EACH ROW WHEN (new.verified) EXECUTE FUNCTION public.accounts_tell_way_in('person.address_changed', 'user_id');


CREATE TRIGGER account_emailaddress_changed AFTER UPDATE ON public.account_emailaddress FOR EACH ROW WHEN (((((old.email)::text IS DISTINCT FROM (new.email)::text) OR (old.verified IS DISTINCT FROM new.verified)) OR (old.user_id IS DISTINCT FROM new.user_id))) EXECUTE FUNCTION public.accounts_tell_way_in('person.address_changed', 'user_id');


CREATE TRIGGER account_emailaddress_removed AFTER DELETE ON public.account_emailaddress FOR EACH ROW WHEN (old.verified) EXECUTE FUNCTION public.accounts_tell_way_in('person.address_changed', 'user_id');


CREATE TRIGGER accounts_erasure_asked BEFORE INSERT ON public.accounts_erasurerequest FOR EACH ROW EXECUTE FUNCTION public.accounts_erasure_asked();


CREATE TRIGGER accounts_invitation_accepted BEFORE UPDATE ON public.accounts_invitation FOR EACH ROW WHEN (((old.accepted_at IS NOT NULL) AND (old.accepted_at IS DISTINCT FROM new.accepted_at))) EXECUTE FUNCTION public.core_owner_alone('what was accepted stays so');


CREATE TRIGGER accounts_invitation_begins BEFORE INSERT ON public.accounts_invitation FOR EACH ROW EXECUTE FUNCTION public.accounts_invitation_told();


CREATE TRIGGER accounts_invitation_longer BEFORE UPDATE ON public.accounts_invitation FOR EACH ROW WHEN ((new.expires_at > old.expires_at)) EXECUTE FUNCTION public.accounts_invitation_longer();


CREATE TRIGGER accounts_mail_addressed BEFORE UPDATE ON public.accounts_mail FOR EACH ROW WHEN ((((new.address)::text <> ''::text) AND ((new.address)::text <> (old.address)::text))) EXECUTE FUNCTION public.core_owner_alone('goes to whom it was written to');


CREATE TRIGGER accounts_mail_begins_soon BEFORE INSERT ON public.accounts_mail FOR EACH ROW WHEN (((new.due_at > (now() + '12:05:00'::interval)) OR (new.leased_until > (now() + '00:07:00'::interval)))) EXECUTE FUNCTION public.core_owner_alone('is due within half a day, and leased for minutes');


CREATE TRIGGER accounts_mail_put_off BEFORE UPDATE ON public.accounts_mail FOR EACH ROW WHEN ((((new.due_at IS DISTINCT FROM old.due_at) AND (new.due_at > (now() + '12:05:00'::interval))) OR ((new.leased_until IS DISTINCT FROM old.leased_until) AND (new.leased_until > (now() + '00:07:00'::interval))))) EXECUTE FUNCTION public.core_owner_alone('waits half a day at most, and is leased for minutes');


CREATE TRIGGER accounts_membership_begins BEFORE INSERT ON public.accounts_membership FOR EACH ROW EXECUTE FUNCTION public.accounts_membership_told();


CREATE TRIGGER accounts_membership_changes BEFORE UPDATE ON public.accounts_membership FOR EACH ROW WHEN (((old.role)::text IS DISTINCT FROM (new.role)::text)) EXECUTE FUNCTION public.accounts_membership_told();


CREATE CONSTRAINT TRIGGER accounts_membership_ended AFTER DELETE ON public.accounts_membership DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.accounts_ending_told('membership');


CREATE TRIGGER accounts_organisation_begins BEFORE INSERT ON public.accounts_organisation FOR EACH ROW WHEN (((new.state)::text <> 'unchecked'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER accounts_organisation_steps BEFORE UPDATE ON public.accounts_organisation FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('accounts.Organisation');


CREATE TRIGGER accounts_person_address AFTER UPDATE ON public.accounts_person FOR EACH ROW WHEN ((((old.email)::text IS DISTINCT FROM (new.email)::text) AND new.is_active)) EXECUTE FUNCTION public.accounts_tell_way_in('person.address_changed', 'id');


CREATE TRIGGER accounts_person_begins BEFORE INSERT ON public.accounts_person FOR EACH ROW WHEN ((new.is_superuser OR new.is_staff OR (new.erased_at IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins without powers');


CREATE CONSTRAINT TRIGGER accounts_person_closed AFTER UPDATE ON public.accounts_person DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.is_active AND (NOT new.is_active))) EXECUTE FUNCTION public.accounts_ending_told('account');


CREATE CONSTRAINT TRIGGER accounts_person_dismissed AFTER UPDATE ON public.accounts_person DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.is_staff AND (NOT new.is_staff))) EXECUTE FUNCTION public.accounts_ending_told('staff');


CREATE CONSTRAINT TRIGGER accounts_person_groups_ended AFTER DELETE ON public.accounts_person_groups DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.accounts_ending_told('group');


CREATE TRIGGER accounts_person_keeps BEFORE UPDATE ON public.accounts_person FOR EACH ROW WHEN (((((old.id IS DISTINCT FROM new.id) OR (old.is_superuser IS DISTINCT FROM new.is_superuser)) OR (old.joined_at IS DISTINCT FROM new.joined_at)) OR ((old.erased_at IS NOT NULL) AND ((new.erased_at IS NULL) OR new.is_active)))) EXECUTE FUNCTION public.core_owner_alone('stays what it is');


CREATE TRIGGER accounts_person_password AFTER UPDATE ON public.accounts_person FOR EACH ROW WHEN ((((old.password)::text IS DISTINCT FROM (new.password)::text) AND ((new.password)::text !~~ '!%'::text))) EXECUTE FUNCTION public.accounts_tell_way_in('person.password_changed', 'id');


CREATE TRIGGER accounts_person_stays BEFORE DELETE ON public.accounts_person FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER accounts_person_told BEFORE UPDATE ON public.accounts_person FOR EACH ROW WHEN (((new.is_staff AND (NOT old.is_staff)) OR (new.is_active AND (NOT old.is_active)))) EXECUTE FUNCTION public.accounts_person_told();


CREATE TRIGGER accounts_power_told BEFORE INSERT ON public.accounts_person_groups FOR EACH ROW EXECUTE FUNCTION public.accounts_power_told();


CREATE TRIGGER accounts_registryentry_in AFTER INSERT ON public.accounts_registryentry REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.accounts_registry_told();


CREATE TRIGGER accounts_registryentry_out AFTER DELETE ON public.accounts_registryentry REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION public.accounts_registry_told();


CREATE CONSTRAINT TRIGGER accounts_registryupload_named AFTER UPDATE ON public.accounts_registryupload DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.uploaded_by_id IS DISTINCT FROM new.uploaded_by_id)) EXECUTE FUNCTION public.accounts_registryupload_named();


CREATE TRIGGER accounts_registryupload_told BEFORE INSERT ON public.accounts_registryupload FOR EACH ROW EXECUTE FUNCTION public.accounts_registryupload_told();


CREATE TRIGGER accounts_residency_begins BEFORE INSERT ON public.accounts_residency FOR EACH ROW WHEN ((((new.state)::text <> 'requested'::text) OR (new.verified_at IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE CONSTRAINT TRIGGER accounts_residency_born AFTER UPDATE ON public.accounts_residency DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((old.state)::text = 'verified'::text) AND (old.born IS NOT NULL) AND (new.born IS NULL))) EXECUTE FUNCTION public.accounts_ending_told('born');


CREATE TRIGGER accounts_residency_keeps BEFORE UPDATE ON public.accounts_residency FOR EACH ROW WHEN ((((old.state)::text = 'verified'::text) AND (((((((old.area_id IS DISTINCT FROM new.area_id) OR ((old.method)::text IS DISTINCT FROM (new.method)::text)) OR (old.verified_at IS DISTINCT FROM new.verified_at)) OR (old.expires_at IS DISTINCT FROM new.expires_at)) OR ((old.identity)::text IS DISTINCT FROM (new.identity)::text)) OR ((old.document)::text IS DISTINCT FROM (new.document)::text)) OR ((new.born IS NOT NULL) AND (new.born IS DISTINCT FROM old.born))))) EXECUTE FUNCTION public.core_owner_alone('what was proven stays');


CREATE TRIGGER accounts_residency_steps BEFORE UPDATE ON public.accounts_residency FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('accounts.Residency');


CREATE TRIGGER accounts_residency_verified BEFORE UPDATE ON public.accounts_residency FOR EACH ROW WHEN ((((old.state)::text <> 'verified'::text) AND (old.verified_at IS NOT NULL) AND (old.verified_at IS DISTINCT FROM new.verified_at))) EXECUTE FUNCTION public.core_owner_alone('what was proven stays');


CREATE TRIGGER accounts_staffinvitation_begins BEFORE INSERT ON public.accounts_staffinvitation FOR EACH ROW WHEN (((new.state)::text <> 'open'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER accounts_staffinvitation_link AFTER UPDATE ON public.accounts_staffinvitation FOR EACH ROW WHEN (((old.token_hash)::text IS DISTINCT FROM (new.token_hash)::text)) EXECUTE FUNCTION public.accounts_tell_staff_link();


CREATE TRIGGER accounts_staffinvitation_sent BEFORE INSERT ON public.accounts_staffinvitation FOR EACH ROW EXECUTE FUNCTION public.accounts_staff_invitation_told();


CREATE TRIGGER accounts_staffinvitation_steps BEFORE UPDATE ON public.accounts_staffinvitation FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('accounts.StaffInvitation');


CREATE TRIGGER accounts_staffinvitation_told BEFORE UPDATE ON public.accounts_staffinvitation FOR EACH ROW WHEN (((new.invited_by_id IS NOT NULL) AND ((((new.state)::text = 'accepted'::text) AND ((old.state)::text = 'open'::text)) OR ((old.invited_by_id IS DISTINCT FROM new.invited_by_id) OR (old.expires_at IS DISTINCT FROM new.expires_at))))) EXECUTE FUNCTION public.accounts_staff_invitation_told();


CREATE TRIGGER analytics_savedquery_guard BEFORE UPDATE ON public.analytics_savedquery FOR EACH ROW EXECUTE FUNCTION public.analytics_savedquery_guard();


CREATE TRIGGER analytics_savedquery_stays BEFORE DELETE ON public.analytics_savedquery FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE CONSTRAINT TRIGGER calls_area_told AFTER UPDATE ON public.accounts_area DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.parent_id IS DISTINCT FROM new.parent_id)) EXECUTE FUNCTION public.calls_area_told();


CREATE CONSTRAINT TRIGGER calls_areas_told AFTER INSERT OR DELETE ON public.calls_call_areas DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.calls_areas_told();


CREATE TRIGGER calls_call_age_frozen BEFORE UPDATE ON public.calls_call FOR EACH ROW WHEN ((((old.state)::text <> 'draft'::text) AND (old.minimum_age IS DISTINCT FROM new.minimum_age))) EXECUTE FUNCTION public.calls_rules_frozen();


CREATE TRIGGER calls_call_begins BEFORE INSERT ON public.calls_call FOR EACH ROW WHEN (((new.state)::text <> 'draft'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER calls_call_steps BEFORE UPDATE ON public.calls_call FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('calls.Call');


CREATE CONSTRAINT TRIGGER calls_phase_told AFTER INSERT OR DELETE ON public.calls_phase DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.calls_plan_told();


CREATE TRIGGER calls_rules_frozen BEFORE UPDATE ON public.calls_call FOR EACH ROW WHEN ((((old.state)::text <> 'draft'::text) AND (((((((old.budget_minor IS DISTINCT FROM new.budget_minor) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR ((old.eligibility)::text IS DISTINCT FROM (new.eligibility)::text)) OR ((old.ballot_kind)::text IS DISTINCT FROM (new.ballot_kind)::text)) OR (old.ballot_max IS DISTINCT FROM new.ballot_max)) OR ((old.tally_rule)::text IS DISTINCT FROM (new.tally_rule)::text)) OR ((old.completion)::text IS DISTINCT FROM (new.completion)::text)))) EXECUTE FUNCTION public.calls_rules_frozen();


CREATE TRIGGER campaigns_campaign_begins BEFORE INSERT ON public.campaigns_campaign FOR EACH ROW WHEN ((((new.state)::text <> 'draft'::text) OR (new.opened_at IS NOT NULL) OR (new.grace_ends_at IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER campaigns_campaign_stays_open BEFORE UPDATE OF state ON public.campaigns_campaign FOR EACH ROW WHEN ((((new.state)::text = 'draft'::text) AND ((old.state)::text <> 'draft'::text))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER campaigns_campaign_steps BEFORE UPDATE ON public.campaigns_campaign FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('campaigns.Campaign');


CREATE TRIGGER campaigns_instalment_begins BEFORE INSERT ON public.campaigns_instalment FOR EACH ROW WHEN (((new.state)::text <> 'due'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER campaigns_instalment_steps BEFORE UPDATE ON public.campaigns_instalment FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('campaigns.Instalment');


CREATE TRIGGER campaigns_month_is_promised BEFORE INSERT ON public.campaigns_instalment FOR EACH ROW EXECUTE FUNCTION public.campaigns_month_is_promised();


CREATE TRIGGER campaigns_pledge_begins BEFORE INSERT ON public.campaigns_pledge FOR EACH ROW WHEN ((((new.state)::text <> 'started'::text) OR (new.collected_at IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER campaigns_pledge_fits BEFORE INSERT ON public.campaigns_pledge FOR EACH ROW EXECUTE FUNCTION public.campaigns_pledge_fits();


CREATE CONSTRAINT TRIGGER campaigns_pledge_is_told AFTER UPDATE ON public.campaigns_pledge DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.amount_minor <> new.amount_minor)) EXECUTE FUNCTION public.campaigns_pledge_is_told();


CREATE TRIGGER campaigns_pledge_kept BEFORE DELETE ON public.campaigns_pledge FOR EACH ROW EXECUTE FUNCTION public.campaigns_pledge_stays();


CREATE TRIGGER campaigns_pledge_method_own BEFORE INSERT OR UPDATE OF method_id ON public.campaigns_pledge FOR EACH ROW WHEN ((new.method_id IS NOT NULL)) EXECUTE FUNCTION public.payouts_method_is_the_givers();


CREATE TRIGGER campaigns_pledge_named BEFORE UPDATE ON public.campaigns_pledge FOR EACH ROW WHEN ((old.anonymous <> new.anonymous)) EXECUTE FUNCTION public.campaigns_name_told();


CREATE TRIGGER campaigns_pledge_stays BEFORE UPDATE ON public.campaigns_pledge FOR EACH ROW WHEN ((((((((old.campaign_id IS DISTINCT FROM new.campaign_id) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR ((old.frequency)::text IS DISTINCT FROM (new.frequency)::text)) OR (old.months IS DISTINCT FROM new.months)) OR (old.token IS DISTINCT FROM new.token)) OR ((old.provider)::text IS DISTINCT FROM (new.provider)::text)) OR ((old.amount_minor <> new.amount_minor) AND (((old.state)::text <> 'active'::text) OR (old.collected_at IS NOT NULL))) OR ((old.person_id IS DISTINCT FROM new.person_id) AND (new.person_id IS NOT NULL)) OR ((old.collected_at IS NOT NULL) AND (old.collected_at IS DISTINCT FROM new.collected_at)))) EXECUTE FUNCTION public.campaigns_pledge_stays();


CREATE TRIGGER campaigns_pledge_steps BEFORE UPDATE ON public.campaigns_pledge FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('campaigns.Pledge');


CREATE TRIGGER campaigns_pledge_still_fits BEFORE UPDATE ON public.campaigns_pledge FOR EACH ROW WHEN ((old.amount_minor <> new.amount_minor)) EXECUTE FUNCTION public.campaigns_pledge_fits();


CREATE TRIGGER campaigns_stretch_goals_stay BEFORE INSERT OR DELETE OR UPDATE ON public.campaigns_stretchgoal FOR EACH ROW EXECUTE FUNCTION public.campaigns_stretch_goals_stay();


CREATE TRIGGER campaigns_terms_stay BEFORE UPDATE ON public.campaigns_campaign FOR EACH ROW WHEN ((((old.state)::text <> 'draft'::text) AND ((((((((((((old.project_id IS DISTINCT FROM new.project_id) OR ((old.book)::text IS DISTINCT FROM (new.book)::text)) OR ((old.rule)::text IS DISTINCT FROM (new.rule)::text)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR (old.goal_minor IS DISTINCT FROM new.goal_minor)) OR (old.cap_minor IS DISTINCT FROM new.cap_minor)) OR (old.pledge_min_minor IS DISTINCT FROM new.pledge_min_minor)) OR (old.pledge_max_minor IS DISTINCT FROM new.pledge_max_minor)) OR (old.sponsor_share_max_bp IS DISTINCT FROM new.sponsor_share_max_bp)) OR (old.use IS DISTINCT FROM new.use)) OR (old.ends_at IS DISTINCT FROM new.ends_at)) OR (old.opened_at IS DISTINCT FROM new.opened_at)))) EXECUTE FUNCTION public.campaigns_terms_stay();


CREATE TRIGGER catalogue_dataset_answers BEFORE UPDATE ON public.catalogue_dataset FOR EACH ROW WHEN (((old.answers IS DISTINCT FROM new.answers) AND (old.latest = new.latest))) EXECUTE FUNCTION public.core_owner_alone('answers are remembered with a revision');


CREATE TRIGGER catalogue_dataset_begins BEFORE INSERT ON public.catalogue_dataset FOR EACH ROW WHEN ((((new.state)::text <> 'draft'::text) OR (new.latest <> 0) OR (new.revised_at IS NOT NULL) OR new.held)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER catalogue_dataset_held_told BEFORE UPDATE ON public.catalogue_dataset FOR EACH ROW WHEN (((old.held IS DISTINCT FROM new.held) OR (old.reason IS DISTINCT FROM new.reason))) EXECUTE FUNCTION public.catalogue_dataset_held_told();


CREATE TRIGGER catalogue_dataset_latest BEFORE INSERT OR UPDATE OF latest, revised_at ON public.catalogue_dataset FOR EACH ROW EXECUTE FUNCTION public.catalogue_dataset_latest();


CREATE TRIGGER catalogue_dataset_revised_told BEFORE UPDATE ON public.catalogue_dataset FOR EACH ROW WHEN (((new.harvested_from_id IS NOT NULL) AND (old.revised_at IS NOT NULL) AND (old.revised_at IS DISTINCT FROM new.revised_at))) EXECUTE FUNCTION public.catalogue_original_told('id');


CREATE TRIGGER catalogue_dataset_series BEFORE INSERT OR UPDATE OF series_id, publisher_id ON public.catalogue_dataset FOR EACH ROW WHEN ((new.series_id IS NOT NULL)) EXECUTE FUNCTION public.catalogue_dataset_series();


CREATE TRIGGER catalogue_dataset_series_told BEFORE UPDATE ON public.catalogue_dataset FOR EACH ROW WHEN ((old.series_id IS DISTINCT FROM new.series_id)) EXECUTE FUNCTION public.catalogue_dataset_told();


CREATE TRIGGER catalogue_dataset_since BEFORE UPDATE ON public.catalogue_dataset FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER catalogue_dataset_stays BEFORE DELETE ON public.catalogue_dataset FOR EACH ROW WHEN (((old.state)::text <> 'draft'::text)) EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER catalogue_dataset_steps BEFORE UPDATE ON public.catalogue_dataset FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('catalogue.Dataset');


CREATE TRIGGER catalogue_dataset_told BEFORE UPDATE ON public.catalogue_dataset FOR EACH ROW WHEN (((((((((((((old.title)::text IS DISTINCT FROM (new.title)::text) OR (old.description IS DISTINCT FROM new.description)) OR (old.keywords IS DISTINCT FROM new.keywords)) OR ((old.theme)::text IS DISTINCT FROM (new.theme)::text)) OR ((old.frequency)::text IS DISTINCT FROM (new.frequency)::text)) OR ((old.licence)::text IS DISTINCT FROM (new.licence)::text)) OR ((old.high_value_category)::text IS DISTINCT FROM (new.high_value_category)::text)) OR ((old.access_level)::text IS DISTINCT FROM (new.access_level)::text)) OR (old.area_id IS DISTINCT FROM new.area_id)) OR (old.first_day IS DISTINCT FROM new.first_day)) OR (old.last_day IS DISTINCT FROM new.last_day))) EXECUTE FUNCTION public.catalogue_dataset_told();


CREATE TRIGGER catalogue_distribution_append_only BEFORE DELETE OR UPDATE ON public.catalogue_distribution FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER catalogue_distribution_comes_with_revision BEFORE INSERT ON public.catalogue_distribution FOR EACH ROW EXECUTE FUNCTION public.catalogue_distribution_comes_with_revision();


CREATE TRIGGER catalogue_distribution_is_found BEFORE INSERT ON public.catalogue_distribution FOR EACH ROW EXECUTE FUNCTION public.catalogue_distribution_is_found();


CREATE TRIGGER catalogue_harvest_begins BEFORE INSERT ON public.catalogue_harvest FOR EACH ROW WHEN ((((new.state)::text <> 'running'::text) OR (new.reason <> ''::text) OR ((((((((new.found + new.leaving) + new.created) + new.updated) + new.unchanged) + new.linked) + new.removed) + new.failed) > 0))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER catalogue_harvest_stays BEFORE UPDATE ON public.catalogue_harvest FOR EACH ROW WHEN (((old.state)::text = ANY ((ARRAY['done'::character varying, 'failed'::character varying, 'declined'::character varying])::text[]))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER catalogue_harvest_steps BEFORE UPDATE ON public.catalogue_harvest FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('catalogue.Harvest');


CREATE TRIGGER catalogue_harvest_told BEFORE INSERT ON public.catalogue_harvest FOR EACH ROW EXECUTE FUNCTION public.core_told('catalogue.Harvest', 'id', 'harvest.begun');


CREATE TRIGGER catalogue_harveststep_begins_soon BEFORE INSERT ON public.catalogue_harveststep FOR EACH ROW WHEN (((new.due_at > (now() + '00:15:00'::interval)) OR (new.leased_until > (now() + '00:15:00'::interval)))) EXECUTE FUNCTION public.core_owner_alone('is due within minutes, and leased for minutes');


CREATE TRIGGER catalogue_harveststep_put_off BEFORE UPDATE ON public.catalogue_harveststep FOR EACH ROW WHEN ((((old.due_at IS DISTINCT FROM new.due_at) AND (new.due_at > (now() + '02:05:00'::interval))) OR ((old.leased_until IS DISTINCT FROM new.leased_until) AND (new.leased_until > (now() + '00:15:00'::interval))))) EXECUTE FUNCTION public.core_owner_alone('waits hours at most, and is leased for minutes');


CREATE TRIGGER catalogue_original_begins BEFORE INSERT ON public.catalogue_original FOR EACH ROW EXECUTE FUNCTION public.core_told('catalogue.Dataset', 'dataset_id', 'dataset.created');


CREATE TRIGGER catalogue_original_told BEFORE UPDATE ON public.catalogue_original FOR EACH ROW EXECUTE FUNCTION public.catalogue_original_told('dataset_id');


CREATE TRIGGER catalogue_rejectedrow_stays BEFORE DELETE ON public.catalogue_rejectedrow FOR EACH ROW EXECUTE FUNCTION public.catalogue_rejectedrow_stays();


CREATE TRIGGER catalogue_revision_counts BEFORE INSERT ON public.catalogue_revision FOR EACH ROW EXECUTE FUNCTION public.catalogue_revision_counts();


CREATE TRIGGER catalogue_revision_guard BEFORE UPDATE ON public.catalogue_revision FOR EACH ROW EXECUTE FUNCTION public.catalogue_revision_guard();


CREATE CONSTRAINT TRIGGER catalogue_revision_has_file AFTER INSERT ON public.catalogue_revision DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.catalogue_revision_has_file();


CREATE CONSTRAINT TRIGGER catalogue_revision_is_latest AFTER INSERT ON public.catalogue_revision DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.catalogue_revision_is_latest();


CREATE CONSTRAINT TRIGGER catalogue_revision_person AFTER UPDATE ON public.catalogue_revision DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.person_id IS DISTINCT FROM new.person_id)) EXECUTE FUNCTION public.catalogue_person_erased();


CREATE TRIGGER catalogue_revision_stays BEFORE DELETE ON public.catalogue_revision FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER catalogue_revision_told BEFORE INSERT ON public.catalogue_revision FOR EACH ROW EXECUTE FUNCTION public.core_told('catalogue.Revision', 'id', 'revision.published');


CREATE TRIGGER catalogue_series_edited BEFORE UPDATE ON public.catalogue_series FOR EACH ROW EXECUTE FUNCTION public.core_told('catalogue.Series', 'id', 'series.edited');


CREATE TRIGGER catalogue_series_told BEFORE INSERT ON public.catalogue_series FOR EACH ROW EXECUTE FUNCTION public.core_told('catalogue.Series', 'id', 'series.created');


CREATE TRIGGER catalogue_source_begins BEFORE INSERT ON public.catalogue_source FOR EACH ROW WHEN (((new.state)::text <> 'active'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER catalogue_source_since BEFORE UPDATE ON public.catalogue_source FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER catalogue_source_steps BEFORE UPDATE ON public.catalogue_source FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('catalogue.Source');


CREATE TRIGGER catalogue_source_told BEFORE INSERT ON public.catalogue_source FOR EACH ROW EXECUTE FUNCTION public.core_told('catalogue.Source', 'id', 'source.added');


CREATE TRIGGER catalogue_upload_begins BEFORE INSERT ON public.catalogue_upload FOR EACH ROW WHEN ((((new.state)::text <> 'receiving'::text) OR (new.found IS NOT NULL) OR (new.proposal IS NOT NULL) OR (new.received <>
        CASE new.file
            WHEN ''::text THEN (0)::bigint
            ELSE new.size
        END))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER catalogue_upload_forgets BEFORE UPDATE ON public.catalogue_upload FOR EACH ROW WHEN (((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER catalogue_upload_found BEFORE UPDATE ON public.catalogue_upload FOR EACH ROW WHEN ((((((old.found IS DISTINCT FROM new.found) OR ((old.parquet)::text IS DISTINCT FROM (new.parquet)::text)) OR ((old.csv)::text IS DISTINCT FROM (new.csv)::text)) AND (NOT (((new.state)::text = 'read'::text) AND (old.found IS NULL) AND (new.found IS NOT NULL))) AND (NOT (((new.state)::text <> ALL ((ARRAY['read'::character varying, 'published'::character varying])::text[])) AND ((new.parquet)::text = ''::text) AND ((new.csv)::text = ''::text) AND ((new.found IS NULL) OR (new.found = old.found))))) OR (((((new.file)::text <> ''::text) AND ((new.file)::text <> (old.file)::text)) OR ((new.sha256)::text <> (old.sha256)::text)) AND (NOT (((old.file)::text = ''::text) AND ((old.sha256)::text = ''::text) AND ((old.state)::text = 'received'::text) AND ((new.state)::text = 'received'::text) AND ((new.sha256)::text <> ''::text) AND (new.proposal IS NULL) AND starts_with((new.file)::text, (('catalogue/'::text || replace((new.id)::text, '-'::text, ''::text)) || '.'::text))))))) EXECUTE FUNCTION public.core_owner_alone('what was found comes with its step');


CREATE TRIGGER catalogue_upload_is_own BEFORE INSERT ON public.catalogue_upload FOR EACH ROW EXECUTE FUNCTION public.catalogue_upload_is_own();


CREATE CONSTRAINT TRIGGER catalogue_upload_person AFTER UPDATE ON public.catalogue_upload DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.person_id IS DISTINCT FROM new.person_id) OR ((old.name)::text IS DISTINCT FROM (new.name)::text))) EXECUTE FUNCTION public.catalogue_person_erased();


CREATE TRIGGER catalogue_upload_published_stays BEFORE UPDATE ON public.catalogue_upload FOR EACH ROW WHEN ((((old.state)::text = 'published'::text) AND ((((((old.file)::text IS DISTINCT FROM (new.file)::text) OR ((old.parquet)::text IS DISTINCT FROM (new.parquet)::text)) OR ((old.csv)::text IS DISTINCT FROM (new.csv)::text)) OR (old.found IS DISTINCT FROM new.found)) OR (old.answers IS DISTINCT FROM new.answers)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER catalogue_upload_received BEFORE UPDATE ON public.catalogue_upload FOR EACH ROW WHEN ((((old.received IS DISTINCT FROM new.received) AND (NOT (((old.state)::text = 'receiving'::text) AND (new.received > old.received)))) OR ((old.expires_at IS DISTINCT FROM new.expires_at) AND (new.received = old.received)))) EXECUTE FUNCTION public.core_owner_alone('is received byte by byte');


CREATE TRIGGER catalogue_upload_steps BEFORE UPDATE ON public.catalogue_upload FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('catalogue.Upload');


CREATE TRIGGER catalogue_uploadstep_begins_soon BEFORE INSERT ON public.catalogue_uploadstep FOR EACH ROW WHEN (((new.due_at > (now() + '00:15:00'::interval)) OR (new.leased_until > (now() + '00:07:00'::interval)))) EXECUTE FUNCTION public.core_owner_alone('is due within minutes, and leased for minutes');


CREATE TRIGGER catalogue_uploadstep_put_off BEFORE UPDATE ON public.catalogue_uploadstep FOR EACH ROW WHEN ((((new.due_at IS DISTINCT FROM old.due_at) AND (new.due_at > (now() + '00:15:00'::interval))) OR ((new.leased_until IS DISTINCT FROM old.leased_until) AND (new.leased_until > (now() + '00:07:00'::interval))))) EXECUTE FUNCTION public.core_owner_alone('waits minutes at most, and is leased for minutes');


CREATE TRIGGER consent_collection_begins BEFORE INSERT ON public.consent_collection FOR EACH ROW WHEN (((new.state)::text <> 'draft'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER consent_collection_since BEFORE UPDATE ON public.consent_collection FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER consent_collection_stays BEFORE UPDATE ON public.consent_collection FOR EACH ROW WHEN (((((old.questions IS DISTINCT FROM new.questions) OR (old.k IS DISTINCT FROM new.k)) OR (old.publisher_id IS DISTINCT FROM new.publisher_id)) OR (((old.state)::text <> 'draft'::text) AND (((old.title)::text IS DISTINCT FROM (new.title)::text) OR (old.description IS DISTINCT FROM new.description))))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER consent_collection_steps BEFORE UPDATE ON public.consent_collection FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('consent.Collection');


CREATE TRIGGER consent_collection_told BEFORE UPDATE ON public.consent_collection FOR EACH ROW WHEN ((((old.title)::text IS DISTINCT FROM (new.title)::text) OR (old.description IS DISTINCT FROM new.description))) EXECUTE FUNCTION public.core_told('consent.Collection', 'id', 'collection.edited');


CREATE TRIGGER consent_consent_append_only BEFORE DELETE ON public.consent_consent FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER consent_consent_begins BEFORE INSERT ON public.consent_consent FOR EACH ROW WHEN (((new.state)::text <> 'given'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE CONSTRAINT TRIGGER consent_consent_person AFTER UPDATE ON public.consent_consent DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.person_id IS NOT NULL) AND (new.person_id IS NULL))) EXECUTE FUNCTION public.access_person_erased('person_id');


CREATE TRIGGER consent_consent_since BEFORE UPDATE ON public.consent_consent FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER consent_consent_stays BEFORE UPDATE ON public.consent_consent FOR EACH ROW WHEN (((((((old.purpose_id IS DISTINCT FROM new.purpose_id) OR (old.notice_id IS DISTINCT FROM new.notice_id)) OR (old.given_at IS DISTINCT FROM new.given_at)) OR (old.receipt IS DISTINCT FROM new.receipt)) OR ((old.signature)::text IS DISTINCT FROM (new.signature)::text)) OR (((old.state)::text = 'withdrawn'::text) AND ((new.state)::text <> 'withdrawn'::text)) OR (((old.withdrawn_at IS NOT NULL) OR ((new.state)::text <> 'withdrawn'::text)) AND (((old.withdrawn_at IS DISTINCT FROM new.withdrawn_at) OR (old.withdrawal IS DISTINCT FROM new.withdrawal)) OR ((old.withdrawal_signature)::text IS DISTINCT FROM (new.withdrawal_signature)::text))) OR ((new.person_id IS NOT NULL) AND (new.person_id IS DISTINCT FROM old.person_id)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER consent_consent_steps BEFORE UPDATE ON public.consent_consent FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('consent.Consent');


CREATE TRIGGER consent_consent_told BEFORE INSERT ON public.consent_consent FOR EACH ROW EXECUTE FUNCTION public.consent_told_by_its_person('consent.Consent', 'consent.given');


CREATE TRIGGER consent_deletion_begins BEFORE INSERT ON public.consent_deletion FOR EACH ROW WHEN (((new.state)::text <> 'asked'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER consent_deletion_since BEFORE UPDATE ON public.consent_deletion FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER consent_deletion_stays BEFORE UPDATE ON public.consent_deletion FOR EACH ROW WHEN ((((((old.answer)::text IS DISTINCT FROM (new.answer)::text) OR (old.words IS DISTINCT FROM new.words)) OR (old.answered_at IS DISTINCT FROM new.answered_at)) AND (((old.answer)::text <> ''::text) OR ((new.state)::text <> 'answered'::text)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER consent_deletion_steps BEFORE UPDATE ON public.consent_deletion FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('consent.Deletion');


CREATE TRIGGER consent_deletion_told BEFORE INSERT ON public.consent_deletion FOR EACH ROW EXECUTE FUNCTION public.core_told('consent.Deletion', 'id', 'deletion.asked');


CREATE TRIGGER consent_inclusion_append_only BEFORE DELETE OR UPDATE ON public.consent_inclusion FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER consent_inclusion_stands BEFORE INSERT ON public.consent_inclusion FOR EACH ROW EXECUTE FUNCTION public.consent_inclusion_stands();


CREATE TRIGGER consent_notice_append_only BEFORE DELETE OR UPDATE ON public.consent_notice FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER consent_notice_told BEFORE INSERT ON public.consent_notice FOR EACH ROW EXECUTE FUNCTION public.core_told('consent.Notice', 'id', 'notice.published');


CREATE TRIGGER consent_purpose_append_only BEFORE DELETE OR UPDATE ON public.consent_purpose FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER consent_purpose_told BEFORE INSERT ON public.consent_purpose FOR EACH ROW EXECUTE FUNCTION public.core_told('consent.Purpose', 'id', 'purpose.added');


CREATE TRIGGER consent_release_append_only BEFORE DELETE ON public.consent_release FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER consent_release_begins BEFORE INSERT ON public.consent_release FOR EACH ROW WHEN (((new.state)::text <> 'prepared'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER consent_release_follows BEFORE UPDATE ON public.consent_release FOR EACH ROW WHEN (((((old.state)::text <> (new.state)::text) AND ((new.state)::text = ANY ((ARRAY['sent'::character varying, 'published'::character varying])::text[]))) OR ((old.revision_id IS DISTINCT FROM new.revision_id) AND (new.revision_id IS NOT NULL)))) EXECUTE FUNCTION public.consent_release_follows();


CREATE CONSTRAINT TRIGGER consent_release_person AFTER UPDATE ON public.consent_release DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.person_id IS NOT NULL) AND (new.person_id IS NULL))) EXECUTE FUNCTION public.access_person_erased('person_id');


CREATE TRIGGER consent_release_since BEFORE UPDATE ON public.consent_release FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER consent_release_stays BEFORE UPDATE ON public.consent_release FOR EACH ROW WHEN (((((((((old.purpose_id IS DISTINCT FROM new.purpose_id) OR (old.notice_id IS DISTINCT FROM new.notice_id)) OR (old.rows IS DISTINCT FROM new.rows)) OR (old.people IS DISTINCT FROM new.people)) OR (old.shared IS DISTINCT FROM new.shared)) OR ((old.digest)::text IS DISTINCT FROM (new.digest)::text)) OR (old.made_at IS DISTINCT FROM new.made_at)) OR ((old.upload_id IS DISTINCT FROM new.upload_id) AND ((old.upload_id IS NOT NULL) OR ((new.state)::text <> 'sent'::text))) OR ((old.revision_id IS DISTINCT FROM new.revision_id) AND ((old.revision_id IS NOT NULL) OR ((new.state)::text <> ALL ((ARRAY['prepared'::character varying, 'sent'::character varying])::text[])))) OR ((new.person_id IS NOT NULL) AND (new.person_id IS DISTINCT FROM old.person_id)) OR (((old.state)::text = ANY ((ARRAY['suspended'::character varying, 'dropped'::character varying])::text[])) AND ((old.state)::text <> (new.state)::text)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER consent_release_steps BEFORE UPDATE ON public.consent_release FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('consent.Release');


CREATE TRIGGER consent_release_told BEFORE INSERT ON public.consent_release FOR EACH ROW EXECUTE FUNCTION public.core_told('consent.Release', 'id', 'release.prepared');


CREATE TRIGGER consent_rightsrequest_begins BEFORE INSERT ON public.consent_rightsrequest FOR EACH ROW WHEN (((new.state)::text <> 'sent'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE CONSTRAINT TRIGGER consent_rightsrequest_person AFTER UPDATE ON public.consent_rightsrequest DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.person_id IS NOT NULL) AND (new.person_id IS NULL))) EXECUTE FUNCTION public.access_person_erased('person_id');


CREATE TRIGGER consent_rightsrequest_since BEFORE UPDATE ON public.consent_rightsrequest FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER consent_rightsrequest_stays BEFORE UPDATE ON public.consent_rightsrequest FOR EACH ROW WHEN (((new.person_id IS NOT NULL) AND ((new.person_id IS DISTINCT FROM old.person_id) OR (old.words <> new.words) OR ((old.answer <> new.answer) AND ((old.answer <> ''::text) OR ((new.state)::text <> ALL ((ARRAY['fulfilled'::character varying, 'refused'::character varying])::text[]))))))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER consent_rightsrequest_steps BEFORE UPDATE ON public.consent_rightsrequest FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('consent.RightsRequest');


CREATE TRIGGER consent_rightsrequest_told BEFORE INSERT ON public.consent_rightsrequest FOR EACH ROW EXECUTE FUNCTION public.consent_told_by_its_person('consent.RightsRequest', 'rights_request.sent');


CREATE TRIGGER consent_submission_changed BEFORE UPDATE ON public.consent_submission FOR EACH ROW EXECUTE FUNCTION public.consent_told_by_its_person('consent.Submission', 'submission.changed');


CREATE CONSTRAINT TRIGGER consent_submission_gone AFTER DELETE ON public.consent_submission DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.consent_submission_gone();


CREATE TRIGGER consent_submission_stays BEFORE UPDATE ON public.consent_submission FOR EACH ROW WHEN (((new.version <> (old.version + 1)) OR (((old.collection_id IS DISTINCT FROM new.collection_id) OR (old.person_id IS DISTINCT FROM new.person_id)) OR (old.sent_at IS DISTINCT FROM new.sent_at)) OR ((new.earlier <> old.earlier) AND (new.earlier <> (old.earlier || jsonb_build_object((old.version)::text, old."values")))))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER consent_submission_told BEFORE INSERT ON public.consent_submission FOR EACH ROW EXECUTE FUNCTION public.consent_told_by_its_person('consent.Submission', 'submission.sent');


CREATE TRIGGER contributions_contribution_begins BEFORE INSERT ON public.contributions_contribution FOR EACH ROW WHEN (((new.state)::text <> 'offered'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER contributions_contribution_forgets BEFORE UPDATE ON public.contributions_contribution FOR EACH ROW WHEN (((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER contributions_contribution_steps BEFORE UPDATE ON public.contributions_contribution FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('contributions.Contribution');


CREATE TRIGGER core_delivery_begins BEFORE INSERT ON public.core_delivery FOR EACH ROW WHEN (((new.done_at IS NOT NULL) OR (new.dead_at IS NOT NULL) OR (new.lease IS NOT NULL) OR (new.attempts <> 0))) EXECUTE FUNCTION public.core_owner_alone('begins open');


CREATE TRIGGER core_delivery_begins_soon BEFORE INSERT ON public.core_delivery FOR EACH ROW WHEN (((new.due_at > (now() + '12:05:00'::interval)) OR (new.leased_until > (now() + '00:07:00'::interval)))) EXECUTE FUNCTION public.core_owner_alone('is due within half a day, and leased for minutes');


CREATE TRIGGER core_delivery_done BEFORE UPDATE ON public.core_delivery FOR EACH ROW WHEN (((new.done_at IS NOT NULL) AND (old.done_at IS NULL) AND ((old.lease IS NULL) OR (old.attempts = 0)))) EXECUTE FUNCTION public.core_owner_alone('is done by the worker who took it');


CREATE TRIGGER core_delivery_given_up BEFORE UPDATE ON public.core_delivery FOR EACH ROW WHEN (((new.dead_at IS NOT NULL) AND (old.dead_at IS NULL) AND (old.lease IS NULL))) EXECUTE FUNCTION public.core_told('core.Delivery', 'id', 'job.discarded');


CREATE TRIGGER core_delivery_put_off BEFORE UPDATE ON public.core_delivery FOR EACH ROW WHEN ((((new.due_at IS DISTINCT FROM old.due_at) AND (new.due_at > (now() + '12:05:00'::interval))) OR ((new.leased_until IS DISTINCT FROM old.leased_until) AND (new.leased_until > (now() + '00:07:00'::interval))))) EXECUTE FUNCTION public.core_owner_alone('waits half a day at most, and is leased for minutes');


CREATE TRIGGER core_event_guard BEFORE DELETE OR UPDATE ON public.core_event FOR EACH ROW EXECUTE FUNCTION public.core_event_guard();


CREATE TRIGGER core_event_kind BEFORE INSERT ON public.core_event FOR EACH ROW WHEN (((new.kind)::text !~ '^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$'::text)) EXECUTE FUNCTION public.core_owner_alone('a kind is a noun and a past participle');


CREATE TRIGGER core_event_numbered BEFORE INSERT ON public.core_event FOR EACH ROW EXECUTE FUNCTION public.core_event_numbered();


CREATE TRIGGER core_event_outbox AFTER INSERT ON public.core_event FOR EACH ROW EXECUTE FUNCTION public.core_event_outbox();


CREATE TRIGGER core_outbox_delivered BEFORE DELETE ON public.core_outbox FOR EACH ROW EXECUTE FUNCTION public.core_outbox_delivered();


CREATE TRIGGER core_outbox_keeps BEFORE UPDATE ON public.core_outbox FOR EACH ROW WHEN ((old.event_id <> new.event_id)) EXECUTE FUNCTION public.core_owner_alone('stays the row of its event');


CREATE TRIGGER core_putoff_begins_soon BEFORE INSERT ON public.core_putoff FOR EACH ROW WHEN ((new.due_at > (now() + '12:05:00'::interval))) EXECUTE FUNCTION public.core_owner_alone('is tried again within half a day');


CREATE TRIGGER core_putoff_put_off BEFORE UPDATE ON public.core_putoff FOR EACH ROW WHEN (((new.due_at IS DISTINCT FROM old.due_at) AND (new.due_at > (now() + '12:05:00'::interval)))) EXECUTE FUNCTION public.core_owner_alone('is tried again within half a day');


CREATE TRIGGER core_seal_append_only BEFORE DELETE OR UPDATE ON public.core_seal FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER core_seal_follows BEFORE INSERT ON public.core_seal FOR EACH ROW EXECUTE FUNCTION public.core_seal_follows();


CREATE TRIGGER delivery_evidence_forgets BEFORE UPDATE ON public.delivery_evidence FOR EACH ROW WHEN (((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER delivery_milestone_begins BEFORE INSERT ON public.delivery_milestone FOR EACH ROW WHEN (((new.state)::text <> 'planned'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER delivery_milestone_steps BEFORE UPDATE ON public.delivery_milestone FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('delivery.Milestone');


CREATE CONSTRAINT TRIGGER delivery_planned AFTER UPDATE OF state ON public.proposals_project DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((new.state)::text = 'delivering'::text) AND ((old.state)::text <> 'delivering'::text))) EXECUTE FUNCTION public.delivery_planned();


CREATE TRIGGER delivery_share_stays BEFORE UPDATE ON public.delivery_milestone FOR EACH ROW WHEN (((old.project_id IS DISTINCT FROM new.project_id) OR (old.share_bp IS DISTINCT FROM new.share_bp))) EXECUTE FUNCTION public.delivery_share_stays();


CREATE TRIGGER delivery_update_forgets BEFORE UPDATE ON public.delivery_update FOR EACH ROW WHEN (((new.author_id IS NOT NULL) AND (old.author_id IS DISTINCT FROM new.author_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE CONSTRAINT TRIGGER delivery_whole AFTER INSERT OR DELETE OR UPDATE ON public.delivery_milestone DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.delivery_whole();


CREATE TRIGGER discussion_comment_forgets BEFORE UPDATE ON public.discussion_comment FOR EACH ROW WHEN (((new.author_id IS NOT NULL) AND (old.author_id IS DISTINCT FROM new.author_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER discussion_moderationcase_begins BEFORE INSERT ON public.discussion_moderationcase FOR EACH ROW WHEN ((((new.state)::text <> 'reported'::text) OR (new.decided_by_id IS NOT NULL) OR (new.decided_at IS NOT NULL) OR (new.reviewed_by_id IS NOT NULL) OR (new.reviewed_at IS NOT NULL) OR (new.appealed_at IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER discussion_moderationcase_forgets BEFORE UPDATE ON public.discussion_moderationcase FOR EACH ROW WHEN (((new.author_id IS NOT NULL) AND (old.author_id IS DISTINCT FROM new.author_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER discussion_moderationcase_steps BEFORE UPDATE ON public.discussion_moderationcase FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('discussion.ModerationCase');


CREATE TRIGGER discussion_report_forgets BEFORE UPDATE ON public.discussion_report FOR EACH ROW WHEN (((new.reporter_id IS NOT NULL) AND (old.reporter_id IS DISTINCT FROM new.reporter_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER django_celery_beat_crontabschedule_told AFTER DELETE OR UPDATE ON public.django_celery_beat_crontabschedule FOR EACH ROW EXECUTE FUNCTION public.core_tell_clock_task('django_celery_beat.CrontabSchedule');


CREATE TRIGGER django_celery_beat_intervalschedule_told AFTER DELETE OR UPDATE ON public.django_celery_beat_intervalschedule FOR EACH ROW EXECUTE FUNCTION public.core_tell_clock_task('django_celery_beat.IntervalSchedule');


CREATE TRIGGER django_celery_beat_periodictask_told AFTER DELETE OR UPDATE ON public.django_celery_beat_periodictask FOR EACH ROW EXECUTE FUNCTION public.core_tell_clock_task('django_celery_beat.PeriodicTask');


CREATE TRIGGER exchange_bountygift_begins BEFORE INSERT ON public.exchange_bountygift FOR EACH ROW WHEN (((new.state)::text <> 'started'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER exchange_bountygift_kept BEFORE DELETE ON public.exchange_bountygift FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE CONSTRAINT TRIGGER exchange_bountygift_person AFTER UPDATE ON public.exchange_bountygift DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.person_id IS DISTINCT FROM new.person_id)) EXECUTE FUNCTION public.access_person_erased('person_id');


CREATE TRIGGER exchange_bountygift_since BEFORE UPDATE ON public.exchange_bountygift FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER exchange_bountygift_stays BEFORE UPDATE ON public.exchange_bountygift FOR EACH ROW WHEN (((((((((old.need_id IS DISTINCT FROM new.need_id) OR (old.organisation_id IS DISTINCT FROM new.organisation_id)) OR (old.amount_minor IS DISTINCT FROM new.amount_minor)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR (old.anonymous IS DISTINCT FROM new.anonymous)) OR ((old.provider)::text IS DISTINCT FROM (new.provider)::text)) OR (old.token IS DISTINCT FROM new.token)) OR ((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER exchange_bountygift_steps BEFORE UPDATE ON public.exchange_bountygift FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('exchange.BountyGift');


CREATE TRIGGER exchange_bountygift_told BEFORE INSERT ON public.exchange_bountygift FOR EACH ROW EXECUTE FUNCTION public.core_told('exchange.BountyGift', 'id', 'bounty_gift.started');


CREATE TRIGGER exchange_bountypayout_also_approval BEFORE UPDATE ON public.exchange_bountypayout FOR EACH ROW WHEN ((old.also_approved_by_id IS DISTINCT FROM new.also_approved_by_id)) EXECUTE FUNCTION public.exchange_approval_told('also_approved_by_id');


CREATE TRIGGER exchange_bountypayout_also_by_staff BEFORE UPDATE ON public.exchange_bountypayout FOR EACH ROW WHEN (((new.also_approved_by_id IS NOT NULL) AND (old.also_approved_by_id IS DISTINCT FROM new.also_approved_by_id))) EXECUTE FUNCTION public.accounts_by_staff('also_approved_by_id', 'finance-officers');


CREATE TRIGGER exchange_bountypayout_approval BEFORE UPDATE ON public.exchange_bountypayout FOR EACH ROW WHEN ((old.approved_by_id IS DISTINCT FROM new.approved_by_id)) EXECUTE FUNCTION public.exchange_approval_told('approved_by_id');


CREATE TRIGGER exchange_bountypayout_asked BEFORE UPDATE ON public.exchange_bountypayout FOR EACH ROW WHEN (((new.requested_by_id IS NOT NULL) AND (old.requested_by_id IS DISTINCT FROM new.requested_by_id))) EXECUTE FUNCTION public.accounts_by_staff('requested_by_id', 'finance-officers');


CREATE TRIGGER exchange_bountypayout_attempt BEFORE UPDATE ON public.exchange_bountypayout FOR EACH ROW WHEN ((new.attempt > old.attempt)) EXECUTE FUNCTION public.exchange_attempt_told();


CREATE TRIGGER exchange_bountypayout_begins BEFORE INSERT ON public.exchange_bountypayout FOR EACH ROW WHEN ((((new.state)::text <> 'planned'::text) OR (new.requested_by_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER exchange_bountypayout_by_staff BEFORE UPDATE ON public.exchange_bountypayout FOR EACH ROW WHEN (((new.approved_by_id IS NOT NULL) AND (old.approved_by_id IS DISTINCT FROM new.approved_by_id))) EXECUTE FUNCTION public.accounts_by_staff('approved_by_id', 'finance-officers');


CREATE TRIGGER exchange_bountypayout_kept BEFORE DELETE ON public.exchange_bountypayout FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER exchange_bountypayout_since BEFORE UPDATE ON public.exchange_bountypayout FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER exchange_bountypayout_steps BEFORE UPDATE ON public.exchange_bountypayout FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('exchange.BountyPayout');


CREATE TRIGGER exchange_bountypayout_told BEFORE INSERT ON public.exchange_bountypayout FOR EACH ROW EXECUTE FUNCTION public.core_told('exchange.BountyPayout', 'id', 'bounty_payout.planned');


CREATE CONSTRAINT TRIGGER exchange_charge_is_owed AFTER INSERT ON public.payments_charge DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.purpose)::text ~~ 'bounty-gift:%'::text)) EXECUTE FUNCTION public.exchange_charge_is_owed();


CREATE CONSTRAINT TRIGGER exchange_dataneed_author AFTER UPDATE ON public.exchange_dataneed DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.author_id IS DISTINCT FROM new.author_id)) EXECUTE FUNCTION public.access_person_erased('author_id');


CREATE TRIGGER exchange_dataneed_begins BEFORE INSERT ON public.exchange_dataneed FOR EACH ROW WHEN ((((new.state)::text <> 'draft'::text) OR (new.opened_at IS NOT NULL) OR (new.reminded_at IS NOT NULL) OR (new.reason <> ''::text) OR (new.removed_words <> ''::text))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER exchange_dataneed_deadline BEFORE UPDATE ON public.exchange_dataneed FOR EACH ROW WHEN ((((old.state)::text <> 'draft'::text) AND (old.deadline <> new.deadline))) EXECUTE FUNCTION public.exchange_need_told('deadline');


CREATE TRIGGER exchange_dataneed_kept BEFORE DELETE ON public.exchange_dataneed FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER exchange_dataneed_reason BEFORE UPDATE ON public.exchange_dataneed FOR EACH ROW WHEN ((old.reason <> new.reason)) EXECUTE FUNCTION public.exchange_need_told('reason');


CREATE TRIGGER exchange_dataneed_reminded BEFORE UPDATE ON public.exchange_dataneed FOR EACH ROW WHEN ((old.reminded_at IS DISTINCT FROM new.reminded_at)) EXECUTE FUNCTION public.core_told('exchange.DataNeed', 'id', 'data_need.reminded');


CREATE TRIGGER exchange_dataneed_since BEFORE UPDATE ON public.exchange_dataneed FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER exchange_dataneed_steps BEFORE UPDATE ON public.exchange_dataneed FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('exchange.DataNeed');


CREATE TRIGGER exchange_dataneed_terms BEFORE UPDATE ON public.exchange_dataneed FOR EACH ROW WHEN (((((old.state)::text <> 'draft'::text) AND ((((((((((old.project_id IS DISTINCT FROM new.project_id) OR (old.milestone_id IS DISTINCT FROM new.milestone_id)) OR (old.columns IS DISTINCT FROM new.columns)) OR (old.area_id IS DISTINCT FROM new.area_id)) OR (old.first_day IS DISTINCT FROM new.first_day)) OR (old.last_day IS DISTINCT FROM new.last_day)) OR (old.fresh_days IS DISTINCT FROM new.fresh_days)) OR ((old.book)::text IS DISTINCT FROM (new.book)::text)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR (old.opened_at IS DISTINCT FROM new.opened_at))) OR (((old.state)::text <> 'draft'::text) AND (new.deadline < old.deadline)) OR (old.project_id <> new.project_id) OR ((new.author_id IS NOT NULL) AND (old.author_id IS DISTINCT FROM new.author_id)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER exchange_dataneed_told BEFORE INSERT ON public.exchange_dataneed FOR EACH ROW EXECUTE FUNCTION public.core_told('exchange.DataNeed', 'id', 'data_need.stated');


CREATE TRIGGER exchange_dataneed_words BEFORE UPDATE ON public.exchange_dataneed FOR EACH ROW WHEN (((old.removed_words <> new.removed_words) OR (((old.state)::text <> 'draft'::text) AND (((old.title)::text IS DISTINCT FROM (new.title)::text) OR (old.description IS DISTINCT FROM new.description))))) EXECUTE FUNCTION public.exchange_words_taken_down('exchange.DataNeed', 'data_need.taken_down');


CREATE TRIGGER exchange_delivery_answered BEFORE UPDATE ON public.exchange_delivery FOR EACH ROW WHEN ((((new.answer)::text <> ''::text) AND ((old.answer)::text = ''::text))) EXECUTE FUNCTION public.exchange_answer_told();


CREATE CONSTRAINT TRIGGER exchange_delivery_answered_by AFTER UPDATE ON public.exchange_delivery DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.answered_by_id IS DISTINCT FROM new.answered_by_id) AND (new.answered_by_id IS NULL))) EXECUTE FUNCTION public.access_person_erased('answered_by_id');


CREATE TRIGGER exchange_delivery_fits BEFORE INSERT ON public.exchange_delivery FOR EACH ROW EXECUTE FUNCTION public.exchange_delivery_fits();


CREATE TRIGGER exchange_delivery_kept BEFORE DELETE ON public.exchange_delivery FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER exchange_delivery_stays BEFORE UPDATE ON public.exchange_delivery FOR EACH ROW WHEN ((((((old.offer_id IS DISTINCT FROM new.offer_id) OR (old.revision_id IS DISTINCT FROM new.revision_id)) OR (old.number IS DISTINCT FROM new.number)) OR (old.delivered_at IS DISTINCT FROM new.delivered_at)) OR (((old.answer)::text <> ''::text) AND (((((old.answer)::text IS DISTINCT FROM (new.answer)::text) OR (old.answered_at IS DISTINCT FROM new.answered_at)) OR (old.checks IS DISTINCT FROM new.checks)) OR (old.reason IS DISTINCT FROM new.reason))) OR (((old.answer)::text <> ''::text) AND (new.answered_by_id IS NOT NULL) AND (old.answered_by_id IS DISTINCT FROM new.answered_by_id)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER exchange_delivery_told BEFORE INSERT ON public.exchange_delivery FOR EACH ROW EXECUTE FUNCTION public.core_told('exchange.Delivery', 'id', 'data_delivery.made');


CREATE CONSTRAINT TRIGGER exchange_entry_is_owed AFTER INSERT ON public.ledger_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.key)::text ~~ '%:borne:bounty-payout:%'::text)) EXECUTE FUNCTION public.exchange_entry_is_owed();


CREATE TRIGGER exchange_gift_fits BEFORE INSERT ON public.exchange_bountygift FOR EACH ROW EXECUTE FUNCTION public.exchange_gift_fits();


CREATE TRIGGER exchange_gift_is_paid BEFORE UPDATE ON public.exchange_bountygift FOR EACH ROW WHEN ((((new.state)::text = 'paid'::text) AND ((old.state)::text <> 'paid'::text))) EXECUTE FUNCTION public.exchange_gift_is_paid();


CREATE TRIGGER exchange_need_step BEFORE UPDATE OF state ON public.exchange_dataneed FOR EACH ROW WHEN (((old.state)::text <> (new.state)::text)) EXECUTE FUNCTION public.exchange_need_step();


CREATE TRIGGER exchange_offer_begins BEFORE INSERT ON public.exchange_offer FOR EACH ROW WHEN ((((new.state)::text <> 'made'::text) OR (new.removed_words <> ''::text))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER exchange_offer_fits BEFORE INSERT ON public.exchange_offer FOR EACH ROW EXECUTE FUNCTION public.exchange_offer_fits();


CREATE TRIGGER exchange_offer_kept BEFORE DELETE ON public.exchange_offer FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE CONSTRAINT TRIGGER exchange_offer_person AFTER UPDATE ON public.exchange_offer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.person_id IS DISTINCT FROM new.person_id)) EXECUTE FUNCTION public.access_person_erased('person_id');


CREATE TRIGGER exchange_offer_since BEFORE UPDATE ON public.exchange_offer FOR EACH ROW WHEN (((old.state_since IS DISTINCT FROM new.state_since) AND ((old.state)::text = (new.state)::text))) EXECUTE FUNCTION public.core_owner_alone('a state is since its step');


CREATE TRIGGER exchange_offer_stays BEFORE UPDATE ON public.exchange_offer FOR EACH ROW WHEN (((((((old.need_id IS DISTINCT FROM new.need_id) OR (old.organisation_id IS DISTINCT FROM new.organisation_id)) OR (old.dataset_id IS DISTINCT FROM new.dataset_id)) OR ((old.kind)::text IS DISTINCT FROM (new.kind)::text)) OR (old.estimate IS DISTINCT FROM new.estimate)) OR ((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER exchange_offer_steps BEFORE UPDATE ON public.exchange_offer FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('exchange.Offer');


CREATE TRIGGER exchange_offer_told BEFORE INSERT ON public.exchange_offer FOR EACH ROW EXECUTE FUNCTION public.core_told('exchange.Offer', 'id', 'data_offer.made');


CREATE TRIGGER exchange_offer_words BEFORE UPDATE ON public.exchange_offer FOR EACH ROW WHEN (((((old.valuation)::text IS DISTINCT FROM (new.valuation)::text) OR (old.note IS DISTINCT FROM new.note)) OR (old.removed_words IS DISTINCT FROM new.removed_words))) EXECUTE FUNCTION public.exchange_words_taken_down('exchange.Offer', 'data_offer.taken_down');


CREATE TRIGGER exchange_payout_rules BEFORE INSERT OR UPDATE ON public.exchange_bountypayout FOR EACH ROW EXECUTE FUNCTION public.exchange_payout_rules();


CREATE TRIGGER exchange_transfer_is_owed BEFORE INSERT ON public.payments_transfer FOR EACH ROW WHEN (((new.purpose)::text ~~ 'bounty-payout:%'::text)) EXECUTE FUNCTION public.exchange_transfer_is_owed();


CREATE TRIGGER invoicing_creditedpayment_append_only BEFORE DELETE OR UPDATE ON public.invoicing_creditedpayment FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER invoicing_creditedpayment_fits BEFORE INSERT ON public.invoicing_creditedpayment FOR EACH ROW EXECUTE FUNCTION public.invoicing_reversal_fits();


CREATE TRIGGER invoicing_creditedpayment_noted BEFORE INSERT ON public.invoicing_creditedpayment FOR EACH ROW EXECUTE FUNCTION public.invoicing_credited_by_its_note();


CREATE TRIGGER invoicing_invoice_append_only BEFORE DELETE OR UPDATE ON public.invoicing_invoice FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER invoicing_invoice_not_overpaid BEFORE INSERT ON public.invoicing_invoicepayment FOR EACH ROW EXECUTE FUNCTION public.invoicing_invoice_not_overpaid();


CREATE TRIGGER invoicing_invoice_numbered BEFORE INSERT ON public.invoicing_invoice FOR EACH ROW EXECUTE FUNCTION public.invoicing_invoice_numbered();


CREATE TRIGGER invoicing_invoice_right BEFORE INSERT ON public.invoicing_invoice FOR EACH ROW EXECUTE FUNCTION public.invoicing_invoice_right();


CREATE TRIGGER invoicing_invoicedocument_append_only BEFORE DELETE OR UPDATE ON public.invoicing_invoicedocument FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER invoicing_invoicepayment_append_only BEFORE DELETE OR UPDATE ON public.invoicing_invoicepayment FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER invoicing_invoicepaymentreversal_append_only BEFORE DELETE OR UPDATE ON public.invoicing_invoicepaymentreversal FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER invoicing_invoicereminder_append_only BEFORE DELETE OR UPDATE ON public.invoicing_invoicereminder FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER invoicing_invoiceseries_stays BEFORE UPDATE ON public.invoicing_invoiceseries FOR EACH ROW WHEN (((old.prefix)::text <> (new.prefix)::text)) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER invoicing_issuer_told BEFORE INSERT ON public.invoicing_issuer FOR EACH ROW EXECUTE FUNCTION public.core_told('invoicing.Issuer', 'id', 'issuer.declared');


CREATE TRIGGER invoicing_payment_is_its_charge BEFORE INSERT ON public.invoicing_invoicepayment FOR EACH ROW EXECUTE FUNCTION public.invoicing_payment_is_its_charge();


CREATE TRIGGER invoicing_reversal_fits BEFORE INSERT ON public.invoicing_invoicepaymentreversal FOR EACH ROW EXECUTE FUNCTION public.invoicing_reversal_fits();


CREATE TRIGGER invoicing_reversal_is_a_loss BEFORE INSERT ON public.invoicing_invoicepaymentreversal FOR EACH ROW EXECUTE FUNCTION public.invoicing_reversal_is_a_loss();


CREATE CONSTRAINT TRIGGER invoicing_reversal_is_booked AFTER INSERT ON public.invoicing_invoicepaymentreversal DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((new.amount_minor > 0)) EXECUTE FUNCTION public.invoicing_reversal_is_booked();


CREATE TRIGGER invoicing_reversal_is_its_refunds BEFORE INSERT ON public.invoicing_invoicepaymentreversal FOR EACH ROW WHEN ((new.refund_id IS NOT NULL)) EXECUTE FUNCTION public.invoicing_reversal_is_its_refunds();


CREATE TRIGGER invoicing_reversal_takes_all BEFORE INSERT ON public.invoicing_invoicepaymentreversal FOR EACH ROW EXECUTE FUNCTION public.invoicing_reversal_takes_all();


CREATE CONSTRAINT TRIGGER invoicing_series_counts AFTER INSERT OR UPDATE ON public.invoicing_invoiceseries DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.invoicing_series_counts();


CREATE TRIGGER ledger_account_guard BEFORE DELETE OR UPDATE ON public.ledger_account FOR EACH ROW EXECUTE FUNCTION public.ledger_account_guard();


CREATE TRIGGER ledger_account_kept BEFORE TRUNCATE ON public.ledger_account FOR EACH STATEMENT EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER ledger_checkpoint_append_only BEFORE DELETE OR UPDATE ON public.ledger_checkpoint FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER ledger_checkpoint_kept BEFORE TRUNCATE ON public.ledger_checkpoint FOR EACH STATEMENT EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER ledger_checkpoint_true BEFORE INSERT ON public.ledger_checkpoint FOR EACH ROW EXECUTE FUNCTION public.ledger_checkpoint_true();


CREATE TRIGGER ledger_dailyroot_begins BEFORE INSERT ON public.ledger_dailyroot FOR EACH ROW WHEN ((cardinality(new.published) > 0)) EXECUTE FUNCTION public.core_owner_alone('begins unpublished');


CREATE TRIGGER ledger_dailyroot_kept BEFORE TRUNCATE ON public.ledger_dailyroot FOR EACH STATEMENT EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER ledger_entries_added AFTER INSERT ON public.ledger_entry REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_entries_added();


CREATE TRIGGER ledger_entry_append_only BEFORE DELETE OR UPDATE ON public.ledger_entry FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER ledger_entry_kept BEFORE TRUNCATE ON public.ledger_entry FOR EACH STATEMENT EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER ledger_link_append_only BEFORE DELETE OR UPDATE ON public.ledger_link FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER ledger_link_kept BEFORE TRUNCATE ON public.ledger_link FOR EACH STATEMENT EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER ledger_links_added AFTER INSERT ON public.ledger_link REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_links_added();


CREATE TRIGGER ledger_posting_append_only BEFORE DELETE OR UPDATE ON public.ledger_posting FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER ledger_posting_kept BEFORE TRUNCATE ON public.ledger_posting FOR EACH STATEMENT EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER ledger_postings_added AFTER INSERT ON public.ledger_posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_postings_added();


CREATE TRIGGER ledger_postings_numbered AFTER INSERT ON public.ledger_posting REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION public.ledger_postings_numbered();


CREATE TRIGGER ledger_root_follows BEFORE INSERT ON public.ledger_dailyroot FOR EACH ROW EXECUTE FUNCTION public.ledger_root_follows();


CREATE TRIGGER ledger_root_guard BEFORE DELETE OR UPDATE ON public.ledger_dailyroot FOR EACH ROW EXECUTE FUNCTION public.ledger_root_guard();


CREATE TRIGGER matching_allocation_begins BEFORE INSERT ON public.matching_allocation FOR EACH ROW WHEN (((new.state)::text <> 'estimated'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE CONSTRAINT TRIGGER matching_allocation_is_booked AFTER INSERT OR UPDATE ON public.matching_allocation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.matching_allocation_is_booked();


CREATE CONSTRAINT TRIGGER matching_allocation_is_paid AFTER UPDATE ON public.matching_allocation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((new.state)::text = 'paid'::text) AND (old.amount_minor IS DISTINCT FROM new.amount_minor))) EXECUTE FUNCTION public.matching_allocation_is_paid();


CREATE TRIGGER matching_allocation_kept BEFORE DELETE ON public.matching_allocation FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER matching_allocation_steps BEFORE UPDATE ON public.matching_allocation FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('matching.Allocation');


CREATE TRIGGER matching_challenge_begins BEFORE INSERT ON public.matching_challenge FOR EACH ROW WHEN ((((new.state)::text <> 'open'::text) OR (new.answered_by_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER matching_challenge_forgets BEFORE UPDATE ON public.matching_challenge FOR EACH ROW WHEN (((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER matching_challenge_steps BEFORE UPDATE ON public.matching_challenge FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('matching.Challenge');


CREATE TRIGGER matching_deposit_begins BEFORE INSERT ON public.matching_deposit FOR EACH ROW WHEN (((new.confirmed_at IS NOT NULL) OR (new.confirmed_by_id IS NOT NULL) OR (new.entered_by_id IS NULL))) EXECUTE FUNCTION public.core_owner_alone('begins unconfirmed');


CREATE TRIGGER matching_deposit_by_two BEFORE INSERT OR DELETE OR UPDATE ON public.matching_deposit FOR EACH ROW EXECUTE FUNCTION public.matching_deposit_by_two();


CREATE TRIGGER matching_deposit_confirmed_by_staff BEFORE UPDATE ON public.matching_deposit FOR EACH ROW WHEN (((new.confirmed_at IS NOT NULL) AND (old.confirmed_at IS NULL))) EXECUTE FUNCTION public.accounts_by_staff('confirmed_by_id', 'finance-officers');


CREATE TRIGGER matching_deposit_entered_by_staff BEFORE INSERT ON public.matching_deposit FOR EACH ROW EXECUTE FUNCTION public.accounts_by_staff('entered_by_id', 'finance-officers');


CREATE TRIGGER matching_deposit_keeps BEFORE UPDATE ON public.matching_deposit FOR EACH ROW WHEN (((old.confirmed_at IS NOT NULL) AND (old.confirmed_by_id IS DISTINCT FROM new.confirmed_by_id))) EXECUTE FUNCTION public.core_owner_alone('who confirmed it stays');


CREATE TRIGGER matching_deposit_stays_gone BEFORE UPDATE ON public.matching_deposit FOR EACH ROW WHEN (((old.taken_back_at IS NOT NULL) AND (old.taken_back_at IS DISTINCT FROM new.taken_back_at))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER matching_deposit_taken_back BEFORE UPDATE ON public.matching_deposit FOR EACH ROW WHEN (((old.taken_back_at IS NULL) AND (new.taken_back_at IS NOT NULL))) EXECUTE FUNCTION public.core_told('matching.Deposit', 'id', 'deposit.taken_back');


CREATE TRIGGER matching_deposit_told BEFORE UPDATE ON public.matching_deposit FOR EACH ROW WHEN (((new.confirmed_at IS NOT NULL) AND (old.confirmed_at IS NULL))) EXECUTE FUNCTION public.core_told('matching.Deposit', 'id', 'deposit.confirmed');


CREATE TRIGGER matching_deposit_was_free AFTER UPDATE ON public.matching_deposit FOR EACH ROW WHEN ((old.taken_back_at IS DISTINCT FROM new.taken_back_at)) EXECUTE FUNCTION public.matching_deposit_was_free();


CREATE TRIGGER matching_fund_terms_stay BEFORE UPDATE ON public.matching_matchfund FOR EACH ROW WHEN ((((old.state)::text <> 'draft'::text) AND ((((((((((((((old.funder_id IS DISTINCT FROM new.funder_id) OR (old.call_id IS DISTINCT FROM new.call_id)) OR ((old.book)::text IS DISTINCT FROM (new.book)::text)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR ((old.rule)::text IS DISTINCT FROM (new.rule)::text)) OR (old.ratio_bp IS DISTINCT FROM new.ratio_bp)) OR (old.threshold_backers IS DISTINCT FROM new.threshold_backers)) OR (old.threshold_minor IS DISTINCT FROM new.threshold_minor)) OR (old.gift_min_minor IS DISTINCT FROM new.gift_min_minor)) OR (old.gift_cap_minor IS DISTINCT FROM new.gift_cap_minor)) OR (old.person_cap_minor IS DISTINCT FROM new.person_cap_minor)) OR (old.project_cap_minor IS DISTINCT FROM new.project_cap_minor)) OR (old.freezes_at IS DISTINCT FROM new.freezes_at)) OR (old.challenge_days IS DISTINCT FROM new.challenge_days)))) EXECUTE FUNCTION public.matching_fund_terms_stay();


CREATE TRIGGER matching_fundreturn_approved_by_staff BEFORE UPDATE ON public.matching_fundreturn FOR EACH ROW WHEN (((new.approved_by_id IS NOT NULL) AND (old.approved_by_id IS DISTINCT FROM new.approved_by_id))) EXECUTE FUNCTION public.accounts_by_staff('approved_by_id', 'finance-officers');


CREATE TRIGGER matching_fundreturn_by_staff BEFORE INSERT ON public.matching_fundreturn FOR EACH ROW EXECUTE FUNCTION public.accounts_by_staff('requested_by_id', 'finance-officers');


CREATE TRIGGER matching_fundreturn_keeps BEFORE UPDATE ON public.matching_fundreturn FOR EACH ROW WHEN ((((new.requested_by_id IS NOT NULL) AND (old.requested_by_id IS DISTINCT FROM new.requested_by_id)) OR ((old.approved_by_id IS NOT NULL) AND (new.approved_by_id IS DISTINCT FROM old.approved_by_id)))) EXECUTE FUNCTION public.core_owner_alone('who requested and approved it stays');


CREATE TRIGGER matching_fundreturn_kept BEFORE DELETE ON public.matching_fundreturn FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER matching_fundreturn_rules BEFORE INSERT OR UPDATE ON public.matching_fundreturn FOR EACH ROW EXECUTE FUNCTION public.matching_fundreturn_rules();


CREATE TRIGGER matching_fundreturn_steps BEFORE UPDATE ON public.matching_fundreturn FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('matching.FundReturn');


CREATE TRIGGER matching_match_within_fund AFTER INSERT OR UPDATE ON public.matching_allocation FOR EACH ROW EXECUTE FUNCTION public.matching_match_within_fund();


CREATE TRIGGER matching_matchfund_begins BEFORE INSERT ON public.matching_matchfund FOR EACH ROW WHEN ((((new.state)::text <> 'draft'::text) OR (new.frozen_at IS NOT NULL) OR (new.published_input IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER matching_matchfund_input_told BEFORE UPDATE OF published_input, input_digest, frozen_pledges ON public.matching_matchfund FOR EACH ROW WHEN (((old.published_input IS DISTINCT FROM new.published_input) OR ((old.input_digest)::text <> (new.input_digest)::text) OR (old.frozen_pledges IS DISTINCT FROM new.frozen_pledges))) EXECUTE FUNCTION public.matching_input_told();


CREATE TRIGGER matching_matchfund_stays_open BEFORE UPDATE OF state ON public.matching_matchfund FOR EACH ROW WHEN ((((new.state)::text = 'draft'::text) AND ((old.state)::text <> 'draft'::text))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER matching_matchfund_steps BEFORE UPDATE ON public.matching_matchfund FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('matching.MatchFund');


CREATE TRIGGER matching_matchline_kept BEFORE DELETE ON public.matching_matchline FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER matching_matchline_stays BEFORE UPDATE ON public.matching_matchline FOR EACH ROW WHEN ((((((old.allocation_id IS DISTINCT FROM new.allocation_id) OR (old.pledge_id IS DISTINCT FROM new.pledge_id)) OR (old.amount_minor IS DISTINCT FROM new.amount_minor)) OR (old.gift_minor IS DISTINCT FROM new.gift_minor)) OR ((old.released_at IS NOT NULL) AND (old.released_at IS DISTINCT FROM new.released_at)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER mfa_authenticator_came_or_went AFTER INSERT OR DELETE ON public.mfa_authenticator FOR EACH ROW EXECUTE FUNCTION public.accounts_tell_way_in('person.second_step_changed', 'user_id');


CREATE TRIGGER mfa_authenticator_changed AFTER UPDATE ON public.mfa_authenticator FOR EACH ROW WHEN ((((old.user_id IS DISTINCT FROM new.user_id) OR ((old.type)::text IS DISTINCT FROM (new.type)::text)) OR ((old.data - 'used_mask'::text) IS DISTINCT FROM (new.data - 'used_mask'::text)))) EXECUTE FUNCTION public.accounts_tell_way_in('person.second_step_changed', 'user_id');


CREATE TRIGGER payments_bankorder_begins BEFORE INSERT ON public.payments_bankorder FOR EACH ROW WHEN (((new.withdrawn_at IS NOT NULL) OR (new.withdrawal_proposed_by_id IS NOT NULL) OR (new.withdrawal_confirmed_by_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER payments_bankorder_fetched BEFORE UPDATE ON public.payments_bankorder FOR EACH ROW WHEN ((old.withdrawn_at IS DISTINCT FROM new.withdrawn_at)) EXECUTE FUNCTION public.payments_fetched_is_withdrawn_by_two();


CREATE TRIGGER payments_bankorder_withdrawal_confirmed_by_staff BEFORE UPDATE ON public.payments_bankorder FOR EACH ROW WHEN (((new.withdrawal_confirmed_by_id IS NOT NULL) AND (old.withdrawal_confirmed_by_id IS DISTINCT FROM new.withdrawal_confirmed_by_id))) EXECUTE FUNCTION public.accounts_by_staff('withdrawal_confirmed_by_id', 'finance-officers');


CREATE TRIGGER payments_bankorder_withdrawal_proposed_by_staff BEFORE UPDATE ON public.payments_bankorder FOR EACH ROW WHEN (((new.withdrawal_proposed_by_id IS NOT NULL) AND (old.withdrawal_proposed_by_id IS DISTINCT FROM new.withdrawal_proposed_by_id))) EXECUTE FUNCTION public.accounts_by_staff('withdrawal_proposed_by_id', 'finance-officers');


CREATE TRIGGER payments_bankorder_withdrawal_said BEFORE UPDATE ON public.payments_bankorder FOR EACH ROW WHEN ((old.withdrawal_proposed_by_id IS DISTINCT FROM new.withdrawal_proposed_by_id)) EXECUTE FUNCTION public.payments_word_is_told('payments.BankOrder', 'withdrawal_proposed_by_id', 'bank_order.withdrawal_proposed', 'bank_order.kept');


CREATE CONSTRAINT TRIGGER payments_bankorder_withdrawal_told AFTER UPDATE ON public.payments_bankorder DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.withdrawal_confirmed_by_id IS DISTINCT FROM new.withdrawal_confirmed_by_id)) EXECUTE FUNCTION public.core_told('payments.BankOrder', 'id', 'bank_order.withdrawn');


CREATE CONSTRAINT TRIGGER payments_bankorder_withdrawn AFTER UPDATE ON public.payments_bankorder DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((old.withdrawn_at IS DISTINCT FROM new.withdrawn_at)) EXECUTE FUNCTION public.core_told('payments.BankOrder', 'id', 'bank_order.withdrawn');


CREATE TRIGGER payments_charge_amount_stays BEFORE UPDATE ON public.payments_charge FOR EACH ROW EXECUTE FUNCTION public.payments_amount_stays();


CREATE TRIGGER payments_charge_begins BEFORE INSERT ON public.payments_charge FOR EACH ROW WHEN (((new.state)::text <> 'created'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER payments_charge_forgets BEFORE UPDATE ON public.payments_charge FOR EACH ROW WHEN (((new.payer_id IS NOT NULL) AND (old.payer_id IS DISTINCT FROM new.payer_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE CONSTRAINT TRIGGER payments_charge_is_told AFTER INSERT ON public.payments_charge DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.core_told('payments.Charge', 'id', 'charge.started');


CREATE TRIGGER payments_charge_kept BEFORE DELETE ON public.payments_charge FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payments_charge_named BEFORE UPDATE ON public.payments_charge FOR EACH ROW WHEN ((((old.provider_ref)::text <> (new.provider_ref)::text) AND ((old.state)::text = ANY ((ARRAY['succeeded'::character varying, 'disputed'::character varying, 'won'::character varying, 'lost'::character varying, 'failed'::character varying])::text[])))) EXECUTE FUNCTION public.core_owner_alone('what was paid keeps its name at the provider');


CREATE TRIGGER payments_charge_onward BEFORE INSERT OR UPDATE ON public.payments_charge FOR EACH ROW WHEN ((NOT public.payments_is_providers((new.provider)::text, (new.payer_url)::text))) EXECUTE FUNCTION public.core_owner_alone('leads to its provider');


CREATE TRIGGER payments_charge_prepared BEFORE UPDATE ON public.payments_charge FOR EACH ROW WHEN ((((new.provider)::text = 'bank'::text) AND ((new.provider_ref)::text = ''::text) AND ((old.provider_ref)::text <> ''::text))) EXECUTE FUNCTION public.core_owner_alone('a reference stays');


CREATE TRIGGER payments_charge_referenced BEFORE INSERT OR UPDATE ON public.payments_charge FOR EACH ROW WHEN ((((new.provider)::text = 'bank'::text) AND ((new.provider_ref)::text <> ''::text) AND ((new.provider_ref)::text <> public.payments_reference(new.id)))) EXECUTE FUNCTION public.core_owner_alone('a transfer is found by the reference of its charge');


CREATE TRIGGER payments_charge_steps BEFORE UPDATE ON public.payments_charge FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('payments.Charge');


CREATE TRIGGER payments_claim_begins BEFORE INSERT ON public.payments_claim FOR EACH ROW WHEN ((((new.state)::text <> 'open'::text) OR (new.proposed_by_id IS NOT NULL) OR (new.confirmed_by_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER payments_claim_came_back_twice BEFORE INSERT ON public.payments_claim FOR EACH ROW EXECUTE FUNCTION public.payments_claim_came_back_twice();


CREATE TRIGGER payments_claim_confirmed_by_staff BEFORE UPDATE ON public.payments_claim FOR EACH ROW WHEN (((new.confirmed_by_id IS NOT NULL) AND (old.confirmed_by_id IS DISTINCT FROM new.confirmed_by_id))) EXECUTE FUNCTION public.accounts_by_staff('confirmed_by_id', 'finance-officers');


CREATE CONSTRAINT TRIGGER payments_claim_is_stepped AFTER UPDATE ON public.payments_claim DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.proposed_by_id IS DISTINCT FROM new.proposed_by_id) OR (old.confirmed_by_id IS DISTINCT FROM new.confirmed_by_id))) EXECUTE FUNCTION public.payments_claim_is_stepped();


CREATE TRIGGER payments_claim_kept BEFORE DELETE ON public.payments_claim FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payments_claim_of_a_loss BEFORE INSERT ON public.payments_claim FOR EACH ROW EXECUTE FUNCTION public.payments_claim_is_its_disputes();


CREATE TRIGGER payments_claim_proposed_by_staff BEFORE UPDATE ON public.payments_claim FOR EACH ROW WHEN (((new.proposed_by_id IS NOT NULL) AND (old.proposed_by_id IS DISTINCT FROM new.proposed_by_id))) EXECUTE FUNCTION public.accounts_by_staff('proposed_by_id', 'finance-officers');


CREATE TRIGGER payments_claim_steps BEFORE UPDATE ON public.payments_claim FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('payments.Claim');


CREATE TRIGGER payments_command_begins_soon BEFORE INSERT ON public.payments_command FOR EACH ROW WHEN (((new.due_at > (now() + '01:05:00'::interval)) OR (new.leased_until > (now() + '00:07:00'::interval)))) EXECUTE FUNCTION public.core_owner_alone('a command is due within an hour, and leased for minutes');


CREATE TRIGGER payments_command_carried_out BEFORE UPDATE ON public.payments_command FOR EACH ROW WHEN ((((new.verb)::text = ANY ((ARRAY['refund'::character varying, 'transfer'::character varying])::text[])) AND (((new.done_at IS NOT NULL) AND (old.done_at IS NULL)) OR ((new.dead_at IS NOT NULL) AND (old.dead_at IS NULL))))) EXECUTE FUNCTION public.payments_command_was_carried_out();


CREATE TRIGGER payments_command_posted BEFORE INSERT ON public.payments_command FOR EACH ROW WHEN (((new.verb)::text = ANY ((ARRAY['transfer'::character varying, 'refund'::character varying])::text[]))) EXECUTE FUNCTION public.payouts_leaves_as_posted('target');


CREATE TRIGGER payments_command_put_off BEFORE UPDATE ON public.payments_command FOR EACH ROW WHEN ((((new.due_at IS DISTINCT FROM old.due_at) AND (new.due_at > (now() + '01:05:00'::interval))) OR ((new.leased_until IS DISTINCT FROM old.leased_until) AND (new.leased_until > (now() + '00:07:00'::interval))))) EXECUTE FUNCTION public.core_owner_alone('a command waits an hour at most, and is leased for minutes');


CREATE TRIGGER payments_dispute_is_its_charges BEFORE INSERT OR UPDATE ON public.payments_dispute FOR EACH ROW EXECUTE FUNCTION public.payments_dispute_is_its_charges();


CREATE TRIGGER payments_dispute_kept BEFORE DELETE ON public.payments_dispute FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payments_linepayment_forgets BEFORE UPDATE ON public.payments_linepayment FOR EACH ROW WHEN (((((((old.id IS DISTINCT FROM new.id) OR (old.created_at IS DISTINCT FROM new.created_at)) OR (old.line_id IS DISTINCT FROM new.line_id)) OR (old.charge_id IS DISTINCT FROM new.charge_id)) OR (old.amount_minor IS DISTINCT FROM new.amount_minor)) OR (((new.name)::text <> ''::text) AND ((new.name)::text <> (old.name)::text)) OR (((new.iban)::text <> ''::text) AND ((new.iban)::text <> (old.iban)::text)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payments_linepayment_kept BEFORE DELETE ON public.payments_linepayment FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE CONSTRAINT TRIGGER payments_linepayment_pays AFTER INSERT ON public.payments_linepayment DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.payments_linepayment_pays();


CREATE TRIGGER payments_linepayment_within BEFORE INSERT ON public.payments_linepayment FOR EACH ROW EXECUTE FUNCTION public.payments_linepayment_within();


CREATE TRIGGER payments_message_begins_soon BEFORE INSERT ON public.payments_message FOR EACH ROW WHEN (((new.due_at > (now() + '12:05:00'::interval)) OR (new.leased_until > (now() + '00:07:00'::interval)))) EXECUTE FUNCTION public.core_owner_alone('is due within half a day, and leased for minutes');


CREATE TRIGGER payments_message_put_off BEFORE UPDATE ON public.payments_message FOR EACH ROW WHEN ((((new.due_at IS DISTINCT FROM old.due_at) AND (new.due_at > (now() + '12:05:00'::interval))) OR ((new.leased_until IS DISTINCT FROM old.leased_until) AND (new.leased_until > (now() + '00:07:00'::interval))))) EXECUTE FUNCTION public.core_owner_alone('waits half a day at most, and is leased for minutes');


CREATE TRIGGER payments_method_forgets BEFORE UPDATE ON public.payments_method FOR EACH ROW WHEN ((((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id)) OR ((old.removed_at IS NOT NULL) AND (old.removed_at IS DISTINCT FROM new.removed_at)) OR (((new.customer_ref)::text <> ''::text) AND ((new.customer_ref)::text <> (old.customer_ref)::text)))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER payments_methodsetup_begins BEFORE INSERT ON public.payments_methodsetup FOR EACH ROW WHEN ((((new.state)::text <> 'created'::text) OR (new.method_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER payments_methodsetup_forgets BEFORE UPDATE ON public.payments_methodsetup FOR EACH ROW WHEN (((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER payments_methodsetup_onward BEFORE INSERT OR UPDATE ON public.payments_methodsetup FOR EACH ROW WHEN ((NOT public.payments_is_providers((new.provider)::text, (new.payer_url)::text))) EXECUTE FUNCTION public.core_owner_alone('leads to its provider');


CREATE TRIGGER payments_methodsetup_steps BEFORE UPDATE ON public.payments_methodsetup FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('payments.MethodSetup');


CREATE TRIGGER payments_mirrorjob_begins_soon BEFORE INSERT ON public.payments_mirrorjob FOR EACH ROW WHEN (((new.due_at > (now() + '12:05:00'::interval)) OR (new.leased_until > (now() + '00:07:00'::interval)))) EXECUTE FUNCTION public.core_owner_alone('is due within half a day, and leased for minutes');


CREATE TRIGGER payments_mirrorjob_put_off BEFORE UPDATE ON public.payments_mirrorjob FOR EACH ROW WHEN ((((new.due_at IS DISTINCT FROM old.due_at) AND (new.due_at > (now() + '12:05:00'::interval))) OR ((new.leased_until IS DISTINCT FROM old.leased_until) AND (new.leased_until > (now() + '00:07:00'::interval))))) EXECUTE FUNCTION public.core_owner_alone('waits half a day at most, and is leased for minutes');


CREATE CONSTRAINT TRIGGER payments_reconciliation_explained AFTER UPDATE ON public.payments_reconciliation DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.core_told('payments.Reconciliation', 'id', 'reconciliation.explained');


CREATE TRIGGER payments_refund_amount_stays BEFORE UPDATE ON public.payments_refund FOR EACH ROW EXECUTE FUNCTION public.payments_amount_stays();


CREATE TRIGGER payments_refund_begins BEFORE INSERT ON public.payments_refund FOR EACH ROW WHEN ((((new.state)::text <> 'requested'::text) OR (new.bank_order_id IS NOT NULL) OR (new.refusal_proposed_by_id IS NOT NULL) OR (new.refusal_confirmed_by_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE CONSTRAINT TRIGGER payments_refund_is_told AFTER INSERT ON public.payments_refund DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.core_told('payments.Refund', 'id', 'refund.requested');


CREATE TRIGGER payments_refund_kept BEFORE DELETE ON public.payments_refund FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payments_refund_ordered BEFORE UPDATE ON public.payments_refund FOR EACH ROW WHEN (((old.bank_order_id IS DISTINCT FROM new.bank_order_id) AND (old.bank_order_id IS NOT NULL))) EXECUTE FUNCTION public.payments_its_order_is_withdrawn();


CREATE TRIGGER payments_refund_posted BEFORE UPDATE ON public.payments_refund FOR EACH ROW WHEN (((((new.state)::text = 'sent'::text) AND ((old.state)::text <> 'sent'::text)) OR (new.bank_order_id IS DISTINCT FROM old.bank_order_id))) EXECUTE FUNCTION public.payouts_leaves_as_posted('id');


CREATE TRIGGER payments_refund_refusal_confirmed_by_staff BEFORE UPDATE ON public.payments_refund FOR EACH ROW WHEN (((new.refusal_confirmed_by_id IS NOT NULL) AND (old.refusal_confirmed_by_id IS DISTINCT FROM new.refusal_confirmed_by_id))) EXECUTE FUNCTION public.accounts_by_staff('refusal_confirmed_by_id', 'finance-officers');


CREATE TRIGGER payments_refund_refusal_proposed_by_staff BEFORE UPDATE ON public.payments_refund FOR EACH ROW WHEN (((new.refusal_proposed_by_id IS NOT NULL) AND (old.refusal_proposed_by_id IS DISTINCT FROM new.refusal_proposed_by_id))) EXECUTE FUNCTION public.accounts_by_staff('refusal_proposed_by_id', 'finance-officers');


CREATE TRIGGER payments_refund_refusal_said BEFORE UPDATE ON public.payments_refund FOR EACH ROW WHEN (((old.refusal_proposed_by_id IS DISTINCT FROM new.refusal_proposed_by_id) AND (NOT ((new.refusal_proposed_by_id IS NULL) AND (new.bank_order_id IS NULL) AND (old.bank_order_id IS NOT NULL))))) EXECUTE FUNCTION public.payments_word_is_told('payments.Refund', 'refusal_proposed_by_id', 'refund.refusal_proposed', 'refund.refusal_withdrawn');


CREATE TRIGGER payments_refund_refusal_stays BEFORE UPDATE ON public.payments_refund FOR EACH ROW WHEN (((old.refusal_confirmed_by_id IS NOT NULL) AND ((old.refusal_proposed_by_id IS DISTINCT FROM new.refusal_proposed_by_id) OR (old.refusal_confirmed_by_id IS DISTINCT FROM new.refusal_confirmed_by_id)))) EXECUTE FUNCTION public.core_owner_alone('what two have confirmed stays');


CREATE TRIGGER payments_refund_refusal_told BEFORE UPDATE ON public.payments_refund FOR EACH ROW WHEN ((old.refusal_confirmed_by_id IS DISTINCT FROM new.refusal_confirmed_by_id)) EXECUTE FUNCTION public.core_told('payments.Refund', 'id', 'refund.refused');


CREATE TRIGGER payments_refund_refused_by_two BEFORE UPDATE ON public.payments_refund FOR EACH ROW WHEN ((((old.state)::text = 'pending'::text) AND ((new.state)::text = 'failed'::text) AND (old.bank_order_id IS NOT NULL) AND (new.refusal_confirmed_by_id IS NULL))) EXECUTE FUNCTION public.core_owner_alone('the bank has it: two say that it was refused');


CREATE TRIGGER payments_refund_steps BEFORE UPDATE ON public.payments_refund FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('payments.Refund');


CREATE CONSTRAINT TRIGGER payments_refund_went_after_all AFTER UPDATE ON public.payments_refund DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((old.state)::text = 'covered'::text) AND ((new.state)::text <> 'covered'::text))) EXECUTE FUNCTION public.payments_refund_went_after_all();


CREATE TRIGGER payments_refund_within_charge BEFORE INSERT ON public.payments_refund FOR EACH ROW EXECUTE FUNCTION public.payments_refund_within_charge();


CREATE CONSTRAINT TRIGGER payments_settlement_is_told AFTER INSERT ON public.payments_settlement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.core_told('payments.Settlement', 'id', 'settlement.noted');


CREATE CONSTRAINT TRIGGER payments_statement_is_told AFTER INSERT ON public.payments_statement DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.payments_statement_is_told();


CREATE TRIGGER payments_statementline_as_confirmed BEFORE UPDATE ON public.payments_statementline FOR EACH ROW WHEN ((((old.state)::text <> 'unclear'::text) AND ((((new.return_name)::text <> ''::text) AND ((new.return_name)::text <> (old.return_name)::text)) OR (((new.return_iban)::text <> ''::text) AND ((new.return_iban)::text <> (old.return_iban)::text))))) EXECUTE FUNCTION public.core_owner_alone('what was confirmed stays');


CREATE TRIGGER payments_statementline_begins BEFORE INSERT ON public.payments_statementline FOR EACH ROW WHEN ((((new.state)::text <> 'new'::text) OR (new.proposed_by_id IS NOT NULL) OR (new.confirmed_by_id IS NOT NULL) OR (COALESCE(new.charge_id, new.refund_id, new.transfer_id, new.bank_order_id) IS NOT NULL) OR (new.suspense_minor <> 0) OR ((new.proposal)::text <> ''::text) OR ((new.purpose)::text <> ''::text) OR ((new.return_name)::text <> ''::text) OR ((new.return_iban)::text <> ''::text))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER payments_statementline_forgets BEFORE UPDATE ON public.payments_statementline FOR EACH ROW WHEN (((((new.text)::text <> ''::text) AND ((new.text)::text <> (old.text)::text)) OR (((new.name)::text <> ''::text) AND ((new.name)::text <> (old.name)::text)) OR (((new.iban)::text <> ''::text) AND ((new.iban)::text <> (old.iban)::text)))) EXECUTE FUNCTION public.core_owner_alone('what the bank said stays');


CREATE TRIGGER payments_statementline_is_read AFTER INSERT ON public.payments_statementline REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.payments_statementline_is_read();


CREATE CONSTRAINT TRIGGER payments_statementline_is_stepped AFTER UPDATE ON public.payments_statementline DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((((((((old.charge_id IS DISTINCT FROM new.charge_id) OR (old.refund_id IS DISTINCT FROM new.refund_id)) OR (old.transfer_id IS DISTINCT FROM new.transfer_id)) OR (old.bank_order_id IS DISTINCT FROM new.bank_order_id)) OR (old.suspense_minor IS DISTINCT FROM new.suspense_minor)) OR ((old.proposal)::text IS DISTINCT FROM (new.proposal)::text)) OR ((old.purpose)::text IS DISTINCT FROM (new.purpose)::text)) OR (old.proposed_by_id IS DISTINCT FROM new.proposed_by_id)) OR (old.confirmed_by_id IS DISTINCT FROM new.confirmed_by_id))) EXECUTE FUNCTION public.payments_statementline_is_stepped();


CREATE CONSTRAINT TRIGGER payments_statementline_names AFTER UPDATE ON public.payments_statementline DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((old.reverses_id IS DISTINCT FROM new.reverses_id) OR ((old.duplicate_of_id IS DISTINCT FROM new.duplicate_of_id) AND (old.duplicate_of_id IS NOT NULL) AND ((old.proposal)::text = 'double'::text) AND ((old.state)::text = ANY ((ARRAY['proposed'::character varying, 'settled'::character varying])::text[]))))) EXECUTE FUNCTION public.payments_statementline_is_stepped();


CREATE TRIGGER payments_statementline_steps BEFORE UPDATE ON public.payments_statementline FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('payments.StatementLine');


CREATE TRIGGER payments_transfer_amount_stays BEFORE UPDATE ON public.payments_transfer FOR EACH ROW EXECUTE FUNCTION public.payments_amount_stays();


CREATE TRIGGER payments_transfer_begins BEFORE INSERT ON public.payments_transfer FOR EACH ROW WHEN ((((new.state)::text <> 'requested'::text) OR (new.bank_order_id IS NOT NULL) OR (new.refusal_proposed_by_id IS NOT NULL) OR (new.refusal_confirmed_by_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER payments_transfer_kept BEFORE DELETE ON public.payments_transfer FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payments_transfer_ordered BEFORE UPDATE ON public.payments_transfer FOR EACH ROW WHEN (((old.bank_order_id IS DISTINCT FROM new.bank_order_id) AND (old.bank_order_id IS NOT NULL))) EXECUTE FUNCTION public.payments_its_order_is_withdrawn();


CREATE TRIGGER payments_transfer_posted BEFORE UPDATE ON public.payments_transfer FOR EACH ROW WHEN (((((new.state)::text = 'sent'::text) AND ((old.state)::text <> 'sent'::text)) OR (new.bank_order_id IS DISTINCT FROM old.bank_order_id))) EXECUTE FUNCTION public.payouts_leaves_as_posted('id');


CREATE TRIGGER payments_transfer_refusal_confirmed_by_staff BEFORE UPDATE ON public.payments_transfer FOR EACH ROW WHEN (((new.refusal_confirmed_by_id IS NOT NULL) AND (old.refusal_confirmed_by_id IS DISTINCT FROM new.refusal_confirmed_by_id))) EXECUTE FUNCTION public.accounts_by_staff('refusal_confirmed_by_id', 'finance-officers');


CREATE TRIGGER payments_transfer_refusal_proposed_by_staff BEFORE UPDATE ON public.payments_transfer FOR EACH ROW WHEN (((new.refusal_proposed_by_id IS NOT NULL) AND (old.refusal_proposed_by_id IS DISTINCT FROM new.refusal_proposed_by_id))) EXECUTE FUNCTION public.accounts_by_staff('refusal_proposed_by_id', 'finance-officers');


CREATE TRIGGER payments_transfer_refusal_said BEFORE UPDATE ON public.payments_transfer FOR EACH ROW WHEN (((old.refusal_proposed_by_id IS DISTINCT FROM new.refusal_proposed_by_id) AND (NOT ((new.refusal_proposed_by_id IS NULL) AND (new.bank_order_id IS NULL) AND (old.bank_order_id IS NOT NULL))))) EXECUTE FUNCTION public.payments_word_is_told('payments.Transfer', 'refusal_proposed_by_id', 'transfer.refusal_proposed', 'transfer.refusal_withdrawn');


CREATE TRIGGER payments_transfer_refusal_stays BEFORE UPDATE ON public.payments_transfer FOR EACH ROW WHEN (((old.refusal_confirmed_by_id IS NOT NULL) AND ((old.refusal_proposed_by_id IS DISTINCT FROM new.refusal_proposed_by_id) OR (old.refusal_confirmed_by_id IS DISTINCT FROM new.refusal_confirmed_by_id)))) EXECUTE FUNCTION public.core_owner_alone('what two have confirmed stays');


CREATE TRIGGER payments_transfer_refusal_told BEFORE UPDATE ON public.payments_transfer FOR EACH ROW WHEN ((old.refusal_confirmed_by_id IS DISTINCT FROM new.refusal_confirmed_by_id)) EXECUTE FUNCTION public.core_told('payments.Transfer', 'id', 'transfer.refused');


CREATE TRIGGER payments_transfer_refused_by_two BEFORE UPDATE ON public.payments_transfer FOR EACH ROW WHEN ((((old.state)::text = 'sent'::text) AND ((new.state)::text = 'failed'::text) AND (old.bank_order_id IS NOT NULL) AND (new.refusal_confirmed_by_id IS NULL))) EXECUTE FUNCTION public.core_owner_alone('the bank has it: two say that it was refused');


CREATE TRIGGER payments_transfer_steps BEFORE UPDATE ON public.payments_transfer FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('payments.Transfer');


CREATE CONSTRAINT TRIGGER payments_transfer_went_after_all AFTER UPDATE ON public.payments_transfer DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN ((((old.state)::text = 'reversed'::text) AND ((new.state)::text <> 'reversed'::text))) EXECUTE FUNCTION public.payments_transfer_went_after_all();


CREATE TRIGGER payouts_approval_by_staff BEFORE INSERT ON public.payouts_approval FOR EACH ROW EXECUTE FUNCTION public.accounts_by_staff('person_id', 'finance-officers');


CREATE CONSTRAINT TRIGGER payouts_approval_is_told AFTER INSERT ON public.payouts_approval DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.payouts_approval_is_told();


CREATE TRIGGER payouts_approval_rules BEFORE INSERT ON public.payouts_approval FOR EACH ROW EXECUTE FUNCTION public.payouts_approval_rules();


CREATE TRIGGER payouts_approval_stays BEFORE DELETE OR UPDATE ON public.payouts_approval FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payouts_bankdetails_begin BEFORE INSERT ON public.payouts_bankdetails FOR EACH ROW EXECUTE FUNCTION public.payouts_bankdetails_told();


CREATE TRIGGER payouts_bankdetails_forgets BEFORE UPDATE ON public.payouts_bankdetails FOR EACH ROW WHEN (((new.entered_by_id IS NOT NULL) AND (old.entered_by_id IS DISTINCT FROM new.entered_by_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER payouts_bankdetails_gone BEFORE DELETE ON public.payouts_bankdetails FOR EACH ROW EXECUTE FUNCTION public.payouts_bankdetails_gone();


CREATE TRIGGER payouts_bankdetails_stay BEFORE UPDATE ON public.payouts_bankdetails FOR EACH ROW WHEN ((((((old.organisation_id IS DISTINCT FROM new.organisation_id) OR ((old.provider)::text IS DISTINCT FROM (new.provider)::text)) OR ((old.holder)::text IS DISTINCT FROM (new.holder)::text)) OR ((old.destination)::text IS DISTINCT FROM (new.destination)::text)) OR (old.usable_from IS DISTINCT FROM new.usable_from))) EXECUTE FUNCTION public.core_row_stays();


CREATE CONSTRAINT TRIGGER payouts_charge_is_owed AFTER INSERT ON public.payments_charge DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.purpose)::text !~~ 'bounty-gift:%'::text)) EXECUTE FUNCTION public.payouts_charge_is_owed();


CREATE CONSTRAINT TRIGGER payouts_entry_is_owed AFTER INSERT ON public.ledger_entry DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (((new.key)::text !~~ '%:borne:bounty-payout:%'::text)) EXECUTE FUNCTION public.payouts_entry_is_owed();


CREATE TRIGGER payouts_hold_begins BEFORE INSERT ON public.payouts_hold FOR EACH ROW WHEN ((new.lifted_at IS NOT NULL)) EXECUTE FUNCTION public.core_owner_alone('begins unlifted');


CREATE TRIGGER payouts_hold_is_lifted_once BEFORE UPDATE ON public.payouts_hold FOR EACH ROW WHEN (((old.lifted_at IS NOT NULL) OR ((old.campaign_id <> new.campaign_id) OR ((old.kind)::text <> (new.kind)::text) OR ((old.key)::text <> (new.key)::text)))) EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payouts_hold_lifted BEFORE UPDATE ON public.payouts_hold FOR EACH ROW WHEN (((new.lifted_at IS NOT NULL) AND (old.lifted_at IS NULL))) EXECUTE FUNCTION public.core_told('payouts.Hold', 'id', 'hold.lifted');


CREATE TRIGGER payouts_hold_stays BEFORE DELETE ON public.payouts_hold FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payouts_payout_begins BEFORE INSERT ON public.payouts_payout FOR EACH ROW WHEN ((((new.state)::text <> 'planned'::text) OR (new.released_at IS NOT NULL) OR (new.requested_by_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER payouts_payout_by_staff BEFORE UPDATE ON public.payouts_payout FOR EACH ROW WHEN (((new.requested_by_id IS NOT NULL) AND (old.requested_by_id IS DISTINCT FROM new.requested_by_id))) EXECUTE FUNCTION public.accounts_by_staff('requested_by_id', 'finance-officers');


CREATE TRIGGER payouts_payout_kept BEFORE DELETE ON public.payouts_payout FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payouts_payout_step BEFORE UPDATE OF state ON public.payouts_payout FOR EACH ROW WHEN (((old.state)::text <> (new.state)::text)) EXECUTE FUNCTION public.payouts_payout_step();


CREATE TRIGGER payouts_payout_steps BEFORE UPDATE ON public.payouts_payout FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('payouts.Payout');


CREATE TRIGGER payouts_payout_terms BEFORE INSERT OR UPDATE ON public.payouts_payout FOR EACH ROW EXECUTE FUNCTION public.payouts_payout_terms();


CREATE TRIGGER payouts_return_by_staff BEFORE INSERT ON public.payouts_return FOR EACH ROW EXECUTE FUNCTION public.accounts_by_staff('proposed_by_id', 'finance-officers');


CREATE TRIGGER payouts_return_confirmed_by_staff BEFORE UPDATE ON public.payouts_return FOR EACH ROW WHEN (((new.confirmed_by_id IS NOT NULL) AND (old.confirmed_by_id IS NULL))) EXECUTE FUNCTION public.accounts_by_staff('confirmed_by_id', 'finance-officers');


CREATE TRIGGER payouts_return_kept BEFORE DELETE ON public.payouts_return FOR EACH ROW EXECUTE FUNCTION public.core_row_stays();


CREATE TRIGGER payouts_return_steps BEFORE UPDATE ON public.payouts_return FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('payouts.Return');


CREATE TRIGGER payouts_return_terms BEFORE INSERT OR UPDATE ON public.payouts_return FOR EACH ROW EXECUTE FUNCTION public.payouts_return_terms();


CREATE TRIGGER payouts_success_is_earned BEFORE UPDATE ON public.campaigns_campaign FOR EACH ROW WHEN ((((new.state)::text = 'succeeded'::text) AND ((old.state)::text <> 'succeeded'::text) AND ((new.rule)::text = 'all_or_nothing'::text))) EXECUTE FUNCTION public.payouts_success_is_earned();


CREATE TRIGGER payouts_transfer_is_owed BEFORE INSERT ON public.payments_transfer FOR EACH ROW WHEN (((new.purpose)::text !~~ 'bounty-payout:%'::text)) EXECUTE FUNCTION public.payouts_transfer_is_owed();


CREATE TRIGGER proposals_make_count AFTER INSERT ON public.proposals_project FOR EACH ROW EXECUTE FUNCTION public.proposals_make_count();


CREATE TRIGGER proposals_project_begins BEFORE INSERT ON public.proposals_project FOR EACH ROW WHEN ((((new.state)::text <> 'draft'::text) OR (new.submitted_at IS NOT NULL) OR (new.opened_at IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER proposals_project_steps BEFORE UPDATE ON public.proposals_project FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('proposals.Project');


CREATE TRIGGER proposals_revision_guard BEFORE UPDATE ON public.proposals_projectrevision FOR EACH ROW EXECUTE FUNCTION public.proposals_revision_guard();


CREATE TRIGGER proposals_support_changed AFTER INSERT OR DELETE ON public.proposals_support FOR EACH ROW EXECUTE FUNCTION public.proposals_support_changed();


CREATE TRIGGER proposals_terms_frozen BEFORE UPDATE ON public.proposals_project FOR EACH ROW WHEN ((((old.state)::text <> ALL ((ARRAY['draft'::character varying, 'submitted'::character varying, 'returned'::character varying, 'rejected'::character varying, 'open'::character varying, 'cancelled'::character varying])::text[])) AND (((((old.currency)::text IS DISTINCT FROM (new.currency)::text) OR (old.call_id IS DISTINCT FROM new.call_id)) OR ((old.ballot_number)::text IS DISTINCT FROM (new.ballot_number)::text)) OR ((old.cost_minor IS DISTINCT FROM new.cost_minor) AND ((old.state)::text <> ALL ((ARRAY['funding'::character varying, 'funded'::character varying, 'delivering'::character varying])::text[])))))) EXECUTE FUNCTION public.proposals_terms_frozen();


CREATE TRIGGER reuses_reuse_begins BEFORE INSERT ON public.reuses_reuse FOR EACH ROW WHEN (((new.state)::text <> 'proposed'::text)) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER reuses_reuse_forgets BEFORE UPDATE ON public.reuses_reuse FOR EACH ROW WHEN (((new.person_id IS NOT NULL) AND (old.person_id IS DISTINCT FROM new.person_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER reuses_reuse_steps BEFORE UPDATE ON public.reuses_reuse FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('reuses.Reuse');


CREATE TRIGGER sponsorship_invoice_fits BEFORE UPDATE ON public.sponsorship_sponsorship FOR EACH ROW WHEN ((old.invoice_id IS DISTINCT FROM new.invoice_id)) EXECUTE FUNCTION public.sponsorship_invoice_fits();


CREATE TRIGGER sponsorship_package_frozen BEFORE INSERT OR DELETE OR UPDATE ON public.sponsorship_package FOR EACH ROW EXECUTE FUNCTION public.sponsorship_package_frozen();


CREATE TRIGGER sponsorship_sponsorship_begins BEFORE INSERT ON public.sponsorship_sponsorship FOR EACH ROW WHEN ((((new.state)::text <> 'offered'::text) OR (new.invoice_id IS NOT NULL) OR (new.checked_by_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER sponsorship_sponsorship_fits BEFORE INSERT ON public.sponsorship_sponsorship FOR EACH ROW EXECUTE FUNCTION public.sponsorship_sponsorship_fits();


CREATE TRIGGER sponsorship_sponsorship_fits_again BEFORE UPDATE ON public.sponsorship_sponsorship FOR EACH ROW WHEN ((((old.state)::text = ANY ((ARRAY['lapsed'::character varying, 'credited'::character varying])::text[])) AND ((new.state)::text <> ALL ((ARRAY['lapsed'::character varying, 'credited'::character varying])::text[])))) EXECUTE FUNCTION public.sponsorship_sponsorship_fits();


CREATE TRIGGER sponsorship_sponsorship_forgets BEFORE UPDATE ON public.sponsorship_sponsorship FOR EACH ROW WHEN (((new.offered_by_id IS NOT NULL) AND (old.offered_by_id IS DISTINCT FROM new.offered_by_id))) EXECUTE FUNCTION public.core_owner_alone('a person is forgotten, never replaced');


CREATE TRIGGER sponsorship_sponsorship_kept BEFORE DELETE ON public.sponsorship_sponsorship FOR EACH ROW EXECUTE FUNCTION public.sponsorship_sponsorship_stays();


CREATE TRIGGER sponsorship_sponsorship_stays BEFORE UPDATE ON public.sponsorship_sponsorship FOR EACH ROW WHEN ((((((((old.campaign_id IS DISTINCT FROM new.campaign_id) OR (old.package_id IS DISTINCT FROM new.package_id)) OR (old.organisation_id IS DISTINCT FROM new.organisation_id)) OR (old.amount_minor IS DISTINCT FROM new.amount_minor)) OR ((old.currency)::text IS DISTINCT FROM (new.currency)::text)) OR (old.benefits IS DISTINCT FROM new.benefits)) OR (old.conflict IS DISTINCT FROM new.conflict))) EXECUTE FUNCTION public.sponsorship_sponsorship_stays();


CREATE TRIGGER sponsorship_sponsorship_steps BEFORE UPDATE ON public.sponsorship_sponsorship FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('sponsorship.Sponsorship');


CREATE TRIGGER voting_ballot_day BEFORE INSERT OR UPDATE OF state_since ON public.voting_ballot FOR EACH ROW EXECUTE FUNCTION public.voting_ballot_day();


CREATE TRIGGER voting_ballot_guard BEFORE INSERT OR DELETE OR UPDATE ON public.voting_ballot FOR EACH ROW EXECUTE FUNCTION public.voting_ballot_guard();


CREATE CONSTRAINT TRIGGER voting_ballot_rule AFTER INSERT ON public.voting_ballot DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.voting_ballot_rule();


CREATE TRIGGER voting_ballot_steps BEFORE UPDATE ON public.voting_ballot FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('voting.Ballot');


CREATE TRIGGER voting_ballotline_stays BEFORE DELETE OR UPDATE ON public.voting_ballotline FOR EACH ROW EXECUTE FUNCTION public.voting_ballotline_stays();


CREATE TRIGGER voting_key_goes AFTER UPDATE OF state ON public.calls_call FOR EACH ROW WHEN ((((old.state)::text = 'open'::text) AND ((new.state)::text <> 'open'::text))) EXECUTE FUNCTION public.voting_key_goes();


CREATE TRIGGER voting_line_check AFTER INSERT ON public.voting_ballotline REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION public.voting_line_check();


CREATE TRIGGER voting_paperballot_begins BEFORE INSERT ON public.voting_paperballot FOR EACH ROW WHEN ((((new.state)::text <> 'once'::text) OR (new.ballot_id IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins at its beginning');


CREATE TRIGGER voting_paperballot_steps BEFORE UPDATE ON public.voting_paperballot FOR EACH ROW WHEN (((old.state)::text IS DISTINCT FROM (new.state)::text)) EXECUTE FUNCTION public.core_state_step('voting.PaperBallot');


CREATE TRIGGER voting_paperentry_append_only BEFORE DELETE OR UPDATE ON public.voting_paperentry FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER voting_papervoter_guard BEFORE INSERT OR DELETE OR UPDATE ON public.voting_papervoter FOR EACH ROW EXECUTE FUNCTION public.voting_papervoter_guard();


CREATE TRIGGER voting_papervoter_told BEFORE INSERT ON public.voting_papervoter FOR EACH ROW EXECUTE FUNCTION public.voting_papervoter_told();


CREATE TRIGGER voting_poll_begins BEFORE INSERT ON public.voting_poll FOR EACH ROW WHEN (((new.sealed_at IS NOT NULL) OR (new.ballots IS NOT NULL) OR ((new.key_digest)::text = ''::text) OR (new.shuffled_until IS NOT NULL) OR (new.shuffling IS NOT NULL))) EXECUTE FUNCTION public.core_owner_alone('begins unsealed, with the digest of its key');


CREATE TRIGGER voting_poll_counting BEFORE UPDATE ON public.voting_poll FOR EACH ROW WHEN (((((old.counting)::text IS DISTINCT FROM (new.counting)::text) OR (old.counted IS DISTINCT FROM new.counted)) AND (new.sealed_at IS NULL))) EXECUTE FUNCTION public.core_owner_alone('counted once it is sealed');


CREATE TRIGGER voting_poll_guard BEFORE DELETE OR UPDATE ON public.voting_poll FOR EACH ROW EXECUTE FUNCTION public.voting_poll_guard();


CREATE TRIGGER voting_poll_prepared BEFORE INSERT ON public.voting_poll FOR EACH ROW EXECUTE FUNCTION public.core_told('calls.Call', 'call_id', 'poll.prepared');


CREATE TRIGGER voting_poll_told BEFORE UPDATE ON public.voting_poll FOR EACH ROW WHEN (((new.sealed_at IS NOT NULL) AND (old.sealed_at IS NULL))) EXECUTE FUNCTION public.core_told('calls.Call', 'call_id', 'poll.sealed');


CREATE TRIGGER voting_projectresult_append_only BEFORE DELETE OR UPDATE ON public.voting_projectresult FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER voting_projectresult_fits BEFORE INSERT ON public.voting_projectresult FOR EACH ROW EXECUTE FUNCTION public.voting_tally_fits();


CREATE TRIGGER voting_tally_append_only BEFORE DELETE OR UPDATE ON public.voting_tally FOR EACH ROW EXECUTE FUNCTION public.core_append_only();


CREATE TRIGGER voting_tally_fits BEFORE INSERT ON public.voting_tally FOR EACH ROW EXECUTE FUNCTION public.voting_tally_fits();


ALTER TABLE ONLY public.access_accessrequest
    ADD CONSTRAINT access_accessrequest_dataset_id_e0e6ab51_fk_catalogue FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_accessrequest
    ADD CONSTRAINT access_accessrequest_organisation_id_d5fb87b4_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_accessrequest
    ADD CONSTRAINT access_accessrequest_person_id_33f33689_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_accessrequest
    ADD CONSTRAINT access_accessrequest_renews_id_4c918f84_fk_access_grant_id FOREIGN KEY (renews_id) REFERENCES public.access_grant(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_agreement
    ADD CONSTRAINT access_agreement_dataset_id_bd2254dc_fk_catalogue_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_agreement
    ADD CONSTRAINT access_agreement_organisation_id_c6294153_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_agreement
    ADD CONSTRAINT access_agreement_person_id_b39056f4_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_agreement
    ADD CONSTRAINT access_agreement_request_id_21deff3e_fk_access_accessrequest_id FOREIGN KEY (request_id) REFERENCES public.access_accessrequest(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_grant
    ADD CONSTRAINT access_grant_agreement_id_5c50038d_fk_access_agreement_id FOREIGN KEY (agreement_id) REFERENCES public.access_agreement(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_grant
    ADD CONSTRAINT access_grant_dataset_id_c091640e_fk_catalogue_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_grant
    ADD CONSTRAINT access_grant_key_person_id_9c689a27_fk_accounts_person_id FOREIGN KEY (key_person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_grant
    ADD CONSTRAINT access_grant_organisation_id_7d694569_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_grant
    ADD CONSTRAINT access_grant_person_id_2cb654af_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.access_policy
    ADD CONSTRAINT access_policy_dataset_id_e503c59c_fk_catalogue_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.account_emailaddress
    ADD CONSTRAINT account_emailaddress_user_id_2c513194_fk_accounts_person_id FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.account_emailconfirmation
    ADD CONSTRAINT account_emailconfirm_email_address_id_5b7f8c58_fk_account_e FOREIGN KEY (email_address_id) REFERENCES public.account_emailaddress(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_area
    ADD CONSTRAINT accounts_area_parent_id_02676180_fk_accounts_area_id FOREIGN KEY (parent_id) REFERENCES public.accounts_area(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_dataexport
    ADD CONSTRAINT accounts_dataexport_person_id_b3f292fa_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_erasurerequest
    ADD CONSTRAINT accounts_erasurerequ_person_id_16e4a624_fk_accounts_ FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_invited_by_id_94a21efc_fk_accounts_ FOREIGN KEY (invited_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_invitation
    ADD CONSTRAINT accounts_invitation_organisation_id_b7f9480b_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_mail
    ADD CONSTRAINT accounts_mail_person_id_c33a45ad_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_organisation_id_98e5c22b_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_membership
    ADD CONSTRAINT accounts_membership_person_id_cd00e383_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_person
    ADD CONSTRAINT accounts_person_area_id_6f2eed54_fk_accounts_area_id FOREIGN KEY (area_id) REFERENCES public.accounts_area(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_person_groups
    ADD CONSTRAINT accounts_person_groups_group_id_2455a92a_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_person_groups
    ADD CONSTRAINT accounts_person_groups_person_id_0267a8e2_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_person_user_permissions
    ADD CONSTRAINT accounts_person_user_permission_id_ef54d0fe_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_person_user_permissions
    ADD CONSTRAINT accounts_person_user_person_id_f01807a9_fk_accounts_ FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_registryentry
    ADD CONSTRAINT accounts_registryent_upload_id_8e2b363c_fk_accounts_ FOREIGN KEY (upload_id) REFERENCES public.accounts_registryupload(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_registryentry
    ADD CONSTRAINT accounts_registryentry_area_id_1ccf0d79_fk_accounts_area_id FOREIGN KEY (area_id) REFERENCES public.accounts_area(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_registryupload
    ADD CONSTRAINT accounts_registryupl_uploaded_by_id_349d0a9c_fk_accounts_ FOREIGN KEY (uploaded_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_residency
    ADD CONSTRAINT accounts_residency_area_id_10370691_fk_accounts_area_id FOREIGN KEY (area_id) REFERENCES public.accounts_area(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_residency
    ADD CONSTRAINT accounts_residency_person_id_6095decd_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.accounts_staffinvitation
    ADD CONSTRAINT accounts_staffinvita_invited_by_id_8aefa09e_fk_accounts_ FOREIGN KEY (invited_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.analytics_savedquery
    ADD CONSTRAINT analytics_savedquery_dataset_id_5a326498_fk_catalogue FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.analytics_savedquery
    ADD CONSTRAINT analytics_savedquery_owner_id_67be4809_fk_accounts_person_id FOREIGN KEY (owner_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissio_permission_id_84c5c92e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_group_permissions
    ADD CONSTRAINT auth_group_permissions_group_id_b120cbf9_fk_auth_group_id FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.auth_permission
    ADD CONSTRAINT auth_permission_content_type_id_2f476e4b_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.calls_call_areas
    ADD CONSTRAINT calls_call_areas_area_id_811c60b6_fk_accounts_area_id FOREIGN KEY (area_id) REFERENCES public.accounts_area(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.calls_call_areas
    ADD CONSTRAINT calls_call_areas_call_id_74a6c5e1_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.calls_phase
    ADD CONSTRAINT calls_phase_call_id_6202c075_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaigns_campaign
    ADD CONSTRAINT campaigns_campaign_project_id_cf2742dc_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaigns_campaigntotal
    ADD CONSTRAINT campaigns_campaignto_campaign_id_294140c9_fk_campaigns FOREIGN KEY (campaign_id) REFERENCES public.campaigns_campaign(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaigns_instalment
    ADD CONSTRAINT campaigns_instalment_pledge_id_455ef882_fk_campaigns_pledge_id FOREIGN KEY (pledge_id) REFERENCES public.campaigns_pledge(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaigns_pledge
    ADD CONSTRAINT campaigns_pledge_campaign_id_c1a92a85_fk_campaigns_campaign_id FOREIGN KEY (campaign_id) REFERENCES public.campaigns_campaign(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaigns_pledge
    ADD CONSTRAINT campaigns_pledge_method_id_699414a0_fk_payments_method_id FOREIGN KEY (method_id) REFERENCES public.payments_method(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaigns_pledge
    ADD CONSTRAINT campaigns_pledge_person_id_52929fb7_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.campaigns_stretchgoal
    ADD CONSTRAINT campaigns_stretchgoa_campaign_id_a0813eea_fk_campaigns FOREIGN KEY (campaign_id) REFERENCES public.campaigns_campaign(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_dataset
    ADD CONSTRAINT catalogue_dataset_area_id_d1722df5_fk_accounts_area_id FOREIGN KEY (area_id) REFERENCES public.accounts_area(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_dataset
    ADD CONSTRAINT catalogue_dataset_harvested_from_id_195f08a3_fk_catalogue FOREIGN KEY (harvested_from_id) REFERENCES public.catalogue_source(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_dataset
    ADD CONSTRAINT catalogue_dataset_publisher_id_4b8328ff_fk_accounts_ FOREIGN KEY (publisher_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_dataset
    ADD CONSTRAINT catalogue_dataset_series_id_3c669f01_fk_catalogue_series_id FOREIGN KEY (series_id) REFERENCES public.catalogue_series(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_distribution
    ADD CONSTRAINT catalogue_distributi_revision_id_a9240828_fk_catalogue FOREIGN KEY (revision_id) REFERENCES public.catalogue_revision(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_follow
    ADD CONSTRAINT catalogue_follow_dataset_id_e821e0c7_fk_catalogue_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_follow
    ADD CONSTRAINT catalogue_follow_person_id_181e26bb_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_harvest
    ADD CONSTRAINT catalogue_harvest_source_id_99148529_fk_catalogue_source_id FOREIGN KEY (source_id) REFERENCES public.catalogue_source(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_harvestrecord
    ADD CONSTRAINT catalogue_harvestrec_dataset_id_8feeecf7_fk_catalogue FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_harvestrecord
    ADD CONSTRAINT catalogue_harvestrec_harvest_id_22878da0_fk_catalogue FOREIGN KEY (harvest_id) REFERENCES public.catalogue_harvest(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_harveststep
    ADD CONSTRAINT catalogue_harvestste_harvest_id_bf7d9e16_fk_catalogue FOREIGN KEY (harvest_id) REFERENCES public.catalogue_harvest(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_original
    ADD CONSTRAINT catalogue_original_dataset_id_9766863f_fk_catalogue_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_rejectedrow
    ADD CONSTRAINT catalogue_rejectedrow_upload_id_f1ad9c78_fk_catalogue_upload_id FOREIGN KEY (upload_id) REFERENCES public.catalogue_upload(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_revision
    ADD CONSTRAINT catalogue_revision_dataset_id_76bd1a9a_fk_catalogue_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_revision
    ADD CONSTRAINT catalogue_revision_person_id_431bc51d_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_revision
    ADD CONSTRAINT catalogue_revision_upload_id_6e7dd365_fk_catalogue_upload_id FOREIGN KEY (upload_id) REFERENCES public.catalogue_upload(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_series
    ADD CONSTRAINT catalogue_series_publisher_id_90babd4c_fk_accounts_ FOREIGN KEY (publisher_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_source
    ADD CONSTRAINT catalogue_source_publisher_id_985e500e_fk_accounts_ FOREIGN KEY (publisher_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_upload
    ADD CONSTRAINT catalogue_upload_dataset_id_d289baeb_fk_catalogue_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_upload
    ADD CONSTRAINT catalogue_upload_person_id_0fa8356f_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.catalogue_uploadstep
    ADD CONSTRAINT catalogue_uploadstep_upload_id_f2f44329_fk_catalogue_upload_id FOREIGN KEY (upload_id) REFERENCES public.catalogue_upload(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_collection
    ADD CONSTRAINT consent_collection_publisher_id_913ea491_fk_accounts_ FOREIGN KEY (publisher_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_consent_notice_id_32fb7948_fk_consent_notice_id FOREIGN KEY (notice_id) REFERENCES public.consent_notice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_consent_person_id_7faabceb_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_consent
    ADD CONSTRAINT consent_consent_purpose_id_a6dc098e_fk_consent_purpose_id FOREIGN KEY (purpose_id) REFERENCES public.consent_purpose(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_deletion
    ADD CONSTRAINT consent_deletion_grant_id_d074a0f8_fk_access_grant_id FOREIGN KEY (grant_id) REFERENCES public.access_grant(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_deletion
    ADD CONSTRAINT consent_deletion_release_id_667f3403_fk_consent_release_id FOREIGN KEY (release_id) REFERENCES public.consent_release(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_inclusion
    ADD CONSTRAINT consent_inclusion_consent_id_3a6c8574_fk_consent_consent_id FOREIGN KEY (consent_id) REFERENCES public.consent_consent(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_inclusion
    ADD CONSTRAINT consent_inclusion_release_id_7bc6d61a_fk_consent_release_id FOREIGN KEY (release_id) REFERENCES public.consent_release(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_notice
    ADD CONSTRAINT consent_notice_purpose_id_e688afa9_fk_consent_purpose_id FOREIGN KEY (purpose_id) REFERENCES public.consent_purpose(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_purpose
    ADD CONSTRAINT consent_purpose_collection_id_1e1b1f91_fk_consent_collection_id FOREIGN KEY (collection_id) REFERENCES public.consent_collection(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_purpose
    ADD CONSTRAINT consent_purpose_dataset_id_77b7ab32_fk_catalogue_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_notice_id_91d2d70a_fk_consent_notice_id FOREIGN KEY (notice_id) REFERENCES public.consent_notice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_person_id_3b4b4263_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_purpose_id_47fbb84a_fk_consent_purpose_id FOREIGN KEY (purpose_id) REFERENCES public.consent_purpose(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_revision_id_03b5dac3_fk_catalogue_revision_id FOREIGN KEY (revision_id) REFERENCES public.catalogue_revision(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_release
    ADD CONSTRAINT consent_release_upload_id_a2b24faa_fk_catalogue_upload_id FOREIGN KEY (upload_id) REFERENCES public.catalogue_upload(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_rightsrequest
    ADD CONSTRAINT consent_rightsreques_collection_id_0e9253b1_fk_consent_c FOREIGN KEY (collection_id) REFERENCES public.consent_collection(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_rightsrequest
    ADD CONSTRAINT consent_rightsrequest_person_id_f73be0f6_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_submission
    ADD CONSTRAINT consent_submission_collection_id_71866282_fk_consent_c FOREIGN KEY (collection_id) REFERENCES public.consent_collection(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.consent_submission
    ADD CONSTRAINT consent_submission_person_id_64082f22_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.contributions_contribution
    ADD CONSTRAINT contributions_contri_organisation_id_2a9b5611_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.contributions_contribution
    ADD CONSTRAINT contributions_contri_person_id_d17b289d_fk_accounts_ FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.contributions_contribution
    ADD CONSTRAINT contributions_contri_want_id_ce17067c_fk_contribut FOREIGN KEY (want_id) REFERENCES public.contributions_want(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.contributions_want
    ADD CONSTRAINT contributions_want_project_id_98bdc952_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.core_delivery
    ADD CONSTRAINT core_delivery_event_id_b08c48a1_fk_core_event_seq FOREIGN KEY (event_id) REFERENCES public.core_event(seq) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.core_outbox
    ADD CONSTRAINT core_outbox_event_id_4be4d305_fk_core_event_seq FOREIGN KEY (event_id) REFERENCES public.core_event(seq) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.delivery_evidence
    ADD CONSTRAINT delivery_evidence_milestone_id_f4b6c231_fk_delivery_ FOREIGN KEY (milestone_id) REFERENCES public.delivery_milestone(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.delivery_evidence
    ADD CONSTRAINT delivery_evidence_person_id_8ba1f8bc_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.delivery_milestone
    ADD CONSTRAINT delivery_milestone_project_id_299b5808_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.delivery_update
    ADD CONSTRAINT delivery_update_author_id_f4ab43f9_fk_accounts_person_id FOREIGN KEY (author_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.delivery_update
    ADD CONSTRAINT delivery_update_project_id_341c3a03_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_comment
    ADD CONSTRAINT discussion_comment_author_id_e6fa51d3_fk_accounts_person_id FOREIGN KEY (author_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_comment
    ADD CONSTRAINT discussion_comment_organisation_id_909bec96_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_comment
    ADD CONSTRAINT discussion_comment_parent_id_f04051d3_fk_discussion_comment_id FOREIGN KEY (parent_id) REFERENCES public.discussion_comment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_comment
    ADD CONSTRAINT discussion_comment_project_id_c23ca2fe_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_comment
    ADD CONSTRAINT discussion_comment_thread_id_f0db2e1e_fk_discussion_comment_id FOREIGN KEY (thread_id) REFERENCES public.discussion_comment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_commentrevision
    ADD CONSTRAINT discussion_commentre_comment_id_dbb67508_fk_discussio FOREIGN KEY (comment_id) REFERENCES public.discussion_comment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_discussioncount
    ADD CONSTRAINT discussion_discussio_project_id_2532968b_fk_proposals FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_follow
    ADD CONSTRAINT discussion_follow_person_id_5c5c2858_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_follow
    ADD CONSTRAINT discussion_follow_project_id_4851c033_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_moderationcase
    ADD CONSTRAINT discussion_moderatio_appealed_by_id_05693c78_fk_accounts_ FOREIGN KEY (appealed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_moderationcase
    ADD CONSTRAINT discussion_moderatio_author_id_ecc18e1d_fk_accounts_ FOREIGN KEY (author_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_moderationcase
    ADD CONSTRAINT discussion_moderatio_comment_id_fc3e23dc_fk_discussio FOREIGN KEY (comment_id) REFERENCES public.discussion_comment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_moderationcase
    ADD CONSTRAINT discussion_moderatio_decided_by_id_e128b097_fk_accounts_ FOREIGN KEY (decided_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_moderationcase
    ADD CONSTRAINT discussion_moderatio_project_id_d667f5c9_fk_proposals FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_moderationcase
    ADD CONSTRAINT discussion_moderatio_reviewed_by_id_fb850acb_fk_accounts_ FOREIGN KEY (reviewed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_report
    ADD CONSTRAINT discussion_report_case_id_9743dab1_fk_discussio FOREIGN KEY (case_id) REFERENCES public.discussion_moderationcase(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.discussion_report
    ADD CONSTRAINT discussion_report_reporter_id_77280ee3_fk_accounts_person_id FOREIGN KEY (reporter_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_content_type_id_c4bce8eb_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.django_admin_log
    ADD CONSTRAINT django_admin_log_user_id_c564eba6_fk_accounts_person_id FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_clocked_id_47a69f82_fk_django_ce FOREIGN KEY (clocked_id) REFERENCES public.django_celery_beat_clockedschedule(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_crontab_id_d3cba168_fk_django_ce FOREIGN KEY (crontab_id) REFERENCES public.django_celery_beat_crontabschedule(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_interval_id_a8ca27da_fk_django_ce FOREIGN KEY (interval_id) REFERENCES public.django_celery_beat_intervalschedule(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.django_celery_beat_periodictask
    ADD CONSTRAINT django_celery_beat_p_solar_id_a87ce72c_fk_django_ce FOREIGN KEY (solar_id) REFERENCES public.django_celery_beat_solarschedule(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_account
    ADD CONSTRAINT djstripe_account_djstripe_owner_accou_64558c8f_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_accountv2
    ADD CONSTRAINT djstripe_accountv2_djstripe_owner_accou_d9b27175_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_activeentitlement
    ADD CONSTRAINT djstripe_activeentit_djstripe_owner_accou_d4f2dd53_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_apikey
    ADD CONSTRAINT djstripe_apikey_djstripe_owner_accou_037f32cb_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_applicationfee
    ADD CONSTRAINT djstripe_application_account_id_f50a2a15_fk_djstripe_ FOREIGN KEY (account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_applicationfeerefund
    ADD CONSTRAINT djstripe_application_balance_transaction__bc35b031_fk_djstripe_ FOREIGN KEY (balance_transaction_id) REFERENCES public.djstripe_balancetransaction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_applicationfee
    ADD CONSTRAINT djstripe_application_balance_transaction__ff735754_fk_djstripe_ FOREIGN KEY (balance_transaction_id) REFERENCES public.djstripe_balancetransaction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_applicationfee
    ADD CONSTRAINT djstripe_application_charge_id_8ba8ce37_fk_djstripe_ FOREIGN KEY (charge_id) REFERENCES public.djstripe_charge(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_applicationfee
    ADD CONSTRAINT djstripe_application_djstripe_owner_accou_07bb6a78_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_applicationfeerefund
    ADD CONSTRAINT djstripe_application_djstripe_owner_accou_7418f0b2_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_applicationfeerefund
    ADD CONSTRAINT djstripe_application_fee_id_8fabef2d_fk_djstripe_ FOREIGN KEY (fee_id) REFERENCES public.djstripe_applicationfee(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_balancetransaction
    ADD CONSTRAINT djstripe_balancetran_djstripe_owner_accou_868dfd07_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_bankaccount
    ADD CONSTRAINT djstripe_bankaccount_account_id_5434506d_fk_djstripe_account_id FOREIGN KEY (account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_bankaccount
    ADD CONSTRAINT djstripe_bankaccount_djstripe_owner_accou_7c978af8_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_card
    ADD CONSTRAINT djstripe_card_account_id_ef99457f_fk_djstripe_account_id FOREIGN KEY (account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_card
    ADD CONSTRAINT djstripe_card_djstripe_owner_accou_1a2f42f2_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_charge
    ADD CONSTRAINT djstripe_charge_balance_transaction__2eac625e_fk_djstripe_ FOREIGN KEY (balance_transaction_id) REFERENCES public.djstripe_balancetransaction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_charge
    ADD CONSTRAINT djstripe_charge_customer_id_fb15eb2b_fk_djstripe_customer_id FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_charge
    ADD CONSTRAINT djstripe_charge_djstripe_owner_accou_5664eb74_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_charge
    ADD CONSTRAINT djstripe_charge_invoice_id_bb36cca4_fk_djstripe_invoice_id FOREIGN KEY (invoice_id) REFERENCES public.djstripe_invoice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_charge
    ADD CONSTRAINT djstripe_charge_payment_intent_id_e2c03053_fk_djstripe_ FOREIGN KEY (payment_intent_id) REFERENCES public.djstripe_paymentintent(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_charge
    ADD CONSTRAINT djstripe_charge_payment_method_id_061d5812_fk_djstripe_ FOREIGN KEY (payment_method_id) REFERENCES public.djstripe_paymentmethod(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_charge
    ADD CONSTRAINT djstripe_charge_source_id_2502db60_fk_djstripe_ FOREIGN KEY (source_id) REFERENCES public.djstripe_djstripepaymentmethod(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_coupon
    ADD CONSTRAINT djstripe_coupon_djstripe_owner_accou_ea85f74e_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_customer
    ADD CONSTRAINT djstripe_customer_default_payment_meth_00268b63_fk_djstripe_ FOREIGN KEY (default_payment_method_id) REFERENCES public.djstripe_paymentmethod(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_customer
    ADD CONSTRAINT djstripe_customer_djstripe_owner_accou_2c5ac18d_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_customer
    ADD CONSTRAINT djstripe_customer_subscriber_id_60f5c7bc_fk_accounts_person_id FOREIGN KEY (subscriber_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_discount
    ADD CONSTRAINT djstripe_discount_customer_id_eaab7ecc_fk_djstripe_customer_id FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_discount
    ADD CONSTRAINT djstripe_discount_djstripe_owner_accou_76f33de0_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_discount
    ADD CONSTRAINT djstripe_discount_invoice_id_4acd89bf_fk_djstripe_invoice_id FOREIGN KEY (invoice_id) REFERENCES public.djstripe_invoice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_discount
    ADD CONSTRAINT djstripe_discount_subscription_id_c9b8f55a_fk_djstripe_ FOREIGN KEY (subscription_id) REFERENCES public.djstripe_subscription(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_dispute
    ADD CONSTRAINT djstripe_dispute_balance_transaction__aa7cb920_fk_djstripe_ FOREIGN KEY (balance_transaction_id) REFERENCES public.djstripe_balancetransaction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_dispute
    ADD CONSTRAINT djstripe_dispute_charge_id_ba680941_fk_djstripe_charge_id FOREIGN KEY (charge_id) REFERENCES public.djstripe_charge(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_dispute
    ADD CONSTRAINT djstripe_dispute_djstripe_owner_accou_8010e2d7_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_dispute
    ADD CONSTRAINT djstripe_dispute_payment_intent_id_dc834ee4_fk_djstripe_ FOREIGN KEY (payment_intent_id) REFERENCES public.djstripe_paymentintent(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_djstripeinvoicedefaulttaxrate
    ADD CONSTRAINT djstripe_djstripeinv_invoice_id_541494fb_fk_djstripe_ FOREIGN KEY (invoice_id) REFERENCES public.djstripe_invoice(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_djstripeinvoiceitemtaxrate
    ADD CONSTRAINT djstripe_djstripeinv_invoiceitem_id_ddc00567_fk_djstripe_ FOREIGN KEY (invoiceitem_id) REFERENCES public.djstripe_invoiceitem(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_djstripeinvoiceitemtaxrate
    ADD CONSTRAINT djstripe_djstripeinv_taxrate_id_bd22e20a_fk_djstripe_ FOREIGN KEY (taxrate_id) REFERENCES public.djstripe_taxrate(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_djstripeinvoicedefaulttaxrate
    ADD CONSTRAINT djstripe_djstripeinv_taxrate_id_fd618ddd_fk_djstripe_ FOREIGN KEY (taxrate_id) REFERENCES public.djstripe_taxrate(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_djstripesubscriptionitemtaxrate
    ADD CONSTRAINT djstripe_djstripesub_subscriptionitem_id_04bcb65f_fk_djstripe_ FOREIGN KEY (subscriptionitem_id) REFERENCES public.djstripe_subscriptionitem(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_djstripesubscriptionitemtaxrate
    ADD CONSTRAINT djstripe_djstripesub_taxrate_id_01b3bd7f_fk_djstripe_ FOREIGN KEY (taxrate_id) REFERENCES public.djstripe_taxrate(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_earlyfraudwarning
    ADD CONSTRAINT djstripe_earlyfraudw_djstripe_owner_accou_83708c78_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_event
    ADD CONSTRAINT djstripe_event_djstripe_owner_accou_622cdfe3_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_feature
    ADD CONSTRAINT djstripe_feature_djstripe_owner_accou_c571a7da_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_file
    ADD CONSTRAINT djstripe_file_djstripe_owner_accou_4919c058_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_filelink
    ADD CONSTRAINT djstripe_filelink_djstripe_owner_accou_bb039aa3_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_filelink
    ADD CONSTRAINT djstripe_filelink_file_id_5241d36f_fk_djstripe_file_id FOREIGN KEY (file_id) REFERENCES public.djstripe_file(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoice
    ADD CONSTRAINT djstripe_invoice_charge_id_1e660b26_fk_djstripe_ FOREIGN KEY (charge_id) REFERENCES public.djstripe_charge(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoice
    ADD CONSTRAINT djstripe_invoice_customer_id_c0cd871c_fk_djstripe_customer_id FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoice
    ADD CONSTRAINT djstripe_invoice_default_payment_meth_670990d5_fk_djstripe_ FOREIGN KEY (default_payment_method_id) REFERENCES public.djstripe_paymentmethod(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoice
    ADD CONSTRAINT djstripe_invoice_djstripe_owner_accou_cc0c7f79_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoice
    ADD CONSTRAINT djstripe_invoice_payment_intent_id_280d90d8_fk_djstripe_ FOREIGN KEY (payment_intent_id) REFERENCES public.djstripe_paymentintent(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoice
    ADD CONSTRAINT djstripe_invoice_subscription_id_2dbc2461_fk_djstripe_ FOREIGN KEY (subscription_id) REFERENCES public.djstripe_subscription(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoiceitem
    ADD CONSTRAINT djstripe_invoiceitem_customer_id_259466b8_fk_djstripe_ FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoiceitem
    ADD CONSTRAINT djstripe_invoiceitem_djstripe_owner_accou_9afac289_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoiceitem
    ADD CONSTRAINT djstripe_invoiceitem_invoice_id_d302912e_fk_djstripe_invoice_id FOREIGN KEY (invoice_id) REFERENCES public.djstripe_invoice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoiceitem
    ADD CONSTRAINT djstripe_invoiceitem_price_id_24d80db8_fk_djstripe_ FOREIGN KEY (price_id) REFERENCES public.djstripe_price(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_invoiceitem
    ADD CONSTRAINT djstripe_invoiceitem_subscription_id_a7760178_fk_djstripe_ FOREIGN KEY (subscription_id) REFERENCES public.djstripe_subscription(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_issuing_authorization
    ADD CONSTRAINT djstripe_issuing_aut_djstripe_owner_accou_a5d3464b_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_issuing_card
    ADD CONSTRAINT djstripe_issuing_car_djstripe_owner_accou_0bdfc97c_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_issuing_cardholder
    ADD CONSTRAINT djstripe_issuing_car_djstripe_owner_accou_fa7389b4_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_issuing_dispute
    ADD CONSTRAINT djstripe_issuing_dis_djstripe_owner_accou_388b366f_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_issuing_transaction
    ADD CONSTRAINT djstripe_issuing_tra_djstripe_owner_accou_dfdd0ee5_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_lineitem
    ADD CONSTRAINT djstripe_lineitem_djstripe_owner_accou_94fe816a_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_lineitem
    ADD CONSTRAINT djstripe_lineitem_invoice_item_id_673833e2_fk_djstripe_ FOREIGN KEY (invoice_item_id) REFERENCES public.djstripe_invoiceitem(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_lineitem
    ADD CONSTRAINT djstripe_lineitem_subscription_id_7d83979b_fk_djstripe_ FOREIGN KEY (subscription_id) REFERENCES public.djstripe_subscription(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_lineitem
    ADD CONSTRAINT djstripe_lineitem_subscription_item_id_6e53d0a7_fk_djstripe_ FOREIGN KEY (subscription_item_id) REFERENCES public.djstripe_subscriptionitem(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_mandate
    ADD CONSTRAINT djstripe_mandate_djstripe_owner_accou_63974808_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_mandate
    ADD CONSTRAINT djstripe_mandate_payment_method_id_43a90a75_fk_djstripe_ FOREIGN KEY (payment_method_id) REFERENCES public.djstripe_paymentmethod(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_paymentintent
    ADD CONSTRAINT djstripe_paymentinte_customer_id_93ee54a2_fk_djstripe_ FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_paymentintent
    ADD CONSTRAINT djstripe_paymentinte_djstripe_owner_accou_3433b556_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_paymentintent
    ADD CONSTRAINT djstripe_paymentinte_on_behalf_of_id_4db305db_fk_djstripe_ FOREIGN KEY (on_behalf_of_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_paymentintent
    ADD CONSTRAINT djstripe_paymentinte_payment_method_id_814dd02d_fk_djstripe_ FOREIGN KEY (payment_method_id) REFERENCES public.djstripe_paymentmethod(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_paymentmethod
    ADD CONSTRAINT djstripe_paymentmeth_customer_id_c482a8b6_fk_djstripe_ FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_paymentmethod
    ADD CONSTRAINT djstripe_paymentmeth_djstripe_owner_accou_12af66c9_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_payout
    ADD CONSTRAINT djstripe_payout_balance_transaction__a9393fb6_fk_djstripe_ FOREIGN KEY (balance_transaction_id) REFERENCES public.djstripe_balancetransaction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_payout
    ADD CONSTRAINT djstripe_payout_destination_id_a5fa55c2_fk_djstripe_ FOREIGN KEY (destination_id) REFERENCES public.djstripe_bankaccount(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_payout
    ADD CONSTRAINT djstripe_payout_djstripe_owner_accou_8aac4e8e_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_payout
    ADD CONSTRAINT djstripe_payout_failure_balance_tran_77d442db_fk_djstripe_ FOREIGN KEY (failure_balance_transaction_id) REFERENCES public.djstripe_balancetransaction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_payout
    ADD CONSTRAINT djstripe_payout_original_payout_id_e99fb157_fk_djstripe_ FOREIGN KEY (original_payout_id) REFERENCES public.djstripe_payout(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_payout
    ADD CONSTRAINT djstripe_payout_reversed_by_id_f12b125d_fk_djstripe_ FOREIGN KEY (reversed_by_id) REFERENCES public.djstripe_payout(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_price
    ADD CONSTRAINT djstripe_price_djstripe_owner_accou_01c819f7_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_price
    ADD CONSTRAINT djstripe_price_product_id_9f3d37eb_fk_djstripe_product_id FOREIGN KEY (product_id) REFERENCES public.djstripe_product(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_product
    ADD CONSTRAINT djstripe_product_djstripe_owner_accou_6c90c2b6_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_productfeature
    ADD CONSTRAINT djstripe_productfeat_djstripe_owner_accou_d507d3d1_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_productfeature
    ADD CONSTRAINT djstripe_productfeat_entitlement_feature__6880bac7_fk_djstripe_ FOREIGN KEY (entitlement_feature_id) REFERENCES public.djstripe_feature(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_productfeature
    ADD CONSTRAINT djstripe_productfeat_product_id_b01ed73e_fk_djstripe_ FOREIGN KEY (product_id) REFERENCES public.djstripe_product(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_promotioncode
    ADD CONSTRAINT djstripe_promotionco_djstripe_owner_accou_7997d59a_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_refund
    ADD CONSTRAINT djstripe_refund_balance_transaction__dec480cf_fk_djstripe_ FOREIGN KEY (balance_transaction_id) REFERENCES public.djstripe_balancetransaction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_refund
    ADD CONSTRAINT djstripe_refund_charge_id_e7efd717_fk_djstripe_charge_id FOREIGN KEY (charge_id) REFERENCES public.djstripe_charge(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_refund
    ADD CONSTRAINT djstripe_refund_djstripe_owner_accou_ece3ea81_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_refund
    ADD CONSTRAINT djstripe_refund_failure_balance_tran_817ae640_fk_djstripe_ FOREIGN KEY (failure_balance_transaction_id) REFERENCES public.djstripe_balancetransaction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_review
    ADD CONSTRAINT djstripe_review_djstripe_owner_accou_543dfbd7_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_scheduledqueryrun
    ADD CONSTRAINT djstripe_scheduledqu_djstripe_owner_accou_b5cc7091_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_scheduledqueryrun
    ADD CONSTRAINT djstripe_scheduledqueryrun_file_id_707bbc03_fk_djstripe_file_id FOREIGN KEY (file_id) REFERENCES public.djstripe_file(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_session
    ADD CONSTRAINT djstripe_session_customer_id_b4510dc3_fk_djstripe_customer_id FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_session
    ADD CONSTRAINT djstripe_session_djstripe_owner_accou_8bbc07af_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_session
    ADD CONSTRAINT djstripe_session_payment_intent_id_cae83ebf_fk_djstripe_ FOREIGN KEY (payment_intent_id) REFERENCES public.djstripe_paymentintent(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_session
    ADD CONSTRAINT djstripe_session_setup_intent_id_c884fe95_fk_djstripe_ FOREIGN KEY (setup_intent_id) REFERENCES public.djstripe_setupintent(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_session
    ADD CONSTRAINT djstripe_session_subscription_id_29499760_fk_djstripe_ FOREIGN KEY (subscription_id) REFERENCES public.djstripe_subscription(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_setupintent
    ADD CONSTRAINT djstripe_setupintent_customer_id_6ff5bbcc_fk_djstripe_ FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_setupintent
    ADD CONSTRAINT djstripe_setupintent_djstripe_owner_accou_046c1671_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_setupintent
    ADD CONSTRAINT djstripe_setupintent_on_behalf_of_id_1ea4d941_fk_djstripe_ FOREIGN KEY (on_behalf_of_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_setupintent
    ADD CONSTRAINT djstripe_setupintent_payment_method_id_0ca17b5e_fk_djstripe_ FOREIGN KEY (payment_method_id) REFERENCES public.djstripe_paymentmethod(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_shippingrate
    ADD CONSTRAINT djstripe_shippingrat_djstripe_owner_accou_4f8a0f20_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_shippingrate
    ADD CONSTRAINT djstripe_shippingrat_tax_code_id_8affacec_fk_djstripe_ FOREIGN KEY (tax_code_id) REFERENCES public.djstripe_taxcode(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_source
    ADD CONSTRAINT djstripe_source_customer_id_4d678557_fk_djstripe_customer_id FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_source
    ADD CONSTRAINT djstripe_source_djstripe_owner_accou_f99f1fe6_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_sourcetransaction
    ADD CONSTRAINT djstripe_sourcetrans_djstripe_owner_accou_a8c9bdee_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_sourcetransaction
    ADD CONSTRAINT djstripe_sourcetrans_source_id_3c972638_fk_djstripe_ FOREIGN KEY (source_id) REFERENCES public.djstripe_source(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_subscription
    ADD CONSTRAINT djstripe_subscriptio_customer_id_aff64ee5_fk_djstripe_ FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_subscriptionschedule
    ADD CONSTRAINT djstripe_subscriptio_customer_id_b124e27d_fk_djstripe_ FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_subscription
    ADD CONSTRAINT djstripe_subscriptio_djstripe_owner_accou_9d333296_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_subscriptionitem
    ADD CONSTRAINT djstripe_subscriptio_djstripe_owner_accou_aafd9387_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_subscriptionschedule
    ADD CONSTRAINT djstripe_subscriptio_djstripe_owner_accou_c7d8d9c4_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_subscriptionitem
    ADD CONSTRAINT djstripe_subscriptio_price_id_c7f55fc3_fk_djstripe_ FOREIGN KEY (price_id) REFERENCES public.djstripe_price(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_subscriptionschedule
    ADD CONSTRAINT djstripe_subscriptio_released_subscriptio_3de9daa1_fk_djstripe_ FOREIGN KEY (released_subscription_id) REFERENCES public.djstripe_subscription(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_subscriptionitem
    ADD CONSTRAINT djstripe_subscriptio_subscription_id_992d9919_fk_djstripe_ FOREIGN KEY (subscription_id) REFERENCES public.djstripe_subscription(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_subscriptionschedule
    ADD CONSTRAINT djstripe_subscriptio_subscription_id_d12d014b_fk_djstripe_ FOREIGN KEY (subscription_id) REFERENCES public.djstripe_subscription(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_taxcode
    ADD CONSTRAINT djstripe_taxcode_djstripe_owner_accou_1f7fc204_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_taxid
    ADD CONSTRAINT djstripe_taxid_customer_id_e973248d_fk_djstripe_customer_id FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_taxid
    ADD CONSTRAINT djstripe_taxid_djstripe_owner_accou_acff63ae_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_taxrate
    ADD CONSTRAINT djstripe_taxrate_djstripe_owner_accou_d6421376_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_transfer
    ADD CONSTRAINT djstripe_transfer_balance_transaction__b5b00270_fk_djstripe_ FOREIGN KEY (balance_transaction_id) REFERENCES public.djstripe_balancetransaction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_transfer
    ADD CONSTRAINT djstripe_transfer_djstripe_owner_accou_78ad63fe_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_transferreversal
    ADD CONSTRAINT djstripe_transferrev_balance_transaction__5044f084_fk_djstripe_ FOREIGN KEY (balance_transaction_id) REFERENCES public.djstripe_balancetransaction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_transferreversal
    ADD CONSTRAINT djstripe_transferrev_djstripe_owner_accou_2e3051e1_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_transferreversal
    ADD CONSTRAINT djstripe_transferrev_transfer_id_8f250dd3_fk_djstripe_ FOREIGN KEY (transfer_id) REFERENCES public.djstripe_transfer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_upcominginvoice
    ADD CONSTRAINT djstripe_upcominginv_charge_id_65b60495_fk_djstripe_ FOREIGN KEY (charge_id) REFERENCES public.djstripe_charge(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_upcominginvoice
    ADD CONSTRAINT djstripe_upcominginv_customer_id_c94e7284_fk_djstripe_ FOREIGN KEY (customer_id) REFERENCES public.djstripe_customer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_upcominginvoice
    ADD CONSTRAINT djstripe_upcominginv_default_payment_meth_31da058e_fk_djstripe_ FOREIGN KEY (default_payment_method_id) REFERENCES public.djstripe_paymentmethod(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_upcominginvoice
    ADD CONSTRAINT djstripe_upcominginv_djstripe_owner_accou_fac79479_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_upcominginvoice
    ADD CONSTRAINT djstripe_upcominginv_payment_intent_id_ff12d414_fk_djstripe_ FOREIGN KEY (payment_intent_id) REFERENCES public.djstripe_paymentintent(djstripe_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_upcominginvoice
    ADD CONSTRAINT djstripe_upcominginv_subscription_id_72fb41e3_fk_djstripe_ FOREIGN KEY (subscription_id) REFERENCES public.djstripe_subscription(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_verificationsession
    ADD CONSTRAINT djstripe_verificatio_djstripe_owner_accou_11bac9bf_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_verificationreport
    ADD CONSTRAINT djstripe_verificatio_djstripe_owner_accou_7a5869e4_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_verificationsession
    ADD CONSTRAINT djstripe_verificatio_last_verification_re_192f6b6d_fk_djstripe_ FOREIGN KEY (last_verification_report_id) REFERENCES public.djstripe_verificationreport(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_webhookendpoint
    ADD CONSTRAINT djstripe_webhookendp_djstripe_owner_accou_f1ac5c9d_fk_djstripe_ FOREIGN KEY (djstripe_owner_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_webhookeventtrigger
    ADD CONSTRAINT djstripe_webhookeven_event_id_b2e08de6_fk_djstripe_ FOREIGN KEY (event_id) REFERENCES public.djstripe_event(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_webhookeventtrigger
    ADD CONSTRAINT djstripe_webhookeven_stripe_trigger_accou_06d35fda_fk_djstripe_ FOREIGN KEY (stripe_trigger_account_id) REFERENCES public.djstripe_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.djstripe_webhookeventtrigger
    ADD CONSTRAINT djstripe_webhookeven_webhook_endpoint_id_6e762b2f_fk_djstripe_ FOREIGN KEY (webhook_endpoint_id) REFERENCES public.djstripe_webhookendpoint(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_bountygift
    ADD CONSTRAINT exchange_bountygift_need_id_e41e4dc2_fk_exchange_dataneed_id FOREIGN KEY (need_id) REFERENCES public.exchange_dataneed(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_bountygift
    ADD CONSTRAINT exchange_bountygift_organisation_id_7a50fcd2_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_bountygift
    ADD CONSTRAINT exchange_bountygift_person_id_edfb591d_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_bountypayout
    ADD CONSTRAINT exchange_bountypayou_also_approved_by_id_2df03945_fk_accounts_ FOREIGN KEY (also_approved_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_bountypayout
    ADD CONSTRAINT exchange_bountypayou_approved_by_id_32ea9593_fk_accounts_ FOREIGN KEY (approved_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_bountypayout
    ADD CONSTRAINT exchange_bountypayou_details_id_8a70e04e_fk_payouts_b FOREIGN KEY (details_id) REFERENCES public.payouts_bankdetails(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_bountypayout
    ADD CONSTRAINT exchange_bountypayou_requested_by_id_377dcb84_fk_accounts_ FOREIGN KEY (requested_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_bountypayout
    ADD CONSTRAINT exchange_bountypayout_need_id_338a650b_fk_exchange_dataneed_id FOREIGN KEY (need_id) REFERENCES public.exchange_dataneed(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_bountypayout
    ADD CONSTRAINT exchange_bountypayout_offer_id_8a54a9f5_fk_exchange_offer_id FOREIGN KEY (offer_id) REFERENCES public.exchange_offer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_dataneed
    ADD CONSTRAINT exchange_dataneed_area_id_b621efee_fk_accounts_area_id FOREIGN KEY (area_id) REFERENCES public.accounts_area(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_dataneed
    ADD CONSTRAINT exchange_dataneed_author_id_d7f65b73_fk_accounts_person_id FOREIGN KEY (author_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_dataneed
    ADD CONSTRAINT exchange_dataneed_milestone_id_6736142f_fk_delivery_ FOREIGN KEY (milestone_id) REFERENCES public.delivery_milestone(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_dataneed
    ADD CONSTRAINT exchange_dataneed_project_id_dc4751c0_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_delivery
    ADD CONSTRAINT exchange_delivery_answered_by_id_b00aa7aa_fk_accounts_person_id FOREIGN KEY (answered_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_delivery
    ADD CONSTRAINT exchange_delivery_offer_id_789e9b17_fk_exchange_offer_id FOREIGN KEY (offer_id) REFERENCES public.exchange_offer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_delivery
    ADD CONSTRAINT exchange_delivery_revision_id_0a2e4730_fk_catalogue_revision_id FOREIGN KEY (revision_id) REFERENCES public.catalogue_revision(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_offer
    ADD CONSTRAINT exchange_offer_dataset_id_9b8faacb_fk_catalogue_dataset_id FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_offer
    ADD CONSTRAINT exchange_offer_need_id_69e342dd_fk_exchange_dataneed_id FOREIGN KEY (need_id) REFERENCES public.exchange_dataneed(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_offer
    ADD CONSTRAINT exchange_offer_organisation_id_d1a66b30_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.exchange_offer
    ADD CONSTRAINT exchange_offer_person_id_dd5e8180_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobject_content_type_id_7ade36b8_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobject_group_id_4bbbfb62_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.guardian_groupobjectpermission
    ADD CONSTRAINT guardian_groupobject_permission_id_36572738_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectp_content_type_id_2e892405_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectp_permission_id_71807bfc_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.guardian_userobjectpermission
    ADD CONSTRAINT guardian_userobjectp_user_id_d5c1e964_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_creditedpayment
    ADD CONSTRAINT invoicing_creditedpa_note_id_20870208_fk_invoicing FOREIGN KEY (note_id) REFERENCES public.invoicing_invoice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_creditedpayment
    ADD CONSTRAINT invoicing_creditedpa_payment_id_d480b84a_fk_invoicing FOREIGN KEY (payment_id) REFERENCES public.invoicing_invoicepayment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_invoice
    ADD CONSTRAINT invoicing_invoice_corrects_id_6481022d_fk_invoicing_invoice_id FOREIGN KEY (corrects_id) REFERENCES public.invoicing_invoice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_invoice
    ADD CONSTRAINT invoicing_invoice_organisation_id_f558e127_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_invoice
    ADD CONSTRAINT invoicing_invoice_series_id_c401e3d0_fk_invoicing FOREIGN KEY (series_id) REFERENCES public.invoicing_invoiceseries(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_invoicedocument
    ADD CONSTRAINT invoicing_invoicedoc_invoice_id_a4423963_fk_invoicing FOREIGN KEY (invoice_id) REFERENCES public.invoicing_invoice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_invoicepayment
    ADD CONSTRAINT invoicing_invoicepay_charge_id_e527b4f1_fk_payments_ FOREIGN KEY (charge_id) REFERENCES public.payments_charge(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_invoicepaymentreversal
    ADD CONSTRAINT invoicing_invoicepay_dispute_id_0937b8b9_fk_payments_ FOREIGN KEY (dispute_id) REFERENCES public.payments_dispute(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_invoicepayment
    ADD CONSTRAINT invoicing_invoicepay_invoice_id_4768006f_fk_invoicing FOREIGN KEY (invoice_id) REFERENCES public.invoicing_invoice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_invoicepaymentreversal
    ADD CONSTRAINT invoicing_invoicepay_payment_id_6ef443c2_fk_invoicing FOREIGN KEY (payment_id) REFERENCES public.invoicing_invoicepayment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_invoicepaymentreversal
    ADD CONSTRAINT invoicing_invoicepay_refund_id_f3a2c95a_fk_payments_ FOREIGN KEY (refund_id) REFERENCES public.payments_refund(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.invoicing_invoicereminder
    ADD CONSTRAINT invoicing_invoicerem_invoice_id_ff1c4eb9_fk_invoicing FOREIGN KEY (invoice_id) REFERENCES public.invoicing_invoice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.ledger_checkpoint
    ADD CONSTRAINT ledger_checkpoint_account_id_45ab6dda_fk_ledger_account_id FOREIGN KEY (account_id) REFERENCES public.ledger_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.ledger_entry
    ADD CONSTRAINT ledger_entry_reverses_id_e0cdc015_fk_ledger_entry_id FOREIGN KEY (reverses_id) REFERENCES public.ledger_entry(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.ledger_link
    ADD CONSTRAINT ledger_link_entry_id_1b879ee3_fk_ledger_entry_id FOREIGN KEY (entry_id) REFERENCES public.ledger_entry(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.ledger_outflow
    ADD CONSTRAINT ledger_outflow_account_id_61630210_fk_ledger_account_id FOREIGN KEY (account_id) REFERENCES public.ledger_account(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_allocation
    ADD CONSTRAINT matching_allocation_campaign_id_9b66a0be_fk_campaigns FOREIGN KEY (campaign_id) REFERENCES public.campaigns_campaign(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_allocation
    ADD CONSTRAINT matching_allocation_fund_id_481b373e_fk_matching_matchfund_id FOREIGN KEY (fund_id) REFERENCES public.matching_matchfund(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_challenge
    ADD CONSTRAINT matching_challenge_answered_by_id_ade35c35_fk_accounts_ FOREIGN KEY (answered_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_challenge
    ADD CONSTRAINT matching_challenge_fund_id_72a3beb1_fk_matching_matchfund_id FOREIGN KEY (fund_id) REFERENCES public.matching_matchfund(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_challenge
    ADD CONSTRAINT matching_challenge_person_id_573c0c6c_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_deposit
    ADD CONSTRAINT matching_deposit_confirmed_by_id_adbc2f74_fk_accounts_person_id FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_deposit
    ADD CONSTRAINT matching_deposit_entered_by_id_dc340627_fk_accounts_person_id FOREIGN KEY (entered_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_deposit
    ADD CONSTRAINT matching_deposit_fund_id_a3f1a26b_fk_matching_matchfund_id FOREIGN KEY (fund_id) REFERENCES public.matching_matchfund(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_exclusion
    ADD CONSTRAINT matching_exclusion_campaign_id_674b0716_fk_campaigns FOREIGN KEY (campaign_id) REFERENCES public.campaigns_campaign(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_exclusion
    ADD CONSTRAINT matching_exclusion_person_id_36ee94a4_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_fundreturn
    ADD CONSTRAINT matching_fundreturn_approved_by_id_f87c2777_fk_accounts_ FOREIGN KEY (approved_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_fundreturn
    ADD CONSTRAINT matching_fundreturn_fund_id_252c4fd1_fk_matching_matchfund_id FOREIGN KEY (fund_id) REFERENCES public.matching_matchfund(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_fundreturn
    ADD CONSTRAINT matching_fundreturn_requested_by_id_7df77707_fk_accounts_ FOREIGN KEY (requested_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_matchfund
    ADD CONSTRAINT matching_matchfund_call_id_850b3484_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_matchfund
    ADD CONSTRAINT matching_matchfund_funder_id_bbc81672_fk_accounts_ FOREIGN KEY (funder_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_matchfund
    ADD CONSTRAINT matching_matchfund_made_by_id_9b922f6e_fk_accounts_person_id FOREIGN KEY (made_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_matchline
    ADD CONSTRAINT matching_matchline_allocation_id_4af341ce_fk_matching_ FOREIGN KEY (allocation_id) REFERENCES public.matching_allocation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.matching_matchline
    ADD CONSTRAINT matching_matchline_pledge_id_045166f6_fk_campaigns_pledge_id FOREIGN KEY (pledge_id) REFERENCES public.campaigns_pledge(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.mfa_authenticator
    ADD CONSTRAINT mfa_authenticator_user_id_0c3a50c0_fk_accounts_person_id FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT notifications_notifi_actor_id_ec6170c3_fk_accounts_ FOREIGN KEY (actor_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT notifications_notifi_person_id_ec9b6507_fk_accounts_ FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT notifications_notification_event_id_28551f97_fk_core_event_seq FOREIGN KEY (event_id) REFERENCES public.core_event(seq) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.notifications_notification
    ADD CONSTRAINT notifications_notification_mail_id_b2bcd406_fk_accounts_mail_id FOREIGN KEY (mail_id) REFERENCES public.accounts_mail(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.notifications_preference
    ADD CONSTRAINT notifications_prefer_person_id_33c79cf9_fk_accounts_ FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_callpage
    ADD CONSTRAINT pages_callpage_call_id_f89826ba_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_callpage
    ADD CONSTRAINT pages_callpage_page_ptr_id_37a7ab65_fk_wagtailcore_page_id FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_helpindexpage
    ADD CONSTRAINT pages_helpindexpage_page_ptr_id_c8caccd7_fk_wagtailcore_page_id FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_homepage
    ADD CONSTRAINT pages_homepage_page_ptr_id_5b805d74_fk_wagtailcore_page_id FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_sitesettings
    ADD CONSTRAINT pages_sitesettings_hero_id_2e428e87_fk_wagtailimages_image_id FOREIGN KEY (hero_id) REFERENCES public.wagtailimages_image(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_sitesettings
    ADD CONSTRAINT pages_sitesettings_logo_id_ef4fb98b_fk_wagtailimages_image_id FOREIGN KEY (logo_id) REFERENCES public.wagtailimages_image(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_sitesettings
    ADD CONSTRAINT pages_sitesettings_site_id_cbd7f7da_fk_wagtailcore_site_id FOREIGN KEY (site_id) REFERENCES public.wagtailcore_site(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_standardpage
    ADD CONSTRAINT pages_standardpage_page_ptr_id_8d8149d9_fk_wagtailcore_page_id FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_storyindexpage
    ADD CONSTRAINT pages_storyindexpage_page_ptr_id_cb15d4b7_fk_wagtailco FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_storypage
    ADD CONSTRAINT pages_storypage_page_ptr_id_f3fefe4e_fk_wagtailcore_page_id FOREIGN KEY (page_ptr_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_storypage
    ADD CONSTRAINT pages_storypage_picture_id_d0c95277_fk_wagtailimages_image_id FOREIGN KEY (picture_id) REFERENCES public.wagtailimages_image(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.pages_storypage
    ADD CONSTRAINT pages_storypage_project_id_83843011_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_bankorder
    ADD CONSTRAINT payments_bankorder_made_by_id_7bd0c081_fk_accounts_person_id FOREIGN KEY (made_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_bankorder
    ADD CONSTRAINT payments_bankorder_withdrawal_confirmed_882c0b9e_fk_accounts_ FOREIGN KEY (withdrawal_confirmed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_bankorder
    ADD CONSTRAINT payments_bankorder_withdrawal_proposed__b02988f8_fk_accounts_ FOREIGN KEY (withdrawal_proposed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_charge
    ADD CONSTRAINT payments_charge_method_id_93865b78_fk_payments_method_id FOREIGN KEY (method_id) REFERENCES public.payments_method(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_charge
    ADD CONSTRAINT payments_charge_payer_id_299b2a01_fk_accounts_person_id FOREIGN KEY (payer_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_claim
    ADD CONSTRAINT payments_claim_confirmed_by_id_f14c23de_fk_accounts_person_id FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_claim
    ADD CONSTRAINT payments_claim_dispute_id_c8fff676_fk_payments_dispute_id FOREIGN KEY (dispute_id) REFERENCES public.payments_dispute(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_claim
    ADD CONSTRAINT payments_claim_proposed_by_id_e1a5dc3c_fk_accounts_person_id FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_claim
    ADD CONSTRAINT payments_claim_refund_id_9a85d057_fk_payments_refund_id FOREIGN KEY (refund_id) REFERENCES public.payments_refund(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_dispute
    ADD CONSTRAINT payments_dispute_charge_id_751cc74d_fk_payments_charge_id FOREIGN KEY (charge_id) REFERENCES public.payments_charge(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_linepayment
    ADD CONSTRAINT payments_linepayment_charge_id_6ddba64e_fk_payments_charge_id FOREIGN KEY (charge_id) REFERENCES public.payments_charge(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_linepayment
    ADD CONSTRAINT payments_linepayment_line_id_45f83104_fk_payments_ FOREIGN KEY (line_id) REFERENCES public.payments_statementline(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_method
    ADD CONSTRAINT payments_method_person_id_34675c56_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_methodsetup
    ADD CONSTRAINT payments_methodsetup_method_id_151a3cd5_fk_payments_method_id FOREIGN KEY (method_id) REFERENCES public.payments_method(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_methodsetup
    ADD CONSTRAINT payments_methodsetup_person_id_d2b42e5c_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_mirrorjob
    ADD CONSTRAINT payments_mirrorjob_message_id_d813314f_fk_payments_message_id FOREIGN KEY (message_id) REFERENCES public.payments_message(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_refund
    ADD CONSTRAINT payments_refund_bank_order_id_6f162a37_fk_payments_bankorder_id FOREIGN KEY (bank_order_id) REFERENCES public.payments_bankorder(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_refund
    ADD CONSTRAINT payments_refund_charge_id_2ba1056b_fk_payments_charge_id FOREIGN KEY (charge_id) REFERENCES public.payments_charge(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_refund
    ADD CONSTRAINT payments_refund_refusal_confirmed_by_a1521a87_fk_accounts_ FOREIGN KEY (refusal_confirmed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_refund
    ADD CONSTRAINT payments_refund_refusal_proposed_by__e9df68e8_fk_accounts_ FOREIGN KEY (refusal_proposed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_settlement
    ADD CONSTRAINT payments_settlement_line_id_f02d148f_fk_payments_ FOREIGN KEY (line_id) REFERENCES public.payments_statementline(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_statement
    ADD CONSTRAINT payments_statement_imported_by_id_a2793889_fk_accounts_ FOREIGN KEY (imported_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementli_bank_order_id_f4603e1f_fk_payments_ FOREIGN KEY (bank_order_id) REFERENCES public.payments_bankorder(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementli_confirmed_by_id_2eb4db3c_fk_accounts_ FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementli_duplicate_of_id_85f2392a_fk_payments_ FOREIGN KEY (duplicate_of_id) REFERENCES public.payments_statementline(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementli_proposed_by_id_77bc43c2_fk_accounts_ FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementli_reverses_id_0b10b009_fk_payments_ FOREIGN KEY (reverses_id) REFERENCES public.payments_statementline(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementli_statement_id_0e2b52e7_fk_payments_ FOREIGN KEY (statement_id) REFERENCES public.payments_statement(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementli_transfer_id_add0b1e2_fk_payments_ FOREIGN KEY (transfer_id) REFERENCES public.payments_transfer(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementline_charge_id_61b14dc0_fk_payments_charge_id FOREIGN KEY (charge_id) REFERENCES public.payments_charge(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_statementline
    ADD CONSTRAINT payments_statementline_refund_id_8c5b1d29_fk_payments_refund_id FOREIGN KEY (refund_id) REFERENCES public.payments_refund(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_transfer
    ADD CONSTRAINT payments_transfer_bank_order_id_5ab285cc_fk_payments_ FOREIGN KEY (bank_order_id) REFERENCES public.payments_bankorder(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_transfer
    ADD CONSTRAINT payments_transfer_refusal_confirmed_by_08a2fb24_fk_accounts_ FOREIGN KEY (refusal_confirmed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payments_transfer
    ADD CONSTRAINT payments_transfer_refusal_proposed_by__74e0ed93_fk_accounts_ FOREIGN KEY (refusal_proposed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_approval
    ADD CONSTRAINT payouts_approval_payout_id_7ba607c5_fk_payouts_payout_id FOREIGN KEY (payout_id) REFERENCES public.payouts_payout(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_approval
    ADD CONSTRAINT payouts_approval_person_id_41509b6f_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_bankdetails
    ADD CONSTRAINT payouts_bankdetails_entered_by_id_a01bb7cc_fk_accounts_ FOREIGN KEY (entered_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_bankdetails
    ADD CONSTRAINT payouts_bankdetails_organisation_id_5fb86791_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_hold
    ADD CONSTRAINT payouts_hold_campaign_id_5111dbaa_fk_campaigns_campaign_id FOREIGN KEY (campaign_id) REFERENCES public.campaigns_campaign(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_payout
    ADD CONSTRAINT payouts_payout_campaign_id_a86c7605_fk_campaigns_campaign_id FOREIGN KEY (campaign_id) REFERENCES public.campaigns_campaign(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_payout
    ADD CONSTRAINT payouts_payout_details_id_2f653cb3_fk_payouts_bankdetails_id FOREIGN KEY (details_id) REFERENCES public.payouts_bankdetails(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_payout
    ADD CONSTRAINT payouts_payout_milestone_id_ce2864de_fk_delivery_milestone_id FOREIGN KEY (milestone_id) REFERENCES public.delivery_milestone(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_payout
    ADD CONSTRAINT payouts_payout_requested_by_id_848ca4d6_fk_accounts_person_id FOREIGN KEY (requested_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_return
    ADD CONSTRAINT payouts_return_campaign_id_9d41b675_fk_campaigns_campaign_id FOREIGN KEY (campaign_id) REFERENCES public.campaigns_campaign(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_return
    ADD CONSTRAINT payouts_return_confirmed_by_id_c5a4c549_fk_accounts_person_id FOREIGN KEY (confirmed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.payouts_return
    ADD CONSTRAINT payouts_return_proposed_by_id_894b22d8_fk_accounts_person_id FOREIGN KEY (proposed_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.ledger_posting
    ADD CONSTRAINT posting_account FOREIGN KEY (account_id, book, currency) REFERENCES public.ledger_account(id, book, currency);


ALTER TABLE ONLY public.ledger_posting
    ADD CONSTRAINT posting_entry FOREIGN KEY (book, entry_id) REFERENCES public.ledger_entry(book, id);


ALTER TABLE ONLY public.proposals_costline
    ADD CONSTRAINT proposals_costline_project_id_ebb8344d_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_participantgoal
    ADD CONSTRAINT proposals_participan_organisation_id_5df44c54_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_participantgoal
    ADD CONSTRAINT proposals_participan_project_id_dac07aa2_fk_proposals FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_picture
    ADD CONSTRAINT proposals_picture_project_id_d64d63aa_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_project
    ADD CONSTRAINT proposals_project_area_id_003a374e_fk_accounts_area_id FOREIGN KEY (area_id) REFERENCES public.accounts_area(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_project
    ADD CONSTRAINT proposals_project_author_id_b3be67d9_fk_accounts_person_id FOREIGN KEY (author_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_project
    ADD CONSTRAINT proposals_project_call_id_3667bc46_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_project
    ADD CONSTRAINT proposals_project_organisation_id_4a96267d_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_projectrevision
    ADD CONSTRAINT proposals_projectrev_author_id_b50b5c13_fk_accounts_ FOREIGN KEY (author_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_projectrevision
    ADD CONSTRAINT proposals_projectrev_project_id_7a9e9f35_fk_proposals FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_support
    ADD CONSTRAINT proposals_support_person_id_8309f936_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_support
    ADD CONSTRAINT proposals_support_project_id_01897665_fk_proposals_project_id FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_supportcount
    ADD CONSTRAINT proposals_supportcou_project_id_8566279d_fk_proposals FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_teaminvitation
    ADD CONSTRAINT proposals_teaminvita_invited_by_id_0c39a22e_fk_accounts_ FOREIGN KEY (invited_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_teaminvitation
    ADD CONSTRAINT proposals_teaminvita_project_id_a408ff99_fk_proposals FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_teammember
    ADD CONSTRAINT proposals_teammember_person_id_98747bb4_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.proposals_teammember
    ADD CONSTRAINT proposals_teammember_project_id_2365aecb_fk_proposals FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reuses_reuse_datasets
    ADD CONSTRAINT reuses_reuse_dataset_dataset_id_9e6534ef_fk_catalogue FOREIGN KEY (dataset_id) REFERENCES public.catalogue_dataset(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reuses_reuse_datasets
    ADD CONSTRAINT reuses_reuse_datasets_reuse_id_8561037f_fk_reuses_reuse_id FOREIGN KEY (reuse_id) REFERENCES public.reuses_reuse(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reuses_reuse
    ADD CONSTRAINT reuses_reuse_organisation_id_62960e0a_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.reuses_reuse
    ADD CONSTRAINT reuses_reuse_person_id_5f4761f7_fk_accounts_person_id FOREIGN KEY (person_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.sponsorship_package
    ADD CONSTRAINT sponsorship_package_campaign_id_9cf7aaf4_fk_campaigns FOREIGN KEY (campaign_id) REFERENCES public.campaigns_campaign(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.sponsorship_sponsorship
    ADD CONSTRAINT sponsorship_sponsors_campaign_id_65e6e9ed_fk_campaigns FOREIGN KEY (campaign_id) REFERENCES public.campaigns_campaign(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.sponsorship_sponsorship
    ADD CONSTRAINT sponsorship_sponsors_checked_by_id_9fae0335_fk_accounts_ FOREIGN KEY (checked_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.sponsorship_sponsorship
    ADD CONSTRAINT sponsorship_sponsors_invoice_id_91424de9_fk_invoicing FOREIGN KEY (invoice_id) REFERENCES public.invoicing_invoice(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.sponsorship_sponsorship
    ADD CONSTRAINT sponsorship_sponsors_offered_by_id_5e1657f1_fk_accounts_ FOREIGN KEY (offered_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.sponsorship_sponsorship
    ADD CONSTRAINT sponsorship_sponsors_organisation_id_40726ea1_fk_accounts_ FOREIGN KEY (organisation_id) REFERENCES public.accounts_organisation(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.sponsorship_sponsorship
    ADD CONSTRAINT sponsorship_sponsors_package_id_44776936_fk_sponsorsh FOREIGN KEY (package_id) REFERENCES public.sponsorship_package(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_content_type_id_9957a03c_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.taggit_taggeditem
    ADD CONSTRAINT taggit_taggeditem_tag_id_f4f5b767_fk_taggit_tag_id FOREIGN KEY (tag_id) REFERENCES public.taggit_tag(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.voting_ballotline
    ADD CONSTRAINT voting_ballotline_ballot_id_e97adcb0_fk_voting_ballot_id FOREIGN KEY (ballot_id) REFERENCES public.voting_ballot(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.voting_paperballot
    ADD CONSTRAINT voting_paperballot_ballot_id_4305f78a_fk_voting_ballot_id FOREIGN KEY (ballot_id) REFERENCES public.voting_ballot(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.voting_paperballot
    ADD CONSTRAINT voting_paperballot_call_id_972c6af8_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.voting_paperentry
    ADD CONSTRAINT voting_paperentry_clerk_id_e97520bb_fk_accounts_person_id FOREIGN KEY (clerk_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.voting_paperentry
    ADD CONSTRAINT voting_paperentry_paper_id_9c77f3d5_fk_voting_paperballot_id FOREIGN KEY (paper_id) REFERENCES public.voting_paperballot(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.voting_papervoter
    ADD CONSTRAINT voting_papervoter_call_id_21be6712_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.voting_poll
    ADD CONSTRAINT voting_poll_call_id_7c0a0a06_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.voting_projectresult
    ADD CONSTRAINT voting_projectresult_project_id_ddfc342b_fk_proposals FOREIGN KEY (project_id) REFERENCES public.proposals_project(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.voting_projectresult
    ADD CONSTRAINT voting_projectresult_tally_id_086aade5_fk_voting_tally_id FOREIGN KEY (tally_id) REFERENCES public.voting_tally(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.voting_tally
    ADD CONSTRAINT voting_tally_call_id_a0e96f2d_fk_calls_call_id FOREIGN KEY (call_id) REFERENCES public.calls_call(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailadmin_editingsession
    ADD CONSTRAINT wagtailadmin_editing_content_type_id_4df7730e_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailadmin_editingsession
    ADD CONSTRAINT wagtailadmin_editing_user_id_6e1a9b70_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailadmin_formstate
    ADD CONSTRAINT wagtailadmin_formsta_content_type_id_e32438b3_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailadmin_formstate
    ADD CONSTRAINT wagtailadmin_formstate_user_id_b910adc2_fk_accounts_person_id FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_apitoken
    ADD CONSTRAINT wagtailcore_apitoken_user_id_49b1141b_fk_accounts_person_id FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction
    ADD CONSTRAINT wagtailcore_collecti_collection_id_761908ec_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collecti_collectionviewrestri_47320efd_fk_wagtailco FOREIGN KEY (collectionviewrestriction_id) REFERENCES public.wagtailcore_collectionviewrestriction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_collectionviewrestriction_groups
    ADD CONSTRAINT wagtailcore_collecti_group_id_1823f2a3_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_page_id_108444b5_fk_wagtailcore_page_id FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_resolved_by_id_a282aa0e_fk_accounts_ FOREIGN KEY (resolved_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_revision_created_id_1d058279_fk_wagtailco FOREIGN KEY (revision_created_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_comment
    ADD CONSTRAINT wagtailcore_comment_user_id_0c577ca6_fk_accounts_person_id FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_commentreply
    ADD CONSTRAINT wagtailcore_commentr_comment_id_afc7e027_fk_wagtailco FOREIGN KEY (comment_id) REFERENCES public.wagtailcore_comment(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_commentreply
    ADD CONSTRAINT wagtailcore_commentreply_user_id_d0b3b9c3_fk_accounts_person_id FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapp_group_id_2e64b61f_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_groupapprovaltask_groups
    ADD CONSTRAINT wagtailcore_groupapp_groupapprovaltask_id_9a9255ea_fk_wagtailco FOREIGN KEY (groupapprovaltask_id) REFERENCES public.wagtailcore_groupapprovaltask(task_ptr_id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_groupapprovaltask
    ADD CONSTRAINT wagtailcore_groupapp_task_ptr_id_cfe58781_fk_wagtailco FOREIGN KEY (task_ptr_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcol_collection_id_5423575a_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcol_group_id_05d61460_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_groupcollectionpermission
    ADD CONSTRAINT wagtailcore_groupcol_permission_id_1b626275_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppag_group_id_fc07e671_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppag_page_id_710b114a_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_grouppagepermission
    ADD CONSTRAINT wagtailcore_grouppag_permission_id_05acb22e_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsit_group_id_e5cdbee4_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsit_permission_id_459b1f38_fk_auth_perm FOREIGN KEY (permission_id) REFERENCES public.auth_permission(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_groupsitepermission
    ADD CONSTRAINT wagtailcore_groupsit_site_id_245de488_fk_wagtailco FOREIGN KEY (site_id) REFERENCES public.wagtailcore_site(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_modellogentry
    ADD CONSTRAINT wagtailcore_modellog_content_type_id_68849e77_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_alias_of_id_12945502_fk_wagtailcore_page_id FOREIGN KEY (alias_of_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_content_type_id_c28424df_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_latest_revision_id_e60fef51_fk_wagtailco FOREIGN KEY (latest_revision_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_live_revision_id_930bd822_fk_wagtailco FOREIGN KEY (live_revision_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_locale_id_3c7e30a6_fk_wagtailcore_locale_id FOREIGN KEY (locale_id) REFERENCES public.wagtailcore_locale(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_locked_by_id_bcb86245_fk_accounts_person_id FOREIGN KEY (locked_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_page
    ADD CONSTRAINT wagtailcore_page_owner_id_fbf7c332_fk_accounts_person_id FOREIGN KEY (owner_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_pagelogentry
    ADD CONSTRAINT wagtailcore_pageloge_content_type_id_74e7708a_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_pagerevision_user_id_2409d2f4_fk_accounts_person_id FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubs_page_id_a085e7a6_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_pagesubscription
    ADD CONSTRAINT wagtailcore_pagesubs_user_id_89d7def9_fk_accounts_ FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageview_group_id_6460f223_fk_auth_grou FOREIGN KEY (group_id) REFERENCES public.auth_group(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_pageviewrestriction
    ADD CONSTRAINT wagtailcore_pageview_page_id_15a8bea6_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_pageviewrestriction_groups
    ADD CONSTRAINT wagtailcore_pageview_pageviewrestriction__f147a99a_fk_wagtailco FOREIGN KEY (pageviewrestriction_id) REFERENCES public.wagtailcore_pageviewrestriction(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenc_base_content_type_id_313cf40f_fk_django_co FOREIGN KEY (base_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenc_content_type_id_766e0336_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_referenceindex
    ADD CONSTRAINT wagtailcore_referenc_to_content_type_id_93690bbd_fk_django_co FOREIGN KEY (to_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_revision_base_content_type_id_5b4ef7bd_fk_django_co FOREIGN KEY (base_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_revision
    ADD CONSTRAINT wagtailcore_revision_content_type_id_c8cb69c0_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_site
    ADD CONSTRAINT wagtailcore_site_root_page_id_e02fb95c_fk_wagtailcore_page_id FOREIGN KEY (root_page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_task
    ADD CONSTRAINT wagtailcore_task_content_type_id_249ab8ba_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_content_type_id_0a758fdc_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_finished_by_id_13f98229_fk_accounts_ FOREIGN KEY (finished_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_revision_id_df25a499_fk_wagtailco FOREIGN KEY (revision_id) REFERENCES public.wagtailcore_revision(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstat_workflow_state_id_9239a775_fk_wagtailco FOREIGN KEY (workflow_state_id) REFERENCES public.wagtailcore_workflowstate(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_taskstate
    ADD CONSTRAINT wagtailcore_taskstate_task_id_c3677c34_fk_wagtailcore_task_id FOREIGN KEY (task_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_uploadedfile
    ADD CONSTRAINT wagtailcore_uploaded_for_content_type_id_b0fc87b2_fk_django_co FOREIGN KEY (for_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_uploadedfile
    ADD CONSTRAINT wagtailcore_uploaded_uploaded_by_user_id_c7580fe8_fk_accounts_ FOREIGN KEY (uploaded_by_user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_base_content_type_id_a30dc576_fk_django_co FOREIGN KEY (base_content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_content_type_id_2bb78ce1_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowcontenttype
    ADD CONSTRAINT wagtailcore_workflow_content_type_id_b261bb37_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_current_task_state_i_3a1a0632_fk_wagtailco FOREIGN KEY (current_task_state_id) REFERENCES public.wagtailcore_taskstate(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowpage
    ADD CONSTRAINT wagtailcore_workflow_page_id_81e7bab6_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_requested_by_id_4090bca3_fk_accounts_ FOREIGN KEY (requested_by_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflow_task_id_ce7716fe_fk_wagtailco FOREIGN KEY (task_id) REFERENCES public.wagtailcore_task(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowstate
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_1f18378f_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowpage
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_56f56ff6_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowcontenttype
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_9aad7cd2_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailcore_workflowtask
    ADD CONSTRAINT wagtailcore_workflow_workflow_id_b9717175_fk_wagtailco FOREIGN KEY (workflow_id) REFERENCES public.wagtailcore_workflow(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtaildocs_document
    ADD CONSTRAINT wagtaildocs_document_collection_id_23881625_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtaildocs_document
    ADD CONSTRAINT wagtaildocs_document_uploaded_by_user_id_17258b41_fk_accounts_ FOREIGN KEY (uploaded_by_user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailforms_formsubmission
    ADD CONSTRAINT wagtailforms_formsub_page_id_e48e93e7_fk_wagtailco FOREIGN KEY (page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailimages_image
    ADD CONSTRAINT wagtailimages_image_collection_id_c2f8af7e_fk_wagtailco FOREIGN KEY (collection_id) REFERENCES public.wagtailcore_collection(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailimages_image
    ADD CONSTRAINT wagtailimages_image_uploaded_by_user_id_5d73dc75_fk_accounts_ FOREIGN KEY (uploaded_by_user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailimages_rendition
    ADD CONSTRAINT wagtailimages_rendit_image_id_3e1fd774_fk_wagtailim FOREIGN KEY (image_id) REFERENCES public.wagtailimages_image(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailredirects_redirect
    ADD CONSTRAINT wagtailredirects_red_redirect_page_id_b5728a8f_fk_wagtailco FOREIGN KEY (redirect_page_id) REFERENCES public.wagtailcore_page(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailredirects_redirect
    ADD CONSTRAINT wagtailredirects_red_site_id_780a0e1e_fk_wagtailco FOREIGN KEY (site_id) REFERENCES public.wagtailcore_site(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailsearch_indexentry
    ADD CONSTRAINT wagtailsearch_indexe_content_type_id_62ed694f_fk_django_co FOREIGN KEY (content_type_id) REFERENCES public.django_content_type(id) DEFERRABLE INITIALLY DEFERRED;


ALTER TABLE ONLY public.wagtailusers_userprofile
    ADD CONSTRAINT wagtailusers_userprofile_user_id_59c92331_fk_accounts_person_id FOREIGN KEY (user_id) REFERENCES public.accounts_person(id) DEFERRABLE INITIALLY DEFERRED;


\unrestrict civicexchange

