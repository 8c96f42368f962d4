-- A mail is put off no longer than the code does it, as civic/core/sql/queues_0007.sql says: twelve hours at most.
CREATE TRIGGER accounts_mail_begins_soon BEFORE INSERT ON accounts_mail FOR EACH ROW
    WHEN (NEW.due_at > now() + interval '12 hours 5 minutes' OR NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('is due within half a day, and leased for minutes');
CREATE TRIGGER accounts_mail_put_off BEFORE UPDATE ON accounts_mail FOR EACH ROW
    WHEN (NEW.due_at IS DISTINCT FROM OLD.due_at AND NEW.due_at > now() + interval '12 hours 5 minutes'
          OR NEW.leased_until IS DISTINCT FROM OLD.leased_until AND NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('waits half a day at most, and is leased for minutes');
