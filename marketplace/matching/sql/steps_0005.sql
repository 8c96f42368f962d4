-- The states of funds, allocations and challenges (DOMAIN 4): how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('matching_matchfund', 'open', 'draft', 'open'),
    ('matching_matchfund', 'freeze', 'open', 'frozen'),
    ('matching_matchfund', 'freeze', 'frozen', 'frozen'),
    ('matching_matchfund', 'settle', 'frozen', 'settled'),
    ('matching_matchfund', 'close', 'draft', 'closed'),
    ('matching_matchfund', 'close', 'open', 'closed'),
    ('matching_matchfund', 'close', 'settled', 'closed');
CREATE TRIGGER matching_matchfund_begins BEFORE INSERT ON matching_matchfund FOR EACH ROW
    WHEN (NEW.state <> 'draft' OR NEW.frozen_at IS NOT NULL OR NEW.published_input IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER matching_matchfund_steps BEFORE UPDATE ON matching_matchfund FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('matching.MatchFund');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('matching_allocation', 'reserve', 'estimated', 'reserved'),
    ('matching_allocation', 'commit', 'reserved', 'committed'),
    ('matching_allocation', 'pay', 'committed', 'paid'),
    ('matching_allocation', 'release', 'estimated', 'released'),
    ('matching_allocation', 'release', 'reserved', 'released'),
    ('matching_allocation', 'release', 'committed', 'released');
CREATE TRIGGER matching_allocation_begins BEFORE INSERT ON matching_allocation FOR EACH ROW
    WHEN (NEW.state <> 'estimated')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER matching_allocation_steps BEFORE UPDATE ON matching_allocation FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('matching.Allocation');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('matching_challenge', 'uphold', 'open', 'upheld'),
    ('matching_challenge', 'reject', 'open', 'rejected');
CREATE TRIGGER matching_challenge_begins BEFORE INSERT ON matching_challenge FOR EACH ROW
    WHEN (NEW.state <> 'open' OR NEW.answered_by_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER matching_challenge_steps BEFORE UPDATE ON matching_challenge FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('matching.Challenge');

-- Its steps are in returns_0004.sql.
CREATE TRIGGER matching_fundreturn_steps BEFORE UPDATE ON matching_fundreturn FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('matching.FundReturn');
