using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Platform.Contracts.Explainer;

/// <summary>Asks the explainer to compute an explanation; the answer is <see cref="ExplanationComputed"/> or <see cref="ExplanationFailed"/>.</summary>
public sealed record ComputeExplanation : ICommand
{
    /// <summary>
    /// The explanation's id, chosen by the sender: 1 to 128 visible ASCII characters. A repeated id is computed once. When empty,
    /// the id of the message stands for it, as the sender wrote it.
    /// </summary>
    public string ExplanationId { get; init; } = "";

    /// <summary>The model's name.</summary>
    [Required]
    public string Model { get; init; } = "";

    /// <summary>The body of <c>POST /v1/models/{m}/explanations</c>.</summary>
    [Required]
    public JsonElement Request { get; init; }
}
