-- Every function names its search path with pg_temp last: otherwise a session could put a temporary table in front of
-- ours and have its balances read from there. Those that write are SECURITY DEFINER, so that an application role
-- with SELECT and INSERT alone can post and can touch neither the locks nor the sealer's work list.

-- A posting belongs to its entry's book and to an account of the same book and currency.
ALTER TABLE ledger_posting
    ADD CONSTRAINT posting_entry FOREIGN KEY (book, entry_id) REFERENCES ledger_entry (book, id),
    ADD CONSTRAINT posting_account FOREIGN KEY (account_id, book, currency)
        REFERENCES ledger_account (id, book, currency);

-- Balance, debit positive: the newest checkpoint and the postings after it.
CREATE FUNCTION ledger_balance(wanted bigint) RETURNS numeric LANGUAGE sql STABLE
    SET search_path = public, pg_temp AS $$
    WITH newest AS (
        SELECT balance, last_posting FROM ledger_checkpoint
        WHERE account_id = wanted ORDER BY last_posting DESC LIMIT 1
    )
    SELECT coalesce((SELECT balance FROM newest), 0) + coalesce(sum(amount), 0)
    FROM ledger_posting
    WHERE account_id = wanted AND id > coalesce((SELECT last_posting FROM newest), 0)
$$;

-- One entry with its legs in one statement: what the application calls. False where its key, or a reversal of the same
-- entry, is there already. It has no rights of its own and is past no rule: the triggers below judge it as they
-- judge anybody's INSERT. As a function it is planned once a session.
CREATE FUNCTION ledger_post(
    new_id uuid, new_book text, new_kind text, new_key text, new_reverses uuid, new_public jsonb, new_at timestamptz,
    accounts bigint[], currencies text[], amounts bigint[]
) RETURNS boolean LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
    WITH made AS (
        INSERT INTO ledger_entry (id, book, kind, key, reverses_id, public, at)
        VALUES (new_id, new_book, new_kind, new_key, new_reverses, new_public, new_at)
        ON CONFLICT DO NOTHING RETURNING id, book
    )
    INSERT INTO ledger_posting (entry_id, account_id, book, currency, amount)
    SELECT made.id, leg.account, made.book, leg.currency, leg.amount
    FROM made, unnest(accounts, currencies, amounts) AS leg (account, currency, amount);
    RETURN FOUND;
END $$;

-- Once a statement: an entry stands with all of its legs when the statement that makes it ends.
CREATE FUNCTION ledger_entries_added() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    bare uuid;
BEGIN
    SELECT id INTO bare FROM made
        WHERE NOT EXISTS (SELECT FROM ledger_posting WHERE entry_id = made.id) LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % comes without postings', bare USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

-- Once a statement: an entry's legs come together, two or more, and sum to zero in each currency. Together with the rule
-- above this closes an entry for ever: it has legs from its beginning, so none can be added. Numbers are above every
-- checkpoint, for what is below is in no balance. Movements out of a floored account wait for each other, in the
-- order of account ids so that two entries never wait for each other in a circle; what is left is counted after that.
CREATE FUNCTION ledger_postings_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
DECLARE
    bad record;
    emptied bigint[];
BEGIN
    SELECT entry_id, legs INTO bad
        FROM (SELECT entry_id, count(*) AS legs FROM added GROUP BY entry_id) entry
        WHERE legs < 2 OR legs <> (SELECT count(*) FROM ledger_posting posting WHERE posting.entry_id = entry.entry_id)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % has % postings in one statement: at least two, and all of them, come at once',
            bad.entry_id, bad.legs USING ERRCODE = '23514';
    END IF;
    SELECT entry_id, currency, sum(amount) AS total INTO bad
        FROM added GROUP BY entry_id, currency HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % is unbalanced by % %', bad.entry_id, bad.total, bad.currency USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT FROM added JOIN ledger_checkpoint checkpoint ON checkpoint.account_id = added.account_id
               AND checkpoint.last_posting >= added.id) THEN
        RAISE EXCEPTION 'posting numbered below a checkpoint' USING ERRCODE = '23514';
    END IF;
    SELECT array_agg(DISTINCT account.id ORDER BY account.id) INTO emptied
        FROM added JOIN ledger_account account ON account.id = added.account_id
        WHERE account.floor_zero
          AND CASE WHEN account.kind IN ('A', 'E') THEN added.amount < 0 ELSE added.amount > 0 END;
    IF emptied IS NOT NULL THEN
        INSERT INTO ledger_outflow AS outflow (account_id, movements) SELECT unnest(emptied), 1
            ON CONFLICT (account_id) DO UPDATE SET movements = outflow.movements + 1;
        SELECT code INTO bad FROM ledger_account account
            WHERE id = ANY (emptied)
              AND CASE WHEN kind IN ('A', 'E') THEN ledger_balance(id) < 0 ELSE ledger_balance(id) > 0 END LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'overdraft on %', bad.code USING ERRCODE = '23514';
        END IF;
    END IF;
    INSERT INTO ledger_unlinked (entry_id) SELECT DISTINCT entry_id FROM added;
    RETURN NULL;
