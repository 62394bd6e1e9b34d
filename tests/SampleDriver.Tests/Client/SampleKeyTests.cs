using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.SampleDriver.Client;
using Platform.TestKit;

namespace Platform.SampleDriver.Tests.Client;

public sealed class SampleKeyTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ConcurrentQueue<string> _asked = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_samples_make_a_key_of_their_own_once_and_ask_with_it()
    {
        await File.WriteAllTextAsync(_folder.File("bootstrap.key"), "first\n");
        await using var platform = await TestHost.StartAsync(_ => { }, Map);

        await Client(platform).GetAsync("v1/models", CancellationToken.None);
        await Client(platform).GetAsync("v1/models", CancellationToken.None);

        Assert.Equal(["POST /v1/keys Bearer first", "GET /v1/models Bearer own", "GET /v1/models Bearer own"], _asked);
        Assert.Equal("own", (await File.ReadAllTextAsync(_folder.File("samples.key"))).Trim());
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(_folder.File("samples.key")) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
    }

    [Fact]
    public async Task Where_they_get_none_the_reason_is_told()
    {
        await File.WriteAllTextAsync(_folder.File("bootstrap.key"), "revoked\n");
        await using var platform = await TestHost.StartAsync(_ => { }, app => app.MapPost("/v1/keys", () => Results.Text("no such key", statusCode: 401)));

        var exception = await Assert.ThrowsAsync<HttpRequestException>(() => Client(platform).GetAsync("v1/models", CancellationToken.None));
        Assert.Contains("no such key", exception.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_folder.File("samples.key")));
    }

    private PlatformClient Client(TestHost platform)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Services.AddPlatformClient(platform.Address, new SampleKeyFiles(_folder.File("bootstrap.key"), _folder.File("samples.key")));
        return builder.Build().Services.GetRequiredService<PlatformClient>();
    }

    private void Map(WebApplication app)
    {
        app.Use((context, next) =>
        {
            _asked.Enqueue($"{context.Request.Method} {context.Request.Path} {context.Request.Headers.Authorization}");
            return next(context);
        });
        app.MapPost("/v1/keys", () => Results.Json(new { key = "own" }, statusCode: 201));
        app.MapGet("/v1/models", () => new { items = Array.Empty<string>() });
    }
}
