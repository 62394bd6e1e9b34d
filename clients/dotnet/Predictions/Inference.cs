using Platform.Client.Tensors;

namespace Platform.Client.Predictions;

/// <summary>The answer to tensors.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that answered.</param>
/// <param name="PredictionId">For labels and explanations.</param>
/// <param name="Outputs">Every output by its name.</param>
public sealed record Inference(string Model, string Version, string PredictionId, IReadOnlyDictionary<string, Tensor> Outputs)
{
    /// <summary>The id of one row, counted from 0.</summary>
    public string RowId(int row) => $"{PredictionId}:{row}";
}
