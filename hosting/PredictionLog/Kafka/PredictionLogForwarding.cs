using Platform.Hosting.Defaults;
using Platform.Hosting.PredictionLog.Kafka;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>Runs the forwarder in a process that writes the log, where there is a Kafka to forward to.</summary>
internal sealed class PredictionLogForwarding(IServiceProvider provider) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        if (LocalLogUse.IsSpool(provider) && LocalLogUse.Has(provider))
            await provider.GetRequiredService<KafkaForwarder>().RunAsync(stoppingToken);
    }
}
