-- One bounty is paid once, to an account of whoever delivered, by as many people as a payout of its size needs, and
-- never while a bank looks into a payment of it. Guards DOMAIN 6 and 14.
CREATE FUNCTION exchange_payout_rules() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    given int := num_nonnulls(NEW.approved_by_id, NEW.also_approved_by_id);
BEGIN
    IF TG_OP = 'INSERT' THEN
        PERFORM FROM exchange_dataneed need JOIN exchange_offer one ON one.need_id = need.id
            WHERE need.id = NEW.need_id AND one.id = NEW.offer_id AND need.state = 'accepted' AND one.state = 'awarded'
              AND one.kind = 'bounty' AND need.currency = NEW.currency;
        IF NOT FOUND OR NEW.state <> 'planned' OR given > 0 THEN
            RAISE EXCEPTION 'a bounty is planned for who delivered' USING ERRCODE = '23514';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.need_id, NEW.offer_id, NEW.currency) <> (OLD.need_id, OLD.offer_id, OLD.currency)
        OR NEW.attempt < OLD.attempt
        OR OLD.state IN ('requested', 'sent', 'settled') AND NEW.state <> 'planned'
            AND (NEW.amount_minor, NEW.details_id, NEW.requested_by_id, NEW.approvals_needed)
                IS DISTINCT FROM (OLD.amount_minor, OLD.details_id, OLD.requested_by_id, OLD.approvals_needed)
        -- An approval is given while it is asked for, is not taken over by another, and is gone with its attempt.
        OR given > 0 AND NEW.state NOT IN ('requested', 'sent', 'settled', 'failed', 'reversed')
            AND NEW.attempt > OLD.attempt
        OR NEW.approved_by_id IS DISTINCT FROM OLD.approved_by_id AND NEW.approved_by_id IS NOT NULL
            AND (OLD.approved_by_id IS NOT NULL OR OLD.state <> 'requested')
        OR NEW.also_approved_by_id IS DISTINCT FROM OLD.also_approved_by_id AND NEW.also_approved_by_id IS NOT NULL
            AND (OLD.also_approved_by_id IS NOT NULL OR OLD.state <> 'requested') THEN
        RAISE EXCEPTION 'a payout of a bounty keeps what it was requested and approved with' USING ERRCODE = '23514';
    END IF;
    IF NEW.state = OLD.state THEN
        RETURN NEW;
    END IF;
    IF NOT core_is_step(TG_TABLE_NAME, OLD.state, NEW.state) THEN
        RAISE EXCEPTION 'a payout of a bounty does not go from % to %', OLD.state, NEW.state USING ERRCODE = '23514';
    END IF;
    IF NEW.state = 'requested' AND given > 0 OR NEW.state = 'sent' AND given < NEW.approvals_needed THEN
        RAISE EXCEPTION 'a payout of a bounty is approved after it is requested' USING ERRCODE = '23514';
    END IF;
    IF NEW.state IN ('requested', 'sent') THEN
        PERFORM FROM exchange_dataneed need JOIN exchange_offer one ON one.id = NEW.offer_id
            JOIN payouts_bankdetails details ON details.organisation_id = one.organisation_id
            WHERE need.id = NEW.need_id AND need.state = 'accepted' AND details.id = NEW.details_id
              AND details.usable_from <= NEW.state_since;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a bounty goes to an account of who delivered that may be used' USING ERRCODE = '23514';
        END IF;
        PERFORM FROM exchange_giftstanding standing WHERE standing.need_id = NEW.need_id
            HAVING sum(standing.firm) = NEW.amount_minor AND sum(standing.disputed) = 0;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'a bounty pays what is there, and nothing while it is disputed' USING ERRCODE = '23514';
        END IF;
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER exchange_payout_rules BEFORE INSERT OR UPDATE ON exchange_bountypayout
    FOR EACH ROW EXECUTE FUNCTION exchange_payout_rules();
