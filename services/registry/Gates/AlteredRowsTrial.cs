using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Values;
using Platform.Registry.Policies;
using Platform.Registry.Scoring;
using Platform.Statistics.Performance;

namespace Platform.Registry.Gates;

/// <summary>Asks a version some of its reference rows as they are and changed a little: for each change in a process of its own.</summary>
internal sealed class AlteredRowsTrial(GateRunner runner, IArtifactStore artifacts)
{
    private const int Seed = 1;
    private const long MaxBytes = 1L << 30;

    public async Task<AlteredAnswers> AskAsync(ModelVersionDescription version, string rowsPath, GatePolicy policy, CancellationToken cancellationToken)
    {
        var output = OutputMeaning.OutputOf(version.Metadata, version.Signature.Outputs);
        var asked = new Asked(version, RowSample.Read(version, rowsPath), new AnswerReader(output, new LabelScheme(version.Metadata, output)));
        List<SignAnswers> signs = [];
        foreach (var expected in policy.ExpectedSigns ?? []) signs.Add(await AskSignAsync(asked, expected, cancellationToken));
        return new AlteredAnswers(signs,
            policy.Robustness?.MissingAtLeast is null ? null : await AskSteadyAsync(asked, Missing(asked), "no feature can be missing", cancellationToken),
            policy.Robustness?.PerturbedAtLeast is null ? null
                : await AskSteadyAsync(asked, Perturbed(asked, policy.Robustness.Noise!.Value), "no numerical feature varies", cancellationToken));
    }

    private async Task<SignAnswers> AskSignAsync(Asked asked, ExpectedSign expected, CancellationToken cancellationToken)
    {
        if (FeatureColumn.Find(asked.Version, expected.Feature) is not { } column) return Without($"there is no feature '{expected.Feature}'");
        if (!asked.Reader.HasLevel(expected.Output)) return Without($"it gives {(expected.Output is null ? "no number" : $"no score of '{expected.Output}'")}");
        if (asked.Sample.SpreadOf(column) is var spread && spread == 0) return Without($"the feature '{expected.Feature}' is not numerical, or does not vary");
        var pairs = asked.Sample.Rows.Where(row => column.ValueOf(row) is { ValueKind: JsonValueKind.Number })
            .Select(row => (row, column.Moved(row, asked.IsWhole(column) ? Math.Max(1, spread) : spread, asked.IsWhole(column)))).ToList();
        var (answers, problem) = await AskAsync(asked.Version, pairs, cancellationToken);
        return answers is null ? Without(problem!) : new SignAnswers(expected,
            [.. answers.Select(pair => asked.Reader.LevelOf(pair.After, expected.Output) - asked.Reader.LevelOf(pair.Before, expected.Output))], null);

        SignAnswers Without(string reason) => new(expected, [], reason);
    }

    private async Task<SteadyAnswers> AskSteadyAsync(
        Asked asked, List<(ReferenceRow, ReferenceRow)> pairs, string none, CancellationToken cancellationToken)
    {
        if (pairs.Count == 0) return new SteadyAnswers([], none);
        var (answers, problem) = await AskAsync(asked.Version, pairs, cancellationToken);
        return new SteadyAnswers([.. (answers ?? []).Select(pair => (asked.Reader.Read(pair.Before), asked.Reader.Read(pair.After)))], problem);
    }

    /// <summary>Of each row another feature is taken away, each in turn; whole numbers cannot be missing.</summary>
    private static List<(ReferenceRow, ReferenceRow)> Missing(Asked asked)
    {
        FeatureColumn[] columns = [.. asked.Sample.Columns.Where(column => !asked.IsWhole(column))];
        return columns.Length == 0 ? [] : [.. asked.Sample.Rows.Select((row, at) => (row, columns[at % columns.Length].With(row, null)))];
    }

    private static List<(ReferenceRow, ReferenceRow)> Perturbed(Asked asked, double noise)
    {
        var random = new Random(Seed);
        var columns = asked.Sample.Columns.Select(column => (Column: column, Spread: asked.Sample.SpreadOf(column))).Where(column => column.Spread > 0).ToList();
        return columns.Count == 0 ? [] : [.. asked.Sample.Rows.Select(row => (row, columns.Aggregate(row, (changed, column) =>
            column.Column.Moved(changed, Normal(random) * noise * column.Spread, asked.IsWhole(column.Column)))))];
    }

    // Box and Muller (1958).
    private static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    /// <summary>Answers to both rows of each pair, or why there are none.</summary>
    private async Task<(List<(ReferencePrediction Before, ReferencePrediction After)>? Answers, string? Problem)> AskAsync(
        ModelVersionDescription version, List<(ReferenceRow Before, ReferenceRow After)> pairs, CancellationToken cancellationToken)
    {
        // A row that lacks a whole number has no answer to compare.
        pairs = [.. pairs.Where(pair => ReferenceBatch.CanAsk(pair.Before, version.Signature) && ReferenceBatch.CanAsk(pair.After, version.Signature))];
        if (pairs.Count == 0) return (null, "no row has all the whole numbers that it needs");
        using var rows = await artifacts.StageAsync(target => WriteAsync(target, pairs, cancellationToken), MaxBytes, cancellationToken);
        using var measured = await runner.MeasureAsync(version, new TrialRows(rows.Path, 2 * pairs.Count), timedCalls: 0, cancellationToken);
        if (measured.Predictions is not { } answers) return (null, $"it does not answer such rows: {measured.Records.First(record => !record.Passed).Detail.TrimEnd('.')}");
        var read = File.ReadLines(answers.Path).Select(line => JsonSerializer.Deserialize<ReferencePrediction>(line, PlatformJson.Tolerant)!);
        return ([.. read.Chunk(2).Select(pair => (pair[0], pair[1]))], null);
    }

    private static async Task WriteAsync(Stream target, List<(ReferenceRow Before, ReferenceRow After)> pairs, CancellationToken cancellationToken)
    {
        foreach (var row in pairs.SelectMany(pair => new[] { pair.Before, pair.After }))
        {
            await JsonSerializer.SerializeAsync(target, row, PlatformJson.Tolerant, cancellationToken);
            await target.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }

    /// <summary>A version, its rows, and how its answers are read.</summary>
    private sealed record Asked(ModelVersionDescription Version, RowSample Sample, AnswerReader Reader)
    {
        /// <summary>Whether the column lies in a tensor of whole numbers or booleans.</summary>
        public bool IsWhole(FeatureColumn column) =>
            Version.Signature.Inputs.First(input => input.Name == column.Input).Datatype is not ("FP16" or "FP32" or "FP64" or "BF16" or "BYTES");
    }
}
