-- What stands on the ballot keeps its cost, and for good its call and number. Guards DOMAIN 2: winners are
-- counted from the published ballots, which name projects by number and budgets by cost.

-- The cost may change again while money is raised and work goes on: the ballots are counted then, and a
-- delivered project may turn out dearer than it was proposed.
CREATE FUNCTION proposals_terms_frozen() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
