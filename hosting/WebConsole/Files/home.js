import { path, read, readAll } from './api.js';
import { followEvents } from './event-log.js';
import { h, replace } from './dom.js';
import { count, fixed, milliseconds, nothing, number, percent } from './format.js';
import { spark } from './charts.js';
import { t } from './i18n.js';
import { term } from './terms.js';
import { alertRows, eventLine, openAlerts } from './rows.js';
import { badge, empty, failure, live, loading, section } from './parts.js';

const windowsShown = 40;
const modelsAtOnce = 24;
const eventsShown = 8;

/** Whether the platform works, which models serve and how they do, what is wrong, and what happens. */
export function show(context) {
  const [health, models, alerts, events] = [h('div', {}), h('div', {}), h('div', {}), h('ol', { class: 'feed' })];
  live(context, health, signal => read('/console/status', signal), drawHealth);
  live(context, alerts, openAlerts, drawAlerts);
  showModels(context, models);
  showEvents(context, events);
  return {
    title: t('Overview'),
    content: [
      h('h1', { tabindex: '-1' }, t('Overview')),
      section(t('Services'), health),
      section(t('Models'), models),
      h('div', { class: 'columns' },
        section(t('Open alerts'), alerts),
        section(t('Latest events'), events, h('p', {}, h('a', { href: '#/events' }, t('All events'))))),
    ],
  };
}

function drawHealth(status) {
  const replicas = Object.groupBy(status.replicas, replica => replica.service);
  return [
    h('p', { class: 'headline' }, h('span', { class: `lamp ${status.ready ? Object.keys(status.degraded).length ? 'warn' : 'good' : 'bad'}`, 'aria-hidden': 'true' }),
      status.ready ? t('Every service is ready') : t('Some services are not ready')),
    [...Object.entries(status.waitingFor), ...Object.entries(status.degraded)].map(([service, what]) => h('p', { class: 'trouble' }, h('strong', {}, service), ': ', what)),
    status.replicas.length === 0 ? null : h('ul', { class: 'services' }, Object.entries(replicas).map(([service, members]) => h('li', {},
      h('h3', {}, service), h('ul', {}, members.map(replica => h('li', {},
        badge(replica.ready ? 'good' : replica.ready === false ? 'bad' : 'plain', replica.ready ? t('ready') : replica.ready === false ? t('not ready') : t('not asked yet')),
        ' ', h('code', {}, replica.address.replace(/\/$/, '')))))))),
  ];
}

/** Of many models those are watched that are looked at. */
function showModels(context, place) {
  let limit = modelsAtOnce;
  let wanted = '';
  let all = [];
  const list = h('div', { class: 'cards' });
  const more = h('p', {});
  const find = h('input', { type: 'search', placeholder: t('Find a model'), 'aria-label': t('Find a model'), oninput: event => { wanted = event.target.value.toLowerCase(); draw(); } });
  const cards = new Map();
  const seen = new IntersectionObserver(entries => entries.forEach(entry => { entry.target.dataset.seen = entry.isIntersecting; if (entry.isIntersecting) refreshCard(context, entry.target); }), { rootMargin: '200px' });
  const draw = () => {
    const found = all.filter(model => model.name.includes(wanted));
    replace(list, found.slice(0, limit).map(model => {
      const known = cards.get(model.name);
      if (known?.dataset.model === JSON.stringify(model)) return known;
      const card = modelCard(model);
      cards.set(model.name, card);
      seen.observe(card);
      return card;
    }));
    replace(more, found.length > limit ? h('button', { type: 'button', class: 'button', onclick: () => { limit += 100; draw(); } }, t('Show more of {0} models', count(found.length))) : null);
  };
  let shown = null;
  let timer = null;
  const step = async () => {
    clearTimeout(timer);
    try {
      all = await readAll('/v1/models', context.signal);
      const text = JSON.stringify(all);
      if (shown === null) replace(place, all.length > modelsAtOnce ? h('p', { class: 'find' }, find) : null, list, more);
      if (text !== shown) {
        if (all.length === 0) replace(list, empty(t('No model is registered yet.'), t('Register one with POST /v1/models and upload a version; the README goes through it.')));
        else draw();
      }
      shown = text;
      for (const card of list.querySelectorAll('[data-seen=true]')) refreshCard(context, card);
    } catch (error) {
      if (context.signal.aborted) return;
      if (shown === null) replace(place, failure(error, step));
    } finally {
      if (!context.signal.aborted) timer = setTimeout(step, 5000);
    }
  };
  context.signal.addEventListener('abort', () => seen.disconnect());
  replace(place, loading());
  step();
}

