// Small pieces that several parts of the page share. lit-html inserts all values as text.

import { html, nothing } from './lit/lit-html.js';

export { repeat } from './lit/directives/repeat.js';
export { html, nothing, render, svg } from './lit/lit-html.js';

/** Shows a status in the color of its kind. */
export function chip(status) {
  return html`<span class="chip" data-status=${status}>${status.toLowerCase().replaceAll('_', ' ')}</span>`;
}

/** Shows an instant in UTC, to the second. A narrow column may break the line between the day and the time. */
export function time(instant) {
  return html`<time datetime=${instant} title=${instant}><span>${instant.slice(0, 10)}</span>
    <span>${instant.slice(11, 19)}</span></time>`;
}

/** Shows a problem document (RFC 9457). */
export function problemBox(problem) {
  const errors = problem.errors ?? [];
  return html`
    <div class="problem" role="alert">
      <strong>${problem.status || ''} ${problem.title}</strong>
      ${problem.detail ? html`<p>${problem.detail}</p>` : nothing}
      ${errors.length ? html`<ul>${errors.map((e) => html`<li><code>${e.pointer}</code> ${e.detail}</li>`)}</ul>` : nothing}
      ${problem.code ? html`<p><a href=${`/problems/${problem.code}`}>About ${problem.code}</a></p>` : nothing}
    </div>`;
}

/** Shows terms and values. Empty values are left out. */
export function facts(rows) {
  const shown = rows.filter(([, value]) => value !== undefined && value !== '');
  return html`<dl class="facts">${shown.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`;
}

/** Shows a table that scrolls on its own on a narrow screen. The keyboard can scroll it, too. */
export function table(label, columns, rows) {
  return html`
    <div class="scroll" role="region" aria-label=${label} tabindex="0">
      <table>
        <thead><tr>${columns.map((column) => html`<th scope="col" class=${column.kind ?? ''}>${column.title}</th>`)}</tr></thead>
        <tbody>${rows.map((row) => html`<tr>${row.map((cell, i) => html`<td class=${columns[i].kind ?? ''}>${cell}</td>`)}</tr>`)}</tbody>
      </table>
    </div>`;
}
