using Platform.Contracts.Registry;
using Platform.Explainer.Rows;

namespace Platform.Explainer.Predictions;

/// <summary>A logged prediction that can be explained.</summary>
/// <param name="Version">The version that answered.</param>
/// <param name="Inputs">The inputs as they were asked.</param>
/// <param name="Row">The row of them to explain; null for all.</param>
internal sealed record LoggedPrediction(string Version, IReadOnlyList<GivenTensor> Inputs, int? Row)
{
    /// <summary>The inputs of what is to be explained. An optional input is one value for all rows.</summary>
    public IReadOnlyList<GivenTensor> Of(ModelSignature signature) => Row is not { } row
        ? Inputs
        : [.. Inputs.Select(input => signature.OptionalInputs?.Any(optional => optional.Name == input.Name) == true ? input : input.Row(row))];
}
