-- How a release is counted, which revisions may be read, and what of consents and releases never changes (DOMAIN 9).

-- The cells of a release: over the columns as coarse as the profile says, how many people, rounded down to a multiple
-- of p_k; and no group of people who look the same (by the columns that others may know) with fewer than p_l values of
-- a sensitive column. Since every figure is a multiple of k, so is every sum and every difference of figures, also of
-- two releases: nothing that can be computed from them is about one to k - 1 people (docs/adr/0050).
CREATE FUNCTION consent_cells(p_columns jsonb, p_k integer, p_l integer, p_records jsonb)
    RETURNS TABLE (cell jsonb, people bigint)
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
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

-- Whether a revision may be read: it is of a release in which nobody has withdrawn since it was counted.
CREATE FUNCTION consent_may_read(p_revision uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM consent_release AS release WHERE release.revision_id = p_revision AND release.state = 'published')
$$;

-- The rows that a release has by what is shared now, in an order of their own: those of its inclusions whose answers
-- are still of the version that was counted.
CREATE FUNCTION consent_recounted(p_release uuid) RETURNS jsonb
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT coalesce(jsonb_agg(counted.line ORDER BY counted.line), '[]') FROM (
        SELECT (SELECT jsonb_agg(found.cell->(profile.item->>'name') ORDER BY profile.place)
                  FROM jsonb_array_elements(purpose.columns) WITH ORDINALITY AS profile (item, place)
               ) || to_jsonb(found.people) AS line
          FROM consent_release AS release
          JOIN consent_purpose AS purpose ON purpose.id = release.purpose_id
          JOIN consent_collection AS collection ON collection.id = purpose.collection_id
         CROSS JOIN LATERAL consent_cells(purpose.columns, collection.k, purpose.least_values, (
            SELECT coalesce(jsonb_agg(submission.values), '[]')
              FROM consent_inclusion AS inclusion
              JOIN consent_consent AS consent ON consent.id = inclusion.consent_id
              JOIN consent_submission AS submission
                ON submission.id = inclusion.submission AND submission.version = inclusion.version
                   AND submission.person_id = consent.person_id AND submission.collection_id = collection.id
             WHERE inclusion.release_id = release.id)) AS found
         WHERE release.id = p_release) AS counted
$$;

-- What is sent or renewed has the rows that are counted of its inclusions, all of them standing consents; its revision
-- is the one that was made of its own file, or has the same rows: a withdrawn one is read again by no other table.
CREATE FUNCTION consent_release_follows() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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

CREATE TRIGGER consent_release_follows BEFORE UPDATE ON consent_release FOR EACH ROW
    WHEN (OLD.state <> NEW.state AND NEW.state IN ('sent', 'published')
          OR OLD.revision_id IS DISTINCT FROM NEW.revision_id AND NEW.revision_id IS NOT NULL)
    EXECUTE FUNCTION consent_release_follows();

-- Nobody is in a release who has withdrawn, or has consented to something else.
CREATE FUNCTION consent_inclusion_stands() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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

CREATE TRIGGER consent_inclusion_stands BEFORE INSERT ON consent_inclusion
    FOR EACH ROW EXECUTE FUNCTION consent_inclusion_stands();
CREATE TRIGGER consent_inclusion_append_only BEFORE UPDATE OR DELETE ON consent_inclusion
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER consent_notice_append_only BEFORE UPDATE OR DELETE ON consent_notice
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER consent_purpose_append_only BEFORE UPDATE OR DELETE ON consent_purpose
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER consent_consent_append_only BEFORE DELETE ON consent_consent
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER consent_release_append_only BEFORE DELETE ON consent_release
    FOR EACH ROW EXECUTE FUNCTION core_append_only();

