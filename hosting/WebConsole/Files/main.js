// The shell: navigation, language, colours, who has signed in; and which page an address means.

import { actAs, key, read } from './api.js';
import { h, replace } from './dom.js';
import { refreshTimes } from './format.js';
import { changeLanguage, chooseLanguage, language, t } from './i18n.js';
import { failure, loading } from './parts.js';

const pages = [
  { pattern: '', load: () => import('./home.js') },
  { pattern: 'models/:model', load: () => import('./model.js') },
  { pattern: 'models/:model/try', load: () => import('./try-it.js') },
  { pattern: 'models/:model/monitoring', load: () => import('./monitoring.js') },
  { pattern: 'models/:model/history', load: () => import('./history.js') },
  { pattern: 'alerts', load: () => import('./alerts.js') },
  { pattern: 'rules', load: () => import('./rules.js') },
  { pattern: 'events', load: () => import('./events.js') },
  { pattern: 'deployments', load: () => import('./deployments.js') },
  { pattern: 'predictions', load: () => import('./search.js') },
  { pattern: 'predictions/:id', load: () => import('./prediction.js') },
  { pattern: 'review', load: () => import('./review.js') },
  { pattern: 'jobs', load: () => import('./jobs.js') },
  { pattern: 'jobs/:id', load: () => import('./jobs.js') },
  { pattern: 'keys', load: () => import('./keys.js') },
  { pattern: 'sign-in', load: () => import('./sign-in.js') },
];

const links = () => [
  ['', t('Overview')], ['alerts', t('Alerts')], ['rules', t('Rules')], ['deployments', t('Deployments')],
  ['predictions', t('Predictions')], ['review', t('Review')], ['jobs', t('Jobs')], ['events', t('Events')], ['keys', t('Keys')],
];

let leaving = new AbortController();
let status = null;

async function start() {
  await readStatus();
  drawShell();
  window.addEventListener('hashchange', () => show());
  setInterval(refreshTimes, 10000);
  setInterval(async () => { if (!document.hidden) { await readStatus(); drawHealth(); } }, 10000);
  await show(true);
}

async function readStatus() {
  try {
    status = await read('/console/status');
    actAs(status.asksForKey ? null : 'console');
  } catch (error) {
    status = { failed: error.message, ready: false, waitingFor: {}, degraded: {}, replicas: [], asksForKey: status?.asksForKey ?? false, caller: status?.caller ?? null };
  }
}

function drawShell() {
  replace(document.body,
    h('a', { class: 'skip', href: '#main', onclick: event => { event.preventDefault(); document.getElementById('main').focus(); } }, t('Skip to the content')),
    h('header', { class: 'top' },
      h('a', { class: 'brand', href: '#/' }, h('img', { src: 'console/icon.svg', alt: '', width: 26, height: 26 }), h('span', {}, 'Platform')),
      h('button', { type: 'button', class: 'button menu', 'aria-expanded': 'false', 'aria-controls': 'navigation', onclick: toggleMenu }, t('Menu')),
      h('nav', { id: 'navigation', 'aria-label': t('Pages') }, h('ul', {}, links().map(([to, text]) => h('li', {}, h('a', { href: `#/${to}`, 'data-to': to }, text))))),
      h('div', { class: 'tools' },
        h('p', { id: 'health', class: 'health', role: 'status' }),
        language === 'zh'
          ? h('button', { type: 'button', class: 'button plain', lang: 'en', 'data-key': 'language', onclick: () => speak('en') }, 'English')
          : h('button', { type: 'button', class: 'button plain', lang: 'zh-Hans', 'data-key': 'language', onclick: () => speak('zh') }, '中文'),
        h('button', { type: 'button', class: 'button plain', 'data-key': 'theme', onclick: nextTheme }, themeText()),
        signedIn())),
    h('main', { id: 'main', tabindex: '-1' }),
    h('footer', { class: 'foot' },
      h('a', { href: '/openapi/v1.json' }, t('API description')),
      status.hasManagement && status.caller ? [h('a', { href: '/metrics' }, t('Metrics')), h('a', { href: '/health/ready?pretty' }, t('Health'))] : null),
    h('div', { id: 'messages', role: 'status', 'aria-live': 'polite' }));
  drawHealth();
}

