-- What a fund has set aside and promised is on its accounts, and the other way round, once a transaction ends: neither
-- an allocation nor an entry of the ledger changes alone. Guards DOMAIN 4. Who owns the tables is not judged
-- (civic/core/sql/guards_0005.sql).
CREATE FUNCTION matching_fund_is_booked(p_fund uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT NOT EXISTS (
        SELECT FROM matching_matchfund fund, unnest(ARRAY['reserved', 'committed']) AS part
         WHERE fund.id = p_fund
           AND coalesce((SELECT -ledger_balance(id) FROM ledger_account
                          WHERE book = fund.book AND code = 'fund/' || fund.id || '/' || part), 0)
            <> (SELECT coalesce(sum(set_aside_minor), 0) FROM matching_allocation
                 WHERE fund_id = fund.id AND state = part)
    )
$$;
CREATE FUNCTION matching_allocation_is_booked() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR matching_fund_is_booked(NEW.fund_id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'allocation_is_booked: the ledger has set aside another sum' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER matching_allocation_is_booked AFTER INSERT OR UPDATE ON matching_allocation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION matching_allocation_is_booked();
