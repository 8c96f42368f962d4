-- Rows that are written once. Guards DOMAIN 2 (tallies and ballots can be recounted) and 12 (the event chain
-- is not broken).
--
-- Every function of the exchange says SET search_path = pg_catalog, public, pg_temp. PostgreSQL searches a
-- session's temporary tables first unless pg_temp is named, and then where it is named: last, a temporary
-- table called like one of ours is never read ("Writing SECURITY DEFINER Functions Safely" in the
-- documentation of CREATE FUNCTION). Without it, any session with TEMP rights could let a rule count invented
-- rows, whether the function has rights of its own or not.

-- For tables of any slice: a row is neither changed nor deleted, not even by the owner of the tables.
CREATE FUNCTION core_append_only() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

-- For tables of which some columns stay: the trigger's WHEN says which.
CREATE FUNCTION core_row_stays() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'a row of % stays as it is', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

CREATE TRIGGER core_seal_append_only BEFORE UPDATE OR DELETE ON core_seal
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
