-- What is written stays, whoever asks, the owner of the tables included. Guards DOMAIN 3: entries are never
-- changed, only reversed.

CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER ledger_checkpoint_append_only BEFORE UPDATE OR DELETE ON ledger_checkpoint
    FOR EACH ROW EXECUTE FUNCTION core_append_only();
CREATE TRIGGER ledger_link_append_only BEFORE UPDATE OR DELETE ON ledger_link
    FOR EACH ROW EXECUTE FUNCTION core_append_only();

-- TRUNCATE fires no trigger of rows: without these, emptying a table would be the one change that nothing
-- refuses.
CREATE TRIGGER ledger_account_kept BEFORE TRUNCATE ON ledger_account EXECUTE FUNCTION core_append_only();
CREATE TRIGGER ledger_entry_kept BEFORE TRUNCATE ON ledger_entry EXECUTE FUNCTION core_append_only();
CREATE TRIGGER ledger_posting_kept BEFORE TRUNCATE ON ledger_posting EXECUTE FUNCTION core_append_only();
CREATE TRIGGER ledger_checkpoint_kept BEFORE TRUNCATE ON ledger_checkpoint EXECUTE FUNCTION core_append_only();
CREATE TRIGGER ledger_link_kept BEFORE TRUNCATE ON ledger_link EXECUTE FUNCTION core_append_only();
CREATE TRIGGER ledger_dailyroot_kept BEFORE TRUNCATE ON ledger_dailyroot EXECUTE FUNCTION core_append_only();

-- An account stays as it was opened: postings rely on its book, currency, kind and floor, and the chain has
-- hashed them.
CREATE FUNCTION ledger_account_guard() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'account % stays as it was opened', OLD.code USING ERRCODE = '23514';
END $$;

CREATE TRIGGER ledger_account_guard BEFORE UPDATE OR DELETE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_account_guard();
