using Platform.Contracts.Registry;
using Platform.Registry.Approvals;

namespace Platform.Registry.Versions;

/// <summary>
/// A version as it is stored. Its file never changes; its description and tags may, and so may the answers to its reference rows once a gate has
/// them.
/// </summary>
internal sealed record ModelVersion
{
    /// <summary>The version as the HTTP API describes it, without the aliases, which the model knows.</summary>
    public required ModelVersionDescription Description { get; init; }

    /// <summary>The media type of the uploaded reference dataset; null when there is none.</summary>
    public string? ReferenceType { get; init; }

    /// <summary>Where it came from, where it was made of artifacts that were here already.</summary>
    public VersionOrigin? Origin { get; init; }

    /// <summary>When it last changed (UTC); null when it has not since it was created.</summary>
    public DateTimeOffset? UpdatedAt { get; init; }

    /// <summary>Whether it is put aside.</summary>
    public bool IsArchived { get; init; }

    /// <summary>Whether it has been deleted; its number is not given again.</summary>
    public bool IsDeleted { get; init; }

    /// <summary>Who has approved it, each once, the earliest first.</summary>
    public IReadOnlyList<Approval> Approvals { get; init; } = [];

    public ModelVersion WithPredictions(string digest) =>
        this with { Description = Description with { Reference = Description.Reference! with { PredictionsDigest = digest } } };
}
