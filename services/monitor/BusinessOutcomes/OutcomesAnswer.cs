using System.Text.Json.Serialization;

namespace Platform.Monitor.BusinessOutcomes;

/// <summary>What became of the outcomes.</summary>
/// <param name="Accepted">Outcomes of predictions that are known.</param>
/// <param name="Unknown">Outcomes of predictions that are not known; they are kept for a while in case those are still to come.</param>
internal sealed record OutcomesAnswer(int Accepted, int Unknown)
{
    /// <summary>What is wrong with outcomes that name a whole request of several rows, and not one of its rows; absent if none does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hint { get; init; }
}
