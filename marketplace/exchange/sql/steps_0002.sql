-- The states of needs, gifts, offers and payouts of bounties: how rows begin and move when it is not the tables' owner
-- who writes (civic/core/sql/guards_0005.sql). Steps are those of the models' TRANSITIONS.

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('exchange_dataneed', 'open', 'draft', 'open'),
    ('exchange_dataneed', 'offer', 'open', 'offered'),
    ('exchange_dataneed', 'reopen', 'offered', 'open'),
    ('exchange_dataneed', 'reopen', 'awarded', 'open'),
    ('exchange_dataneed', 'award', 'offered', 'awarded'),
    ('exchange_dataneed', 'deliver', 'awarded', 'delivered'),
    ('exchange_dataneed', 'return', 'delivered', 'awarded'),
    ('exchange_dataneed', 'accept', 'delivered', 'accepted'),
    ('exchange_dataneed', 'pay', 'accepted', 'paid'),
    ('exchange_dataneed', 'reverse', 'paid', 'accepted'),
    ('exchange_dataneed', 'lapse', 'open', 'lapsed'),
    ('exchange_dataneed', 'lapse', 'offered', 'lapsed'),
    ('exchange_dataneed', 'lapse', 'awarded', 'lapsed'),
    ('exchange_dataneed', 'withdraw', 'draft', 'withdrawn'),
    ('exchange_dataneed', 'withdraw', 'open', 'withdrawn'),
    ('exchange_dataneed', 'withdraw', 'offered', 'withdrawn'),
    ('exchange_dataneed', 'withdraw', 'awarded', 'withdrawn'),
    ('exchange_dataneed', 'withdraw', 'delivered', 'withdrawn'),
    ('exchange_dataneed', 'refund', 'lapsed', 'refunded'),
    ('exchange_dataneed', 'refund', 'withdrawn', 'refunded'),
    ('exchange_dataneed', 'refund', 'accepted', 'refunded');
CREATE TRIGGER exchange_dataneed_begins BEFORE INSERT ON exchange_dataneed FOR EACH ROW
    WHEN (NEW.state <> 'draft' OR NEW.opened_at IS NOT NULL OR NEW.reminded_at IS NOT NULL OR NEW.reason <> ''
          OR NEW.removed_words <> '')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER exchange_dataneed_steps BEFORE UPDATE ON exchange_dataneed FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('exchange.DataNeed');
CREATE TRIGGER exchange_dataneed_since BEFORE UPDATE ON exchange_dataneed FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('exchange_bountygift', 'pay', 'started', 'paid'),
    ('exchange_bountygift', 'fail', 'started', 'failed'),
    ('exchange_bountygift', 'return', 'started', 'returned'),
    ('exchange_bountygift', 'return', 'paid', 'returned'),
    ('exchange_bountygift', 'lose', 'started', 'lost'),
    ('exchange_bountygift', 'lose', 'paid', 'lost'),
    ('exchange_bountygift', 'lose', 'returned', 'lost');
CREATE TRIGGER exchange_bountygift_begins BEFORE INSERT ON exchange_bountygift FOR EACH ROW
    WHEN (NEW.state <> 'started')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER exchange_bountygift_steps BEFORE UPDATE ON exchange_bountygift FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('exchange.BountyGift');
CREATE TRIGGER exchange_bountygift_since BEFORE UPDATE ON exchange_bountygift FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('exchange_offer', 'award', 'made', 'awarded'),
    ('exchange_offer', 'decline', 'made', 'declined'),
    ('exchange_offer', 'withdraw', 'made', 'withdrawn'),
    ('exchange_offer', 'withdraw', 'awarded', 'withdrawn'),
    ('exchange_offer', 'decline', 'awarded', 'declined');
CREATE TRIGGER exchange_offer_begins BEFORE INSERT ON exchange_offer FOR EACH ROW
    WHEN (NEW.state <> 'made' OR NEW.removed_words <> '')
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER exchange_offer_steps BEFORE UPDATE ON exchange_offer FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('exchange.Offer');
CREATE TRIGGER exchange_offer_since BEFORE UPDATE ON exchange_offer FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');

INSERT INTO core_step (thing, verb, before, after) VALUES
    ('exchange_bountypayout', 'request', 'planned', 'requested'),
    ('exchange_bountypayout', 'request', 'failed', 'requested'),
    ('exchange_bountypayout', 'request', 'reversed', 'requested'),
    ('exchange_bountypayout', 'send_back', 'requested', 'planned'),
    ('exchange_bountypayout', 'send', 'requested', 'sent'),
    ('exchange_bountypayout', 'settle', 'sent', 'settled'),
    ('exchange_bountypayout', 'fail', 'sent', 'failed'),
    ('exchange_bountypayout', 'reverse', 'settled', 'reversed'),
    ('exchange_bountypayout', 'drop', 'planned', 'dropped'),
    ('exchange_bountypayout', 'drop', 'failed', 'dropped'),
    ('exchange_bountypayout', 'drop', 'reversed', 'dropped');
