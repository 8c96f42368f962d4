-- Links and daily roots follow from the entries, whoever writes them. Guards DOMAIN 3 and 12: a forged link took its
-- entry off the sealer's list, and a forged root would stand for its day.

-- The hash of an entry's link, as verify.py has it: JSON in one spelling, after the 0x00 of a leaf (RFC 9162).
CREATE FUNCTION ledger_link_hash(p_seq bigint, p_previous bytea, p_entry uuid) RETURNS bytea
    LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT sha256('\x00'::bytea || convert_to(core_canonical(jsonb_build_object(
        'seq', p_seq, 'previous', encode(p_previous, 'hex'), 'entry', jsonb_build_object(
            'id', entry.id, 'book', entry.book, 'kind', entry.kind, 'reverses', entry.reverses_id,
            'public', entry.public,
            'at', to_char(entry.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US') || '+00:00',
            'accounts', legs.accounts, 'postings', legs.postings))), 'UTF8'))
    FROM ledger_entry entry CROSS JOIN LATERAL (
        SELECT jsonb_agg(jsonb_build_array(account.code, posting.currency, posting.amount)
                         ORDER BY posting.id) AS postings,
               (SELECT jsonb_agg(jsonb_build_array(code, currency, kind, floor_zero)
                                 ORDER BY code COLLATE "C", currency COLLATE "C")
                FROM ledger_account WHERE id = ANY (array_agg(account.id))) AS accounts
        FROM ledger_posting posting JOIN ledger_account account ON account.id = posting.account_id
        WHERE posting.entry_id = entry.id
    ) legs
    WHERE entry.id = p_entry
$$;

-- As in sealing.sql, for links that follow from their entry and from the link before.
CREATE OR REPLACE FUNCTION ledger_links_added() RETURNS trigger
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    bad record;
BEGIN
    SELECT added.book, added.seq INTO bad FROM added JOIN ledger_entry entry ON entry.id = added.entry_id
        LEFT JOIN ledger_link before ON before.book = added.book AND before.seq = added.seq - 1
        WHERE added.book <> entry.book OR added.seq < 1 OR (before.id IS NULL AND added.seq <> 1)
           OR added.previous <> coalesce(before.hash, decode(repeat('00', 32), 'hex'))
           OR added.hash IS DISTINCT FROM ledger_link_hash(added.seq, added.previous, added.entry_id)
        LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'link % of % does not follow from its entry and the link before', bad.seq, bad.book
            USING ERRCODE = '23514';
    END IF;
    DELETE FROM ledger_unlinked unlinked USING added WHERE unlinked.entry_id = added.entry_id;
    RETURN NULL;
END $$;

-- The tree hash of leaves in order (RFC 9162, 2.1.1): neighbours are hashed together level by level, and a last one
-- without a neighbour goes up as it is, which is the same tree.
CREATE FUNCTION ledger_merkle_root(leaves bytea[]) RETURNS bytea
    LANGUAGE plpgsql IMMUTABLE STRICT SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    level bytea[] := leaves;
BEGIN
    WHILE cardinality(level) > 1 LOOP
        SELECT array_agg(CASE WHEN level[2 * place] IS NULL THEN level[2 * place - 1]
                              ELSE sha256('\x01'::bytea || level[2 * place - 1] || level[2 * place]) END ORDER BY place)
            INTO level FROM generate_series(1, (cardinality(level) + 1) / 2) AS place;
    END LOOP;
    RETURN level[1];
END $$;

-- A root is over all links since the root before, for a later day.
CREATE FUNCTION ledger_root_follows() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    newest ledger_dailyroot;
    links record;
BEGIN
    SELECT * INTO newest FROM ledger_dailyroot WHERE book = NEW.book ORDER BY last_seq DESC LIMIT 1;
    SELECT array_agg(hash ORDER BY seq) AS hashes, max(seq) AS last INTO links FROM ledger_link
        WHERE book = NEW.book AND seq BETWEEN NEW.first_seq AND NEW.last_seq;
    IF NEW.first_seq <> coalesce(newest.last_seq, 0) + 1 OR NEW.last_seq IS DISTINCT FROM links.last
        OR cardinality(links.hashes) <> NEW.last_seq - NEW.first_seq + 1
        OR NEW.day <= newest.day OR NEW.chain <> links.hashes[cardinality(links.hashes)]
        OR NEW.root <> ledger_merkle_root(links.hashes) THEN
        RAISE EXCEPTION 'the root of % does not follow from its links', NEW.day USING ERRCODE = '23514';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER ledger_root_follows BEFORE INSERT ON ledger_dailyroot
    FOR EACH ROW EXECUTE FUNCTION ledger_root_follows();

-- A root goes out after it is made.
CREATE TRIGGER ledger_dailyroot_begins BEFORE INSERT ON ledger_dailyroot FOR EACH ROW
    WHEN (cardinality(NEW.published) > 0) EXECUTE FUNCTION core_owner_alone('begins unpublished');
