// How traffic moves to a version that is promoted.

import { h } from './dom.js';
import { t } from './i18n.js';
import { term } from './terms.js';
import { field } from './parts.js';

const number = (value, attributes) => h('input', { type: 'number', step: 'any', min: '0', value, ...attributes });
const share = value => number(value, { max: '100', required: true });
const part = percent => Number(percent) / 100;

/** The choice of a strategy with the fields of each; read() has it as the API does, null for at once. */
export function strategyFields(model, version, alias) {
  const kinds = { immediate: immediate(model, version), canary: canary(version), ab: test(model, version, alias), shadow: shadow(version), blue_green: blueGreen(version) };
  const kind = h('select', { onchange: () => choose() }, Object.keys(kinds).map(name => h('option', { value: name }, term(name))));
  const frames = Object.entries(kinds).map(([name, { text, fields }]) => h('fieldset', { 'data-kind': name }, h('legend', {}, text), fields));
  const choose = () => frames.forEach(frame => { frame.hidden = frame.disabled = frame.dataset.kind !== kind.value; });
  choose();
  return {
    fields: [field(t('How traffic moves'), kind), ...frames],
    read: () => kind.value === 'immediate' ? null : { kind: kind.value, ...kinds[kind.value].read() },
  };
}

const immediate = (model, version) => ({
  text: model.aliases.champion
    ? t('Callers of the champion get version {0} instead of {1}, without a failed request; rolling back takes one click.', version.version, model.aliases.champion)
    : t('Callers of the champion get version {0}.', version.version),
  fields: [],
});

function canary(version) {
  const steps = h('input', { type: 'text', value: '5, 25, 50', required: true, autocomplete: 'off' });
  const [samples, minutes] = [number('500', { step: '1', required: true }), number('10', { required: true })];
  const [errors, accuracy, latency, outcome] = [number('0.01', { max: '1' }), number('', { max: '1' }), number('', { min: '1' }), number('')];
  const name = outcomeName();
  const guard = (control, measure, bound) => control.value === '' ? [] : [{ measure, [bound]: Number(control.value) }];
  return {
    text: t('Version {0} gets the share of each step in turn, and all requests after the last, as long as its guards hold.', version.version),
    fields: [
      field(t('Shares of the steps, in percent'), steps, t('With commas between them.')),
      field(t('Least requests of a step'), samples), field(t('Least minutes of a step'), minutes),
      field(t('Share of failed requests: how much more is allowed'), errors, t('No guard when empty.')),
      field(t('Accuracy: how much less is allowed'), accuracy, t('Labels must come in for it. No guard when empty.')),
      field(t('Latency p99: how many times the champion’s is allowed'), latency, t('No guard when empty.')),
      field(t('Name of a business outcome'), name, t('As it is reported, for example conversion.')), field(t('The outcome: how much less is allowed'), outcome, t('No guard when empty.')),
    ],
    read: () => ({
      steps: steps.value.split(/[,，\s]+/).filter(Boolean).map(weight => ({ weight: part(weight), minimumSamples: Number(samples.value), minimumMinutes: Number(minutes.value) })),
      guards: [...guard(errors, 'errors.rate', 'margin'), ...guard(accuracy, 'performance.accuracy', 'margin'), ...guard(latency, 'latency.p99', 'ratio'), ...guard(outcome, `outcomes.${name.value}`, 'margin')],
    }),
  };
}

const outcomeName = () => h('input', { type: 'text', maxlength: '64', autocomplete: 'off' });

function test(model, version, alias) {
  const [weight, effect, name] = [share('50'), number('0.01', { required: true }), outcomeName()];
  const measure = h('select', {}, ['performance.accuracy', 'errors.rate'].map(value => h('option', { value }, term(value))), h('option', { value: 'outcomes' }, t('A business outcome')));
  return {
    text: t('Both versions keep their shares until the measure is decided: version {0} is promoted if it improves it.', version.version),
    fields: [field(t('Share of version {0}, in percent', version.version), weight), field(t('What decides'), measure),
      field(t('Name of a business outcome'), name, t('As it is reported, for example conversion.')), field(t('Least improvement that counts'), effect)],
    read: () => ({
      split: [{ version: model.aliases[alias.value], weight: 1 - part(weight.value) }, { version: version.version, weight: part(weight.value) }],
      primary: { measure: measure.value === 'outcomes' ? `outcomes.${name.value}` : measure.value, minimumEffect: Number(effect.value) },
    }),
  };
}

function shadow(version) {
  const asked = share('100');
  return {
    text: t('Callers get the champion’s answers; version {0} answers the same requests for the record alone, until the promotion is cancelled.', version.version),
    fields: [field(t('Share of the requests, in percent'), asked)],
    read: () => ({ share: part(asked.value) }),
  };
}

function blueGreen(version) {
  const minutes = number('30', { required: true });
  return {
    text: t('Callers get version {0} at once; the one before stays loaded, so that cancelling is a switch back without a load.', version.version),
    fields: [field(t('Minutes for which the one before stays loaded'), minutes)],
    read: () => ({ keepWarmMinutes: Number(minutes.value) }),
  };
}
