"""At the end of each transaction milestones make the whole; no project is at work without; shares stay as they are."""

from django.db import migrations

FORWARD = """
CREATE FUNCTION delivery_whole() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    whose uuid := CASE WHEN TG_OP = 'DELETE' THEN OLD.project_id ELSE NEW.project_id END;
    total bigint;
BEGIN
    SELECT sum(share_bp) INTO total FROM delivery_milestone WHERE project_id = whose;
    IF total <> 10000 THEN
        RAISE EXCEPTION 'delivery_whole: the shares of a project make % of 10000', total USING ERRCODE = '23514';
    END IF;
    IF total IS NULL AND EXISTS (SELECT FROM proposals_project WHERE id = whose AND state = 'delivering') THEN
        RAISE EXCEPTION 'delivery_whole: a project at work keeps its plan' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER delivery_whole AFTER INSERT OR UPDATE OR DELETE ON delivery_milestone
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION delivery_whole();

CREATE FUNCTION delivery_planned() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM delivery_milestone WHERE project_id = NEW.id) THEN
        RAISE EXCEPTION 'delivery_planned: no work without a plan' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER delivery_planned AFTER UPDATE OF state ON proposals_project
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NEW.state = 'delivering' AND OLD.state <> 'delivering') EXECUTE FUNCTION delivery_planned();

CREATE FUNCTION delivery_share_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'delivery_share_stays: a milestone keeps its project and share' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER delivery_share_stays BEFORE UPDATE ON delivery_milestone
    FOR EACH ROW WHEN ((OLD.project_id, OLD.share_bp) IS DISTINCT FROM (NEW.project_id, NEW.share_bp))
    EXECUTE FUNCTION delivery_share_stays();
"""

BACK = """
DROP TRIGGER delivery_share_stays ON delivery_milestone;
DROP TRIGGER delivery_planned ON proposals_project;
DROP TRIGGER delivery_whole ON delivery_milestone;
DROP FUNCTION delivery_share_stays();
DROP FUNCTION delivery_planned();
DROP FUNCTION delivery_whole();
"""


class Migration(migrations.Migration):
    dependencies = [("delivery", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACK)]
