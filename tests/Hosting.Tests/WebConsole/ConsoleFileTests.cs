using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.WebConsole;
using Platform.TestKit;

namespace Platform.Hosting.Tests.WebConsole;

public sealed partial class ConsoleFileTests : IAsyncLifetime
{
    private static readonly string Folder = Repository.PathOf("hosting", "WebConsole", "Files");

    private TestHost _host = null!;

    public async Task InitializeAsync() => _host = await TestHost.StartAsync(
        builder =>
        {
            builder.AskNobody();
            builder.AddPlatformDefaults("test");
            builder.Services.AddWebConsole();
        },
        app =>
        {
            app.MapPlatformDefaults();
            app.MapWebConsole();
        });

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Every_file_is_served_with_its_type_and_may_do_nothing_beyond_its_own_address()
    {
        foreach (var name in Names().Select(name => $"/console/{name}").Append("/"))
        {
            using var answer = await _host.Http.GetAsync(name);
            Assert.Equal((name, HttpStatusCode.OK), (name, answer.StatusCode));
            var policy = answer.Headers.GetValues("Content-Security-Policy").Single();
            Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal(TypeOf(name), answer.Content.Headers.ContentType?.MediaType);
        }
    }

    [Fact]
    public async Task A_browser_that_has_a_file_is_told_that_it_has_not_changed()
    {
        using var first = await _host.Http.GetAsync("/console/main.js");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/console/main.js") { Headers = { IfNoneMatch = { first.Headers.ETag! } } };
        using var again = await _host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Theory]
    [InlineData("none.js")]
    [InlineData("..%2FWebConsoleDefaults.cs")]
    [InlineData("INDEX.HTML")]
    public async Task What_is_no_file_of_the_console_is_not_found(string name)
    {
        using var answer = await _host.Http.GetAsync($"/console/{name}");
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    /// <summary>What the policy would refuse; and what a page without a network could not load.</summary>
    [Fact]
    public void No_file_has_scripts_or_styles_within_markup_or_names_another_address()
    {
        Assert.DoesNotMatch("<style|style=|<script(?![^>]* src=)| on[a-z]+=", File.ReadAllText(Path.Combine(Folder, "index.html")));
        Assert.All(Names(), name => Assert.DoesNotMatch(@"https?://(?!www\.w3\.org/2000/svg)|innerHTML|\beval\(", File.ReadAllText(Path.Combine(Folder, name))));
    }

    [Fact]
    public void Every_text_has_its_Chinese()
    {
        var scripts = Names().Where(name => name.EndsWith(".js", StringComparison.Ordinal) && name != "zh.js").Select(name => File.ReadAllText(Path.Combine(Folder, name))).ToList();
        var used = scripts.SelectMany(script => Text().Matches(script).Select(match => match.Groups[1].Value)).Distinct().ToList();
        var terms = Term().Matches(File.ReadAllText(Path.Combine(Folder, "terms.js"))).Select(match => match.Groups[1].Value);
        var translated = Translation().Matches(File.ReadAllText(Path.Combine(Folder, "zh.js"))).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        Assert.True(used.Count > 200, $"only {used.Count} texts were found");
        Assert.All(used.Concat(terms), text => Assert.Contains(text, translated));
    }

    private static IEnumerable<string> Names() => Directory.GetFiles(Folder).Select(path => Path.GetFileName(path)!);

    private static string TypeOf(string name) => Path.GetExtension(name) switch
    {
        ".js" => "text/javascript",
        ".css" => "text/css",
        ".svg" => "image/svg+xml",
        _ => "text/html",
    };

    [GeneratedRegex(@"\bt\('([^']*)'")]
    private static partial Regex Text();

    [GeneratedRegex(@": '([^']*)'[,\n ]")]
    private static partial Regex Term();

    [GeneratedRegex(@"^  '([^']*)': '", RegexOptions.Multiline)]
    private static partial Regex Translation();
}
