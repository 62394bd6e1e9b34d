namespace Platform.Onnx.Isolation;

/// <summary>Where a version runs, and why.</summary>
/// <param name="IsProcess">True for a process of its own, false for the service's.</param>
/// <param name="DecidedBy">What decided it, one of the constants here.</param>
/// <param name="Reason">The same for a person, a sentence.</param>
/// <param name="Hazard">The operator that asks for it, where one does.</param>
public sealed record IsolationDecision(bool IsProcess, string DecidedBy, string Reason, NativeHazard? Hazard)
{
    /// <summary>The service's configuration.</summary>
    public const string Operator = "operator";

    /// <summary>The metadata's <c>serving.isolation</c>.</summary>
    public const string Owner = "owner";

    /// <summary>The model's operators.</summary>
    public const string Graph = "graph";

    /// <param name="policy">What the service's operator says.</param>
    /// <param name="wanted">What the version's metadata says; null for nothing.</param>
    /// <param name="hazard">What its graph holds.</param>
    public static IsolationDecision Of(IsolationPolicy policy, string? wanted, NativeHazard? hazard) => policy switch
    {
        IsolationPolicy.None => new(false, Operator, "The service is configured to run every model in its own process.", hazard),
        IsolationPolicy.Process => new(true, Operator, "The service is configured to run every model in a process of its own.", hazard),
        _ when hazard is not null => new(true, Graph, $"{hazard}.", hazard),
        _ when wanted == IsolationNames.Process => new(true, Owner, "The metadata asks for a process of its own.", null),
        _ => new(false, Graph, "No operator of the graph is known to end the process that runs it.", null),
    };
}
