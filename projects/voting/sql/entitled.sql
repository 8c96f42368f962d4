-- Who may vote in a call, since calls may name a least age: DOMAIN 1.

-- Whether a person may vote in a call at a moment: by account or verified residency, age and area. An area of
-- the call includes its districts; a call without areas takes everybody who qualifies.
CREATE OR REPLACE FUNCTION voting_entitled(p_call uuid, p_person uuid, p_at timestamptz) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    rule calls_call;
BEGIN
    SELECT * INTO rule FROM calls_call WHERE id = p_call;
    IF rule.eligibility = 'registered' AND rule.minimum_age IS NULL THEN
        RETURN true;
    END IF;
    RETURN EXISTS (
        SELECT FROM accounts_residency residency JOIN accounts_area area ON area.id = residency.area_id
         WHERE residency.person_id = p_person AND residency.state = 'verified'
           AND (residency.expires_at IS NULL OR residency.expires_at > p_at)
           -- Whose date of birth is not known is not old enough.
           AND (rule.minimum_age IS NULL
                OR residency.born + make_interval(years => rule.minimum_age) <= (p_at AT TIME ZONE 'UTC')::date)
           AND (rule.eligibility = 'registered' OR NOT EXISTS (SELECT FROM calls_call_areas WHERE call_id = p_call)
                OR EXISTS (SELECT FROM calls_call_areas
                            WHERE call_id = p_call AND area_id IN (area.id, area.parent_id)))
    );
END $$;
