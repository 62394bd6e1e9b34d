using System.Diagnostics;
using Platform.TestKit;

namespace Platform.Supervisor.Tests.Commands;

/// <summary>What <c>./dev</c> does with the words behind a verb, in a copy where there is nothing that could be built.</summary>
public sealed class DevScriptTests : IDisposable
{
    private readonly TemporaryFolder _copy = new();

    public DevScriptTests()
    {
        foreach (var file in (string[])["dev", .. Files("eng/verbs"), .. Files("eng/lib")])
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_copy.File(file))!);
            File.Copy(Repository.PathOf(file), _copy.File(file));
        }
        File.WriteAllText(_copy.File("eng/verbs/say.sh"), "#!/usr/bin/env bash\nprintf '[%s]' \"$@\"\n");
    }

    public static TheoryData<string> Verbs => new(Files("eng/verbs").Select(Path.GetFileNameWithoutExtension).OfType<string>());

    public void Dispose() => _copy.Dispose();

    [Theory, MemberData(nameof(Verbs))]
    public void Every_verb_helps_before_it_builds_or_installs_anything(string verb)
    {
        foreach (var words in new[] { new[] { "--help" }, ["-h"], ["--data", "x", "--help"] })
        {
            var (exitCode, output) = Run([verb, .. words]);
            Assert.Equal(0, exitCode);
            Assert.Contains($"Usage: ./dev {verb}", output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_value_follows_a_space_or_an_equals_sign_for_every_verb()
    {
        Assert.Equal((0, "[--port][1][--data][/x=y][--empty][file=1]"), Run("say", "--port=1", "--data=/x=y", "--empty", "file=1"));
        Assert.Equal((0, "[--replicas][inference=2]"), Run("say", "--replicas=inference=2"));
    }

    [Theory]
    [InlineData("--port=70000")]
    [InlineData("--port", "70000")]
    public void Run_takes_a_port_in_both_forms(params string[] words)
    {
        var (exitCode, output) = Run(["run", .. words]);
        Assert.Equal(2, exitCode);
        Assert.StartsWith("error: --port wants a number up to 65535", output, StringComparison.Ordinal);
    }

    private static string[] Files(string folder) =>
        [.. Directory.GetFiles(Repository.PathOf(folder)).Select(file => Path.GetRelativePath(Repository.Root, file)).Order(StringComparer.Ordinal)];

    private (int ExitCode, string Output) Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("bash", [_copy.File("dev"), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        process.WaitForExit();
        return (process.ExitCode, output.Result + errors.Result);
    }
}
