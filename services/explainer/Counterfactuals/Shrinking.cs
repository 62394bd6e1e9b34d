namespace Platform.Explainer.Counterfactuals;

/// <summary>
/// Takes back from candidates what is not needed: whole changes, and as much of the others as can be, always the step that saves most, until no change
/// can be taken back any more. What is not finished when the budget is spent does not count.
/// </summary>
/// <param name="task">The row.</param>
internal sealed class Shrinking(CounterfactualTask task)
{
    /// <summary>
    /// The candidates shrunk, all in the same runs of the model: those that are known to need each of their changes, of each way the nearest, the nearest of
    /// all first.
    /// </summary>
    public IReadOnlyList<Candidate> Shrink(IEnumerable<Candidate> candidates, CancellationToken cancellationToken)
    {
        var (active, needed) = (candidates.ToList(), new Dictionary<string, Candidate>());
        while (active.Count > 0)
        {
            while (active.Count > 0 && active.Sum(Proposals) > task.Left) active.RemoveAt(active.Count - 1);
            var tried = active.Select(candidate => new Attempt(candidate)).ToList();
            Try(tried, cancellationToken);
            TakeBackTogether(tried, cancellationToken);
            // Only where no change as a whole can go, the candidate itself is an answer.
            foreach (var attempt in tried.Where(attempt => attempt.Dispensable.Count == 0)) Keep(needed, attempt.Candidate);
            active = [.. tried.Select(attempt => attempt.Nearer).OfType<Candidate>().DistinctBy(candidate => string.Join(' ', candidate.Cells))];
        }

        return [.. needed.Values.OrderBy(candidate => candidate.Distance)];
    }

    /// <summary>Each change taken back, and each taken back in part.</summary>
    private void Try(List<Attempt> attempts, CancellationToken cancellationToken)
    {
        var steps = attempts.SelectMany(attempt => task.Changed(attempt.Candidate.Cells)
            .SelectMany(feature => Values(attempt.Candidate, feature).Select(value => (Attempt: attempt, Feature: feature, Value: value))));
        foreach (var (step, found) in task.Evaluate(steps, step => CounterfactualTask.With(step.Attempt.Candidate.Cells, step.Feature, step.Value), cancellationToken))
        {
            if (found is null) continue;
            step.Attempt.Offer(found);
            if (step.Value.Equals(task.Row[step.Feature])) step.Attempt.Dispensable.Add(step.Feature);
        }
    }

    /// <summary>Of the changes that can go alone, the largest 2, 4, 8 and so on at once: wide rows would never get done one by one.</summary>
    private void TakeBackTogether(List<Attempt> attempts, CancellationToken cancellationToken)
    {
        var steps = attempts.SelectMany(attempt => Prefixes(attempt).Select(features => (Attempt: attempt, Features: features)));
        foreach (var (step, found) in task.Evaluate(steps, step => Back(step.Attempt.Candidate.Cells, step.Features), cancellationToken))
        {
            if (found is not null) step.Attempt.Offer(found);
        }
    }

    private IEnumerable<int[]> Prefixes(Attempt attempt)
    {
        int[] ordered = [.. attempt.Dispensable.OrderByDescending(feature => task.Freedoms[feature].Domain.Distance(task.Row[feature], attempt.Candidate.Cells[feature]))];
        for (var size = 2; size < 2 * ordered.Length && ordered.Length > 1; size *= 2) yield return ordered[..Math.Min(size, ordered.Length)];
    }

    private double[] Back(double[] cells, int[] features)
    {
        var back = cells.ToArray();
        foreach (var feature in features) back[feature] = task.Row[feature];
        return back;
    }

    private void Keep(Dictionary<string, Candidate> needed, Candidate candidate)
    {
        var way = task.WayOf(candidate.Cells);
        if (!needed.TryGetValue(way, out var known) || candidate.Distance < known.Distance) needed[way] = candidate;
    }

    private long Proposals(Candidate candidate) => task.Changed(candidate.Cells).Sum(feature => (long)Values(candidate, feature).Count());

    private IEnumerable<double> Values(Candidate candidate, int feature) =>
        task.Freedoms[feature].Between(candidate.Cells[feature]).Prepend(task.Row[feature]);

    /// <summary>A candidate, the nearest row that was found from it, and which of its changes can be taken back alone.</summary>
    private sealed class Attempt(Candidate candidate)
    {
        public Candidate Candidate => candidate;

        public Candidate? Nearer { get; private set; }

        public List<int> Dispensable { get; } = [];

        public void Offer(Candidate found)
        {
            if (Nearer is null || found.Distance < Nearer.Distance) Nearer = found;
        }
    }
}
