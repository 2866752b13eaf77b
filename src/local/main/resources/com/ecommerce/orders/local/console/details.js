// The fields of an order that a client sets, and the JSON that the form stands for.

import { number, readRows } from './forms.js';
import { decimal, minorUnits } from './money.js';

const CUSTOMER = { id: 'Customer id', name: 'Name of the customer', email: 'E-mail of the customer' };
const ADDRESS = {
  name: 'Name', line1: 'Street and number', line2: 'More of the address', postalCode: 'Postal code', city: 'City',
  region: 'Region', country: 'Country (two letters)',
};
const ITEM_COLUMNS = [
  { name: 'sku', label: 'SKU' }, { name: 'name', label: 'Name' }, { name: 'quantity', label: 'Quantity', mode: 'numeric' },
  { name: 'unitPrice', label: 'Unit price', mode: 'decimal' }, { name: 'taxRate', label: 'Tax rate', mode: 'decimal' },
];
const DISCOUNT_COLUMNS = [
  { name: 'description', label: 'Description' }, { name: 'percent', label: 'Percent', mode: 'decimal' },
  { name: 'amount', label: 'Amount', mode: 'decimal' },
];
const METADATA_COLUMNS = [{ name: 'key', label: 'Key' }, { name: 'value', label: 'Value' }];

/** Returns the fields for people and places, which can change until the order is final. */
export function peopleFields({ customer, shippingAddress, billingAddress, note, metadata }) {
  return [
    { type: 'group', label: 'Customer', fields: members('customer', CUSTOMER, customer) },
    { type: 'group', label: 'Shipping address', fields: members('shippingAddress', ADDRESS, shippingAddress) },
    { type: 'group', label: 'Billing address', fields: members('billingAddress', ADDRESS, billingAddress) },
    { name: 'note', label: 'Note', type: 'textarea', value: note },
    {
      type: 'rows', name: 'metadata', label: 'Metadata', columns: METADATA_COLUMNS,
      value: Object.entries(metadata ?? {}).map(([key, value]) => ({ key, value })),
    },
  ];
}

/** Returns the fields for goods and prices, which can change only while the order is placed. */
export function priceFields({ items, discounts, shipping, currency }) {
  const price = (amount) => (amount === undefined ? '' : decimal(amount, currency));
  return [
    {
      type: 'rows', name: 'items', label: 'Lines', columns: ITEM_COLUMNS,
      value: items.map((item) => ({ ...item, unitPrice: price(item.unitPrice) })),
      hint: 'A tax rate of 0.1075 is 10.75 %. Empty an entire line to leave it out.',
    },
    {
      type: 'rows', name: 'discounts', label: 'Discounts', columns: DISCOUNT_COLUMNS,
      value: (discounts ?? []).map((discount) => ({ ...discount, amount: price(discount.amount) })),
      hint: 'A discount has either a percentage or an amount.',
    },
    { name: 'shipping.amount', label: 'Shipping', value: price(shipping?.amount), mode: 'decimal' },
    { name: 'shipping.taxRate', label: 'Tax rate of shipping', value: shipping?.taxRate, mode: 'decimal' },
  ];
}

function members(name, labels, value) {
  return Object.entries(labels).map(([member, label]) => ({ name: `${name}.${member}`, label, value: value?.[member] }));
}

/** Returns what the fields for people and places say. */
export function readPeople(form) {
  const metadata = readRows(form, 'metadata', 'key', 'value').map(({ key = '', value = '' }) => [key, value]);
  return present({
    customer: present(readMembers(form, 'customer', CUSTOMER)),
    shippingAddress: present(readMembers(form, 'shippingAddress', ADDRESS)),
    billingAddress: present(readMembers(form, 'billingAddress', ADDRESS)),
    note: form.get('note') || undefined,
    metadata: metadata.length ? Object.fromEntries(metadata) : undefined,
  });
}

function readMembers(form, name, labels) {
  return Object.fromEntries(Object.keys(labels).map((member) => [member, form.get(`${name}.${member}`) || undefined]));
}

/** Returns what the fields for goods and prices say. Amounts become minor units. */
export function readPrices(form, currency) {
  const price = (text) => text && minorUnits(text, currency);
  const items = readRows(form, 'items', 'sku', 'name', 'quantity', 'unitPrice', 'taxRate');
  const discounts = readRows(form, 'discounts', 'description', 'percent', 'amount');
  return present({
    items: items.map((item) => present({ ...item, quantity: number(item.quantity ?? ''), unitPrice: price(item.unitPrice) })),
    discounts: discounts.length ? discounts.map((discount) => present({ ...discount, amount: price(discount.amount) })) : undefined,
    shipping: present({ amount: price(form.get('shipping.amount')), taxRate: form.get('shipping.taxRate') }),
  });
}

/** Returns the object without empty members, or undefined if no member remains. */
function present(object) {
  const entries = Object.entries(object).filter(([, value]) => value !== undefined && value !== '');
  return entries.length ? Object.fromEntries(entries) : undefined;
}

/** Returns the merge patch (RFC 7396) that leads from one object to another. */
export function mergePatch(before, after) {
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  return Object.fromEntries(names
    .filter((name) => !equal(before[name], after[name]))
    .map((name) => [name, change(before[name], after[name])]));
}

/** Returns the part of a patch for one member. null deletes a member. */
function change(before, after = null) {
  return isObject(before) && isObject(after) ? mergePatch(before, after) : after;
}

function isObject(value) {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

/** Tells whether two values are the same JSON, in any order of members. */
function equal(a, b) {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((element, i) => equal(element, b[i]));
  }
  return isObject(a) && isObject(b) ? !Object.keys(mergePatch(a, b)).length : a === b;
}
