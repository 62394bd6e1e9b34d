using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Registry.References;
using Platform.Registry.Scoring;

namespace Platform.Registry.Gates;

/// <summary>
/// Asks the version that serves the reference rows of the one that is to replace it. They are made anew of the uploaded table, since the two may
/// number categories differently or take other columns of it.
/// </summary>
internal sealed class IncumbentTrial(GateRunner runner, ReferenceConverter references, IArtifactStore artifacts)
{
    /// <summary>Its answers, or why there are none.</summary>
    public async Task<(AnsweredRows? Answers, string? Problem)> AskAsync(
        ModelVersionDescription incumbent, ModelVersionDescription candidate, CancellationToken cancellationToken)
    {
        if (artifacts.FindPath(Digest.ToHex(candidate.Reference!.Digest)) is not { } table) return (null, "its reference is not in the artifact store");
        var metadata = incumbent.Metadata with { Target = candidate.Metadata.Target };
        var made = await references.ConvertAsync(table, metadata, incumbent.Signature, cancellationToken);
        if (!made.Succeeded(out var converted, out var error)) return (null, $"the rows do not fit that version: {error.Detail.TrimEnd('.')}");
        using (converted) return await AskAsync(incumbent, converted, cancellationToken);
    }

    private async Task<(AnsweredRows? Answers, string? Problem)> AskAsync(
        ModelVersionDescription incumbent, ConvertedReference converted, CancellationToken cancellationToken)
    {
        using var measured = await runner.MeasureAsync(incumbent, new TrialRows(converted.Rows.Path, converted.Count), timedCalls: 0, cancellationToken);
        return measured.Predictions is { } answers
            ? (AnsweredRowsReader.Read(incumbent, converted.Rows.Path, answers.Path), null)
            : (null, $"that version does not answer the rows: {measured.Records.First(record => !record.Passed).Detail.TrimEnd('.')}");
    }
}
