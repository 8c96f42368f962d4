-- Entries, once linked into the chain, and the daily roots over them. Guards DOMAIN 3 (entries are never
-- changed) and 12.

-- What is linked is off the sealer's list, and nothing else takes it off.
CREATE FUNCTION ledger_links_added() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM ledger_unlinked unlinked USING added WHERE unlinked.entry_id = added.entry_id;
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_links_added AFTER INSERT ON ledger_link
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_links_added();

-- Of a root only where it was published may still change.
CREATE FUNCTION ledger_root_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.book, NEW.day, NEW.first_seq, NEW.last_seq, NEW.root, NEW.chain)
        <> (OLD.id, OLD.book, OLD.day, OLD.first_seq, OLD.last_seq, OLD.root, OLD.chain) THEN
        RAISE EXCEPTION 'the root of % stays as it is', OLD.day USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_root_guard BEFORE UPDATE OR DELETE ON ledger_dailyroot
    FOR EACH ROW EXECUTE FUNCTION ledger_root_guard();