-- A consent is withdrawn once, and then nothing of it changes; whose it was an erasure takes off.
CREATE TRIGGER consent_consent_stays BEFORE UPDATE ON consent_consent FOR EACH ROW
    WHEN ((OLD.purpose_id, OLD.notice_id, OLD.given_at, OLD.receipt, OLD.signature)
          IS DISTINCT FROM (NEW.purpose_id, NEW.notice_id, NEW.given_at, NEW.receipt, NEW.signature)
          OR OLD.state = 'withdrawn' AND NEW.state <> 'withdrawn'
          OR (OLD.withdrawn_at IS NOT NULL OR NEW.state <> 'withdrawn')
             AND (OLD.withdrawn_at, OLD.withdrawal, OLD.withdrawal_signature)
             IS DISTINCT FROM (NEW.withdrawn_at, NEW.withdrawal, NEW.withdrawal_signature)
          OR NEW.person_id IS NOT NULL AND NEW.person_id IS DISTINCT FROM OLD.person_id)
    EXECUTE FUNCTION core_row_stays();
CREATE TRIGGER consent_release_stays BEFORE UPDATE ON consent_release FOR EACH ROW
    WHEN ((OLD.purpose_id, OLD.notice_id, OLD.rows, OLD.people, OLD.shared, OLD.digest, OLD.made_at)
          IS DISTINCT FROM (NEW.purpose_id, NEW.notice_id, NEW.rows, NEW.people, NEW.shared, NEW.digest, NEW.made_at)
          OR OLD.upload_id IS DISTINCT FROM NEW.upload_id AND (OLD.upload_id IS NOT NULL OR NEW.state <> 'sent')
          OR OLD.revision_id IS DISTINCT FROM NEW.revision_id
             AND (OLD.revision_id IS NOT NULL OR NEW.state NOT IN ('prepared', 'sent'))
          OR NEW.person_id IS NOT NULL AND NEW.person_id IS DISTINCT FROM OLD.person_id
          OR OLD.state IN ('suspended', 'dropped') AND OLD.state <> NEW.state)
    EXECUTE FUNCTION core_row_stays();
-- An answer is given once, as the step tells of it.
CREATE TRIGGER consent_deletion_stays BEFORE UPDATE ON consent_deletion FOR EACH ROW
    WHEN ((OLD.answer, OLD.words, OLD.answered_at) IS DISTINCT FROM (NEW.answer, NEW.words, NEW.answered_at)
          AND (OLD.answer <> '' OR NEW.state <> 'answered'))
    EXECUTE FUNCTION core_row_stays();
-- So is that to a request, which stays as it was sent until an erasure empties it.
CREATE TRIGGER consent_rightsrequest_stays BEFORE UPDATE ON consent_rightsrequest FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND (
            NEW.person_id IS DISTINCT FROM OLD.person_id OR OLD.words <> NEW.words
            OR OLD.answer <> NEW.answer AND (OLD.answer <> '' OR NEW.state NOT IN ('fulfilled', 'refused'))))
    EXECUTE FUNCTION core_row_stays();
-- Questions are what people have answered; the words are what they read, once they can.
CREATE TRIGGER consent_collection_stays BEFORE UPDATE ON consent_collection FOR EACH ROW
    WHEN ((OLD.questions, OLD.k, OLD.publisher_id) IS DISTINCT FROM (NEW.questions, NEW.k, NEW.publisher_id)
          OR OLD.state <> 'draft' AND (OLD.title, OLD.description) IS DISTINCT FROM (NEW.title, NEW.description))
    EXECUTE FUNCTION core_row_stays();
-- Answers have as many versions as there were changes: a release says which of them it counted.
CREATE TRIGGER consent_submission_stays BEFORE UPDATE ON consent_submission FOR EACH ROW
    WHEN (NEW.version <> OLD.version + 1 OR (OLD.collection_id, OLD.person_id, OLD.sent_at)
          IS DISTINCT FROM (NEW.collection_id, NEW.person_id, NEW.sent_at))
    EXECUTE FUNCTION core_row_stays();
