using Platform.Supervisor.Machine;
using Platform.TestKit;

namespace Platform.Supervisor.Tests.Keeping;

public sealed class ProcessesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_launched_program_has_its_own_number_environment_and_log()
    {
        using var process = Processes.Launch(
            ["bash", "-c", "echo $$ $GREETING"], _folder.File("log"), _folder.Path, [new("GREETING", "hello")]);
        await process.WaitForExitAsync();
        Assert.Equal($"{process.Id} hello\n", await File.ReadAllTextAsync(_folder.File("log")));
    }

    [Fact]
    public async Task A_process_runs_until_it_is_told_to_stop()
    {
        using var process = Processes.Launch(["sleep", "600"], _folder.File("log"), _folder.Path, []);
        Assert.True(Processes.IsRunning(process.Id));
        await Processes.TerminateAsync(process.Id);
        await process.WaitForExitAsync().PatientlyAsync();
        Assert.False(Processes.IsRunning(process.Id));
    }

    [Fact]
    public void A_pid_file_holds_the_number_until_it_is_removed()
    {
        var pids = new PidFiles(_folder.File("run"));
        Assert.Null(pids.Read("inference-1"));
        pids.Write("inference-1", 4711);
        Assert.Equal("4711\n", File.ReadAllText(_folder.File("run", "inference-1.pid")));
        Assert.Equal(4711, pids.Read("inference-1"));
        pids.Remove("inference-1");
        Assert.Null(pids.Read("inference-1"));
    }
}
