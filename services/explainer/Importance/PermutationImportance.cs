using Platform.Explainer.Attribution;
using Platform.Explainer.Explanations;
using Platform.Explainer.Models;
using Platform.Explainer.References;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Importance;

/// <summary>
/// How much worse the model gets when a feature's values are mixed up among the rows: the rise of its mean loss, where rows have labels, else the
/// mean distance that its answers move. A feature that the model does not look at has exactly zero.
/// </summary>
/// <remarks>
/// Each repeat takes every value from another row, which makes the mean over repeats an unbiased estimate of Fisher's model reliance e_switch − e_orig.
/// All features are mixed by the same draws, so that features that are alike get equal numbers. The standard error is that of the mean over the rows, each with the mean of
/// its repeats: it holds the choice of the rows as well as that of the draws.
/// Source: Breiman, Random forests, 2001; Fisher, Rudin &amp; Dominici, All models are wrong, but many are useful, JMLR 2019.
/// </remarks>
internal sealed class PermutationImportance : IImportanceMethod
{
    /// <summary>The most numbers that the model may answer to all rows together.</summary>
    internal const long MostNumbers = 2_000_000;

    private const int LeastRows = 2;

    public string Name => "permutation";

    public int DefaultRows => 200;

    public bool WantsLabels => true;

    public Result<MeasuredImportance> Measure(ReferenceTable table, ImportanceSettings settings, CancellationToken cancellationToken)
    {
        if (table.Rows.Count < LeastRows) return ReferenceErrors.TooFew(table.Rows.Count, LeastRows);
        if ((long)table.Rows.Count * table.Whole.Outputs > MostNumbers) return ExplanationErrors.AnswerTooLarge(MostNumbers);
        table.Work.Plan(table.Work.Done + table.Rows.Count + ((long)table.Rows.Count * table.Features.Count * settings.Repeats));
        var answers = ReferenceTable.Answer(table.Whole, table.Rows, cancellationToken);
        if (!Array.TrueForAll(answers, double.IsFinite)) return ModelErrors.NotFinite();
        IRowMeasure measure = RowTruth.Of(table) is { } truth ? new LossRise(table, truth, settings.PerLabel, answers) : new AnswerChange(table, settings.PerLabel);

        var moments = new GroupMoments(table.Features.Count, measure.Groups.Count);
        var givers = MixedRows.Draw(measure.Rows, settings.Repeats, new SeededRandom(settings.Seed));
        for (var feature = 0; feature < table.Features.Count; feature++)
        {
            if (!Mix(table, measure, answers, givers, feature, moments, cancellationToken)) return ModelErrors.NotFinite();
        }

        return new MeasuredImportance(measure.Name, measure.Groups, moments.Means(), moments.StandardErrors());
    }

    /// <summary>False where the model answers with what is no number.</summary>
    private static bool Mix(
        ReferenceTable table, IRowMeasure measure, double[] answers, int[][] givers, int feature, GroupMoments moments, CancellationToken cancellationToken)
    {
        var (width, groups) = (table.Whole.Outputs, measure.Groups.Count);
        var sums = new double[measure.Rows.Count * groups];
        foreach (var giver in givers)
        {
            var moved = Enumerable.Range(0, measure.Rows.Count).Where(at => Differ(table, measure.Rows[at], giver[at], feature)).ToList();
            var mixed = ReferenceTable.Answer(table.Whole, [.. moved.Select(at => With(table, measure.Rows[at], giver[at], feature))], cancellationToken);
            if (!Array.TrueForAll(mixed, double.IsFinite)) return false;
            for (var i = 0; i < moved.Count; i++)
            {
                var row = measure.Rows[moved[i]];
                measure.Add(row, answers.AsSpan(row * width, width), mixed.AsSpan(i * width, width), sums.AsSpan(moved[i] * groups, groups));
            }
        }

        for (var at = 0; at < measure.Rows.Count; at++)
        {
            foreach (var group in measure.GroupsOf(measure.Rows[at])) moments.Add(feature, group, sums[(at * groups) + group] / givers.Length);
        }

        return true;
    }

    // Bits rather than ==, so that NaN (missing) equals NaN. The answer to an equal row is known.
    private static bool Differ(ReferenceTable table, int row, int giver, int feature) =>
        BitConverter.DoubleToInt64Bits(table.Rows[row][feature]) != BitConverter.DoubleToInt64Bits(table.Rows[giver][feature]);

    private static double[] With(ReferenceTable table, int row, int giver, int feature)
    {
        var cells = table.Rows[row].ToArray();
        cells[feature] = table.Rows[giver][feature];
        return cells;
    }
}
