// The buttons of an order. The order's allowedActions say which buttons there are.

import { ifMatch } from './api.js';
import { openDialog } from './dialog.js';
import { html } from './html.js';

const ACTIONS = { update: edit, confirm: transition('confirm', 'Confirm'), complete: transition('complete', 'Complete'), cancel };

/** Shows a button for each allowed action. An action that this page does not know has no button. */
export function actionButtons(order, reload) {
  return order.allowedActions
    .filter((action) => action in ACTIONS)
    .map((action) => html`<button id=${`action-${action}`} @click=${() => ACTIONS[action](order, reload)}>
      ${action === 'update' ? 'Edit' : action[0].toUpperCase() + action.slice(1)}</button>`);
}

function transition(action, verb) {
  return (order, reload) => openDialog({
    title: `${verb} the order`,
    verb: `${verb} the order`,
    fields: [],
    before: order,
    request: () => ({ method: 'POST', path: `/orders/${order.id}/${action}`, ifMatch: ifMatch(order) }),
    done: () => reload(`Done: ${action}`),
    reload,
  });
}

function cancel(order, reload) {
  return openDialog({
    title: 'Cancel the order',
    verb: 'Cancel the order',
    fields: [{ name: 'reason', label: 'Reason', value: '' }],
    before: order,
    request: (form) => ({
      method: 'POST',
      path: `/orders/${order.id}/cancel`,
      ifMatch: ifMatch(order),
      body: form.get('reason') ? { reason: form.get('reason') } : {},
    }),
    done: () => reload('The order is canceled'),
    reload,
  });
}

function edit(order, reload) {
  return openDialog({
    title: 'Edit the order',
    verb: 'Save',
    fields: [
      { name: 'name', label: 'Customer', value: order.customer?.name },
      { name: 'email', label: 'E-mail of the customer', value: order.customer?.email },
      { name: 'note', label: 'Note', value: order.note },
      ...(order.status === 'PLACED' ? order.items.map(quantityField) : []),
    ],
    before: order,
    request: (form) => ({ method: 'PATCH', path: `/orders/${order.id}`, ifMatch: ifMatch(order), body: patch(order, form) }),
    done: () => reload('The order is saved'),
    reload,
  });
}

function quantityField(item) {
  return { name: `quantity-${item.lineNumber}`, label: `Quantity of ${item.sku}`, value: item.quantity, mode: 'numeric' };
}

/** Returns a merge patch: only the members that the form has changed; null deletes a member. */
function patch(order, form) {
  const changes = {};
  if (form.get('note') !== (order.note ?? '')) {
    changes.note = form.get('note') || null;
  }
  for (const name of ['name', 'email']) {
    if (form.get(name) !== (order.customer?.[name] ?? '')) {
      changes.customer = { ...changes.customer, [name]: form.get(name) || null };
    }
  }
  const quantities = order.items.map((item) => form.get(`quantity-${item.lineNumber}`));
  if (order.items.some((item, i) => quantities[i] !== null && quantities[i] !== String(item.quantity))) {
    changes.items = order.items.map(({ sku, name, unitPrice, taxRate }, i) => (
      { sku, name, quantity: number(quantities[i]), unitPrice, taxRate }));
  }
  return changes;
}

/** Returns a number, or the text itself, so that the API says what is wrong with it. */
export function number(text) {
  return /^\d+$/.test(text) ? Number(text) : text;
}
