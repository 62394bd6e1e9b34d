using System.Globalization;
using Platform.Explainer.Computing;
using Platform.Explainer.Dependence;
using Platform.Explainer.Explanations;
using Platform.Explainer.References;
using Platform.Explainer.Rows;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

/// <summary>Has features followed, or finds the curves of those that were.</summary>
internal sealed class DependenceReader(GlobalAnswers answers, GlobalEngine engine)
{
    private const int DefaultRows = 200;
    private const int DefaultPoints = 20;

    /// <summary>The most numbers in one answer.</summary>
    private const long MostNumbers = 500_000;

    /// <param name="subject">The version and, where a prediction is followed, its row.</param>
    /// <param name="query">What is asked.</param>
    public Result<GlobalComputation> Ask(Subject subject, DependenceQuery query)
    {
        var method = CurveMethods.Find(query.Kind)!;
        var question = new TableQuestion
        {
            Output = query.Output,
            Classes = query.Classes is { Length: > 0 } classes ? classes : null,
            Rows = query.Rows ?? DefaultRows,
            Seed = query.Seed ?? 1,
            Row = query.PredictionId is null ? null : subject.Inputs,
        };
        return answers.Ask(Key(subject, query, method, question), subject.Version.Model, (work, cancellationToken) => engine.ComputeAsync(
            $"dependence_{method.Name}", subject.Version, question, (table, token) => Follow(table, method, query, question.Seed, token), work, cancellationToken));
    }

    private static Result<IGlobalAnswer> Follow(
        ReferenceTable table, ICurveMethod method, DependenceQuery query, long seed, CancellationToken cancellationToken)
    {
        if (!Grids(table, query).Succeeded(out var grids, out var error)) return error;
        var rows = table.Row is null ? table.Rows.Count : 1;
        table.Work.Plan(table.Work.Done + grids.Sum(grid => (long)grid.Points.Length * rows));
        var curves = new List<FeatureCurve>();
        foreach (var grid in grids)
        {
            if (!method.Follow(table, grid, cancellationToken).Succeeded(out var curve, out error)) return error;
            curves.Add(CurveWriter.Write(table, grid, curve));
        }

        return new DependenceAnswer
        {
            Model = table.Version.Model,
            Version = table.Version.Version,
            Kind = method.Name,
            PredictionId = query.PredictionId,
            Output = table.Output.Name,
            OutputNames = table.OutputNames,
            Curves = curves,
            Rows = table.Rows.Count,
            Seed = seed,
            Evaluations = table.Work.Done,
        };
    }

    private static Result<IReadOnlyList<FeatureGrid>> Grids(ReferenceTable table, DependenceQuery query)
    {
        // Who names no feature wants those that can be followed.
        var isNamed = query.Features is { Length: > 0 };
        var names = isNamed ? query.Features! : [.. table.Features.Take(DependenceQuery.MostFeatures)];
        Error? passedOver = null;
        var features = table.Features.ToList();
        var hidden = (table.Version.Metadata.Logging?.Redact ?? []).Select(redacted => redacted.Feature).ToHashSet();
        var grids = new List<FeatureGrid>();
        foreach (var name in names)
        {
            var feature = features.IndexOf(name);
            if (feature < 0) return DependenceErrors.FeatureUnknown(name, table.Features);
            var isHidden = hidden.Contains(name) || hidden.Contains(BlockOf(table, feature).Name);
            if (!isHidden && FeatureGrid.Of(table, feature, query.Points ?? DefaultPoints) is { } grid) grids.Add(grid);
            else passedOver = isHidden ? DependenceErrors.Hidden(name) : DependenceErrors.OnlyMissing(name);
            if (passedOver is not null && isNamed) return passedOver;
        }

        if (grids.Count == 0 && passedOver is not null) return passedOver;
        var lines = table.Row is null ? Math.Min(IndividualCurves.MostLines, table.Rows.Count) : 1;
        return grids.Sum(grid => (long)grid.Points.Length) * table.OutputNames.Count * lines > MostNumbers
            ? ExplanationErrors.AnswerTooLarge(MostNumbers)
            : grids;
    }

    private static InputBlock BlockOf(ReferenceTable table, int feature) =>
        table.Layout.Blocks.Single(block => feature >= block.Offset && feature < block.Offset + block.Size);

    /// <summary>All that an answer depends on.</summary>
    private static string Key(Subject subject, DependenceQuery query, ICurveMethod method, TableQuestion question) => string.Join('\n',
        "dependence", method.Name, subject.Version.Model, subject.Version.Version, subject.Version.Sha256, subject.Version.Reference?.RowsDigest,
        query.PredictionId, question.Output, string.Join(',', question.Classes ?? []), question.Rows.ToString(CultureInfo.InvariantCulture),
        question.Seed.ToString(CultureInfo.InvariantCulture), query.Points?.ToString(CultureInfo.InvariantCulture), string.Join('\t', query.Features ?? []));
}
