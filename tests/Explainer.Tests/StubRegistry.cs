using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Artifacts;
using Platform.Onnx.Workers;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.Explainer.Tests;

/// <summary>As much of the registry's HTTP API as the explainer asks for.</summary>
internal sealed class StubRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, byte[]> _artifacts = [];
    private readonly ConcurrentDictionary<(string Model, string Version), ModelVersionDescription> _versions = [];
    private TestHost? _host;

    public Uri Address => _host!.Address;

    /// <summary>Runs before a file is sent.</summary>
    public Func<Task> BeforeArtifact { get; set; } = () => Task.CompletedTask;

    public static async Task<StubRegistry> StartAsync()
    {
        var registry = new StubRegistry();
        registry._host = await TestHost.StartAsync(_ => { }, registry.Map);
        return registry;
    }

    /// <summary>Adds a version that serves as champion.</summary>
    public ModelVersionDescription Add(
        string model, byte[] file, VersionMetadata? metadata = null, IEnumerable<string>? referenceRows = null, string version = "1")
    {
        var description = new ModelVersionDescription
        {
            Model = model,
            Version = version,
            Status = "ready",
            Sha256 = Store(file),
            VettedBy = FirstLoad.Build,
            Aliases = ["champion"],
            Metadata = metadata ?? new VersionMetadata(),
            Reference = referenceRows is null ? null : Reference(referenceRows),
        };
        _versions[(model, version)] = _versions[(model, "champion")] = description;
        return description;
    }

    /// <summary>The same with an input that has a default.</summary>
    public void Add(string model, byte[] file, IEnumerable<string> referenceRows, TensorSignature optional) =>
        _versions[(model, "1")] = _versions[(model, "champion")] = Add(model, file, null, referenceRows) with
        {
            Signature = new ModelSignature { OptionalInputs = [optional] },
        };

    /// <summary>Goes away; nothing listens any more.</summary>
    public Task StopAsync() => _host!.App.StopAsync();

    public async ValueTask DisposeAsync() => await _host!.DisposeAsync();

    private ReferenceDescription Reference(IEnumerable<string> rows) => new()
    {
        RowsDigest = Digest.Prefixed(Store(System.Text.Encoding.UTF8.GetBytes(string.Join('\n', rows)))),
    };

    private string Store(byte[] content)
    {
        var sha256 = Digest.OfBytes(content);
        _artifacts[sha256] = content;
        return sha256;
    }

    private void Map(WebApplication app)
    {
        app.MapTestKey();
        app.MapGet("/v1/models/{model}/versions/{version}", (string model, string version) =>
            _versions.TryGetValue((model, version), out var found)
                ? Results.Json(found, PlatformJson.Tolerant)
                : Results.NotFound());
        app.MapGet("/v1/artifacts/{sha256}", async (string sha256) =>
        {
            await BeforeArtifact();
            return _artifacts.TryGetValue(sha256, out var content) ? Results.Bytes(content) : Results.NotFound();
        });
        app.MapGet("/v1/deployments", () => Results.Json(Snapshot(), PlatformJson.Tolerant));
    }

    private DeploymentSnapshot Snapshot() => new()
    {
        Items = [.. _versions.Where(entry => entry.Key.Version == "champion").Select(entry => new Deployment
        {
            Model = entry.Key.Model,
            Alias = "champion",
            Version = entry.Value.Version,
            Sha256 = entry.Value.Sha256,
            Description = entry.Value,
        })],
    };
}
