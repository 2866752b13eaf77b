// The goods of an order: fulfillments, canceled items and returns, and the buttons to change them.

import { given, openChange } from './change.js';
import { mergePatch } from './details.js';
import { number } from './forms.js';
import { chip, html, nothing, table, time } from './html.js';
import { minorUnits, money } from './money.js';

const REASONS = ['CUSTOMER', 'INVENTORY', 'FRAUD', 'DECLINED', 'STAFF', 'OTHER'];
const TRACKING = {
  carrier: 'Carrier', trackingNumber: 'Tracking number', trackingUrl: 'Tracking address (https)',
  trackingStatus: "Carrier's status", location: 'Warehouse or shop',
};
const DONE = { deliver: 'delivered', cancel: 'canceled', close: 'closed' };
const FULFILLMENTS = [
  { title: 'Status' }, { title: 'Items' }, { title: 'Carrier' }, { title: 'Created (UTC)' }, { title: 'Action' },
];
const CANCELLATIONS = [
  { title: 'Reason' }, { title: 'Items' }, { title: 'Credit', kind: 'number' }, { title: 'Created (UTC)' }, { title: 'Note' },
];
const RETURNS = [
  { title: 'Status' }, { title: 'Items' }, { title: 'Credit', kind: 'number' }, { title: 'Created (UTC)' }, { title: 'Action' },
];

/** Shows the fulfillments, the canceled items and the returns of an order. */
export function shippingSection(page, { fulfillments, cancellations, returns }) {
  const { order } = page;
  const isConfirmed = order.status === 'CONFIRMED';
  const canReturn = isConfirmed || order.status === 'COMPLETED';
  return html`
    <section aria-labelledby="shipping-title">
      <h2 id="shipping-title">Fulfillment ${chip(order.fulfillment.status)}</h2>
      ${ledger('Fulfillments', FULFILLMENTS, fulfillments.map((entry) => fulfillmentRow(page, entry, isConfirmed)))}
      ${ledger('Canceled items', CANCELLATIONS, cancellations.map((entry) => cancellationRow(order, entry)))}
      ${ledger('Returns', RETURNS, returns.map((entry) => returnRow(page, entry)))}
      <p class="buttons">
        ${isConfirmed && order.items.some(open) ? html`
          <button id="ship" @click=${() => ship(page)}>Ship items</button>
          <button id="cancel-items" @click=${() => cancelItems(page)}>Cancel items</button>` : nothing}
        ${canReturn && order.items.some(returnable)
          ? html`<button id="return" @click=${() => requestReturn(page)}>Return items</button>` : nothing}
      </p>
    </section>`;
}

function ledger(title, columns, rows) {
  return rows.length ? html`<h3>${title}</h3>${table(title, columns, rows)}` : nothing;
}

function open(item) {
  return item.quantity - (item.cancelled ?? 0) - (item.fulfilled ?? 0);
}

function returnable(item) {
  return (item.fulfilled ?? 0) - (item.returned ?? 0);
}

function fulfillmentRow(page, entry, isConfirmed) {
  const isShipped = entry.status === 'SHIPPED';
  return [
    chip(entry.status), quantities(entry.items, 'quantity'),
    [entry.carrier, entry.trackingNumber, entry.trackingStatus].filter(Boolean).join(' '), time(entry.createdAt),
    html`<p class="buttons">
      ${isShipped
        ? html`<button class="deliver" @click=${() => step(page, 'fulfillments', entry, 'deliver')}>Deliver</button>` : nothing}
      ${isShipped && isConfirmed
        ? html`<button class="cancel" @click=${() => step(page, 'fulfillments', entry, 'cancel')}>Cancel</button>` : nothing}
      <button class="track" @click=${() => track(page, entry)}>Edit tracking</button>
    </p>`,
  ];
}

function cancellationRow(order, entry) {
  return [
    entry.reason.toLowerCase(), quantities(entry.items, 'quantity'), money(entry.credit, order.currency), time(entry.createdAt),
    entry.note ?? '',
  ];
}

function returnRow(page, entry) {
  const isOpen = ['REQUESTED', 'PARTIALLY_RECEIVED'].includes(entry.status);
  return [
    chip(entry.status), quantities(entry.items, 'requested'), money(entry.credit, page.order.currency), time(entry.createdAt),
    html`<p class="buttons">
      ${isOpen ? html`<button class="receive" @click=${() => receive(page, entry)}>Receive</button>` : nothing}
      ${isOpen || entry.status === 'RECEIVED'
        ? html`<button class="close" @click=${() => step(page, 'returns', entry, 'close')}>Close</button>` : nothing}
      ${entry.status === 'REQUESTED'
        ? html`<button class="cancel" @click=${() => step(page, 'returns', entry, 'cancel')}>Cancel</button>` : nothing}
    </p>`,
  ];
}

