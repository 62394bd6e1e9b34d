namespace Platform.Contracts.Registry;

/// <summary>One version's part of an alias's traffic.</summary>
public sealed record DeploymentShare
{
    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>
    /// The share of requests that it answers, 0 to 1; of a shadow, the share of requests that it answers once more, unseen by the caller.
    /// 0 for a version that is only kept ready.
    /// </summary>
    public double Weight { get; init; }

    /// <summary>champion, challenger or shadow; readers send no traffic to a role that they do not know.</summary>
    public string Role { get; init; } = "champion";
}
