namespace Platform.TestKit.Observability;

/// <summary>A span that a service has sent over OTLP.</summary>
/// <param name="Service">Who sent it.</param>
/// <param name="Name">What was done.</param>
/// <param name="Trace">The trace's id, as hexadecimal digits.</param>
/// <param name="Id">Its own id.</param>
/// <param name="Parent">Its parent's; empty without one.</param>
public sealed record TraceSpan(string Service, string Name, string Trace, string Id, string Parent)
{
    /// <summary>What is said of it.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }

    /// <summary>What is said of the process that sent it.</summary>
    public required IReadOnlyDictionary<string, string> Resource { get; init; }

    /// <summary>Whether its status is an error.</summary>
    public required bool IsError { get; init; }
}
