using Platform.Monitor.Features;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Predictions;

/// <summary>How a row of the output tensor is a prediction, and what of it is watched for drift.</summary>
internal abstract class PredictionLayout(string output)
{
    /// <summary>The output tensor's name.</summary>
    public string Output { get; } = output;

    public abstract IReadOnlyList<Feature> Features { get; }

    /// <summary>Reads a row and adds its values, <paramref name="into"/> being one list for each of <see cref="Features"/>.</summary>
    public abstract Prediction Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into);
}
