-- The role that web, workers and beat connect as, so that not even a stolen password of theirs rewrites money or votes. It
-- owns nothing: it cannot alter or empty a table, nor switch a trigger off. Making it needs a superuser or CREATEROLE: where
-- the owner of the tables has neither, somebody who does runs the CREATE ROLE below first. The owner runs this after each
-- migrate:
--   psql "$OWNER_URL" -v ON_ERROR_STOP=1 -f deploy/application_role.sql
-- and once lets it in:  ALTER ROLE civic_application LOGIN PASSWORD '…';
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'civic_application') THEN
        CREATE ROLE civic_application NOSUPERUSER NOCREATEDB NOCREATEROLE NOINHERIT;
    END IF;
END $$;
GRANT USAGE ON SCHEMA public TO civic_application;
-- No tables and functions of its own, not even for a session: a temporary table of the name of one of ours stands before
-- it wherever a statement does not name the schema. PUBLIC has this from PostgreSQL's start; the owner keeps it.
DO $$ BEGIN
    EXECUTE format('REVOKE TEMPORARY ON DATABASE %I FROM PUBLIC, civic_application', current_database());
END $$;
-- Numbers are drawn from sequences, and nobody moves a sequence (that would need UPDATE).
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM civic_application;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM civic_application;
GRANT SELECT ON ALL TABLES IN SCHEMA public TO civic_application;
GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO civic_application;
-- The keys of running votes are for voting_cast alone. Of ballots the role reads each column but not xmin and ctid, which no
-- column is: they tell when a ballot came in, and with a sign-in whose it is (projects/voting/sql/shuffling_0008.sql).
DO $$ DECLARE
    hidden record;
BEGIN
    FOR hidden IN SELECT relname, string_agg(quote_ident(attname), ', ') AS names FROM pg_class
        JOIN pg_attribute ON attrelid = pg_class.oid AND attnum > 0 AND NOT attisdropped
        WHERE relnamespace = 'public'::regnamespace AND relname IN ('voting_key', 'voting_ballot', 'voting_ballotline')
        GROUP BY relname
    LOOP
        EXECUTE format('REVOKE SELECT ON %I FROM civic_application', hidden.relname);
        IF hidden.relname <> 'voting_key' THEN
            EXECUTE format('GRANT SELECT (%s) ON %I TO civic_application', hidden.names, hidden.relname);
        END IF;
    END LOOP;
END $$;

-- What it may write: table (or the beginning of the names of several), whether it inserts and deletes, the columns that it
-- updates (* for all), and why. What a table is not named here for is refused; what is named is narrowed by the triggers in
-- the slices' sql/. tests/whole/test_application_role.py tries each cell, and fails where a table or column has none.
-- Row locks (FOR UPDATE, FOR SHARE) need UPDATE of one column: that is `id` where nothing changes, and a trigger
-- refuses what changes it.
DO $$
DECLARE
    cell record;
    named text;
    found text;
