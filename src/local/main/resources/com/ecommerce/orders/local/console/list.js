// The page of all orders: filters, a table, pages by cursor, and the chart.

import { send } from './api.js';
import { chart } from './chart.js';
import { field } from './forms.js';
import { chip, html, nothing, problemBox, table, time } from './html.js';
import { money } from './money.js';
import { newOrder } from './neworder.js';
import { set, state } from './state.js';

const STATUSES = ['', 'PLACED', 'CONFIRMED', 'COMPLETED', 'CANCELLED'];
const PAYMENT_STATUSES = [
  '', 'UNPAID', 'PENDING', 'PARTIALLY_AUTHORIZED', 'AUTHORIZED', 'PARTIALLY_PAID', 'PAID', 'OVERPAID', 'PARTIALLY_REFUNDED',
  'REFUNDED', 'CHARGED_BACK', 'VOIDED',
];
const FULFILLMENT_STATUSES = [
  '', 'UNFULFILLED', 'PARTIALLY_FULFILLED', 'FULFILLED', 'DELIVERED', 'PARTIALLY_RETURNED', 'RETURNED', 'CANCELLED',
];
const SORTS = ['-createdAt', 'createdAt', '-updatedAt', 'updatedAt'];
const COLUMNS = [
  { title: 'Order' }, { title: 'Status' }, { title: 'Payment' }, { title: 'Fulfillment', kind: 'wide' },
  { title: 'Total', kind: 'number' },
  { title: 'Customer', kind: 'wide' }, { title: 'Placed (UTC)', kind: 'wide' },
];

/** The address of the previous page, by the cursor of a page. A cursor leads only forward. */
const pageBefore = new Map();

const MOST_IN_CHART = 1000;

/** Reads the page of orders that the address of this page names. */
export async function loadList() {
  const { parameters } = state.route;
  const exchange = await readPage(parameters);
  if (state.route.parameters === parameters) {
    set({ list: exchange.ok ? { ...exchange.json, parameters, charted: exchange.json } : { data: [], problem: exchange.problem } });
  }
}

function readPage(parameters) {
  const query = new URLSearchParams([...parameters].filter(([, value]) => value).map(queryParameter));
  return send({ method: 'GET', path: `/orders${query.size ? `?${query}` : ''}` });
}

/** Adds the orders of the next pages to the chart, but not to the table. */
async function chartMore(list) {
  let { data, nextCursor } = list.charted;
  while (nextCursor && data.length < MOST_IN_CHART) {
    const exchange = await readPage(new Map([...list.parameters, ['limit', '200'], ['cursor', nextCursor]]));
    if (!exchange.ok) {
      set({ notice: exchange.problem.detail });
      break;
    }
    data = [...data, ...exchange.json.data];
    nextCursor = exchange.json.nextCursor;
  }
  if (state.list === list) {
    set({ list: { ...list, charted: { data, nextCursor } } });
  }
}

/** Returns a filter as the API reads it. The filters by day are the only ones that differ. */
function queryParameter([name, value]) {
  return [name, name === 'createdFrom' || name === 'createdTo' ? `${value}T00:00:00Z` : value];
}

/** Shows the orders that were loaded. */
export function listPage(list, samples) {
  return html`
    <h1 tabindex="-1">Orders</h1>
    <p class="buttons"><button class="primary" id="new-order" @click=${newOrder}>New order</button> ${samples}</p>
    ${filters(state.route.parameters)}
    ${list ? content(list) : html`<p>Loading …</p>`}`;
}

function content(list) {
  if (list.problem) {
    return problemBox(list.problem);
  }
  return html`
    ${list.data.length
      ? table('Orders', COLUMNS, list.data.map(row))
      : html`<p id="no-orders">The tenant ${state.session.tenant} has no such orders.</p>`}
    ${paging(list)}
    ${chart(list.charted.data, list.charted.nextCursor
      ? html`<button id="chart-more" @click=${() => chartMore(list)}>Add the next pages to the chart</button>` : nothing)}`;
}

function row(order) {
  return [
    html`<a href=${`#/orders/${order.id}`}>${order.externalRef ?? order.id.slice(-12)}</a>`,
    chip(order.status),
    chip(order.payment.status),
    chip(order.fulfillment.status),
    money(order.totals.grandTotal, order.currency),
    order.customer?.name ?? order.customer?.email ?? '',
    time(order.createdAt),
  ];
}

function filters(parameters) {
  const value = (name, otherwise = '') => parameters.get(name) ?? otherwise;
  return html`
    <form class="filters" aria-label="Filters" @submit=${applyFilters}>
      ${filter({ name: 'status', label: 'Status', type: 'select', value: value('status'), options: STATUSES })}
      ${filter({ name: 'paymentStatus', label: 'Payment', type: 'select', value: value('paymentStatus'), options: PAYMENT_STATUSES })}
      ${filter({
        name: 'fulfillmentStatus', label: 'Fulfillment', type: 'select', value: value('fulfillmentStatus'),
        options: FULFILLMENT_STATUSES,
      })}
      ${filter({ name: 'externalRef', label: 'Reference', value: value('externalRef') })}
      ${filter({ name: 'customerId', label: 'Customer id', value: value('customerId') })}
      ${filter({ name: 'createdBy', label: 'Placed by', value: value('createdBy') })}
      ${filter({ name: 'createdFrom', label: 'Placed from (UTC)', type: 'date', value: value('createdFrom') })}
      ${filter({ name: 'createdTo', label: 'Placed before (UTC)', type: 'date', value: value('createdTo') })}
      ${filter({ name: 'sort', label: 'Sort', type: 'select', value: value('sort', '-createdAt'), options: SORTS })}
      ${filter({ name: 'limit', label: 'Per page', type: 'select', value: value('limit', '50'), options: ['5', '20', '50', '200'] })}
      <button id="filter">Filter</button>
    </form>`;
}

/** A dialog may show a field of the same name at the same time. */
function filter(spec) {
  return field({ ...spec, id: `filter-${spec.name}` });
}

function applyFilters(event) {
  event.preventDefault();
  const chosen = [...new FormData(event.target)].filter(([, value]) => value);
  const address = `#/?${new URLSearchParams(chosen)}`;
  if (address === window.location.hash) {
    loadList();
  } else {
    window.location.hash = address;
  }
}

function paging({ nextCursor, parameters }) {
  const previous = pageBefore.get(parameters.get('cursor'));
  let next;
  if (nextCursor) {
    const forward = new URLSearchParams(parameters);
    forward.set('cursor', nextCursor);
    next = `#/?${forward}`;
    pageBefore.set(nextCursor, `#/?${parameters}`);
  }
  return html`
    <nav class="paging" aria-label="Pages">
      ${previous ? html`<a id="previous-page" href=${previous}>Previous page</a>` : nothing}
      ${next ? html`<a id="next-page" href=${next}>Next page</a>` : nothing}
    </nav>`;
}
