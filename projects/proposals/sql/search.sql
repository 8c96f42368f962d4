-- Search: trigrams of title, pitch and place forgive typing errors; the words of the story are found as they
-- stand. Needs the extensions pg_trgm and unaccent in the schema public.

-- Lower case without accents. unaccent() is only STABLE, since its dictionary could be exchanged; naming the
-- dictionary makes it fit an index. Objects carry their schema here and below, because pg_restore rebuilds
-- the indexes with an empty search path.
CREATE FUNCTION proposals_plain(content text) RETURNS text
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT lower(public.unaccent('public.unaccent'::regdictionary, content))
$$;

CREATE INDEX proposals_project_search ON proposals_project USING gin (
    public.proposals_plain(title || ' ' || pitch || ' ' || place) public.gin_trgm_ops
);

-- The words of a story. COST and plpgsql are on purpose: the planner cannot look into it and takes it for
-- dear, so that it uses the index and never works the words of all stories out row by row.
CREATE FUNCTION proposals_words(content text) RETURNS tsvector
    LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE STRICT COST 10000 SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN to_tsvector('pg_catalog.simple', public.proposals_plain(content));
END $$;

CREATE INDEX proposals_project_story ON proposals_project USING gin (public.proposals_words(story));

-- All words of the query; from four letters on the beginning of a word is enough (bench, benches), in any
-- language.
CREATE FUNCTION proposals_words_query(content text) RETURNS tsquery
    LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT string_agg(
        '''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || ''''
        || CASE WHEN length(lexeme) >= 4 THEN ':*' ELSE '' END,
        ' & '
    )::tsquery
      FROM unnest(public.proposals_words(content))
$$;

-- Open projects that are like the query, best first. A story that has the words comes after titles that are
-- much like the query, and before those that are a little. Something like it is better than nothing, but not
-- beside the thing itself: hence the low threshold and the share of the best. The threshold belongs to the
-- function: a session's own setting would change what people find. Without enable_seqscan = off the planner
-- reads a small table row by row, and goes on doing so while it grows and statistics are old.
CREATE FUNCTION proposals_search(query text, most integer) RETURNS TABLE (id uuid, likeness real)
    LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp
    SET pg_trgm.word_similarity_threshold = 0.24
    SET enable_seqscan = off AS $$
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
