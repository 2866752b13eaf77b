// The payments of an order: what is due, the ledger of transactions, and the buttons to record, settle and refund.

import { given, openChange } from './change.js';
import { chip, facts, html, nothing, table, time } from './html.js';
import { decimal, minorUnits, money } from './money.js';

const KINDS = ['SALE', 'AUTHORIZATION', 'CAPTURE', 'VOID', 'REFUND', 'CHARGEBACK', 'CHARGEBACK_REVERSAL'];
const MAY_FAIL_LATER = ['CAPTURE', 'SALE', 'REFUND'];
const COLUMNS = [
  { title: 'Kind' }, { title: 'State' }, { title: 'Amount', kind: 'number' }, { title: 'Provider' }, { title: 'Recorded (UTC)' },
  { title: 'Action' },
];

/** Shows the payment of an order and its transactions. */
export function paymentSection(page, transactions) {
  const { payment, currency } = page.order;
  const amount = (value) => (value ? money(value, currency) : '');
  return html`
    <section aria-labelledby="payments-title">
      <h2 id="payments-title">Payments ${chip(payment.status)}</h2>
      ${facts([
        ['Due', money(payment.due, currency)],
        ['Captured', money(payment.captured, currency)],
        ['Refunded', amount(payment.refunded)],
        ['Refund pending', amount(payment.refundPending)],
        ['Refundable', amount(payment.refundable)],
        ['Authorized', amount(payment.authorized)],
        ['Charged back', amount(payment.chargedBack)],
        ['Excess', amount(payment.excess)],
        ['Balance', money(payment.balance, currency)],
      ])}
      ${transactions.length ? table('Transactions', COLUMNS, transactions.map((entry) => row(page, entry))) : nothing}
      <p class="buttons">
        <button id="record" @click=${() => record(page)}>Record a payment</button>
        ${payment.refundable ? html`<button id="refund" @click=${() => refund(page)}>Refund</button>` : nothing}
      </p>
    </section>`;
}

function row(page, entry) {
  return [
    entry.kind.toLowerCase().replaceAll('_', ' '),
    html`${chip(entry.state)} ${entry.failureReason ?? entry.reason ?? ''}`,
    money(entry.amount, entry.currency),
    html`${entry.provider} <code>${entry.reference ?? ''}</code>`,
    time(entry.createdAt),
    settleButton(page, entry),
  ];
}

/** A pending entry can succeed or fail. Some entries can still fail after they have succeeded. */
function settleButton(page, entry) {
  if (entry.state === 'PENDING') {
    return html`<button class="settle" @click=${() => settle(page, entry, ['SUCCEEDED', 'FAILED'])}>Settle</button>`;
  }
  return entry.state === 'SUCCEEDED' && MAY_FAIL_LATER.includes(entry.kind)
    ? html`<button class="fail" @click=${() => settle(page, entry, ['FAILED'])}>Mark as failed</button>` : nothing;
}

function record(page) {
  const { due, captured, authorized } = page.order.payment;
  return openChange(page, {
    title: 'Record a payment',
    verb: 'Record',
    path: '/transactions',
    fields: [
      { name: 'kind', label: 'Kind', type: 'select', value: authorized ? 'CAPTURE' : 'SALE', options: KINDS },
      { name: 'state', label: 'State', type: 'select', value: 'SUCCEEDED', options: ['SUCCEEDED', 'PENDING', 'FAILED'] },
      amountField(page.order, authorized || Math.max(due - captured, 0)),
      ...providerFields(),
      { name: 'failureReason', label: 'Reason for the failure' },
    ],
    body: (form) => ({ ...transaction(page.order, form), ...given(form, 'kind', 'failureReason') }),
    notice: 'The payment is recorded',
  });
}

function refund(page) {
  const { order } = page;
  return openChange(page, {
    title: 'Refund',
    verb: 'Refund',
    path: '/transactions',
    fields: [
      amountField(order, order.payment.refundable),
      {
        name: 'allowance', label: `Allowance in ${order.currency}`, value: decimal(0, order.currency), mode: 'decimal',
        hint: 'The part of the amount that the customer no longer owes: goodwill, or shipping that the merchant gives up.',
      },
      { name: 'state', label: 'State', type: 'select', value: 'SUCCEEDED', options: ['SUCCEEDED', 'PENDING'] },
      { name: 'reason', label: 'Reason' },
      ...providerFields(),
    ],
    body: (form) => ({
      kind: 'REFUND',
      ...transaction(order, form),
      allowance: minorUnits(form.get('allowance'), order.currency) || undefined,
      ...given(form, 'reason'),
    }),
    notice: 'The refund is recorded',
  });
}

function settle(page, entry, states) {
  return openChange(page, {
    title: `Settle the ${entry.kind.toLowerCase()} of ${money(entry.amount, entry.currency)}`,
    verb: 'Settle',
    path: `/transactions/${entry.id}/settle`,
    fields: [
      { name: 'state', label: 'State', type: 'select', value: states[0], options: states },
      ...(entry.reference ? [] : [referenceField()]),
      { name: 'failureReason', label: 'Reason for the failure' },
    ],
    before: entry,
    body: (form) => given(form, 'state', form.get('state') === 'FAILED' ? 'failureReason' : 'reference'),
    notice: 'The payment is settled',
  });
}

function amountField({ currency }, value) {
  return { name: 'amount', label: `Amount in ${currency}`, value: decimal(value, currency), mode: 'decimal' };
}

function providerFields() {
  return [{ name: 'provider', label: 'Provider', value: 'demo' }, referenceField()];
}

/** The id of the fact at the provider. A new one for each dialog, as providers make them. */
function referenceField() {
  return { name: 'reference', label: 'Reference of the provider', value: `demo_${crypto.randomUUID().slice(0, 8)}` };
}

function transaction({ currency }, form) {
  return { amount: minorUnits(form.get('amount'), currency), currency, ...given(form, 'state', 'provider', 'reference') };
}
