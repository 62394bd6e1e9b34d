using Platform.Contracts.Registry;
using Platform.Monitor.Features;
using Platform.Monitor.Metrics;

namespace Platform.Monitor.Predictions;

/// <summary>Chooses how a version's output is read, from its task and its signature.</summary>
internal static class PredictionLayouts
{
    private const double DefaultThreshold = 0.5;

    /// <summary>The layout; null for a version without outputs.</summary>
    public static PredictionLayout? For(ModelVersionDescription version, LabelScheme labels) =>
        OutputOf(version) is { } output ? Choose(output, labels, version.Metadata.Threshold ?? DefaultThreshold) : null;

    /// <summary>The output that holds the prediction; null for a version without outputs.</summary>
    public static TensorSignature? OutputOf(ModelVersionDescription version)
    {
        var outputs = version.Signature.Outputs;
        return outputs.FirstOrDefault(tensor => tensor.Name == version.Metadata.Output) ?? (outputs.Count == 0 ? null : outputs[0]);
    }

    private static PredictionLayout Choose(TensorSignature output, LabelScheme labels, double threshold)
    {
        var isText = output.Datatype == Datatypes.Bytes;
        var isScore = Datatypes.IsFloat(output.Datatype);
        return labels.Task switch
        {
            ModelTask.Binary when isScore => new ScorePrediction(output.Name, labels, threshold),
            ModelTask.Multiclass when isScore && TensorWidth.Of(output) != 1 => new HighestScorePrediction(output.Name, labels),
            ModelTask.Binary or ModelTask.Multiclass => new ClassPrediction(output.Name, output.Datatype, labels),
            ModelTask.Regression or ModelTask.Ranking when !isText => new NumberPrediction(output.Name),
            _ => new OpaquePrediction(InputLayouts.Unnamed(output, isText ? [TextUse.Category] : [], new())),
        };
    }
}
