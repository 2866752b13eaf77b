-- Orders with their items, ledgers and events, the event log, and the stored responses of idempotency keys.
--
-- tenant_id comes first in every key, so that Citus and Azure elastic clusters can distribute the tables by it. The
-- application makes ids and times, so nothing here needs a sequence or a trigger. Only the age of an idempotency key
-- comes from the database's clock.

-- Returns the member `payment` of an order's JSON (docs/payments.md has the formulas). Its first member is the status.
-- Returns NULL if a sum is negative.
CREATE FUNCTION payment_1(p_status text, p_grand_total bigint, p_credits bigint DEFAULT 0, p_allowances bigint DEFAULT 0,
                          p_authorized_total bigint DEFAULT 0, p_captures bigint DEFAULT 0,
                          p_capture_pending bigint DEFAULT 0, p_sales bigint DEFAULT 0, p_sale_pending bigint DEFAULT 0,
                          p_voided bigint DEFAULT 0, p_void_pending bigint DEFAULT 0, p_refunded bigint DEFAULT 0,
                          p_refund_pending bigint DEFAULT 0, p_chargebacks bigint DEFAULT 0,
                          p_chargeback_reversals bigint DEFAULT 0) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
DECLARE
  v_authorized bigint := greatest(0, p_authorized_total - p_voided - p_void_pending - p_captures - p_capture_pending);
  v_captured bigint := p_captures + p_sales;
  v_charged_back bigint := greatest(0, p_chargebacks - p_chargeback_reversals);
  v_due bigint := CASE WHEN p_status = 'CANCELLED' THEN 0
                       ELSE greatest(0, p_grand_total - p_credits - p_allowances) END;
  v_balance bigint := v_due - (v_captured - p_refunded - v_charged_back);
  v_status text;
BEGIN
  IF least(p_credits, p_allowances, p_authorized_total, p_captures, p_capture_pending, p_sales, p_sale_pending, p_voided,
           p_void_pending, p_refunded, p_refund_pending, p_chargebacks, p_chargeback_reversals) < 0 THEN
    RETURN NULL;
  END IF;
  v_status := CASE
    WHEN v_captured > 0 THEN CASE
      WHEN p_refunded >= v_captured THEN 'REFUNDED'
      WHEN p_refunded + v_charged_back >= v_captured THEN 'CHARGED_BACK'
      WHEN p_refunded > 0 THEN 'PARTIALLY_REFUNDED'
      WHEN v_balance > 0 THEN 'PARTIALLY_PAID'
      WHEN v_balance = 0 THEN 'PAID'
      ELSE 'OVERPAID' END
    WHEN p_capture_pending + p_sale_pending > 0 THEN 'PENDING'
    WHEN v_authorized > 0 THEN CASE WHEN v_authorized >= v_due THEN 'AUTHORIZED' ELSE 'PARTIALLY_AUTHORIZED' END
    WHEN p_status = 'CANCELLED' OR p_voided > 0 THEN 'VOIDED'
    WHEN v_due = 0 THEN 'PAID'
    ELSE 'UNPAID' END;
  RETURN format(
    '{"status":"%s","authorized":%s,"captured":%s,"refunded":%s,"refundPending":%s,"chargedBack":%s,"refundable":%s,'
    '"excess":%s,"due":%s,"balance":%s}',
    v_status, v_authorized, v_captured, p_refunded, p_refund_pending, v_charged_back,
    greatest(0, v_captured - p_refunded - p_refund_pending - v_charged_back),
    greatest(0, p_voided + p_captures - p_authorized_total)
      + greatest(0, p_refunded + p_refund_pending + v_charged_back - v_captured),
    v_due, v_balance);
END
$$;

-- Returns the member `fulfillment.status` of an order's JSON. The first condition that holds decides. Returns NULL if the
-- numbers contradict each other.
CREATE FUNCTION fulfillment_status_1(p_status text, p_units integer, p_cancelled integer, p_fulfilled integer,
                                     p_returned integer, p_live integer, p_delivered integer) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = public, pg_temp AS $$
