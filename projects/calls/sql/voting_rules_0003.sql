-- The trigger of voting_rules.sql, taken away while the column of the state was widened.

CREATE TRIGGER calls_rules_frozen BEFORE UPDATE ON calls_call
    FOR EACH ROW WHEN (
        OLD.state <> 'draft'
        AND (OLD.budget_minor, OLD.currency, OLD.eligibility, OLD.ballot_kind, OLD.ballot_max, OLD.tally_rule,
             OLD.completion)
            IS DISTINCT FROM
            (NEW.budget_minor, NEW.currency, NEW.eligibility, NEW.ballot_kind, NEW.ballot_max, NEW.tally_rule,
             NEW.completion)
    ) EXECUTE FUNCTION calls_rules_frozen();
