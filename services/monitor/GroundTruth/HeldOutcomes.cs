using Platform.Monitor.State;

namespace Platform.Monitor.GroundTruth;

/// <summary>The business outcomes that wait, one of each name for a row.</summary>
internal sealed class HeldOutcomes(int most) : HeldRows<HeldOutcome>(Collections.HeldOutcomes, most, MostNames)
{
    /// <summary>How many names of outcomes a model may have.</summary>
    public const int MostNames = 32;

    /// <summary>The names that wait for rows of a model.</summary>
    public IEnumerable<string> NamesOf(string model) => All.Where(held => held.Model == model).Select(held => held.Name).Distinct(StringComparer.Ordinal);
}
