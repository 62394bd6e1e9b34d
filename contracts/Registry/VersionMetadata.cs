namespace Platform.Contracts.Registry;

/// <summary>What the author says of a version. Everything is optional.</summary>
public sealed record VersionMetadata
{
    /// <summary>Free text.</summary>
    public string? Description { get; init; }

    /// <summary>Free labels.</summary>
    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>Training parameters.</summary>
    public IReadOnlyDictionary<string, string>? Params { get; init; }

    /// <summary>Metrics measured on held-out data, by name.</summary>
    public IReadOnlyDictionary<string, double>? Metrics { get; init; }

    /// <summary>binary_classification, multiclass_classification, regression or ranking.</summary>
    public string? Task { get; init; }

    /// <summary>The output tensor that holds the prediction; the first output when absent.</summary>
    public string? Output { get; init; }

    /// <summary>Class names in the order of the output's last dimension.</summary>
    public IReadOnlyList<string>? Classes { get; init; }

    /// <summary>The class that counts as positive in binary metrics.</summary>
    public string? PositiveClass { get; init; }

    /// <summary>A score of the positive class at or above this decides positive; 0.5 when absent.</summary>
    public double? Threshold { get; init; }

    /// <summary>Names of the columns of the flattened inputs.</summary>
    public IReadOnlyList<FeatureDefinition>? Features { get; init; }

    /// <summary>The column of the reference dataset that holds the true label.</summary>
    public string? Target { get; init; }

    /// <summary>Which groups are compared for fairness.</summary>
    public FairnessDefinition? Fairness { get; init; }

    /// <summary>Where the version comes from.</summary>
    public LineageDefinition? Lineage { get; init; }

    /// <summary>What of each prediction is kept.</summary>
    public LoggingPolicy? Logging { get; init; }
}

/// <summary>One named column of an input tensor.</summary>
public sealed record FeatureDefinition
{
    /// <summary>The feature's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>numerical, categorical or text.</summary>
    public string Kind { get; init; } = "numerical";

    /// <summary>Category names; a categorical cell of a numeric tensor holds the index into this list.</summary>
    public IReadOnlyList<string>? Categories { get; init; }

    /// <summary>The input tensor that holds the column; the first input when absent.</summary>
    public string? Input { get; init; }
}

/// <summary>Groups compared for fairness.</summary>
public sealed record FairnessDefinition
{
    /// <summary>The feature that divides the groups.</summary>
    public string Feature { get; init; } = "";

    /// <summary>The privileged group.</summary>
    public GroupDefinition? Privileged { get; init; }

    /// <summary>The unprivileged group.</summary>
    public GroupDefinition? Unprivileged { get; init; }

    /// <summary>The class whose assignment is a favourable decision.</summary>
    public string? FavourableClass { get; init; }
}

/// <summary>A group: a closed numeric range, or a set of categories.</summary>
public sealed record GroupDefinition
{
    /// <summary>Smallest value in the group; unbounded when absent.</summary>
    public double? Min { get; init; }

    /// <summary>Largest value in the group; unbounded when absent.</summary>
    public double? Max { get; init; }

    /// <summary>Category names in the group.</summary>
    public IReadOnlyList<string>? Values { get; init; }
}

/// <summary>Where a version comes from.</summary>
public sealed record LineageDefinition
{
    /// <summary>The training dataset.</summary>
    public DatasetSource? Dataset { get; init; }

    /// <summary>The training code.</summary>
    public CodeSource? Code { get; init; }

    /// <summary>The training run's id.</summary>
    public string? Run { get; init; }
}

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

/// <summary>A code state.</summary>
public sealed record CodeSource
{
    /// <summary>The repository.</summary>
    public string? Repository { get; init; }

    /// <summary>The commit.</summary>
    public string? Commit { get; init; }
}

/// <summary>What of each prediction is kept in the prediction log.</summary>
public sealed record LoggingPolicy
{
    /// <summary>Share of predictions logged, 0 to 1; all when absent.</summary>
    public double? Sample { get; init; }

    /// <summary>Features that are not logged in the clear.</summary>
    public IReadOnlyList<FeatureRedaction>? Redact { get; init; }
}

/// <summary>How one feature is hidden.</summary>
public sealed record FeatureRedaction
{
    /// <summary>The feature's name.</summary>
    public string Feature { get; init; } = "";

    /// <summary>drop (logged as null) or hash (logged as a keyed hash).</summary>
    public string As { get; init; } = "drop";
}
