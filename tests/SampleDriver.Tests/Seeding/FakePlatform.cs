using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Artifacts;
using Platform.TestKit;

namespace Platform.SampleDriver.Tests.Seeding;

/// <summary>As much of the public API as seeding uses, in memory.</summary>
internal sealed class FakePlatform : IAsyncDisposable
{
    private readonly Dictionary<string, List<string>> _versions = [];
    private readonly List<string> _deployed = [];
    private TestHost _host = null!;

    public Uri Address => _host.Address;

    public List<string> Requests { get; } = [];

    public static async Task<FakePlatform> StartAsync()
    {
        var platform = new FakePlatform();
        platform._host = await TestHost.StartAsync(_ => { }, platform.Map);
        return platform;
    }

    /// <summary>Registers the first version of a model again.</summary>
    public void Repeat(string model) => _versions[model].Add(_versions[model][0]);

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    private void Map(WebApplication app)
    {
        app.MapPost("/v1/models", (JsonObject body) => Note($"register {body["name"]}",
            _versions.TryAdd(body["name"]!.GetValue<string>(), []) ? Results.Created() : Results.Conflict()));
        app.MapGet("/v1/models/{m}/versions", (string m) => Results.Ok(new
        {
            items = _versions[m].Select((sha256, index) => new { model = m, version = $"{index + 1}", sha256 }),
        }));
        app.MapPost("/v1/models/{m}/versions", async (string m, HttpRequest request) => await UploadAsync(m, await request.ReadFormAsync()));
        app.MapGet("/v1/deployments", () => Results.Ok(new { items = _deployed.Select(model => new { model }) }));
        app.MapPost("/v1/models/{m}/promotions", (string m, JsonObject body) =>
        {
            _deployed.Add(m);
            return Note($"promote {m} {body["version"]} to {body["alias"]}", Results.Ok());
        });
        app.MapGet("/v2/models/{m}/ready", (string m) => _deployed.Contains(m) ? Results.Ok() : Results.BadRequest());
    }

    private async Task<IResult> UploadAsync(string model, IFormCollection form)
    {
        using var bytes = new MemoryStream();
        await form.Files["model"]!.CopyToAsync(bytes);
        _versions[model].Add(Digest.OfBytes(bytes.ToArray()));
        return Note(
            $"upload {model} with {string.Join(", ", form.Files.Select(file => file.Name))}",
            Results.Created("", new { model, version = $"{_versions[model].Count}" }));
    }

    private IResult Note(string request, IResult result)
    {
        Requests.Add(request);
        return result;
    }
}
