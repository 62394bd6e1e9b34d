namespace Platform.Contracts.Registry;

/// <summary>What the author of a version says about how it may be called.</summary>
public sealed record ServingPolicy
{
    /// <summary>
    /// Whether rows of different callers may share a run: <c>auto</c>, as its operators allow; <c>independent</c>, because every row's
    /// answer depends on that row alone although the operators do not prove it, and a trial agrees; <c>alone</c>, never. Auto when absent.
    /// </summary>
    public string? Rows { get; init; }

    /// <summary>
    /// Where it runs: <c>auto</c>, in a process of its own where its operators can end the process that runs them; <c>process</c>, in one of
    /// its own in any case. Auto when absent.
    /// </summary>
    public string? Isolation { get; init; }
}
