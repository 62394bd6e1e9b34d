import { ApiError, ask, path, send } from './api.js';
import { h, replace, save } from './dom.js';
import { count, milliseconds, number } from './format.js';
import { language, t } from './i18n.js';
import { failure, loading, table } from './parts.js';

const patience = 60000;

/** Asks why a prediction came out as it did, and shows the picture, the words and the numbers. The log may be a moment behind the answer. */
export async function explanationOf(context, place, { model, predictionId, predicted }) {
  const again = () => explanationOf(context, place, { model, predictionId, predicted });
  replace(place, h('h3', {}, t('Why')), loading());
  try {
    const explanation = await once(context, model, predictionId);
    const picture = await (await send('GET', `${path('v1', 'explanations', explanation.id)}?lang=${language}`, { signal: context.signal, headers: { accept: 'image/svg+xml' } })).text();
    draw(place, explanation, picture, predicted);
  } catch (error) {
    if (context.signal.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    replace(place, h('h3', {}, t('Why')), failure(error, again));
  }
}

async function once(context, model, predictionId) {
  const end = performance.now() + patience;
  for (;;) {
    try {
      return await ask('POST', `${path('v1', 'models', model, 'explanations')}?lang=${language}`, { body: { predictionId }, signal: context.signal });
    } catch (error) {
      if (error.code !== 'explainer.prediction_not_found' || performance.now() > end) throw error;
      await new Promise(resolve => setTimeout(resolve, 300));
    }
  }
}

function draw(place, explanation, picture, predicted) {
  const row = explanation.rows[0];
  const names = row.features ?? explanation.features;
  const shown = Math.max(0, explanation.outputNames.indexOf(predicted ?? explanation.outputNames[row.prediction.indexOf(Math.max(...row.prediction))]));
  const address = URL.createObjectURL(new Blob([picture], { type: 'image/svg+xml' }));
  const parts = names.map((name, at) => ({ name, value: row.values?.[at], part: row.attributions[at][shown], error: row.standardErrors?.[at]?.[shown] }))
    .sort((one, other) => Math.abs(other.part) - Math.abs(one.part)).slice(0, 100);
  replace(place, h('h3', {}, t('Why')),
    h('figure', { class: 'why' },
      h('img', { src: address, alt: (explanation.sentences ?? []).join(' ') || t('What each feature added to the answer or took away'), onload: () => URL.revokeObjectURL(address) }),
      h('figcaption', {}, (explanation.sentences ?? []).map(sentence => h('p', {}, sentence)))),
    h('p', { class: 'hint' }, t('{0}, {1} evaluations, {2}', explanation.method, count(explanation.evaluations), milliseconds(explanation.durationMs)), ' · ',
      h('button', { type: 'button', class: 'link', onclick: () => save(`${explanation.id}.svg`, 'image/svg+xml', picture) }, t('Save the picture')), ' · ',
      h('button', { type: 'button', class: 'link', onclick: () => save(`${explanation.id}.json`, 'application/json', JSON.stringify(explanation, null, 2)) }, t('Save the numbers'))),
    h('details', {}, h('summary', {}, t('The numbers')), table(t('What each feature added for “{0}”', explanation.outputNames[shown]), [
      { name: t('Feature'), cell: one => one.name },
      { name: t('Value'), cell: one => one.value === null || one.value === undefined ? t('(missing)') : typeof one.value === 'number' ? number(one.value, 4) : String(one.value).slice(0, 80) },
      { name: t('Adds'), number: true, cell: one => number(one.part, 3) },
      { name: t('Standard error'), number: true, cell: one => number(one.error, 2) },
    ], parts)));
}
