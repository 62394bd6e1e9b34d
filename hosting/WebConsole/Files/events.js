import { followEvents } from './event-log.js';
import { h, replace } from './dom.js';
import { count } from './format.js';
import { t } from './i18n.js';
import { eventLine } from './rows.js';
import { empty, failure, loading, section } from './parts.js';

const kept = 500;

/** What happens, as it happens. */
export function show(context) {
  const list = h('ol', { class: 'feed long' });
  const state = h('p', { class: 'hint', role: 'status' });
  let [wanted, events] = ['', []];
  const find = h('input', { type: 'search', id: 'find', oninput: event => { wanted = event.target.value.toLowerCase(); draw(); } });
  const draw = () => {
    const found = events.filter(event => `${event.type} ${event.model ?? ''}`.toLowerCase().includes(wanted));
    replace(list, found.length === 0 ? h('li', {}, empty(events.length ? t('No event matches.') : t('Nothing has happened yet.')))
      : found.slice(0, 200).map(event => eventLine(event, h('details', { 'data-key': `details-${event.sequence}` }, h('summary', {}, t('All of it')), h('pre', {}, JSON.stringify(event, null, 2))))));
  };
  const start = async () => {
    replace(list, h('li', {}, loading()));
    try {
      events = [];
      await followEvents(context.signal, kept, (more, last) => {
        events = [...more, ...events].slice(0, kept);
        draw();
        replace(state, t('Live: {0} events so far', count(last)));
      });
    } catch (error) {
      if (context.signal.aborted) return;
      replace(state);
      replace(list, h('li', {}, failure(error, start)));
    }
  };
  start();
  return { title: t('Events'), content: [h('h1', { tabindex: '-1' }, t('Events')), h('p', { class: 'filter' }, h('label', { for: 'find' }, t('Find')), ' ', find), section(t('Latest first'), state, list)] };
}
