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
  { title: 'Line', kind: 'number' }, { title: 'Article' }, { title: 'Quantity', kind: 'number' },
  { title: 'Unit price', kind: 'number' }, { title: 'Discount', kind: 'number wide' }, { title: 'Tax', kind: 'number wide' },
  { title: 'Total', kind: 'number' },
];

const LISTS = ['transactions', 'fulfillments', 'returns', 'events'];

/** Reads the order and the first page of each of its lists. Shows a notice when they have arrived. */
export async function loadOrder(id, notice = '') {
  const path = `/orders/${encodeURIComponent(id)}`;
  const order = await send({ method: 'GET', path });
  if (!order.ok) {
    show(id, { id, problem: order.problem });
    return;
  }
  const pages = await Promise.all(LISTS.map((name) => readPage(`${path}/${name}?limit=200`)));
  const [transactions, fulfillments, returns, events] = pages.map((page) => page.data);
  const continued = LISTS.filter((_, i) => pages[i].nextCursor);
  show(id, { id, order: order.json, transactions, fulfillments, returns, events, continued });
  set({ notice });
}

async function readPage(path) {
  const exchange = await send({ method: 'GET', path });
  return exchange.ok ? exchange.json : { data: [] };
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
      ${detail.problem.status === 404 ? html`<p>The tenant ${state.session.tenant} has no order ${detail.id}. A tenant never sees
        the orders of another tenant.</p>` : nothing}`;
  }
  return detail.order ? content(detail) : html`<h1 tabindex="-1">Order</h1><p>Loading …</p>`;
}

function content({ id, order, transactions, fulfillments, returns, events, continued }) {
  const reload = (notice) => loadOrder(id, notice);
  return html`
    <p><a href="#/">All orders</a></p>
    <h1 tabindex="-1">Order ${order.externalRef ?? id.slice(-12)} ${chip(order.status)}</h1>
    <p class="buttons">${actionButtons(order, reload)}
      <button id="reload-order" @click=${() => reload('The order is up to date')}>Reload</button></p>
    ${facts([
      ['Id', html`<code>${id}</code>`],
      ['Version', html`<span id="version">${order.version}</span>`],
      ['Placed (UTC)', html`${time(order.createdAt)} by ${order.createdBy}`],
      ['Customer', [order.customer?.name, order.customer?.email].filter(Boolean).join(', ')],
      ['Ships to', address(order.shippingAddress)],
      ['Note', order.note ?? ''],
      ['Reason of the cancellation', order.cancelReason ?? ''],
    ])}
    ${continued.length ? html`<p>This page shows only the first ${continued.join(', ')} of the order.</p>` : nothing}
    <section aria-labelledby="items-title">
      <h2 id="items-title">Items</h2>
      ${table('Items', COLUMNS, order.items.map((item) => itemRow(item, order.currency)))}
      ${totals(order)}
    </section>
    ${shippingSection(order, fulfillments, returns, reload)}
    ${paymentSection(order, transactions, reload)}
    ${timeline(events)}`;
}

function itemRow(item, currency) {
  return [
    item.lineNumber, html`${item.sku} ${item.name ?? ''}`, item.quantity, money(item.unitPrice, currency),
    money(item.discount, currency), money(item.tax, currency), money(item.total, currency),
  ];
}

function totals({ totals: sums, currency }) {
  return facts([
    ['Subtotal', money(sums.subtotal, currency)],
    ['Discount', sums.discount ? money(sums.discount, currency) : ''],
    ['Shipping', sums.shipping ? money(sums.shipping, currency) : ''],
    ['Tax', money(sums.tax, currency)],
    ['Total', html`<strong id="grand-total">${money(sums.grandTotal, currency)}</strong>`],
  ]);
}

function address(place) {
  return place ? [place.name, place.line1, place.postalCode, place.city, place.country].filter(Boolean).join(', ') : '';
}
