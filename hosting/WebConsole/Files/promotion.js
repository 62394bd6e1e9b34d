import { ask, path, read } from './api.js';
import { h } from './dom.js';
import { count, nothing, number, percent } from './format.js';
import { t } from './i18n.js';
import { term } from './terms.js';
import { badge, button, change, confirmDialog, field, live, say, section, stateBadge, table } from './parts.js';
import { strategyFields } from './strategy.js';

/** Asks which alias is to name the version and how traffic moves, and begins it. */
export async function promote(model, version, done) {
  const alias = h('input', { type: 'text', value: 'champion', required: true });
  const reason = h('input', { type: 'text', maxlength: '1000' });
  const mayChange = h('input', { type: 'checkbox' });
  const strategy = strategyFields(model, version, alias);
  let answer = null;
  const isDone = await confirmDialog({
    title: t('Promote version {0} of {1}', version.version, model.name),
    text: t('The gates are measured first; if one fails, nothing moves.'),
    fields: [field(t('Alias'), alias), ...strategy.fields, field(t('Reason'), reason, t('It is kept in the history.')),
      h('p', { class: 'check' }, h('label', {}, mayChange, ' ', t('The signature may change')))],
    action: t('Promote'),
    run: async () => {
      const how = strategy.read();
      answer = await ask('POST', path('v1', 'models', model.name, 'promotions'), {
        body: {
          version: version.version, alias: alias.value, ...how ? { strategy: how } : {}, ...reason.value ? { reason: reason.value } : {},
          ...mayChange.checked ? { allowSignatureChange: true } : {},
        },
      });
    },
  });
  if (!isDone) return;
  say(answer.state === 'running' ? t('The promotion of version {0} is under way.', version.version) : t('Version {0} is promoted.', version.version));
  done();
}

const isUnderWay = promotion => ['running', 'paused'].includes(promotion.state);

/** The promotions of a model that take their time: how far they are and why, and what can be done about them. Nothing where there are none. */
export const underWay = (context, place, changed) => live(context, place, async signal => (await Promise.all(
  (await begun(context.model, signal)).map(id => read(path('v1', 'promotions', id), signal)))).filter(isUnderWay), (promotions, refresh) => promotions.length === 0
  ? null
  : section(t('Under way'), promotions.map(promotion => one(promotion, () => { refresh(); changed(); }))));

const goesOn = ['promotion_started', 'promotion_stepped', 'promotion_paused', 'promoted'];

/** The ids of those of which no end is told, the latest first. */
async function begun(model, signal) {
  const latest = new Map();
  for (const entry of await entries(model, signal)) if (entry.strategy && entry.id && !latest.has(entry.id)) latest.set(entry.id, entry.action);
  return [...latest].filter(([, action]) => goesOn.includes(action)).map(([id]) => id);
}

// Of a model that is not there, or not to be seen, the versions say so.
const entries = (model, signal) => read(`${path('v1', 'models', model, 'history')}?limit=50`, signal).then(({ items }) => items, error => {
  if ([401, 403, 404].includes(error.status)) return [];
  throw error;
});

function one(promotion, done) {
  const last = promotion.decisions?.at(-1);
  return h('article', { class: 'attempt' },
    h('p', {}, stateBadge(promotion.state), ' ', h('strong', {}, term(promotion.strategy.kind)), ' · ', t('version {0} beside {1}, as {2}', promotion.version, promotion.previousVersion, promotion.alias)),
    h('p', {}, progress(promotion)),
    last ? h('p', {}, badge(verdicts[last.verdict] ?? 'plain', term(last.verdict)), ' ', last.reason) : null,
    last?.measures.length ? measures(promotion, last.measures) : null,
    actions(promotion, done));
}

const verdicts = { advance: 'good', pause: 'warn', rollback: 'bad' };

function progress({ strategy, step, version }) {
  if (strategy.kind === 'canary') return t('Step {0} of {1}, {2} of the requests', step, strategy.steps.length, percent(strategy.steps[step - 1].weight));
  if (strategy.kind === 'ab') return t('{0} of the requests', percent(strategy.split.find(part => part.version === version).weight));
  return t('{0} of the requests', percent(strategy.kind === 'shadow' ? strategy.share ?? 1 : 1));
}

const measures = (promotion, compared) => table(t('Measures of the promotion of version {0}', promotion.version), [
  { name: t('Measure'), cell: one => term(one.measure) },
  { name: t('Champion'), number: true, cell: one => number(one.champion) }, { name: t('Challenger'), number: true, cell: one => number(one.challenger) },
  { name: t('Interval of the difference'), number: true, cell: one => one.interval.length ? `[${one.interval.map(bound => number(bound)).join(', ')}]` : nothing },
  { name: t('Samples'), number: true, cell: one => one.samples.map(count).join(' + ') },
], compared);

function actions({ id, version, previousVersion, state, strategy }, done) {
  const decides = ['canary', 'ab'].includes(strategy.kind);
  return h('p', { class: 'actions' },
    state === 'paused' ? change(t('Resume'), 'POST', path('v1', 'promotions', id, 'resume'), undefined, done, { 'data-key': `hold-${id}` })
      : decides ? change(t('Pause'), 'POST', path('v1', 'promotions', id, 'pause'), undefined, done, { 'data-key': `hold-${id}` }) : null,
    button(t('Cancel the promotion …'), () => cancel(id, version, previousVersion, done), { 'data-key': `cancel-${id}` }));
}

async function cancel(id, version, previousVersion, done) {
  const isDone = await confirmDialog({
    title: t('Cancel the promotion of version {0}', version), text: t('All requests go to version {0}, which had them before.', previousVersion),
    action: t('Cancel the promotion'), danger: true, run: () => ask('DELETE', path('v1', 'promotions', id)),
  });
  if (!isDone) return;
  say(t('The promotion is cancelled.'));
  done();
}
