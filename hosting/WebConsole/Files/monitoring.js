import { path, read } from './api.js';
import { bars, figure, heatMap, lines } from './charts.js';
import { h, replace } from './dom.js';
import { groupTable } from './fairness.js';
import { ago, clock, count, fixed, milliseconds, moment, nothing, number, percent } from './format.js';
import { t } from './i18n.js';
import { term } from './terms.js';
import { badge, button, empty, facts, failure, live, loading, section, table } from './parts.js';
import { modelHead } from './model-head.js';

const spans = [20, 60, 200];

/** What was found window by window: traffic, latency, drift, quality, fairness; and one window in detail. */
export function show(context) {
  const { model, query } = context;
  const [place, detail] = [h('div', {}), h('div', {})];
  let span = spans.includes(Number(query.get('windows'))) ? Number(query.get('windows')) : spans[1];
  let chosen = Number(query.get('window')) || null;
  const version = query.get('version');
  const about = `${path('v1', 'models', model, 'monitoring')}?${version ? `version=${encodeURIComponent(version)}&` : ''}`;
  const choose = sequence => {
    chosen = sequence;
    const address = new URLSearchParams({ ...version ? { version } : {}, window: sequence });
    history.replaceState(null, '', `#${path('models', model, 'monitoring')}?${address}`);
    drawWindow(context, detail, about, sequence, true);
  };
  const range = h('select', { id: 'span', onchange: event => { span = Number(event.target.value); list.redraw(); } },
    spans.map(value => h('option', { value: String(value), selected: value === span }, t('the last {0} windows', value))));
  const list = live(context, place, signal => read(`${about}detail=windows&limit=${span}`, signal), monitoring => {
    const last = monitoring.windows.at(-1)?.sequence;
    if (last && detail.childElementCount === 0) drawWindow(context, detail, about, chosen ?? last, chosen !== null);
    return draw(monitoring, choose);
  }, 10000);
  return {
    title: `${model} · ${t('Monitoring')}`,
    content: [modelHead(model, 'monitoring'),
      h('p', { class: 'filter' }, h('label', { for: 'span' }, t('Show')), ' ', range),
      place, detail],
  };
}

function draw(monitoring, choose) {
  const { windows, version, open, baseline } = monitoring;
  if (windows.length === 0) return empty(
    t('No window of version {0} has closed yet.', version),
    open?.count ? t('{0} predictions are in the open one.', count(open.count)) : t('A window closes once enough predictions have come in.'));
  const name = `${monitoring.model}-${version}`;
  return [
    h('p', { class: 'hint' }, t('Version {0}', version), ' · ', baseline?.rows ? t('compared with {0} reference rows', count(baseline.rows)) : t('without a reference'),
      open ? [' · ', t('{0} predictions in the open window', count(open.count))] : null),
    section(t('Drift'), driftCharts(windows, name, choose)),
    section(t('Quality of the answers'), qualityChart(monitoring, name)),
    h('div', { class: 'columns' },
      section(t('Traffic and errors'), trafficChart(windows, name)),
      section(t('Latency'), latencyChart(windows, name))),
    windows.some(window => window.fairness) ? section(t('Fairness'), fairness(monitoring, name)) : null,
    section(t('Windows'), windowTable(windows, choose)),
  ];
}

const time = window => new Date(window.to).getTime();

const windowColumns = () => [{ name: t('Window'), cell: window => window.sequence }, { name: t('Until'), cell: window => moment(window.to), value: window => window.to }];

const column = (name, value, shown = number) => ({ name, number: true, cell: window => shown(value(window)), value });

/** How far a feature has moved: the size of the effect that its deciding test found, 0 to 1. */
function strength(feature) {
  const test = feature?.tests?.[0];
  if (!test) return null;
  return Math.min(1, Math.abs(test.effectSize ?? test.statistic ?? 0));
}

