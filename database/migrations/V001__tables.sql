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
    WHEN p_status = 'CANCELLED' OR p_cancelled > 0 AND p_cancelled = p_units THEN 'CANCELLED'
    WHEN p_fulfilled = 0 THEN 'UNFULFILLED'
    WHEN p_returned = p_fulfilled AND p_cancelled + p_fulfilled = p_units THEN 'RETURNED'
    WHEN p_returned > 0 THEN 'PARTIALLY_RETURNED'
    WHEN p_cancelled + p_fulfilled < p_units THEN 'PARTIALLY_FULFILLED'
    WHEN p_delivered = p_live THEN 'DELIVERED'
    ELSE 'FULFILLED' END;
END
$$;

-- The checks of single columns. For each write, PostgreSQL parses every CHECK of a table again, but a domain only once per
-- session (benchmarks/README.md). tenant_id has no domain, because Citus finds no rows by such a column.
CREATE DOMAIN positive_integer AS integer CHECK (VALUE >= 1);
CREATE DOMAIN short_text AS text CHECK (char_length(VALUE) BETWEEN 1 AND 100);
CREATE DOMAIN order_status AS text CHECK (VALUE IN ('PLACED', 'CONFIRMED', 'COMPLETED', 'CANCELLED'));
CREATE DOMAIN currency_code AS text CHECK (VALUE ~ '^[A-Z]{3}$');
-- Money in the smallest unit of its currency. The limit, 2^53 - 1, keeps every amount exact in JSON.
CREATE DOMAIN amount AS bigint CHECK (VALUE BETWEEN 0 AND 9007199254740991);
CREATE DOMAIN line_number AS integer CHECK (VALUE BETWEEN 1 AND 500);
CREATE DOMAIN item_quantity AS integer CHECK (VALUE BETWEEN 1 AND 999999);
CREATE DOMAIN unit_count AS integer CHECK (VALUE >= 0);
-- The version of an order after a write to one of its ledgers.
CREATE DOMAIN entry_seq AS integer CHECK (VALUE >= 2);
CREATE DOMAIN transaction_kind AS text
  CHECK (VALUE IN ('AUTHORIZATION', 'CAPTURE', 'SALE', 'VOID', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL'));
CREATE DOMAIN transaction_state AS text CHECK (VALUE IN ('PENDING', 'SUCCEEDED', 'FAILED'));
CREATE DOMAIN provider_name AS text CHECK (VALUE ~ '^[a-z0-9][a-z0-9._-]{0,49}$');
CREATE DOMAIN provider_reference AS text CHECK (char_length(VALUE) BETWEEN 1 AND 200);
CREATE DOMAIN fulfillment_entry_status AS text CHECK (VALUE IN ('SHIPPED', 'DELIVERED', 'CANCELLED'));
CREATE DOMAIN return_status AS text
  CHECK (VALUE IN ('REQUESTED', 'PARTIALLY_RECEIVED', 'RECEIVED', 'CLOSED', 'CANCELLED'));
CREATE DOMAIN event_type AS text CHECK (VALUE IN ('ORDER_PLACED', 'ORDER_UPDATED', 'ORDER_CONFIRMED', 'ORDER_COMPLETED',
  'ORDER_CANCELLED', 'ORDER_ERASED', 'TRANSACTION_RECORDED', 'TRANSACTION_SETTLED', 'FULFILLMENT_CREATED',
  'FULFILLMENT_UPDATED', 'FULFILLMENT_DELIVERED', 'FULFILLMENT_CANCELLED', 'ITEMS_CANCELLED', 'RETURN_CREATED',
  'RETURN_RECEIVED', 'RETURN_CLOSED', 'RETURN_CANCELLED'));
CREATE DOMAIN idempotency_key AS text CHECK (char_length(VALUE) BETWEEN 1 AND 255);

CREATE TABLE orders (
  tenant_id               text             NOT NULL CHECK (char_length(tenant_id) BETWEEN 1 AND 64),
  order_id                uuid             NOT NULL,
  version                 positive_integer NOT NULL,
  status                  order_status     NOT NULL,
  external_ref            short_text,
  currency                currency_code    NOT NULL,
  customer_id             text,
  customer_email          text,
  customer_name           text,
  discounts               json,
  shipping_amount         amount,
  shipping_tax_rate       text             CHECK ((shipping_tax_rate IS NULL) = (shipping_amount IS NULL)),
  subtotal                amount           NOT NULL,
  discount                amount           NOT NULL CHECK (discount <= subtotal),
  shipping                amount           NOT NULL CHECK (shipping = coalesce(shipping_amount, 0)),
  tax                     amount           NOT NULL,
  grand_total             amount           NOT NULL,
  shipping_address        json,
  billing_address         json,
  note                    text,
  metadata                json,
  cancel_reason           text             CHECK (cancel_reason IS NULL OR status = 'CANCELLED'),
  created_by              text             NOT NULL,
  created_by_email        text,
  created_at              timestamptz      NOT NULL,
  updated_at              timestamptz      NOT NULL CHECK (updated_at >= created_at),
  -- The size of the order's JSON in bytes, so that a page of a list can end before it grows too large.
  document_bytes          positive_integer NOT NULL,
  -- The sums of the amounts of the order's transactions, by kind and state. allowances is the sum of the allowances of
  -- SUCCEEDED refunds. credits is the sum of the credits for units that were canceled or returned, without the fees.
  authorized_total        bigint           NOT NULL DEFAULT 0,
  captures                bigint           NOT NULL DEFAULT 0,
  capture_pending         bigint           NOT NULL DEFAULT 0,
  sales                   bigint           NOT NULL DEFAULT 0,
  sale_pending            bigint           NOT NULL DEFAULT 0,
  voided                  bigint           NOT NULL DEFAULT 0,
  void_pending            bigint           NOT NULL DEFAULT 0,
  refunded                bigint           NOT NULL DEFAULT 0,
  refund_pending          bigint           NOT NULL DEFAULT 0,
  chargebacks             bigint           NOT NULL DEFAULT 0,
  chargeback_reversals    bigint           NOT NULL DEFAULT 0,
  allowances              bigint           NOT NULL DEFAULT 0,
  credits                 bigint           NOT NULL DEFAULT 0,
  -- The sum of the amounts of all transactions that are not FAILED. Its limit, 2^53 - 1, keeps every other sum exact in
  -- JSON. After it, the numbers of transactions that are not FAILED, and of those that are.
  transactions_total      bigint           NOT NULL DEFAULT 0,
  transactions_live       integer          NOT NULL DEFAULT 0,
  transactions_failed     integer          NOT NULL DEFAULT 0,
  -- The member `payment` of the order's JSON, and its status. payment_1 derives both from the sums above.
  payment                 text             NOT NULL,
  payment_status          text             NOT NULL,
  -- The numbers of units: all units of the order, and those that were canceled, fulfilled or returned. units stays 0 until
  -- the first unit is canceled or fulfilled. So creating an order does not count units.
  units                   integer          NOT NULL DEFAULT 0,
  units_cancelled         integer          NOT NULL DEFAULT 0,
  units_fulfilled         integer          NOT NULL DEFAULT 0,
  units_returned          integer          NOT NULL DEFAULT 0,
  -- The numbers of fulfillments that are SHIPPED or DELIVERED, and of those that are DELIVERED.
  fulfillments_live       integer          NOT NULL DEFAULT 0,
  fulfillments_delivered  integer          NOT NULL DEFAULT 0,
  -- fulfillment_status_1 derives the status from the numbers above.
  fulfillment_status      text             NOT NULL DEFAULT 'UNFULFILLED',
  PRIMARY KEY (tenant_id, order_id),
  UNIQUE (tenant_id, external_ref),
  CONSTRAINT totals_add_up CHECK (grand_total = subtotal - discount + shipping + tax),
  -- payment_1 and fulfillment_status_1 return NULL for sums that contradict each other. A CHECK accepts NULL, so the
  -- comparisons end with IS TRUE.
  CONSTRAINT sums_are_derived CHECK (payment_status = split_part(payment, '"', 4)
    AND (transactions_live + transactions_failed + credits = 0 OR payment = payment_1(
      status, grand_total, credits, allowances, authorized_total, captures, capture_pending, sales, sale_pending, voided,
      void_pending, refunded, refund_pending, chargebacks, chargeback_reversals)) IS TRUE
    AND (fulfillment_status = fulfillment_status_1(
      status, units, units_cancelled, units_fulfilled, units_returned, fulfillments_live, fulfillments_delivered)) IS TRUE)
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
  tenant_id       text          NOT NULL,
  order_id        uuid          NOT NULL,
  line_number     line_number   NOT NULL,
  sku             short_text    NOT NULL,
  name            text,
  quantity        item_quantity NOT NULL,
  unit_price      amount        NOT NULL,
  tax_rate        text          NOT NULL,
  subtotal        amount        NOT NULL CHECK (subtotal = quantity * unit_price),
  discount        amount        NOT NULL CHECK (discount <= subtotal),
  tax             amount        NOT NULL,
  total           amount        NOT NULL,
  -- The numbers of units that were canceled, fulfilled or returned. return_pending is the number of units of open returns
  -- that have not arrived.
  cancelled       unit_count    NOT NULL DEFAULT 0,
  fulfilled       unit_count    NOT NULL DEFAULT 0,
  return_pending  unit_count    NOT NULL DEFAULT 0,
  returned        unit_count    NOT NULL DEFAULT 0,
  -- The sum of the credits for canceled and returned units, before fees.
  credited        amount        NOT NULL DEFAULT 0,
  PRIMARY KEY (tenant_id, order_id, line_number),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE,
  CONSTRAINT line_adds_up CHECK (total = subtotal - discount + tax
    AND fulfilled + cancelled <= quantity AND returned + return_pending <= fulfilled)
);

-- The ledger of payments. An entry records what happened to money at a payment provider.
CREATE TABLE transactions (
  tenant_id         text               NOT NULL,
  transaction_id    uuid               NOT NULL,
  order_id          uuid               NOT NULL,
  -- The order's version right after the entry was recorded. Lists are sorted by seq.
  seq               entry_seq          NOT NULL,
  kind              transaction_kind   NOT NULL,
  state             transaction_state  NOT NULL,
  amount            amount             NOT NULL CHECK (amount > 0),
  currency          currency_code      NOT NULL,
  provider          provider_name      NOT NULL,
  reference         provider_reference,
  payment           text,
  method            json,
  items             json,
  shipping_amount   amount,
  allowance         amount             CHECK (allowance IS NULL OR kind = 'REFUND' AND allowance <= amount),
  return_id         uuid,
  reason            text,
  occurred_at       timestamptz,
  -- The time of the latest report that named the present state again. No response shows it.
  reported_at       timestamptz,
  observed          boolean            NOT NULL,
  metadata          json,
  failure_reason    text               CHECK (failure_reason IS NULL OR state = 'FAILED'),
  created_by        text               NOT NULL,
  created_by_email  text,
  created_at        timestamptz        NOT NULL,
  updated_at        timestamptz        NOT NULL CHECK (updated_at >= created_at),
  PRIMARY KEY (tenant_id, transaction_id),
  UNIQUE (tenant_id, order_id, seq),
  -- A tenant records each fact of a provider at most once.
  UNIQUE (tenant_id, provider, reference, kind),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE,
  CONSTRAINT success_has_a_reference CHECK (reference IS NOT NULL OR state <> 'SUCCEEDED')
);

-- The ledger of fulfillments. An entry is a group of units that leave together, such as one parcel.
CREATE TABLE fulfillments (
  tenant_id              text                     NOT NULL,
  fulfillment_id         uuid                     NOT NULL,
  order_id               uuid                     NOT NULL,
  -- The order's version right after the entry was made. Lists are sorted by seq. All ledgers have this column.
  seq                    entry_seq                NOT NULL,
  status                 fulfillment_entry_status NOT NULL,
  -- The line numbers and quantities.
  items                  json                     NOT NULL,
  reference              short_text,
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
  created_by             text                     NOT NULL,
  created_by_email       text,
  created_at             timestamptz              NOT NULL,
  updated_at             timestamptz              NOT NULL CHECK (updated_at >= created_at),
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
  seq               entry_seq   NOT NULL,
  -- The line numbers, quantities and credits.
  items             json        NOT NULL,
  reason            text        NOT NULL,
  note              text,
  -- The sum of the credits of the items.
  credit            amount      NOT NULL,
  created_by        text        NOT NULL,
  created_by_email  text,
  created_at        timestamptz NOT NULL,
  PRIMARY KEY (tenant_id, cancellation_id),
  UNIQUE (tenant_id, order_id, seq),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE
);

-- The ledger of returns. An entry says what a customer sends back, and what has arrived.
CREATE TABLE returns (
  tenant_id         text          NOT NULL,
  return_id         uuid          NOT NULL,
  order_id          uuid          NOT NULL,
  seq               entry_seq     NOT NULL,
  status            return_status NOT NULL,
  -- The line numbers, with the quantities, credits and fees so far.
  items             json          NOT NULL,
  -- The sums of the credits and fees of the items.
  credit            amount        NOT NULL DEFAULT 0,
  fee               amount        NOT NULL DEFAULT 0,
  receipts          json          NOT NULL DEFAULT '[]',
  note              text,
  created_by        text          NOT NULL,
  created_by_email  text,
  created_at        timestamptz   NOT NULL,
  updated_at        timestamptz   NOT NULL CHECK (updated_at >= created_at),
  PRIMARY KEY (tenant_id, return_id),
  UNIQUE (tenant_id, order_id, seq),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE,
  CONSTRAINT fees_are_in_credits CHECK (fee <= credit)
);

CREATE TABLE order_events (
  tenant_id  text             NOT NULL,
  order_id   uuid             NOT NULL,
  seq        positive_integer NOT NULL,
  -- Identifies the write of this event, so that the write can be sent again after a lost connection.
  change_id  uuid             NOT NULL,
  type       event_type       NOT NULL,
  at         timestamptz      NOT NULL,
  by         text             NOT NULL,
  by_email   text,
  changes    json             NOT NULL,
  -- The data of the published event. It is stored, so that each delivery has the same bytes. It has no personal data.
  summary    json             NOT NULL,
  PRIMARY KEY (tenant_id, order_id, seq),
  FOREIGN KEY (tenant_id, order_id) REFERENCES orders ON DELETE CASCADE
);

-- The events that have no position in the log yet. A write adds its event here, in its own transaction, and waits for no
-- reader. A reader of the log moves the rows to event_log. The columns have no checks, because order_events has them.
CREATE TABLE outbox (
  tenant_id  text        NOT NULL,
  at         timestamptz NOT NULL,
  order_id   uuid        NOT NULL,
  seq        integer     NOT NULL,
  PRIMARY KEY (tenant_id, at, order_id, seq)
);

-- The events of a tenant in the order in which readers see them: positions 1, 2, 3 and so on, without a gap. An entry
-- stays when its order is removed. So there is no foreign key.
CREATE TABLE event_log (
  tenant_id  text             NOT NULL CHECK (char_length(tenant_id) BETWEEN 1 AND 64),
  position   bigint           NOT NULL CHECK (position >= 1),
  order_id   uuid             NOT NULL,
  seq        positive_integer NOT NULL,
  at         timestamptz      NOT NULL,
  PRIMARY KEY (tenant_id, position)
);

-- The event log of each tenant. Positions of another epoch belong to other events: a restore of a backup renews the
-- epoch.
CREATE TABLE feeds (
  tenant_id  text   NOT NULL CHECK (char_length(tenant_id) BETWEEN 1 AND 64),
  -- The last position.
  head       bigint NOT NULL CHECK (head >= 0),
  epoch      uuid   NOT NULL,
  PRIMARY KEY (tenant_id)
);

-- The responses to requests with an Idempotency-Key. Only requests that succeeded have a row.
CREATE TABLE idempotency_keys (
  tenant_id    text            NOT NULL CHECK (char_length(tenant_id) BETWEEN 1 AND 64),
  key          idempotency_key NOT NULL,
  fingerprint  text            NOT NULL,
  change_id    uuid            NOT NULL,
  order_id     uuid            NOT NULL,
  -- The ledger entry of the response; NULL if the response is an order.
  entry_id     uuid,
  -- The order's version after the request.
  version      integer         NOT NULL,
  -- The HTTP status of the response.
  status       smallint        NOT NULL,
  answer       text            NOT NULL,
  created_at   timestamptz     NOT NULL,
  PRIMARY KEY (tenant_id, key)
);

CREATE INDEX idempotency_keys_by_age ON idempotency_keys (tenant_id, created_at);
