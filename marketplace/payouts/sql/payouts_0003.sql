-- What was set apart for a payout that does not leave goes back to the campaign: DOMAIN 6. Frozen there, money that a
-- dispute takes meanwhile would be paid out all the same, and be a loss of the city.

-- As in payouts.sql; but one that was sent back, failed or came back gives up what was set apart, with its amount as
-- it is, until it is requested anew.
CREATE OR REPLACE FUNCTION payouts_payout_terms() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM 1 FROM delivery_milestone milestone JOIN campaigns_campaign campaign USING (project_id)
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
        OR OLD.released_at IS NOT NULL AND NEW.amount_minor <> OLD.amount_minor
        OR OLD.released_at IS NOT NULL AND NEW.released_at IS DISTINCT FROM OLD.released_at
            AND (NEW.released_at IS NOT NULL OR OLD.state NOT IN ('planned', 'failed', 'reversed'))
        OR OLD.state IN ('requested', 'approved', 'sent', 'settled')
            AND (NEW.details_id, NEW.requested_by_id, NEW.approvals_needed, NEW.attempt)
                IS DISTINCT FROM (OLD.details_id, OLD.requested_by_id, OLD.approvals_needed, OLD.attempt) THEN
        RAISE EXCEPTION 'a payout keeps what it was requested and released with' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

-- As in payouts.sql; what was set apart and given up again is not released.
CREATE OR REPLACE FUNCTION payouts_payout_step() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    given int;
    released numeric;
    gone numeric;
BEGIN
    IF NOT core_is_step(TG_TABLE_NAME, OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a payout does not go from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
    END IF;
    SELECT count(DISTINCT person_id) INTO given FROM payouts_approval
        WHERE payout_id = NEW.id AND attempt = NEW.attempt AND person_id <> NEW.requested_by_id;
    IF NEW.state = 'requested' THEN
        IF given > 0 OR NEW.released_at IS NULL THEN
            RAISE EXCEPTION 'a payout is requested anew under a new number, its money set apart'
                USING ERRCODE = '23514';
        END IF;
        PERFORM 1 FROM payouts_bankdetails details JOIN proposals_project project USING (organisation_id)
            JOIN campaigns_campaign campaign ON campaign.project_id = project.id
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
        PERFORM 1 FROM payouts_hold WHERE campaign_id = NEW.campaign_id AND lifted_at IS NULL;
        IF FOUND THEN
            RAISE EXCEPTION 'nothing is paid out while a hold stands' USING ERRCODE = '23514';
        END IF;
    END IF;
    IF NEW.state IN ('approved', 'sent') AND given < NEW.approvals_needed THEN
        RAISE EXCEPTION 'a payout needs % approvals', NEW.approvals_needed USING ERRCODE = '23514';
    END IF;
    -- What was released is asked of the ledger, not of our rows: money that is not there cannot go out.
    IF NEW.state = 'sent' THEN
        SELECT coalesce(-sum(posting.amount), 0) INTO released FROM ledger_posting posting
            JOIN ledger_account account ON account.id = posting.account_id
            JOIN ledger_entry entry ON entry.id = posting.entry_id
            WHERE account.code = 'campaign/' || NEW.campaign_id || '/released'
            AND account.currency = NEW.currency AND entry.kind IN ('milestone', 'milestone.undone');
        SELECT coalesce(sum(amount_minor), 0) + NEW.amount_minor INTO gone FROM payouts_payout
            WHERE campaign_id = NEW.campaign_id AND id <> NEW.id AND state IN ('sent', 'settled');
        IF gone > released THEN
            RAISE EXCEPTION 'payouts of % exceed the % released', gone, released USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER payouts_payout_kept BEFORE DELETE ON payouts_payout FOR EACH ROW EXECUTE FUNCTION core_row_stays();
