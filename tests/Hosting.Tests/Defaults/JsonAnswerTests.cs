using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Defaults;

public sealed class JsonAnswerTests : IAsyncLifetime
{
    private const int TooMuch = 5 << 20;

    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(
        builder => builder.AddPlatformDefaults("test"),
        app =>
        {
            app.MapPlatformDefaults();
            app.MapGet("/thing", () => TypedResults.Ok(new { Name = "\u706b\u661f", Value = 1.50 }));
            app.MapGet("/refused", () => Problems.From(Problems.Invalid("No.")));
            app.MapGet("/text", () => TypedResults.Text("as it is"));
            app.MapGet("/large", () => TypedResults.Ok(new { Text = new string('x', TooMuch) }));
            app.MapGet("/sized", async (HttpContext context) =>
            {
                context.Response.ContentType = "application/json";
                context.Response.ContentLength = 7;
                await context.Response.Body.WriteAsync("{\"a\":1}"u8.ToArray());
                await context.Response.CompleteAsync();
            });
            app.MapGet("/events", async (HttpContext context, CancellationToken cancelled) =>
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync("data: {}\n\n", cancelled);
                await context.Response.Body.FlushAsync(cancelled);
                await Task.Delay(Timeout.Infinite, cancelled);
            });
        });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task They_end_with_a_line_break() => Assert.Equal("{\"name\":\"\u706b\u661f\",\"value\":1.5}\n", await ReadAsync("/thing"));

    [Theory]
    [InlineData("/refused", HttpStatusCode.BadRequest)]
    [InlineData("/nothing", HttpStatusCode.NotFound)]
    public async Task So_do_errors_once(string path, HttpStatusCode status)
    {
        using var response = await _host.Http.GetAsync(path);
        Assert.Equal(status, response.StatusCode);
        Assert.Matches("[^\n]\n$", await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("/thing?pretty")]
    [InlineData("/thing?pretty=true")]
    public async Task They_are_indented_on_request(string path) =>
        Assert.Equal("{\n  \"name\": \"\u706b\u661f\",\n  \"value\": 1.5\n}\n", await ReadAsync(path));

    [Theory]
    [InlineData("/refused")]
    [InlineData("/nothing")]
    public async Task So_are_errors(string path)
    {
        using var response = await _host.Http.GetAsync(path + "?pretty");
        var text = await response.Content.ReadAsStringAsync();
        Assert.StartsWith("{\n  \"type\": ", text, StringComparison.Ordinal);
        Assert.Matches("[^\n]\n$", text);
        Assert.Equal((int)response.StatusCode, (int)JsonNode.Parse(text)!["status"]!);
    }

    [Fact]
    public async Task An_answer_that_said_how_long_it_is_is_indented_too() => Assert.Equal("{\n  \"a\": 1\n}\n", await ReadAsync("/sized?pretty"));

    [Fact]
    public async Task What_is_no_JSON_or_too_large_comes_as_it_is()
    {
        Assert.Equal("as it is", await ReadAsync("/text"));
        Assert.Equal("as it is", await ReadAsync("/text?pretty"));
        Assert.Equal($"{{\"text\":\"{new string('x', TooMuch)}\"}}", await ReadAsync("/large?pretty"));
    }

    [Fact]
    public async Task A_stream_of_events_is_not_held_back()
    {
        await using var stream = await _host.Http.GetStreamAsync("/events?pretty");
        var buffer = new byte[64];
        var read = await stream.ReadAsync(buffer);
        Assert.Equal("data: {}\n\n", Encoding.UTF8.GetString(buffer, 0, read));
    }

    private async Task<string> ReadAsync(string path)
    {
        using var response = await _host.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }
}
