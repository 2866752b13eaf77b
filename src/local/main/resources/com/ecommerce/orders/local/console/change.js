// A change of one order or of an entry of its ledgers. Every change names the version that the page shows.

import { ifMatch } from './api.js';
import { openDialog } from './dialog.js';

/**
 * Opens the dialog of a change.
 *
 * @param page the order and reload(notice), which reads the order again
 * @param change a title, a verb for the button, the path below the order, a notice for the end, and optionally: the fields,
 *   body(form, initial), the method, and before (the document that the preview is compared with)
 */
export function openChange({ order, reload }, { title, verb, path, notice, fields = [], body, method = 'POST', before }) {
  return openDialog({
    title,
    verb,
    fields,
    before,
    currency: () => order.currency,
    request: (form, initial) => (
      { method, path: `/orders/${order.id}${path}`, ifMatch: ifMatch(order), body: body?.(form, initial) }),
    done: () => reload(notice),
    reload,
  });
}

/** Returns the members of the form that are not empty. */
export function given(form, ...names) {
  return Object.fromEntries(names.map((name) => [name, form.get(name)]).filter(([, value]) => value));
}
