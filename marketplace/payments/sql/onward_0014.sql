-- Where a payer is sent on to, and by which reference their transfer is found (DOMAIN 5): a page that looks like the
-- provider's asked for cards, and by another's reference one person's transfer paid somebody else's pledge. The tables'
-- owner is not judged (civic/core/sql/guards_0005.sql).

-- A page of this site, or one of Stripe's, which hosts the payment and the bank's second step. Stripe's way of serving
-- its pages under a city's own address is not used; a provider that is added later adds its host here.
CREATE FUNCTION payments_is_providers(p_provider text, p_address text) RETURNS boolean
    LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT p_address = '' OR CASE p_provider
        WHEN 'stripe' THEN p_address ~ '^https://([a-z0-9-]+\.)*stripe\.com/[^[:space:][:cntrl:]"<>]*$'
        ELSE p_address ~ '^/[a-zA-Z0-9][a-zA-Z0-9/_.?=&-]*$'
    END
$$;

CREATE TRIGGER payments_charge_onward BEFORE INSERT OR UPDATE ON payments_charge FOR EACH ROW
    WHEN (NOT payments_is_providers(NEW.provider, NEW.payer_url))
    EXECUTE FUNCTION core_owner_alone('leads to its provider');
CREATE TRIGGER payments_methodsetup_onward BEFORE INSERT OR UPDATE ON payments_methodsetup FOR EACH ROW
    WHEN (NOT payments_is_providers(NEW.provider, NEW.payer_url))
    EXECUTE FUNCTION core_owner_alone('leads to its provider');

-- As marketplace.payments.references.reference_for has it: `RF`, two digits that check the rest (ISO 7064), and the
-- last sixty-odd bits of the id to the base of 36.
CREATE FUNCTION payments_reference(p_id uuid) RETURNS text
    LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    letters constant text := '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    number numeric := 0;
    own text := '';
    digits text := '';
BEGIN
    FOR place IN 1 .. 32 LOOP
        number := number * 16 + position(substr(upper(replace(p_id::text, '-', '')), place, 1) IN letters) - 1;
    END LOOP;
    FOR place IN 1 .. 12 LOOP
        own := substr(letters, (number % 36)::integer + 1, 1) || own;
        number := div(number, 36);
    END LOOP;
    FOR place IN 1 .. 12 LOOP
        digits := digits || (position(substr(own, place, 1) IN letters) - 1)::text;
    END LOOP;
    -- 2715 is RF, 00 the place of the check digits.
    RETURN 'RF' || lpad((98 - (digits || '271500')::numeric % 97)::text, 2, '0') || own;
END $$;

-- Empty until it is prepared; from then on it stays.
CREATE TRIGGER payments_charge_referenced BEFORE INSERT OR UPDATE ON payments_charge FOR EACH ROW
    WHEN (NEW.provider = 'bank' AND NEW.provider_ref <> '' AND NEW.provider_ref <> payments_reference(NEW.id))
    EXECUTE FUNCTION core_owner_alone('a transfer is found by the reference of its charge');
CREATE TRIGGER payments_charge_prepared BEFORE UPDATE ON payments_charge FOR EACH ROW
    WHEN (NEW.provider = 'bank' AND NEW.provider_ref = '' AND OLD.provider_ref <> '')
    EXECUTE FUNCTION core_owner_alone('a reference stays');
