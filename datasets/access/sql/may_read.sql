-- By what somebody may read a dataset at this moment (DOMAIN 8): one statement, asked before any row or byte leaves,
-- and again while a download runs. What was agreed is not enough: the dataset, both sides, the level and the time are
-- looked at as they are now. No row means no.

-- `p_key` is the SHA-256 of the key that a program has sent, or empty; with one nobody is anything else than its grant
-- says, so that an expired key gives nothing and never what the person behind it may see. `p_staff` says whether the
-- session has the powers of council staff: they are withheld from one without a second step. The preview comes with
-- every scope.
CREATE FUNCTION access_may_read(
    p_reader uuid, p_dataset uuid, p_scope text, p_key text, p_staff boolean, p_at timestamptz
) RETURNS TABLE (basis text, reader uuid, granted uuid, purpose text, scopes text[])
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
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
