using Microsoft.Extensions.Hosting;
using Platform.Supervisor.Commands;
using Platform.Supervisor.Keeping;
using Platform.Supervisor.Running;
using Platform.Supervisor.Services;
using Platform.TestKit;

namespace Platform.Supervisor.Tests.Running;

public sealed class SessionTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_replica_that_never_gets_ready_ends_the_session_while_the_others_are_kept()
    {
        var replica = new Replica("registry", "registry", FreePort(), _data.Path, "no-such.dll", _data.File("registry.log"), new Dictionary<string, string>());
        var pids = new PidFiles(_data.File("run"));
        using var service = new ServiceProcess(replica, pids);
        using var http = new HttpClient();
        var lifetime = new Lifetime();
        using var session = new Session(
            new Fleet([], [service], TimeProvider.System), [replica], new Readiness(http, new MinutesPass()), samples: null!, pids,
            new MetricsTargets(_data.File("metrics.json"), [replica]), lifetime);
        try
        {
            await session.StartAsync(CancellationToken.None);
            await lifetime.Stopping.WaitAsync(Patience);
            Assert.Equal(UpCommand.CannotRun, Environment.ExitCode);
        }
        finally
        {
            await session.StopAsync(CancellationToken.None);
            Environment.ExitCode = 0;
        }
    }

    private static int FreePort() => new FreePorts().Take(1);

    /// <summary>Whoever looks at the clock finds a minute gone.</summary>
    private sealed class MinutesPass : TimeProvider
    {
        private long _timestamp;

        public override long GetTimestamp() => Interlocked.Add(ref _timestamp, TimestampFrequency * 60);
    }

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
