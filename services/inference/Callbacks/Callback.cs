using Platform.Hosting.OpenApi;

namespace Platform.Inference.Callbacks;

/// <summary>Where a job's end is to be told, and how far that has come.</summary>
/// <param name="Url">Where the job is POSTed.</param>
internal sealed record Callback(string Url)
{
    /// <summary>A value of <see cref="CallbackState"/>.</summary>
    [OneOf(typeof(CallbackState))]
    public string State { get; init; } = CallbackState.Pending;

    /// <summary>How often it has been tried.</summary>
    public int Attempts { get; init; }

    /// <summary>When it was tried last (UTC); null before.</summary>
    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>When it is tried next (UTC), at the earliest; null when it is not.</summary>
    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>Why the last attempt failed; null when it did not.</summary>
    public string? Problem { get; init; }
}

/// <summary>Values of <see cref="Callback.State"/>.</summary>
internal static class CallbackState
{
    public const string Pending = "pending";
    public const string Delivered = "delivered";
    public const string Failed = "failed";
}
