using System.Net;
using System.Text.Json.Nodes;
using Platform.Client.Transport;

namespace Platform.Client.Models;

/// <summary>Models, their versions and aliases. A version is named by its number or an alias.</summary>
public sealed class ModelsClient
{
    /// <summary>The alias that answers who names no version.</summary>
    public const string Champion = "champion";

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly HttpTransport _transport;

    internal ModelsClient(HttpTransport transport) => _transport = transport;

    /// <summary>Every model.</summary>
    public IAsyncEnumerable<ModelDescription> ListAsync(CancellationToken cancellationToken = default) =>
        _transport.ListAsync("models", "/v1/models", ClientJson.Default.PageModelDescription, cancellationToken: cancellationToken);

    /// <summary>Every version of a model, oldest first.</summary>
    public IAsyncEnumerable<ModelVersion> ListVersionsAsync(string model, CancellationToken cancellationToken = default) =>
        _transport.ListAsync("versions", $"/v1/{Paths.Model(model)}/versions", ClientJson.Default.PageModelVersion, cancellationToken: cancellationToken);

    /// <summary>What was done to a model, the latest first.</summary>
    public IAsyncEnumerable<HistoryEntry> ListHistoryAsync(string model, CancellationToken cancellationToken = default) =>
        _transport.ListAsync("history", $"/v1/{Paths.Model(model)}/history", ClientJson.Default.PageHistoryEntry, cancellationToken: cancellationToken);

    /// <summary>A version.</summary>
    public Task<ModelVersion> GetVersionAsync(string model, string version, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(ApiRequest.Get("version", $"/v1/{Paths.Model(model, version)}", model), ClientJson.Default.ModelVersion, cancellationToken);

    /// <summary>Registers a version, and the model if it does not exist yet.</summary>
    public async Task<ModelVersion> RegisterAsync(string model, ModelUpload upload, CancellationToken cancellationToken = default)
    {
        await CreateAsync(model, cancellationToken);
        var request = new ApiRequest("register", HttpMethod.Post, $"/v1/{Paths.Model(model)}/versions") { Model = model, Content = upload.Form };
        return await _transport.ReadAsync(request, ClientJson.Default.ModelVersion, cancellationToken);
    }

    /// <summary>Registers several versions that answer as one, as a version of a model, which is made if it does not exist yet.</summary>
    public Task<ModelVersion> RegisterPipelineAsync(string model, PipelineDefinition pipeline, CancellationToken cancellationToken = default) =>
        RegisterPipelineAsync(model, pipeline.Body(), cancellationToken);

    /// <summary>Registers a pipeline as its document has it; <c>kind</c> may be left out.</summary>
    public async Task<ModelVersion> RegisterPipelineAsync(string model, JsonObject pipeline, CancellationToken cancellationToken = default)
    {
        var body = pipeline.DeepClone().AsObject();
        body["kind"] = "pipeline";
        await CreateAsync(model, cancellationToken);
        return await _transport.ReadAsync(ApiRequest.Post("register", $"/v1/{Paths.Model(model)}/versions", body, model), ClientJson.Default.ModelVersion, cancellationToken);
    }

    /// <summary>
    /// Makes an alias name a version, if it passes the gates; <see cref="PlatformException.Body"/> has what they measured otherwise. Waits until
    /// the version is served under the alias, for as long as the caller does; with a <see cref="Strategy"/> that takes its time it does not wait, and
    /// <see cref="PromotionsClient"/> follows the promotion.
    /// </summary>
    public Task<Promotion> PromoteAsync(string model, string version, string alias = Champion, string? reason = null, JsonObject? strategy = null,
        CancellationToken cancellationToken = default) =>
        MoveAsync("promote", $"/v1/{Paths.Model(model)}/promotions", model, GivenMembers.Of(("version", version), ("alias", alias), ("reason", reason), ("strategy", strategy?.DeepClone())), cancellationToken);

    /// <summary>Makes an alias name the version that it named before, and waits as <see cref="PromoteAsync"/> does.</summary>
    public Task<Promotion> RollBackAsync(string model, string alias = Champion, string? reason = null, CancellationToken cancellationToken = default) =>
        MoveAsync("rollback", $"/v1/{Paths.Model(model)}/rollback", model, GivenMembers.Of(("alias", alias), ("reason", reason)), cancellationToken);

    private async Task CreateAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            using var _ = await _transport.SendAsync(ApiRequest.Post("create", "/v1/models", new JsonObject { ["name"] = model }, model), cancellationToken);
        }
        catch (PlatformException exists) when (exists.Code == "registry.model_exists")
        {
            // Another version of it is registered.
        }
    }

    private async Task<Promotion> MoveAsync(string operation, string path, string model, JsonObject body, CancellationToken cancellationToken)
    {
        var promotion = await _transport.ReadAsync(ApiRequest.Post(operation, path, body, model), ClientJson.Default.Promotion, cancellationToken);
        while (promotion.State == "completed" && !await ServesAsync(promotion, cancellationToken)) await Task.Delay(Interval, cancellationToken);
        return promotion;
    }

    private async Task<bool> ServesAsync(Promotion promotion, CancellationToken cancellationToken)
    {
        try
        {
            var request = ApiRequest.Get("metadata", $"/v2/{Paths.Model(promotion.Model, promotion.Alias)}", promotion.Model);
            var metadata = await _transport.ReadAsync(request, ClientJson.Default.JsonObject, cancellationToken);
            return metadata["parameters"]?["version"]?.GetValue<string>() == promotion.Version;
        }
        catch (PlatformException missing) when (missing.Status == HttpStatusCode.NotFound)
        {
            return false; // the first version of an alias is still being loaded
        }
    }
}