function driftCharts(windows, name, choose) {
  const judged = windows.filter(window => window.drift);
  if (judged.length === 0) return empty(t('Drift is not judged.'), t('A version that is registered with reference rows is compared with them.'));
  const found = (window, feature) => window.drift?.features.find(one => one.name === feature);
  const features = [...new Set(judged.flatMap(window => window.drift.features.map(feature => feature.name)))];
  const total = feature => judged.reduce((sum, window) => sum + (found(window, feature)?.drifted ? 1 + strength(found(window, feature)) : (strength(found(window, feature)) ?? 0) / 100), 0);
  const ranked = features.toSorted((one, other) => total(other) - total(one)).slice(0, 40);
  const words = feature => !feature ? t('not judged') : `${feature.deciding} ${number(strength(feature))}${feature.drifted ? ` – ${t('drifted')}` : ''}`;
  return [
    figure({
      title: t('Which inputs moved, and when'),
      description: t('A row for each feature, the most moved first, a column for each window. Darker means a larger effect in the test that decides; a dot, that it counts as drift. A click opens the window.'),
      name: `${name}-drift-map`,
      draw: heatMap({
        rows: ranked, columns: judged, columnText: window => clock(window.to), choose: (_, window) => choose(window.sequence),
        cell: (row, window) => {
          const feature = found(window, row);
          return { value: strength(feature), mark: feature?.drifted === true, text: `${row}, ${clock(window.to)}: ${words(feature)}` };
        },
      }),
      columns: [...windowColumns(), ...ranked.map(feature => ({ name: feature, number: true, cell: window => `${number(strength(found(window, feature)))}${found(window, feature)?.drifted ? ' ●' : ''}`, value: window => strength(found(window, feature)) }))],
      rows: judged,
    }),
    figure({
      title: t('Share of drifted inputs and answers'), name: `${name}-drift-share`,
      description: t('Of the features, and of what the model answers, the share that differs from the reference by more than chance.'),
      legend: [['three', t('inputs')], ['two', t('answers')]],
      draw: lines({
        xText: clock, yText: value => percent(value, 0), bounds: [0, 1], height: 150,
        series: [
          { name: t('inputs'), kind: 'three', points: judged.map(window => ({ x: time(window), y: window.drift.driftedShare, mark: window.drift.drifted ? t('drifted') : null })) },
          { name: t('answers'), kind: 'two', points: judged.map(window => ({ x: time(window), y: window.prediction?.driftedShare ?? null })) },
        ],
      }),
      columns: [...windowColumns(), column(t('inputs'), window => window.drift.driftedShare, percent), column(t('answers'), window => window.prediction?.driftedShare ?? null, percent)],
      rows: judged,
    }),
  ];
}

function qualityChart({ windows, baseline }, name) {
  const measured = windows.filter(window => window.performance);
  const metric = measured.findLast(window => window.performance.metric)?.performance.metric;
  if (!metric) return empty(t('Quality has not been measured yet.'), t('It is measured on labels, which POST /v1/models/{m}/ground-truth takes.'));
  const realised = window => window.performance.realised?.[metric] ?? null;
  const estimated = window => window.performance.estimated?.[metric] ?? null;
  const reference = baseline?.performance?.metrics?.[metric];
  return [
    figure({
      title: t('{0}: measured and estimated', term(metric)), name: `${name}-quality`,
      description: t('Measured on the labels that have come in, and estimated from the scores alone, with a band of twice the sampling error. The dashed line is the value on the reference.'),
      legend: [['one', t('measured')], ['two', t('estimated')]],
      draw: lines({
        xText: clock, yText: value => fixed(value, 2), bounds: [null, null], height: 220,
        reference: Number.isFinite(reference) ? { value: reference, name: t('on the reference: {0}', fixed(reference)) } : undefined,
        series: [
          { name: t('estimated'), kind: 'two', points: measured.map(window => { const value = estimated(window); return { x: time(window), y: value?.value ?? null, low: value ? value.value - 2 * value.samplingError : null, high: value ? value.value + 2 * value.samplingError : null }; }) },
          { name: t('measured'), kind: 'one', points: measured.map(window => ({ x: time(window), y: realised(window), mark: window.performance.degraded ? t('worse than the reference') : null })) },
        ],
      }),
      columns: [...windowColumns(), column(t('measured'), realised, fixed), column(t('estimated'), window => estimated(window)?.value ?? null, fixed), column(t('sampling error'), window => estimated(window)?.samplingError ?? null, fixed), column(t('p-value'), window => window.performance.pValue)],
      rows: measured,
    }),
    figure({
      title: t('Labels'), name: `${name}-labels`, description: t('The share of predictions whose label has come in. Labels come late: the newest windows have the fewest.'),
      draw: lines({ xText: clock, yText: value => percent(value, 0), bounds: [0, 1], height: 110, series: [{ name: t('Labels'), kind: 'three', points: measured.map(window => ({ x: time(window), y: window.performance.labelCoverage })) }] }),
      columns: [...windowColumns(), column(t('Labels'), window => window.performance.labelled, count), column(t('Share'), window => window.performance.labelCoverage, percent)],
      rows: measured,
    }),
  ];
}

