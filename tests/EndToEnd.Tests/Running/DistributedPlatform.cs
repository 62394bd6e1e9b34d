using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Running;

/// <summary>What <c>./dev up</c> runs: five services on RabbitMQ, PostgreSQL and Kafka, behind the gateway.</summary>
public sealed class DistributedPlatform : RunningPlatform
{
    private UpProcess? _up;

    /// <summary>Where the replicas' <c>/metrics</c> are, as Prometheus reads it.</summary>
    public string MetricsTargets => _up!.MetricsTargets;

    protected override async Task<Uri> StartAsync()
    {
        _up = await UpProcess.StartAsync(["--empty"], Settings.Quick);
        return _up.Address;
    }

    protected override async Task StopAsync()
    {
        if (_up is not null) await _up.DisposeAsync();
    }
}
