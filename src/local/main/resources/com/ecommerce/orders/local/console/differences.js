// The differences between two JSON documents, as rows of a table.

import { money } from './money.js';

/** Members that a dry run invents, or that say nothing about the change. */
const HIDDEN = new Set([
  'id', 'orderId', 'version', 'allowedActions', 'createdAt', 'createdBy', 'createdByEmail', 'updatedAt',
]);
const AMOUNTS = new Set([
  'amount', 'allowance', 'authorized', 'balance', 'captured', 'chargedBack', 'credit', 'discount', 'due', 'excess', 'fee',
  'grandTotal', 'refundPending', 'refundable', 'refunded', 'shipping', 'shippingAmount', 'subtotal', 'tax', 'total', 'unitPrice',
]);

/** Returns the members that differ, each with its path and its value in both documents. */
export function differences(before, after, currency) {
  const old = flat(before, currency);
  const now = flat(after, currency);
  return [...new Set([...old.keys(), ...now.keys()])]
    .filter((path) => old.get(path) !== now.get(path))
    .map((path) => ({ path, before: old.get(path) ?? '', after: now.get(path) ?? '' }));
}

function flat(document, currency) {
  const rows = new Map();
  if (document) {
    collect(document, '', currency, rows);
  }
  return rows;
}

function collect(value, path, currency, rows) {
  for (const [name, member] of Object.entries(value)) {
    if (HIDDEN.has(name)) {
      continue;
    }
    const place = path ? `${path}.${name}` : name;
    if (member !== null && typeof member === 'object') {
      collect(member, place, currency, rows);
    } else {
      rows.set(place, AMOUNTS.has(name) && Number.isInteger(member) ? money(member, currency) : String(member));
    }
  }
}