const trafficChart = (windows, name) => [
  figure({
    title: t('Predictions'), name: `${name}-traffic`, description: t('Predictions in each window.'),
    draw: lines({ xText: clock, yText: count, height: 150, series: [{ name: t('Predictions'), kind: 'one', points: windows.map(window => ({ x: time(window), y: window.count })) }] }),
    columns: [...windowColumns(), column(t('Predictions'), window => window.count, count)], rows: windows,
  }),
  figure({
    title: t('Failed requests'), name: `${name}-errors`, description: t('The share of requests that the model failed to answer.'),
    draw: lines({ xText: clock, yText: value => percent(value, 1), bounds: [0, Math.max(0.01, ...windows.map(window => window.system.errorRate ?? 0)) * 1.1], height: 120, series: [{ name: t('Failed requests'), kind: 'two', points: windows.map(window => ({ x: time(window), y: window.system.errorRate })) }] }),
    columns: [...windowColumns(), column(t('Requests'), window => window.system.requests, count), column(t('failed'), window => window.system.failed, count), column(t('rejected'), window => window.system.rejected, count), column(t('cancelled'), window => window.system.cancelled, count)], rows: windows,
  }),
];

function latencyChart(windows, name) {
  const [total, queue, compute] = [quantile => window => window.system.latencyMs.total?.[quantile] ?? null, window => window.system.latencyMs.queue?.p95 ?? null, window => window.system.latencyMs.compute?.p95 ?? null];
  return [
    figure({
      title: t('Latency of the platform'), name: `${name}-latency`, description: t('From the request to the answer, in milliseconds: half of the requests were faster than p50, 95 of a hundred than p95.'),
      legend: [['one', 'p50'], ['three', 'p95'], ['two', 'p99']],
      draw: lines({ xText: clock, yText: value => milliseconds(value), height: 150, series: [['one', 'p50'], ['three', 'p95'], ['two', 'p99']].map(([kind, quantile]) => ({ name: quantile, kind, points: windows.map(window => ({ x: time(window), y: total(quantile)(window) })) })) }),
      columns: [...windowColumns(), ...['p50', 'p90', 'p95', 'p99'].map(quantile => column(quantile, total(quantile), milliseconds))], rows: windows,
    }),
    figure({
      title: t('Where the time goes'), name: `${name}-latency-parts`, description: t('The 95th percentile of waiting in the queue and of computing.'),
      legend: [['three', t('queue')], ['one', t('compute')]],
      draw: lines({ xText: clock, yText: value => milliseconds(value), height: 120, series: [{ name: t('queue'), kind: 'three', points: windows.map(window => ({ x: time(window), y: queue(window) })) }, { name: t('compute'), kind: 'one', points: windows.map(window => ({ x: time(window), y: compute(window) })) }] }),
      columns: [...windowColumns(), column(t('queue'), queue, milliseconds), column(t('compute'), compute, milliseconds)], rows: windows,
    }),
  ];
}

function fairness({ windows, fairnessTrend }, name) {
  const judged = windows.filter(window => window.fairness);
  const [paired, grouped] = [judged.filter(window => Object.keys(window.fairness.positive_rate ?? {}).length), judged.filter(window => window.fairness.attributes?.length)];
  return [
    paired.length ? fairnessChart(paired, name) : null,
    grouped.length ? [h('p', { class: 'hint' }, t('The groups of window {0}; the trend is that of the windows shown.', grouped.at(-1).sequence)), groupTable(grouped.at(-1).fairness, fairnessTrend)] : null,
  ];
}

