-- Numbers of postings come from their sequence. One chosen near the largest possible number would stand behind every
-- later one: after the next checkpoint, its accounts would refuse all further postings for ever.
CREATE FUNCTION ledger_postings_numbered() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT max(id) FROM added) > (SELECT last_value FROM ledger_posting_id_seq) THEN
        RAISE EXCEPTION 'posting numbered ahead of its sequence' USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_postings_numbered AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_postings_numbered();