BEGIN
  RETURN CASE
    WHEN least(p_cancelled, p_returned, p_delivered, p_units - p_cancelled - p_fulfilled, p_fulfilled - p_returned,
               p_live - p_delivered) < 0 THEN NULL
    WHEN p_status = 'CANCELLED' OR p_cancelled = p_units THEN 'CANCELLED'
    WHEN p_fulfilled = 0 THEN 'UNFULFILLED'
    WHEN p_returned = p_fulfilled AND p_cancelled + p_fulfilled = p_units THEN 'RETURNED'
    WHEN p_returned > 0 THEN 'PARTIALLY_RETURNED'
    WHEN p_cancelled + p_fulfilled < p_units THEN 'PARTIALLY_FULFILLED'
    WHEN p_delivered = p_live THEN 'DELIVERED'
    ELSE 'FULFILLED' END;
END
$$;

CREATE TABLE orders (
  tenant_id           text        NOT NULL CHECK (char_length(tenant_id) BETWEEN 1 AND 64),
  order_id            uuid        NOT NULL,
  version             integer     NOT NULL CHECK (version >= 1),
  status              text        NOT NULL CHECK (status IN ('PLACED', 'CONFIRMED', 'COMPLETED', 'CANCELLED')),
  external_ref        text        CHECK (char_length(external_ref) BETWEEN 1 AND 100),
  currency            text        NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  customer_id         text,
  customer_email      text,
  customer_name       text,
  discounts           json,
  shipping_amount     bigint      CHECK (shipping_amount >= 0),
  shipping_tax_rate   text        CHECK ((shipping_tax_rate IS NULL) = (shipping_amount IS NULL)),
  subtotal            bigint      NOT NULL CHECK (subtotal >= 0),
  discount            bigint      NOT NULL CHECK (discount BETWEEN 0 AND subtotal),
  shipping            bigint      NOT NULL CHECK (shipping = coalesce(shipping_amount, 0)),
  tax                 bigint      NOT NULL CHECK (tax >= 0),
  grand_total         bigint      NOT NULL CHECK (grand_total BETWEEN 0 AND 9007199254740991),
  shipping_address    json,
  billing_address     json,
  note                text,
  metadata            json,
  cancel_reason       text        CHECK (cancel_reason IS NULL OR status = 'CANCELLED'),
  created_by          text        NOT NULL,
  created_by_email    text,
  created_at          timestamptz NOT NULL,
  updated_at          timestamptz NOT NULL CHECK (updated_at >= created_at),
  -- The size of the order's JSON in bytes, so that a page of a list can end before it grows too large.
  document_bytes      integer     NOT NULL CHECK (document_bytes > 0),
  -- The sums of the amounts of the order's transactions, by kind and state. allowances is the sum of the allowances of
  -- SUCCEEDED refunds. credits is the sum of the credits for units that were canceled or returned, without the fees.
  authorized_total      bigint  NOT NULL DEFAULT 0,
  captures              bigint  NOT NULL DEFAULT 0,
  capture_pending       bigint  NOT NULL DEFAULT 0,
  sales                 bigint  NOT NULL DEFAULT 0,
  sale_pending          bigint  NOT NULL DEFAULT 0,
  voided                bigint  NOT NULL DEFAULT 0,
  void_pending          bigint  NOT NULL DEFAULT 0,
  refunded              bigint  NOT NULL DEFAULT 0,
  refund_pending        bigint  NOT NULL DEFAULT 0,
  chargebacks           bigint  NOT NULL DEFAULT 0,
  chargeback_reversals  bigint  NOT NULL DEFAULT 0,
  allowances            bigint  NOT NULL DEFAULT 0,
  credits               bigint  NOT NULL DEFAULT 0,
  -- The sum of the amounts of all transactions that are not FAILED. Its limit, 2^53 - 1, keeps every other sum exact in
  -- JSON. After it, the numbers of transactions that are not FAILED, and of those that are.
  transactions_total    bigint  NOT NULL DEFAULT 0,
  transactions_live     integer NOT NULL DEFAULT 0,
  transactions_failed   integer NOT NULL DEFAULT 0,
  -- The member `payment` of the order's JSON, and its status. payment_1 derives both from the sums above.
  payment               text    NOT NULL,
  payment_status        text    NOT NULL,
  -- The numbers of units: all units of the order, and those that were canceled, fulfilled or returned. units stays 0 until
  -- the first unit is canceled or fulfilled. So creating an order does not count units.
  units                   integer NOT NULL DEFAULT 0,
  units_cancelled         integer NOT NULL DEFAULT 0,
  units_fulfilled         integer NOT NULL DEFAULT 0,
  units_returned          integer NOT NULL DEFAULT 0,
  -- The numbers of fulfillments that are SHIPPED or DELIVERED, and of those that are DELIVERED.
  fulfillments_live       integer NOT NULL DEFAULT 0,
  fulfillments_delivered  integer NOT NULL DEFAULT 0,
  -- fulfillment_status_1 derives the status from the numbers above.
  fulfillment_status      text    NOT NULL DEFAULT 'UNFULFILLED',
  PRIMARY KEY (tenant_id, order_id),
  UNIQUE (tenant_id, external_ref),
  CONSTRAINT totals_add_up CHECK (grand_total = subtotal - discount + shipping + tax),
  -- PostgreSQL prepares every CHECK again for each write, so one CHECK covers all sums. An order without entries in its
  -- ledgers skips the expensive calls.
  CONSTRAINT sums_are_derived CHECK (
    payment ^@ ('{"status":"' || payment_status || '"')
    AND (transactions_live + transactions_failed + credits = 0 OR coalesce(payment = payment_1(
      status, grand_total, credits, allowances, authorized_total, captures, capture_pending, sales, sale_pending, voided,
      void_pending, refunded, refund_pending, chargebacks, chargeback_reversals), false))
    AND CASE WHEN units_cancelled + units_fulfilled = 0
          THEN fulfillment_status = CASE status WHEN 'CANCELLED' THEN status ELSE 'UNFULFILLED' END
          ELSE coalesce(fulfillment_status = fulfillment_status_1(status, units, units_cancelled, units_fulfilled,
            units_returned, fulfillments_live, fulfillments_delivered), false) END)
);

