using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.Supervisor.Running;
using Platform.Supervisor.Services;
using Platform.TestKit;

namespace Platform.Supervisor.Tests.Running;

public sealed class ReadinessTests
{
    [Fact]
    public async Task A_replica_that_lives_is_waited_for_however_long_it_takes()
    {
        var asked = 0;
        await using var slow = await TestHost.StartAsync(_ => { }, app => app.MapGet("/health/ready", () => ++asked > 20
            ? Results.Ok()
            : Results.Json(new { ready = false, waitingFor = new { documents = "PostgreSQL" } }, statusCode: 503)));
        using var http = new HttpClient();
        var replica = new Replica("monitor", "monitor-1", slow.Address.Port, "", "", "", new Dictionary<string, string>());

        await new Readiness(http, new MinutesPass()).WaitAsync([replica], _ => 1, CancellationToken.None).PatientlyAsync();

        Assert.Equal(21, asked);
    }

    /// <summary>Whoever looks at the clock finds a minute gone.</summary>
    private sealed class MinutesPass : TimeProvider
    {
        private long _timestamp;

        public override long GetTimestamp() => Interlocked.Add(ref _timestamp, TimestampFrequency * 60);
    }
}
