-- What a quadratic fund is shared out by is published, and changes as the log says alone: whoever replaces it leaves an
-- event with its digest, and whoever keeps the digest is found by anybody who computes it. Guards DOMAIN 4.
CREATE FUNCTION matching_input_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    told text;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    SELECT payload->>'digest' INTO told FROM core_event
        WHERE subject_type = 'matching.MatchFund' AND subject_id = NEW.id::text AND payload ? 'digest'
        ORDER BY seq DESC LIMIT 1;
    IF told IS DISTINCT FROM NEW.input_digest
       OR OLD.published_input IS DISTINCT FROM NEW.published_input AND OLD.input_digest = NEW.input_digest THEN
        RAISE EXCEPTION 'matching_input_told: no event tells of this input' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER matching_matchfund_input_told
    BEFORE UPDATE OF published_input, input_digest, frozen_pledges ON matching_matchfund FOR EACH ROW
    WHEN (OLD.published_input IS DISTINCT FROM NEW.published_input OR OLD.input_digest <> NEW.input_digest
          OR OLD.frozen_pledges IS DISTINCT FROM NEW.frozen_pledges)
    EXECUTE FUNCTION matching_input_told();
