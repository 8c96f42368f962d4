-- The steps of marketplace.payouts.states.RETURN.
INSERT INTO core_step (thing, verb, before, after) VALUES
    ('payouts_return', 'confirm', 'proposed', 'confirmed'),
    ('payouts_return', 'withdraw', 'proposed', 'withdrawn');

-- What two people have agreed on is what is carried out: a plan begins proposed, keeps its terms, moves by its steps,
-- and is confirmed by somebody else, once.
CREATE FUNCTION payouts_return_terms() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.state <> 'proposed' OR NEW.confirmed_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'a return begins as a proposal' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.campaign_id, NEW.amount_minor, NEW.currency, NEW.shares, NEW.reason, NEW.proposed_by_id)
       IS DISTINCT FROM
       (OLD.campaign_id, OLD.amount_minor, OLD.currency, OLD.shares, OLD.reason, OLD.proposed_by_id)
       OR OLD.state <> 'proposed' AND NEW.confirmed_by_id IS DISTINCT FROM OLD.confirmed_by_id
       OR NEW.state <> OLD.state AND NOT core_is_step('payouts_return', OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a return keeps what two people agree on' USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER payouts_return_terms BEFORE INSERT OR UPDATE ON payouts_return
    FOR EACH ROW EXECUTE FUNCTION payouts_return_terms();
CREATE TRIGGER payouts_return_kept BEFORE DELETE ON payouts_return
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
