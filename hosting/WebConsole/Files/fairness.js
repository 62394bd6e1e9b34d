import { count, nothing, number, percent } from './format.js';
import { t } from './i18n.js';
import { badge, table } from './parts.js';

const verdict = group => group.role === 'too_few' ? badge('plain', t('too few rows'))
  : group.role === 'reference' ? badge('plain', t('reference'))
  : group.unfair === null ? nothing : group.unfair ? badge('bad', t('unfair')) : badge('good', t('fair'));

const directions = { rising: () => t('rising'), falling: () => t('falling'), none: () => t('none') };

/** The groups of a window: how many rows, how often favoured, against whom, and whether that changes from window to window. */
export function groupTable({ attributes }, trend) {
  const rows = attributes.flatMap(set => set.groups.map(group => ({ ...group, features: set.features })));
  const direction = row => trend?.groups.find(one => one.group === row.group && String(one.features) === String(row.features))?.direction;
  return table(t('Groups'), [
    { name: t('By'), cell: row => row.features.join(' × ') },
    { name: t('Group'), cell: row => row.group },
    { name: t('Rows'), number: true, cell: row => count(row.support) },
    { name: t('Favoured'), number: true, cell: row => row.selection_rate === null ? nothing : percent(row.selection_rate) },
    { name: t('disparate impact'), number: true, cell: row => number(row.disparate_impact) },
    { name: t('p-value'), number: true, cell: row => number(row.adjustedPValue) },
    { name: t('Equal opportunity'), number: true, cell: row => number(row.equal_opportunity_difference) },
    { name: t('Verdict'), cell: verdict },
    ...trend ? [{ name: t('Trend'), cell: row => directions[direction(row)]?.() ?? nothing }] : [],
  ], rows);
}
