-- The role that web, workers and beat connect as, so that not even a stolen password of theirs rewrites money. It owns
-- nothing: it cannot alter or empty a table, nor switch a trigger off. Making it needs a superuser or CREATEROLE: where the owner
-- of the tables has neither, somebody who does runs the CREATE ROLE below first. The owner runs this after each migrate:
--   psql "$OWNER_URL" -v ON_ERROR_STOP=1 -f deploy/application_role.sql
-- and once lets it in:  ALTER ROLE civic_application LOGIN PASSWORD '…';
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'civic_application') THEN
        CREATE ROLE civic_application NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO civic_application;
-- No tables and functions of its own, not even for a session: a temporary table of the name of one of ours stands before
-- it wherever a statement does not name the schema. PUBLIC has this from PostgreSQL's start; the owner keeps it.
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, civic_application', current_database());
END $$;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO civic_application;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO civic_application;

-- The ledger: what is written stays. Of a root only where it was published may be noted later.
REVOKE UPDATE, DELETE ON ledger_account, ledger_entry, ledger_posting, ledger_checkpoint, ledger_link, ledger_dailyroot
    FROM civic_application;
GRANT UPDATE (published) ON ledger_dailyroot TO civic_application;
-- Its locks and the sealer's list are the triggers' own.
REVOKE INSERT, UPDATE, DELETE ON ledger_outflow, ledger_unlinked FROM civic_application;
-- The steps by which SQL moves states are the migrations' own: a row more, and any state could follow any other.
REVOKE INSERT, UPDATE, DELETE ON core_step FROM civic_application;
