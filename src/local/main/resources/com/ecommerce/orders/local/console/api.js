// Requests to the API. Each request and its response is kept in the log of the page.

import { renew, tokenPath } from './session.js';
import { set, state } from './state.js';

const MAX_LOG = 50;
let count = 0;

/**
 * Sends a request and returns the exchange: the request with its response. If the token is no longer valid, sends the request
 * again with a new token of the same caller. Without a new token, returns the first exchange.
 *
 * @param request the method, path, and optionally body, ifMatch, key (the Idempotency-Key) and dryRun
 */
export async function send(request) {
  const first = await sendOnce(request, state.session);
  if (first.status !== 401) {
    return first;
  }
  const renewed = await renew(first.caller);
  return renewed ? sendOnce(request, renewed) : first;
}

async function sendOnce(request, caller) {
  const exchange = { id: ++count, caller, request, path: pathOf(request), headers: headersOf(request) };
  const begin = performance.now();
  try {
    const response = await fetch(exchange.path, {
      method: request.method,
      headers: { ...exchange.headers, Authorization: `Bearer ${exchange.caller.token}` },
      body: textOf(request),
    });
    exchange.status = response.status;
    exchange.responseHeaders = [...response.headers];
    exchange.text = await response.text();
    exchange.json = parsed(exchange.text);
    exchange.isReplay = response.headers.has('Idempotent-Replayed');
  } catch (error) {
    exchange.status = 0;
    exchange.responseHeaders = [];
    exchange.text = error.message;
  }
  exchange.milliseconds = Math.round(performance.now() - begin);
  exchange.ok = exchange.status >= 200 && exchange.status < 300;
  exchange.problem = exchange.ok ? null : problemOf(exchange);
  set({ log: [exchange, ...state.log].slice(0, MAX_LOG) });
  return exchange;
}

/** Returns the value of a header of the response, in lower case, or undefined. */
export function header(exchange, name) {
  return exchange.responseHeaders.find(([key]) => key === name)?.[1];
}

/** Returns the precondition that the order is still as this page shows it. */
export function ifMatch(order) {
  return `"${order.version}"`;
}

/** Returns a command that sends the same request. The command gets its own token. */
export function curl({ request, caller, headers, path }) {
  const origin = window.location.origin;
  const lines = [`curl -s -X ${request.method} ${quoted(origin + path)}`];
  lines.push(`-H "Authorization: Bearer $(curl -s ${quoted(origin + tokenPath(caller))})"`);
  lines.push(...Object.entries(headers).map(([name, value]) => `-H ${quoted(`${name}: ${value}`)}`));
  if (request.body !== undefined) {
    lines.push(`-d ${quoted(textOf(request))}`);
  }
  return lines.join(' \\\n  ');
}

function pathOf({ path, dryRun }) {
  return dryRun ? `${path}?dryRun=true` : path;
}

function headersOf({ body, ifMatch, key, dryRun }) {
  const headers = {};
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (ifMatch) {
    headers['If-Match'] = ifMatch;
  }
  if (key && !dryRun) {
    headers['Idempotency-Key'] = key;
  }
  return headers;
}

function textOf({ body }) {
  return body === undefined ? undefined : JSON.stringify(body);
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf({ status, json, text }) {
  return json ?? (status
    ? { status, title: `The response has the status ${status}`, detail: text }
    : { status, title: 'The server does not respond', detail: 'Start the API if it has ended. Then send the request again.' });
}

/** Returns the text in single quotes, so that a shell changes nothing in it. */
function quoted(text) {
  return `'${text.replaceAll("'", `'\\''`)}'`;
}
