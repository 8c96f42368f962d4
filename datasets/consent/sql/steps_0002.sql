-- The states of collections, consents, releases, deletions and requests: how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('consent_collection', 'open', 'draft', 'open'),
    ('consent_collection', 'close', 'open', 'closed'),
    ('consent_collection', 'drop', 'draft', 'dropped'),
    ('consent_collection', 'remove', 'open', 'removed'),
    ('consent_collection', 'remove', 'closed', 'removed'),
    ('consent_consent', 'withdraw', 'given', 'withdrawn'),
    ('consent_release', 'send', 'prepared', 'sent'),
    ('consent_release', 'publish', 'sent', 'published'),
    ('consent_release', 'renew', 'prepared', 'published'),
    ('consent_release', 'drop', 'prepared', 'dropped'),
    ('consent_release', 'drop', 'sent', 'dropped'),
    ('consent_release', 'suspend', 'published', 'suspended'),
    ('consent_deletion', 'answer', 'asked', 'answered'),
    ('consent_rightsrequest', 'fulfil', 'sent', 'fulfilled'),
    ('consent_rightsrequest', 'refuse', 'sent', 'refused'),
    ('consent_rightsrequest', 'withdraw', 'sent', 'withdrawn');
CREATE TRIGGER consent_collection_begins BEFORE INSERT ON consent_collection FOR EACH ROW
    WHEN (NEW.state <> 'draft')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER consent_collection_steps BEFORE UPDATE ON consent_collection FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('consent.Collection');
CREATE TRIGGER consent_collection_since BEFORE UPDATE ON consent_collection FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');
CREATE TRIGGER consent_consent_begins BEFORE INSERT ON consent_consent FOR EACH ROW
    WHEN (NEW.state <> 'given')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER consent_consent_steps BEFORE UPDATE ON consent_consent FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('consent.Consent');
CREATE TRIGGER consent_consent_since BEFORE UPDATE ON consent_consent FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');
CREATE TRIGGER consent_release_begins BEFORE INSERT ON consent_release FOR EACH ROW
    WHEN (NEW.state <> 'prepared')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER consent_release_steps BEFORE UPDATE ON consent_release FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('consent.Release');
CREATE TRIGGER consent_release_since BEFORE UPDATE ON consent_release FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');
CREATE TRIGGER consent_deletion_begins BEFORE INSERT ON consent_deletion FOR EACH ROW
    WHEN (NEW.state <> 'asked')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER consent_deletion_steps BEFORE UPDATE ON consent_deletion FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('consent.Deletion');
CREATE TRIGGER consent_deletion_since BEFORE UPDATE ON consent_deletion FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');
CREATE TRIGGER consent_rightsrequest_begins BEFORE INSERT ON consent_rightsrequest FOR EACH ROW
    WHEN (NEW.state <> 'sent')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER consent_rightsrequest_steps BEFORE UPDATE ON consent_rightsrequest FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('consent.RightsRequest');
CREATE TRIGGER consent_rightsrequest_since BEFORE UPDATE ON consent_rightsrequest FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');

-- What somebody says of their own data is told in their own name, each change of their answers by an event of its own.
-- TG_ARGV: the subject's type in the log, the kind of event.
CREATE FUNCTION consent_told_by_its_person() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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

-- Each is told of before it is written.
CREATE TRIGGER consent_consent_told BEFORE INSERT ON consent_consent FOR EACH ROW
    EXECUTE FUNCTION consent_told_by_its_person('consent.Consent', 'consent.given');
CREATE TRIGGER consent_notice_told BEFORE INSERT ON consent_notice FOR EACH ROW
    EXECUTE FUNCTION core_told('consent.Notice', 'id', 'notice.published');
CREATE TRIGGER consent_release_told BEFORE INSERT ON consent_release FOR EACH ROW
    EXECUTE FUNCTION core_told('consent.Release', 'id', 'release.prepared');
CREATE TRIGGER consent_purpose_told BEFORE INSERT ON consent_purpose FOR EACH ROW
    EXECUTE FUNCTION core_told('consent.Purpose', 'id', 'purpose.added');
CREATE TRIGGER consent_submission_told BEFORE INSERT ON consent_submission FOR EACH ROW
    EXECUTE FUNCTION consent_told_by_its_person('consent.Submission', 'submission.sent');
CREATE TRIGGER consent_deletion_told BEFORE INSERT ON consent_deletion FOR EACH ROW
    EXECUTE FUNCTION core_told('consent.Deletion', 'id', 'deletion.asked');
CREATE TRIGGER consent_rightsrequest_told BEFORE INSERT ON consent_rightsrequest FOR EACH ROW
    EXECUTE FUNCTION consent_told_by_its_person('consent.RightsRequest', 'rights_request.sent');
CREATE TRIGGER consent_submission_changed BEFORE UPDATE ON consent_submission FOR EACH ROW
    EXECUTE FUNCTION consent_told_by_its_person('consent.Submission', 'submission.changed');
CREATE TRIGGER consent_collection_told BEFORE UPDATE ON consent_collection FOR EACH ROW
    WHEN ((OLD.title, OLD.description) IS DISTINCT FROM (NEW.title, NEW.description))
    EXECUTE FUNCTION core_told('consent.Collection', 'id', 'collection.edited');

-- Answers go by their erasure, or with their person: at the end of the transaction, since that is told last.
CREATE FUNCTION consent_submission_gone() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT core_owns(TG_RELID) AND NOT accounts_is_erased(OLD.person_id) AND NOT EXISTS (
        SELECT FROM core_event WHERE subject_type = 'consent.Submission' AND subject_id = OLD.id::text
           AND kind = 'submission.erased'
    ) THEN
        RAISE EXCEPTION 'untold: no event tells that these answers are erased' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER consent_submission_gone AFTER DELETE ON consent_submission
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION consent_submission_gone();

-- A name goes with its person (datasets/access/sql/steps_0002.sql).
CREATE CONSTRAINT TRIGGER consent_consent_person AFTER UPDATE ON consent_consent
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.person_id IS NOT NULL AND NEW.person_id IS NULL)
    EXECUTE FUNCTION access_person_erased('person_id');
CREATE CONSTRAINT TRIGGER consent_release_person AFTER UPDATE ON consent_release
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.person_id IS NOT NULL AND NEW.person_id IS NULL)
    EXECUTE FUNCTION access_person_erased('person_id');
CREATE CONSTRAINT TRIGGER consent_rightsrequest_person AFTER UPDATE ON consent_rightsrequest
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.person_id IS NOT NULL AND NEW.person_id IS NULL)
    EXECUTE FUNCTION access_person_erased('person_id');
