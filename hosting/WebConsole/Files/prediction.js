import { path, readAll } from './api.js';
import { h } from './dom.js';
import { t } from './i18n.js';
import { explanationOf } from './explanation.js';
import { field, section } from './parts.js';

/** One prediction, by its id and model: why it came out as it did. */
export function show(context) {
  const { id, query } = context;
  const model = query.get('model');
  const [name, prediction] = [h('input', { type: 'text', required: true, value: model ?? '', list: 'models', autocomplete: 'off' }), h('input', { type: 'text', required: true, value: id ?? '', autocomplete: 'off' })];
  const models = h('datalist', { id: 'models' });
  readAll('/v1/models', context.signal, 200).then(items => models.append(...items.map(item => h('option', { value: item.name }))), () => {});
  const why = h('div', { 'aria-live': 'polite' });
  if (id && model) explanationOf(context, why, { model, predictionId: id });
  return {
    title: id ? `${t('Prediction')} ${id}` : t('Predictions'),
    content: [h('h1', { tabindex: '-1' }, id ? t('Prediction') : t('Predictions'), id ? h('span', { class: 'of' }, ` ${id}`) : null),
      section(t('Find a prediction'), h('form', { class: 'row', onsubmit: event => { event.preventDefault(); location.hash = `#${path('predictions', prediction.value.trim())}?model=${encodeURIComponent(name.value.trim())}`; } },
        models, field(t('Model'), name), field(t('Prediction id'), prediction, t('It is in the answer and in its header x-prediction-id. Of several rows, row i is ID:i.')),
        h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'button primary' }, t('Explain'))))),
      id && model ? section(t('Explanation'), why) : null],
  };
}
