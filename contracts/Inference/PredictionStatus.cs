namespace Platform.Contracts.Inference;

/// <summary>Values of <see cref="PredictionData.Status"/>; readers treat an unknown one as failed.</summary>
public static class PredictionStatus
{
    /// <summary>The caller got its outputs.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>The request was refused before the model ran.</summary>
    public const string Rejected = "rejected";

    /// <summary>The model failed on it.</summary>
    public const string Failed = "failed";

    /// <summary>The caller left before the answer.</summary>
    public const string Cancelled = "cancelled";
}
