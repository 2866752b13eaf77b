// The dialog that places an order.

import { peopleFields, priceFields, readPeople, readPrices } from './details.js';
import { openDialog } from './dialog.js';

const EXAMPLE = {
  currency: 'USD',
  customer: { name: 'Ada Lovelace', email: 'ada@example.org' },
  items: [
    { sku: 'BOOK-0017', name: 'Notes on the Analytical Engine', quantity: 2, unitPrice: 2499, taxRate: '0.1075' },
    { sku: 'MUG-BLUE', name: 'Blue mug', quantity: 1, unitPrice: 650, taxRate: '0.1075' },
  ],
  shipping: { amount: 500, taxRate: '0' },
};

/** Opens the dialog with an example. After the order was placed, the page of the order opens. */
export function newOrder() {
  return openDialog({
    title: 'New order',
    verb: 'Place the order',
    fields: [
      { name: 'externalRef', label: 'Reference, your own number of the order' },
      { name: 'currency', label: 'Currency', value: EXAMPLE.currency },
      ...priceFields(EXAMPLE),
      ...peopleFields(EXAMPLE),
    ],
    currency: (form) => form.get('currency'),
    shown: (path) => /^(totals\..*|items\.\d+\.(sku|quantity|tax|total))$/.test(path),
    request: (form) => ({ method: 'POST', path: '/orders', body: body(form) }),
    done: (exchange) => {
      window.location.hash = `#/orders/${exchange.json.id}`;
    },
  });
}

function body(form) {
  const currency = form.get('currency');
  return { externalRef: form.get('externalRef') || undefined, currency, ...readPrices(form, currency), ...readPeople(form) };
}
