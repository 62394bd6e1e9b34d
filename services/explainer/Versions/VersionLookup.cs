using Platform.Contracts.Registry;
using Platform.Explainer.Models;
using Platform.Hosting.Deployments;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Versions;

/// <summary>Finds the version to explain: the registry says what is true, the last snapshot answers while it is away.</summary>
internal sealed partial class VersionLookup(RegistryClient registry, DeploymentWatcher deployments, ILogger<VersionLookup> logger)
{
    private const string Champion = "champion";

    /// <summary>A version by number or alias; the champion when none is named.</summary>
    public async Task<Result<ModelVersionDescription>> FindAsync(string model, string? versionOrAlias, CancellationToken cancellationToken)
    {
        var wanted = versionOrAlias ?? Champion;
        try
        {
            return await registry.FindVersionAsync(model, wanted, cancellationToken) is { } found
                ? found
                : VersionErrors.NotFound(model, wanted);
        }
        catch (HttpRequestException exception)
        {
            AskedSnapshot(logger, exception.Message);
            return deployments.Find(model, wanted) is { } served ? served : ModelErrors.RegistryAway();
        }
    }

    [LoggerMessage(LogLevel.Warning, "The registry does not answer ({Reason}); using its last snapshot")]
    private static partial void AskedSnapshot(ILogger logger, string reason);
}
