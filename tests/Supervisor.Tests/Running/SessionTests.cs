using Microsoft.Extensions.Hosting;
using Platform.Supervisor.Commands;
using Platform.Supervisor.Machine;
using Platform.Supervisor.Running;
using Platform.Supervisor.Services;
using Platform.TestKit;

namespace Platform.Supervisor.Tests.Running;

public sealed class SessionTests : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_replica_that_ends_again_and_again_before_it_is_ready_ends_the_session()
    {
        var replica = new Replica("registry", "registry", FreePort(), _data.Path, "no-such.dll", _data.File("registry.log"), new Dictionary<string, string>());
        var pids = new PidFiles(_data.File("run"));
        using var service = new ServiceProcess(replica, pids);
        using var http = new HttpClient();
        var lifetime = new Lifetime();
        Assert.Null(CommandLine.Read(["--data", _data.Path], out var command));
        using var session = new Session(
            command, new Fleet([], [service], TimeProvider.System), [replica], new Readiness(http, TimeProvider.System), samples: null!, pids,
            new MetricsTargets(_data.File("metrics.json"), [replica]), lifetime);
        try
        {
            await session.StartAsync(CancellationToken.None);
            await lifetime.Stopping.PatientlyAsync();
            Assert.Equal(UpCommand.CannotRun, Environment.ExitCode);
        }
        finally
        {
            await session.StopAsync(CancellationToken.None);
            Environment.ExitCode = 0;
        }
    }

    private static int FreePort() => new FreePorts().Take(1);

    private sealed class Lifetime : IHostApplicationLifetime
    {
        private readonly TaskCompletionSource _stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Stopping => _stopping.Task;

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => default;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => _stopping.TrySetResult();
    }
}
