-- The states of charges, refunds, transfers and lines of statements (DOMAIN 5): how rows begin and move when it is
-- not the tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payments_methodsetup', 'prepare', 'created', 'prepared'),
    ('payments_methodsetup', 'save', 'prepared', 'saved'),
    ('payments_methodsetup', 'fail', 'created', 'failed'),
    ('payments_methodsetup', 'fail', 'prepared', 'failed');
CREATE TRIGGER payments_methodsetup_begins BEFORE INSERT ON payments_methodsetup FOR EACH ROW
    WHEN (NEW.state <> 'created' OR NEW.method_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER payments_methodsetup_steps BEFORE UPDATE ON payments_methodsetup FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('payments.MethodSetup');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payments_charge', 'prepare', 'created', 'prepared'),
    ('payments_charge', 'confirm', 'prepared', 'confirming'),
    ('payments_charge', 'confirm', 'needs_payer', 'confirming'),
    ('payments_charge', 'fail', 'created', 'failed'),
    ('payments_charge', 'fail', 'prepared', 'failed'),
    ('payments_charge', 'process', 'prepared', 'processing'),
    ('payments_charge', 'process', 'confirming', 'processing'),
    ('payments_charge', 'process', 'needs_payer', 'processing'),
    ('payments_charge', 'ask_payer', 'confirming', 'needs_payer'),
    ('payments_charge', 'succeed', 'prepared', 'succeeded'),
    ('payments_charge', 'succeed', 'confirming', 'succeeded'),
    ('payments_charge', 'succeed', 'processing', 'succeeded'),
    ('payments_charge', 'succeed', 'needs_payer', 'succeeded'),
    ('payments_charge', 'fail', 'confirming', 'failed'),
    ('payments_charge', 'fail', 'processing', 'failed'),
    ('payments_charge', 'fail', 'needs_payer', 'failed'),
    ('payments_charge', 'dispute', 'succeeded', 'disputed'),
    ('payments_charge', 'dispute', 'won', 'disputed'),
    ('payments_charge', 'win', 'disputed', 'won'),
    ('payments_charge', 'lose', 'disputed', 'lost');
CREATE TRIGGER payments_charge_begins BEFORE INSERT ON payments_charge FOR EACH ROW
    WHEN (NEW.state <> 'created')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER payments_charge_steps BEFORE UPDATE ON payments_charge FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('payments.Charge');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payments_refund', 'send', 'requested', 'sent'),
    ('payments_refund', 'wait', 'sent', 'pending'),
    ('payments_refund', 'finish', 'sent', 'done'),
    ('payments_refund', 'finish', 'pending', 'done'),
    ('payments_refund', 'fail', 'sent', 'failed'),
    ('payments_refund', 'fail', 'pending', 'failed'),
    ('payments_refund', 'fail', 'done', 'failed'),
    ('payments_refund', 'seek_alternative', 'failed', 'alternative_due'),
    ('payments_refund', 'pay_otherwise', 'alternative_due', 'done'),
    ('payments_refund', 'cover', 'requested', 'covered'),
    ('payments_refund', 'cover', 'sent', 'covered'),
    ('payments_refund', 'cover', 'pending', 'covered'),
    ('payments_refund', 'cover', 'alternative_due', 'covered');
CREATE TRIGGER payments_refund_begins BEFORE INSERT ON payments_refund FOR EACH ROW
    WHEN (NEW.state <> 'requested' OR NEW.bank_order_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER payments_refund_steps BEFORE UPDATE ON payments_refund FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('payments.Refund');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payments_transfer', 'send', 'requested', 'sent'),
    ('payments_transfer', 'settle', 'sent', 'settled'),
    ('payments_transfer', 'fail', 'requested', 'failed'),
    ('payments_transfer', 'fail', 'sent', 'failed'),
    ('payments_transfer', 'reverse', 'settled', 'reversed');
CREATE TRIGGER payments_transfer_begins BEFORE INSERT ON payments_transfer FOR EACH ROW
    WHEN (NEW.state <> 'requested' OR NEW.bank_order_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER payments_transfer_steps BEFORE UPDATE ON payments_transfer FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('payments.Transfer');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payments_statementline', 'match', 'new', 'matched'),
    ('payments_statementline', 'set_aside', 'new', 'unclear'),
    ('payments_statementline', 'propose', 'unclear', 'proposed'),
    ('payments_statementline', 'withdraw', 'proposed', 'unclear'),
    ('payments_statementline', 'settle', 'proposed', 'settled'),
    ('payments_statementline', 'settle_part', 'proposed', 'unclear'),
    ('payments_statementline', 'keep', 'proposed', 'part'),
    ('payments_statementline', 'settle', 'part', 'settled'),
    ('payments_statementline', 'withdraw', 'part', 'unclear');
CREATE TRIGGER payments_statementline_begins BEFORE INSERT ON payments_statementline FOR EACH ROW
    WHEN (NEW.state <> 'new' OR NEW.proposed_by_id IS NOT NULL OR NEW.confirmed_by_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER payments_statementline_steps BEFORE UPDATE ON payments_statementline FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('payments.StatementLine');
