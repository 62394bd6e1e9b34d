namespace Platform.Hosting.Documents.Files;

/// <summary>When the journal is folded into the document files. Durability does not depend on it.</summary>
internal sealed record FileStoreSettings
{
    /// <summary>How long a committed document may wait for its file.</summary>
    public TimeSpan CheckpointInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A longer journal is folded at once.</summary>
    public long MaxJournalBytes { get; init; } = 8 << 20;
}
