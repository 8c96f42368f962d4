-- The one way in which SQL writes a state: core_transition, beside civic.core.states.transition in Python.

-- The steps that SQL takes or checks, copied from the TRANSITIONS of the model whose table is named: all
-- steps of that model or none. tests/architecture/test_sql_states.py compares both. The files that need them
-- insert them.
CREATE TABLE core_step (
    thing text NOT NULL,
    verb text NOT NULL,
    before text NOT NULL,
    after text NOT NULL,
    PRIMARY KEY (thing, verb, before)
);

-- Moves one row by a step of the table above. It raises illegal_transition where there is none from the state
-- that the row is in at that moment: one UPDATE locks, checks and writes, so that of two sessions the second
-- sees what the first has written. The caller records the event that tells of it.
CREATE FUNCTION core_transition(p_table regclass, p_id uuid, p_verb text, p_at timestamptz) RETURNS void
    LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    moved integer;
BEGIN
    EXECUTE format(
        'UPDATE %1$s AS thing SET state = step.after, state_since = $3 FROM core_step AS step
          WHERE thing.id = $1 AND step.thing = %1$L AND step.verb = $2 AND step.before = thing.state', p_table
    ) USING p_id, p_verb, p_at;
    GET DIAGNOSTICS moved = ROW_COUNT;
    IF moved <> 1 THEN
        RAISE EXCEPTION 'illegal_transition: % does not %', p_table, p_verb USING ERRCODE = '23514';
    END IF;
END $$;

-- Whether one step leads from one state to the other: for triggers that judge an UPDATE, whoever it comes
-- from.
CREATE FUNCTION core_is_step(p_table name, p_before text, p_after text) RETURNS boolean
    LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    RETURN EXISTS (SELECT FROM core_step WHERE thing = p_table AND before = p_before AND after = p_after);
END $$;