function signedIn() {
  if (!status.asksForKey) return null;
  if (!status.caller) return h('a', { class: 'button plain', href: '#/sign-in' }, t('Sign in'));
  return h('button', { type: 'button', class: 'button plain', title: t('Signed in as {0}', status.caller.name), onclick: async () => { key.forget(); await restart('#/sign-in'); } }, t('Sign out'));
}

function drawHealth() {
  const place = document.getElementById('health');
  const [kind, text] = status.failed !== undefined ? ['bad', t('No answer')]
    : !status.ready ? ['bad', t('Not ready')] : Object.keys(status.degraded).length ? ['warn', t('Degraded')] : ['good', t('Ready')];
  if (place.dataset.kind === kind && place.textContent === text) return;
  place.dataset.kind = kind;
  replace(place, h('span', { class: `lamp ${kind}`, 'aria-hidden': 'true' }), text);
}

function toggleMenu(event) {
  const isOpen = event.currentTarget.getAttribute('aria-expanded') !== 'true';
  event.currentTarget.setAttribute('aria-expanded', String(isOpen));
  document.getElementById('navigation').classList.toggle('open', isOpen);
}

async function speak(to) {
  await changeLanguage(to);
  await restart(location.hash);
  document.querySelector('[data-key=language]').focus();
}

/** Draws everything anew: another language, or another caller. */
async function restart(to) {
  await readStatus();
  drawShell();
  if (location.hash !== to) location.hash = to;
  else await show(true);
}

function applyTheme(theme) {
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
  else delete document.documentElement.dataset.theme;
}

const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';

const themeText = () => isDark() ? t('Light') : t('Dark');

function nextTheme(event) {
  const theme = isDark() ? 'light' : 'dark';
  localStorage.setItem('platform.theme', theme);
  applyTheme(theme);
  event.currentTarget.textContent = themeText();
}

/** Shows the page of the address. The heading takes the focus, so that who cannot see the change hears it. */
async function show(isFirst = false) {
  leaving.abort();
  leaving = new AbortController();
  const context = { signal: leaving.signal, status, restart, query: new URLSearchParams(location.hash.split('?')[1] ?? '') };
  const parts = location.hash.replace(/^#\/?/, '').split('?')[0].split('/').filter(Boolean).map(decoded);
  const main = document.getElementById('main');
  document.getElementById('navigation').classList.remove('open');
  document.querySelector('.menu').setAttribute('aria-expanded', 'false');
  mark(parts[0] ?? '');
  const found = pages.map(page => ({ page, found: match(page.pattern, parts) })).find(one => one.found);
  replace(main, loading());
  try {
    const page = await (found ? found.page.load() : import('./not-found.js'));
    if (context.signal.aborted) return;
    const { title, content } = page.show({ ...context, ...found?.found });
    document.title = `${title} · Platform`;
    replace(main, content);
    // Whoever asks for a page without a key is asked for one first.
    if (status.asksForKey && !status.caller && parts[0] !== 'sign-in') { location.replace(`#/sign-in?to=${encodeURIComponent(location.hash)}`); return; }
    if (!isFirst) { main.querySelector('h1')?.focus({ preventScroll: true }); scrollTo(0, 0); }
  } catch (error) {
    replace(main, h('h1', { tabindex: '-1' }, t('This page could not be shown')), failure(error, () => show()));
    throw error;
  }
}

// An address that somebody mistyped is shown as it is.
function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function mark(first) {
  for (const link of document.querySelectorAll('#navigation a')) {
    const isCurrent = link.dataset.to === (first === 'models' ? '' : first);
    if (isCurrent) link.setAttribute('aria-current', first === 'models' ? 'true' : 'page');
    else link.removeAttribute('aria-current');
  }
}

function match(pattern, parts) {
  const names = pattern.split('/').filter(Boolean);
  if (names.length !== parts.length) return null;
  const found = {};
  for (const [at, name] of names.entries()) {
    if (name.startsWith(':')) found[name.slice(1)] = parts[at];
    else if (name !== parts[at]) return null;
  }
  return found;
}

await chooseLanguage();
applyTheme(localStorage.getItem('platform.theme'));
await start();
