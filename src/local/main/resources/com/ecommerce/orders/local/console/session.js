// The caller: a development token for any tenant, user and scopes. Each tab of the browser has its own caller.

import { set, state } from './state.js';

const KEY = 'caller';

/** Returns the path that issues the token of a caller. */
export function tokenPath({ tenant, user, scopes }) {
  const query = new URLSearchParams({ tenant, user, email: `${user}@example.org`, scope: scopes.join(' ') });
  return `/dev/token?${query}`;
}

/** Gets a token for the caller that this tab used last. A new tab starts with the defaults of the API. */
export async function start() {
  const token = await fetchToken('/dev/token');
  const claims = JSON.parse(atob(token.split('.')[1].replaceAll('-', '+').replaceAll('_', '/')));
  const allScopes = claims.scope.split(' ');
  const stored = JSON.parse(sessionStorage.getItem(KEY) ?? 'null');
  const caller = stored ?? { tenant: claims.tenant_id, user: claims.sub, scopes: allScopes };
  await use(caller, allScopes);
}

/** Gets a token for a caller. All later requests have this token. */
export async function use(caller, allScopes = state.session.allScopes) {
  const token = await fetchToken(tokenPath(caller));
  sessionStorage.setItem(KEY, JSON.stringify(caller));
  set({ session: { ...caller, allScopes, token } });
}

/**
 * Gets a new token for the caller of a session, because a token is only valid for some hours. Returns the new session, or
 * undefined if there is no new token or if the page has another caller in the meantime.
 */
export async function renew(session) {
  const path = tokenPath(session);
  let token;
  try {
    token = await fetchToken(path);
  } catch (error) {
    set({ notice: `There is no new token: ${error.message}` });
    return undefined;
  }
  if (tokenPath(state.session) !== path) {
    return undefined;
  }
  set({ session: { ...state.session, token } });
  return state.session;
}

async function fetchToken(path) {
  const response = await fetch(path);
  const text = await response.text();
  if (!response.ok) {
    throw new Error(JSON.parse(text).errors?.[0]?.detail ?? text);
  }
  return text;
}
