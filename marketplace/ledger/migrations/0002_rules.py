"""What the database itself refuses, whoever asks: DOMAIN 3 and the sealing of the ledger.

Every function names its search path with pg_temp last: otherwise a session could put a temporary table in front
of ours and have its balances read from there. Those that write are SECURITY DEFINER, so that an application role
with SELECT and INSERT alone can post and can touch neither the locks nor the sealer's work list.
"""

from django.db import migrations

RULES = """
-- The transaction that made an entry; only it may add postings.
ALTER TABLE ledger_entry ADD COLUMN xid xid8 NOT NULL DEFAULT pg_current_xact_id();

-- A posting belongs to its entry's book and to an account of the same book and currency.
ALTER TABLE ledger_posting
    ADD CONSTRAINT posting_entry FOREIGN KEY (entry_id, book) REFERENCES ledger_entry (id, book),
    ADD CONSTRAINT posting_account FOREIGN KEY (account_id, book, currency)
        REFERENCES ledger_account (id, book, currency);

CREATE FUNCTION ledger_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;

-- An account keeps what postings rely on: its book, currency, kind, and its floor once it has one.
CREATE FUNCTION ledger_account_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.book, NEW.currency, NEW.kind, NEW.code) <> (OLD.book, OLD.currency, OLD.kind, OLD.code)
       OR OLD.floor_zero AND NOT NEW.floor_zero THEN
        RAISE EXCEPTION 'account % is in use and keeps its book, currency, kind and floor', OLD.code
            USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

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

-- Once a statement: an entry's legs come in one statement of its own transaction (so that checking it early, by SET
-- CONSTRAINTS, leaves no gap for more), with numbers above every checkpoint (what is below is in no balance);
-- and movements out of a floored account wait for each other, in the order of account ids so that two
-- entries never wait for each other in a circle.
CREATE FUNCTION ledger_postings_added() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added JOIN ledger_entry entry ON entry.id = added.entry_id
               WHERE entry.xid <> pg_current_xact_id()) THEN
        RAISE EXCEPTION 'posting added to a closed entry' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM ledger_posting posting
               WHERE posting.entry_id IN (SELECT entry_id FROM added)
                 AND posting.id NOT IN (SELECT id FROM added)) THEN
        RAISE EXCEPTION 'the postings of an entry come in one statement' USING ERRCODE = '23514';
    END IF;
    IF EXISTS (SELECT 1 FROM added JOIN ledger_checkpoint checkpoint ON checkpoint.account_id = added.account_id
               AND checkpoint.last_posting >= added.id) THEN
        RAISE EXCEPTION 'posting numbered below a checkpoint' USING ERRCODE = '23514';
    END IF;
    INSERT INTO ledger_outflow AS outflow (account_id, movements)
    SELECT DISTINCT account.id, 1
    FROM added JOIN ledger_account account ON account.id = added.account_id
    WHERE account.floor_zero
      AND CASE WHEN account.kind IN ('A', 'E') THEN added.amount < 0 ELSE added.amount > 0 END
    ORDER BY account.id
    ON CONFLICT (account_id) DO UPDATE SET movements = outflow.movements + 1;
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

-- Of a root only where it was published may still change.
CREATE FUNCTION ledger_root_guard() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' OR (NEW.id, NEW.book, NEW.day, NEW.first_seq, NEW.last_seq, NEW.root, NEW.chain)
        <> (OLD.id, OLD.book, OLD.day, OLD.first_seq, OLD.last_seq, OLD.root, OLD.chain) THEN
        RAISE EXCEPTION 'the root of % stays as it is', OLD.day USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- At commit: at least two legs, each currency sums to zero, no floored account below zero.
CREATE FUNCTION ledger_entry_complete() RETURNS trigger LANGUAGE plpgsql
    SET search_path = public, pg_temp AS $$
DECLARE
    legs int;
    bad record;
BEGIN
    SELECT count(*) INTO legs FROM ledger_posting WHERE entry_id = NEW.id;
    IF legs < 2 THEN
        RAISE EXCEPTION 'entry % has % postings', NEW.id, legs USING ERRCODE = '23514';
    END IF;
    SELECT currency, sum(amount) AS total INTO bad FROM ledger_posting
        WHERE entry_id = NEW.id GROUP BY currency HAVING sum(amount) <> 0 LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'entry % is unbalanced by % %', NEW.id, bad.total, bad.currency USING ERRCODE = '23514';
    END IF;
    SELECT account.code, ledger_balance(account.id) AS balance INTO bad
        FROM ledger_posting posting JOIN ledger_account account ON account.id = posting.account_id
        WHERE posting.entry_id = NEW.id AND account.floor_zero
          AND CASE WHEN account.kind IN ('A', 'E')
              THEN posting.amount < 0 AND ledger_balance(account.id) < 0
              ELSE posting.amount > 0 AND ledger_balance(account.id) > 0 END
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'overdraft on %', bad.code USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

-- The sealer's work list.
CREATE FUNCTION ledger_entry_unlinked() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER
    SET search_path = public, pg_temp AS $$
BEGIN
    INSERT INTO ledger_unlinked (entry_id) VALUES (NEW.id);
    RETURN NULL;
END $$;

CREATE TRIGGER ledger_entry_unlinked AFTER INSERT ON ledger_entry
    FOR EACH ROW EXECUTE FUNCTION ledger_entry_unlinked();
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
CREATE TRIGGER ledger_checkpoint_true BEFORE INSERT ON ledger_checkpoint
    FOR EACH ROW EXECUTE FUNCTION ledger_checkpoint_true();
CREATE TRIGGER ledger_root_guard BEFORE UPDATE OR DELETE ON ledger_dailyroot
    FOR EACH ROW EXECUTE FUNCTION ledger_root_guard();
CREATE TRIGGER ledger_account_kept BEFORE TRUNCATE ON ledger_account EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_entry_kept BEFORE TRUNCATE ON ledger_entry EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_posting_kept BEFORE TRUNCATE ON ledger_posting EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_checkpoint_kept BEFORE TRUNCATE ON ledger_checkpoint EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_link_kept BEFORE TRUNCATE ON ledger_link EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_root_kept BEFORE TRUNCATE ON ledger_dailyroot EXECUTE FUNCTION ledger_append_only();
CREATE TRIGGER ledger_postings_added AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_postings_added();
CREATE CONSTRAINT TRIGGER ledger_entry_complete AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_complete();
"""

