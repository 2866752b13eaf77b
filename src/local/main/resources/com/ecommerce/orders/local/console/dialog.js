// The dialog for a change: a form, then a preview by a dry run, then the change itself with an Idempotency-Key.

import { header, send } from './api.js';
import { differences } from './differences.js';
import { field } from './forms.js';
import { html, nothing, problemBox } from './html.js';
import { set, state } from './state.js';

/**
 * Opens the dialog.
 *
 * @param change a title, a verb for the button, fields (may be empty), request(form, initial) that makes the request of the
 *   form as it is now and as it was opened, before (the document that the response is compared with, or undefined),
 *   currency(form), shown(path) that chooses the members of the preview, done(exchange), and reload() for a stale version
 */
export async function openDialog(change) {
  set({ dialog: { ...change, step: 'form', problem: null } });
  changeDialog({ initial: readForm() });
  if (!change.fields.length) {
    await preview();
  }
}

export function closeDialog() {
  document.querySelector('dialog')?.close();
  set({ dialog: null });
}

function readForm() {
  return new FormData(document.querySelector('dialog form'));
}

function changeDialog(members) {
  if (state.dialog) {
    set({ dialog: { ...state.dialog, ...members } });
  }
}

/** Sends a dry run. The change itself will have a new Idempotency-Key, because the form may have changed since the last one. */
async function preview() {
  const form = readForm();
  const prepared = state.dialog.request(form, state.dialog.initial);
  const exchange = await send({ ...prepared, dryRun: true });
  if (!exchange.ok) {
    showProblem(exchange);
    return;
  }
  changeDialog({
    step: 'preview', problem: null, prepared: { ...prepared, key: crypto.randomUUID() }, result: exchange.json,
    previewCurrency: state.dialog?.currency(form),
  });
  document.querySelector('#apply')?.focus();
}

/** Sends the change. After a problem the button sends the same request again, with the same key. */
async function apply() {
  const { prepared, done } = state.dialog;
  const exchange = await send(prepared);
  if (!exchange.ok) {
    showProblem(exchange);
    return;
  }
  closeDialog();
  await done(exchange);
}

/** Shows the problem above the buttons, and scrolls to it: a form can be longer than the screen. */
function showProblem(exchange) {
  changeDialog({ problem: exchange.problem, currentTag: header(exchange, 'etag') });
  document.querySelector('dialog .buttons')?.scrollIntoView({ block: 'end' });
}

function backToForm() {
  changeDialog({ step: 'form', problem: null });
  document.querySelector('#preview').focus();
}

/** Ignores a second click while the first one waits for its response. */
async function submit(event) {
  event.preventDefault();
  if (state.dialog.isBusy) {
    return;
  }
  changeDialog({ isBusy: true });
  try {
    await (state.dialog.step === 'form' ? preview() : apply());
  } finally {
    changeDialog({ isBusy: false });
  }
}

async function reload() {
  const again = state.dialog.reload;
  closeDialog();
  await again();
}

/** Shows the dialog if there is one. */
export function dialogView() {
  const dialog = state.dialog;
  return dialog ? html`
    <dialog aria-labelledby="dialog-title" @close=${() => state.dialog && set({ dialog: null })}>
      <form @submit=${submit} novalidate>
        <h2 id="dialog-title">${dialog.title}</h2>
        <div ?hidden=${dialog.step !== 'form'}>${dialog.fields.map(field)}</div>
        ${dialog.step === 'preview' ? previewTable(dialog) : nothing}
        ${dialog.problem ? problemBox(dialog.problem) : nothing}
        ${isStale(dialog) ? staleVersion(dialog) : nothing}
        <p class="buttons">
          ${dialog.step === 'form'
            ? html`<button class="primary" id="preview">Preview</button>`
            : html`<button class="primary" id="apply">${dialog.verb}</button>`}
          ${dialog.step === 'preview' && dialog.fields.length
            ? html`<button type="button" id="back" @click=${backToForm}>Back to the form</button>` : nothing}
          <button type="button" @click=${closeDialog}>Close</button>
        </p>
      </form>
    </dialog>` : nothing;
}

function isStale(dialog) {
  return dialog.problem?.status === 412;
}

function staleVersion({ currentTag }) {
  return html`
    <div class="stale" role="status">
      <p>Another request has changed the order. This page shows an older version of the order.
        <span>The current version is ${currentTag}.</span></p>
      <button type="button" id="reload" @click=${reload}>Load the current version</button>
    </div>`;
}

function previewTable({ before, result, previewCurrency, shown = () => true }) {
  const rows = differences(before, result, previewCurrency).filter((row) => shown(row.path));
  const columns = before ? ['Member', 'Now', 'After the change'] : ['Member', 'After the change'];
  return html`
    <p>A dry run of the API says what the change would do. Nothing is stored yet.</p>
    <div class="scroll" role="region" aria-label="Preview" tabindex="0">
      <table class="preview">
        <thead><tr>${columns.map((title) => html`<th scope="col">${title}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`
          <tr><th scope="row">${row.path}</th>${before ? html`<td>${row.before}</td>` : nothing}<td>${row.after}</td></tr>`)}</tbody>
      </table>
      ${rows.length ? nothing : html`<p>Nothing would change.</p>`}
    </div>`;
}

/** Opens the element as a modal dialog. The element exists only after the page was drawn. */
export function showModal() {
  const element = document.querySelector('dialog');
  if (element && !element.open) {
    element.showModal();
  }
}
