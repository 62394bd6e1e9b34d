using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Artifacts;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.Monitor.Tests;

/// <summary>The answers of the registry that the monitor depends on: the snapshot, versions, and files by digest.</summary>
internal sealed class StubRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Model, string Version), ModelVersionDescription> _versions = [];
    private readonly ConcurrentDictionary<(string Model, string Alias), string> _aliases = [];
    private readonly ConcurrentDictionary<string, DeploymentShare[]> _splits = [];
    private readonly ConcurrentDictionary<string, byte[]> _artifacts = [];
    private TestHost? _host;

    public Uri Address => _host!.Address;

    public static async Task<StubRegistry> StartAsync()
    {
        var stub = new StubRegistry();
        stub._host = await TestHost.StartAsync(_ => { }, stub.Map);
        return stub;
    }

    /// <summary>Makes a version with its reference and, where given, its answers to it; the champion unless told otherwise.</summary>
    public void Deploy(
        ModelVersionDescription version, IEnumerable<ReferenceRow> reference, IEnumerable<ReferencePrediction>? predictions = null,
        string? alias = "champion")
    {
        var rows = reference.ToArray();
        _versions[(version.Model, version.Version)] = version with
        {
            Sha256 = Digest.OfBytes(Encoding.UTF8.GetBytes(version.Model + version.Version)),
            Reference = rows.Length == 0 ? null : new()
            {
                Rows = rows.Length,
                RowsDigest = Store(rows),
                PredictionsDigest = predictions is null ? null : Store(predictions),
            },
        };
        if (alias is not null)
            _aliases[(version.Model, alias)] = version.Version;
    }

    /// <summary>Divides the requests to the champion.</summary>
    public void Split(string model, params DeploymentShare[] shares) => _splits[model] = shares;

    /// <summary>Takes a model's alias away.</summary>
    public void Withdraw(string model, string alias = "champion") => _aliases.TryRemove((model, alias), out _);

    /// <summary>Puts other bytes in the place of every artifact.</summary>
    public void Damage() => Array.ForEach([.. _artifacts.Keys], digest => _artifacts[digest] = "{"u8.ToArray());

    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    private string Store<T>(IEnumerable<T> lines)
    {
        var bytes = Encoding.UTF8.GetBytes(string.Concat(lines.Select(line => JsonSerializer.Serialize(line, PlatformJson.Tolerant) + "\n")));
        var sha256 = Digest.OfBytes(bytes);
        _artifacts[sha256] = bytes;
        return Digest.Prefixed(sha256);
    }

    private void Map(WebApplication app)
    {
        app.MapTestKey();
        app.MapGet("/v1/deployments", () => Results.Json(new DeploymentSnapshot { Items = [.. _aliases.Select(Describe)] }, PlatformJson.Tolerant));
        app.MapGet("/v1/models/{model}/versions/{version}", (string model, string version) =>
            _versions.TryGetValue((model, _aliases.GetValueOrDefault((model, version), version)), out var found)
                ? Results.Json(found, PlatformJson.Tolerant)
                : Results.NotFound());
        app.MapGet("/v1/artifacts/{sha256}", (string sha256) =>
            _artifacts.TryGetValue(sha256, out var file) ? Results.Bytes(file) : Results.NotFound());
    }

    private Deployment Describe(KeyValuePair<(string Model, string Alias), string> alias) => new()
    {
        Model = alias.Key.Model,
        Alias = alias.Key.Alias,
        Split = alias.Key.Alias == "champion" ? _splits.GetValueOrDefault(alias.Key.Model, []) : [],
        Version = alias.Value,
        Description = _versions[(alias.Key.Model, alias.Value)],
    };
}
