using System.Diagnostics;
using Platform.Onnx.Children;
using Platform.Onnx.Sessions;
using Platform.Onnx.Workers;
using Platform.TestKit;
using Platform.TestKit.Running;
using Platform.TestModels;

namespace Platform.Onnx.Tests.Workers;

public sealed class FirstLoadTests : IDisposable
{
    private const long Plenty = 1L << 30;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_file_that_can_be_loaded_passes() => await FirstLoad.TryAsync(TinyModels.Linear().Save(_folder.Path), Plenty, default);

    [Fact]
    public async Task One_that_cannot_is_refused_in_the_runtimes_words()
    {
        var path = _folder.File("nonsense.onnx");
        await File.WriteAllTextAsync(path, "nonsense");
        await Assert.ThrowsAsync<ModelLoadException>(() => FirstLoad.TryAsync(path, Plenty, default));
    }

    [Theory]
    [InlineData("KILL", "was ended by signal 9 (SIGKILL)")]
    [InlineData("SEGV", "was ended by signal 11 (SIGSEGV)")]
    public async Task The_death_of_its_process_is_told(string signal, string told)
    {
        var pipe = _folder.File("pipe"); // whoever reads it waits for a writer who does not come
        using (var make = Process.Start("mkfifo", [pipe])) await make.WaitForExitAsync();

        var load = FirstLoad.TryAsync(pipe, Plenty, default);
        await Eventually.TrueAsync(() =>
        {
            foreach (var process in Children()) Signals.Send(process, signal);
            return load.IsCompleted;
        }, "its process is dead");
        var refused = await Assert.ThrowsAsync<ModelLoadException>(() => load);
        Assert.True( // where it died before it was ready, no more is known than that
            refused.Message.Contains(told, StringComparison.Ordinal) || refused.InnerException is ChildStartException, refused.Message);
    }

    /// <summary>What this process has started for that; one that is not ready yet dies of the same.</summary>
    private static IEnumerable<int> Children() => Directory.GetDirectories("/proc")
        .Select(folder => int.TryParse(Path.GetFileName(folder), out var process) ? process : 0).Where(process => process > 0 && IsChild(process));

    private static bool IsChild(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline").Contains(nameof(FirstLoad), StringComparison.Ordinal)
                && File.ReadAllText($"/proc/{process}/stat").Split(") ")[1].Split(' ')[1] == $"{Environment.ProcessId}";
        }
        catch (IOException)
        {
            return false;
        }
    }
}
