-- Whose money a charge is, and what the provider calls it, stays: refunds go where these say. Guards DOMAIN 5.
CREATE TRIGGER payments_charge_forgets BEFORE UPDATE ON payments_charge FOR EACH ROW
    WHEN (NEW.payer_id IS NOT NULL AND OLD.payer_id IS DISTINCT FROM NEW.payer_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
CREATE TRIGGER payments_charge_named BEFORE UPDATE ON payments_charge FOR EACH ROW
    WHEN (OLD.provider_ref <> NEW.provider_ref AND OLD.state IN ('succeeded', 'disputed', 'won', 'lost', 'failed'))
    EXECUTE FUNCTION core_owner_alone('what was paid keeps its name at the provider');
CREATE TRIGGER payments_method_forgets BEFORE UPDATE ON payments_method FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id
          OR OLD.removed_at IS NOT NULL AND OLD.removed_at IS DISTINCT FROM NEW.removed_at
          OR NEW.customer_ref NOT IN ('', OLD.customer_ref))
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
CREATE TRIGGER payments_methodsetup_forgets BEFORE UPDATE ON payments_methodsetup FOR EACH ROW
    WHEN (NEW.person_id IS NOT NULL AND OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION core_owner_alone('a person is forgotten, never replaced');
-- What the bank said of a payer is forgotten with the person, never written anew.
CREATE TRIGGER payments_statementline_forgets BEFORE UPDATE ON payments_statementline FOR EACH ROW
    WHEN (NEW.text NOT IN ('', OLD.text) OR NEW.name NOT IN ('', OLD.name) OR NEW.iban NOT IN ('', OLD.iban))
    EXECUTE FUNCTION core_owner_alone('what the bank said stays');
