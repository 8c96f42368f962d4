-- What was agreed stays as it was agreed, and a grant is what its agreement says (DOMAIN 8).

-- Erasing an account takes the person off, and nothing else of an agreement ever changes.
CREATE FUNCTION access_agreement_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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

CREATE TRIGGER access_agreement_guard BEFORE UPDATE ON access_agreement
    FOR EACH ROW EXECUTE FUNCTION access_agreement_guard();
CREATE TRIGGER access_agreement_stays BEFORE DELETE ON access_agreement
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER access_grant_stays BEFORE DELETE ON access_grant
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
-- By its digest two sides can tell, years later, that they hold the same terms.
ALTER TABLE access_agreement ADD CONSTRAINT access_agreement_digest
    CHECK (digest = encode(sha256(convert_to(document, 'UTF8')), 'hex'));

-- An agreement on request answers an approved request of the same parties and purpose.
CREATE FUNCTION access_agreement_answers() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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

CREATE TRIGGER access_agreement_answers BEFORE INSERT ON access_agreement
    FOR EACH ROW EXECUTE FUNCTION access_agreement_answers();

CREATE FUNCTION access_grant_by_agreement() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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

CREATE TRIGGER access_grant_by_agreement BEFORE INSERT ON access_grant
    FOR EACH ROW EXECUTE FUNCTION access_grant_by_agreement();