function modelCard(model) {
  return h('article', { class: 'card', 'data-name': model.name, 'data-model': JSON.stringify(model) },
    h('h3', {}, h('a', { href: `#${path('models', model.name)}`, 'data-key': `model-${model.name}` }, model.name)),
    h('p', { class: 'aliases' }, Object.entries(model.aliases).map(([alias, version]) => badge('plain', `${alias} ${version}`)),
      Object.keys(model.aliases).length === 0 ? h('span', { class: 'hint' }, model.latestVersion ? t('no version serves') : t('no version yet')) : null),
    model.description ? h('p', { class: 'hint' }, model.description) : null,
    h('div', { class: 'figures' }));
}

async function refreshCard(context, card) {
  if (card.dataset.busy || document.hidden) return;
  card.dataset.busy = 'true';
  const place = card.querySelector('.figures');
  try {
    if (!('champion' in JSON.parse(card.dataset.model).aliases)) return;
    const monitoring = await read(`${path('v1', 'models', card.dataset.name, 'monitoring')}?detail=summary&limit=${windowsShown}`, context.signal);
    const text = JSON.stringify(monitoring.windows);
    if (place.dataset.drawn !== text) replace(place, figures(monitoring));
    place.dataset.drawn = text;
  } catch (error) {
    if (!context.signal.aborted) replace(place, h('p', { class: 'hint' }, error.status === 404 ? t('Nothing has been watched yet.') : error.message));
  } finally {
    delete card.dataset.busy;
  }
}

function figures({ windows, baseline, open }) {
  const last = windows.at(-1);
  if (!last) return h('p', { class: 'hint' }, open?.count ? t('{0} predictions in the window that is open; it is judged when it closes.', count(open.count)) : t('No predictions yet.'));
  const perMinute = window => window.count / Math.max(1, (new Date(window.to) - new Date(window.from)) / 60000);
  const measured = windows.map(window => window.performance?.realised ? window.performance.value ?? null : null);
  const measure = windows.findLast(window => window.performance?.metric)?.performance.metric;
  const latest = measured.findLast(value => value !== null) ?? null;
  const drift = windows.map(window => window.drift?.driftedShare ?? null);
  const isDrifted = last.drift?.drifted;
  return h('dl', { class: 'glance' },
    glance(t('Predictions per minute'), number(perMinute(last), 2), spark(windows.map(perMinute), t('Predictions per minute in the last {0} windows', windows.length))),
    glance(t('Latency p95'), milliseconds(last.system.latencyMs.total.p95 ?? null), spark(windows.map(window => window.system.latencyMs.total.p95 ?? null), t('Latency p95 in the last {0} windows', windows.length))),
    glance(measure ? term(measure) : t('Quality'), latest === null ? nothing : fixed(latest), spark(measured, t('{0} by labels in the last {1} windows; {2} on the reference', measure ? term(measure) : t('Quality'), windows.length, number(baseline?.performance?.metrics?.[measure])), 'two', windows.map(window => window.performance?.degraded === true))),
    glance(t('Drifted inputs'), last.drift?.driftedShare === undefined || last.drift?.driftedShare === null ? nothing : h('span', { class: isDrifted ? 'alarm' : '' }, percent(last.drift.driftedShare, 0)),
      spark(drift, t('Share of drifted inputs in the last {0} windows', windows.length), 'three', windows.map(window => window.drift?.drifted === true))));
}

const glance = (name, value, picture) => h('div', {}, h('dt', {}, name), h('dd', {}, h('span', { class: 'value' }, value), picture));

function drawAlerts(open, refresh) {
  return [
    open.length === 0 ? empty(t('No open alert.')) : alertRows(open.slice(0, 6), refresh),
    h('p', {}, h('a', { href: '#/alerts' }, open.length > 6 ? t('All {0} open alerts', count(open.length)) : t('All alerts'))),
  ];
}

async function showEvents(context, place) {
  replace(place, h('li', {}, loading()));
  let latest = [];
  try {
    await followEvents(context.signal, eventsShown, events => {
      latest = [...events, ...latest].slice(0, eventsShown);
      replace(place, latest.length === 0 ? h('li', { class: 'hint' }, t('Nothing has happened yet.')) : latest.map(event => eventLine(event)));
    });
  } catch (error) {
    if (!context.signal.aborted) replace(place, h('li', {}, failure(error, () => showEvents(context, place))));
  }
}
