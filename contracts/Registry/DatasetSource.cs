namespace Platform.Contracts.Registry;

/// <summary>A dataset by name and content digest.</summary>
public sealed record DatasetSource
{
    /// <summary>The dataset's name.</summary>
    public string? Name { get; init; }

    /// <summary>Its content digest, <c>sha256:…</c>.</summary>
    public string? Digest { get; init; }

    /// <summary>Where it was obtained.</summary>
    public string? Source { get; init; }
}