CREATE INDEX orders_by_creation ON orders (tenant_id, created_at, order_id);
CREATE INDEX orders_by_change ON orders (tenant_id, updated_at, order_id);
CREATE INDEX orders_by_creator ON orders (tenant_id, created_by, created_at, order_id);
CREATE INDEX orders_by_status ON orders (tenant_id, status, created_at, order_id);
CREATE INDEX orders_by_payment_status ON orders (tenant_id, payment_status, created_at, order_id);
CREATE INDEX orders_by_fulfillment_status ON orders (tenant_id, fulfillment_status, created_at, order_id);
CREATE INDEX orders_by_customer ON orders (tenant_id, customer_id, created_at, order_id)
  WHERE customer_id IS NOT NULL;

CREATE TABLE order_items (
  tenant_id    text    NOT NULL,
  order_id     uuid    NOT NULL,
  line_number  integer NOT NULL CHECK (line_number BETWEEN 1 AND 500),
  sku          text    NOT NULL CHECK (char_length(sku) BETWEEN 1 AND 100),
  name         text,
  quantity     integer NOT NULL CHECK (quantity BETWEEN 1 AND 999999),
  unit_price   bigint  NOT NULL CHECK (unit_price >= 0),
  tax_rate     text    NOT NULL,
  subtotal     bigint  NOT NULL CHECK (subtotal = quantity * unit_price),
  discount     bigint  NOT NULL CHECK (discount BETWEEN 0 AND subtotal),
  tax          bigint  NOT NULL CHECK (tax >= 0),
  total        bigint  NOT NULL,
  -- The numbers of units that were canceled, fulfilled or returned. return_pending is the number of units of open returns
  -- that have not arrived.
  cancelled       integer NOT NULL DEFAULT 0,
  fulfilled       integer NOT NULL DEFAULT 0,
  return_pending  integer NOT NULL DEFAULT 0,
  returned        integer NOT NULL DEFAULT 0,
  -- The sum of the credits for canceled and returned units, before fees.
  credited        bigint  NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, order_id, line_number),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE,
  CONSTRAINT line_adds_up CHECK (total = subtotal - discount + tax
    AND least(cancelled, return_pending, returned, credited) >= 0
    AND fulfilled + cancelled <= quantity AND returned + return_pending <= fulfilled)
);

