// The dialog that places an order.

import { number } from './actions.js';
import { openDialog } from './dialog.js';
import { minorUnits } from './money.js';

const LINES = [
  { sku: 'BOOK-0017', quantity: 2, price: '24.99', taxRate: '0.1075' },
  { sku: 'MUG-BLUE', quantity: 1, price: '6.50', taxRate: '0.1075' },
  { sku: '', quantity: 1, price: '', taxRate: '0' },
];

/** Opens the dialog with an example. After the order was placed, the page of the order opens. */
export function newOrder() {
  return openDialog({
    title: 'New order',
    verb: 'Place the order',
    fields: [
      { name: 'currency', label: 'Currency', value: 'USD' },
      { name: 'customer', label: 'Customer', value: 'Ada Lovelace' },
      { name: 'email', label: 'E-mail of the customer', value: 'ada@example.org' },
      { type: 'lines', label: 'Lines', value: LINES },
      { name: 'shipping', label: 'Shipping', value: '5.00', mode: 'decimal' },
    ],
    shown: (path) => /^(totals\..*|items\.\d+\.(sku|quantity|tax|total))$/.test(path),
    request: (form) => ({ method: 'POST', path: '/orders', body: body(form) }),
    done: (exchange) => {
      window.location.hash = `#/orders/${exchange.json.id}`;
    },
  });
}

function body(form) {
  const currency = form.get('currency');
  const column = (name) => form.getAll(name);
  const items = column('sku').map((sku, i) => ({
    sku,
    quantity: number(column('quantity')[i]),
    unitPrice: minorUnits(column('price')[i], currency),
    taxRate: column('taxRate')[i],
  }));
  const customer = { name: form.get('customer') || undefined, email: form.get('email') || undefined };
  const shipping = form.get('shipping') ? { amount: minorUnits(form.get('shipping'), currency) } : undefined;
  return { currency, customer, items: items.filter((item) => item.sku), shipping };
}
