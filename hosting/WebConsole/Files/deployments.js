import { path, readAll } from './api.js';
import { h } from './dom.js';
import { ago, nothing, percent } from './format.js';
import { t } from './i18n.js';
import { term } from './terms.js';
import { badge, empty, live, section, table } from './parts.js';

/** Every alias that serves, with its version and how traffic is split. */
export function show(context) {
  const place = h('div', {});
  live(context, place, signal => readAll('/v1/deployments', signal), items => items.length === 0 ? empty(t('Nothing serves.'), t('Promote a version on the page of its model.')) : table(t('Deployments'), [
    { name: t('Model'), cell: item => h('a', { href: `#${path('models', item.model)}`, 'data-key': `model-${item.model}-${item.alias}` }, item.model) },
    { name: t('Alias'), cell: item => badge(item.alias === 'champion' ? 'good' : 'plain', item.alias) },
    { name: t('Version'), cell: item => item.version },
    { name: t('Strategy'), cell: item => term(item.strategy?.kind ?? nothing) },
    { name: t('Split'), cell: item => item.split?.length ? item.split.map(part => h('span', { class: 'below' }, `${part.version}: ${percent(part.weight)} ${term(part.role)}`)) : percent(1) },
    { name: t('Since'), cell: item => ago(item.at) },
    { name: t('SHA-256'), cell: item => h('code', {}, item.sha256.slice(0, 12)) },
  ], items), 5000);
  return { title: t('Deployments'), content: [h('h1', { tabindex: '-1' }, t('Deployments')), section(t('What serves'), place)] };
}
