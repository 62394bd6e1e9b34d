namespace Platform.Inference.Server;

/// <summary>The answer of <c>GET /v2</c>.</summary>
internal sealed record ServerDescription(string Name, string Version, IReadOnlyList<string> Extensions)
{
    public static ServerDescription Current { get; } = new("platform", "1.0.0", 
    [
        "binary_tensor_data", "classification", "model_configuration", "model_repository", "parameters", "schedule_policy", "statistics",
    ]);
}

/// <summary>The answer of <c>GET /v2/health/live</c>.</summary>
internal sealed record ServerLiveness(bool Live);

/// <summary>The answer of <c>GET /v2/health/ready</c>.</summary>
internal sealed record ServerReadiness(bool Ready);

/// <summary>The answer of <c>GET /v2/models/{m}/ready</c>.</summary>
internal sealed record ModelReadiness(string Name, bool Ready);
