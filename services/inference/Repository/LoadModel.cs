using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Server;

namespace Platform.Inference.Repository;

/// <summary>
/// Brings a model into service, with the batch settings of the request's configuration, or without one with those of the service's own.
/// </summary>
internal sealed class LoadModel(DeploymentSync deployments, OnDemand onDemand, ModelSettings settings)
{
    private const string Config = "config";
    private const string File = "file:";

    /// <returns>Why it is refused, or null.</returns>
    public async Task<Error?> HandleAsync(string model, ModelRequest request, CancellationToken cancellationToken)
    {
        var parameters = Given(request);
        if (parameters.Keys.Any(name => name.StartsWith(File, StringComparison.Ordinal))) return RepositoryErrors.FilesNotTaken;
        if (parameters.Keys.FirstOrDefault(name => name != Config) is { } unknown) return RepositoryErrors.UnknownParameter(unknown);
        WantedConfig? wanted = null;
        if (parameters.TryGetValue(Config, out var config) && !BatchConfig.Read(config, model, settings.Configured).Succeeded(out wanted, out var error))
            return error;

        try
        {
            if (!await deployments.LoadAsync(model, cancellationToken)) return RepositoryErrors.NothingToLoad(model);
        }
        catch (Exception exception) when (OnDemand.IsRegistryAway(exception, cancellationToken))
        {
            return ModelErrors.RegistryAway;
        }

        if (deployments.Failures.FirstOrDefault(failure => failure.Key.Model == model) is { Value: { } reason })
            return RepositoryErrors.LoadFailed(model, reason);
        return await ApplyAsync(model, wanted, cancellationToken);
    }

    // Not before the load: of models that are not there, callers could make up any number.
    private async Task<Error?> ApplyAsync(string model, WantedConfig? wanted, CancellationToken cancellationToken)
    {
        if (wanted is null)
        {
            settings.Reset(model);
            return null;
        }

        if (await FindContradictionAsync(model, wanted, cancellationToken) is { } contradiction) return RepositoryErrors.BadConfig(contradiction);
        settings.Set(model, wanted.Settings);
        return null;
    }

    /// <summary>What the configuration says of the model that is not so; a model without a champion has nothing to be compared with.</summary>
    private async Task<string?> FindContradictionAsync(string model, WantedConfig wanted, CancellationToken cancellationToken)
    {
        var found = await onDemand.AcquireAsync(model, null, cancellationToken);
        if (!found.Succeeded(out var version, out _)) return null;
        var contradiction = wanted.FindContradiction(ModelConfig.Of(version));
        version.Release();
        return contradiction is null ? null : $"The configuration is not that of the model: {contradiction}.";
    }

    private static Dictionary<string, JsonElement> Given(ModelRequest request) =>
        (request.Parameters ?? new Dictionary<string, JsonElement>()).Where(parameter => parameter.Value.ValueKind != JsonValueKind.Null).ToDictionary();
}
