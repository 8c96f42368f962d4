-- A posting belongs to its entry's book and to an account of the same book and currency. Guards DOMAIN 3:
-- demo, test and live money never mix. Django has no foreign key of several columns, hence SQL.
ALTER TABLE ledger_posting ADD CONSTRAINT posting_entry
    FOREIGN KEY (book, entry_id) REFERENCES ledger_entry (book, id);
ALTER TABLE ledger_posting ADD CONSTRAINT posting_account
    FOREIGN KEY (account_id, book, currency) REFERENCES ledger_account (id, book, currency);
