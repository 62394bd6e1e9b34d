import { ask, path, readAll } from './api.js';
import { h } from './dom.js';
import { ago, at, nothing } from './format.js';
import { t } from './i18n.js';
import { badge, button, confirmDialog, empty, field, live, say, section, table } from './parts.js';

const permissions = ['observe', 'infer', 'label', 'explain', 'register', 'promote', 'manage'];

/** The access keys: what each allows, when it was used last; a new one, which is shown once; taking one back. */
export function show(context) {
  const place = h('div', {});
  const { status } = context;
  const list = live(context, place, signal => readAll('/v1/keys', signal), (keys, refresh) => keys.length === 0 ? empty(t('There is no key.'), status.asksForKey ? null : t('This platform asks nobody for a key; those made here count once it does.')) : table(t('Keys'), [
    { name: t('Name'), cell: key => key.name },
    { name: t('Permissions'), cell: key => key.permissions.map(grant => h('span', { class: 'grant' }, badge('plain', grant.permission), grant.models ? ` ${grant.models.join(', ')}` : '', grant.aliases ? ` @ ${grant.aliases.join(', ')}` : '')) },
    { name: t('Created'), cell: key => ago(key.createdAt) },
    { name: t('Expires'), cell: key => key.expiresAt ? at(key.expiresAt) : t('never') },
    { name: t('Last used'), cell: key => key.lastUsedAt ? ago(key.lastUsedAt) : nothing },
    { name: t('Actions'), cell: key => button(t('Revoke …'), () => revoke(key, refresh), { 'data-key': `revoke-${key.id}`, 'aria-label': t('Revoke {0}', key.name) }) },
  ], keys), 10000);
  return {
    title: t('Keys'),
    content: [h('h1', { tabindex: '-1' }, t('Keys')),
      status.caller && status.asksForKey ? h('p', { class: 'hint' }, t('You are {0} and may: {1}.', status.caller.name, status.caller.permissions.join(', '))) : null,
      h('p', { class: 'actions' }, button(t('New key …'), () => create(() => list.refresh()), { class: 'button primary' })), section(t('Keys'), place)],
  };
}

async function create(refresh) {
  const name = h('input', { type: 'text', required: true, maxlength: '100' });
  const boxes = permissions.map(permission => h('input', { type: 'checkbox', value: permission, checked: permission === 'observe' }));
  const models = h('input', { type: 'text', autocomplete: 'off' });
  const expires = h('input', { type: 'datetime-local' });
  let made = null;
  const isDone = await confirmDialog({
    title: t('New key'), action: t('Make the key'),
    fields: [field(t('Name'), name), h('fieldset', {}, h('legend', {}, t('Permissions')), boxes.map(box => h('label', { class: 'check' }, box, ' ', box.value))),
      field(t('Models'), models, t('Names with commas between them; every model when empty.')), field(t('Expires'), expires, t('Never when empty.'))],
    run: async () => {
      const names = models.value.split(',').map(model => model.trim()).filter(Boolean);
      made = await ask('POST', '/v1/keys', {
        body: {
          name: name.value, permissions: boxes.filter(box => box.checked).map(box => ({ permission: box.value, ...names.length ? { models: names } : {} })),
          ...expires.value ? { expiresAt: new Date(expires.value).toISOString() } : {},
        },
      });
    },
  });
  if (!isDone) return;
  refresh();
  const shown = h('input', { type: 'text', readonly: true, value: made.key, class: 'code', onfocus: event => event.target.select() });
  await confirmDialog({ title: t('The new key'), text: t('It is shown this once, and kept as a hash.'), fields: [field(made.name, shown)], action: t('I have it'), run: async () => {} });
}

async function revoke(key, refresh) {
  const isDone = await confirmDialog({
    title: t('Revoke {0}', key.name), text: t('Within seconds no service takes it any more. This cannot be undone.'), action: t('Revoke'), danger: true,
    run: () => ask('DELETE', path('v1', 'keys', key.id)),
  });
  if (!isDone) return;
  say(t('The key is revoked.'));
  refresh();
}
