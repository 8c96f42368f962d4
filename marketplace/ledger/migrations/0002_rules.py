"""What the database itself refuses, whoever asks: DOMAIN 3 and the sealing of the ledger."""

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
CREATE FUNCTION ledger_balance(wanted bigint) RETURNS numeric LANGUAGE sql STABLE AS $$
    WITH newest AS (
        SELECT balance, last_posting FROM ledger_checkpoint
        WHERE account_id = wanted ORDER BY last_posting DESC LIMIT 1
    )
    SELECT coalesce((SELECT balance FROM newest), 0) + coalesce(sum(amount), 0)
    FROM ledger_posting
    WHERE account_id = wanted AND id > coalesce((SELECT last_posting FROM newest), 0)
$$;

-- Once a statement: no late legs, and movements out of a floored account wait for each other, in the
-- order of account ids so that two entries never wait for each other in a circle.
CREATE FUNCTION ledger_postings_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM added JOIN ledger_entry entry ON entry.id = added.entry_id
               WHERE entry.xid <> pg_current_xact_id()) THEN
        RAISE EXCEPTION 'posting added to a closed entry' USING ERRCODE = '23514';
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

-- At commit: at least two legs, each currency sums to zero, no floored account below zero.
CREATE FUNCTION ledger_entry_complete() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE FUNCTION ledger_entry_unlinked() RETURNS trigger LANGUAGE plpgsql AS $$
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
CREATE TRIGGER ledger_postings_added AFTER INSERT ON ledger_posting
    REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION ledger_postings_added();
CREATE CONSTRAINT TRIGGER ledger_entry_complete AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_entry_complete();
"""

BACK = """
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
