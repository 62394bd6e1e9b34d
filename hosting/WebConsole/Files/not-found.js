import { h } from './dom.js';
import { t } from './i18n.js';
import { empty } from './parts.js';

export const show = () => ({
  title: t('No such page'),
  content: [h('h1', { tabindex: '-1' }, t('No such page')), empty(t('The address means no page of the console.')), h('p', {}, h('a', { href: '#/' }, t('Overview')))],
});
