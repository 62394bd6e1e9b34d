import { path, send } from './api.js';

const most = 200000;

/** A row of the version's reference, by the names of its columns. Of a large file only its beginning is read, and each call takes the next row of that. */
export async function exampleRow(version, signal) {
  const text = await beginning(version, signal);
  if (text.trimStart().startsWith('[')) return jsonRow(text, version.metadata.features);
  const [names, ...rows] = parse(text);
  const row = rows[turn++ % Math.max(1, rows.length - 1)];
  return Object.fromEntries(names.map((name, at) => [name, row?.[at] ?? '']));
}

let turn = 0;

async function beginning(version, signal) {
  const answer = await send('GET', path('v1', 'models', version.model, 'versions', version.version, 'reference'), { signal });
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  while (text.length < most) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
  }
  await reader.cancel();
  return text;
}

/** A row of a JSON array: an object, or an array in the order of the features, in which a cell may be an array, too. */
function jsonRow(text, features) {
  const rows = wholeRows(text);
  const row = JSON.parse(rows[turn++ % Math.max(1, rows.length)] ?? '{}');
  return Array.isArray(row) ? Object.fromEntries(row.flat(Infinity).map((value, at) => [features?.[at]?.name ?? at, value])) : row;
}

/** The texts of the rows that end before the beginning of the file does. */
function wholeRows(text) {
  const rows = [];
  let [depth, from, isText] = [0, 0, false];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isText) {
      if (character === '\\') at++;
      else if (character === '"') isText = false;
    } else if (character === '"') isText = true;
    else if (character === '[' || character === '{') {
      if (++depth === 2) from = at;
    } else if ((character === ']' || character === '}') && depth-- === 2) rows.push(text.slice(from, at + 1));
  }
  return rows;
}

/** CSV by RFC 4180. */
function parse(text) {
  const rows = [];
  let [row, cell, isQuoted] = [[], '', false];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (isQuoted) {
      if (character !== '"') cell += character;
      else if (text[at + 1] === '"') { cell += '"'; at++; } else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === ',') { row.push(cell); cell = ''; } else if (character === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')]);
      [row, cell] = [[], ''];
    } else cell += character;
  }
  if (cell || row.length) rows.push([...row, cell]);
  return rows;
}