BACK = """
DROP TRIGGER ledger_root_kept ON ledger_dailyroot;
DROP TRIGGER ledger_link_kept ON ledger_link;
DROP TRIGGER ledger_checkpoint_kept ON ledger_checkpoint;
DROP TRIGGER ledger_posting_kept ON ledger_posting;
DROP TRIGGER ledger_entry_kept ON ledger_entry;
DROP TRIGGER ledger_account_kept ON ledger_account;
DROP TRIGGER ledger_root_guard ON ledger_dailyroot;
DROP TRIGGER ledger_checkpoint_true ON ledger_checkpoint;
DROP FUNCTION ledger_root_guard();
DROP FUNCTION ledger_checkpoint_true();
DROP TRIGGER ledger_entry_unlinked ON ledger_entry;
DROP FUNCTION ledger_entry_unlinked();
DROP TRIGGER ledger_entry_complete ON ledger_entry;
DROP TRIGGER ledger_postings_added ON ledger_posting;
DROP TRIGGER ledger_link_append_only ON ledger_link;
DROP TRIGGER ledger_checkpoint_append_only ON ledger_checkpoint;
DROP TRIGGER ledger_posting_append_only ON ledger_posting;
DROP TRIGGER ledger_entry_append_only ON ledger_entry;
DROP TRIGGER ledger_account_guard ON ledger_account;
DROP FUNCTION ledger_entry_complete();
DROP FUNCTION ledger_postings_added();
DROP FUNCTION ledger_balance(bigint);
DROP FUNCTION ledger_account_guard();
DROP FUNCTION ledger_append_only();
ALTER TABLE ledger_posting DROP CONSTRAINT posting_account, DROP CONSTRAINT posting_entry;
ALTER TABLE ledger_entry DROP COLUMN xid;
"""


class Migration(migrations.Migration):
    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunSQL(RULES, BACK)]
