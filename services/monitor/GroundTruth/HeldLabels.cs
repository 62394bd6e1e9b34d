using Platform.Monitor.State;

namespace Platform.Monitor.GroundTruth;

/// <summary>
/// The labels that wait. Whether a label is one that its version can have is only seen beside the prediction, so several for one row wait.
/// </summary>
internal sealed class HeldLabels(int most) : HeldRows<HeldLabel>(Collections.HeldLabels, most, MostForOneRow)
{
    private const int MostForOneRow = 8;

    /// <summary>Those for rows of a model.</summary>
    public IEnumerable<HeldLabel> OfModel(string model) => All.Where(label => label.Model == model);
}