-- The ledger of payments. An entry records what happened to money at a payment provider.
CREATE TABLE transactions (
  tenant_id         text        NOT NULL,
  transaction_id    uuid        NOT NULL,
  order_id          uuid        NOT NULL,
  -- The order's version right after the entry was recorded. Lists are sorted by seq.
  seq               integer     NOT NULL CHECK (seq >= 2),
  kind              text        NOT NULL CHECK (kind IN ('AUTHORIZATION', 'CAPTURE', 'SALE', 'VOID', 'REFUND',
                                                         'CHARGEBACK', 'CHARGEBACK_REVERSAL')),
  state             text        NOT NULL CHECK (state IN ('PENDING', 'SUCCEEDED', 'FAILED')),
  amount            bigint      NOT NULL CHECK (amount BETWEEN 1 AND 9007199254740991),
  currency          text        NOT NULL,
  provider          text        NOT NULL CHECK (provider ~ '^[a-z0-9][a-z0-9._-]{0,49}$'),
  reference         text        CHECK (char_length(reference) BETWEEN 1 AND 200),
  payment           text,
  method            json,
  items             json,
  shipping_amount   bigint      CHECK (shipping_amount >= 0),
  allowance         bigint      CHECK (allowance IS NULL OR kind = 'REFUND' AND allowance BETWEEN 0 AND amount),
  return_id         uuid,
  reason            text,
  occurred_at       timestamptz,
  -- The time of the latest report that named the present state again. No response shows it.
  reported_at       timestamptz,
  observed          boolean     NOT NULL,
  metadata          json,
  failure_reason    text        CHECK (failure_reason IS NULL OR state = 'FAILED'),
  created_by        text        NOT NULL,
  created_by_email  text,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL CHECK (updated_at >= created_at),
  PRIMARY KEY (tenant_id, transaction_id),
  UNIQUE (tenant_id, order_id, seq),
  -- A tenant records each fact of a provider at most once.
  UNIQUE (tenant_id, provider, reference, kind),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE,
  CONSTRAINT success_has_a_reference CHECK (reference IS NOT NULL OR state <> 'SUCCEEDED')
);

-- The ledger of fulfillments. An entry is a parcel, or anything else that leaves in one piece.
CREATE TABLE fulfillments (
  tenant_id              text        NOT NULL,
  fulfillment_id         uuid        NOT NULL,
  order_id               uuid        NOT NULL,
  -- The order's version right after the entry was made. Lists are sorted by seq. All ledgers have this column.
  seq                    integer     NOT NULL CHECK (seq >= 2),
  status                 text        NOT NULL CHECK (status IN ('SHIPPED', 'DELIVERED', 'CANCELLED')),
  -- The line numbers and quantities.
  items                  json        NOT NULL,
  reference              text        CHECK (char_length(reference) BETWEEN 1 AND 100),
  -- SHA-256 of the request, if it has a reference. Tells a repeated request from another request.
  request_hash           bytea,
  carrier                text,
  tracking_number        text,
  tracking_url           text,
  tracking_status        text,
  estimated_delivery_at  timestamptz,
  location               text,
  address                json,
  metadata               json,
  created_by             text        NOT NULL,
  created_by_email       text,
  created_at             timestamptz NOT NULL,
  updated_at             timestamptz NOT NULL CHECK (updated_at >= created_at),
  PRIMARY KEY (tenant_id, fulfillment_id),
  UNIQUE (tenant_id, order_id, seq),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE
);

-- Canceling a fulfillment frees its reference.
CREATE UNIQUE INDEX fulfillments_by_reference ON fulfillments (tenant_id, reference) WHERE status <> 'CANCELLED';

-- The ledger of canceled units.
CREATE TABLE cancellations (
  tenant_id         text        NOT NULL,
  cancellation_id   uuid        NOT NULL,
  order_id          uuid        NOT NULL,
  seq               integer     NOT NULL CHECK (seq >= 2),
  -- The line numbers, quantities and credits.
  items             json        NOT NULL,
  reason            text        NOT NULL,
  note              text,
  -- The sum of the credits of the items.
  credit            bigint      NOT NULL CHECK (credit >= 0),
  created_by        text        NOT NULL,
  created_by_email  text,
  created_at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, cancellation_id),
  UNIQUE (tenant_id, order_id, seq),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE
);

