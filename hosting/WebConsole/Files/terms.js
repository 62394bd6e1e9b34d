// The words of the API for people: of measures, states, kinds. One that is not here is shown as it is.

import { t } from './i18n.js';

const names = {
  accuracy: 'Accuracy', balanced_accuracy: 'Balanced accuracy', precision: 'Precision', recall: 'Recall', f1: 'F1', roc_auc: 'ROC AUC',
  average_precision: 'Average precision', log_loss: 'Log loss', brier: 'Brier score', matthews: 'Matthews correlation', disparate_impact: 'Disparate impact',
  precision_macro: 'Precision (macro)', recall_macro: 'Recall (macro)', f1_macro: 'F1 (macro)', precision_micro: 'Precision (micro)', recall_micro: 'Recall (micro)',
  f1_micro: 'F1 (micro)', precision_weighted: 'Precision (weighted)', recall_weighted: 'Recall (weighted)', f1_weighted: 'F1 (weighted)',
  mae: 'Mean absolute error', rmse: 'Root mean squared error', mape: 'Mean absolute percentage error', r2: 'R²', ndcg: 'NDCG', map: 'Mean average precision',
  cbpe_expected_accuracy: 'Expected accuracy (CBPE)', scores_out_of_range: 'Scores out of range', traffic_accuracy: 'Accuracy on traffic', traffic_log_loss: 'Log loss on traffic',
  binary_classification: 'Binary classification', multiclass_classification: 'Multiclass classification', regression: 'Regression', ranking: 'Ranking',
  numerical: 'number', categorical: 'category', text: 'text',
  open: 'open', active: 'active', acknowledged: 'acknowledged', silenced: 'silenced', resolved: 'resolved', all: 'all',
  warning: 'warning', critical: 'critical', info: 'info', above: 'above', below: 'below',
  queued: 'queued', running: 'running', succeeded: 'succeeded', failed: 'failed', cancelled: 'cancelled', completed: 'completed', paused: 'paused', rolled_back: 'rolled back',
  agree: 'agrees', disagree: 'disagrees', unsure: 'not sure', anomalous: 'anomalous', uncertain: 'uncertain', disagreeing: 'disagreeing', random: 'random',
  rejected: 'rejected', version: 'version',
  refused: 'refused', measured: 'measured', advance: 'goes on', wait: 'waits', pause: 'pauses', rollback: 'rolls back',
  'errors.rate': 'Share of failed requests', 'performance.accuracy': 'Accuracy', 'latency.p99': 'Latency p99',
  immediate: 'immediate', blue_green: 'blue-green', canary: 'canary', shadow: 'shadow', ab: 'A/B test', champion: 'champion', challenger: 'challenger',
  registered: 'registered', version_created: 'version created', gates_changed: 'gates changed', promoted: 'promoted', promotion_refused: 'promotion refused', promotion_denied: 'promotion denied', rollback_skipped: 'roll-back left out',
  gates_measured: 'gates measured', version_approved: 'version approved', promotion_started: 'promotion started', promotion_stepped: 'promotion stepped',
  promotion_paused: 'promotion paused', promotion_ended: 'promotion ended',
  alias_set: 'alias set', alias_removed: 'alias removed', changed: 'changed', deleted: 'deleted', version_changed: 'version changed', version_archived: 'version archived', version_deleted: 'version deleted',
  'model-registered': 'Model registered', 'model-version-created': 'Version created', 'model-promoted': 'Model promoted', 'model-rolled-back': 'Model rolled back', 'rollout-stepped': 'Promotion stepped',
  'drift-detected': 'Drift detected', 'alert-raised': 'Alert raised', 'alert-resolved': 'Alert resolved', 'performance-degraded': 'Performance degraded',
};

/** Every name, in English. */
export const all = Object.values(names);

/** A word of the API in the reader's language. */
export const term = word => word in names ? t(names[word]) : word;
