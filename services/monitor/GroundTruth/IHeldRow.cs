namespace Platform.Monitor.GroundTruth;

/// <summary>Something that was said of a row and waits for it.</summary>
internal interface IHeldRow<T>
{
    string Model { get; }

    /// <summary>The prediction id, with the row where the request had several.</summary>
    string Id { get; }

    /// <summary>What it says: only one of those that say the same of a row waits.</summary>
    string What { get; }

    /// <summary>When it came in here.</summary>
    DateTimeOffset ReceivedAt { get; }

    /// <summary>Which of two that say the same waits on.</summary>
    static abstract T Choose(T said, T now);
}