-- The ledger of returns. An entry says what a customer sends back, and what has arrived.
CREATE TABLE returns (
  tenant_id         text        NOT NULL,
  return_id         uuid        NOT NULL,
  order_id          uuid        NOT NULL,
  seq               integer     NOT NULL CHECK (seq >= 2),
  status            text        NOT NULL CHECK (status IN ('REQUESTED', 'PARTIALLY_RECEIVED', 'RECEIVED', 'CLOSED',
                                                           'CANCELLED')),
  -- The line numbers, with the quantities, credits and fees so far.
  items             json        NOT NULL,
  -- The sums of the credits and fees of the items.
  credit            bigint      NOT NULL DEFAULT 0,
  fee               bigint      NOT NULL DEFAULT 0,
  receipts          json        NOT NULL DEFAULT '[]',
  note              text,
  created_by        text        NOT NULL,
  created_by_email  text,
  created_at        timestamptz NOT NULL,
  updated_at        timestamptz NOT NULL CHECK (updated_at >= created_at),
  PRIMARY KEY (tenant_id, return_id),
  UNIQUE (tenant_id, order_id, seq),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE,
  CONSTRAINT fees_are_in_credits CHECK (fee BETWEEN 0 AND credit)
);

CREATE TABLE order_events (
  tenant_id  text        NOT NULL,
  order_id   uuid        NOT NULL,
  seq        integer     NOT NULL CHECK (seq >= 1),
  -- Identifies the write of this event, so that the write can be sent again after a lost connection.
  change_id  uuid        NOT NULL,
  type       text        NOT NULL CHECK (type IN ('ORDER_PLACED', 'ORDER_UPDATED', 'ORDER_CONFIRMED',
                                                  'ORDER_COMPLETED', 'ORDER_CANCELLED', 'ORDER_ERASED',
                                                  'TRANSACTION_RECORDED', 'TRANSACTION_SETTLED',
                                                  'FULFILLMENT_CREATED', 'FULFILLMENT_UPDATED',
                                                  'FULFILLMENT_DELIVERED', 'FULFILLMENT_CANCELLED', 'ITEMS_CANCELLED',
                                                  'RETURN_CREATED', 'RETURN_RECEIVED', 'RETURN_CLOSED',
                                                  'RETURN_CANCELLED')),
  at         timestamptz NOT NULL,
  by         text        NOT NULL,
  by_email   text,
  changes    json        NOT NULL,
  -- The data of the published event. It is stored, so that each delivery has the same bytes. It has no personal data.
  summary    json        NOT NULL,
  PRIMARY KEY (tenant_id, order_id, seq),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE
);

-- The events that have no position in the log yet. A write adds its event here, in its own transaction, and waits for no
-- reader. A reader of the log moves the rows to event_log.
CREATE TABLE outbox (
  tenant_id  text        NOT NULL CHECK (char_length(tenant_id) BETWEEN 1 AND 64),
  at         timestamptz NOT NULL,
  order_id   uuid        NOT NULL,
  seq        integer     NOT NULL CHECK (seq >= 1),
  PRIMARY KEY (tenant_id, at, order_id, seq)
);

-- The events of a tenant in the order in which readers see them: positions 1, 2, 3 and so on, without a gap. An entry
-- stays when its order is removed. So there is no foreign key.
CREATE TABLE event_log (
  tenant_id  text        NOT NULL CHECK (char_length(tenant_id) BETWEEN 1 AND 64),
  position   bigint      NOT NULL CHECK (position >= 1),
  order_id   uuid        NOT NULL,
  seq        integer     NOT NULL CHECK (seq >= 1),
  at         timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, position)
);

-- The event log of each tenant. Positions of another epoch belong to other events: a restore of a backup renews the
-- epoch.
CREATE TABLE feeds (
  tenant_id  text        NOT NULL CHECK (char_length(tenant_id) BETWEEN 1 AND 64),
  -- The last position.
  head       bigint      NOT NULL CHECK (head >= 0),
  epoch      uuid        NOT NULL,
  PRIMARY KEY (tenant_id)
);

-- The responses to requests with an Idempotency-Key. Only requests that succeeded have a row.
CREATE TABLE idempotency_keys (
  tenant_id    text        NOT NULL CHECK (char_length(tenant_id) BETWEEN 1 AND 64),
  key          text        NOT NULL CHECK (char_length(key) BETWEEN 1 AND 255),
  fingerprint  text        NOT NULL,
  change_id    uuid        NOT NULL,
  order_id     uuid        NOT NULL,
  -- The ledger entry of the response; NULL if the response is an order.
  entry_id     uuid,
  -- The order's version after the request.
  version      integer     NOT NULL,
  -- The HTTP status of the response.
  status       smallint    NOT NULL,
  answer       text        NOT NULL,
  created_at   timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, key)
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (tenant_id, created_at);
