import { ApiError, ask, path, read } from './api.js';
import { h, replace } from './dom.js';
import { at, ago, milliseconds, nothing } from './format.js';
import { t } from './i18n.js';
import { explanationOf } from './explanation.js';
import { facts, failure, field, loading, say, section, stateBadge, table } from './parts.js';
import { answerText, cellText, findById } from './records.js';
import { term } from './terms.js';

const patience = 60000;

/** Everything about one prediction: what was asked and answered, what came of it, and why it came out as it did. */
export function show(context) {
  const { id } = context;
  const [found, why] = [h('div', { 'aria-live': 'polite' }), h('div', { 'aria-live': 'polite' })];
  draw(context, found, why, true);
  return {
    title: `${t('Prediction')} ${id}`,
    content: [h('h1', { tabindex: '-1' }, t('Prediction'), h('span', { class: 'of' }, ` ${id}`)), findById(id), found, section(t('Explanation'), why)],
  };
}

async function draw(context, found, why, isFirst) {
  if (isFirst) replace(found, loading());
  try {
    const prediction = await soon(context);
    const only = prediction.rows.length === 1 ? prediction.rows[0] : null;
    replace(found, overview(prediction), only ? [asked(only), feedback(context, only, () => draw(context, found, why, false))] : rowList(prediction));
    if (!isFirst) return;
    if (only) explanationOf(context, why, { model: prediction.model, predictionId: only.predictionId, predicted: only.class });
    else replace(why, h('p', { class: 'hint' }, prediction.rows.length ? t('Each row is explained on its own page.') : t('There is no answer to explain.')));
  } catch (error) {
    if (context.signal.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    replace(found, failure(error, () => draw(context, found, why, true)));
    replace(why);
  }
}

// The log may be a moment behind the answer, and is read anew after a start.
async function soon(context) {
  const end = performance.now() + patience;
  for (;;) {
    try {
      return await read(path('v1', 'predictions', context.id), context.signal);
    } catch (error) {
      if (error.code !== 'monitor.predictions_unavailable' || performance.now() > end) throw error;
      await new Promise(resolve => setTimeout(resolve, 1000));
    }
  }
}

const overview = prediction => section(t('What is known of it'), facts([
  [t('Model'), h('a', { href: `#${path('models', prediction.model)}` }, `${prediction.model} ${prediction.version}`)],
  [t('Route'), term(prediction.route)],
  [t('State'), stateBadge(prediction.status)],
  [t('Error'), prediction.error],
  [t('Time'), at(prediction.time)],
  [t('Latency'), milliseconds(prediction.latencyMs)],
  [t('Request'), prediction.requestId ? h('code', { class: 'long' }, prediction.requestId) : null],
  [t('Trace'), prediction.traceId ? h('code', { class: 'long' }, prediction.traceId) : null],
  [t('Hidden features'), prediction.hidden.map(hidden => hidden.feature).join(', ')],
]));

const rowList = prediction => prediction.rows.length === 0 ? null : section(t('Rows'), table(t('Rows'), [
  { name: t('Prediction id'), cell: row => h('a', { href: `#${path('predictions', row.predictionId)}`, class: 'long' }, row.predictionId) },
  { name: t('Answer'), cell: answerText },
  { name: t('Label'), cell: row => row.label?.label ?? nothing },
], prediction.rows));

const asked = row => h('div', { class: 'columns' },
  section(t('What was asked'), row.features
    ? table(t('What was asked'), [{ name: t('Feature'), cell: one => one[0] }, { name: t('Value'), cell: one => cellText(one[1]) }], Object.entries(row.features))
    : h('p', { class: 'hint' }, t('The version names no features, or the log holds a sample of the row.'))),
  section(t('What was answered'), facts([
    [t('Answer'), answerText(row)], [t('Label'), row.label ? [row.label.label, ' · ', ago(row.label.at)] : nothing],
    ...Object.entries(row.outputs).map(([name, values]) => [name, values.slice(0, 50).map(cellText).join(', ')]),
  ])));

function feedback(context, row, again) {
  const verdict = h('select', { required: true }, [['agree', t('I agree')], ['disagree', t('I disagree')], ['unsure', t('I am not sure')]].map(([value, text]) => h('option', { value }, text)));
  const [label, comment] = [h('input', { type: 'text', autocomplete: 'off', maxlength: '256' }), h('input', { type: 'text', maxlength: '1000' })];
  const problem = h('div', { 'aria-live': 'assertive' });
  const form = h('form', {
    class: 'row',
    onsubmit: async event => {
      event.preventDefault();
      replace(problem);
      try {
        await ask('POST', path('v1', 'predictions', row.predictionId, 'feedback'), {
          body: { verdict: verdict.value, ...label.value.trim() ? { label: label.value.trim() } : {}, ...comment.value ? { comment: comment.value } : {} }, signal: context.signal,
        });
        say(t('Thank you; it is kept with the prediction.'));
        again();
      } catch (error) {
        if (context.signal.aborted) return;
        if (!(error instanceof ApiError)) throw error;
        replace(problem, failure(error));
      }
    },
  }, field(t('Verdict'), verdict), field(t('What would be right'), label, t('It counts as ground truth.')), field(t('Comment'), comment),
  h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'button primary' }, t('Give feedback'))));
  return section(t('Feedback'), row.feedback.length === 0 ? h('p', { class: 'hint' }, t('Nobody has said anything yet.'))
    : h('ul', { class: 'feed' }, row.feedback.map(given => h('li', {}, h('span', { class: 'hint' }, ago(given.at)), ' ', h('strong', {}, term(given.verdict)),
      given.label === null ? null : ` · ${given.label}`, h('span', { class: 'hint' }, ` · ${given.by}`), given.comment ? h('p', {}, given.comment) : null,
      given.attributions.map(one => h('p', { class: 'hint' }, `${one.feature}: ${one.comment}`))))), form, problem);
}
