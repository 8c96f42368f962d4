-- A fund promises no more than was paid into it, keeps its terms, and two people confirm each deposit. Guards
-- DOMAIN 4.

CREATE FUNCTION matching_match_within_fund() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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
    -- One transaction at a time for a fund: two at once would each sum without the other's allocation, and
    -- both together promise more than there is.
    PERFORM 1 FROM matching_matchfund WHERE id = NEW.fund_id FOR NO KEY UPDATE;
    SELECT coalesce(sum(amount_minor), 0) INTO paid_in FROM matching_deposit
        WHERE fund_id = NEW.fund_id AND confirmed_at IS NOT NULL;
    SELECT coalesce(sum(set_aside_minor), 0) INTO promised FROM matching_allocation WHERE fund_id = NEW.fund_id;
    IF promised > paid_in THEN
        RAISE EXCEPTION 'a fund promises % of %', promised, paid_in USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER matching_match_within_fund AFTER INSERT OR UPDATE ON matching_allocation
    FOR EACH ROW EXECUTE FUNCTION matching_match_within_fund();

-- Backers give because of a fund's rule and caps: they stay once it is open.
CREATE FUNCTION matching_fund_terms_stay() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'an open fund keeps its terms' USING ERRCODE = '23514';
END $$;

CREATE TRIGGER matching_fund_terms_stay BEFORE UPDATE ON matching_matchfund FOR EACH ROW
    WHEN (OLD.state <> 'draft' AND
        (OLD.funder_id, OLD.call_id, OLD.book, OLD.currency, OLD.rule, OLD.ratio_bp, OLD.threshold_backers,
         OLD.threshold_minor, OLD.gift_min_minor, OLD.gift_cap_minor, OLD.person_cap_minor, OLD.project_cap_minor,
         OLD.freezes_at, OLD.challenge_days)
        IS DISTINCT FROM
        (NEW.funder_id, NEW.call_id, NEW.book, NEW.currency, NEW.rule, NEW.ratio_bp, NEW.threshold_backers,
         NEW.threshold_minor, NEW.gift_min_minor, NEW.gift_cap_minor, NEW.person_cap_minor, NEW.project_cap_minor,
         NEW.freezes_at, NEW.challenge_days))
    EXECUTE FUNCTION matching_fund_terms_stay();

-- A deposit is money that a fund may promise: one person alone could invent it.
CREATE FUNCTION matching_deposit_by_two() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
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

CREATE TRIGGER matching_deposit_by_two BEFORE INSERT OR UPDATE OR DELETE ON matching_deposit
    FOR EACH ROW EXECUTE FUNCTION matching_deposit_by_two();

-- What was given for which pledge is what its backer was shown; it can be released once, and that stays.
CREATE TRIGGER matching_matchline_stays BEFORE UPDATE ON matching_matchline FOR EACH ROW
    WHEN ((OLD.allocation_id, OLD.pledge_id, OLD.amount_minor, OLD.gift_minor)
          IS DISTINCT FROM (NEW.allocation_id, NEW.pledge_id, NEW.amount_minor, NEW.gift_minor)
          OR OLD.released_at IS NOT NULL AND OLD.released_at IS DISTINCT FROM NEW.released_at)
    EXECUTE FUNCTION core_row_stays();
