import { ApiError, ask, path, read, readAll, send } from './api.js';
import { h, replace } from './dom.js';
import { ago, at, bytes, count, nothing, number } from './format.js';
import { t } from './i18n.js';
import { term } from './terms.js';
import { badge, button, confirmDialog, empty, facts, field, gateList, live, say, section, table } from './parts.js';
import { modelHead } from './model-head.js';
import { promote, underWay } from './promotion.js';

/** A model: its versions side by side, which of them serve, and what is known of one. */
export function show(context) {
  const { model } = context;
  const [moving, versions, card] = [h('div', {}), h('div', {}), h('div', {})];
  let chosen = context.query.get('version');
  const promotions = underWay(context, moving, () => list.refresh());
  const list = live(context, versions, async signal => ({
    model: await read(path('v1', 'models', model), signal),
    versions: await readAll(path('v1', 'models', model, 'versions'), signal),
  }), (data, refresh) => {
    chosen ??= data.model.aliases.champion ?? data.versions.at(-1)?.version ?? null;
    if (data.versions.length > 0) drawCard(context, card, data.versions.find(version => version.version === chosen) ?? data.versions.at(-1));
    else replace(card);
    return drawVersions(data, () => { refresh(); promotions.refresh(); }, version => { chosen = version.version; drawCard(context, card, version, true); });
  });
  return {
    title: model,
    content: [modelHead(model, ''), moving, section(t('Versions'), versions), card],
  };
}

function drawVersions({ model, versions }, refresh, choose) {
  if (versions.length === 0) return empty(t('This model has no version yet.'), `POST /v1/models/${model.name}/versions`);
  const measures = commonMeasures(versions);
  const newestFirst = versions.toReversed();
  return [
    model.description ? h('p', {}, model.description) : null,
    table(t('Versions of {0}', model.name), [
      { name: t('Version'), cell: version => h('button', { type: 'button', class: 'link', 'data-key': `version-${version.version}`, onclick: () => choose(version) }, version.version) },
      { name: t('Serves as'), cell: version => version.aliases.length ? version.aliases.map(alias => badge(alias === 'champion' ? 'good' : 'plain', alias)) : nothing },
      ...measures.map(measure => ({ name: term(measure), number: true, cell: version => best(version, measure, versions) })),
      { name: t('Created'), cell: version => ago(version.createdAt) },
      { name: t('By'), cell: version => version.createdBy ?? nothing },
      { name: t('Actions'), cell: version => version.aliases.includes('champion') ? nothing : button(t('Promote …'), () => promote(model, version, refresh), { 'data-key': `promote-${version.version}`, 'aria-label': t('Promote version {0}', version.version) }) },
    ], newestFirst),
    h('p', { class: 'hint' }, t('Measures are those that the versions were registered with. The best of each stands out.')),
    h('p', { class: 'actions' }, button(t('Roll back …'), () => rollBack(model, refresh), { 'data-key': 'roll-back' })),
  ];
}

const preferred = ['accuracy', 'roc_auc', 'f1', 'f1_macro', 'log_loss', 'mae', 'rmse', 'r2', 'ndcg'];
const lowerIsBetter = /loss|brier|mae|rmse|mape|error/;

const commonMeasures = versions => preferred.filter(measure => versions.some(version => version.metadata.metrics?.[measure] !== undefined)).slice(0, 4);

function best(version, measure, versions) {
  const value = version.metadata.metrics?.[measure];
  if (value === undefined) return nothing;
  const values = versions.map(other => other.metadata.metrics?.[measure]).filter(Number.isFinite);
  const isBest = values.length > 1 && value === (lowerIsBetter.test(measure) ? Math.min(...values) : Math.max(...values));
  return isBest ? h('strong', { title: t('the best of all versions') }, number(value, 4)) : number(value, 4);
}

async function rollBack(model, refresh) {
  const reason = h('input', { type: 'text', maxlength: '1000' });
  let answer = null;
  const isDone = await confirmDialog({
    title: t('Roll back {0}', model.name), text: t('The champion becomes the version that it was before. No gate is measured: it has served already.'),
    fields: [field(t('Reason'), reason, t('It is kept in the history.'))], action: t('Roll back'), danger: true,
    run: async () => { answer = await ask('POST', path('v1', 'models', model.name, 'rollback'), { body: reason.value ? { reason: reason.value } : {} }); },
  });
  if (!isDone) return;
  say(t('Version {0} serves again.', answer.version));
  refresh();
}

