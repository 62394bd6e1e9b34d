// Metrics written independently of the training scripts, to check their numbers.
export function accuracy(labels, probabilities) {
  const right = labels.filter((label, row) => label === argmax(probabilities[row]));
  return right.length / labels.length;
}

export function logLoss(labels, probabilities) {
  const losses = labels.map((label, row) => -Math.log(Math.max(probabilities[row][label] / sum(probabilities[row]), 1e-15)));
  return sum(losses) / losses.length;
}

// The share of pairs (positive, negative) that the score orders rightly; ties count half.
export function rocAuc(labels, probabilities, positive) {
  const scores = side => probabilities.filter((_, row) => (labels[row] === positive) === side).map(p => p[positive]);
  const negatives = scores(false);
  const wins = scores(true).map(p => sum(negatives.map(n => p > n ? 1 : p === n ? 0.5 : 0)));
  return sum(wins) / (wins.length * negatives.length);
}

const argmax = values => values.indexOf(Math.max(...values));
const sum = values => values.reduce((total, value) => total + value, 0);
