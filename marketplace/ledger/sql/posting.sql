-- Entries and their postings: DOMAIN 3. Σ postings of an entry = 0 per currency, an entry is whole from its
-- beginning, and no floored account goes below zero.

-- One entry with its legs in one statement: what the application calls. False where its key, or a reversal of
-- the same entry, is there already. It has no rights of its own and is past no rule: the triggers below judge
-- it as they judge anybody's INSERT. As a function it is planned once a session.
CREATE FUNCTION ledger_post(
    new_id uuid, new_book text, new_kind text, new_key text, new_reverses uuid, new_public jsonb, new_at timestamptz,
    accounts bigint[], currencies text[], amounts bigint[]
) RETURNS boolean
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
CREATE FUNCTION ledger_entries_added() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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

CREATE TRIGGER ledger_entries_added AFTER INSERT ON ledger_entry
    REFERENCING NEW TABLE AS made FOR EACH STATEMENT EXECUTE FUNCTION ledger_entries_added();

-- Once a statement: an entry's legs come together, two or more, and sum to zero in each currency. Together
-- with the rule above this closes an entry for ever: it has legs from its beginning, so none can be added.
-- Numbers are above every checkpoint, for what is below is in no balance. Movements out of a floored account
-- wait for each other, in the order of account ids so that two entries never wait for each other in a circle;
-- what is left is counted after that.
CREATE FUNCTION ledger_postings_added() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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

CREATE TRIGGER ledger_postings_added AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_postings_added();
