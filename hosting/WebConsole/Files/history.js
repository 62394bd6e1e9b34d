import { path, read } from './api.js';
import { h } from './dom.js';
import { at, nothing } from './format.js';
import { t } from './i18n.js';
import { term } from './terms.js';
import { empty, gateList, live, section, table } from './parts.js';
import { modelHead } from './model-head.js';

/** Who did what to the model, when and why. */
export function show(context) {
  const place = h('div', {});
  live(context, place, signal => read(`${path('v1', 'models', context.model, 'history')}?limit=100`, signal), ({ items }) => items.length === 0
    ? empty(t('Nothing has happened yet.'))
    : table(t('History of {0}', context.model), [
      { name: t('When'), cell: entry => at(entry.at) },
      { name: t('What'), cell: entry => term(entry.action) },
      { name: t('Version'), cell: entry => entry.version ? entry.previousVersion ? `${entry.previousVersion} → ${entry.version}` : entry.version : nothing },
      { name: t('Alias'), cell: entry => entry.alias ?? nothing },
      { name: t('By'), cell: entry => entry.by ?? nothing },
      { name: t('Reason'), cell: entry => entry.reason ?? nothing },
      { name: t('Gates'), cell: entry => entry.gates?.length ? h('details', { 'data-key': `gates-${entry.sequence}` }, h('summary', {}, t('{0} of {1} passed', entry.gates.filter(gate => gate.passed).length, entry.gates.length)), gateList(entry.gates)) : nothing },
    ], items));
  return { title: `${context.model} · ${t('History')}`, content: [modelHead(context.model, 'history'), section(t('History'), place)] };
}
