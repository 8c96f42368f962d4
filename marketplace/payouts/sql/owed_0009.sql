-- As in owed_0007.sql; a line of a statement may be sent back a second time, after its account was erased and a
-- further one was typed: each transfer has a purpose of its own.
CREATE OR REPLACE FUNCTION payouts_transfer_is_owed() RETURNS trigger
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
             WHERE line.id = key
               -- Numbered by how often it failed before: of one that is on its way there is no second.
               AND NEW.purpose = 'return:' || line.id || coalesce(':' || nullif((
                   SELECT count(*) FROM payments_transfer earlier
                    WHERE earlier.purpose LIKE 'return:' || key || '%' AND earlier.state = 'failed'), 0), '')
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
