// Predictions as several pages show them.

import { path } from './api.js';
import { h } from './dom.js';
import { nothing, number } from './format.js';
import { t } from './i18n.js';
import { field, section } from './parts.js';

/** A cell of a request or an answer. */
export const cellText = value => value === null || value === undefined ? t('(missing)') : typeof value === 'number' ? number(value, 4) : String(value).slice(0, 200);

/** What a version said of a row. */
export const answerText = row => row.class !== null ? `${row.class}${row.score === null ? '' : ` (${number(row.score, 3)})`}` : row.value === null ? nothing : number(row.value, 4);

/** A form that opens a prediction by its id. */
export function findById(id) {
  const wanted = h('input', { type: 'text', required: true, value: id ?? '', autocomplete: 'off' });
  return section(t('Find a prediction'), h('form', { class: 'row', onsubmit: event => { event.preventDefault(); location.hash = `#${path('predictions', wanted.value.trim())}`; } },
    field(t('Prediction id'), wanted, t('It is in the answer and in its header x-prediction-id. Of several rows, row i is ID:i.')),
    h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'button primary' }, t('Show')))));
}
