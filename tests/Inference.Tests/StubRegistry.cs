using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Keys;
using Platform.Onnx.Workers;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestModels;

namespace Platform.Inference.Tests;

/// <summary>The answers of the registry that inference depends on: the snapshot, single versions, and files by digest.</summary>
internal sealed class StubRegistry : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(string Model, string Alias), Deployment> _deployments = [];
    private readonly ConcurrentDictionary<(string Model, string Version), ModelVersionDescription> _versions = [];
    private readonly ConcurrentDictionary<string, byte[]> _artifacts = [];
    private readonly ConcurrentDictionary<string, KeyDescription> _keys = [];
    private TestHost? _host;
    private int _versionsAsked;
    private int _silent;

    public Uri Address => _host!.Address;

    public static async Task<StubRegistry> StartAsync()
    {
        var stub = new StubRegistry();
        stub._host = await TestHost.StartAsync(_ => { }, stub.Map);
        return stub;
    }

    /// <summary>Lets an alias name a version made of <paramref name="file"/>.</summary>
    public void Deploy(string model, string version, OnnxFile file, string alias = "champion", VersionMetadata? metadata = null) =>
        Deploy(model, version, file.ToArray(), alias, metadata);

    public void Deploy(string model, string version, byte[] file, string alias = "champion", VersionMetadata? metadata = null, string? vettedBy = null)
    {
        var description = Register(model, version, file, metadata, vettedBy);
        _deployments[(model, alias)] = new Deployment
        {
            Model = model,
            Alias = alias,
            Version = version,
            Sha256 = description.Sha256,
            Description = description,
        };
    }

    /// <summary>Divides the requests to an alias.</summary>
    public void Split(string model, params DeploymentShare[] shares) =>
        _deployments[(model, "champion")] = _deployments[(model, "champion")] with { Split = shares };

    /// <summary>Knows a version that no alias names.</summary>
    public ModelVersionDescription Register(string model, string version, byte[] file, VersionMetadata? metadata = null, string? vettedBy = null)
    {
        var sha256 = Digest.OfBytes(file);
        _artifacts[sha256] = file;
        return _versions[(model, version)] = new ModelVersionDescription
        {
            Model = model,
            Version = version,
            Sha256 = sha256,
            SizeBytes = file.Length,
            Metadata = metadata ?? new(),
            VettedBy = vettedBy ?? FirstLoad.Build,
        };
    }

    /// <summary>Puts another content in the place of the champion's file.</summary>
    public void Tamper(string model, byte[] content) => _artifacts[_deployments[(model, "champion")].Sha256] = content;

    /// <summary>How often it has been asked for a single version.</summary>
    public int VersionsAsked => Volatile.Read(ref _versionsAsked);

    /// <summary>Leaves the next so many questions for a single version without an answer.</summary>
    public void StaySilent(int questions) => Volatile.Write(ref _silent, questions);

    public void Withdraw(string model, string alias = "champion") => _deployments.TryRemove((model, alias), out _);

    /// <summary>Knows a key with these permissions.</summary>
    public void Grant(string key, params PermissionGrant[] permissions) =>
        _keys[key] = new KeyDescription { Id = key, Name = key, Sha256 = KeyFormat.Digest(key), Permissions = permissions };

    /// <summary>Knows the key no more.</summary>
    public void Revoke(string key) => _keys.TryRemove(key, out _);

    /// <summary>Answers no more.</summary>
    public Task StopAsync() => _host!.App.StopAsync();

    public ValueTask DisposeAsync() => _host!.DisposeAsync();

    private void Map(WebApplication app)
    {
        app.MapTestKey(() => _keys.Values);
        app.MapGet("/v1/deployments", () => Results.Json(new DeploymentSnapshot { Items = [.. _deployments.Values] }, PlatformJson.Tolerant));
        app.MapGet("/v1/models/{model}/versions/{version}", async (string model, string version, CancellationToken left) =>
        {
            Interlocked.Increment(ref _versionsAsked);
            if (Interlocked.Decrement(ref _silent) >= 0)
                await Task.Delay(Timeout.Infinite, left).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return Find(model, version) is { } found ? Results.Json(found, PlatformJson.Tolerant) : Results.NotFound();
        });
        app.MapGet("/v1/artifacts/{sha256}", (string sha256) =>
            _artifacts.TryGetValue(sha256, out var file) ? Results.Bytes(file) : Results.NotFound());
    }

    /// <summary>By number or alias, with the aliases that the version has now.</summary>
    private ModelVersionDescription? Find(string model, string versionOrAlias)
    {
        var number = _deployments.TryGetValue((model, versionOrAlias), out var deployed) ? deployed.Version : versionOrAlias;
        var aliases = _deployments.Values.Where(other => other.Model == model && other.Version == number).Select(other => other.Alias);
        return _versions.TryGetValue((model, number), out var found) ? found with { Aliases = [.. aliases] } : null;
    }
}
