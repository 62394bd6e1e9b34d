// Numbers, times and durations as a reader of the language writes them.

import { h } from './dom.js';
import { language, t } from './i18n.js';

export const nothing = '–';

const is = value => typeof value === 'number' && Number.isFinite(value);

const numbers = new Map();

const format = options => {
  const key = language + JSON.stringify(options);
  if (!numbers.has(key)) numbers.set(key, new Intl.NumberFormat(language, options));
  return numbers.get(key);
};

/** A number to so many significant digits; very small ones by powers of ten. */
export function number(value, digits = 3) {
  if (!is(value)) return nothing;
  if (value !== 0 && Math.abs(value) < 1e-4) return value.toExponential(1).replace('e', ' × 10^').replace(/10\^([+-]?\d+)/, (_, power) => '10' + superscript(power));
  return format({ maximumSignificantDigits: Math.min(21, Math.max(digits, Math.ceil(Math.log10(Math.abs(value) || 1)))) }).format(value);
}

/** With so many digits behind the point. */
export const fixed = (value, digits = 3) => is(value) ? format({ minimumFractionDigits: digits, maximumFractionDigits: digits }).format(value) : nothing;

export const count = value => is(value) ? format({ maximumFractionDigits: 0 }).format(value) : nothing;

export const percent = (value, digits = 1) => is(value) ? format({ style: 'percent', maximumFractionDigits: digits }).format(value) : nothing;

export const milliseconds = value => !is(value) ? nothing : value >= 1000 ? `${fixed(value / 1000, 2)} s` : `${value < 10 ? fixed(value, 2) : value < 100 ? fixed(value, 1) : count(value)} ms`;

export const bytes = value => !is(value) ? nothing : value < 1024 ? `${value} B` : value < 1 << 20 ? `${number(value / 1024)} KB` : `${number(value / (1 << 20))} MB`;

const superscript = text => text.replace('+', '').replace('-', '⁻').replace(/\d/g, digit => '⁰¹²³⁴⁵⁶⁷⁸⁹'[digit]);

export const clock = value => new Date(value).toLocaleTimeString(language, { hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

export const moment = value => new Date(value).toLocaleString(language, { year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit', hour12: false });

/** How long ago, with the time itself beside it for who points at it. */
export function ago(value) {
  if (!value) return nothing;
  return h('time', { datetime: value, title: moment(value), 'data-ago': value }, relative(value));
}

/** A time in full. */
export const at = value => value ? h('time', { datetime: value }, moment(value)) : nothing;

export function refreshTimes() {
  for (const time of document.querySelectorAll('time[data-ago]')) {
    const text = relative(time.dataset.ago);
    if (time.textContent !== text) time.textContent = text;
  }
}

function relative(value) {
  const seconds = Math.round((Date.now() - new Date(value)) / 1000);
  const past = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'long' });
  if (Math.abs(seconds) < 10) return t('just now');
  if (Math.abs(seconds) < 60) return past.format(-Math.round(seconds / 10) * 10, 'second');
  if (Math.abs(seconds) < 3600) return past.format(-Math.round(seconds / 60), 'minute');
  if (Math.abs(seconds) < 86400) return past.format(-Math.round(seconds / 3600), 'hour');
  return past.format(-Math.round(seconds / 86400), 'day');
}
