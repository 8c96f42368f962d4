-- Money leaves for whom it is owed to, and only where the ledger says so: a transfer's row is all that a worker and the
-- bank's file need, so that its beginning is what costs the money. It stands here, above payments and matching, because
-- it reads what owes it. Who owns the tables is not judged (core/sql/guards_0005.sql).
CREATE FUNCTION payouts_transfer_is_owed() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    word text := split_part(NEW.purpose, ':', 1);
    -- The id that is named, to find it by its index; what is compared is the whole purpose: it is there once.
    key uuid := CASE WHEN split_part(NEW.purpose, ':', 2) ~ '^[0-9a-f-]{36}$'
        THEN split_part(NEW.purpose, ':', 2)::uuid END;
    owed boolean := false;
BEGIN
    IF core_owns(TG_RELID) THEN
        RETURN NEW;
    END IF;
    IF word = 'payout' THEN
        owed := EXISTS (
            SELECT FROM payouts_payout payout JOIN payouts_bankdetails details ON details.id = payout.details_id
             WHERE payout.id = key AND NEW.purpose = 'payout:' || payout.id || ':' || payout.attempt
               AND payout.state = 'sent' AND payout.currency = NEW.currency
               AND (payout.amount_minor, details.destination) = (NEW.amount_minor, NEW.destination)
        );
    ELSIF word = 'fund-return' THEN
        owed := EXISTS (
            SELECT FROM matching_fundreturn back JOIN matching_matchfund fund ON fund.id = back.fund_id
             WHERE back.id = key AND NEW.purpose = 'fund-return:' || back.id AND back.state = 'sent'
               AND fund.currency = NEW.currency
               AND (back.amount_minor, back.destination) = (NEW.amount_minor, NEW.destination)
        );
    ELSIF word = 'return' THEN
        owed := EXISTS (
            SELECT FROM payments_statementline line
             WHERE line.id = key AND NEW.purpose = 'return:' || line.id
               AND NEW.destination = 'statement-line:' || line.id
               AND line.state = 'proposed' AND line.proposal = 'return' AND line.proposed_by_id <> line.confirmed_by_id
               AND (line.suspense_minor, line.currency) = (NEW.amount_minor, NEW.currency)
        );
    END IF;
    IF NOT owed THEN
        RAISE EXCEPTION 'transfer_is_owed: nobody is owed this by %', NEW.purpose USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER payouts_transfer_is_owed BEFORE INSERT ON payments_transfer
    FOR EACH ROW EXECUTE FUNCTION payouts_transfer_is_owed();

-- What leaves has been taken out of an account by the ledger, the same sum: asked when a worker is to send it, and when
-- it goes into the bank's file, which reads its row alone.
CREATE FUNCTION payouts_is_posted(p_id uuid) RETURNS boolean
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM (
            SELECT 'payout:' || id AS key, book, amount_minor FROM payments_transfer WHERE id = p_id
            UNION ALL SELECT 'refund:' || id, book, amount_minor FROM payments_refund WHERE id = p_id
        ) leaving
        JOIN ledger_entry entry USING (book, key)
        WHERE leaving.amount_minor = (
            SELECT sum(amount) FILTER (WHERE amount > 0) FROM ledger_posting posting WHERE posting.entry_id = entry.id
        )
    )
$$;
CREATE FUNCTION payouts_leaves_as_posted() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR payouts_is_posted((to_jsonb(NEW)->>TG_ARGV[0])::uuid) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'leaves_as_posted: the ledger has not taken this out of an account' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER payments_command_posted BEFORE INSERT ON payments_command
    FOR EACH ROW WHEN (NEW.verb IN ('transfer', 'refund')) EXECUTE FUNCTION payouts_leaves_as_posted('target');
CREATE TRIGGER payments_transfer_posted BEFORE UPDATE ON payments_transfer
    FOR EACH ROW WHEN (
        NEW.state = 'sent' AND OLD.state <> 'sent' OR NEW.bank_order_id IS DISTINCT FROM OLD.bank_order_id)
    EXECUTE FUNCTION payouts_leaves_as_posted('id');
CREATE TRIGGER payments_refund_posted BEFORE UPDATE ON payments_refund
    FOR EACH ROW WHEN (
        NEW.state = 'sent' AND OLD.state <> 'sent' OR NEW.bank_order_id IS DISTINCT FROM OLD.bank_order_id)
    EXECUTE FUNCTION payouts_leaves_as_posted('id');

-- Somebody has entered an account that money is sent to.
CREATE TRIGGER payouts_bankdetails_entered BEFORE INSERT ON payouts_bankdetails FOR EACH ROW
    WHEN (NEW.entered_by_id IS NULL) EXECUTE FUNCTION core_owner_alone('somebody enters it');

-- Whoever promises pays by a way of their own: with another's card the close would charge somebody who gave nothing.
CREATE FUNCTION payouts_method_is_the_givers() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM payments_method WHERE id = NEW.method_id AND person_id IS NOT DISTINCT FROM NEW.person_id
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'method_is_the_givers: this way to pay is somebody else''s' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER campaigns_pledge_method_own BEFORE INSERT OR UPDATE OF method_id ON campaigns_pledge
    FOR EACH ROW WHEN (NEW.method_id IS NOT NULL) EXECUTE FUNCTION payouts_method_is_the_givers();

-- Where a line's money goes back to is typed while it is unclear, and confirmed by somebody else as it is then.
CREATE TRIGGER payments_statementline_as_confirmed BEFORE UPDATE ON payments_statementline FOR EACH ROW
    WHEN (OLD.state <> 'unclear' AND (NEW.return_name NOT IN ('', OLD.return_name)
          OR NEW.return_iban NOT IN ('', OLD.return_iban)))
    EXECUTE FUNCTION core_owner_alone('what was confirmed stays');
