namespace Platform.Contracts.Registry;

/// <summary>How one feature is hidden.</summary>
public sealed record FeatureRedaction
{
    /// <summary>The feature's name.</summary>
    public string Feature { get; init; } = "";

    /// <summary>drop (logged as null) or hash (logged as a keyed hash).</summary>
    public string As { get; init; } = "drop";
}