function fairnessChart(judged, name) {
  const rate = group => window => window.fairness.positive_rate?.[group] ?? null;
  // Windows from before several groups were compared have no correction: what they call unfair is the pair.
  const unfair = ({ fairness }) => (fairness.correction ? fairness.pairUnfair : fairness.unfair) ?? null;
  return figure({
    title: t('Favourable decisions by group'), name: `${name}-fairness`,
    description: t('The share of favourable decisions about each group. Below four fifths of the other, by more than chance, counts as unfair and is marked.'),
    legend: [['one', t('privileged')], ['two', t('unprivileged')]],
    draw: lines({
      xText: clock, yText: value => percent(value, 0), bounds: [0, 1], height: 170, series: [
        { name: t('privileged'), kind: 'one', points: judged.map(window => ({ x: time(window), y: rate('privileged')(window) })) },
        { name: t('unprivileged'), kind: 'two', points: judged.map(window => ({ x: time(window), y: rate('unprivileged')(window), mark: unfair(window) ? t('unfair') : null })) },
      ],
    }),
    columns: [...windowColumns(), column(t('privileged'), rate('privileged'), percent), column(t('unprivileged'), rate('unprivileged'), percent), column(t('disparate impact'), window => window.fairness.disparate_impact), column(t('p-value'), window => window.fairness.pValue), { name: t('unfair'), cell: window => unfair(window) === null ? nothing : unfair(window) ? t('yes') : t('no') }],
    rows: judged,
  });
}

const windowTable = (windows, choose) => table(t('Windows'), [
  { name: t('Window'), cell: window => button(String(window.sequence), () => choose(window.sequence), { class: 'link', 'data-key': `window-${window.sequence}`, 'aria-label': t('Open window {0}', window.sequence) }) },
  { name: t('Until'), cell: window => ago(window.to) },
  { name: t('Predictions'), number: true, cell: window => count(window.count) },
  { name: t('Drift'), cell: window => window.drift?.drifted ? badge('bad', t('{0} features', window.drift.driftedFeatures)) : window.drift?.drifted === false ? badge('good', t('none')) : nothing },
  { name: t('Quality'), number: true, cell: window => window.performance?.value === null || window.performance?.value === undefined ? nothing : fixed(window.performance.value) },
  { name: t('Latency p95'), number: true, cell: window => milliseconds(window.system.latencyMs.total?.p95) },
  { name: t('Worst input'), number: true, cell: window => window.quality.worstShare ? percent(window.quality.worstShare) : nothing },
], windows.toReversed().slice(0, 20));

/** One window with every feature: both distributions, and what each test says. */
async function drawWindow(context, place, about, sequence, isAsked) {
  const content = h('div', {});
  const panel = section(t('Window {0}', sequence), content);
  replace(place, panel);
  replace(content, loading());
  try {
    const monitoring = await read(`${about}detail=full&limit=1&after=${sequence + 1}`, context.signal);
    const window = monitoring.windows.find(one => one.sequence === sequence);
    replace(content, window ? windowDetail(window, `${monitoring.model}-${monitoring.version}-${sequence}`) : empty(t('This window is no longer kept.')));
    if (isAsked) panel.scrollIntoView({ block: 'start' });
  } catch (error) {
    if (!context.signal.aborted) replace(content, failure(error, () => drawWindow(context, place, about, sequence, isAsked)));
  }
}

function windowDetail(window, name) {
  const features = [...(window.prediction?.features ?? []).map(feature => ({ ...feature, isAnswer: true })), ...window.drift?.features ?? []]
    .toSorted((one, other) => (other.drifted === true) - (one.drifted === true) || (strength(other) ?? 0) - (strength(one) ?? 0));
  const place = h('div', {});
  const key = feature => `${feature.isAnswer ? 'answer' : 'input'}:${feature.name}`;
  const pick = h('select', { id: 'feature', onchange: event => drawFeature(event.target.value) }, features.map(feature =>
    h('option', { value: key(feature) }, `${feature.isAnswer ? t('answer: {0}', feature.name) : feature.name}${feature.drifted ? ' ●' : ''}`)));
  const drawFeature = wanted => {
    const feature = features.find(one => key(one) === wanted);
    replace(place, featureDetail(feature, window, name));
  };
  if (features.length) drawFeature(key(features[0]));
  return [
    facts([
      [t('From'), moment(window.from)], [t('Until'), moment(window.to)], [t('Predictions'), count(window.count)],
      [t('Drifted inputs'), window.drift?.driftedFeatures === undefined || window.drift.driftedFeatures === null ? null : t('{0} of {1}', window.drift.driftedFeatures, window.drift.features.length)],
      [t('Correction'), window.drift?.correction ? `${window.drift.correction.method}, α ${number(window.drift.correction.alpha)}` : null],
      [t('Labels'), window.performance ? t('{0} of {1}', count(window.performance.labelled), count(window.count)) : null],
    ]),
    measures(window),
    window.fairness?.attributes?.length ? h('details', { 'data-key': 'groups' }, h('summary', {}, t('Fairness by group')), groupTable(window.fairness, null)) : null,
    features.length ? [h('p', { class: 'filter' }, h('label', { for: 'feature' }, t('Feature')), ' ', pick), place] : empty(t('Drift is not judged.')),
  ];
}

