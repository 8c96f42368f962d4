-- The states of payouts (DOMAIN 6): how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

CREATE TRIGGER payouts_payout_begins BEFORE INSERT ON payouts_payout FOR EACH ROW
    WHEN (NEW.state <> 'planned' OR NEW.released_at IS NOT NULL OR NEW.requested_by_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER payouts_payout_steps BEFORE UPDATE ON payouts_payout FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('payouts.Payout');

-- Its steps are in payouts_0004.sql.
CREATE TRIGGER payouts_return_steps BEFORE UPDATE ON payouts_return FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('payouts.Return');
