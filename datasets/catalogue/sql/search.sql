-- Search: trigrams of title and keywords forgive typing errors. The same letters as in the search of projects, in a
-- function of this slice, which stands below that one.
CREATE FUNCTION catalogue_plain(content text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT lower(public.unaccent('public.unaccent'::regdictionary, content))
$$;

CREATE INDEX catalogue_dataset_search ON catalogue_dataset USING gin (
    public.catalogue_plain(title || ' ' || description) public.gin_trgm_ops
);

-- Published datasets that are like the query, best first; none that is far behind the best. The threshold belongs to
-- the function: a session's own setting would change what people find.
CREATE FUNCTION catalogue_search(query text, most integer) RETURNS TABLE (id uuid, likeness real)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp
    SET pg_trgm.word_similarity_threshold = 0.3
    SET enable_seqscan = off AS $$
    WITH alike AS (
        SELECT dataset.id, word_similarity(
                catalogue_plain(query), catalogue_plain(dataset.title || ' ' || dataset.description)
            ) AS likeness
          FROM catalogue_dataset AS dataset
         WHERE catalogue_plain(query) <% catalogue_plain(dataset.title || ' ' || dataset.description)
           AND dataset.state = 'published'
    )
    SELECT alike.id, alike.likeness
      FROM alike
     WHERE alike.likeness >= 0.7 * (SELECT max(likeness) FROM alike)
     ORDER BY alike.likeness DESC, alike.id DESC
     LIMIT most
$$;
