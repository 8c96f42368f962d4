-- What an account holds, and the locks under which that is decided. Guards DOMAIN 3: no account that may not
-- go negative ever does.
--
-- Functions that write are SECURITY DEFINER, so that an application role with SELECT and INSERT alone can
-- post and can touch neither the locks (ledger_outflow) nor the sealer's work list (ledger_unlinked).

-- Balance, debit positive: the newest checkpoint and the postings after it.
CREATE FUNCTION ledger_balance(wanted bigint) RETURNS numeric
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH newest AS (
        SELECT balance, last_posting FROM ledger_checkpoint
        WHERE account_id = wanted ORDER BY last_posting DESC LIMIT 1
    )
    SELECT coalesce((SELECT balance FROM newest), 0) + coalesce(sum(amount), 0)
    FROM ledger_posting
    WHERE account_id = wanted AND id > coalesce((SELECT last_posting FROM newest), 0)
$$;

-- Until the caller's transaction ends, nothing else leaves this account: the lock that postings take, for
-- whoever asks first how much there is. The counter is raised, not merely locked: under REPEATABLE READ a
-- plain lock lets everybody spend the same money.
CREATE FUNCTION ledger_hold(wanted bigint) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO ledger_outflow AS outflow (account_id, movements) SELECT id, 1 FROM ledger_account WHERE id = wanted
    ON CONFLICT (account_id) DO UPDATE SET movements = outflow.movements + 1
$$;

-- The number below which no posting can appear any more: the lock waits for writers under way and goes with
-- the caller's transaction, so call it in one of its own.
CREATE FUNCTION ledger_settled() RETURNS bigint
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    LOCK TABLE ledger_posting IN SHARE MODE;
    RETURN (SELECT coalesce(max(id), 0) FROM ledger_posting);
END $$;
