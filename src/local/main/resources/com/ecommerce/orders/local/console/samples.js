// Sample orders: the server makes 30 orders in every state. They seem to come from the last two weeks.

import { send } from './api.js';
import { html } from './html.js';
import { set } from './state.js';

let isRunning = false;

/** Shows the button that makes the orders. */
export function sampleButton(reload) {
  return html`<button id="samples" ?disabled=${isRunning} @click=${() => make(reload)}>Make 30 sample orders</button>`;
}

async function make(reload) {
  isRunning = true;
  set({ notice: 'The server is making 30 sample orders …' });
  const { ok, json, problem } = await send({ method: 'POST', path: '/dev/samples' });
  isRunning = false;
  await reload();
  set({ notice: ok ? `${json.ids.length} sample orders were made` : `The sample orders could not be made: ${problem.detail}` });
}
