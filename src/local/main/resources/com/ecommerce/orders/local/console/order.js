// The page of one order.

import { actionButtons } from './actions.js';
import { send } from './api.js';
import { timeline } from './events.js';
import { chip, facts, html, nothing, problemBox, table, time } from './html.js';
import { money } from './money.js';
import { paymentSection } from './payments.js';
import { shippingSection } from './shipping.js';
import { set, state } from './state.js';

const COLUMNS = [
  { title: 'Line', kind: 'number' }, { title: 'SKU' }, { title: 'Quantity', kind: 'number' },
  { title: 'Unit price', kind: 'number' }, { title: 'Discount', kind: 'number wide' }, { title: 'Tax rate', kind: 'number wide' },
  { title: 'Tax', kind: 'number wide' }, { title: 'Total', kind: 'number' }, { title: 'Goods', kind: 'wide' },
];

const LISTS = ['transactions', 'fulfillments', 'cancellations', 'returns', 'events'];

/** Reads the order and its lists. Shows a notice when they have arrived. */
export async function loadOrder(id, notice = '') {
  const path = `/orders/${encodeURIComponent(id)}`;
  const order = await send({ method: 'GET', path });
  if (!order.ok) {
    show(id, { id, problem: order.problem });
    return;
  }
  const lists = await Promise.all(LISTS.map((name) => readList(`${path}/${name}?limit=200`)));
  const problem = lists.find((list) => list.problem)?.problem;
  show(id, { id, problem, order: order.json, lists: Object.fromEntries(LISTS.map((name, i) => [name, lists[i].data])) });
  set({ notice });
}

/** Returns the entries of all pages of a list, or the problem of a page. */
async function readList(path) {
  const data = [];
  let cursor = '';
  do {
    const { ok, json, problem } = await send({ method: 'GET', path: path + cursor });
    if (!ok) {
      return { problem };
    }
    data.push(...json.data);
    cursor = json.nextCursor && `&cursor=${encodeURIComponent(json.nextCursor)}`;
  } while (cursor);
  return { data };
}

function show(id, detail) {
  if (state.route.id === id) {
    set({ detail });
  }
}

/** Shows the order that was loaded. */
export function orderPage(detail) {
  if (detail.problem) {
    return html`<p><a href="#/">All orders</a></p><h1 tabindex="-1">Order</h1>${problemBox(detail.problem)}
      <p class="buttons"><button @click=${() => loadOrder(detail.id)}>Load the order again</button></p>
      ${detail.problem.status === 404 ? html`<p>The tenant ${state.session.tenant} has no order ${detail.id}. A tenant never sees
        the orders of another tenant.</p>` : nothing}`;
  }
  return detail.order ? content(detail) : html`<h1 tabindex="-1">Order</h1><p>Loading …</p>`;
}

function content({ id, order, lists }) {
  const reload = (notice) => loadOrder(id, notice);
  const page = { order, reload };
  return html`
    <p><a href="#/">All orders</a></p>
    <h1 tabindex="-1">Order ${order.externalRef ?? id.slice(-12)} ${chip(order.status)}</h1>
    <p class="buttons">${actionButtons(page)}
      <button id="reload-order" @click=${() => reload('The order is up to date')}>Reload</button></p>
    ${facts([
      ['Id', html`<code>${id}</code>`],
      ['Version', html`<span id="version">${order.version}</span>`],
      ['Placed (UTC)', html`${time(order.createdAt)} by ${order.createdBy}`],
      ['Customer', joined(order.customer, 'name', 'email', 'id')],
      ['Ships to', address(order.shippingAddress)],
      ['Bills to', address(order.billingAddress)],
      ['Note', order.note ?? ''],
      ['Metadata', Object.entries(order.metadata ?? {}).map(([key, value]) => `${key}: ${value}`).join(', ')],
      ['Reason for the cancellation', order.cancelReason ?? ''],
    ])}
    <section aria-labelledby="items-title">
      <h2 id="items-title">Items</h2>
      ${table('Items', COLUMNS, order.items.map((item) => itemRow(item, order.currency)))}
      ${totals(order)}
    </section>
    ${shippingSection(page, lists)}
    ${paymentSection(page, lists.transactions)}
    ${timeline(lists.events)}`;
}

function itemRow(item, currency) {
  return [
    item.lineNumber, html`${item.sku} ${item.name ?? ''}`, item.quantity, money(item.unitPrice, currency),
    money(item.discount, currency), percent(item.taxRate), money(item.tax, currency), money(item.total, currency), goods(item),
  ];
}

/** Shows a rate as people write it: 0.1075 is "10.75 %". */
function percent(rate) {
  return `${Number((Number(rate) * 100).toFixed(4))} %`;
}

function goods({ fulfilled, cancelled, returned }) {
  const counts = { shipped: fulfilled, canceled: cancelled, returned };
  return Object.entries(counts).filter(([, count]) => count).map(([word, count]) => `${count} ${word}`).join(', ');
}

function totals({ totals: sums, currency, discounts = [] }) {
  const reasons = discounts.map(({ description, percent: rate, amount }) => (
    [description, rate ? `${rate} %` : money(amount, currency)].filter(Boolean).join(' ')));
  return facts([
    ['Subtotal', money(sums.subtotal, currency)],
    ['Discount', sums.discount ? `${money(sums.discount, currency)} (${reasons.join(', ')})` : ''],
    ['Shipping', sums.shipping ? money(sums.shipping, currency) : ''],
    ['Tax', money(sums.tax, currency)],
    ['Total', html`<strong id="grand-total">${money(sums.grandTotal, currency)}</strong>`],
  ]);
}

function address(place) {
  return joined(place, 'name', 'line1', 'line2', 'postalCode', 'city', 'region', 'country');
}

function joined(object, ...members) {
  return members.map((member) => object?.[member]).filter(Boolean).join(', ');
}
