"""What match funds and payouts hold in the database itself."""

from typing import ClassVar

from django.db import migrations

FUNDS = """
CREATE FUNCTION funding_match_within_fund() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    paid_in numeric;
    promised numeric;
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.fund_id, NEW.campaign_id) <> (OLD.fund_id, OLD.campaign_id) THEN
        RAISE EXCEPTION 'an allocation keeps its fund and campaign' USING ERRCODE = '23514';
    END IF;
    IF NEW.state = 'released' AND NEW.set_aside_minor <> 0 THEN
        RAISE EXCEPTION 'a released allocation has nothing set aside' USING ERRCODE = '23514';
    END IF;
    -- One at a time for a fund, so that the sums below hold when this transaction ends.
    PERFORM 1 FROM funding_matchfund WHERE id = NEW.fund_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(amount_minor), 0) INTO paid_in FROM funding_deposit
        WHERE fund_id = NEW.fund_id AND confirmed_at IS NOT NULL;
    SELECT coalesce(sum(set_aside_minor), 0) INTO promised FROM funding_allocation WHERE fund_id = NEW.fund_id;
    IF promised > paid_in THEN
        RAISE EXCEPTION 'a fund promises % of %', promised, paid_in USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER funding_match_within_fund AFTER INSERT OR UPDATE ON funding_allocation
    FOR EACH ROW EXECUTE FUNCTION funding_match_within_fund();

CREATE FUNCTION funding_fund_terms_stay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'an open fund keeps its terms' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER funding_fund_terms_stay BEFORE UPDATE ON funding_matchfund FOR EACH ROW
    WHEN (OLD.state <> 'draft' AND
        (OLD.funder_id, OLD.call_id, OLD.book, OLD.currency, OLD.rule, OLD.ratio_bp, OLD.threshold_backers,
         OLD.threshold_minor, OLD.gift_min_minor, OLD.gift_cap_minor, OLD.person_cap_minor, OLD.project_cap_minor,
         OLD.freezes_at, OLD.challenge_days)
        IS DISTINCT FROM
        (NEW.funder_id, NEW.call_id, NEW.book, NEW.currency, NEW.rule, NEW.ratio_bp, NEW.threshold_backers,
         NEW.threshold_minor, NEW.gift_min_minor, NEW.gift_cap_minor, NEW.person_cap_minor, NEW.project_cap_minor,
         NEW.freezes_at, NEW.challenge_days))
    EXECUTE FUNCTION funding_fund_terms_stay();

CREATE FUNCTION funding_deposit_by_two() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.confirmed_at IS NOT NULL AND (TG_OP = 'DELETE' OR
        (NEW.fund_id, NEW.amount_minor, NEW.confirmed_at) IS DISTINCT FROM
        (OLD.fund_id, OLD.amount_minor, OLD.confirmed_at)) THEN
        RAISE EXCEPTION 'a confirmed deposit stays' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    IF NEW.confirmed_at IS NOT NULL AND (TG_OP = 'INSERT' OR OLD.confirmed_at IS NULL)
        AND NOT coalesce(NEW.confirmed_by_id <> NEW.entered_by_id, false) THEN
        RAISE EXCEPTION 'a deposit is confirmed by a second person' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_deposit_by_two BEFORE INSERT OR UPDATE OR DELETE ON funding_deposit
    FOR EACH ROW EXECUTE FUNCTION funding_deposit_by_two();

CREATE FUNCTION funding_row_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'a row of % stays as it is', TG_TABLE_NAME USING ERRCODE = '23514';
END $$;
CREATE TRIGGER funding_match_stays BEFORE UPDATE ON funding_matchline FOR EACH ROW
    WHEN ((OLD.allocation_id, OLD.pledge_id, OLD.amount_minor, OLD.gift_minor)
          IS DISTINCT FROM (NEW.allocation_id, NEW.pledge_id, NEW.amount_minor, NEW.gift_minor)
          OR OLD.released_at IS NOT NULL AND OLD.released_at IS DISTINCT FROM NEW.released_at)
    EXECUTE FUNCTION funding_row_stays();
"""

