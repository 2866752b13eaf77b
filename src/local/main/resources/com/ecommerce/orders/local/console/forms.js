// The fields of the dialogs. The browser keeps what the user types. The types of fields are text, select, textarea, rows (a list
// of small records), group (fields that belong together), and the types of the element input.

import { html, nothing } from './html.js';

const VIEWS = { group, rows };

/** Shows one field. The id is only needed if the page may show another field of the same name. */
export function field(spec) {
  return (VIEWS[spec.type] ?? labeled)(spec);
}

function labeled(spec) {
  const id = spec.id ?? `field-${spec.name}`;
  return html`
    <div class="field">
      <label for=${id}>${spec.label}</label>
      ${control(id, spec)}
      ${spec.hint ? html`<small id=${`${id}-hint`}>${spec.hint}</small>` : nothing}
    </div>`;
}

function control(id, { name, type = 'text', value = '', options, hint, mode }) {
  const description = hint ? `${id}-hint` : nothing;
  if (type === 'select') {
    return html`<select id=${id} name=${name} aria-describedby=${description}>
      ${options.map((option) => html`<option value=${option} ?selected=${option === value}>${option || 'any'}</option>`)}
    </select>`;
  }
  if (type === 'textarea') {
    return html`<textarea id=${id} name=${name} rows="2" aria-describedby=${description} .defaultValue=${value}></textarea>`;
  }
  return html`<input id=${id} name=${name} type=${type} value=${value} inputmode=${mode ?? nothing} autocomplete="off"
    aria-describedby=${description}>`;
}

/** Shows fields that belong together. A group without values is closed. */
function group({ label, fields }) {
  return html`
    <details class="group" ?open=${fields.some(({ value }) => value)}>
      <summary>${label}</summary>
      <div role="group" aria-label=${label}>${fields.map(field)}</div>
    </details>`;
}

/** Shows a list of records, with empty rows for more of them. Each column is a part of the names of its inputs. */
function rows({ name, label, columns, value, hint, spare = 1 }) {
  const all = [...value, ...Array.from({ length: spare }, () => ({}))];
  return html`
    <fieldset>
      <legend>${label}</legend>
      ${all.map((row, i) => html`<div class="row" data-columns=${columns.length}>${columns.map((column) => html`
        <label>${column.label} <input name=${`${name}.${column.name}`} value=${row[column.name] ?? ''}
          inputmode=${column.mode ?? nothing} autocomplete="off" aria-label=${`${column.label}, ${label} ${i + 1}`}></label>`)}
      </div>`)}
      ${hint ? html`<small>${hint}</small>` : nothing}
    </fieldset>`;
}

/** Returns the records of a list. Leaves out rows without any value. An empty value is undefined. */
export function readRows(form, name, ...columns) {
  const values = columns.map((column) => form.getAll(`${name}.${column}`));
  return values[0]
    .map((_, i) => Object.fromEntries(columns.map((column, j) => [column, values[j][i] || undefined])))
    .filter((row) => Object.values(row).some(Boolean));
}

/** Returns a number, or the text itself, so that the API says what is wrong with it. */
export function number(text) {
  return /^\d+$/.test(text) ? Number(text) : text;
}
