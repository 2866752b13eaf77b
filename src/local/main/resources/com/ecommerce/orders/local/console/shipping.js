// The goods of an order: fulfillments, canceled items and returns, and the buttons to change them.

import { number } from './actions.js';
import { ifMatch } from './api.js';
import { openDialog } from './dialog.js';
import { chip, html, nothing, table, time } from './html.js';
import { minorUnits, money } from './money.js';

const REASONS = ['CUSTOMER', 'INVENTORY', 'FRAUD', 'DECLINED', 'STAFF', 'OTHER'];
const FULFILLMENTS = [
  { title: 'Status' }, { title: 'Items' }, { title: 'Carrier' }, { title: 'Created (UTC)' }, { title: 'Action' },
];
const RETURNS = [
  { title: 'Status' }, { title: 'Items' }, { title: 'Credit', kind: 'number' }, { title: 'Created (UTC)' }, { title: 'Action' },
];

/** Shows the fulfillments and the returns of an order. */
export function shippingSection(order, fulfillments, returns, reload) {
  const isConfirmed = order.status === 'CONFIRMED';
  const canReturn = isConfirmed || order.status === 'COMPLETED';
  return html`
    <section aria-labelledby="shipping-title">
      <h2 id="shipping-title">Fulfillment ${chip(order.fulfillment.status)}</h2>
      ${fulfillments.length
        ? table('Fulfillments', FULFILLMENTS, fulfillments.map((entry) => fulfillmentRow(order, entry, reload))) : nothing}
      <p class="buttons">
        ${isConfirmed && order.items.some(open) ? html`
          <button id="ship" @click=${() => ship(order, reload)}>Ship items</button>
          <button id="cancel-items" @click=${() => cancelItems(order, reload)}>Cancel items</button>` : nothing}
      </p>
      ${returns.length ? html`<h3>Returns</h3>${table('Returns', RETURNS, returns.map((entry) => returnRow(order, entry, reload)))}`
        : nothing}
      ${canReturn && order.items.some(returnable)
        ? html`<p class="buttons"><button id="return" @click=${() => requestReturn(order, reload)}>Return items</button></p>` : nothing}
    </section>`;
}

function open(item) {
  return item.quantity - (item.cancelled ?? 0) - (item.fulfilled ?? 0);
}

function returnable(item) {
  return (item.fulfilled ?? 0) - (item.returned ?? 0);
}

function fulfillmentRow(order, entry, reload) {
  return [
    chip(entry.status), quantities(entry.items, 'quantity'), `${entry.carrier ?? ''} ${entry.trackingNumber ?? ''}`,
    time(entry.createdAt),
    entry.status === 'SHIPPED' ? html`
      <button class="deliver" @click=${() => step(order, 'fulfillments', entry, 'deliver', reload)}>Deliver</button>
      <button @click=${() => step(order, 'fulfillments', entry, 'cancel', reload)}>Cancel</button>` : '',
  ];
}

function returnRow(order, entry, reload) {
  const isOpen = ['REQUESTED', 'PARTIALLY_RECEIVED'].includes(entry.status);
  return [
    chip(entry.status), quantities(entry.items, 'requested'), money(entry.credit, order.currency), time(entry.createdAt),
    html`
      ${isOpen ? html`<button class="receive" @click=${() => receive(order, entry, reload)}>Receive</button>` : nothing}
      ${isOpen || entry.status === 'RECEIVED'
        ? html`<button @click=${() => step(order, 'returns', entry, 'close', reload)}>Close</button>` : nothing}
      ${entry.status === 'REQUESTED'
        ? html`<button @click=${() => step(order, 'returns', entry, 'cancel', reload)}>Cancel</button>` : nothing}`,
  ];
}

function quantities(items, member) {
  return items.map((item) => `line ${item.lineNumber}: ${item[member]}`).join(', ');
}

function ship(order, reload) {
  return openDialog({
    title: 'Ship items',
    verb: 'Ship',
    fields: [
      ...quantityFields(order, open),
      { name: 'carrier', label: 'Carrier' },
      { name: 'trackingNumber', label: 'Tracking number' },
    ],
    request: (form) => post(order, 'fulfillments', { items: chosen(order, form), ...given(form, 'carrier', 'trackingNumber') }),
    done: () => reload('The items are shipped'),
    reload,
  });
}

function cancelItems(order, reload) {
  return openDialog({
    title: 'Cancel items',
    verb: 'Cancel the items',
    fields: [
      ...quantityFields(order, open),
      { name: 'reason', label: 'Reason', type: 'select', value: 'CUSTOMER', options: REASONS },
      { name: 'note', label: 'Note' },
    ],
    request: (form) => post(order, 'cancellations', { items: chosen(order, form), ...given(form, 'reason', 'note') }),
    done: () => reload('The items are canceled'),
    reload,
  });
}

function requestReturn(order, reload) {
  return openDialog({
    title: 'Return items',
    verb: 'Request the return',
    fields: [...quantityFields(order, returnable), { name: 'note', label: 'Note' }],
    request: (form) => post(order, 'returns', { items: chosen(order, form), ...given(form, 'note') }),
    done: () => reload('The return is requested'),
    reload,
  });
}

function receive(order, entry, reload) {
  const lines = entry.items.map((item) => ({ ...item, sku: `line ${item.lineNumber}` }));
  return openDialog({
    title: 'Receive returned items',
    verb: 'Receive',
    before: entry,
    fields: [
      ...quantityFields({ items: lines }, (item) => item.requested - item.received),
      { name: 'disposition', label: 'What happens to the items', type: 'select', value: 'RESTOCK', options: ['RESTOCK', 'DISCARD'] },
      { name: 'fee', label: `Fee for each line in ${order.currency}`, mode: 'decimal' },
    ],
    request: (form) => {
      const fee = form.get('fee') ? { fee: minorUnits(form.get('fee'), order.currency) } : {};
      const items = chosen({ items: lines }, form).map((item) => ({ ...item, ...given(form, 'disposition'), ...fee }));
      return post(order, `returns/${entry.id}/receive`, { items });
    },
    done: () => reload('The items are received'),
    reload,
  });
}

/** Opens the dialog of a step without fields: deliver, cancel or close. */
function step(order, collection, entry, action, reload) {
  const verb = action[0].toUpperCase() + action.slice(1);
  return openDialog({
    title: `${verb} the ${collection.slice(0, -1)}`,
    verb,
    fields: [],
    before: entry,
    request: () => post(order, `${collection}/${entry.id}/${action}`),
    done: () => reload(`Done: ${action}`),
    reload,
  });
}

function quantityFields({ items }, quantity) {
  return items.filter(quantity).map((item) => (
    { name: `quantity-${item.lineNumber}`, label: `Quantity of ${item.sku}`, value: quantity(item), mode: 'numeric' }));
}

/** Returns the lines whose quantity in the form is not 0. */
function chosen({ items }, form) {
  return items
    .map(({ lineNumber }) => ({ lineNumber, quantity: number(form.get(`quantity-${lineNumber}`) ?? '0') }))
    .filter(({ quantity }) => quantity !== 0);
}

function given(form, ...names) {
  return Object.fromEntries(names.map((name) => [name, form.get(name)]).filter(([, value]) => value));
}

function post(order, path, body) {
  return { method: 'POST', path: `/orders/${order.id}/${path}`, ifMatch: ifMatch(order), body };
}
