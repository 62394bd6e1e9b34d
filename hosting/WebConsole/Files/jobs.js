import { path, read } from './api.js';
import { h } from './dom.js';
import { at, nothing } from './format.js';
import { t } from './i18n.js';
import { change, facts, field, live, section, stateBadge } from './parts.js';

/** A job by its id: how far it is, and what came of it. */
export function show(context) {
  const { id } = context;
  const wanted = h('input', { type: 'text', required: true, value: id ?? '', autocomplete: 'off' });
  const place = h('div', {});
  if (id) live(context, place, signal => read(path('v1', 'jobs', id), signal), (job, refresh) => [
    facts([
      [t('State'), stateBadge(job.state)], [t('Model'), h('a', { href: `#${path('models', job.model)}` }, `${job.model} ${job.version ?? ''}`)],
      [t('Attempts'), String(job.attempts ?? 0)], [t('Created'), at(job.createdAt)], [t('Finished'), job.finishedAt ? at(job.finishedAt) : nothing],
    ]),
    ['queued', 'running'].includes(job.state) ? change(t('Cancel the job'), 'DELETE', path('v1', 'jobs', id), undefined, refresh) : null,
    job.error ? h('p', { class: 'problem' }, job.error.detail ?? JSON.stringify(job.error)) : null,
    job.result ? h('details', { open: true }, h('summary', {}, t('The result')), h('pre', {}, JSON.stringify(job.result, null, 2))) : null,
  ], 1500);
  return {
    title: t('Jobs'),
    content: [h('h1', { tabindex: '-1' }, t('Jobs'), id ? h('span', { class: 'of' }, ` ${id}`) : null),
      section(t('Find a job'), h('form', { class: 'row', onsubmit: event => { event.preventDefault(); location.hash = `#${path('jobs', wanted.value.trim())}`; } },
        field(t('Job id'), wanted, t('POST /v1/models/{m}/jobs answers with it.')), h('div', { class: 'actions' }, h('button', { type: 'submit', class: 'button primary' }, t('Show'))))),
      id ? section(t('The job'), place) : null],
  };
}
