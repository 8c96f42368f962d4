-- The states of campaigns, pledges and months (DOMAIN 5): how rows begin and move when it is not the
-- tables' owner who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('campaigns_campaign', 'open', 'draft', 'open'),
    ('campaigns_campaign', 'cancel', 'draft', 'cancelled'),
    ('campaigns_campaign', 'cancel', 'open', 'cancelled'),
    ('campaigns_campaign', 'cancel', 'collecting', 'cancelled'),
    ('campaigns_campaign', 'collect', 'open', 'collecting'),
    ('campaigns_campaign', 'miss', 'open', 'missed'),
    ('campaigns_campaign', 'succeed', 'collecting', 'succeeded'),
    ('campaigns_campaign', 'miss', 'collecting', 'missed');
CREATE TRIGGER campaigns_campaign_begins BEFORE INSERT ON campaigns_campaign FOR EACH ROW
    WHEN (NEW.state <> 'draft' OR NEW.opened_at IS NOT NULL OR NEW.grace_ends_at IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER campaigns_campaign_steps BEFORE UPDATE ON campaigns_campaign FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('campaigns.Campaign');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('campaigns_pledge', 'ask_method', 'started', 'awaiting_method'),
    ('campaigns_pledge', 'activate', 'started', 'active'),
    ('campaigns_pledge', 'activate', 'awaiting_method', 'active'),
    ('campaigns_pledge', 'activate', 'past_due', 'active'),
    ('campaigns_pledge', 'collect', 'active', 'collecting'),
    ('campaigns_pledge', 'collect', 'needs_payer', 'collecting'),
    ('campaigns_pledge', 'succeed', 'collecting', 'collected'),
    ('campaigns_pledge', 'succeed', 'needs_payer', 'collected'),
    ('campaigns_pledge', 'ask_payer', 'collecting', 'needs_payer'),
    ('campaigns_pledge', 'drop', 'collecting', 'dropped'),
    ('campaigns_pledge', 'drop', 'needs_payer', 'dropped'),
    ('campaigns_pledge', 'cancel', 'started', 'cancelled'),
    ('campaigns_pledge', 'cancel', 'awaiting_method', 'cancelled'),
    ('campaigns_pledge', 'cancel', 'active', 'cancelled'),
    ('campaigns_pledge', 'cancel', 'collected', 'cancelled'),
    ('campaigns_pledge', 'succeed', 'awaiting_method', 'collected'),
    ('campaigns_pledge', 'succeed', 'active', 'collected'),
    ('campaigns_pledge', 'campaign_fail', 'started', 'campaign_failed'),
    ('campaigns_pledge', 'campaign_fail', 'awaiting_method', 'campaign_failed'),
    ('campaigns_pledge', 'campaign_fail', 'active', 'campaign_failed'),
    ('campaigns_pledge', 'campaign_fail', 'collecting', 'campaign_failed'),
    ('campaigns_pledge', 'campaign_fail', 'needs_payer', 'campaign_failed'),
    ('campaigns_pledge', 'campaign_fail', 'collected', 'campaign_failed'),
    ('campaigns_pledge', 'succeed', 'dropped', 'collected'),
    ('campaigns_pledge', 'drop', 'collected', 'dropped'),
    ('campaigns_pledge', 'continue', 'collected', 'active'),
    ('campaigns_pledge', 'fall_behind', 'active', 'past_due'),
    ('campaigns_pledge', 'end', 'active', 'ended'),
    ('campaigns_pledge', 'end', 'past_due', 'ended');
CREATE TRIGGER campaigns_pledge_begins BEFORE INSERT ON campaigns_pledge FOR EACH ROW
    WHEN (NEW.state <> 'started' OR NEW.collected_at IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER campaigns_pledge_steps BEFORE UPDATE ON campaigns_pledge FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('campaigns.Pledge');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('campaigns_instalment', 'collect', 'due', 'collecting'),
    ('campaigns_instalment', 'collect', 'needs_payer', 'collecting'),
    ('campaigns_instalment', 'ask_payer', 'collecting', 'needs_payer'),
    ('campaigns_instalment', 'succeed', 'collecting', 'collected'),
    ('campaigns_instalment', 'succeed', 'needs_payer', 'collected'),
    ('campaigns_instalment', 'miss', 'collecting', 'missed'),
    ('campaigns_instalment', 'miss', 'needs_payer', 'missed'),
    ('campaigns_instalment', 'miss', 'collected', 'missed'),
    ('campaigns_instalment', 'end', 'due', 'ended');
CREATE TRIGGER campaigns_instalment_begins BEFORE INSERT ON campaigns_instalment FOR EACH ROW
    WHEN (NEW.state <> 'due')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER campaigns_instalment_steps BEFORE UPDATE ON campaigns_instalment FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('campaigns.Instalment');
