import { path } from './api.js';
import { h } from './dom.js';
import { t } from './i18n.js';

/** The head of every page about a model: its name, and the pages there are. */
export function modelHead(model, current) {
  const pages = [['', t('Versions')], ['try', t('Try it')], ['monitoring', t('Monitoring')], ['history', t('History')]];
  return [
    h('p', { class: 'crumbs' }, h('a', { href: '#/' }, t('Models'))),
    h('h1', { tabindex: '-1' }, model, current ? h('span', { class: 'of' }, ` ${pages.find(([page]) => page === current)[1]}`) : null),
    h('nav', { class: 'tabs', 'aria-label': t('Pages of {0}', model) }, h('ul', {}, pages.map(([page, text]) =>
      h('li', {}, h('a', { href: `#${path('models', model, ...page ? [page] : [])}`, 'aria-current': page === current ? 'page' : null }, text))))),
  ];
}
