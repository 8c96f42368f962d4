-- A campaign that was open is never a draft again: the rule that keeps its terms would not hold for it (DOMAIN 5).
CREATE TRIGGER campaigns_campaign_stays_open BEFORE UPDATE OF state ON campaigns_campaign FOR EACH ROW
    WHEN (NEW.state = 'draft' AND OLD.state <> 'draft') EXECUTE FUNCTION core_row_stays();
