namespace Platform.Monitor.GroundTruth;

/// <summary>Which way a label came.</summary>
/// <param name="Source">One of <see cref="LabelSource"/>.</param>
/// <param name="By">Who gave it; null of ground truth, with which nobody's name is kept.</param>
internal sealed record LabelOrigin(string Source, string? By)
{
    public static readonly LabelOrigin GroundTruth = new(LabelSource.GroundTruth, null);
}