CREATE TRIGGER exchange_bountypayout_begins BEFORE INSERT ON exchange_bountypayout FOR EACH ROW
    WHEN (NEW.state <> 'planned' OR NEW.requested_by_id IS NOT NULL)
    EXECUTE FUNCTION core_owner_alone('begins at its beginning');
CREATE TRIGGER exchange_bountypayout_steps BEFORE UPDATE ON exchange_bountypayout FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state)
    EXECUTE FUNCTION core_state_step('exchange.BountyPayout');
CREATE TRIGGER exchange_bountypayout_since BEFORE UPDATE ON exchange_bountypayout FOR EACH ROW
    WHEN (OLD.state_since IS DISTINCT FROM NEW.state_since AND OLD.state = NEW.state)
    EXECUTE FUNCTION core_owner_alone('a state is since its step');

-- Each is told of before it is written.
CREATE TRIGGER exchange_dataneed_told BEFORE INSERT ON exchange_dataneed FOR EACH ROW
    EXECUTE FUNCTION core_told('exchange.DataNeed', 'id', 'data_need.stated');
CREATE TRIGGER exchange_bountygift_told BEFORE INSERT ON exchange_bountygift FOR EACH ROW
    EXECUTE FUNCTION core_told('exchange.BountyGift', 'id', 'bounty_gift.started');
CREATE TRIGGER exchange_offer_told BEFORE INSERT ON exchange_offer FOR EACH ROW
    EXECUTE FUNCTION core_told('exchange.Offer', 'id', 'data_offer.made');
CREATE TRIGGER exchange_delivery_told BEFORE INSERT ON exchange_delivery FOR EACH ROW
    EXECUTE FUNCTION core_told('exchange.Delivery', 'id', 'data_delivery.made');
CREATE TRIGGER exchange_bountypayout_told BEFORE INSERT ON exchange_bountypayout FOR EACH ROW
    EXECUTE FUNCTION core_told('exchange.BountyPayout', 'id', 'bounty_payout.planned');
CREATE TRIGGER exchange_dataneed_reminded BEFORE UPDATE ON exchange_dataneed FOR EACH ROW
    WHEN (OLD.reminded_at IS DISTINCT FROM NEW.reminded_at)
    EXECUTE FUNCTION core_told('exchange.DataNeed', 'id', 'data_need.reminded');
-- What everybody reads of it, and by when it is due: as an event tells.
CREATE FUNCTION exchange_need_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM core_event WHERE subject_type = 'exchange.DataNeed' AND subject_id = NEW.id::text
           AND CASE TG_ARGV[0]
               WHEN 'reason' THEN kind = 'data_need.withdrawn' AND note = NEW.reason
               ELSE kind = 'data_need.extended' AND payload->>'deadline' = to_char(NEW.deadline, 'YYYY-MM-DD') END
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event tells of this % of a need', TG_ARGV[0] USING ERRCODE = '23514';
END $$;
CREATE TRIGGER exchange_dataneed_reason BEFORE UPDATE ON exchange_dataneed FOR EACH ROW
    WHEN (OLD.reason <> NEW.reason) EXECUTE FUNCTION exchange_need_told('reason');
CREATE TRIGGER exchange_dataneed_deadline BEFORE UPDATE ON exchange_dataneed FOR EACH ROW
    WHEN (OLD.state <> 'draft' AND OLD.deadline <> NEW.deadline) EXECUTE FUNCTION exchange_need_told('deadline');

-- An answer is somebody's, whom its event names.
CREATE FUNCTION exchange_answer_told() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF core_owns(TG_RELID) OR EXISTS (
        SELECT FROM core_event WHERE subject_type = 'exchange.Delivery' AND subject_id = NEW.id::text
           AND kind = 'data_delivery.' || NEW.answer AND actor = NEW.answered_by_id
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'untold: no event tells who gave this answer' USING ERRCODE = '23514';
END $$;
CREATE TRIGGER exchange_delivery_answered BEFORE UPDATE ON exchange_delivery FOR EACH ROW
    WHEN (NEW.answer <> '' AND OLD.answer = '') EXECUTE FUNCTION exchange_answer_told();

-- A name goes with its person. At the end of the transaction: erasing a person tells so last.
CREATE CONSTRAINT TRIGGER exchange_bountygift_person AFTER UPDATE ON exchange_bountygift
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION access_person_erased('person_id');
CREATE CONSTRAINT TRIGGER exchange_offer_person AFTER UPDATE ON exchange_offer
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.person_id IS DISTINCT FROM NEW.person_id)
    EXECUTE FUNCTION access_person_erased('person_id');
CREATE CONSTRAINT TRIGGER exchange_dataneed_author AFTER UPDATE ON exchange_dataneed
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.author_id IS DISTINCT FROM NEW.author_id)
    EXECUTE FUNCTION access_person_erased('author_id');
CREATE CONSTRAINT TRIGGER exchange_delivery_answered_by AFTER UPDATE ON exchange_delivery
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (OLD.answered_by_id IS DISTINCT FROM NEW.answered_by_id AND NEW.answered_by_id IS NULL)
    EXECUTE FUNCTION access_person_erased('answered_by_id');
