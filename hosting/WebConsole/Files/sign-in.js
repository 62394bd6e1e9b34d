import { key, read } from './api.js';
import { h, replace } from './dom.js';
import { t } from './i18n.js';
import { field } from './parts.js';

/** Takes an access key, asks whether it is one, and keeps it for as long as this tab is open. */
export function show({ query, restart, status }) {
  const input = h('input', { type: 'password', autocomplete: 'current-password', required: true, spellcheck: 'false', name: 'key' });
  const problem = h('p', { class: 'problem', role: 'alert' });
  const submit = async event => {
    event.preventDefault();
    const given = input.value.trim();
    key.set(given);
    const found = await read('/console/status').catch(error => ({ error }));
    if (found.caller) return restart(query.get('to') || '#/');
    key.forget();
    // What no header can carry is no key; the browser sends nothing then.
    replace(problem, found.error && /^[\x21-\x7e]+$/.test(given) ? t('The platform does not answer') : t('This key is not accepted: it is mistyped, revoked or expired.'));
    input.select();
  };
  return {
    title: t('Sign in'),
    content: h('div', { class: 'narrow' }, h('h1', { tabindex: '-1' }, t('Sign in')),
      h('p', {}, status.asksForKey
        ? t('This platform asks callers for a key. It stays in this tab and goes nowhere but to this platform.')
        : t('This platform asks nobody for a key.')),
      h('form', { onsubmit: submit }, field(t('Access key'), input, t('The first key is in bootstrap.key of the data folder; others are made on the page Keys.')), problem,
        h('button', { type: 'submit', class: 'button primary' }, t('Sign in')))),
  };
}
