import { ask, path, read } from './api.js';
import { h } from './dom.js';
import { nothing, number } from './format.js';
import { t } from './i18n.js';
import { term } from './terms.js';
import { badge, button, change, confirmDialog, empty, field, live, say, section, severityBadge, table } from './parts.js';

/** The rules by which alerts are raised: those of the platform, and one's own. */
export function show(context) {
  const place = h('div', {});
  const list = live(context, place, signal => read('/v1/alert-rules', signal), ({ items }, refresh) => items.length === 0 ? empty(t('There is no rule.')) : table(t('Rules'), [
    { name: t('Rule'), cell: rule => [rule.id, rule.description ? h('span', { class: 'below hint' }, rule.description) : null] },
    { name: t('Model'), cell: rule => rule.model ?? t('every one') },
    { name: t('When'), cell: rule => [h('code', {}, rule.metric), ' ', term(rule.operator), ' ', number(rule.threshold)] },
    { name: t('Windows'), cell: rule => t('{0} of {1}', rule.breached, rule.of) },
    { name: t('Severity'), cell: rule => severityBadge(rule.severity) },
    { name: t('What it does'), cell: rule => rule.action === 'rollback' ? t('rolls back for {0} min', number(rule.protectionMinutes)) : nothing },
    { name: t('State'), cell: rule => rule.enabled ? badge('good', t('on')) : badge('plain', t('off')) },
    { name: t('Actions'), cell: rule => h('span', { class: 'actions' },
      button(t('Change …'), () => edit(rule, refresh), { 'data-key': `edit-${rule.id}`, 'aria-label': t('Change rule {0}', rule.id) }),
      rule.builtIn ? null : change(t('Remove'), 'DELETE', path('v1', 'alert-rules', rule.id), undefined, refresh, { 'data-key': `remove-${rule.id}`, 'aria-label': t('Remove rule {0}', rule.id) })) },
  ], items), 10000);
  return {
    title: t('Rules'),
    content: [h('h1', { tabindex: '-1' }, t('Rules')), h('p', { class: 'hint' }, t('A rule holds a measure of each window against a threshold. When enough of the latest windows are beyond it, an alert is raised; when enough are not, it is resolved.')),
      h('p', { class: 'actions' }, button(t('New rule …'), () => edit(null, () => list.refresh()), { class: 'button primary' })), section(t('Rules'), place)],
  };
}

const metrics = ['drift.driftedFeatures', 'drift.driftedShare', 'prediction.driftedFeatures', 'quality.worstShare', 'performance.accuracy', 'performance.degraded', 'fairness.unfair', 'fairness.unfairGroups', 'fairness.lowestDisparateImpact', 'system.errorRate', 'system.latencyMs.total.p95'];

async function edit(rule, refresh) {
  const text = (value, attributes = {}) => h('input', { type: 'text', value: value ?? '', ...attributes });
  const whole = value => h('input', { type: 'number', min: '1', step: '1', required: true, value: String(value) });
  const choice = (values, selected) => h('select', {}, values.map(value => h('option', { value, selected: value === selected }, term(value))));
  const [id, model, metric] = [text(rule?.id, { required: true, readonly: rule !== null }), text(rule?.model), text(rule?.metric, { required: true, list: 'metrics' })];
  const [operator, severity] = [choice(['above', 'below'], rule?.operator), choice(['warning', 'critical', 'info'], rule?.severity)];
  const threshold = h('input', { type: 'number', step: 'any', required: true, value: String(rule?.threshold ?? 0) });
  const [breached, of, resolveAfter] = [whole(rule?.breached ?? 2), whole(rule?.of ?? 3), whole(rule?.resolveAfter ?? 3)];
  const action = h('select', {}, h('option', { value: '' }, t('nothing')), h('option', { value: 'rollback', selected: rule?.action === 'rollback' }, t('rolls the promotion back')));
  const protection = h('input', { type: 'number', min: '1', max: '10080', step: 'any', required: true, value: String(rule?.protectionMinutes ?? 60) });
  const enabled = h('input', { type: 'checkbox', checked: rule?.enabled ?? true });
  const isDone = await confirmDialog({
    title: rule ? t('Change rule {0}', rule.id) : t('New rule'), action: t('Save'),
    fields: [
      h('datalist', { id: 'metrics' }, metrics.map(value => h('option', { value }))),
      field(t('Name'), id), field(t('Model'), model, t('Every one when empty.')), field(t('Measure'), metric),
      h('div', { class: 'row' }, field(t('Is'), operator), field(t('Threshold'), threshold), field(t('Severity'), severity)),
      h('div', { class: 'row' }, field(t('Windows beyond it'), breached), field(t('of the last'), of), field(t('Resolved after'), resolveAfter)),
      h('div', { class: 'row' }, field(t('What its alert does'), action, t('To a version that was promoted a short time ago.')), field(t('Minutes after the promotion'), protection)),
      h('p', { class: 'check' }, h('label', {}, enabled, ' ', t('on'))),
    ],
    run: () => ask('PUT', path('v1', 'alert-rules', id.value), {
      body: {
        ...rule?.description ? { description: rule.description } : {}, ...model.value ? { model: model.value } : {}, metric: metric.value, operator: operator.value,
        threshold: Number(threshold.value), severity: severity.value, breached: Number(breached.value), of: Number(of.value), resolveAfter: Number(resolveAfter.value),
        ...action.value ? { action: action.value, protectionMinutes: Number(protection.value) } : {}, enabled: enabled.checked,
      },
    }),
  });
  if (!isDone) return;
  say(t('The rule is saved.'));
  refresh();
}
