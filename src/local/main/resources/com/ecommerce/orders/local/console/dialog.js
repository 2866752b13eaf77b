// The dialog for a change: a form, then a preview by a dry run, then the change itself with an Idempotency-Key.

import { header, send } from './api.js';
import { differences } from './differences.js';
import { field } from './forms.js';
import { html, nothing, problemBox } from './html.js';
import { set, state } from './state.js';

/**
 * Opens the dialog.
 *
 * @param change a title, a verb for the button, fields (may be empty), request(form) that makes the request, before (the
 *   document that the response is compared with, or undefined), shown(path) that chooses the members of the preview,
 *   done(exchange), and reload() for a stale version
 */
export async function openDialog(change) {
  set({ dialog: { ...change, step: 'form', problem: null, key: crypto.randomUUID() } });
  if (!change.fields.length) {
    await preview();
  }
}

export function closeDialog() {
  document.querySelector('dialog')?.close();
  set({ dialog: null });
}

function changeDialog(members) {
  if (state.dialog) {
    set({ dialog: { ...state.dialog, ...members } });
  }
}

async function preview() {
  const form = new FormData(document.querySelector('dialog form'));
  const request = state.dialog.request(form);
  const exchange = await send({ ...request, dryRun: true });
  changeDialog(exchange.ok
    ? { step: 'preview', problem: null, request: () => request, result: exchange.json }
    : { problem: exchange.problem, currentTag: header(exchange, 'etag') });
}

async function apply() {
  const { request, key, done } = state.dialog;
  const exchange = await send({ ...request(), key });
  if (!exchange.ok) {
    changeDialog({ problem: exchange.problem, currentTag: header(exchange, 'etag') });
    return;
  }
  closeDialog();
  await done(exchange);
}

async function submit(event) {
  event.preventDefault();
  await (state.dialog.step === 'form' ? preview() : apply());
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

function previewTable({ before, result, shown = () => true }) {
  const rows = differences(before, result).filter((row) => shown(row.path));
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

/** Opens the element as a modal dialog, and moves the focus. The element exists only after the page was drawn. */
export function showModal() {
  const element = document.querySelector('dialog');
  if (element && !element.open) {
    element.showModal();
  }
  if (element && state.dialog.step === 'preview' && !state.dialog.problem) {
    element.querySelector('#apply').focus();
  }
}
