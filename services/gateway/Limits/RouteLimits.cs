using Platform.Gateway.Routing;
using Platform.Gateway.Settings;

namespace Platform.Gateway.Limits;

/// <summary>
/// How large a body each public path takes. A service that refuses one while it is being sent closes the connection, and its words are lost with
/// it: the client would be told 502. So a body that the service will not take is refused here.
/// </summary>
internal static class RouteLimits
{
    /// <summary>What a service's server takes where a route has no limit of its own.</summary>
    public const long Usual = 30_000_000;

    /// <summary>What the repository's routes take.</summary>
    public const long Repository = 1 << 20;

    /// <summary>What a form takes beside its file.</summary>
    public const long Form = 1 << 20;

    /// <summary>The most bytes of a body, by the path as <see cref="PublicPaths"/> has it.</summary>
    public static long Of(string path, GatewayOptions options) => path switch
    {
        PublicPaths.Upload or PublicPaths.Artifacts => options.MaxUploadBytes,
        PublicPaths.ScoringJobs => options.MaxScoringFileBytes + Form,
        PublicPaths.Infer or PublicPaths.InferVersion or PublicPaths.Predictions or PublicPaths.PredictionsVersion or PublicPaths.Jobs
            or PublicPaths.Analyses => options.MaxBodyBytes,
        PublicPaths.Repository => Math.Min(Repository, options.MaxBodyBytes),
        _ => Math.Min(Usual, options.MaxBodyBytes),
    };
}
