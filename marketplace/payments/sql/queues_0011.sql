-- What providers told, and its copy, are put off no longer than the code does it, as civic/core/sql/queues_0007.sql
-- says: twelve hours at most. A lost dispute that nobody hears of would leave its money with the project.
CREATE TRIGGER payments_message_begins_soon BEFORE INSERT ON payments_message FOR EACH ROW
    WHEN (NEW.due_at > now() + interval '12 hours 5 minutes' OR NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('is due within half a day, and leased for minutes');
CREATE TRIGGER payments_message_put_off BEFORE UPDATE ON payments_message FOR EACH ROW
    WHEN (NEW.due_at IS DISTINCT FROM OLD.due_at AND NEW.due_at > now() + interval '12 hours 5 minutes'
          OR NEW.leased_until IS DISTINCT FROM OLD.leased_until AND NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('waits half a day at most, and is leased for minutes');
CREATE TRIGGER payments_mirrorjob_begins_soon BEFORE INSERT ON payments_mirrorjob FOR EACH ROW
    WHEN (NEW.due_at > now() + interval '12 hours 5 minutes' OR NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('is due within half a day, and leased for minutes');
CREATE TRIGGER payments_mirrorjob_put_off BEFORE UPDATE ON payments_mirrorjob FOR EACH ROW
    WHEN (NEW.due_at IS DISTINCT FROM OLD.due_at AND NEW.due_at > now() + interval '12 hours 5 minutes'
          OR NEW.leased_until IS DISTINCT FROM OLD.leased_until AND NEW.leased_until > now() + interval '7 minutes')
    EXECUTE FUNCTION core_owner_alone('waits half a day at most, and is leased for minutes');
