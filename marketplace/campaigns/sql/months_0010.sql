-- The clock charges a month on its day, by the saved way to pay: a month that nobody promised, or that is due too soon,
-- is money that nobody gave. Who owns the tables is not judged (core/sql/guards_0005.sql).
CREATE FUNCTION campaigns_month_is_promised() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    -- The months are written down once, before the pledge goes on. Four days: the first payment's day is that of the
    -- city's clock, which the database does not know, and a month later the end of February is four days off.
    IF core_owns(TG_RELID) OR NOT EXISTS (
        SELECT FROM campaigns_pledge pledge
         WHERE pledge.id = NEW.pledge_id
           AND (pledge.frequency <> 'monthly' OR pledge.state <> 'collected' OR NEW.number > pledge.months
                OR NEW.due_on < (pledge.collected_at AT TIME ZONE 'UTC')::date
                                + make_interval(months => NEW.number - 1, days => -4))
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'month_is_promised: this pledge has no such month' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER campaigns_month_is_promised BEFORE INSERT ON campaigns_instalment
    FOR EACH ROW EXECUTE FUNCTION campaigns_month_is_promised();

-- The close charges what a pledge says: whoever changes that before is told of, with the new amount.
CREATE FUNCTION campaigns_pledge_is_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM core_event WHERE subject_type = 'campaigns.Pledge' AND subject_id = NEW.id::text
           AND kind = 'pledge.changed' AND payload->>'minor' = NEW.amount_minor::text
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'pledge_is_told: no event tells of this amount' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER campaigns_pledge_is_told AFTER UPDATE ON campaigns_pledge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.amount_minor <> NEW.amount_minor)
    EXECUTE FUNCTION campaigns_pledge_is_told();
