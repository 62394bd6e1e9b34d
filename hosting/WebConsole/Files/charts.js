// Charts as SVG. Each says what it shows, has its numbers in a table behind it, and can be saved as SVG and CSV.

import { h, replace, s, save, uniqueId } from './dom.js';
import { t } from './i18n.js';
import { table } from './parts.js';

/**
 * A chart in its frame. draw(width) makes the SVG for a width; columns and rows are the table behind it, a column being
 * { name, cell(row), value?(row), number? }, where value is what the CSV says.
 */
export function figure({ title, description, draw, columns, rows, name, legend = [], level = 'h3' }) {
  const id = uniqueId('chart');
  const place = h('div', { class: 'drawing' });
  let width = 0;
  const drawAt = to => {
    if (to < 40 || Math.abs(to - width) < 2) return;
    width = to;
    const drawing = draw(Math.round(to));
    drawing.setAttribute('role', 'img');
    drawing.setAttribute('aria-labelledby', `${id}-title`);
    drawing.setAttribute('aria-describedby', `${id}-about`);
    replace(place, drawing);
  };
  new ResizeObserver(entries => drawAt(entries[0].contentRect.width)).observe(place);
  const exports = h('div', { class: 'exports' },
    h('button', { type: 'button', class: 'link', 'aria-label': t('Save “{0}” as SVG', title), 'data-key': `${name}-svg`, onclick: () => save(`${name}.svg`, 'image/svg+xml', standalone(place.querySelector('svg'), title, description)) }, 'SVG'),
    h('button', { type: 'button', class: 'link', 'aria-label': t('Save “{0}” as CSV', title), 'data-key': `${name}-csv`, onclick: () => save(`${name}.csv`, 'text/csv', csv(columns, rows)) }, 'CSV'));
  return h('figure', { class: 'chart' },
    h('figcaption', {},
      h('div', { class: 'chart-head' }, h(level, { id: `${id}-title` }, title), exports),
      h('p', { id: `${id}-about`, class: 'hint' }, description)),
    legend.length > 1 ? h('ul', { class: 'legend', 'aria-hidden': 'true' }, legend.map(([kind, text]) => h('li', {}, h('span', { class: `key ${kind}` }), text))) : null,
    place,
    h('details', { 'data-key': `${name}-table` }, h('summary', {}, t('The numbers')), table(title, columns, rows)));
}

