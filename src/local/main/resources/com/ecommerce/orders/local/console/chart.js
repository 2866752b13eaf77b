// A chart of the listed orders: the number of orders and the revenue of each day.

import { html, nothing, svg, table } from './html.js';
import { money } from './money.js';

const WIDTH = 640;
const HEIGHT = 120;

/**
 * Shows the chart. The revenue is `captured` - `refunded` - `chargedBack` of the orders in the most frequent currency. The bars
 * of orders count all currencies.
 */
export function chart(orders) {
  const days = perDay(orders);
  if (!days.length) {
    return nothing;
  }
  const currency = mostFrequent(orders.map((order) => order.currency));
  for (const day of days) {
    day.revenue = day.orders.filter((order) => order.currency === currency).reduce((sum, order) => sum + revenue(order), 0);
  }
  const total = days.reduce((sum, day) => sum + day.revenue, 0);
  const label = `${orders.length} orders on ${days.length} days, revenue ${money(total, currency)}`;
  return html`
    <section aria-labelledby="chart-title">
      <h2 id="chart-title">Orders and revenue per day</h2>
      <svg viewBox="0 0 ${WIDTH} ${HEIGHT + 16}" role="img" aria-label=${label} class="chart">${bars(days, currency)}</svg>
      <p class="legend"><span class="orders-key"></span> orders <span class="revenue-key"></span> revenue in ${currency}. ${label}.</p>
      <details><summary>The numbers</summary>
        ${table('Orders and revenue per day', [{ title: 'Day (UTC)' }, { title: 'Orders', kind: 'number' },
          { title: 'Revenue', kind: 'number' }], days.map((day) => [day.date, day.orders.length, money(day.revenue, currency)]))}
      </details>
    </section>`;
}

function bars(days, currency) {
  const most = Math.max(...days.map((day) => day.orders.length));
  const highest = Math.max(1, ...days.map((day) => day.revenue));
  const step = Math.min(WIDTH / days.length, 80);
  return days.map((day, i) => {
    const ordersHeight = (day.orders.length / most) * HEIGHT;
    const revenueHeight = (Math.max(day.revenue, 0) / highest) * HEIGHT;
    return svg`
      <g>
        <title>${day.date}: ${day.orders.length} orders, ${money(day.revenue, currency)}</title>
        <rect class="orders-bar" x=${i * step} y=${HEIGHT - ordersHeight} width=${step * 0.4} height=${ordersHeight}></rect>
        <rect class="revenue-bar" x=${i * step + step * 0.42} y=${HEIGHT - revenueHeight} width=${step * 0.4}
          height=${revenueHeight}></rect>
        ${i === 0 || i === days.length - 1 ? svg`<text x=${i * step} y=${HEIGHT + 13}>${day.date.slice(5)}</text>` : nothing}
      </g>`;
  });
}

function perDay(orders) {
  const days = new Map();
  for (const order of orders) {
    const date = order.createdAt.slice(0, 10);
    if (!days.has(date)) {
      days.set(date, { date, orders: [] });
    }
    days.get(date).orders.push(order);
  }
  return [...days.values()].sort((a, b) => a.date.localeCompare(b.date));
}

function revenue({ payment }) {
  return payment.captured - payment.refunded - payment.chargedBack;
}

function mostFrequent(values) {
  const counts = new Map();
  values.forEach((value) => counts.set(value, (counts.get(value) ?? 0) + 1));
  return [...counts].sort((a, b) => b[1] - a[1])[0][0];
}
