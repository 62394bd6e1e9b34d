// Alerts and events as lists of several pages show them.

import { ask, path, readAll } from './api.js';
import { h } from './dom.js';
import { ago } from './format.js';
import { t } from './i18n.js';
import { term } from './terms.js';
import { change, confirmDialog, field, severityBadge, stateBadge } from './parts.js';

/** Every alert that is not resolved, the latest first. */
export const openAlerts = async signal => (await Promise.all(['active', 'acknowledged', 'silenced'].map(state => readAll(`/v1/alerts?state=${state}`, signal, 300)))).flat()
  .sort((one, other) => new Date(other.raisedAt) - new Date(one.raisedAt));

/** Alerts with what can be done about each. */
export const alertRows = (alerts, refresh) => h('ul', { class: 'alerts' }, alerts.map(alert => h('li', { class: `alert ${alert.severity} ${alert.state}` },
  h('p', { class: 'line' }, severityBadge(alert.severity), ' ', stateBadge(alert.state), ' ',
    h('a', { href: `#${path('models', alert.model, 'monitoring')}?version=${encodeURIComponent(alert.version)}&window=${alert.window}`, 'data-key': `alert-${alert.id}` }, `${alert.model} ${alert.version}`), ' ',
    h('span', { class: 'hint' }, ago(alert.raisedAt))),
  h('p', {}, alert.summary),
  alert.silencedUntil ? h('p', { class: 'hint' }, t('Silent until'), ' ', ago(alert.silencedUntil)) : null,
  alert.state === 'resolved' ? null : h('p', { class: 'actions' },
    alert.state === 'acknowledged' ? null : change(t('Acknowledge'), 'POST', path('v1', 'alerts', alert.id, 'acknowledge'), {}, refresh, named('acknowledge', alert)),
    h('button', { type: 'button', class: 'button', ...named('silence', alert), onclick: () => silence(alert, refresh) }, t('Silence …')),
    change(t('Resolve'), 'POST', path('v1', 'alerts', alert.id, 'resolve'), {}, refresh, named('resolve', alert))))));

const named = (action, alert) => ({ 'data-key': `${action}-${alert.id}` });

async function silence(alert, refresh) {
  const hours = h('select', {}, [[1, t('an hour')], [8, t('eight hours')], [24, t('a day')], [168, t('a week')], [0, t('until it is over')]].map(([value, text]) => h('option', { value: String(value) }, text)));
  const note = h('input', { type: 'text', maxlength: '1000' });
  const isDone = await confirmDialog({
    title: t('Silence this alert'), text: alert.summary, fields: [field(t('For how long'), hours), field(t('Note'), note)], action: t('Silence'),
    run: () => ask('POST', path('v1', 'alerts', alert.id, 'silence'), {
      body: {
        ...hours.value === '0' ? {} : { until: new Date(Date.now() + Number(hours.value) * 3600000).toISOString() },
        ...note.value ? { note: note.value } : {},
      },
    }),
  });
  if (isDone) refresh();
}

/** An event in a line. */
export const eventLine = (event, ...more) => h('li', {},
  h('span', { class: 'hint' }, ago(event.at)), ' ', h('strong', {}, nameOf(event.type)), ' ',
  event.model ? h('a', { href: `#${path('models', event.model)}`, 'data-key': `event-${event.sequence}` }, event.model) : null,
  event.data?.version ? ` ${event.data.version}` : null,
  event.data?.alias ? ` · ${event.data.alias}` : null,
  event.data?.by ? h('span', { class: 'hint' }, ` · ${event.data.by}`) : null, more);

// Of registry.model-version-created.v1 the middle.
const nameOf = type => term(type.split('.').at(-2) ?? type);
