// RFC 4180: quoted fields may hold commas, doubled quotes and line breaks. Answers rows of strings.
export function parseCsv(text) {
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"|[^,\n"]*)(,|\n|$)/gy;
  while (cell.lastIndex < text.length) {
    const match = cell.exec(text);
    if (match === null) throw new Error(`broken CSV after ${rows.length} rows`);
    const [, field, end] = match;
    rows.at(-1).push(field.startsWith('"') ? field.slice(1, -1).replaceAll('""', '"') : field);
    if (end === "\n") rows.push([]);
  }
  return rows.filter(row => row.length > 0);
}
