// The payments of an order: what is due, the ledger of transactions, and the buttons to record, settle and refund.

import { ifMatch } from './api.js';
import { openDialog } from './dialog.js';
import { chip, facts, html, nothing, table, time } from './html.js';
import { decimal, minorUnits, money } from './money.js';

const KINDS = ['SALE', 'AUTHORIZATION', 'CAPTURE', 'VOID', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL'];
const COLUMNS = [
  { title: 'Kind' }, { title: 'State' }, { title: 'Amount', kind: 'number' }, { title: 'Provider' }, { title: 'Recorded (UTC)' },
  { title: 'Action' },
];

/** Shows the payment of an order and its transactions. */
export function paymentSection(order, transactions, reload) {
  const { payment, currency } = order;
  const amount = (value) => (value ? money(value, currency) : '');
  return html`
    <section aria-labelledby="payments-title">
      <h2 id="payments-title">Payments ${chip(payment.status)}</h2>
      ${facts([
        ['Due', money(payment.due, currency)],
        ['Captured', money(payment.captured, currency)],
        ['Refunded', amount(payment.refunded)],
        ['Refund pending', amount(payment.refundPending)],
        ['Authorized', amount(payment.authorized)],
        ['Charged back', amount(payment.chargedBack)],
        ['Excess', amount(payment.excess)],
        ['Balance', money(payment.balance, currency)],
      ])}
      ${transactions.length ? table('Transactions', COLUMNS, transactions.map((entry) => row(order, entry, reload))) : nothing}
      <p class="buttons">
        <button id="record" @click=${() => record(order, reload)}>Record a payment</button>
        ${payment.refundable ? html`<button id="refund" @click=${() => refund(order, reload)}>Refund</button>` : nothing}
      </p>
    </section>`;
}

function row(order, entry, reload) {
  return [
    entry.kind.toLowerCase().replaceAll('_', ' '),
    html`${chip(entry.state)} ${entry.failureReason ?? ''}`,
    money(entry.amount, entry.currency),
    html`${entry.provider} <code>${entry.reference ?? ''}</code>`,
    time(entry.createdAt),
    entry.state === 'PENDING' ? html`<button @click=${() => settle(order, entry, reload)}>Settle</button>` : '',
  ];
}

function record(order, reload) {
  const { due, captured } = order.payment;
  return openDialog({
    title: 'Record a payment',
    verb: 'Record',
    fields: [
      { name: 'kind', label: 'Kind', type: 'select', value: 'SALE', options: KINDS },
      { name: 'state', label: 'State', type: 'select', value: 'SUCCEEDED', options: ['SUCCEEDED', 'PENDING', 'FAILED'] },
      amountField(order, Math.max(due - captured, 0)),
      providerField(),
      referenceField(),
    ],
    request: (form) => post(order, { kind: form.get('kind'), state: form.get('state'), ...entry(order, form) }),
    done: () => reload('The payment is recorded'),
    reload,
  });
}

function refund(order, reload) {
  return openDialog({
    title: 'Refund',
    verb: 'Refund',
    fields: [
      amountField(order, order.payment.refundable),
      {
        name: 'allowance', label: `Allowance in ${order.currency}`, value: decimal(0, order.currency), mode: 'decimal',
        hint: 'The part of the amount that the customer no longer owes: goodwill, or shipping that the merchant gives up.',
      },
      { name: 'state', label: 'State', type: 'select', value: 'SUCCEEDED', options: ['SUCCEEDED', 'PENDING'] },
      { name: 'reason', label: 'Reason' },
      providerField(),
      referenceField(),
    ],
    request: (form) => {
      const allowance = minorUnits(form.get('allowance'), order.currency);
      return post(order, {
        kind: 'REFUND',
        state: form.get('state'),
        ...entry(order, form),
        ...(allowance ? { allowance } : {}),
        ...(form.get('reason') ? { reason: form.get('reason') } : {}),
      });
    },
    done: () => reload('The refund is recorded'),
    reload,
  });
}

function settle(order, entry, reload) {
  return openDialog({
    title: `Settle the ${entry.kind.toLowerCase()} of ${money(entry.amount, entry.currency)}`,
    verb: 'Settle',
    fields: [
      { name: 'state', label: 'State', type: 'select', value: 'SUCCEEDED', options: ['SUCCEEDED', 'FAILED'] },
      ...(entry.reference ? [] : [referenceField()]),
      { name: 'failureReason', label: 'Reason of a failure' },
    ],
    before: entry,
    request: (form) => {
      const failed = form.get('state') === 'FAILED';
      return {
        method: 'POST',
        path: `/orders/${order.id}/transactions/${entry.id}/settle`,
        ifMatch: ifMatch(order),
        body: {
          state: form.get('state'),
          ...(!failed && form.get('reference') ? { reference: form.get('reference') } : {}),
          ...(failed && form.get('failureReason') ? { failureReason: form.get('failureReason') } : {}),
        },
      };
    },
    done: () => reload('The payment is settled'),
    reload,
  });
}

function amountField({ currency }, value) {
  return { name: 'amount', label: `Amount in ${currency}`, value: decimal(value, currency), mode: 'decimal' };
}

function providerField() {
  return { name: 'provider', label: 'Provider', value: 'demo' };
}

/** The id of the fact at the provider. A new one for each dialog, as providers make them. */
function referenceField() {
  return { name: 'reference', label: 'Reference of the provider', value: `demo_${crypto.randomUUID().slice(0, 8)}` };
}

function entry(order, form) {
  const reference = form.get('reference');
  return {
    amount: minorUnits(form.get('amount'), order.currency),
    currency: order.currency,
    provider: form.get('provider'),
    ...(reference ? { reference } : {}),
  };
}

function post(order, body) {
  return { method: 'POST', path: `/orders/${order.id}/transactions`, ifMatch: ifMatch(order), body };
}
