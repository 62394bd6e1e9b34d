import { ApiError, ask, path, read, readAll } from './api.js';
import { h, replace } from './dom.js';
import { ago } from './format.js';
import { t } from './i18n.js';
import { badge, button, empty, facts, failure, field, loading, say, section, table } from './parts.js';
import { answerText, cellText } from './records.js';
import { term } from './terms.js';

/** Predictions that wait for a label, one at a time, by keys: a digit labels, S goes on without. */
export function show(context) {
  const models = h('datalist', { id: 'models' });
  readAll('/v1/models', context.signal, 200).then(items => models.append(...items.map(item => h('option', { value: item.name }))), () => {});
  const model = h('input', { type: 'text', value: context.query.get('model') ?? '', list: 'models', autocomplete: 'off' });
  const place = h('div', {});
  const queue = { context, place, model: () => model.value.trim(), items: [], next: null, isOver: false, turn: 0 };
  addEventListener('keydown', event => pressed(queue, event), { signal: context.signal });
  model.addEventListener('change', () => {
    history.replaceState(null, '', `#/review${queue.model() ? `?model=${encodeURIComponent(queue.model())}` : ''}`);
    start(queue);
  });
  start(queue);
  return {
    title: t('Review queue'),
    content: [h('h1', { tabindex: '-1' }, t('Review queue')), h('p', { class: 'hint' }, t('Predictions that are worth a label. A digit labels the one that is shown, S leaves it for later.')),
      h('div', { class: 'row' }, models, field(t('Model'), model)), place],
  };
}

function start(queue) {
  // What was asked for another model must not be shown for this one.
  Object.assign(queue, { items: [], next: null, isOver: false, turn: queue.turn + 1, isGiving: false });
  replace(queue.place, loading());
  draw(queue);
}

/** Shows the first of those that wait, and fetches more where there are none. */
async function draw(queue) {
  const { turn } = queue;
  try {
    if (queue.items.length === 0 && !queue.isOver) await fetchMore(queue);
    if (turn !== queue.turn) return;
    const [item] = queue.items;
    if (!item) {
      replace(queue.place, empty(t('Nothing waits.'), t('Predictions come here as they are made, and when somebody disagrees with one.')), button(t('Look again'), () => start(queue), { 'data-key': 'again' }));
      return;
    }
    replace(queue.place, itemView(queue, item));
  } catch (error) {
    if (turn !== queue.turn || queue.context.signal.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    replace(queue.place, failure(error, () => start(queue)));
  }
}

async function fetchMore(queue) {
  const { turn } = queue;
  const wanted = new URLSearchParams({ limit: 20, ...queue.model() ? { model: queue.model() } : {}, ...queue.next === null ? {} : { after: queue.next } });
  const page = await read(`/v1/review-queue?${wanted}`, queue.context.signal);
  if (turn === queue.turn) Object.assign(queue, { items: page.items, next: page.next, isOver: page.next === null });
}

function itemView(queue, item) {
  const comment = h('input', { type: 'text', maxlength: '1000', 'data-key': 'comment' });
  const other = h('input', { type: 'text', autocomplete: 'off', maxlength: '256' });
  queue.comment = comment;
  return section(t('Waiting'),
    h('p', { class: 'headline', role: 'status' }, badge('plain', term(item.reason)), h('span', {}, item.detail)),
    facts([[t('Prediction'), h('a', { href: `#${path('predictions', item.id)}`, class: 'long' }, item.id)], [t('Model'), `${item.model} ${item.version}`], [t('Time'), ago(item.at)],
      [t('Answer'), item.prediction ? answerText(item.prediction) : null]]),
    item.prediction?.features ? table(t('What was asked'), [{ name: t('Feature'), cell: one => one[0] }, { name: t('Value'), cell: one => cellText(one[1]) }], Object.entries(item.prediction.features))
      : h('p', { class: 'hint' }, t('The log does not show what was asked by feature.')),
    field(t('Comment'), comment),
    h('div', { class: 'actions' },
      (item.labels ?? []).slice(0, 9).map((label, at) => button([h('kbd', {}, String(at + 1)), ` ${label}`], () => give(queue, item, label), { class: 'button primary' })),
      button([h('kbd', {}, 'S'), ` ${t('Later')}`], () => skip(queue))),
    item.labels && item.labels.length <= 9 ? null : h('form', { class: 'row', onsubmit: event => { event.preventDefault(); give(queue, item, other.value.trim()); } },
      field(t('Label'), other), h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'button primary' }, t('Give the label')))));
}

async function give(queue, item, label) {
  if (queue.isGiving) return;
  const { turn } = queue;
  queue.isGiving = true;
  try {
    await ask('POST', path('v1', 'review-queue', item.id), { body: { label, ...queue.comment.value ? { comment: queue.comment.value } : {} }, signal: queue.context.signal });
    say(t('{0} is {1}.', item.id, label));
    if (turn === queue.turn) next(queue);
  } catch (error) {
    if (queue.context.signal.aborted) return;
    if (!(error instanceof ApiError)) throw error;
    say(error.message, true);
    // Somebody else was faster.
    if (error.status === 404 && turn === queue.turn) next(queue);
  } finally {
    if (turn === queue.turn) queue.isGiving = false;
  }
}

// While a label is on its way, the prediction that it is for stays the first one.
function skip(queue) {
  if (!queue.isGiving) next(queue);
}

function next(queue) {
  queue.items.shift();
  draw(queue);
}

// Whoever writes means letters, and whoever holds a key for a command of the browser means that.
function pressed(queue, event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || event.target.matches('input, select, textarea') || document.querySelector('dialog[open]')) return;
  const [item] = queue.items;
  if (!item) return;
  if (event.key.toLowerCase() === 's') skip(queue);
  else if (/^[1-9]$/.test(event.key) && item.labels?.[event.key - 1] !== undefined) give(queue, item, item.labels[event.key - 1]);
}
