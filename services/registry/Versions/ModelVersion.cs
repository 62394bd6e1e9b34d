using Platform.Contracts.Registry;

namespace Platform.Registry.Versions;

/// <summary>A version as it is stored. It never changes, but for the answers to its reference rows once a gate has them.</summary>
internal sealed record ModelVersion
{
    /// <summary>The version as the HTTP API describes it, without the aliases, which the model knows.</summary>
    public required ModelVersionDescription Description { get; init; }

    /// <summary>The media type of the uploaded reference dataset; null when there is none.</summary>
    public string? ReferenceType { get; init; }

    public ModelVersion WithPredictions(string digest) =>
        this with { Description = Description with { Reference = Description.Reference! with { PredictionsDigest = digest } } };
}
