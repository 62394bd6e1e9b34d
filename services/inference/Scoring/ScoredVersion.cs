using Platform.Inference.Models;
using Platform.Inference.Rows;

namespace Platform.Inference.Scoring;

/// <summary>What a version says of the rows that go in and of what comes out, once its lease is given back.</summary>
/// <param name="Rows">Its features.</param>
/// <param name="Outputs">Its outputs, in the order of the signature.</param>
internal sealed record ScoredVersion(RowSchema Rows, IReadOnlyList<OutputCells> Outputs)
{
    public static ScoredVersion Of(LoadedVersion version) => new(version.Rows, [.. OutputCells.Of(version)]);
}
