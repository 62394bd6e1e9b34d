using Platform.TestKit.Observability;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Running;

/// <summary>What <c>./dev up</c> runs: five services on RabbitMQ, PostgreSQL and Kafka, behind the gateway.</summary>
public sealed class DistributedPlatform : RunningPlatform
{
    private Collector? _collector;
    private UpProcess? _up;

    /// <summary>Takes the spans that the services send.</summary>
    public Collector Collector => _collector!;

    /// <summary>Where the replicas' <c>/metrics</c> are, as Prometheus reads it.</summary>
    public string MetricsTargets => _up!.MetricsTargets;

    public override string? Key => _up!.BootstrapKey;

    /// <summary>The gateway's address first, then those of the services, which anybody could ask who gets there.</summary>
    public IReadOnlyList<Uri> Addresses => [_up!.Address, .. _up.Replicas.Where(replica => replica != _up.Address)];

    public override string Data => _up!.Data;

    protected override async Task<Uri> StartAsync()
    {
        _collector = await Collector.StartAsync();
        _up = await UpProcess.StartAsync(["--empty"], Settings.Quick.Concat(Settings.Traced(_collector.Port)).ToDictionary());
        return _up.Address;
    }

    protected override async Task StopAsync()
    {
        if (_up is not null) await _up.DisposeAsync();
        if (_collector is not null) await _collector.DisposeAsync();
    }
}
