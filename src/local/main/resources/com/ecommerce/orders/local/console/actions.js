// The buttons of an order. The order's allowedActions say which buttons there are.

import { given, openChange } from './change.js';
import { mergePatch, peopleFields, priceFields, readPeople, readPrices } from './details.js';
import { html } from './html.js';

const ACTIONS = {
  update: { label: 'Edit', open: edit },
  confirm: { label: 'Confirm', open: (page) => transition(page, 'confirm', 'Confirm the order', 'The order is confirmed') },
  complete: { label: 'Complete', open: (page) => transition(page, 'complete', 'Complete the order', 'The order is completed') },
  cancel: { label: 'Cancel', open: cancel },
};

/** Shows a button for each allowed action. An action that this page does not know has no button. */
export function actionButtons(page) {
  return page.order.allowedActions
    .filter((action) => action in ACTIONS)
    .map((action) => html`<button id=${`action-${action}`} @click=${() => ACTIONS[action].open(page)}>
      ${ACTIONS[action].label}</button>`);
}

function transition(page, action, title, notice) {
  return openChange(page, { title, verb: title, path: `/${action}`, before: page.order, notice });
}

function cancel(page) {
  return openChange(page, {
    title: 'Cancel the order',
    verb: 'Cancel the order',
    path: '/cancel',
    fields: [{ name: 'reason', label: 'Reason' }],
    before: page.order,
    body: (form) => given(form, 'reason'),
    notice: 'The order is canceled',
  });
}

/** The patch has only what the user changes: the form as it is, compared with the form as it was when it was opened. */
function edit(page) {
  const { order } = page;
  const pricesCanChange = order.status === 'PLACED';
  const read = (form) => ({ ...(pricesCanChange ? readPrices(form, order.currency) : {}), ...readPeople(form) });
  return openChange(page, {
    title: 'Edit the order',
    verb: 'Save',
    path: '',
    method: 'PATCH',
    fields: [...(pricesCanChange ? priceFields(order) : []), ...peopleFields(order)],
    before: order,
    body: (form, initial) => mergePatch(read(initial), read(form)),
    notice: 'The order is saved',
  });
}
