using Platform.Contracts.Registry;
using Platform.Explainer.Explanations;
using Platform.Explainer.Models;
using Platform.Explainer.Rows;
using Platform.Onnx.Structures;

namespace Platform.Explainer.Computing;

/// <summary>Everything that is known before the games begin.</summary>
/// <param name="Call">Runs the model.</param>
/// <param name="Instances">The rows to explain.</param>
/// <param name="Output">The name of the output to explain.</param>
/// <param name="Version">The version.</param>
/// <param name="Request">What was asked.</param>
/// <param name="Structure">What the model's graph says of its outputs.</param>
/// <param name="IsPrediction">Whether the output is the one whose task and classes the metadata name.</param>
internal sealed record Question(
    ModelCall Call, Instances Instances, string Output, ModelVersionDescription Version, ExplanationRequest Request,
    ModelStructure Structure, bool IsPrediction)
{
    private const long DefaultSeed = 1;

    public long Seed => Request.Seed ?? DefaultSeed;
}
