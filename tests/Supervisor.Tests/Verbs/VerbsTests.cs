using System.Diagnostics;
using Platform.Supervisor.Machine;
using Platform.TestKit;

namespace Platform.Supervisor.Tests.Verbs;

/// <summary>The scripts of <c>./dev</c> in a checkout of their own, with a <c>dotnet</c> that only says what it was asked for.</summary>
public sealed class VerbsTests : IDisposable
{
    /// <summary>A project of five tests, of which one passes, one fails, and the third never ends; it leaves a server behind.</summary>
    private const string Dotnet = """
        #!/usr/bin/env bash
        echo "$*" >>"$ASKED"
        [[ $1 == test ]] || exit 0
        if [[ " $* " == *" --list-tests "* ]]; then
          printf '%s\n' "The following Tests are available:" "    A.One" "    A.Two" "    A.Three" "    A.Four" "    A.Five"
          exit 0
        fi
        echo "  Passed A.One [1 ms]"
        echo "  Failed A.Two [1 ms]"
        echo left >"$TMPDIR/file"
        cd "$TMPDIR"
        env -i setsid sleep 1000 &
        echo $! >"$SERVER"
        sleep 1000
        """;

    private readonly TemporaryFolder _checkout = new();

    public VerbsTests()
    {
        foreach (var folder in new[] { "eng/verbs", "eng/lib", "bin", "data", "temporary", "tests/A.Tests/bin/Release/net10.0" })
            Directory.CreateDirectory(_checkout.File(folder));
        foreach (var folder in new[] { "verbs", "lib" })
            foreach (var script in Directory.GetFiles(Repository.PathOf("eng", folder), "*.sh"))
                File.Copy(script, _checkout.File("eng", folder, Path.GetFileName(script)));
        WriteScript("bin/dotnet", Dotnet);
        File.WriteAllText(_checkout.File("tests/A.Tests/A.Tests.csproj"), "");
        File.WriteAllText(_checkout.File("tests/A.Tests/bin/Release/net10.0/Platform.A.Tests.dll"), "");
    }

    [Fact]
    public async Task Tests_that_did_not_end_count_as_failed_and_nothing_is_left_behind()
    {
        var (status, said) = await RunAsync("test.sh");

        Assert.Equal(1, status);
        Assert.Contains("no test ended within 2 s): 3 tests count as failed", said);
        Assert.EndsWith("1 passed, 4 failed, 0 skipped\n", said);
        var server = int.Parse(await File.ReadAllTextAsync(_checkout.File("data", "server")));
        await Eventually.TrueAsync(() => !Processes.IsRunning(server), "the server has ended");
        Assert.Empty(Directory.GetFileSystemEntries(_checkout.File("temporary")));
    }

    [Fact]
    public async Task What_was_built_with_everything_is_not_built_again_to_run()
    {
        var program = _checkout.File("services/standalone/bin/Release/net10.0/Platform.Standalone.dll");
        Directory.CreateDirectory(Path.GetDirectoryName(program)!);
        await File.WriteAllTextAsync(program, "");
        await RunAsync("build.sh");

        await RunAsync("run.sh", "--empty");
        await File.WriteAllTextAsync(_checkout.File("services/standalone/New.cs"), "");
        await RunAsync("run.sh", "--empty");

        var asked = (await File.ReadAllLinesAsync(_checkout.File("data", "asked"))).Select(line => line.Replace($"{_checkout.Path}/", "")).ToList();
        Assert.Collection(asked,
            line => Assert.StartsWith("build Platform.sln", line),
            line => Assert.StartsWith("services/standalone/bin", line),
            line => Assert.StartsWith("build services/standalone/Standalone.csproj", line),
            line => Assert.StartsWith("services/standalone/bin", line));
    }

    public void Dispose() => _checkout.Dispose();

    private void WriteScript(string path, string content)
    {
        File.WriteAllText(_checkout.File(path), content);
        using var change = Process.Start("chmod", ["+x", _checkout.File(path)]);
        change.WaitForExit();
    }

    /// <summary>Its exit status, and all that it says.</summary>
    private async Task<(int Status, string Said)> RunAsync(string verb, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("bash", [_checkout.File("eng", "verbs", verb), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                ["PATH"] = $"{_checkout.File("bin")}:{Environment.GetEnvironmentVariable("PATH")}",
                ["TMPDIR"] = _checkout.File("temporary"),
                ["ASKED"] = _checkout.File("data", "asked"),
                ["SERVER"] = _checkout.File("data", "server"),
                ["TEST_STALL_SECONDS"] = "2",
            },
        };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var said = await process.StandardOutput.ReadToEndAsync().PatientlyAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await errors + said);
    }
}
