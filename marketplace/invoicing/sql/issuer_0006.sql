-- Who issues the city's invoices, and with which tax number, is told in the log before it counts (DOMAIN 5):
-- each newer row replaces the one before on every invoice.
CREATE TRIGGER invoicing_issuer_told BEFORE INSERT ON invoicing_issuer FOR EACH ROW
    EXECUTE FUNCTION core_told('invoicing.Issuer', 'id', 'issuer.declared');
