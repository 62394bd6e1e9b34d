import { ApiError, path, read, readAll } from './api.js';
import { h, replace } from './dom.js';
import { ago, milliseconds, nothing } from './format.js';
import { t } from './i18n.js';
import { button, empty, failure, field, loading, section, stateBadge, table } from './parts.js';
import { answerText, findById } from './records.js';
import { term } from './terms.js';

/** The last predictions, by what was asked and answered; and one by its id. */
export function show(context) {
  const { query } = context;
  const models = h('datalist', { id: 'models' });
  readAll('/v1/models', context.signal, 200).then(items => models.append(...items.map(item => h('option', { value: item.name }))), () => {});
  const model = h('input', { type: 'text', value: query.get('model') ?? '', list: 'models', autocomplete: 'off' });
  const where = h('input', { type: 'text', value: query.get('where') ?? '', autocomplete: 'off', spellcheck: 'false', class: 'code' });
  const place = h('div', { 'aria-live': 'polite' });
  const search = () => {
    const wanted = new URLSearchParams();
    if (model.value.trim()) wanted.set('model', model.value.trim());
    if (where.value.trim()) wanted.set('where', where.value.trim());
    history.replaceState(null, '', `#/predictions${wanted.size ? `?${wanted}` : ''}`);
    find(context, place, wanted);
  };
  search();
  return {
    title: t('Predictions'),
    content: [h('h1', { tabindex: '-1' }, t('Predictions')), findById(null),
      section(t('Search'), h('form', { class: 'row', onsubmit: event => { event.preventDefault(); search(); } }, models,
        field(t('Model'), model), field(t('Filter'), where, [t('It compares features by name and needs a model, such as'), ' ', h('code', {}, "age > 40 and class = 'bad'")]),
        h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'button primary' }, t('Search')), h('a', { class: 'button', href: '#/review' }, t('Review queue')))), place)],
  };
}

let searches = 0;

/** Searches from the newest on; what a page has not shown comes by a button. */
async function find(context, place, wanted, items = [], after = null) {
  const mine = ++searches;
  if (after === null) replace(place, loading());
  try {
    const page = await read(`/v1/predictions?${new URLSearchParams({ ...Object.fromEntries(wanted), limit: 25, ...after === null ? {} : { after } })}`, context.signal);
    if (mine !== searches || context.signal.aborted) return;
    const all = [...items, ...page.items];
    const more = page.next === null ? null : h('p', { class: 'actions' }, button(t('Older ones'), () => find(context, place, wanted, all, page.next), { 'data-key': 'older' }));
    replace(place, all.length ? found(all) : empty(page.next === null ? t('No prediction was found.') : t('None yet; there are older ones.')), more);
  } catch (error) {
    if (mine !== searches || context.signal.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    replace(place, failure(error, () => find(context, place, wanted)));
  }
}

const found = items => table(t('Predictions'), [
  { name: t('Prediction id'), cell: item => h('a', { href: `#${path('predictions', item.rows.length === 1 ? item.rows[0].predictionId : item.id)}`, class: 'long' }, item.id) },
  { name: t('Time'), cell: item => ago(item.time) },
  { name: t('Model'), cell: item => `${item.model} ${item.version}` },
  { name: t('Route'), cell: item => term(item.route) },
  { name: t('State'), cell: item => stateBadge(item.status) },
  { name: t('Rows'), number: true, cell: item => String(item.matching) },
  { name: t('Answer'), cell: item => item.rows.length ? [...new Set(item.rows.map(row => item.rows.length === 1 ? answerText(row) : row.class ?? answerText(row)))].slice(0, 3).join(', ') : nothing },
  { name: t('Label'), cell: item => item.rows.length === 1 ? item.rows[0].label ?? nothing : nothing },
  { name: t('Verdict'), cell: item => item.rows.length === 1 && item.rows[0].verdict ? term(item.rows[0].verdict) : nothing },
  { name: t('Latency'), number: true, cell: item => milliseconds(item.latencyMs) },
], items);
