// Sample orders: 30 orders in every state, made by the same requests that every client sends.

import { send } from './api.js';
import { html } from './html.js';
import { set } from './state.js';

const CUSTOMERS = ['Ada Lovelace', 'Grace Hopper', 'Alan Turing', 'Katherine Johnson', 'Edsger Dijkstra', 'Barbara Liskov'];
const ARTICLES = [['BOOK-0017', 2499, '0.1075'], ['MUG-BLUE', 650, '0.1075'], ['LAMP-LED', 3990, '0.19'], ['TEA-GREEN', 1275, '0']];
const CURRENCIES = ['USD', 'USD', 'USD', 'EUR'];

/**
 * The lives of orders. A step is an action, or a transaction as "KIND part STATE". The part is the part of the order's total,
 * in percent. The steps in GOODS are about the goods of the order.
 */
const LIVES = [
  [],
  ['SALE 100 PENDING'],
  ['AUTHORIZATION 100'],
  ['AUTHORIZATION 50'],
  ['confirm', 'cancel-items'],
  ['SALE 100', 'confirm', 'ship-one'],
  ['SALE 40', 'confirm'],
  ['AUTHORIZATION 100', 'confirm', 'CAPTURE 100', 'ship', 'deliver'],
  ['SALE 120', 'confirm', 'ship', 'complete'],
  ['SALE 100', 'confirm', 'ship', 'deliver', 'complete'],
  ['SALE 100', 'confirm', 'ship', 'deliver', 'complete', 'return', 'REFUND 25'],
  ['SALE 100', 'confirm', 'ship', 'deliver', 'complete', 'return', 'receive', 'REFUND 100'],
  ['SALE 100', 'confirm', 'ship', 'complete', 'CHARGEBACK 100'],
  ['cancel'],
  ['AUTHORIZATION 100', 'VOID 100', 'cancel'],
];

/** The requests about goods, by the name of the step. Each one concerns one unit of the first line, except "ship". */
const GOODS = {
  ship: () => ['fulfillments', { carrier: 'DHL', trackingNumber: 'JD0140' }],
  'ship-one': () => ['fulfillments', { items: [{ lineNumber: 1, quantity: 1 }] }],
  deliver: (entries) => [`fulfillments/${entries.ship.id}/deliver`, {}],
  return: () => ['returns', { items: [{ lineNumber: 1, quantity: 1, reason: 'too small' }] }],
  receive: (entries) => [
    `returns/${entries.return.id}/receive`, { items: [{ lineNumber: 1, quantity: 1, disposition: 'RESTOCK' }] }],
  'cancel-items': () => ['cancellations', { items: [{ lineNumber: 1, quantity: 1 }], reason: 'INVENTORY' }],
};

let isRunning = false;

/** Shows the button that makes the orders. */
export function sampleButton(reload) {
  return html`<button id="samples" ?disabled=${isRunning} @click=${() => make(reload)}>Make 30 sample orders</button>`;
}

async function make(reload) {
  isRunning = true;
  const run = crypto.randomUUID().slice(0, 4);
  try {
    for (let i = 0; i < 30; i++) {
      set({ notice: `Making sample order ${i + 1} of 30` });
      await live(await place(i, `S-${run}-${i + 1}`), LIVES[i % LIVES.length]);
    }
    set({ notice: '30 sample orders are made' });
  } catch (error) {
    set({ notice: `The sample orders are not complete: ${error.message}` });
  }
  isRunning = false;
  await reload();
}

function place(i, externalRef) {
  const name = CUSTOMERS[i % CUSTOMERS.length];
  const items = [0, 1].slice(0, 1 + (i % 2)).map((offset) => {
    const [sku, unitPrice, taxRate] = ARTICLES[(i + offset) % ARTICLES.length];
    return { sku, quantity: 1 + ((i + offset) % 3), unitPrice, taxRate };
  });
  return request('/orders', {
    externalRef,
    currency: CURRENCIES[i % CURRENCIES.length],
    customer: { id: `C-${100 + (i % CUSTOMERS.length)}`, name, email: `${name.split(' ')[0].toLowerCase()}@example.org` },
    items,
    shipping: { amount: 500 },
  });
}

async function live(order, steps) {
  const entries = {};
  for (const step of steps) {
    const [kind, part, outcome = 'SUCCEEDED'] = step.split(' ');
    if (part) {
      await request(`/orders/${order.id}/transactions`, {
        kind,
        state: outcome,
        amount: Math.round((order.totals.grandTotal * Number(part)) / 100),
        currency: order.currency,
        provider: 'demo',
        reference: `${kind.toLowerCase()}_${order.id}`,
      });
    } else {
      const [path, body] = GOODS[step]?.(entries) ?? [step, {}];
      entries[step] = await request(`/orders/${order.id}/${path}`, body);
    }
  }
}

async function request(path, body) {
  const exchange = await send({ method: 'POST', path, body, key: crypto.randomUUID() });
  if (!exchange.ok) {
    throw new Error(exchange.problem.detail ?? exchange.problem.title);
  }
  return exchange.json;
}
