// The one state of the page. Each change of the state draws the page again.

export const state = {
  session: null,
  route: { page: 'list', parameters: new URLSearchParams() },
  list: null,
  detail: null,
  dialog: null,
  log: [],
  notice: '',
};

let draw = () => {};

/** Sets the function that draws the page. */
export function drawWith(render) {
  draw = render;
}

/** Changes members of the state and draws the page. */
export function set(changes) {
  Object.assign(state, changes);
  draw();
}
