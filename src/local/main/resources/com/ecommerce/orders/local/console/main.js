// The page: who is calling, the list or one order, the log of requests, and a dialog.

import { dialogView, showModal } from './dialog.js';
import { html, nothing, render } from './html.js';
import { listPage, loadList } from './list.js';
import { logView } from './log.js';
import { loadOrder, orderPage } from './order.js';
import { sampleButton } from './samples.js';
import { start, use } from './session.js';
import { drawWith, set, state } from './state.js';

const root = document.getElementById('console');

function draw() {
  render(page(), root);
  showModal();
  if (document.activeElement === document.body && state.notice) {
    document.querySelector('h1')?.focus();
  }
}

function page() {
  const { session, route } = state;
  return html`
    <header>
      <p class="brand"><a href="#/">Order API</a></p>
      <nav aria-label="Site"><a href="/docs">Contract</a></nav>
      ${session ? callerForm(session) : nothing}
    </header>
    <p role="status" id="notice">${state.notice}</p>
    ${session ? html`
      <div class="columns">
        <main>${route.page === 'order' ? orderPage(state.detail ?? {}) : listPage(state.list, sampleButton(loadList))}</main>
        ${logView()}
      </div>` : nothing}
    ${dialogView()}`;
}

function callerForm({ tenant, user, scopes, allScopes }) {
  return html`
    <details class="caller">
      <summary id="caller">${user} of ${tenant}</summary>
      <form aria-label="Caller" @submit=${switchCaller}>
        <div class="field"><label for="tenant">Tenant</label><input id="tenant" name="tenant" value=${tenant}></div>
        <div class="field"><label for="user">User</label><input id="user" name="user" value=${user}></div>
        <fieldset><legend>Scopes</legend>${allScopes.map((scope) => html`
          <label><input type="checkbox" name="scope" value=${scope} ?checked=${scopes.includes(scope)}> ${scope}</label>`)}
        </fieldset>
        <button id="use-caller">Use this caller</button>
      </form>
    </details>`;
}

async function switchCaller(event) {
  event.preventDefault();
  const form = new FormData(event.target);
  try {
    await use({ tenant: form.get('tenant'), user: form.get('user'), scopes: form.getAll('scope') });
    event.target.closest('details').open = false;
    await navigate();
    set({ notice: `Requests now come from ${state.session.user} of ${state.session.tenant}` });
  } catch (error) {
    set({ notice: error.message });
  }
}

/** Shows the page that the address names: "#/" with filters, or "#/orders/{id}". */
async function navigate() {
  const [path, query = ''] = window.location.hash.slice(1).split('?');
  const id = /^\/orders\/([^/]+)$/.exec(path)?.[1];
  const route = id ? { page: 'order', id } : { page: 'list', parameters: new URLSearchParams(query) };
  set({ route, detail: null, notice: '' });
  await (id ? loadOrder(id) : loadList());
  document.title = `${document.querySelector('h1').textContent.trim()} - Order API console`;
}

async function changeAddress() {
  await navigate();
  document.querySelector('h1').focus();
}

drawWith(draw);
start()
  .then(() => {
    window.addEventListener('hashchange', changeAddress);
    return navigate();
  })
  .catch((error) => set({ notice: `The console can't start: ${error.message}. Is the server still running?` }));
