-- How far a count has come is said of sealed ballots alone (A17 of 27 November): a vote that runs looked counted.
CREATE TRIGGER voting_poll_counting BEFORE UPDATE ON voting_poll FOR EACH ROW
    WHEN ((OLD.counting, OLD.counted) IS DISTINCT FROM (NEW.counting, NEW.counted) AND NEW.sealed_at IS NULL)
    EXECUTE FUNCTION core_owner_alone('counted once it is sealed');
