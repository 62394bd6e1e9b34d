// What every page is made of: states, tables, badges, dialogs.

import { ApiError, ask } from './api.js';
import { h, replace, uniqueId } from './dom.js';
import { t } from './i18n.js';
import { term } from './terms.js';

export const loading = () => h('div', { class: 'state loading', role: 'status' }, h('span', { class: 'spinner', 'aria-hidden': 'true' }), t('Loading …'));

/** Nothing there yet, and what makes something be there. */
export const empty = (what, hint) => h('div', { class: 'state empty' }, h('p', {}, what), hint ? h('p', { class: 'hint' }, hint) : null);

/** A refusal in the API's own words, or that there was no answer. */
export function failure(error, retry) {
  const isRefused = error.status === 401 || error.status === 403;
  return h('div', { class: `state ${isRefused ? 'forbidden' : 'failed'}`, role: 'alert' },
    h('p', { class: 'title' }, error.status === 401 ? t('You are not signed in') : error.status === 403 ? t('You may not see this') : error.status === 404 ? t('There is no such thing') : error.status === 0 ? t('The platform does not answer') : t('This did not work')),
    error.status === 0 ? null : h('p', {}, error.message),
    error.code ? h('p', { class: 'hint' }, h('code', {}, error.code)) : null,
    error.status === 401 ? h('p', {}, h('a', { href: '#/sign-in' }, t('Sign in'))) : retry ? h('p', {}, button(t('Try again'), retry)) : null);
}

export const button = (text, click, attributes = {}) => h('button', { type: 'button', class: 'button', onclick: click, ...attributes }, text);

/** A heading with what belongs to it. */
export function section(title, ...content) {
  const id = uniqueId('section');
  return h('section', { 'aria-labelledby': id, class: 'panel' }, h('h2', { id }, title), ...content);
}

/**
 * A table with a caption, which a narrow screen scrolls within itself.
 * A column is { name, cell(row), number? }; the first one is the row's head.
 */
export function table(caption, columns, rows, { hidden = true } = {}) {
  return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': caption },
    h('table', {},
      h('caption', { class: hidden ? 'unseen' : '' }, caption),
      h('thead', {}, h('tr', {}, columns.map(column => h('th', { scope: 'col', class: column.number ? 'number' : null }, column.name)))),
      h('tbody', {}, rows.map(row => h('tr', {}, columns.map((column, place) => place === 0
        ? h('th', { scope: 'row' }, column.cell(row))
        : h('td', { class: column.number ? 'number' : null }, column.cell(row))))))));
}

/** Pairs of a name and a value. */
export const facts = pairs => h('dl', { class: 'facts' }, pairs.filter(pair => pair && pair[1] !== null && pair[1] !== undefined && pair[1] !== '')
  .map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, value))));

/** A word on a colour; the word says it, too. */
export const badge = (kind, text) => h('span', { class: `badge ${kind}` }, text);

export const severityBadge = severity => badge(severity === 'critical' ? 'bad' : severity === 'warning' ? 'warn' : 'plain', term(severity));

export const stateBadge = state => badge(state === 'resolved' || state === 'succeeded' || state === 'completed' ? 'good' : state === 'active' || state === 'failed' ? 'bad' : 'plain', term(state));

/** A field with its label. */
export function field(label, control, hint) {
  const id = control.id || uniqueId('field');
  control.id = id;
  if (hint) control.setAttribute('aria-describedby', `${id}-hint`);
  return h('div', { class: 'field' }, h('label', { for: id }, label), control, hint ? h('p', { id: `${id}-hint`, class: 'hint' }, hint) : null);
}

/** Says something to who sees the page and to who hears it. */
export function say(text, isError = false) {
  const place = document.getElementById('messages');
  const message = h('div', { class: `message ${isError ? 'bad' : 'good'}` }, text);
  place.append(message);
  setTimeout(() => message.remove(), isError ? 12000 : 6000);
}

/** Asks before it does something: fields, what follows from it, and the API's own words where it is refused. Whether it was done. */
export function confirmDialog({ title, text, fields = [], action, danger = false, run }) {
  return new Promise(resolve => {
    const id = uniqueId('dialog');
    const problem = h('div', { 'aria-live': 'assertive' });
    const accept = h('button', { type: 'submit', class: danger ? 'button danger' : 'button primary' }, action);
    let isDone = false;
    const form = h('form', {
      onsubmit: async event => {
        event.preventDefault();
        accept.disabled = true;
        try {
          await run();
          isDone = true;
          dialog.close();
        } catch (error) {
          if (!(error instanceof ApiError)) throw error;
          replace(problem, failure(error), gateList(error.problem.gates));
        } finally {
          accept.disabled = false;
        }
      },
    }, h('h2', { id }, title), text ? h('p', {}, text) : null, ...fields, problem,
    h('div', { class: 'actions' }, button(t('Cancel'), () => dialog.close()), accept));
    const dialog = h('dialog', { 'aria-labelledby': id, onclose: () => { dialog.remove(); resolve(isDone); } }, form);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** What each gate measured. */
export function gateList(gates) {
  if (!gates?.length) return null;
  return h('ul', { class: 'gates' }, gates.map(gate => h('li', {},
    badge(gate.passed ? 'good' : 'bad', gate.passed ? t('passed') : t('failed')), ' ',
    h('strong', {}, gate.metric ? `${gate.gate} ${gate.metric}` : gate.gate), ' ', gate.detail ?? '')));
}

/** A button that asks the API for a change and says what came of it. */
export const change = (text, method, path, body, done, attributes) => button(text, async event => {
  event.target.disabled = true;
  try {
    await ask(method, path, { body });
    say(t('Done.'));
    done?.();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    say(error.message, true);
  } finally {
    event.target.disabled = false;
  }
}, attributes);

/** Reads and draws, again and again while the page is looked at. What has not changed is not drawn again. */
export function live(context, place, readData, draw, every = 5000) {
  let drawn = null;
  let timer = null;
  const step = async () => {
    clearTimeout(timer);
    try {
      if (document.hidden && drawn !== null) return;
      const data = await readData(context.signal);
      const text = JSON.stringify(data);
      place.classList.remove('stale');
      if (text !== drawn) replace(place, draw(data, refresh));
      drawn = text;
    } catch (error) {
      if (context.signal.aborted) return;
      if (!(error instanceof ApiError)) {
        replace(place, failure(error, refresh));
        throw error;
      }
      if (drawn === null || error.status === 401 || error.status === 403 || error.status === 404) replace(place, failure(error, refresh));
      else place.classList.add('stale');
    } finally {
      if (every && !context.signal.aborted) timer = setTimeout(step, every);
    }
  };
  const refresh = () => step();
  replace(place, loading());
  context.signal.addEventListener('abort', () => clearTimeout(timer));
  step();
  return { refresh, redraw: () => { drawn = null; return step(); } };
}
