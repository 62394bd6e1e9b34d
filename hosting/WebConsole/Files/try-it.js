import { ApiError, path, read, send } from './api.js';
import { meter } from './charts.js';
import { h, replace } from './dom.js';
import { fixed, milliseconds, number } from './format.js';
import { t } from './i18n.js';
import { button, empty, failure, field, loading, say, section } from './parts.js';
import { explanationOf } from './explanation.js';
import { modelHead } from './model-head.js';
import { imageForm } from './try-image.js';
import { exampleRow } from './example.js';

/** A form by the version's own features, or by its tensors where it has none; the answer; and why. */
export function show(context) {
  const { model } = context;
  const place = h('div', {});
  const answer = h('div', { class: 'answer', 'aria-live': 'polite' });
  const load = async () => {
    replace(place, loading());
    try {
      const version = await read(path('v1', 'models', model, 'versions', context.query.get('version') ?? 'champion'), context.signal);
      replace(place, form(context, version, answer));
    } catch (error) {
      if (context.signal.aborted) return;
      replace(place, error.code === 'registry.version_not_found' ? empty(t('No version of this model serves.'), t('Promote one first.')) : failure(error, load));
    }
  };
  load();
  return { title: `${model} · ${t('Try it')}`, content: [modelHead(model, 'try'), h('div', { class: 'split' }, section(t('What is asked'), place), section(t('The answer'), answer, h('p', { class: 'hint waiting' }, t('Fill in the form and ask.'))))] };
}

function form(context, version, answer) {
  const { metadata, signature } = version;
  const input = signature.inputs[0];
  const inputs = metadata.features?.length ? featureFields(metadata.features)
    : signature.inputs.length === 1 && isImage(input.shape) ? imageForm(input)
      : tensorFields(signature);
  const submit = h('button', { type: 'submit', class: 'button primary' }, t('Ask'));
  const wanted = context.query.get('version');
  const target = inputs.rows
    ? wanted ? path('v1', 'models', version.model, 'versions', wanted, 'predictions') : path('v1', 'models', version.model, 'predictions')
    : wanted ? path('v2', 'models', version.model, 'versions', wanted, 'infer') : path('v2', 'models', version.model, 'infer');
  return h('form', {
    class: 'try',
    onsubmit: async event => {
      event.preventDefault();
      submit.disabled = true;
      inputs.clear?.();
      replace(answer, loading());
      answer.parentElement.querySelector('.waiting')?.remove();
      try {
        const body = inputs.rows ? { rows: [inputs.rows()] } : { inputs: await inputs.tensors() };
        const begin = performance.now();
        const response = await send('POST', target, { body, signal: context.signal, headers: { accept: 'application/json' } });
        const prediction = await response.json();
        drawAnswer(context, answer, version, prediction, response.headers, performance.now() - begin);
      } catch (error) {
        if (context.signal.aborted) return;
        if (!(error instanceof ApiError) && !(error instanceof SyntaxError)) throw error;
        inputs.blame?.(error.problem?.errors);
        replace(answer, error instanceof SyntaxError ? h('p', { class: 'problem' }, t('This is no JSON: {0}', error.message)) : failure(error));
      } finally {
        submit.disabled = false;
      }
    },
  },
  inputs.content,
  h('div', { class: 'actions' }, submit, version.reference ? button(t('Fill with an example'), async event => {
    event.target.disabled = true;
    try {
      inputs.fill(await exampleRow(version, context.signal));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      say(error.message, true);
    } finally {
      event.target.disabled = false;
    }
  }) : null));
}

const isImage = shape => shape.length === 4 && [1, 3].includes(shape[1]) && shape[2] > 3 && shape[3] > 3;

/** A field for each feature: a choice of its categories, a number, or a text. Left empty it is missing. */
function featureFields(features) {
  const fields = features.map(feature => {
    const control = controlOf(feature);
    const problem = h('p', { class: 'problem', role: 'alert' });
    const frame = h('div', { class: `feature ${feature.kind}` }, field(feature.name, control), problem);
    return { feature, control, problem, frame };
  });
  return {
    content: h('fieldset', { class: 'features' }, h('legend', {}, t('Features; what is left empty is missing')), fields.map(one => one.frame)),
    rows: () => Object.fromEntries(fields.map(({ feature, control }) => [feature.name, control.value === '' ? null : feature.kind === 'numerical' ? Number(control.value) : control.value])),
    fill: row => fields.forEach(({ feature, control }) => { control.value = row[feature.name] ?? ''; }),
    clear: () => fields.forEach(({ problem, control }) => { replace(problem); control.removeAttribute('aria-invalid'); }),
    blame: errors => Object.entries(errors ?? {}).forEach(([name, texts]) => {
      const found = fields.find(({ feature }) => name === feature.name || name.endsWith(`.${feature.name}`) || name.endsWith(`]${feature.name}`));
      if (!found) return;
      replace(found.problem, [texts].flat().join(' '));
      found.control.setAttribute('aria-invalid', 'true');
    }),
  };
}

