namespace Platform.Explainer.Wording;

/// <summary>How one output follows one feature: all that is told and drawn of it.</summary>
internal sealed record CurveStory
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>The name of the number that is followed: a class, or an output.</summary>
    public string Output { get; init; } = "";

    /// <summary>The feature's name.</summary>
    public string Feature { get; init; } = "";

    /// <summary>pdp, ice or ale.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Reference rows that were looked at.</summary>
    public int Rows { get; init; }

    /// <summary>The feature's values as they read.</summary>
    public IReadOnlyList<string> Points { get; init; } = [];

    /// <summary>The same as numbers; null where they are names.</summary>
    public IReadOnlyList<double>? Numbers { get; init; }

    /// <summary>For each point the mean answer, or the effect; null where only single rows are followed.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>One standard error of each; null where there is no estimate.</summary>
    public IReadOnlyList<double>? Errors { get; init; }

    /// <summary>A tenth of the rows lies at or below; null where no spread is measured.</summary>
    public IReadOnlyList<double>? Low { get; init; }

    /// <summary>A tenth of the rows lies at or above; null where no spread is measured.</summary>
    public IReadOnlyList<double>? High { get; init; }

    /// <summary>Single rows, a value for each point.</summary>
    public IReadOnlyList<IReadOnlyList<double>> Lines { get; init; } = [];

    /// <summary>Which point the only row has; null where there are several rows, or its value is missing.</summary>
    public int? Own { get; init; }

    /// <summary>What is told of: the mean, or the only row; null where there are several rows and no mean.</summary>
    public IReadOnlyList<double>? Told => Values ?? (Lines.Count == 1 ? Lines[0] : null);
}
