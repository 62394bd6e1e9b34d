using System.Text.RegularExpressions;
using Platform.TestKit;
using Platform.TestKit.Running;

namespace Platform.Clients.Tests.Python;

/// <summary>The Python client's own tests, run with the wheel that <c>./dev clients</c> builds, against a running platform.</summary>
[Collection(TheClientPlatform.Name)]
public sealed partial class PythonClientTests(ClientPlatform platform) : IDisposable
{
    private const string FindPython = "root=$PWD; source eng/lib/console.sh; source eng/lib/python.sh; need_python \"$@\"";

    private static readonly string Sources = Repository.PathOf("clients", "python");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("test_tensors", 7)]
    [InlineData("test_transport", 15)]
    [InlineData("test_loop", 14)]
    [InlineData("test_records", 6)]
    [InlineData("test_rollouts", 4)]
    public async Task The_tests_of_the_client_pass_with_nothing_but_Python(string module, int tests) =>
        AssertPassed(tests, await RunAsync(await PythonAsync("json"), $"tests.{module}"));

    [Fact]
    public async Task The_tests_of_frames_and_arrays_pass_with_NumPy_and_pandas() =>
        AssertPassed(7, await RunAsync(await PythonAsync("numpy, pandas", "python3-numpy", "python3-pandas"), "tests.test_frames"));

    [Fact]
    public async Task The_commands_of_its_README_run()
    {
        var blocks = PythonBlock().Matches(await File.ReadAllTextAsync(Path.Combine(Sources, "README.md"))).Select(block => block.Groups[1].Value).ToList();
        Assert.NotEmpty(blocks);
        var script = _folder.File("readme.py");
        await File.WriteAllTextAsync(script, string.Join('\n', blocks).Replace("127.0.0.1:8080", platform.Address.Authority, StringComparison.Ordinal));
        var said = await RunWithWheelAsync(Repository.Root, await PythonAsync("json"), script);
        Assert.Contains("registry.model-promoted.v1", said, StringComparison.Ordinal);
    }

    private async Task<string> RunAsync(string python, string module) => await RunWithWheelAsync(await CopyTestsAsync(), python, "-m", "unittest", module);

    private async Task<string> RunWithWheelAsync(string folder, string python, params string[] arguments)
    {
        await Command.RunAsync(Repository.Root, "bash", Repository.PathOf("dev"), "clients", "--python", "--out", _folder.File("out"));
        var wheel = Assert.Single(Directory.GetFiles(_folder.File("out"), "*.whl"));
        Assert.Single(Directory.GetFiles(_folder.File("out"), "*.tar.gz"));
        return await Command.RunAsync(folder, "env", [$"PLATFORM_URL={platform.Address.ToString().TrimEnd('/')}", $"PYTHONPATH={wheel}",
            $"PLATFORM_SAMPLES={Repository.PathOf("samples")}", "PYTHONDONTWRITEBYTECODE=1", python, .. arguments]);
    }

    /// <summary>Away from the sources of the client, which Python would otherwise prefer to the wheel.</summary>
    private async Task<string> CopyTestsAsync()
    {
        var folder = _folder.File("tests");
        Directory.CreateDirectory(folder);
        await Command.RunAsync(Sources, "cp", "-r", "tests", folder);
        return folder;
    }

    private static async Task<string> PythonAsync(params string[] modulesAndPackages) =>
        (await Command.RunAsync(Repository.Root, "bash", ["-ec", FindPython, "bash", .. modulesAndPackages])).Split('\n')[0];

    private static void AssertPassed(int tests, string said)
    {
        Assert.Equal($"{tests}", RanTests().Match(said).Groups[1].Value);
        Assert.EndsWith("\nOK\n", said, StringComparison.Ordinal); // none was skipped
    }

    [GeneratedRegex("^Ran ([0-9]+) tests? in", RegexOptions.Multiline)]
    private static partial Regex RanTests();

    [GeneratedRegex("^```python\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex PythonBlock();
}
