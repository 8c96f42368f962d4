"""Search with typo tolerance: trigrams of title, pitch and place, without accents and case."""

from django.contrib.postgres.operations import TrigramExtension, UnaccentExtension
from django.db import migrations

# unaccent() is only STABLE, since its dictionary could be exchanged; naming the dictionary makes it fit an index.
# The threshold belongs to the function: a session's own setting would change what people find.
FORWARD = """
CREATE FUNCTION proposals_plain(content text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS
$$ SELECT lower(public.unaccent('public.unaccent'::regdictionary, content)) $$;

CREATE INDEX proposals_project_search ON proposals_project USING gin (
    public.proposals_plain(title || ' ' || pitch || ' ' || place) public.gin_trgm_ops
);

CREATE FUNCTION proposals_search(query text, most integer) RETURNS TABLE (id uuid, likeness real)
LANGUAGE sql STABLE SET pg_trgm.word_similarity_threshold = 0.4 AS $$
    SELECT project.id,
        word_similarity(proposals_plain(query), proposals_plain(project.title || ' ' || project.pitch || ' ' || project.place))
        + word_similarity(proposals_plain(query), proposals_plain(project.title)) AS likeness
    FROM proposals_project AS project
    WHERE proposals_plain(query) <% proposals_plain(project.title || ' ' || project.pitch || ' ' || project.place)
        AND project.opened_at IS NOT NULL
    ORDER BY likeness DESC, project.id DESC
    LIMIT most
$$;
"""

BACK = """
DROP FUNCTION proposals_search(text, integer);
DROP INDEX proposals_project_search;
DROP FUNCTION proposals_plain(text);
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0002_triggers")]
    operations = [TrigramExtension(), UnaccentExtension(), migrations.RunSQL(FORWARD, BACK)]
