-- Which credit a line takes back changes in a step of its state, as what it pays does (begins_0015.sql): proposed for
-- one payment and pointed at another, a reversal ended that, and a settled one made a payment a source of refunds again
-- (TE4 of 27 November). Which line it may be the same as is a suggestion, which the import and whoever names a batch
-- write on lines in any state; once somebody has said that it is the same, that stays, too.
CREATE CONSTRAINT TRIGGER payments_statementline_names AFTER UPDATE ON payments_statementline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (
        OLD.reverses_id IS DISTINCT FROM NEW.reverses_id
        OR OLD.duplicate_of_id IS DISTINCT FROM NEW.duplicate_of_id AND OLD.duplicate_of_id IS NOT NULL
           AND OLD.proposal = 'double' AND OLD.state IN ('proposed', 'settled'))
    EXECUTE FUNCTION payments_statementline_is_stepped();