PAYOUTS = """
CREATE TRIGGER funding_details_stay BEFORE UPDATE ON funding_bankdetails FOR EACH ROW
    WHEN ((OLD.organisation_id, OLD.provider, OLD.holder, OLD.destination, OLD.usable_from)
          IS DISTINCT FROM (NEW.organisation_id, NEW.provider, NEW.holder, NEW.destination, NEW.usable_from))
    EXECUTE FUNCTION funding_row_stays();

CREATE FUNCTION funding_approval_rules() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    payout record;
BEGIN
    SELECT state, attempt, requested_by_id INTO payout FROM funding_payout WHERE id = NEW.payout_id FOR UPDATE;
    IF payout.state <> 'requested' OR payout.attempt <> NEW.attempt THEN
        RAISE EXCEPTION 'only a payout that was requested can be approved' USING ERRCODE = '23514';
    END IF;
    IF payout.requested_by_id = NEW.person_id THEN
        RAISE EXCEPTION 'who requested a payout does not approve it' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_approval_rules BEFORE INSERT ON funding_approval
    FOR EACH ROW EXECUTE FUNCTION funding_approval_rules();
CREATE TRIGGER funding_approval_stays BEFORE UPDATE OR DELETE ON funding_approval
    FOR EACH ROW EXECUTE FUNCTION funding_row_stays();

CREATE FUNCTION funding_payout_terms() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM delivery_milestone milestone JOIN funding_campaign campaign USING (project_id)
        WHERE milestone.id = NEW.milestone_id AND milestone.state = 'accepted'
        AND campaign.id = NEW.campaign_id AND campaign.currency = NEW.currency;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'a payout is for an accepted milestone of its project' USING ERRCODE = '23514';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'planned' THEN
            RAISE EXCEPTION 'a payout begins as a plan' USING ERRCODE = '23514';
        END IF;
    ELSIF (NEW.campaign_id, NEW.milestone_id, NEW.not_before) <> (OLD.campaign_id, OLD.milestone_id, OLD.not_before)
        OR OLD.released_at IS NOT NULL
            AND (NEW.released_at, NEW.amount_minor) IS DISTINCT FROM (OLD.released_at, OLD.amount_minor)
        OR OLD.state IN ('requested', 'approved', 'sent', 'settled')
            AND (NEW.details_id, NEW.requested_by_id, NEW.approvals_needed, NEW.attempt)
                IS DISTINCT FROM (OLD.details_id, OLD.requested_by_id, OLD.approvals_needed, OLD.attempt) THEN
        RAISE EXCEPTION 'a payout keeps what it was requested and released with' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_payout_terms BEFORE INSERT OR UPDATE ON funding_payout
    FOR EACH ROW EXECUTE FUNCTION funding_payout_terms();

-- Each step of a payout; the time is that of the step, in the row.
CREATE FUNCTION funding_payout_step() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    given int;
    released numeric;
    gone numeric;
BEGIN
    IF (OLD.state, NEW.state) NOT IN (('planned', 'requested'), ('failed', 'requested'), ('reversed', 'requested'),
        ('requested', 'approved'), ('requested', 'planned'), ('approved', 'planned'), ('approved', 'sent'),
        ('sent', 'settled'), ('sent', 'failed'), ('settled', 'reversed')) THEN
        RAISE EXCEPTION 'a payout does not go from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
    END IF;
    SELECT count(DISTINCT person_id) INTO given FROM funding_approval
        WHERE payout_id = NEW.id AND attempt = NEW.attempt AND person_id <> NEW.requested_by_id;
    IF NEW.state = 'requested' THEN
        IF given > 0 OR NEW.released_at IS NULL THEN
            RAISE EXCEPTION 'a payout is requested anew under a new number, its money set apart' USING ERRCODE = '23514';
        END IF;
        PERFORM 1 FROM funding_bankdetails details JOIN proposals_project project USING (organisation_id)
            JOIN funding_campaign campaign ON campaign.project_id = project.id
            WHERE campaign.id = NEW.campaign_id AND details.id = NEW.details_id
            AND details.usable_from <= NEW.state_since;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a payout goes to an account of its organisation that may be used' USING ERRCODE = '23514';
        END IF;
    END IF;
    IF NEW.state IN ('requested', 'approved', 'sent') THEN
        IF NOT coalesce(NEW.state_since >= NEW.not_before, false) THEN
            RAISE EXCEPTION 'a payout waits for its risk window' USING ERRCODE = '23514';
        END IF;
        PERFORM 1 FROM funding_hold WHERE campaign_id = NEW.campaign_id AND lifted_at IS NULL;
        IF FOUND THEN
            RAISE EXCEPTION 'nothing is paid out while a hold stands' USING ERRCODE = '23514';
        END IF;
    END IF;
    IF NEW.state IN ('approved', 'sent') AND given < NEW.approvals_needed THEN
        RAISE EXCEPTION 'a payout needs % approvals', NEW.approvals_needed USING ERRCODE = '23514';
    END IF;
    IF NEW.state = 'sent' THEN
        SELECT coalesce(-sum(posting.amount), 0) INTO released FROM ledger_posting posting
            JOIN ledger_account account ON account.id = posting.account_id
            JOIN ledger_entry entry ON entry.id = posting.entry_id
            WHERE account.code = 'campaign/' || NEW.campaign_id || '/released'
            AND account.currency = NEW.currency AND entry.kind = 'milestone';
        SELECT coalesce(sum(amount_minor), 0) + NEW.amount_minor INTO gone FROM funding_payout
            WHERE campaign_id = NEW.campaign_id AND id <> NEW.id AND state IN ('sent', 'settled');
        IF gone > released THEN
            RAISE EXCEPTION 'payouts of % exceed the % released', gone, released USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER funding_payout_step BEFORE UPDATE OF state ON funding_payout FOR EACH ROW
    WHEN (OLD.state <> NEW.state) EXECUTE FUNCTION funding_payout_step();

CREATE TRIGGER funding_hold_stays BEFORE DELETE ON funding_hold FOR EACH ROW EXECUTE FUNCTION funding_row_stays();
CREATE TRIGGER funding_hold_is_lifted_once BEFORE UPDATE ON funding_hold FOR EACH ROW
    WHEN (OLD.lifted_at IS NOT NULL
          OR (OLD.campaign_id, OLD.sort, OLD.key) <> (NEW.campaign_id, NEW.sort, NEW.key))
    EXECUTE FUNCTION funding_row_stays();
"""

