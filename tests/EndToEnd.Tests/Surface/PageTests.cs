using System.Net;
using System.Text.RegularExpressions;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;

namespace Platform.EndToEnd.Tests.Surface;

public abstract partial class PageTests(RunningPlatform platform)
{
    [Fact]
    public async Task The_console_is_there_and_loads_nothing_from_elsewhere()
    {
        using var response = await platform.Api.GetAsync("/");
        var html = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("script-src 'self'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
        var files = File().Matches(html).Select(match => match.Groups[1].Value).ToList();
        Assert.Equal(3, files.Count);
        foreach (var file in files)
        {
            using var answer = await platform.Api.GetAsync($"/{file}");
            Assert.True(answer.IsSuccessStatusCode, $"{file} answered {(int)answer.StatusCode}");
        }
    }

    [Fact]
    public async Task The_console_is_told_that_every_service_is_ready_and_who_asks()
    {
        var status = await platform.Api.GetAsync("/console/status").JsonAsync();
        Assert.True((bool)status["ready"]!);
        Assert.Equal(platform.Key is not null, (bool)status["asksForKey"]!);
        Assert.Contains("manage", status["caller"]!["permissions"]!.AsArray().Select(permission => (string?)permission));
    }

    [GeneratedRegex("(?:href|src)=\"(console/[^\"]+)\"")]
    private static partial Regex File();
}
