-- Ballots come in through voting_cast alone: DOMAIN 1. As its owner's, it writes what a role with SELECT alone may not
-- (deploy/application_role.sql), and whoever has that role casts no ballot past its questions. Imports of decided
-- elections are run by the owner.
ALTER FUNCTION voting_cast(uuid, uuid, uuid, text, text, text, uuid[], integer[], timestamptz) SECURITY DEFINER;

-- The draw is prepared before the box is closed.
CREATE TRIGGER voting_poll_begins BEFORE INSERT ON voting_poll FOR EACH ROW
    WHEN (NEW.sealed_at IS NOT NULL OR NEW.ballots IS NOT NULL) EXECUTE FUNCTION core_owner_alone('begins unsealed');
-- And closed by an event.
CREATE TRIGGER voting_poll_told BEFORE UPDATE ON voting_poll FOR EACH ROW
    WHEN (NEW.sealed_at IS NOT NULL AND OLD.sealed_at IS NULL)
    EXECUTE FUNCTION core_told('calls.Call', 'call_id', 'poll.sealed');

-- A count is of a sealed box, with the draw and the budget of its call, and its results come before the call is
-- decided: DOMAIN 2. That it follows from the published ballots anybody recomputes.
CREATE FUNCTION voting_tally_fits() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    whose uuid := CASE WHEN TG_TABLE_NAME = 'voting_tally' THEN (to_jsonb(NEW)->>'call_id')::uuid
        ELSE (SELECT call_id FROM voting_tally WHERE id = (to_jsonb(NEW)->>'tally_id')::uuid) END;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    PERFORM FROM voting_poll poll JOIN calls_call ON calls_call.id = poll.call_id
        WHERE poll.call_id = whose AND poll.sealed_at IS NOT NULL AND calls_call.state <> 'decided'
          AND (TG_TABLE_NAME <> 'voting_tally'
               OR (poll.seed, calls_call.budget_minor, calls_call.currency)
                  = (to_jsonb(NEW)->>'seed', (to_jsonb(NEW)->>'budget_minor')::bigint, to_jsonb(NEW)->>'currency'));
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a count is of a sealed box that is not decided, as its call says' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER voting_tally_fits BEFORE INSERT ON voting_tally FOR EACH ROW EXECUTE FUNCTION voting_tally_fits();
CREATE TRIGGER voting_projectresult_fits BEFORE INSERT ON voting_projectresult
    FOR EACH ROW EXECUTE FUNCTION voting_tally_fits();
