using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Defaults;
using Platform.Hosting.Http;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Defaults;

public sealed class HeadTests : IAsyncLifetime
{
    // Told by the server itself, or by how it sends a body.
    private static readonly string[] OfTheMoment = ["Date", "Transfer-Encoding", "Content-Length", RequestIds.Header];

    private readonly TemporaryFolder _folder = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TestHost _host = null!;
    private string? _method;

    public async Task InitializeAsync()
    {
        File.WriteAllText(_folder.File("data"), "some bytes");
        _host = await TestHost.StartAsync(builder => builder.AddPlatformDefaults("test"), Map);
    }

    public async Task DisposeAsync()
    {
        await _host.DisposeAsync();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("/health/live")]
    [InlineData("/health/ready")]
    [InlineData("/openapi/v1.json")]
    [InlineData("/metrics")]
    [InlineData("/json")]
    [InlineData("/text")]
    [InlineData("/file")]
    [InlineData("/slow")]
    [InlineData("/nothing")]
    [InlineData("/unavailable")]
    [InlineData("/broken")]
    [InlineData("/nowhere")]
    public async Task HEAD_is_answered_as_GET_is_without_the_body(string path)
    {
        using var get = await _host.Http.GetAsync(path);
        using var head = await HeadAsync(path);

        Assert.Equal(get.StatusCode, head.StatusCode);
        Assert.Equal(Names(get), Names(head));
        Assert.Equal($"{get.Content.Headers.ContentType}", $"{head.Content.Headers.ContentType}");
        Assert.NotEmpty(head.Headers.GetValues(RequestIds.Header).Single());
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData("/json")]
    [InlineData("/text")]
    [InlineData("/file")]
    public async Task HEAD_tells_the_length_that_GET_has(string path)
    {
        var length = (await _host.Http.GetByteArrayAsync(path)).Length;

        using var head = await HeadAsync(path);

        Assert.Equal(length, head.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task A_handler_sees_that_nobody_wants_the_body()
    {
        using var _ = await HeadAsync("/json");

        Assert.Equal("HEAD", _method);
    }

    [Fact]
    public async Task A_stream_without_end_is_answered_by_its_headers_and_ends()
    {
        using var head = await HeadAsync("/events");

        Assert.Equal("text/event-stream", head.Content.Headers.ContentType?.MediaType);
        await _ended.Task.WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task A_route_without_GET_refuses_HEAD()
    {
        using var head = await HeadAsync("/post");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, head.StatusCode);
        Assert.Equal(["POST"], head.Content.Headers.Allow);
    }

    [Fact]
    public async Task Where_GET_is_allowed_HEAD_is_named_too()
    {
        using var answer = await _host.Http.DeleteAsync("/json");

        Assert.Equal(["GET", "HEAD"], answer.Content.Headers.Allow);
    }

    private Task<HttpResponseMessage> HeadAsync(string path) => _host.Http.SendAsync(new HttpRequestMessage(HttpMethod.Head, path));

    private static IEnumerable<string> Names(HttpResponseMessage answer) =>
        answer.Headers.Concat(answer.Content.Headers).Select(header => header.Key).Except(OfTheMoment).Order(StringComparer.Ordinal);

    private void Map(WebApplication app)
    {
        app.MapPlatformDefaults();
        app.MapGet("/json", (HttpContext context) =>
        {
            _method = context.Request.Method;
            return TypedResults.Json(Enumerable.Range(0, 20_000));
        });
        app.MapGet("/text", () => TypedResults.Text("plain words", "text/html", Encoding.UTF8));
        app.MapGet("/file", () => TypedResults.PhysicalFile(_folder.File("data"), "text/csv", "data.csv"));
        app.MapGet("/slow", async context =>
        {
            await context.Response.WriteAsync("begun ");
            await context.Response.Body.FlushAsync();
            await context.Response.WriteAsync("and ended");
        });
        app.MapGet("/nothing", () => TypedResults.NoContent());
        app.MapGet("/unavailable", () => TypedResults.StatusCode(503));
        app.MapGet("/broken", string () => throw new InvalidOperationException("secret"));
        app.MapGet("/events", FollowAsync);
        app.MapPost("/post", () => TypedResults.Ok());
    }

    private async Task FollowAsync(HttpContext context)
    {
        context.Response.ContentType = "text/event-stream";
        try
        {
            while (true)
            {
                await context.Response.WriteAsync("data: 1\n\n", context.RequestAborted);
                await Task.Delay(TimeSpan.FromMilliseconds(10), context.RequestAborted);
            }
        }
        catch (OperationCanceledException)
        {
            _ended.TrySetResult();
        }
    }
}
