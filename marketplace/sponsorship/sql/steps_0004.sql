-- The states of sponsorships (DOMAIN 7): how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('sponsorship_sponsorship', 'check', 'offered', 'conflict_checked'),
    ('sponsorship_sponsorship', 'lapse', 'offered', 'lapsed'),
    ('sponsorship_sponsorship', 'contract', 'conflict_checked', 'contracted'),
    ('sponsorship_sponsorship', 'lapse', 'conflict_checked', 'lapsed'),
    ('sponsorship_sponsorship', 'invoice', 'contracted', 'invoiced'),
    ('sponsorship_sponsorship', 'lapse', 'contracted', 'lapsed'),
    ('sponsorship_sponsorship', 'pay_part', 'invoiced', 'part_paid'),
    ('sponsorship_sponsorship', 'pay_part', 'part_paid', 'part_paid'),
    ('sponsorship_sponsorship', 'pay', 'invoiced', 'paid'),
    ('sponsorship_sponsorship', 'pay', 'part_paid', 'paid'),
    ('sponsorship_sponsorship', 'lose', 'part_paid', 'invoiced'),
    ('sponsorship_sponsorship', 'lose', 'paid', 'invoiced'),
    ('sponsorship_sponsorship', 'lose', 'fulfilled', 'invoiced'),
    ('sponsorship_sponsorship', 'lose_part', 'part_paid', 'part_paid'),
    ('sponsorship_sponsorship', 'lose_part', 'paid', 'part_paid'),
    ('sponsorship_sponsorship', 'lose_part', 'fulfilled', 'part_paid'),
    ('sponsorship_sponsorship', 'fulfil', 'paid', 'fulfilled'),
    ('sponsorship_sponsorship', 'credit', 'invoiced', 'credited'),
    ('sponsorship_sponsorship', 'credit', 'part_paid', 'credited'),
    ('sponsorship_sponsorship', 'credit', 'paid', 'credited');
CREATE TRIGGER sponsorship_sponsorship_begins BEFORE INSERT ON sponsorship_sponsorship FOR EACH ROW
    WHEN (NEW.state <> 'offered' OR NEW.invoice_id IS NOT NULL OR NEW.checked_by_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER sponsorship_sponsorship_steps BEFORE UPDATE ON sponsorship_sponsorship FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('sponsorship.Sponsorship');

-- Erasing a person takes the name off.
CREATE TRIGGER sponsorship_sponsorship_forgets BEFORE UPDATE ON sponsorship_sponsorship FOR EACH ROW
    WHEN (NEW.offered_by_id IS NOT NULL AND OLD.offered_by_id IS DISTINCT FROM NEW.offered_by_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
