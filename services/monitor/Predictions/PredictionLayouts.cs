using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Monitor.Features;
using Platform.Statistics.Performance;

namespace Platform.Monitor.Predictions;

/// <summary>Chooses how a version's output is read, from its task and its signature.</summary>
internal static class PredictionLayouts
{
    /// <summary>The layout; null for a version without outputs.</summary>
    public static PredictionLayout? For(ModelVersionDescription version, LabelScheme labels) =>
        OutputOf(version) is { } output ? Choose(output, labels) : null;

    /// <summary>The output that holds the prediction; null for a version without outputs.</summary>
    public static TensorSignature? OutputOf(ModelVersionDescription version) =>
        OutputMeaning.OutputOf(version.Metadata, version.Signature.Outputs);

    private static PredictionLayout Choose(TensorSignature output, LabelScheme labels) => labels.Meaning.KindOf(output) switch
    {
        OutputKind.TwoScores or OutputKind.Scores => new ScorePrediction(output.Name, labels),
        OutputKind.Class => new ClassPrediction(output.Name, output.Datatype, labels),
        OutputKind.Number => new NumberPrediction(output.Name),
        _ => new OpaquePrediction(InputLayouts.Unnamed(output, output.Datatype == Datatypes.Bytes ? [TextUse.Category] : [], new())),
    };
}
