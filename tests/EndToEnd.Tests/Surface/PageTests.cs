using System.Net;
using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Surface;

public abstract class PageTests(RunningPlatform platform)
{
    [Fact]
    public async Task The_page_shows_what_serves_and_loads_nothing_from_elsewhere()
    {
        await platform.Api.ServeCreditAsync("shown");
        using var response = await platform.Api.GetAsync("/");
        var html = await response.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType?.MediaType);
        Assert.Contains("frame-ancestors 'none'", response.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Contains("<h3>shown</h3>", html, StringComparison.Ordinal);
        Assert.Contains("champion", html, StringComparison.Ordinal);
        Assert.Contains("Every service is ready", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("https://", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_link_on_the_page_leads_somewhere()
    {
        await platform.Api.ServeCreditAsync("linked");
        var html = await platform.Api.Http.GetStringAsync(new Uri("/", UriKind.Relative));
        var links = html.Split("href=\"").Skip(1).Select(part => WebUtility.HtmlDecode(part[..part.IndexOf('"', StringComparison.Ordinal)]))
            .Where(link => link.StartsWith('/') && (!link.Contains("/models/", StringComparison.Ordinal) || link.Contains("linked", StringComparison.Ordinal)))
            .Distinct().ToList();
        Assert.True(links.Count >= 5);
        foreach (var link in links)
        {
            using var response = await platform.Api.GetAsync(link);
            Assert.True(response.IsSuccessStatusCode, $"{link} answered {(int)response.StatusCode}");
        }
    }
}
