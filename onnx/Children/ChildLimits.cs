namespace Platform.Onnx.Children;

/// <summary>How far a child process may go.</summary>
public sealed record ChildLimits
{
    /// <summary>
    /// The most memory that it may have of its own, in bytes: heaps, stacks and whatever else it can write to. What the program itself needs
    /// is some 150 MB. Null for no bound.
    /// </summary>
    public long? MemoryBytes { get; init; }

    /// <summary>How long it may take once it has started; null for no bound.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>How much processor time it may take, in whole seconds rounded up; null for no bound.</summary>
    public TimeSpan? ProcessorTime { get; init; }

    /// <summary>How far it stands back where processors are scarce: 0, not at all, to 19.</summary>
    public int Niceness { get; init; }

    /// <summary>Whether it may write to files.</summary>
    public bool MayWriteFiles { get; init; }
}
