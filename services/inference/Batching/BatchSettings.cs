namespace Platform.Inference.Batching;

/// <summary>How the requests to one version are run together. Can be replaced while the version serves.</summary>
internal sealed record BatchSettings
{
    /// <summary>The most rows that are put together unless somebody asks for more.</summary>
    public const int Largest = 64;

    /// <summary>
    /// Most rows in one run; null for as many as were measured to be worth it. A larger request runs alone. 1 turns batching off.
    /// </summary>
    public int? MaxBatchSize { get; init; }

    /// <summary>
    /// How long the first request may wait for others. 0, the default, adds no delay: what waits when a runner becomes free
    /// runs together.
    /// </summary>
    public TimeSpan MaxDelay { get; init; }

    /// <summary>Rows that are enough to end the waiting early; 0 for <see cref="MaxBatchSize"/>.</summary>
    public int PreferredBatchSize { get; init; }

    /// <summary>Most requests that may wait; further ones are refused at once.</summary>
    public int MaxQueueLength { get; init; } = 1024;

    /// <summary>Runs side by side.</summary>
    public int Runners { get; init; } = Environment.ProcessorCount;

    /// <summary>Levels of urgency; 1 is the most urgent.</summary>
    public int PriorityLevels { get; init; } = 3;

    /// <summary>The level of a request that names none.</summary>
    public int DefaultPriority { get; init; } = 2;

    /// <summary>A run that takes longer is stopped: an uploaded model may loop for ever.</summary>
    public TimeSpan MaxRunTime { get; init; } = TimeSpan.FromSeconds(30);
}
