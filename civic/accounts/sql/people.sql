-- People are never deleted: erasure keeps the row without the person, after its days and once what is owed is
-- settled, and what refers to it (pledges, payments, a team) stays. A library's page that deletes is refused
-- here.
CREATE TRIGGER accounts_person_stays BEFORE DELETE ON accounts_person
    FOR EACH ROW EXECUTE FUNCTION core_row_stays();
