// A chart of the listed orders: the number of orders and the revenue of each day, with one row of bars for each currency.

import { html, nothing, svg, table } from './html.js';
import { money } from './money.js';

const WIDTH = 640;
const HEIGHT = 80;
const WIDEST_STEP = 60;
const DAY = 24 * 60 * 60 * 1000;

/** Shows the chart, with a button for more orders. Amounts of different currencies are never added. */
export function chart(orders, moreButton) {
  if (!orders.length) {
    return nothing;
  }
  const days = daysOf(orders);
  const currencies = [...new Set(orders.map((order) => order.currency))].sort();
  const measures = [
    { title: 'Orders', className: 'orders-bar', value: (day) => day.orders.length, text: String },
    ...currencies.map((currency) => ({
      title: `Revenue in ${currency}`,
      className: 'revenue-bar',
      value: (day) => revenue(day.orders, currency),
      text: (amount) => money(amount, currency),
    })),
  ];
  return html`
    <section aria-labelledby="chart-title" id="chart">
      <h2 id="chart-title">Orders and revenue per day</h2>
      <p class="legend">Orders in the chart: ${orders.length}. Revenue is what was captured, less refunds and chargebacks.</p>
      <p class="buttons">${moreButton}</p>
      ${measures.map((measure) => barChart(measure, days))}
      <details><summary>The numbers</summary>${numbers(measures, days)}</details>
    </section>`;
}

function barChart(measure, days) {
  const values = days.map(measure.value);
  const highest = Math.max(1, ...values);
  const total = measure.text(values.reduce((sum, value) => sum + value, 0));
  const step = Math.min(WIDTH / days.length, WIDEST_STEP);
  return html`
    <figure>
      <figcaption>${measure.title}: ${total}</figcaption>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT + 16}" role="img" class="chart"
        aria-label=${`${measure.title} from ${days[0].date} to ${days.at(-1).date}: ${total}`}>
        ${days.map((day, i) => bar(measure, day.date, values[i], {
          x: i * step, width: step * 0.8, height: (Math.max(values[i], 0) / highest) * HEIGHT,
        }))}
        <text x="0" y=${HEIGHT + 13}>${days[0].date}</text>
        ${days.length * step > WIDTH / 2
          ? svg`<text x=${days.length * step} y=${HEIGHT + 13} text-anchor="end">${days.at(-1).date}</text>` : nothing}
      </svg>
    </figure>`;
}

function bar({ className, text }, date, value, { x, width, height }) {
  return svg`<g><title>${date}: ${text(value)}</title>
    <rect class=${className} x=${x} y=${HEIGHT - height} width=${width} height=${height}></rect></g>`;
}

function numbers(measures, days) {
  const columns = [{ title: 'Day (UTC)' }, ...measures.map(({ title }) => ({ title, kind: 'number' }))];
  const rows = days.map((day) => [day.date, ...measures.map(({ value, text }) => text(value(day)))]);
  return table('Orders and revenue per day', columns, rows);
}

/** Returns all days from the first order to the last one. A day without orders is among them. */
function daysOf(orders) {
  const dates = orders.map((order) => order.createdAt.slice(0, 10)).sort();
  const days = [];
  for (let time = Date.parse(dates[0]); time <= Date.parse(dates.at(-1)); time += DAY) {
    const date = new Date(time).toISOString().slice(0, 10);
    days.push({ date, orders: orders.filter((order) => order.createdAt.startsWith(date)) });
  }
  return days;
}

function revenue(orders, currency) {
  return orders
    .filter((order) => order.currency === currency)
    .reduce((sum, { payment }) => sum + payment.captured - payment.refunded - payment.chargedBack, 0);
}
