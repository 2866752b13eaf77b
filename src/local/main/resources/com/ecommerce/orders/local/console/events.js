// The timeline of an order: one event for each change.

import { html, nothing, time } from './html.js';

/** Shows the events of an order, oldest first. */
export function timeline(events) {
  return html`
    <section aria-labelledby="events-title">
      <h2 id="events-title">Timeline</h2>
      <ol class="timeline">${events.map((event) => html`
        <li>
          <strong>${event.type.toLowerCase().replaceAll('_', ' ')}</strong>
          <span>${time(event.at)} by ${event.by}</span>
          ${event.changes ? html`<details><summary>Changes of version ${event.seq}</summary><pre
            tabindex="0">${JSON.stringify(event.changes, null, 2)}</pre></details>` : nothing}
        </li>`)}
      </ol>
    </section>`;
}