CREATE TRIGGER exchange_bountypayout_kept BEFORE DELETE ON exchange_bountypayout
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();

-- Payouts are requested and approved by finance officers, each told as the actor.
CREATE TRIGGER exchange_bountypayout_asked BEFORE UPDATE ON exchange_bountypayout FOR EACH ROW
    WHEN (NEW.requested_by_id IS NOT NULL AND OLD.requested_by_id IS DISTINCT FROM NEW.requested_by_id)
    EXECUTE FUNCTION accounts_by_staff('requested_by_id', 'finance-officers');
CREATE TRIGGER exchange_bountypayout_by_staff BEFORE UPDATE ON exchange_bountypayout FOR EACH ROW
    WHEN (NEW.approved_by_id IS NOT NULL AND OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id)
    EXECUTE FUNCTION accounts_by_staff('approved_by_id', 'finance-officers');
CREATE TRIGGER exchange_bountypayout_also_by_staff BEFORE UPDATE ON exchange_bountypayout FOR EACH ROW
    WHEN (NEW.also_approved_by_id IS NOT NULL AND OLD.also_approved_by_id IS DISTINCT FROM NEW.also_approved_by_id)
    EXECUTE FUNCTION accounts_by_staff('also_approved_by_id', 'finance-officers');
CREATE FUNCTION exchange_approval_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    person uuid := (to_jsonb(NEW)->>TG_ARGV[0])::uuid;
BEGIN
    IF core_owns(TG_RELID) OR person IS NULL OR EXISTS (
        SELECT FROM core_event WHERE subject_type = 'exchange.BountyPayout' AND subject_id = NEW.id::text
           AND kind = 'bounty_payout.consented' AND actor = person
           AND payload->>'attempt' = NEW.attempt::text
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event tells of this approval' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER exchange_bountypayout_approval BEFORE UPDATE ON exchange_bountypayout FOR EACH ROW
    WHEN (OLD.approved_by_id IS DISTINCT FROM NEW.approved_by_id)
    EXECUTE FUNCTION exchange_approval_told('approved_by_id');
CREATE TRIGGER exchange_bountypayout_also_approval BEFORE UPDATE ON exchange_bountypayout FOR EACH ROW
    WHEN (OLD.also_approved_by_id IS DISTINCT FROM NEW.also_approved_by_id)
    EXECUTE FUNCTION exchange_approval_told('also_approved_by_id');

-- A payment is tried once more where an event tells that the one before was sent back, or did not arrive.
CREATE FUNCTION exchange_attempt_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NEW.attempt <= 1 + (
        SELECT count(*) FROM core_event WHERE subject_type = 'exchange.BountyPayout' AND subject_id = NEW.id::text
           AND kind IN ('bounty_payout.sent_back', 'bounty_payout.failed', 'bounty_payout.reversed')
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event tells that this bounty is paid anew' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER exchange_bountypayout_attempt BEFORE UPDATE ON exchange_bountypayout FOR EACH ROW
    WHEN (NEW.attempt > OLD.attempt) EXECUTE FUNCTION exchange_attempt_told();

-- A bounty leaves by a transfer of its own, out of its own account. As for all other transfers
-- (payouts/sql/owed_0009.sql), which are asked there.
CREATE FUNCTION exchange_transfer_is_owed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM exchange_bountypayout payout JOIN payouts_bankdetails details ON details.id = payout.details_id
         WHERE payout.id::text = split_part(NEW.purpose, ':', 2)
           AND NEW.purpose = 'bounty-payout:' || payout.id || ':' || payout.attempt
           AND payout.state = 'sent' AND payout.currency = NEW.currency
           AND (payout.amount_minor, details.destination, 'bounty/' || payout.need_id || '/held')
               = (NEW.amount_minor, NEW.destination, NEW.account)
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'transfer_is_owed: nobody is owed this by %', NEW.purpose USING ERRCODE = '23514';
END $$;
DROP TRIGGER payouts_transfer_is_owed ON payments_transfer;
CREATE TRIGGER payouts_transfer_is_owed BEFORE INSERT ON payments_transfer FOR EACH ROW
    WHEN (NEW.purpose NOT LIKE 'bounty-payout:%') EXECUTE FUNCTION payouts_transfer_is_owed();
CREATE TRIGGER exchange_transfer_is_owed BEFORE INSERT ON payments_transfer FOR EACH ROW
    WHEN (NEW.purpose LIKE 'bounty-payout:%') EXECUTE FUNCTION exchange_transfer_is_owed();

-- What of a bounty came back bears first what disputes of its gifts have cost the city while it was away, as money of
-- a campaign does (payouts/sql/entries_0017.sql): by `dispute:<charge>:borne:bounty-payout:<payout>:<attempt>`, once
-- that attempt is back, out of the bounty of that gift, and of no more than is a loss until now.
CREATE FUNCTION exchange_is_borne(p_entry uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH entry AS (
        SELECT id, book, key, split_part(key, ':', 2) AS charge,
               substring(key FROM ':borne:bounty-payout:(.*)$') AS step
          FROM ledger_entry WHERE id = p_entry
    ), returned AS (
        SELECT entry.id, entry.book, payout.need_id, charge.id AS charge_id
          FROM entry JOIN exchange_bountypayout payout ON payout.id::text = split_part(entry.step, ':', 1)
          JOIN payments_charge charge ON charge.id::text = entry.charge AND charge.book = entry.book
               AND charge.account = 'bounty/' || payout.need_id || '/held'
         WHERE entry.key = 'dispute:' || charge.id || ':borne:bounty-payout:' || entry.step AND EXISTS (
             SELECT FROM payments_transfer transfer
              WHERE transfer.purpose = 'bounty-payout:' || entry.step AND transfer.state IN ('failed', 'reversed'))
    ), of_it AS (
        -- All entries of the same loss, this one among them.
        SELECT other.id FROM returned JOIN ledger_entry other ON other.book = returned.book AND (
            other.key LIKE 'dispute:' || returned.charge_id || ':%'
            OR other.key IN (SELECT 'refund.taken_back:' || refund.id FROM payments_refund refund
                              WHERE refund.charge_id = returned.charge_id))
    )
    SELECT EXISTS (SELECT FROM returned) AND NOT EXISTS (
        SELECT FROM returned JOIN ledger_posting posting ON posting.entry_id = returned.id
          JOIN ledger_account account ON account.id = posting.account_id
         WHERE account.code <> CASE WHEN posting.amount > 0 THEN 'bounty/' || returned.need_id || '/held'
                                    ELSE 'losses' END
    ) AND (
        SELECT coalesce(sum(posting.amount), 0) FROM of_it JOIN ledger_posting posting ON posting.entry_id = of_it.id
          JOIN ledger_account account ON account.id = posting.account_id AND account.code = 'losses'
    ) >= (
        SELECT coalesce(sum(claim.amount_minor), 0) FROM payments_claim claim
          JOIN payments_dispute dispute ON dispute.id = claim.dispute_id
         WHERE dispute.charge_id IN (SELECT returned.charge_id FROM returned)
    )
$$;
CREATE FUNCTION exchange_entry_is_owed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR exchange_is_borne(NEW.id) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'entry_is_owed: % moves money of something else', NEW.key USING ERRCODE = '23514';
END $$;
DROP TRIGGER payouts_entry_is_owed ON ledger_entry;
CREATE CONSTRAINT TRIGGER payouts_entry_is_owed AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.key NOT LIKE '%:borne:bounty-payout:%')
    EXECUTE FUNCTION payouts_entry_is_owed();
CREATE CONSTRAINT TRIGGER exchange_entry_is_owed AFTER INSERT ON ledger_entry
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.key LIKE '%:borne:bounty-payout:%')
    EXECUTE FUNCTION exchange_entry_is_owed();
