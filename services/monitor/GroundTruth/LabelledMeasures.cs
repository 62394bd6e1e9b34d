using Platform.Monitor.Fairness;
using Platform.Monitor.Performance;

namespace Platform.Monitor.GroundTruth;

/// <summary>What labels say of a closed window, as it is stored: its performance, and what becomes of its fairness.</summary>
internal sealed record LabelledMeasures : PerformanceReport
{
    public LabelledMeasures()
    {
    }

    public LabelledMeasures(PerformanceReport performance)
        : base(performance)
    {
    }

    /// <summary>Null without labels, or where the version compares no groups.</summary>
    public WindowFairness? Fairness { get; init; }
}
