using System.Text.Json;

namespace Platform.Hosting.Documents;

/// <summary>A committed outbox message.</summary>
/// <param name="Sequence">Counts from 1 within the service, without gaps.</param>
/// <param name="Type">Wire name (<see cref="Platform.Contracts.MessageTypes"/>).</param>
/// <param name="Key">Order is kept per key; usually the model's name.</param>
/// <param name="At">When it was committed (UTC).</param>
/// <param name="Data">The message.</param>
/// <param name="TraceParent">W3C trace context of the request that caused it; null outside of a trace.</param>
public sealed record StoredEvent(
    long Sequence, string Type, string Key, DateTimeOffset At, JsonElement Data, string? TraceParent = null)
{
    /// <summary>The type of what stands in the place of an event whose content was lost to a damaged file.</summary>
    public const string LostType = "lost";

    private static readonly JsonElement Nothing = JsonDocument.Parse("{}").RootElement;

    /// <summary>What stands in the place of an event that was lost.</summary>
    public static StoredEvent Lost(long sequence) => new(sequence, LostType, "", DateTimeOffset.UnixEpoch, Nothing);
}
