"""Counts of support that no request writes, revisions that stay, and terms that freeze on the ballot."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION proposals_make_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO proposals_supportcount (project_id, supports, counted_at) VALUES (NEW.id, 0, now());
    RETURN NULL;
END $$;
CREATE TRIGGER proposals_make_count AFTER INSERT ON proposals_project
    FOR EACH ROW EXECUTE FUNCTION proposals_make_count();

CREATE FUNCTION proposals_support_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO proposals_supportchange (project_id, delta) VALUES (NEW.project_id, 1);
    ELSE
        INSERT INTO proposals_supportchange (project_id, delta) VALUES (OLD.project_id, -1);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER proposals_support_changed AFTER INSERT OR DELETE ON proposals_support
    FOR EACH ROW EXECUTE FUNCTION proposals_support_changed();

CREATE FUNCTION proposals_revision_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    -- Erasing an account may take the author off; nothing else of a revision ever changes.
    IF NEW.author_id IS NULL THEN
        NEW.author_id = OLD.author_id;
        IF NEW IS NOT DISTINCT FROM OLD THEN
            NEW.author_id = NULL;
            RETURN NEW;
        END IF;
    END IF;
    RAISE EXCEPTION 'a revision is append-only' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER proposals_revision_guard BEFORE UPDATE ON proposals_projectrevision
    FOR EACH ROW EXECUTE FUNCTION proposals_revision_guard();

CREATE FUNCTION proposals_terms_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'terms_frozen: what stands on the ballot keeps its cost, and for good its call and number'
        USING ERRCODE = '23514';
END $$;
CREATE TRIGGER proposals_terms_frozen BEFORE UPDATE ON proposals_project
    FOR EACH ROW WHEN (
        OLD.state NOT IN ('draft', 'submitted', 'returned', 'rejected', 'open', 'cancelled')
        AND (
            (OLD.currency, OLD.call_id, OLD.ballot_number)
                IS DISTINCT FROM (NEW.currency, NEW.call_id, NEW.ballot_number)
            OR (OLD.cost_minor IS DISTINCT FROM NEW.cost_minor
                AND OLD.state NOT IN ('funding', 'funded', 'delivering'))
        )
    ) EXECUTE FUNCTION proposals_terms_frozen();
"""

BACK = """
DROP TRIGGER proposals_terms_frozen ON proposals_project;
DROP TRIGGER proposals_revision_guard ON proposals_projectrevision;
DROP TRIGGER proposals_support_changed ON proposals_support;
DROP TRIGGER proposals_make_count ON proposals_project;
DROP FUNCTION proposals_terms_frozen();
DROP FUNCTION proposals_revision_guard();
DROP FUNCTION proposals_support_changed();
DROP FUNCTION proposals_make_count();
"""


class Migration(migrations.Migration):
    dependencies = [("proposals", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