function measures({ performance }) {
  if (!performance?.realised) return null;
  const rows = Object.entries(performance.realised).filter(([, value]) => typeof value === 'number');
  return h('details', { 'data-key': 'measures' }, h('summary', {}, t('All measures of the window')), table(t('Measures'), [
    { name: t('Measure'), cell: ([measure]) => term(measure) }, { name: t('measured'), number: true, cell: ([, value]) => number(value, 4) },
    { name: t('estimated'), number: true, cell: ([measure]) => number(performance.estimated?.[measure]?.value, 4) },
  ], rows));
}

function featureDetail(feature, window, name) {
  const quality = feature.isAnswer ? null : window.quality.features.find(one => one.name === feature.name);
  return [
    h('p', {}, feature.drifted ? badge('bad', t('drifted')) : feature.drifted === false ? badge('good', t('as the reference')) : badge('plain', t('not judged')), ' ', h('span', { class: 'hint' }, feature.rule)),
    quality ? h('p', { class: 'hint' }, t('Of {0} values {1} are missing, {2} out of range, {3} of an unseen category.', count(quality.observed), count(quality.missing), count(quality.outOfRange), count(quality.unseenCategory))) : null,
    feature.bins ? distribution(feature, name) : h('p', { class: 'hint' }, t('The distribution of this window was not kept.')),
    table(t('Tests of {0}', feature.name), [
      { name: t('Test'), cell: test => [test.test, test.test === feature.deciding ? [' ', badge('plain', t('decides'))] : null] },
      { name: t('Statistic'), number: true, cell: test => number(test.statistic) },
      { name: t('p-value'), number: true, cell: test => number(test.pValue) },
      { name: t('adjusted'), number: true, cell: test => number(test.adjustedPValue) },
      { name: t('Effect'), number: true, cell: test => number(test.effectSize) },
      { name: t('Threshold'), number: true, cell: test => number(test.threshold) },
      { name: t('Drift'), cell: test => test.drifted === null ? nothing : test.drifted ? t('yes') : t('no') },
    ], feature.tests),
  ];
}

function distribution(feature, name) {
  const { bins } = feature;
  const labels = bins.categories ?? [...bins.edges.map(edge => `≤ ${number(edge)}`), bins.edges.length ? `> ${number(bins.edges.at(-1))}` : t('all')];
  const rows = labels.map((label, at) => ({ label, reference: bins.reference[at], current: bins.current[at] }));
  return figure({
    title: t('Distribution of {0}', feature.name), name: `${name}-${feature.name}`,
    description: bins.categories ? t('The share of each category that the reference has, in the reference and in this window.') : t('The share of values in each bin, in the reference and in this window. Bins hold about a tenth of the reference each.'),
    legend: [['rest', t('reference')], ['one', t('this window')]],
    draw: bars({ labels, yText: value => percent(value, 0), series: [{ name: t('reference'), kind: 'rest', values: bins.reference }, { name: t('this window'), kind: 'one', values: bins.current }] }),
    columns: [{ name: bins.categories ? t('Category') : t('Bin'), cell: row => row.label }, { name: t('reference'), number: true, cell: row => percent(row.reference), value: row => row.reference }, { name: t('this window'), number: true, cell: row => percent(row.current), value: row => row.current }],
    rows,
  });
}
