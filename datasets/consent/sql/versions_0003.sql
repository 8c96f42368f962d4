-- A release is counted again by the answers that it has counted, also where they were corrected meanwhile (DOMAIN 9).

-- The rows that a release has, in an order of their own: counted by those of its inclusions whose answers are kept in
-- the version that was counted, as they stand or as they were corrected.
CREATE OR REPLACE FUNCTION consent_recounted(p_release uuid) RETURNS jsonb
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
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

-- Answers have as many versions as there were changes: a release says which of them it counted. What is kept of the
-- earlier ones is what stood there, added as it is corrected.
DROP TRIGGER consent_submission_stays ON consent_submission;
CREATE TRIGGER consent_submission_stays BEFORE UPDATE ON consent_submission FOR EACH ROW
    WHEN (NEW.version <> OLD.version + 1
          OR (OLD.collection_id, OLD.person_id, OLD.sent_at)
             IS DISTINCT FROM (NEW.collection_id, NEW.person_id, NEW.sent_at)
          OR NEW.earlier <> OLD.earlier
             AND NEW.earlier <> OLD.earlier || jsonb_build_object(OLD.version::text, OLD.values))
    EXECUTE FUNCTION core_row_stays();
