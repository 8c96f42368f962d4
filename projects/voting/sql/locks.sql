-- The advisory locks of a call's ballot box. Guards DOMAIN 1. They are numbers, not rows: a row that all
-- voters of a call lock would make them wait for each other. Order, so that nobody waits in a circle: the
-- marks that the city knows a person by, then the mark of their ballots, then the box.

-- The two functions of one expression are written as RETURN: PostgreSQL reads such a body when it is made, so
-- that no search path plays a part later, and puts it into the calling statement; with SET it would be a call
-- for each ballot.

-- Whoever adds or changes ballots holds this lock shared until commit, whoever seals holds it alone. Without
-- it a ballot that passed its check before the seal could be written after the count.
CREATE FUNCTION voting_box(call uuid) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    RETURN hashtextextended('voting_box:' || call::text, 0);

-- One mark of one person in one call.
CREATE FUNCTION voting_one_way(call uuid, mark text) RETURNS bigint
    LANGUAGE sql IMMUTABLE
    RETURN hashtextextended(call::text || mark, 1);

-- A person votes one way: whoever votes online and whoever is handed a paper holds these locks until commit,
-- one for each mark that is known of the person. ORDER BY: two that take the same marks in different order
-- would wait in a circle.
CREATE FUNCTION voting_hold(p_call uuid, p_marks text[]) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(voting_one_way(p_call, mark))
       FROM (SELECT DISTINCT mark FROM unnest(p_marks) AS mark WHERE mark <> '' ORDER BY mark) AS marks;
END $$;
