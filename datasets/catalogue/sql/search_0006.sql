-- Search finds keywords, too: they are what somebody would call a dataset who does not know its title.
CREATE FUNCTION catalogue_words(title text, description text, keywords text[]) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT catalogue_plain(title || ' ' || array_to_string(keywords, ' ') || ' ' || description)
$$;

DROP INDEX catalogue_dataset_search;
CREATE INDEX catalogue_dataset_search ON catalogue_dataset USING gin (
    public.catalogue_words(title, description, keywords::text[]) public.gin_trgm_ops
);

-- As it was (search.sql), by these words.
CREATE OR REPLACE FUNCTION catalogue_search(query text, most integer) RETURNS TABLE (id uuid, likeness real)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp
    SET pg_trgm.word_similarity_threshold = 0.3
    SET enable_seqscan = off AS $$
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