BACK = """
DROP TRIGGER funding_hold_is_lifted_once ON funding_hold;
DROP TRIGGER funding_hold_stays ON funding_hold;
DROP TRIGGER funding_payout_step ON funding_payout;
DROP TRIGGER funding_payout_terms ON funding_payout;
DROP TRIGGER funding_approval_stays ON funding_approval;
DROP TRIGGER funding_approval_rules ON funding_approval;
DROP TRIGGER funding_details_stay ON funding_bankdetails;
DROP TRIGGER funding_match_stays ON funding_matchline;
DROP TRIGGER funding_deposit_by_two ON funding_deposit;
DROP TRIGGER funding_fund_terms_stay ON funding_matchfund;
DROP TRIGGER funding_match_within_fund ON funding_allocation;
DROP FUNCTION funding_payout_step();
DROP FUNCTION funding_payout_terms();
DROP FUNCTION funding_approval_rules();
DROP FUNCTION funding_row_stays();
DROP FUNCTION funding_deposit_by_two();
DROP FUNCTION funding_fund_terms_stay();
DROP FUNCTION funding_match_within_fund();
"""


class Migration(migrations.Migration):
    dependencies: ClassVar = [("funding", "0003_sponsor_rules")]
    operations: ClassVar = [migrations.RunSQL(FUNDS + PAYOUTS, BACK)]