function quantities(items, member) {
  return items.map((item) => `line ${item.lineNumber}: ${item[member]}`).join(', ');
}

function ship(page) {
  const { items } = page.order;
  return openChange(page, {
    title: 'Ship items',
    verb: 'Ship',
    path: '/fulfillments',
    fields: [...quantityFields(items, open), ...trackingFields({})],
    body: (form) => ({ items: chosen(items, form), ...given(form, ...Object.keys(TRACKING)) }),
    notice: 'The items are shipped',
  });
}

function track(page, entry) {
  const names = Object.keys(TRACKING);
  return openChange(page, {
    title: 'Edit the tracking of the fulfillment',
    verb: 'Save',
    method: 'PATCH',
    path: `/fulfillments/${entry.id}`,
    fields: trackingFields(entry),
    before: entry,
    body: (form, initial) => mergePatch(given(initial, ...names), given(form, ...names)),
    notice: 'The tracking is saved',
  });
}

function trackingFields(entry) {
  return Object.entries(TRACKING).map(([name, label]) => ({ name, label, value: entry[name] }));
}

function cancelItems(page) {
  const { items } = page.order;
  return openChange(page, {
    title: 'Cancel items',
    verb: 'Cancel the items',
    path: '/cancellations',
    fields: [
      ...quantityFields(items, open),
      { name: 'reason', label: 'Reason', type: 'select', value: 'CUSTOMER', options: REASONS },
      { name: 'note', label: 'Note' },
    ],
    body: (form) => ({ items: chosen(items, form), ...given(form, 'reason', 'note') }),
    notice: 'The items are canceled',
  });
}

function requestReturn(page) {
  const { items } = page.order;
  return openChange(page, {
    title: 'Return items',
    verb: 'Request the return',
    path: '/returns',
    fields: [...quantityFields(items, returnable), { name: 'reason', label: 'Reason' }, { name: 'note', label: 'Note' }],
    body: (form) => ({
      items: chosen(items, form).map((item) => ({ ...item, ...given(form, 'reason') })),
      ...given(form, 'note'),
    }),
    notice: 'The return is requested',
  });
}

function receive(page, entry) {
  const { currency } = page.order;
  const items = entry.items.map((item) => ({ ...item, sku: `line ${item.lineNumber}` }));
  return openChange(page, {
    title: 'Receive returned items',
    verb: 'Receive',
    path: `/returns/${entry.id}/receive`,
    before: entry,
    fields: [
      ...quantityFields(items, (item) => item.requested - item.received),
      { name: 'disposition', label: 'What happens to the items', type: 'select', value: 'RESTOCK', options: ['RESTOCK', 'DISCARD'] },
      { name: 'fee', label: `Fee for each line in ${currency}`, mode: 'decimal' },
    ],
    body: (form) => {
      const fee = form.get('fee') ? { fee: minorUnits(form.get('fee'), currency) } : {};
      return { items: chosen(items, form).map((item) => ({ ...item, ...given(form, 'disposition'), ...fee })) };
    },
    notice: 'The items are received',
  });
}

/** Opens the dialog of a step without fields: deliver, cancel or close. */
function step(page, collection, entry, action) {
  const verb = action[0].toUpperCase() + action.slice(1);
  const noun = collection.slice(0, -1);
  return openChange(page, {
    title: `${verb} the ${noun}`,
    verb,
    path: `/${collection}/${entry.id}/${action}`,
    before: entry,
    notice: `The ${noun} is ${DONE[action]}`,
  });
}

function quantityFields(items, quantity) {
  return items.filter(quantity).map((item) => (
    { name: `quantity-${item.lineNumber}`, label: `Quantity of ${item.sku}`, value: quantity(item), mode: 'numeric' }));
}

/** Returns the lines whose quantity in the form is not 0. */
function chosen(items, form) {
  return items
    .map(({ lineNumber }) => ({ lineNumber, quantity: number(form.get(`quantity-${lineNumber}`) ?? '0') }))
    .filter(({ quantity }) => quantity !== 0);
}
