// The requests of this page and their responses, newest first.

import { curl, send } from './api.js';
import { html, nothing, repeat } from './html.js';
import { set, state } from './state.js';

/** Shows the log of requests. */
export function logView() {
  return html`
    <aside aria-labelledby="log-title" id="log">
      <h2 id="log-title">Requests</h2>
      <p>The requests of this page and their responses, newest first.</p>
      ${repeat(state.log, (exchange) => exchange.id, entry)}
    </aside>`;
}

function entry(exchange) {
  const { request, path, status, milliseconds } = exchange;
  return html`
    <details class="exchange">
      <summary>
        <span class="method">${request.method}</span> <span class="path">${path}</span>
        <span class="code" data-kind=${exchange.ok ? 'ok' : 'bad'}>${status || 'no response'}</span>
        <span class="ms">${milliseconds} ms</span>
        ${request.dryRun ? html`<span class="chip">dry run</span>` : nothing}
        ${exchange.isReplay ? html`<span class="chip replay">replayed</span>` : nothing}
      </summary>
      <p class="buttons">
        <button @click=${() => copy(exchange)}>Copy as curl</button>
        ${exchange.headers['Idempotency-Key']
          ? html`<button class="again" @click=${() => again(exchange)}>Send again with the same key</button>` : nothing}
      </p>
      <h3>Request</h3>
      <pre tabindex="0">${curl(exchange)}</pre>
      <h3>Response</h3>
      <pre tabindex="0">${status}\n${exchange.responseHeaders.map(([name, value]) => `${name}: ${value}`).join('\n')}

${exchange.json ? JSON.stringify(exchange.json, null, 2) : exchange.text}</pre>
    </details>`;
}

async function copy(exchange) {
  try {
    await navigator.clipboard.writeText(curl(exchange));
    set({ notice: 'The command is in the clipboard' });
  } catch {
    set({ notice: 'The browser does not allow this page to copy. Select the text of the request.' });
  }
}

/** Repeats a request. The API recognizes the key and sends the first response again, without a second change. */
async function again({ request }) {
  const exchange = await send(request);
  set({
    notice: exchange.isReplay
      ? 'The API recognized the key and sent its first response again. Nothing was changed a second time.'
      : `The response has the status ${exchange.status}.`,
  });
}
