-- What left a fund for its funder can't be promised again, and two people send it. Guards DOMAIN 4 and 14.

-- As in funds.sql; what went back to the funder is not in the fund any more.
CREATE OR REPLACE FUNCTION matching_match_within_fund() RETURNS trigger
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
    PERFORM 1 FROM matching_matchfund WHERE id = NEW.fund_id FOR NO KEY UPDATE;
    SELECT matching_paid_in(NEW.fund_id) INTO paid_in;
    SELECT coalesce(sum(set_aside_minor), 0) INTO promised FROM matching_allocation WHERE fund_id = NEW.fund_id;
    IF promised > paid_in THEN
        RAISE EXCEPTION 'a fund promises % of %', promised, paid_in USING ERRCODE = '23514';
    END IF;
    RETURN NULL;
END $$;

-- What was paid into a fund and has not gone back to its funder.
CREATE FUNCTION matching_paid_in(wanted uuid) RETURNS numeric LANGUAGE sql STABLE
    SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (SELECT coalesce(sum(amount_minor), 0) FROM matching_deposit
            WHERE fund_id = wanted AND confirmed_at IS NOT NULL)
        - (SELECT coalesce(sum(amount_minor), 0) FROM matching_fundreturn
           WHERE fund_id = wanted AND state IN ('sent', 'settled'))
$$;

-- The steps of marketplace.matching.states.FUND_RETURN.
INSERT INTO core_step (thing, verb, before, after) VALUES
    ('matching_fundreturn', 'send', 'requested', 'sent'),
    ('matching_fundreturn', 'withdraw', 'requested', 'withdrawn'),
    ('matching_fundreturn', 'settle', 'sent', 'settled'),
    ('matching_fundreturn', 'fail', 'sent', 'failed'),
    ('matching_fundreturn', 'fail', 'settled', 'failed');

CREATE FUNCTION matching_fundreturn_rules() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    promised numeric;
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'requested' OR NEW.approved_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'a return begins as a request' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.fund_id, NEW.amount_minor, NEW.holder, NEW.destination)
        <> (OLD.fund_id, OLD.amount_minor, OLD.holder, OLD.destination) THEN
        RAISE EXCEPTION 'a return keeps what it was requested with' USING ERRCODE = '23514';
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF NOT core_is_step(TG_TABLE_NAME, OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a return does not go from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
    END IF;
    IF NEW.state = 'sent' THEN
        IF NOT coalesce(NEW.approved_by_id <> NEW.requested_by_id, false) THEN
            RAISE EXCEPTION 'a return is approved by a second person' USING ERRCODE = '23514';
        END IF;
        -- As above: an allocation at the same moment waits for this, and sees it.
        PERFORM 1 FROM matching_matchfund WHERE id = NEW.fund_id AND state = 'closed' FOR NO KEY UPDATE;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'only a fund that is closed gives back what is left' USING ERRCODE = '23514';
        END IF;
        SELECT coalesce(sum(set_aside_minor), 0) INTO promised FROM matching_allocation
            WHERE fund_id = NEW.fund_id;
        IF promised + NEW.amount_minor > matching_paid_in(NEW.fund_id) THEN
            RAISE EXCEPTION 'a fund gives back no more than is free' USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER matching_fundreturn_rules BEFORE INSERT OR UPDATE ON matching_fundreturn
    FOR EACH ROW EXECUTE FUNCTION matching_fundreturn_rules();
CREATE TRIGGER matching_fundreturn_kept BEFORE DELETE ON matching_fundreturn
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
