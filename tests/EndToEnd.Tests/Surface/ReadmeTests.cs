using System.Diagnostics;
using System.Text.RegularExpressions;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Surface;

/// <summary>The first hour of README.md, pasted into a shell in its order, with the settings that a user gets.</summary>
public sealed partial class ReadmeTests : IDisposable
{
    // The user's curl, but with a status that tells of refusals.
    private const string Prelude = "set -euo pipefail; curl() { command curl --fail --silent --show-error \"$@\"; }\n";

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_first_hour_works_as_it_stands()
    {
        await using var platform = await StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", _data.Path]);
        using var api = new PlatformApi(platform.Address);

        var (exitCode, output) = await RunAsync(Prelude + Script().Replace("127.0.0.1:8080", platform.Address.Authority, StringComparison.Ordinal));
        Assert.True(exitCode == 0, output);

        var alerts = (await api.ReadAsync("/v1/alerts"))["items"]!.AsArray();
        Assert.Contains(alerts, alert => (string?)alert!["model"] == "risk" && (string?)alert["ruleId"] == "data-drift");
        Assert.Equal("1", (string?)(await api.ReadAsync("/v1/models/risk"))["aliases"]!["champion"]);
        Assert.Contains("misses too many", output, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_link_of_the_readme_leads_to_a_file()
    {
        var links = RelativeLink().Matches(Readme()).Select(link => link.Groups[1].Value).ToList();
        Assert.NotEmpty(links);
        Assert.All(links, link => Assert.True(File.Exists(Repository.PathOf(link)), link));
    }

    private static string Readme() => File.ReadAllText(Repository.PathOf("README.md"));

    private static string Script() => string.Join('\n', BashBlock().Matches(Readme()).Select(block => block.Groups[1].Value));

    private static async Task<(int ExitCode, string Output)> RunAsync(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script]) { WorkingDirectory = Repository.Root, RedirectStandardOutput = true, RedirectStandardError = true };
        using var shell = Process.Start(start)!;
        var (output, errors) = (shell.StandardOutput.ReadToEndAsync(), shell.StandardError.ReadToEndAsync());
        await shell.WaitForExitAsync();
        return (shell.ExitCode, await output + await errors);
    }

    [GeneratedRegex("^```bash\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex BashBlock();

    [GeneratedRegex(@"\]\((?!http)([^)#]+)\)")]
    private static partial Regex RelativeLink();
}
