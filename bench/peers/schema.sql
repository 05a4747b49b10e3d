-- The same rules as a careful engineer would write them in PostgreSQL: events
-- with a unique id, whose repetition answers what it answered first; accounts
-- with a balance that a constraint keeps from falling below zero; shipments
-- with ids of their own. Balances are whole numbers of a thousandth.
--
-- Simpler than the ledger: a balance is checked as it is now, not on every
-- business date since the event's, and there is no history that could be
-- proved.

CREATE TABLE site (
  site  text PRIMARY KEY,
  party text NOT NULL
);

CREATE TABLE account (
  account bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  site    text   NOT NULL REFERENCES site,
  product text   NOT NULL,
  model   smallint NOT NULL,
  balance bigint NOT NULL CHECK (balance >= 0),
  UNIQUE (site, product, model)
) WITH (fillfactor = 70);

CREATE TABLE event (
  position    bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  id          uuid   NOT NULL UNIQUE,
  kind        smallint NOT NULL,
  account     bigint NOT NULL,
  quantity    bigint NOT NULL CHECK (quantity > 0),
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  document    text NOT NULL,
  counterparty text NOT NULL,
  certificate text,
  shipment    text UNIQUE
);
-- The statement of an account.
CREATE INDEX event_account ON event (account, occurred_at, position);

-- One event: its outcome is 'A' accepted, 'R' refused, 'P' accepted before,
-- 'X' for an id that was used for something else.
CREATE FUNCTION post_event(
  p_id uuid, p_kind smallint, p_site text, p_product text, p_model smallint,
  p_quantity bigint, p_occurred_at timestamptz, p_document text,
  p_counterparty text, p_certificate text, p_shipment text
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  change bigint := CASE p_kind WHEN 1 THEN -p_quantity ELSE p_quantity END;
  changed bigint;
  e event;
BEGIN
  SELECT * INTO e FROM event WHERE id = p_id;
  IF FOUND THEN
    RETURN CASE WHEN e.kind = p_kind AND e.quantity = p_quantity
                 AND e.document = p_document THEN 'P' ELSE 'X' END;
  END IF;
  -- Locks the account's row until the transaction ends.
  UPDATE account SET balance = balance + change
    WHERE site = p_site AND product = p_product AND model = p_model
      AND balance + change >= 0
    RETURNING account INTO changed;
  IF NOT FOUND THEN RETURN 'R'; END IF;
  INSERT INTO event (id, kind, account, quantity, occurred_at, document,
                     counterparty, certificate, shipment)
    VALUES (p_id, p_kind, changed, p_quantity, p_occurred_at, p_document,
            p_counterparty, p_certificate, p_shipment)
    ON CONFLICT (id) DO NOTHING;
  IF NOT FOUND THEN
    -- Another session posted the same id since the first statement.
    UPDATE account SET balance = balance - change WHERE account = changed;
    RETURN 'P';
  END IF;
  RETURN 'A';
END $$;

-- Many events in one transaction, one after the other. Accounts are locked in
-- the order of their keys first, so that two calls never wait for each other.
CREATE FUNCTION post_events(
  p_id uuid[], p_kind smallint[], p_site text[], p_product text,
  p_model smallint, p_quantity bigint[], p_occurred_at timestamptz[],
  p_document text[], p_counterparty text[], p_certificate text[],
  p_shipment text[]
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  outcomes text := '';
BEGIN
  PERFORM 1 FROM account
    WHERE site = ANY (p_site) AND product = p_product AND model = p_model
    ORDER BY account FOR UPDATE;
  FOR i IN 1 .. array_length(p_id, 1) LOOP
    outcomes := outcomes || post_event(
      p_id[i], p_kind[i], p_site[i], p_product, p_model, p_quantity[i],
      p_occurred_at[i], p_document[i], p_counterparty[i], p_certificate[i],
      p_shipment[i]);
  END LOOP;
  RETURN outcomes;
END $$;

-- Many events in a few statements over sets. What each account would have
-- after each event is a running sum; where it falls below zero the set goes
-- the long way, event by event, because a refusal changes the sums after it.
CREATE FUNCTION post_event_set(
  p_id uuid[], p_kind smallint[], p_site text[], p_product text,
  p_model smallint, p_quantity bigint[], p_occurred_at timestamptz[],
  p_document text[], p_counterparty text[], p_certificate text[],
  p_shipment text[]
) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
  short boolean;
  known bigint;
BEGIN
  PERFORM 1 FROM account
    WHERE site = ANY (p_site) AND product = p_product AND model = p_model
    ORDER BY account FOR UPDATE;
  SELECT count(*) INTO known FROM event WHERE id = ANY (p_id);
  IF known = 0 THEN
    SELECT count(*) - count(DISTINCT id) INTO known
      FROM unnest(p_id) AS given (id);
  END IF;
  IF known = 0 THEN
    SELECT bool_or(after < 0) INTO short FROM (
      SELECT a.balance + sum(CASE g.kind WHEN 1 THEN -g.quantity
                                         ELSE g.quantity END)
               OVER (PARTITION BY g.site ORDER BY g.number) AS after
        FROM unnest(p_kind, p_site, p_quantity) WITH ORDINALITY
               AS g (kind, site, quantity, number)
        JOIN account a ON a.site = g.site AND a.product = p_product
                      AND a.model = p_model) AS running;
  END IF;
  IF known > 0 OR short THEN
    RETURN post_events(p_id, p_kind, p_site, p_product, p_model, p_quantity,
                       p_occurred_at, p_document, p_counterparty,
                       p_certificate, p_shipment);
  END IF;
  INSERT INTO event (id, kind, account, quantity, occurred_at, document,
                     counterparty, certificate, shipment)
    SELECT g.id, g.kind, a.account, g.quantity, g.occurred_at, g.document,
           g.counterparty, g.certificate, g.shipment
      FROM unnest(p_id, p_kind, p_site, p_quantity, p_occurred_at, p_document,
                  p_counterparty, p_certificate, p_shipment) WITH ORDINALITY
             AS g (id, kind, site, quantity, occurred_at, document,
                   counterparty, certificate, shipment, number)
      JOIN account a ON a.site = g.site AND a.product = p_product
                    AND a.model = p_model
      ORDER BY g.number;
  UPDATE account a SET balance = a.balance + s.change
    FROM (SELECT site, sum(CASE kind WHEN 1 THEN -quantity ELSE quantity END)
                         AS change
            FROM unnest(p_kind, p_site, p_quantity)
                   AS g (kind, site, quantity)
            GROUP BY site) AS s
    WHERE a.site = s.site AND a.product = p_product AND a.model = p_model;
  RETURN repeat('A', array_length(p_id, 1));
END $$;