END $$;

-- Until the caller's transaction ends, nothing else leaves this account: the lock that postings take, for whoever asks first
-- how much there is. The counter is raised, not merely locked: under REPEATABLE READ a plain lock lets everybody spend
-- the same money.
CREATE FUNCTION ledger_hold(wanted bigint) RETURNS void LANGUAGE sql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
    INSERT INTO ledger_outflow AS outflow (account_id, movements) SELECT id, 1 FROM ledger_account WHERE id = wanted
    ON CONFLICT (account_id) DO UPDATE SET movements = outflow.movements + 1
$$;

-- The number below which no posting can appear any more: the lock waits for writers under way and goes with the caller's
-- transaction, so call it in one of its own.
CREATE FUNCTION ledger_settled() RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    LOCK TABLE ledger_posting IN SHARE MODE;
    RETURN (SELECT coalesce(max(id), 0) FROM ledger_posting);
END $$;

-- What is linked is off the sealer's list, and nothing else takes it off.
CREATE FUNCTION ledger_links_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    DELETE FROM ledger_unlinked unlinked USING added WHERE unlinked.entry_id = added.entry_id;
    RETURN NULL;
END $$;

-- A checkpoint says what the postings say, and speaks of none that is still to come.
CREATE FUNCTION ledger_checkpoint_true() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    newest record;
    found_sum numeric;
BEGIN
    SELECT balance, last_posting INTO newest FROM ledger_checkpoint
        WHERE account_id = NEW.account_id AND last_posting < NEW.last_posting ORDER BY last_posting DESC LIMIT 1;
    SELECT coalesce(newest.balance, 0) + coalesce(sum(amount), 0) INTO found_sum FROM ledger_posting
        WHERE account_id = NEW.account_id AND id > coalesce(newest.last_posting, 0) AND id <= NEW.last_posting;
    IF found_sum <> NEW.balance OR NEW.last_posting > (SELECT coalesce(max(id), 0) FROM ledger_posting) THEN
        RAISE EXCEPTION 'checkpoint of account % does not follow from its postings', NEW.account_id
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

-- An account stays as it was opened: postings rely on its book, currency, kind and floor, and the chain has hashed them.
CREATE FUNCTION ledger_account_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'account % stays as it was opened', OLD.code USING ERRCODE = '23514';
END $$;

-- Of a root only where it was published may still change.
CREATE FUNCTION ledger_root_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.book, NEW.day, NEW.first_seq, NEW.last_seq, NEW.root, NEW.chain)
        <> (OLD.id, OLD.book, OLD.day, OLD.first_seq, OLD.last_seq, OLD.root, OLD.chain) THEN
        RAISE EXCEPTION 'the root of % stays as it is', OLD.day USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_entries_added AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_added();
CREATE TRIGGER ledger_postings_added AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_postings_added();
CREATE TRIGGER ledger_links_added AFTER INSERT ON ledger_link
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_links_added();
CREATE TRIGGER ledger_checkpoint_true BEFORE INSERT ON ledger_checkpoint
    FOR EACH ROW EXECUTE FUNCTION ledger_checkpoint_true();
CREATE TRIGGER ledger_account_guard BEFORE UPDATE OR DELETE ON ledger_account
    FOR EACH ROW EXECUTE FUNCTION ledger_account_guard();
CREATE TRIGGER ledger_entry_append_only BEFORE UPDATE OR DELETE ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_posting_append_only BEFORE UPDATE OR DELETE ON ledger_posting
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_checkpoint_append_only BEFORE UPDATE OR DELETE ON ledger_checkpoint
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_link_append_only BEFORE UPDATE OR DELETE ON ledger_link
    FOR EACH ROW EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_root_guard BEFORE UPDATE OR DELETE ON ledger_dailyroot
    FOR EACH ROW EXECUTE FUNCTION ledger_root_guard();
CREATE TRIGGER ledger_account_kept BEFORE TRUNCATE ON ledger_account EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_entry_kept BEFORE TRUNCATE ON ledger_entry EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_posting_kept BEFORE TRUNCATE ON ledger_posting EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_checkpoint_kept BEFORE TRUNCATE ON ledger_checkpoint EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_link_kept BEFORE TRUNCATE ON ledger_link EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_root_kept BEFORE TRUNCATE ON ledger_dailyroot EXECUTE FUNCTION ledger_append_only();
