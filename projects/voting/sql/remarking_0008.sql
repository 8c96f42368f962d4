-- Ballots of before get the marks that voting_cast makes from now on (casting_0008.sql, which guards them again).
ALTER TABLE voting_ballot DISABLE TRIGGER voting_ballot_guard;
ALTER TABLE voting_papervoter DISABLE TRIGGER voting_papervoter_guard;