function controlOf(feature) {
  if (feature.categories?.length) return h('select', {}, h('option', { value: '' }, t('(missing)')), feature.categories.map(category => h('option', { value: category }, category)));
  if (feature.kind === 'numerical') return h('input', { type: 'number', step: 'any', inputmode: 'decimal', autocomplete: 'off' });
  return feature.kind === 'text' ? h('textarea', { rows: 8 }) : h('input', { type: 'text', autocomplete: 'off' });
}

/** What has neither features nor an image is asked as the protocol has it. */
function tensorFields(signature) {
  const example = signature.inputs.map(({ name, datatype, shape }) => {
    const sizes = shape.map(size => size < 0 ? 1 : size);
    return { name, datatype, shape: sizes, data: Array(Math.min(1000, sizes.reduce((product, size) => product * size, 1))).fill(datatype === 'BYTES' ? '' : 0) };
  });
  const control = h('textarea', { rows: 14, class: 'code', spellcheck: 'false', value: JSON.stringify(example, null, 1) });
  return {
    content: field(t('Tensors, as the Open Inference Protocol has them'), control),
    tensors: async () => JSON.parse(control.value),
    fill: row => {
      const input = signature.inputs[0];
      control.value = JSON.stringify([{ ...example[0], data: Object.values(row).flat(Infinity).slice(0, example[0].data.length).map(value => input.datatype === 'BYTES' ? value : Number(value)) }], null, 1);
    },
  };
}

function drawAnswer(context, place, version, prediction, headers, took) {
  const id = headers.get('x-prediction-id');
  const row = prediction.rows?.[0] ?? rowOf(prediction, version.metadata);
  const why = h('div', {});
  replace(place,
    h('p', { class: 'verdict' }, row.class ?? (row.value !== undefined ? number(row.value, 5) : t('Answered'))),
    probabilities(row, version.metadata),
    h('p', { class: 'hint' }, t('Version {0} answered in {1}, the way to it and back included.', headers.get('x-model-version') ?? version.version, milliseconds(took))),
    id ? h('p', { class: 'hint' }, t('Prediction'), ' ', h('a', { href: `#${path('predictions', id)}?model=${encodeURIComponent(version.model)}` }, h('code', {}, id))) : null,
    why);
  if (id) explanationOf(context, why, { model: version.model, predictionId: id, predicted: row.class });
}

/** The answer to tensors as that to rows: of the first row, with the classes' names. */
function rowOf(prediction, metadata) {
  const output = prediction.outputs.find(one => one.name === metadata.output) ?? prediction.outputs[0];
  const width = output.shape.length > 1 ? output.shape.slice(1).reduce((product, size) => product * size, 1) : 1;
  const values = output.data.slice(0, width);
  const top = values.indexOf(Math.max(...values));
  const isClasses = metadata.classes?.length === width;
  return { class: isClasses ? metadata.classes[top] : undefined, value: isClasses ? undefined : values[0], outputs: { [output.name]: values } };
}

function probabilities(row, metadata) {
  const values = row.outputs?.[metadata.output ?? 'probabilities'] ?? Object.values(row.outputs ?? {})[0];
  const classes = metadata.classes;
  if (!Array.isArray(values) || !classes || values.length !== classes.length) {
    return h('dl', { class: 'facts' }, Object.entries(row.outputs ?? {}).map(([name, value]) => h('div', {}, h('dt', {}, name), h('dd', {}, [value].flat(3).slice(0, 20).map(one => typeof one === 'number' ? number(one, 5) : String(one)).join(', ')))));
  }
  const ranked = values.map((value, at) => ({ name: classes[at], value })).sort((one, other) => other.value - one.value);
  return h('table', { class: 'probabilities' }, h('caption', { class: 'unseen' }, t('Probabilities')),
    h('thead', { class: 'unseen' }, h('tr', {}, [t('Class'), t('Probability'), t('Bar')].map(name => h('th', { scope: 'col' }, name)))),
    h('tbody', {}, ranked.map(({ name, value }, at) => h('tr', {}, h('th', { scope: 'row' }, name), h('td', { class: 'number' }, fixed(value)), h('td', { class: 'wide' }, meter(value, `${name}: ${fixed(value)}`, at === 0 ? 'one' : 'rest'))))));
}
