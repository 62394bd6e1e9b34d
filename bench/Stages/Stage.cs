namespace Platform.Bench.Stages;

/// <summary>The stations of a request inside the process, in their order.</summary>
internal enum Stage
{
    /// <summary>Memory from the pool, and the body into it.</summary>
    Take,

    /// <summary>From JSON or raw bytes to tensors.</summary>
    Parse,

    /// <summary>From the caller's thread to a runner.</summary>
    Queue,

    /// <summary>In the runner: the run, with what it takes to hand tensors to the runtime and to take them back.</summary>
    Run,

    /// <summary>From the runner back to the caller's thread.</summary>
    HandBack,

    /// <summary>From tensors to JSON or raw bytes.</summary>
    Format,

    /// <summary>The prediction record, and its way into the log.</summary>
    Record,

    /// <summary>Metrics and statistics.</summary>
    Count,

    /// <summary>Memory back into the pool.</summary>
    Return,
}
