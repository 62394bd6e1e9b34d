using Platform.Explainer.Decisions;
using Platform.Explainer.Games;
using Platform.Explainer.References;

namespace Platform.Explainer.Counterfactuals;

/// <summary>One row for which counterfactuals are looked for, and what the model has been asked so far.</summary>
internal sealed class CounterfactualTask
{
    private readonly IBatchModel _model;
    private readonly Decision _decision;
    private readonly Func<int, bool> _isWanted;

    /// <param name="model">Answers every number that decides.</param>
    /// <param name="decision">What its answers are taken for.</param>
    /// <param name="isWanted">Whether that is what is to be reached.</param>
    /// <param name="row">The row.</param>
    /// <param name="freedoms">What its features may be changed to.</param>
    /// <param name="budget">The most rows that the model may answer.</param>
    public CounterfactualTask(IBatchModel model, Decision decision, Func<int, bool> isWanted, double[] row, Freedom[] freedoms, long budget)
    {
        (_model, _decision, _isWanted, Row, Freedoms, Budget) = (model, decision, isWanted, row, freedoms, budget);
        Free = [.. Enumerable.Range(0, freedoms.Length).Where(feature => freedoms[feature].CanChange)];
    }

    public double[] Row { get; }

    public Freedom[] Freedoms { get; }

    /// <summary>The features that can be changed.</summary>
    public int[] Free { get; }

    public long Budget { get; }

    /// <summary>Rows that the model has answered, the row itself included.</summary>
    public long Evaluations { get; private set; } = 1;

    public long Left => Budget - Evaluations;

    /// <summary>
    /// Has the model answer rows, many at once, as long as the budget reaches; with each the candidate that it is, null where it is answered otherwise than
    /// wanted.
    /// </summary>
    public IEnumerable<(T Source, Candidate? Found)> Evaluate<T>(IEnumerable<T> sources, Func<T, double[]> rowOf, CancellationToken cancellationToken)
    {
        foreach (var chunk in sources.Chunk(TabularGame.RowsPerChunk(Row.Length)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var take = (int)Math.Min(chunk.Length, Left);
            if (take <= 0) yield break;
            double[][] rows = [.. chunk.Take(take).Select(rowOf)];
            var answers = ReferenceTable.Answer(_model, rows, cancellationToken);
            Evaluations += take;
            for (var i = 0; i < take; i++) yield return (chunk[i], Judge(rows[i], answers[(i * _model.Outputs)..((i + 1) * _model.Outputs)]));
        }
    }

    /// <summary>The candidates among rows.</summary>
    public IEnumerable<Candidate> Evaluate(IEnumerable<double[]> rows, CancellationToken cancellationToken) =>
        Evaluate(rows, row => row, cancellationToken).Select(answered => answered.Found).OfType<Candidate>();

    /// <summary>The sum over the features of how far they are apart.</summary>
    public double Distance(double[] from, double[] to)
    {
        var distance = 0.0;
        for (var feature = 0; feature < from.Length; feature++) distance += Freedoms[feature].Domain.Distance(from[feature], to[feature]);
        return distance;
    }

    /// <summary>The features in which a row differs from the one that is explained.</summary>
    public IEnumerable<int> Changed(double[] cells) => Free.Where(feature => !cells[feature].Equals(Row[feature]));

    // What is farther than numbers reach is no near row.
    private Candidate? Judge(double[] cells, double[] answer) =>
        _decision.Of(answer) is >= 0 and var place && _isWanted(place) && Distance(Row, cells) is var distance && double.IsFinite(distance)
            ? new Candidate(cells, answer, place, distance)
            : null;

    /// <summary>A row with one feature set.</summary>
    public static double[] With(double[] cells, int feature, double value)
    {
        var changed = cells.ToArray();
        changed[feature] = value;
        return changed;
    }

    /// <summary>
    /// Which way a row goes: the same for two that change the same features in the same direction or to the same category. Any number in place of a missing
    /// one is the same direction.
    /// </summary>
    public string WayOf(double[] cells) => string.Join(' ', Changed(cells).Select(feature =>
        Freedoms[feature].Domain.Kind == Domains.DomainKind.Category
            ? FormattableString.Invariant($"{feature}={cells[feature]:R}")
            : FormattableString.Invariant($"{feature}{(cells[feature] > Row[feature] ? '+' : '-')}")));
}
