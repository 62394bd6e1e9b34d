import { readAll } from './api.js';
import { h } from './dom.js';
import { count } from './format.js';
import { t } from './i18n.js';
import { term } from './terms.js';
import { alertRows, openAlerts } from './rows.js';
import { empty, live, section } from './parts.js';

const states = ['open', 'active', 'acknowledged', 'silenced', 'resolved', 'all'];

/** Alerts by their state, and what can be done about each. */
export function show(context) {
  const place = h('div', {});
  let state = states.includes(context.query.get('state')) ? context.query.get('state') : 'open';
  const pick = h('select', { id: 'state', onchange: event => {
    state = event.target.value;
    history.replaceState(null, '', `#/alerts?state=${state}`);
    list.redraw();
  } }, states.map(value => h('option', { value, selected: value === state }, term(value))));
  const list = live(context, place, signal => state === 'open' ? openAlerts(signal) : readAll(`/v1/alerts${state === 'all' ? '' : `?state=${state}`}`, signal, 300), (alerts, refresh) => alerts.length === 0
    ? empty(state === 'open' ? t('No open alert.') : t('No alert.'), t('Rules say when one is raised.'))
    : [h('p', { class: 'hint' }, t('{0} alerts, the latest first', count(alerts.length))), alertRows(alerts, refresh)]);
  return {
    title: t('Alerts'),
    content: [h('h1', { tabindex: '-1' }, t('Alerts')), h('p', { class: 'filter' }, h('label', { for: 'state' }, t('State')), ' ', pick), section(t('Alerts'), place)],
  };
}
