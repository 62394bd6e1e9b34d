using System.Diagnostics;
using System.Text.RegularExpressions;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Samples;

/// <summary>What <c>./dev run</c> promises, with the settings that a user gets.</summary>
public sealed partial class SampleTests : IDisposable
{
    /// <summary>The traffic shifts by itself within the first half minute, and what a busy machine is late with comes after.</summary>
    private static readonly TimeSpan DriftShowsWithin = Eventually.Patience;

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task The_samples_serve_an_alert_comes_by_itself_and_the_commands_on_the_console_work()
    {
        await using (var platform = await StartAsync())
        {
            using var api = new PlatformApi(platform.Address);
            foreach (var model in new[] { "credit", "fashion", "poems", "spam" }) await api.ReadAsync($"/v2/models/{model}/ready");
            Assert.Equal(["1", "2"], await VersionsAsync(api));

            await Eventually.TrueAsync(() => HasAlertAsync(api), "an alert about credit is raised", DriftShowsWithin);

            var commands = Commands(platform.Output);
            Assert.Equal(3, commands.Count);
            foreach (var command in commands) await ShellAsync(command);
            Assert.Equal(0, await platform.StopAsync(within: Eventually.Patience));
            Assert.DoesNotContain(platform.Errors.Split('\n'), IsError);
        }

        await using var again = await StartAsync();
        using var later = new PlatformApi(again.Address);
        Assert.Equal(["1", "2"], await VersionsAsync(later));
        Assert.Equal("2", await ChampionAsync(later));
        Assert.True(await HasAlertAsync(later));
    }

    /// <summary>A busy machine gives rise to warnings, and to saying what is waited for; nothing may fail.</summary>
    private static bool IsError(string line) => ErrorLine().IsMatch(line);

    private Task<PlatformProcess> StartAsync() => StandaloneProcess.StartAsync(["--port", "0", "--data", _data.Path]);

    private static async Task<IEnumerable<string?>> VersionsAsync(PlatformApi api) =>
        (await api.ReadAsync("/v1/models/credit/versions"))["items"]!.AsArray().Select(version => (string?)version!["version"]);

    private static async Task<string?> ChampionAsync(PlatformApi api) =>
        (await api.ReadAsync("/v1/deployments"))["items"]!.AsArray().Where(item => (string?)item!["model"] == "credit").Select(item => (string?)item!["version"]).Single();

    private static async Task<bool> HasAlertAsync(PlatformApi api) =>
        (await api.ReadAsync("/v1/alerts"))["items"]!.AsArray().Any(alert => (string?)alert!["model"] == "credit");

    private static List<string> Commands(string output) => [.. CurlLine().Matches(output).Select(match => match.Groups[1].Value)];

    /// <summary>As if pasted into a terminal; curl answers an error status with a failure.</summary>
    private static async Task ShellAsync(string command)
    {
        using var shell = Process.Start("bash", ["-c", $"{command} --fail --silent --show-error --output /dev/null"]);
        await shell.WaitForExitAsync();
        Assert.True(shell.ExitCode == 0, command);
    }

    [GeneratedRegex("^(error|fail|crit|Unhandled)", RegexOptions.IgnoreCase)]
    private static partial Regex ErrorLine();

    [GeneratedRegex("^  (curl .+)$", RegexOptions.Multiline)]
    private static partial Regex CurlLine();
}
