using Platform.Registry.Policies;

namespace Platform.Registry.Gates;

/// <summary>Something that a version must show before it is promoted, beyond that it loads and answers.</summary>
internal interface IGate
{
    /// <summary>What it measures of the version; nothing where the model's policy does not ask for it.</summary>
    IEnumerable<GateRecord> Measure(GateCase subject);
}
