using System.Security.Cryptography;
using System.Text;

namespace Platform.Inference.Jobs;

/// <summary>What a caller submits over HTTP.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">A number or an alias; null for the champion.</param>
/// <param name="IdempotencyKey">Null when the caller sent none.</param>
/// <param name="Callback">Where to POST the finished job; null for nowhere.</param>
/// <param name="PredictionId">The caller's id for the prediction; null when it sent none.</param>
/// <param name="RequestId">The request's id.</param>
/// <param name="RouteKey">The caller's key for a sticky split; null when it sent none.</param>
/// <param name="Role">The role that the caller asks for in a split; null when it asks for none.</param>
internal sealed record JobSubmission(
    string Model, string? Version, string? IdempotencyKey, string? Callback, string? PredictionId, string RequestId,
    string? RouteKey = null, string? Role = null)
{
    private const int MaxKeyLength = 255;

    /// <summary>False for a key that cannot be kept.</summary>
    public bool HasValidKey => IdempotencyKey is null or { Length: > 0 and <= MaxKeyLength };

    /// <summary>The id of the document of the key: keys count per model.</summary>
    public string? KeyId => IdempotencyKey is null ? null : Digest(Encoding.UTF8.GetBytes($"{Model}\n{IdempotencyKey}"));

    /// <summary>Whether it asks, beside its body, for just what the job was made for: the version, the callback, the prediction's id.</summary>
    public bool AsksFor(JobRecord job) =>
        Version == job.Wanted && Callback == job.Callback?.Url && (PredictionId ?? job.Id) == job.PredictionId;

    public static string Digest(ReadOnlySpan<byte> bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));
}