function csv(columns, rows) {
  const cell = value => value === null || value === undefined ? '' : /[",\n\r]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  const text = column => row => column.value ? column.value(row) : column.cell(row);
  return [columns.map(column => column.name), ...rows.map(row => columns.map(column => text(column)(row)))].map(row => row.map(cell).join(',')).join('\r\n') + '\r\n';
}

const kept = ['fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linejoin', 'opacity', 'font-family', 'font-size', 'font-weight', 'text-anchor'];

/** A picture that looks outside the page as it does within. */
function standalone(drawing, title, description) {
  const copy = drawing.cloneNode(true);
  const [from, to] = [[drawing, ...drawing.querySelectorAll('*')], [copy, ...copy.querySelectorAll('*')]];
  from.forEach((element, at) => {
    const style = getComputedStyle(element);
    if (element.tagName === 'title') return;
    for (const property of kept) to[at].setAttribute(property, style.getPropertyValue(property));
    to[at].removeAttribute('class');
  });
  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  const background = getComputedStyle(document.body).backgroundColor;
  copy.prepend(s('title', {}, title), s('desc', {}, description), s('rect', { width: '100%', height: '100%', fill: background }));
  for (const name of ['aria-labelledby', 'aria-describedby']) copy.removeAttribute(name);
  return new XMLSerializer().serializeToString(copy);
}

const canvas = (width, height) => s('svg', { viewBox: `0 0 ${width} ${height}`, width, height });

/** Round values between two ends, about so many. */
function ticks(low, high, wanted) {
  const raw = (high - low || 1) / Math.max(1, wanted);
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = [1, 2, 2.5, 5, 10].find(multiple => multiple * power >= raw) * power;
  const values = [];
  for (let value = Math.ceil(low / step - 1e-9) * step; value <= high + step * 1e-9; value += step) values.push(Number(value.toPrecision(12)));
  return values;
}

/**
 * Lines over time. A series is { name, kind, points: [{ x, y, low?, high?, mark? }] }, where a y of null is a gap, low and high
 * a band, and mark what makes a point stand out. bounds are [from, to] of y, from data where one is null.
 */
export function lines({ series, yText, xText, bounds = [0, null], height = 190, reference }) {
  return width => {
    const points = series.flatMap(one => one.points);
    const values = points.flatMap(point => [point.y, point.low, point.high]).concat(reference ? [reference.value] : []).filter(value => Number.isFinite(value));
    const [least, most] = extent(values, bounds);
    const xs = points.map(point => point.x);
    const [first, last] = [Math.min(...xs), Math.max(...xs)];
    const marks = ticks(least, most, 4);
    const left = Math.max(...marks.map(mark => textWidth(yText(mark)))) + 12;
    const [right, top, bottom] = [14, 10, 24];
    const x = value => last === first ? (left + width - right) / 2 : left + (value - first) / (last - first) * (width - left - right);
    const y = value => top + (most - value) / (most - least || 1) * (height - top - bottom);
    const drawing = canvas(width, height);
    for (const mark of marks) drawing.append(
      s('line', { class: 'grid', x1: left, x2: width - right, y1: y(mark), y2: y(mark) }),
      s('text', { class: 'tick', x: left - 8, y: y(mark) + 4, 'text-anchor': 'end' }, yText(mark)));
    drawing.append(...timeTicks(first, last, x, width, height, xText));
    if (reference) drawing.append(
      s('line', { class: 'reference', x1: left, x2: width - right, y1: y(reference.value), y2: y(reference.value) }, s('title', {}, reference.name)));
    for (const one of series) drawing.append(band(one, x, y), path(one, x, y), ...dots(one, x, y, xText, yText));
    return drawing;
  };
}

function extent(values, [from, to]) {
  let [least, most] = [from ?? Math.min(...values), to ?? Math.max(...values)];
  if (!Number.isFinite(least)) least = 0;
  if (!Number.isFinite(most) || most <= least) most = least + (Math.abs(least) || 1);
  const room = (most - least) * 0.06;
  return [from === null ? least - room : least, to === null ? most + room : most];
}

function timeTicks(first, last, x, width, height, xText) {
  const places = last === first ? [first] : width < 420 ? [first, last] : [first, (first + last) / 2, last];
  return places.map((value, at) => s('text', {
    class: 'tick', x: x(value), y: height - 6, 'text-anchor': places.length === 1 ? 'middle' : at === 0 ? 'start' : at === places.length - 1 ? 'end' : 'middle',
  }, xText(value)));
}

function band(one, x, y) {
  const points = one.points.filter(point => Number.isFinite(point.low) && Number.isFinite(point.high));
  if (points.length < 2) return s('g', {});
  const there = points.map(point => `${x(point.x).toFixed(1)},${y(point.high).toFixed(1)}`);
  const back = points.toReversed().map(point => `${x(point.x).toFixed(1)},${y(point.low).toFixed(1)}`);
  return s('polygon', { class: `band ${one.kind}`, points: [...there, ...back].join(' ') });
}

function path(one, x, y) {
  let line = '';
  let isDown = false;
  for (const point of one.points) {
    if (!Number.isFinite(point.y)) { isDown = false; continue; }
    line += `${isDown ? 'L' : 'M'}${x(point.x).toFixed(1)} ${y(point.y).toFixed(1)}`;
    isDown = true;
  }
  return s('path', { class: `line ${one.kind}`, d: line || 'M0 0' });
}

const dots = (one, x, y, xText, yText) => one.points.filter(point => Number.isFinite(point.y)).map(point =>
  s('circle', { class: `dot ${one.kind}${point.mark ? ' marked' : ''}`, cx: x(point.x).toFixed(1), cy: y(point.y).toFixed(1), r: point.mark ? 4.5 : 2.5 },
    s('title', {}, `${one.name}, ${xText(point.x)}: ${yText(point.y)}${point.mark ? ` – ${point.mark}` : ''}`)));

/** Groups of bars, one bar for each series: { name, kind, values }, over labels. */
export function bars({ labels, series, yText, height = 200 }) {
  return width => {
    const values = series.flatMap(one => one.values).filter(Number.isFinite);
    const [least, most] = extent(values, [0, null]);
    const marks = ticks(least, most, 4);
    const left = Math.max(...marks.map(mark => textWidth(yText(mark)))) + 12;
    const slot = (width - left - 8) / labels.length;
    const widest = Math.max(...labels.map(textWidth));
    const isTilted = widest > slot - 6;
    const bottom = isTilted ? Math.min(110, widest * 0.7 + 22) : 24;
    const full = height + (isTilted ? bottom - 24 : 0);
    const y = value => 10 + (most - value) / (most - least) * (full - 10 - bottom);
    const drawing = canvas(width, full);
    for (const mark of marks) drawing.append(
      s('line', { class: 'grid', x1: left, x2: width - 8, y1: y(mark), y2: y(mark) }),
      s('text', { class: 'tick', x: left - 8, y: y(mark) + 4, 'text-anchor': 'end' }, yText(mark)));
    const bar = Math.min(28, slot * 0.8 / series.length);
    labels.forEach((label, at) => {
      const centre = left + slot * (at + 0.5);
      series.forEach((one, place) => drawing.append(s('rect', {
        class: `bar ${one.kind}`, x: centre + (place - series.length / 2) * bar + 0.5, width: Math.max(1, bar - 1), rx: 1.5,
        y: y(one.values[at] ?? 0), height: Math.max(0, y(0) - y(one.values[at] ?? 0)),
      }, s('title', {}, `${one.name}, ${label}: ${yText(one.values[at])}`))));
      const shown = shorten(label, isTilted ? 130 : slot);
      const foot = full - bottom + 16;
      drawing.append(isTilted
        ? s('text', { class: 'tick', x: centre, y: foot - 4, 'text-anchor': 'end', transform: `rotate(-38 ${centre} ${foot - 4})` }, shown)
        : s('text', { class: 'tick', x: centre, y: foot, 'text-anchor': 'middle' }, shown));
    });
    return drawing;
  };
}

/** Rows × columns of cells of 0 to 1, darker for more; a marked one has a dot, too. cell(row, column) answers { value, mark, text }. */
export function heatMap({ rows, columns, cell, columnText, choose }) {
  return width => {
    const left = Math.min(width * 0.4, Math.max(...rows.map(textWidth)) + 14);
    const step = (width - left - 4) / columns.length;
    const height = 22;
    const drawing = canvas(width, rows.length * height + 24);
    rows.forEach((row, at) => {
      drawing.append(s('text', { class: 'tick name', x: left - 8, y: at * height + 15, 'text-anchor': 'end' }, s('title', {}, row), shorten(row, left - 10)));
      columns.forEach((column, place) => {
        const { value, mark, text } = cell(row, column);
        const shade = value === null ? 'unknown' : `shade-${Math.min(8, Math.floor(value * 9))}`;
        const group = s('g', { class: 'cell', onclick: choose ? () => choose(row, column) : null },
          s('rect', { class: shade, x: left + place * step + 0.5, y: at * height + 1, width: Math.max(1, step - 1), height: height - 2, rx: 2 }),
          mark ? s('circle', { class: value !== null && value > 0.5 ? 'mark light' : 'mark', cx: left + (place + 0.5) * step, cy: at * height + height / 2, r: Math.min(3, step / 3) }) : '',
          s('title', {}, text));
        drawing.append(group);
      });
    });
    const foot = rows.length * height + 17;
    drawing.append(s('text', { class: 'tick', x: left, y: foot }, columnText(columns[0])));
    if (columns.length > 1) drawing.append(s('text', { class: 'tick', x: width - 4, y: foot, 'text-anchor': 'end' }, columnText(columns.at(-1))));
    return drawing;
  };
}

/** A line of a word's height: the course of something, with its last value beside it in words. */
export function spark(values, text, kind = 'one', marks = []) {
  const [width, height] = [120, 30];
  const known = values.filter(Number.isFinite);
  const most = Math.max(...known, 0) || 1;
  const x = at => values.length < 2 ? width / 2 : 5 + at / (values.length - 1) * (width - 10);
  const y = value => height - 5 - value / most * (height - 10);
  let isDown = false;
  const line = values.map((value, at) => {
    if (!Number.isFinite(value)) { isDown = false; return ''; }
    const step = `${isDown ? 'L' : 'M'}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    isDown = true;
    return step;
  }).join('');
  return s('svg', { class: 'spark', viewBox: `0 0 ${width} ${height}`, width, height, role: 'img', 'aria-label': text },
    s('title', {}, text), s('path', { class: `line ${kind}`, d: line || 'M0 0' }),
    values.map((value, at) => marks[at] && Number.isFinite(value) ? s('circle', { class: 'dot marked', cx: x(at).toFixed(1), cy: y(value).toFixed(1), r: 3 }) : null));
}

/** A bar for a share of 0 to 1. */
export const meter = (share, text, kind = 'one') => s('svg', { class: 'meter', viewBox: '0 0 100 8', preserveAspectRatio: 'none', role: 'img', 'aria-label': text },
  s('rect', { class: 'rail', width: 100, height: 8 }), s('rect', { class: `bar ${kind}`, width: Math.max(0, Math.min(1, share)) * 100, height: 8 }));

// Wide characters count for two.
const textWidth = text => [...String(text)].reduce((sum, character) => sum + (character.codePointAt(0) > 0x2e80 ? 12.5 : 6.6), 0);

function shorten(text, width) {
  const characters = [...String(text)];
  if (textWidth(text) <= width) return String(text);
  while (characters.length > 1 && textWidth(characters.join('')) + 8 > width) characters.pop();
  return `${characters.join('')}…`;
}