BEGIN
    FOR cell IN SELECT * FROM (VALUES
-- libraries
('account_%', 'insert delete', '*', 'allauth: addresses and their confirmations'),
('mfa_authenticator', 'insert delete', '*', 'allauth: second steps'),
('guardian_userobjectpermission', 'insert delete', '', 'guardian: mirrors of live grants, as access_permission_mirrors allows; erasing a person takes them'),
('django_session', 'insert delete', '*', 'Django: sessions'),
('django_admin_log', 'insert delete', '', 'Django: what staff did in the desk; erasing a person takes it'),
('django_celery_beat_%', 'insert delete', '*', 'celery-beat: the clock'),
('djstripe_%', 'insert delete', '*', 'dj-stripe: a copy of Stripe''s records, which decides nothing'),
('taggit_%', 'insert delete', '*', 'Wagtail: tags of pictures and documents'),
('wagtail%', 'insert delete', '*', 'Wagtail: pages, pictures, documents and their workflow'),
('wagtailcore_apitoken', 'delete', '', 'Wagtail: no page of ours gives programs access; erasing a person takes it'),
('wagtailcore_group%permission', 'delete', '', 'Wagtail: what editors may do comes by build_site alone; it goes with its page'),
('pages_%', 'insert delete', '*', 'Wagtail: our kinds of pages, and the counted figures of the home page'),
-- civic.accounts
('accounts_area', 'insert delete', '*', 'save_area writes whole rows; the desk deletes an unused one'),
('accounts_person', 'insert', '*', 'sign-up, profile, password, staff, closing, erasing: Django and allauth save whole rows'),
('accounts_person_groups', 'insert delete', '', 'roles of council staff are given and taken'),
('accounts_mail', 'insert delete', 'priority due_at first_tried_at attempts lease leased_until done_at dead_at last_error address content subject text unsubscribe person_id', 'the outbox: tried, sent, forgotten'),
('accounts_organisation', 'insert', 'name kind about website state state_since', 'edited by its managers, checked by staff'),
('accounts_membership', 'insert delete', 'role', 'people join, leave and change their role'),
('accounts_invitation', 'insert delete', 'expires_at token_hash accepted_at', 'renewed, accepted, withdrawn'),
('accounts_staffinvitation', 'insert delete', 'state state_since expires_at token_hash invited_by_id', 'renewed, accepted, withdrawn, run out; old ones and those of erased people go'),
('accounts_lettercount', 'insert delete', 'letters', 'letters of a day to strangers are counted; earlier days go'),
('accounts_dataexport', 'insert delete', 'progress archive ready_at expires_at', 'prepared, fetched, expired'),
('accounts_erasurerequest', 'insert delete', 'id', 'asked, taken back, done; locked meanwhile'),
('accounts_residency', 'insert', 'state state_since area_id method identity document born recipient address address_mark code_hash code_tries verified_at expires_at', 'letters, codes and proofs; what is over is forgotten'),
('accounts_registryupload', 'insert', 'uploaded_by_id', 'a register is read in; erasing a person takes the name off'),
('accounts_registryentry', 'insert delete', '', 'a new register takes the place of the old'),
-- civic.core
('core_event', 'insert', 'note note_salt', 'the log; erasing empties a note'),
('core_outbox', 'insert delete', 'event_id', 'events wait for their handlers'),
('core_delivery', 'insert', 'due_at first_tried_at attempts lease leased_until done_at dead_at last_error', 'handlers are tried until done'),
('core_putoff', 'insert delete', 'reason failures due_at', 'a row that fails is tried again later'),
('core_seal', 'insert', '', 'the log is sealed'),
('notifications_notification', 'insert delete', 'read_at frequency mail_id actor_id', 'read, mailed, thrown away when old'),
('notifications_preference', 'insert delete', 'on_site frequency', 'what a person wants to hear'),
-- datasets
('analytics_savedquery', 'insert', 'owner_id name embed_round embedded_until removed_at', 'embeds ended, removed; erasing a person'),
('catalogue_dataset', 'insert', 'title description keywords theme frequency licence high_value_category access_level area_id first_day last_day series_id answers latest revised_at reason held state state_since', 'described; gets revisions; withdrawn and restored'),
('catalogue_upload', 'insert', 'name received expires_at sha256 file parquet csv proposal answers found failure state state_since person_id', 'received in parts, looked at, confirmed, read, published; erasing a person'),
('catalogue_uploadstep', 'insert', 'due_at first_tried_at attempts lease leased_until done_at dead_at last_error', 'tried until done'),
('catalogue_rejectedrow', 'insert delete', '', 'written with each read, gone with its file'),
('catalogue_revision', 'insert', 'person_id', 'written once; erasing a person takes the name off'),
('catalogue_distribution', 'insert', '', 'written once'),
('catalogue_source', 'insert', 'state state_since', 'added, paused and resumed'),
('catalogue_harvest', 'insert', 'found leaving created updated unchanged linked removed failed reason state state_since', 'counted while it runs, then stays'),
('catalogue_harvestrecord', 'insert delete', 'said outcome reason dataset_id', 'what became of each; gone with the next harvest'),
('catalogue_harveststep', 'insert', 'due_at first_tried_at attempts lease leased_until done_at dead_at last_error', 'tried until done'),
('catalogue_original', 'insert', 'uri page publisher licence files digest', 'as the source says it now'),
('catalogue_series', 'insert', 'title description', 'begun and described'),
('catalogue_follow', 'insert delete', 'since ended_at', 'followed and left'),
('access_policy', 'insert', 'terms questions longest_days', 'what a dataset asks of its readers'),
('access_accessrequest', 'insert', 'organisation_id purpose why days scopes questions answers reason submitted_at state state_since person_id', 'written, sent, decided; erasing a person'),
('access_agreement', 'insert', 'person_id', 'written once; erasing a person takes the name off'),
('access_grant', 'insert', 'reason held paused key_digest key_person_id state state_since person_id', 'suspended, resumed, ended; its key; erasing a person'),
('consent_collection', 'insert', 'title description state state_since', 'a draft is edited or removed; opened and closed'),
('consent_purpose', 'insert', '', 'written once'),
('consent_notice', 'insert', '', 'written once'),
('consent_submission', 'insert delete', 'values changed_at version earlier', 'shared and changed; taken back; erasing a person'),
('consent_consent', 'insert', 'withdrawn_at withdrawal withdrawal_signature state state_since person_id', 'given once, withdrawn once; erasing a person'),
('consent_release', 'insert', 'upload_id revision_id state state_since person_id', 'counted once, sent, published, suspended; erasing a person'),
('consent_inclusion', 'insert', '', 'written with its release'),
('consent_deletion', 'insert', 'answer words answered_at state state_since', 'asked and answered'),
('consent_rightsrequest', 'insert', 'words answer state state_since person_id', 'sent and answered; erasing a person'),
-- projects
('calls_call', 'insert', '*', 'edit_call saves whole rows; calls_rules_frozen keeps the rules of a vote'),
('calls_call_areas', 'insert delete', '', 'areas of a call'),
('calls_phase', 'insert delete', '', 'phases are written anew'),
('proposals_project', 'insert', '*', 'editing saves whole rows; proposals_terms_frozen keeps what a vote is about'),
('proposals_costline', 'insert delete', '', 'written anew with each edit'),
('proposals_participantgoal', 'insert delete', '', 'written anew with each edit'),
('proposals_teammember', 'insert delete', 'role accepted_at', 'people join, leave and change their part'),
('proposals_teaminvitation', 'insert delete', 'role', 'invited, taken back'),
('proposals_picture', 'insert delete', 'alt position', 'described, sorted, removed'),
('proposals_projectrevision', 'insert', 'author_id', 'erasing a person takes the name off'),
('proposals_support', 'insert delete', '', 'given and taken back'),
('proposals_supportchange', 'insert delete', 'id', 'counted changes go'),
('proposals_supportcount', 'insert', 'supports counted_at', 'changes are added up'),
('reuses_reuse', 'insert delete', 'reason state state_since person_id', 'proposed, decided, taken back; erasing a person'),
('reuses_reuse_datasets', 'insert delete', '', 'with its reuse'),
('contributions_want', 'insert', '*', 'changing a line saves the whole row'),
('contributions_contribution', 'insert', 'state state_since reason message person_id', 'accepted, delivered, verified; erasing a person'),
('delivery_milestone', 'insert delete', 'state state_since reason', 'a plan is written anew until work begins; steps with their reason'),
('delivery_evidence', 'insert delete', 'person_id', 'given, removed before it is submitted; erasing a person'),
('delivery_update', 'insert', 'author_id', 'news of a project; erasing a person'),
('discussion_comment', 'insert', 'body edited_at deleted_at hidden_for replies author_id', 'edited, deleted, hidden, answered; erasing a person'),
('discussion_commentrevision', 'insert delete', '', 'earlier texts, which go with the comment'),
('discussion_follow', 'insert delete', 'since ended_at', 'followed and left'),
('discussion_discussioncount', 'insert', 'comments followers counted_at', 'counted anew'),
('discussion_moderationcase', 'insert', 'state state_since decision category facts decided_by_id decided_at appeal appealed_by_id appealed_at review reviewed_by_id reviewed_at quoted author_id', 'decided, appealed, reviewed; erasing a person'),
('discussion_report', 'insert', 'reporter_id email origin text', 'erasing a person'),
-- projects.voting: ballots are written by voting_cast alone, and void by a told step
('voting_ballot', '', 'state state_since', 'a clerk voids a bad one'),
('voting_paperballot', 'insert', 'state state_since ballot_id', 'entered twice, matched, doubted'),
('voting_paperentry', 'insert', '', 'what a clerk read on a paper'),
('voting_papervoter', 'insert', 'voter', 'who was handed a paper; for no account once its papers were another person''s'),
('voting_poll', 'insert', 'sealed_at ballots counting counted', 'prepared, sealed, counted'),
('voting_tally', 'insert', '', 'the count'),
('voting_projectresult', 'insert', '', 'the count, by project'),
-- marketplace
('campaigns_campaign', 'insert', 'rule goal_minor cap_minor pledge_min_minor pledge_max_minor sponsor_share_max_bp use ends_at opened_at grace_ends_at state state_since', 'terms of a draft (campaigns_terms_stay), opening, closing'),
('campaigns_stretchgoal', 'insert delete', '', 'written anew with a draft'),
('campaigns_campaigntotal', 'insert', '*', 'counted anew from the rows'),
('campaigns_pledge', 'insert', 'state state_since amount_minor anonymous method_id collected_at person_id', 'changed before it is charged (campaigns_pledge_stays), collected; whether the name is shown; erasing a person'),
('campaigns_instalment', 'insert', 'state state_since', 'months are charged'),
('matching_matchfund', 'insert', 'title slug summary funder_id call_id book currency rule ratio_bp threshold_backers threshold_minor gift_min_minor gift_cap_minor person_cap_minor project_cap_minor freezes_at challenge_days frozen_at input_digest published_input frozen_pledges made_by_id state state_since', 'terms of a draft (matching_fund_terms_stay), freezing; erasing a person'),
('matching_deposit', 'insert delete', 'confirmed_by_id confirmed_at taken_back_at', 'confirmed by a second person, or discarded before (matching_deposit_by_two); taken back by the bank'),
('matching_allocation', 'insert', 'amount_minor set_aside_minor estimated_minor counted state state_since', 'follows the gifts, within the fund (matching_match_within_fund)'),
('matching_matchline', 'insert', 'released_at reason', 'released once, with why'),
('matching_fundreturn', 'insert', 'approved_by_id requested_by_id failure state state_since', 'approved by a second person, sent, come back (matching_fundreturn_rules)'),
('matching_exclusion', 'insert delete', '', 'who is not matched; erasing a person'),
('matching_challenge', 'insert', 'answer answered_by_id state state_since person_id', 'answered; erasing a person'),
('payments_method', 'insert', 'removed_at person_id label customer_ref', 'removed; erasing a person'),
('payments_methodsetup', 'insert', 'provider_ref payer_url method_id failure state state_since person_id', 'prepared, done; erasing a person'),
('payments_bankorder', 'insert', 'withdrawn_at withdrawal_proposed_by_id withdrawal_confirmed_by_id', 'withdrawn, by two where somebody has fetched it'),
('payments_charge', 'insert', 'provider_ref payer_url failure state state_since payer_id', 'prepared, paid, disputed; erasing a person'),
('payments_dispute', 'insert', 'evidence_due_at answered_at reminded_at decided_at lost_minor', 'opened, answered, decided'),
('payments_claim', 'insert', 'state state_since proposed_by_id confirmed_by_id', 'paid, or written off by two people'),
('payments_refund', 'insert', 'provider_ref failure state state_since bank_order_id refusal_proposed_by_id refusal_confirmed_by_id', 'sent, done, failed, refused by the bank by the word of two'),
('payments_transfer', 'insert', 'provider_ref failure state state_since bank_order_id refusal_proposed_by_id refusal_confirmed_by_id', 'sent, done, come back, refused by the bank by the word of two'),
('payments_demopayment', 'insert', 'status behaviour ready_at disputes taken_minor', 'the invented provider'),
('payments_command', 'insert', 'due_at first_tried_at attempts lease leased_until done_at dead_at last_error', 'tried until done'),
('payments_message', 'insert', 'due_at first_tried_at attempts lease leased_until done_at dead_at last_error', 'tried until done'),
('payments_mirrorjob', 'insert', 'due_at first_tried_at attempts lease leased_until done_at dead_at last_error', 'tried until done'),
('payments_statement', 'insert', '', 'read in'),
('payments_statementline', 'insert', 'state state_since suspense_minor proposal charge_id refund_id transfer_id bank_order_id duplicate_of_id reverses_id purpose return_name return_iban proposed_by_id confirmed_by_id text name iban', 'assigned by two people; erasing a person'),
('payments_linepayment', 'insert', 'name iban', 'what a line has paid of which payment, and where it goes back to until that is forgotten'),
('payments_settlement', 'insert', 'arrives_on failed line_id', 'arrived'),
('payments_reconciliation', 'insert', 'explanation', 'explained'),
('invoicing_issuer', 'insert', '', 'the city''s own address and tax: the newest row counts'),
('invoicing_invoiceseries', 'insert', 'last', 'the next number (invoicing_series_counts)'),
('invoicing_invoice', 'insert', 'id', 'written once (invoicing_invoice_append_only); locked while it is paid'),
('invoicing_invoicepayment', 'insert', 'id', 'written once; locked while it is taken back'),
('invoicing_invoicepaymentreversal', 'insert', '', 'written once'),
('invoicing_creditedpayment', 'insert', '', 'written once'),
('invoicing_invoicedocument', 'insert', '', 'written once'),
('invoicing_invoicereminder', 'insert', '', 'written once'),
('sponsorship_package', 'insert delete', 'id', 'written anew with a draft (sponsorship_package_frozen); locked while an offer counts places'),
('sponsorship_sponsorship', 'insert', 'conflict_finding checked_by_id purchase_order billing_name billing_street billing_postcode billing_city billing_country billing_email vat_id invoice_id offered_by_id state state_since', 'checked, contracted, invoiced; erasing a person'),
('exchange_dataneed', 'insert', 'milestone_id title description columns area_id first_day last_day fresh_days deadline opened_at reminded_at reason removed_words state state_since author_id', 'a draft is edited; opened, told, ended (exchange_dataneed_terms); words taken down; erasing a person'),
('exchange_bountygift', 'insert', 'state state_since person_id', 'paid, given back, lost; erasing a person'),
('exchange_offer', 'insert', 'valuation note removed_words state state_since person_id', 'awarded, declined, taken back; words taken down; erasing a person'),
('exchange_delivery', 'insert', 'answer answered_at answered_by_id checks reason', 'answered once (exchange_delivery_stays); erasing a person'),
('exchange_bountypayout', 'insert', 'amount_minor details_id attempt approvals_needed requested_by_id approved_by_id also_approved_by_id failure state state_since', 'requested, approved, sent (exchange_payout_rules)'),
('payouts_hold', 'insert', 'lifted_at', 'lifted once'),
('payouts_bankdetails', 'insert delete', 'entered_by_id', 'erasing a person; unused ones go with their organisation (payouts_bankdetails_gone)'),
('payouts_payout', 'insert', 'amount_minor released_at details_id requested_by_id approvals_needed attempt failure state state_since', 'requested, approved, sent (payouts_payout_terms, payouts_payout_step)'),
('payouts_return', 'insert', 'confirmed_by_id state state_since', 'confirmed by a second person, or withdrawn (payouts_return_terms)'),
('payouts_approval', 'insert', '', 'one more yes'),
('ledger_account', 'insert', '', 'opened at its first posting'),
('ledger_entry', 'insert', '', 'written once'),
('ledger_posting', 'insert', '', 'written once'),
('ledger_checkpoint', 'insert', '', 'written once, and true'),
('ledger_link', 'insert', '', 'written once, and true'),
('ledger_dailyroot', 'insert', 'published', 'where it was published'),
('ledger_rootsubscriber', 'insert delete', 'confirmed_at', 'confirmed, ended'),
-- the demo
('demo_%', 'insert delete', '*', 'invented mail of the demo city; these tables are nowhere else')
    ) AS cells (tables, verbs, columns, why)
    LOOP
        FOR found IN
            SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
               AND relname LIKE replace(cell.tables, '_', '\_')
        LOOP
            -- A later row speaks alone of the tables that it names.
            EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM civic_application', found);
            FOREACH named IN ARRAY string_to_array(cell.verbs, ' ') LOOP
                EXECUTE format('GRANT %s ON %I TO civic_application', named, found);
            END LOOP;
            IF cell.columns = '*' THEN
                EXECUTE format('GRANT UPDATE ON %I TO civic_application', found);
            ELSIF cell.columns <> '' THEN
                EXECUTE format(
                    'GRANT UPDATE (%s) ON %I TO civic_application', replace(cell.columns, ' ', ', '), found
                );
            END IF;
        END LOOP;
    END LOOP;
END $$;

-- Files inside of the database, outside of all tables: PUBLIC has these from PostgreSQL's start, they fill a disk, and
-- one that another role made ends `pg_dump`. They belong to the server's superuser, and PostgreSQL refuses an owner of tables
-- who tries: of such a database a superuser takes the three that make files (deploy/README.md); until then a warning says so.
DO $$
DECLARE
    large_object_function regprocedure;
BEGIN
    FOR large_object_function IN
        SELECT oid::regprocedure FROM pg_proc
         WHERE pronamespace = 'pg_catalog'::regnamespace AND proname ~ '^(lo_|lowrite$|loread$)'
           AND pg_has_role(proowner, 'USAGE')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC, civic_application', large_object_function);
    END LOOP;
    IF has_function_privilege('civic_application', 'lo_from_bytea(oid, bytea)', 'EXECUTE') THEN
        RAISE WARNING 'civic_application can make large objects: deploy/README.md says what a superuser does once';
    END IF;
END $$;
