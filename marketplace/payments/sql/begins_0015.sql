-- Rows whose beginning, or whose name for something else, costs money: workers and the clock do with them what they say
-- (a line of a statement pays a charge, and a refund goes to that line's account). So far they had to begin at their
-- beginning; now a verb must tell of them, too. Who owns the tables is not judged (core/sql/guards_0005.sql).
-- What is asked at the end of the transaction is so since the verb records its event after the row.

-- A statement is read by a finance officer, who is told as the actor, with as many lines as the event says.
CREATE FUNCTION payments_statement_is_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR accounts_serves_in(NEW.imported_by_id, 'finance-officers') AND EXISTS (
        SELECT FROM core_event
         WHERE subject_type = 'payments.Statement' AND subject_id = NEW.id::text AND kind = 'statement.imported'
           AND actor = NEW.imported_by_id AND payload->>'fresh' = (
               SELECT count(*)::text FROM payments_statementline WHERE statement_id = NEW.id)
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'statement_is_told: no finance officer has read this statement' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER payments_statement_is_told AFTER INSERT ON payments_statement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments_statement_is_told();

-- Its lines come with it, before the event: of a statement that was read there are no more. Once a statement of SQL, as
-- a file has thousands of lines.
CREATE FUNCTION payments_statementline_is_read() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NOT EXISTS (
        SELECT FROM (SELECT DISTINCT statement_id FROM fresh) one JOIN core_event
            ON subject_type = 'payments.Statement' AND subject_id = one.statement_id::text
           AND kind = 'statement.imported'
    ) THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'statementline_is_read: this statement was read without it' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER payments_statementline_is_read AFTER INSERT ON payments_statementline
    REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION payments_statementline_is_read();

-- As in steps_0007.sql; a line also begins without anything that it pays, shows or is proposed to be.
DROP TRIGGER payments_statementline_begins ON payments_statementline;
CREATE TRIGGER payments_statementline_begins BEFORE INSERT ON payments_statementline FOR EACH ROW
    WHEN (NEW.state <> 'new' OR NEW.proposed_by_id IS NOT NULL OR NEW.confirmed_by_id IS NOT NULL
          OR coalesce(NEW.charge_id, NEW.refund_id, NEW.transfer_id, NEW.bank_order_id) IS NOT NULL
          OR NEW.suspense_minor <> 0 OR NEW.proposal <> '' OR NEW.purpose <> ''
          OR NEW.return_name <> '' OR NEW.return_iban <> '')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');

-- What it pays or shows, and what of it is in suspense, changes in a step of its state, which is told: at the end
-- of the transaction the line is where it was not before. Which other line it may be, and a payer's name, are not
-- asked.
CREATE FUNCTION payments_statementline_is_stepped() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID)
        OR (SELECT line.state FROM payments_statementline line WHERE line.id = NEW.id) <> OLD.state
    THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION 'statementline_is_stepped: what a line is of changes with its state' USING ERRCODE = '23514';
END $$;
CREATE CONSTRAINT TRIGGER payments_statementline_is_stepped AFTER UPDATE ON payments_statementline
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (
        (OLD.charge_id, OLD.refund_id, OLD.transfer_id, OLD.bank_order_id, OLD.suspense_minor, OLD.proposal,
         OLD.purpose, OLD.proposed_by_id, OLD.confirmed_by_id) IS DISTINCT FROM
        (NEW.charge_id, NEW.refund_id, NEW.transfer_id, NEW.bank_order_id, NEW.suspense_minor, NEW.proposal,
         NEW.purpose, NEW.proposed_by_id, NEW.confirmed_by_id))
    EXECUTE FUNCTION payments_statementline_is_stepped();

-- A refund or transfer leaves the bank's file only once that never went to the bank: it would go out twice.
CREATE CONSTRAINT TRIGGER payments_bankorder_withdrawn AFTER UPDATE ON payments_bankorder
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at)
    EXECUTE FUNCTION core_told('payments.BankOrder', 'id', 'bank_order.withdrawn');
CREATE FUNCTION payments_its_order_is_withdrawn() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR (SELECT withdrawn_at IS NOT NULL FROM payments_bankorder WHERE id = OLD.bank_order_id)
    THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'its_order_is_withdrawn: the bank may have this payment' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER payments_refund_ordered BEFORE UPDATE ON payments_refund FOR EACH ROW
    WHEN (OLD.bank_order_id IS DISTINCT FROM NEW.bank_order_id AND OLD.bank_order_id IS NOT NULL)
    EXECUTE FUNCTION payments_its_order_is_withdrawn();
CREATE TRIGGER payments_transfer_ordered BEFORE UPDATE ON payments_transfer FOR EACH ROW
    WHEN (OLD.bank_order_id IS DISTINCT FROM NEW.bank_order_id AND OLD.bank_order_id IS NOT NULL)
    EXECUTE FUNCTION payments_its_order_is_withdrawn();

-- What is asked of somebody, or of a provider, is told: whoever it is about hears of it.
CREATE CONSTRAINT TRIGGER payments_charge_is_told AFTER INSERT ON payments_charge
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION core_told('payments.Charge', 'id', 'charge.started');
CREATE CONSTRAINT TRIGGER payments_refund_is_told AFTER INSERT ON payments_refund
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION core_told('payments.Refund', 'id', 'refund.requested');
CREATE CONSTRAINT TRIGGER payments_settlement_is_told AFTER INSERT ON payments_settlement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION core_told('payments.Settlement', 'id', 'settlement.noted');
CREATE CONSTRAINT TRIGGER payments_reconciliation_explained AFTER UPDATE ON payments_reconciliation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    EXECUTE FUNCTION core_told('payments.Reconciliation', 'id', 'reconciliation.explained');

-- Nobody owes more than what came back twice: refunds and lost disputes together, beyond what was paid.
CREATE FUNCTION payments_claim_came_back_twice() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR NOT EXISTS (
        SELECT FROM payments_charge charge JOIN payments_dispute dispute ON dispute.charge_id = charge.id
         WHERE dispute.id = NEW.dispute_id AND NEW.amount_minor + charge.amount_minor >
               coalesce((SELECT sum(amount_minor) FROM payments_refund
                          WHERE charge_id = charge.id AND state <> 'covered'), 0)
             + coalesce((SELECT sum(lost_minor) FROM payments_dispute WHERE charge_id = charge.id), 0)
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'claim_came_back_twice: not so much has' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER payments_claim_came_back_twice BEFORE INSERT ON payments_claim
    FOR EACH ROW EXECUTE FUNCTION payments_claim_came_back_twice();
