// The fields of the dialogs. A field has a name, a label and a type; the browser keeps what the user types.

import { html, nothing } from './html.js';

/** Shows one field. The types are text, select, lines, and the types of the element input. */
export function field(spec) {
  const id = `field-${spec.name}`;
  if (spec.type === 'lines') {
    return lines(spec);
  }
  return html`
    <div class="field">
      <label for=${id}>${spec.label}</label>
      ${spec.type === 'select' ? select(id, spec) : input(id, spec)}
      ${spec.hint ? html`<small id=${`${id}-hint`}>${spec.hint}</small>` : nothing}
    </div>`;
}

function input(id, { name, type = 'text', value = '', hint, required, mode }) {
  return html`<input id=${id} name=${name} type=${type} value=${value} ?required=${required} inputmode=${mode ?? nothing}
    autocomplete="off" aria-describedby=${hint ? `${id}-hint` : nothing}>`;
}

export function select(id, { name, value, options, hint }) {
  return html`
    <select id=${id} name=${name} aria-describedby=${hint ? `${id}-hint` : nothing}>
      ${options.map((option) => html`<option value=${option} ?selected=${option === value}>${option || 'any'}</option>`)}
    </select>`;
}

/** Shows the lines of an order: article, quantity and price of each line. */
function lines({ label, value }) {
  return html`
    <fieldset>
      <legend>${label}</legend>
      ${value.map((line, i) => html`
        <div class="line">
          <input name="sku" value=${line.sku} placeholder="article" aria-label=${`Article of line ${i + 1}`}>
          <input name="quantity" value=${line.quantity} inputmode="numeric" aria-label=${`Quantity of line ${i + 1}`}>
          <input name="price" value=${line.price} inputmode="decimal" aria-label=${`Unit price of line ${i + 1}`}>
          <input name="taxRate" value=${line.taxRate} inputmode="decimal" aria-label=${`Tax rate of line ${i + 1}`}>
        </div>`)}
      <small>Article, quantity, unit price, tax rate (0.1075 is 10.75 %). A line without an article is left out.</small>
    </fieldset>`;
}
