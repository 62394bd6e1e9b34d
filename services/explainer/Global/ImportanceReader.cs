using System.Globalization;
using Platform.Contracts.Registry;
using Platform.Explainer.Explanations;
using Platform.Explainer.Importance;
using Platform.Explainer.References;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

/// <summary>Has importances measured, or finds those that were.</summary>
internal sealed class ImportanceReader(GlobalAnswers answers, GlobalEngine engine)
{
    /// <summary>The most importances in one answer: features × labels.</summary>
    private const int MostImportances = 100_000;

    public Result<GlobalComputation> Ask(ModelVersionDescription version, ImportanceQuery query)
    {
        var method = ImportanceMethods.Find(query.Method)!;
        var question = new TableQuestion
        {
            Output = query.Output,
            Classes = query.Classes is { Length: > 0 } classes ? classes : null,
            Rows = query.Rows ?? method.DefaultRows,
            Seed = query.Settings.Seed,
            WantsLabels = method.WantsLabels,
        };
        return answers.Ask(Key(version, query, method, question), version.Model, (work, cancellationToken) => engine.ComputeAsync(
            $"importance_{method.Name}", version, question, (table, token) => Measure(table, method, query, token), work, cancellationToken));
    }

    private static Result<IGlobalAnswer> Measure(ReferenceTable table, IImportanceMethod method, ImportanceQuery query, CancellationToken cancellationToken)
    {
        var settings = query.Settings;
        if ((long)table.Features.Count * (settings.PerLabel ? table.OutputNames.Count : 1) > MostImportances)
            return ExplanationErrors.AnswerTooLarge(MostImportances);
        return method.Measure(table, settings, cancellationToken).Succeeded(out var measured, out var error)
            ? Write(table, method, settings, measured)
            : error;
    }

    private static ImportanceAnswer Write(ReferenceTable table, IImportanceMethod method, ImportanceSettings settings, MeasuredImportance measured) => new()
    {
        Model = table.Version.Model,
        Version = table.Version.Version,
        Method = method.Name,
        Per = settings.PerLabel ? ImportanceQuery.Label : ImportanceQuery.Feature,
        Measure = measured.Measure,
        Attribution = measured.Attribution,
        Output = table.Output.Name,
        Labels = measured.Groups,
        Importances = [.. measured.Groups.SelectMany((group, place) => Of(table, measured, group, place))],
        Rows = table.Rows.Count,
        Repeats = measured.Attribution is null ? settings.Repeats : null,
        Seed = settings.Seed,
        Evaluations = table.Work.Done,
    };

    private static IEnumerable<FeatureImportance> Of(ReferenceTable table, MeasuredImportance measured, ImportanceGroup group, int place) => table.Features
        .Select((name, feature) => (Name: name, At: (feature * measured.Groups.Count) + place))
        .Select(item => new FeatureImportance(item.Name, group.Label, Known(measured.Values[item.At]), Known(measured.StandardErrors[item.At])))
        .OrderByDescending(item => item.Importance ?? double.NegativeInfinity);

    private static double? Known(double value) => double.IsNaN(value) ? null : value;

    /// <summary>All that an answer depends on: the version, its file and reference rows, and what is asked of them.</summary>
    private static string Key(ModelVersionDescription version, ImportanceQuery query, IImportanceMethod method, TableQuestion question) => string.Join('\n',
        "importance", method.Name, version.Model, version.Version, version.Sha256, version.Reference?.RowsDigest, question.Output,
        string.Join(',', question.Classes ?? []), question.Rows.ToString(CultureInfo.InvariantCulture), query.Settings.ToString());
}