function drawCard(context, place, version, isAsked = false) {
  const { metadata } = version;
  const gates = h('div', {});
  const heading = section(t('Version {0}', version.version),
    metadata.description ? h('p', {}, metadata.description) : null,
    h('div', { class: 'columns' },
      h('div', {}, h('h3', {}, t('Card')), facts([
        [t('Task'), metadata.task && term(metadata.task)],
        [t('Classes'), metadata.classes?.join(', ')],
        [t('Positive class'), metadata.positiveClass], [t('Threshold'), metadata.threshold === null || metadata.threshold === undefined ? null : number(metadata.threshold)],
        [t('Data'), metadata.lineage?.dataset ? [metadata.lineage.dataset.name, metadata.lineage.dataset.source ? h('span', { class: 'hint' }, ` ${metadata.lineage.dataset.source}`) : null] : null],
        [t('Code'), metadata.lineage?.code ? h('code', {}, metadata.lineage.code.repository) : null],
        [t('Run'), metadata.lineage?.run],
        [t('Reference rows'), version.reference ? count(version.reference.rows) : t('none: drift cannot be judged')],
        [t('File'), [bytes(version.sizeBytes), version.producer ? `, ${version.producer}` : null, ' ', h('a', { href: path('v1', 'models', version.model, 'versions', version.version, 'artifact'), onclick: saveArtifact(version) }, t('Download'))]],
        [t('SHA-256'), h('code', { class: 'long' }, version.sha256)],
        [t('Created'), at(version.createdAt)],
        ...Object.entries(metadata.tags ?? {}),
      ])),
      h('div', {}, h('h3', {}, t('Measures and parameters')),
        table(t('Measures of version {0}', version.version), [
          { name: t('Measure'), cell: ([name]) => term(name) }, { name: t('Value'), number: true, cell: ([, value]) => number(value, 4) },
        ], Object.entries(metadata.metrics ?? {})),
        Object.keys(metadata.params ?? {}).length ? h('details', { 'data-key': 'params' }, h('summary', {}, t('Parameters of the training')), facts(Object.entries(metadata.params))) : null)),
    h('h3', {}, t('Signature')), signature(version),
    metadata.features?.length ? h('details', { 'data-key': 'features' }, h('summary', {}, t('{0} features', metadata.features.length)), features(metadata.features)) : null,
    h('h3', {}, t('Gates')), gates);
  replace(place, heading);
  live(context, gates, signal => read(`${path('v1', 'models', version.model, 'versions', version.version, 'gates')}?limit=5`, signal), ({ items }) => items.length === 0
    ? empty(t('It has not been held against the gates yet.'), t('That happens when it is promoted.'))
    : items.map(attempt => h('article', { class: 'attempt' },
      h('p', {}, badge(attempt.state === 'completed' ? 'good' : ['refused', 'rolled_back'].includes(attempt.state) ? 'bad' : 'plain', term(attempt.state)), ' ', t('as {0}', attempt.alias), ' · ', ago(attempt.at), attempt.by ? ` · ${attempt.by}` : '', attempt.reason ? ` · “${attempt.reason}”` : ''),
      gateList(attempt.gates))), 0);
  if (isAsked) place.querySelector('h2').scrollIntoView({ block: 'start' });
}

// A link cannot bring a key with it.
const saveArtifact = version => async event => {
  event.preventDefault();
  try {
    const answer = await send('GET', path('v1', 'models', version.model, 'versions', version.version, 'artifact'));
    const address = URL.createObjectURL(await answer.blob());
    h('a', { href: address, download: `${version.model}-${version.version}.onnx` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 10000);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    say(error.message, true);
  }
};

const signature = version => table(t('Inputs and outputs of version {0}', version.version), [
  { name: t('Tensor'), cell: tensor => tensor.name }, { name: t('Direction'), cell: tensor => tensor.direction },
  { name: t('Type'), cell: tensor => h('code', {}, tensor.datatype) }, { name: t('Shape'), cell: tensor => h('code', {}, `[${tensor.shape.map(size => size < 0 ? t('any') : size).join(', ')}]`) },
], [...version.signature.inputs.map(tensor => ({ ...tensor, direction: t('input') })), ...version.signature.outputs.map(tensor => ({ ...tensor, direction: t('output') }))]);

const features = list => table(t('Features'), [
  { name: t('Feature'), cell: feature => feature.name }, { name: t('Kind'), cell: feature => term(feature.kind) },
  { name: t('Categories'), cell: feature => feature.categories?.join(', ') ?? nothing },
], list);
