namespace Platform.Contracts.Inference;

/// <summary>What was asked, answered and measured.</summary>
public sealed record PredictionData
{
    /// <summary>The version that answered (or refused).</summary>
    public string Version { get; init; } = "";

    /// <summary>Why that version: its role in a split (champion, challenger or shadow), another alias, or version when the URL named it.</summary>
    public string Route { get; init; } = "";

    /// <summary>The caller's sticky key (x-route-key); null when none was sent.</summary>
    public string? RouteKey { get; init; }

    /// <summary>The request id (x-request-id).</summary>
    public string RequestId { get; init; } = "";

    /// <summary>The W3C trace id; null when the request was not traced.</summary>
    public string? TraceId { get; init; }

    /// <summary>The tenant of the caller's key; null without one.</summary>
    public string? Tenant { get; init; }

    /// <summary>succeeded, rejected (bad request, full queue), failed (the model failed) or cancelled (the caller left).</summary>
    public string Status { get; init; } = PredictionStatus.Succeeded;

    /// <summary>The error text of a prediction that did not succeed.</summary>
    public string? Error { get; init; }

    /// <summary>Number of rows in the request; 1 for models without a batch dimension.</summary>
    public int Rows { get; init; } = 1;

    /// <summary>Input tensors in the order of the signature; empty when the request could not be parsed.</summary>
    public IReadOnlyList<LoggedTensor> Inputs { get; init; } = [];

    /// <summary>Output tensors in the order of the signature; empty unless the prediction succeeded.</summary>
    public IReadOnlyList<LoggedTensor> Outputs { get; init; } = [];

    /// <summary>Where the time went.</summary>
    public PredictionTimings Timings { get; init; } = new();

    /// <summary>Number of rows in the batch that this request ran in; 0 when it did not run.</summary>
    public int BatchSize { get; init; }

    /// <summary>The execution provider: cpu, cuda or tensorrt; null when it did not run.</summary>
    public string? Device { get; init; }
}
