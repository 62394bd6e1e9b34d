using Platform.Statistics.Samples;

namespace Platform.Monitor.GroundTruth;

/// <summary>An <see cref="OutcomeBlock"/> as it is stored: one list per column, null where no row has a value.</summary>
internal sealed record OutcomeDocument
{
    public string Model { get; init; } = "";

    public string Version { get; init; } = "";

    public long Sequence { get; init; }

    public DateTimeOffset From { get; init; }

    public DateTimeOffset To { get; init; }

    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Whether each row is one of several of its request; null where none is.</summary>
    public IReadOnlyList<bool>? OfSeveral { get; init; }

    public IReadOnlyList<string?>? Classes { get; init; }

    public IReadOnlyList<double?>? Scores { get; init; }

    public IReadOnlyList<ExactNumber?>? Values { get; init; }

    /// <summary>By which route each row came; null where all came by the champion's.</summary>
    public IReadOnlyList<string>? Routes { get; init; }

    /// <summary>By attribute, the place of each row's group; null where none are compared, as before labels were counted by group.</summary>
    public IReadOnlyList<byte[]>? Groups { get; init; }

    public IReadOnlyList<string?> Labels { get; init; } = [];

    public IReadOnlyList<DateTimeOffset?> LabelledAt { get; init; } = [];

    /// <summary>Which way each label came; null where that is not known of any, as of those that were stored before it was kept.</summary>
    public IReadOnlyList<string?>? LabelSources { get; init; }

    /// <summary>Who gave each label; null where nobody's name was kept.</summary>
    public IReadOnlyList<string?>? LabelledBy { get; init; }

    public bool DegradationAnnounced { get; init; }

    /// <summary>Null where no detector has said anything.</summary>
    public IReadOnlyList<string>? Changes { get; init; }

    /// <summary>The rows of which each business outcome was reported, by its name; null where none was.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<int>>? Reported { get; init; }
}
