namespace Platform.Inference.Requests;

/// <summary>What is known of a prediction before its body is read.</summary>
internal struct PredictionFacts
{
    /// <summary>The prediction id.</summary>
    public required string Id { get; init; }

    public required string RequestId { get; init; }

    /// <summary>Why this version: champion, another alias, or "version" when the URL named it by number.</summary>
    public required string Route { get; init; }

    /// <summary>The caller's key for a sticky split; null when it sent none.</summary>
    public string? RouteKey { get; init; }

    public string? TraceId { get; init; }

    /// <summary>Where in its trace the prediction stands; null unless the trace is collected.</summary>
    public string? TraceParent { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>When the request arrived, on the clock of the timings.</summary>
    public required long Started { get; init; }

    /// <summary>Until when the caller waits.</summary>
    public Deadline Deadline { get; init; }

    /// <summary>When the reply had gone, on the clock of the timings.</summary>
    public long Ended { get; set; }
}
