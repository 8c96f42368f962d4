-- The residents' register changes as a whole, by an extract that an event tells of (AY4 of 27 November): who stands in
-- it is a resident of a district and votes there, and who does not gets no letter. Who owns the tables is not judged
-- (civic/core/sql/guards_0005.sql).

-- An extract is told of before it is written, with its lines and whose it is.
CREATE FUNCTION accounts_registryupload_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
CREATE TRIGGER accounts_registryupload_told BEFORE INSERT ON accounts_registryupload
    FOR EACH ROW EXECUTE FUNCTION accounts_registryupload_told();

-- Whose it is goes with the person alone. Asked at the end of the transaction: erasing a person tells so last.
CREATE FUNCTION accounts_registryupload_named() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.uploaded_by_id IS NULL AND accounts_is_erased(OLD.uploaded_by_id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'registryupload_named: this person is not erased' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER accounts_registryupload_named AFTER UPDATE ON accounts_registryupload
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.uploaded_by_id IS DISTINCT FROM NEW.uploaded_by_id)
    EXECUTE FUNCTION accounts_registryupload_named();

-- Lines go only once a newer extract is told of, and come all at once, as many as its event says. Asked once a
-- statement, not once a line: a city's register has millions.
CREATE FUNCTION accounts_registry_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
CREATE TRIGGER accounts_registryentry_in AFTER INSERT ON accounts_registryentry
    REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION accounts_registry_told();
CREATE TRIGGER accounts_registryentry_out AFTER DELETE ON accounts_registryentry
    REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION accounts_registry_told();
