using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.Hosting.Management;
using Platform.Hosting.OpenApi;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Files;
using Platform.Hosting.PredictionLog.Kafka;
using Platform.Hosting.Scrubbing;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Defaults;

/// <summary>
/// Registration of the prediction log. Without Kafka it is one local log, written and read in the same process. With Kafka, what
/// is written goes to a local log first and is forwarded, and what is read comes from Kafka.
/// </summary>
public static class PredictionLogDefaults
{
    /// <summary>Adds the writing side; harmless when repeated.</summary>
    public static IServiceCollection AddPredictionLogWriter(this IServiceCollection services)
    {
        services.AddPredictionLogParts();
        services.TryAddSingleton<WritesLog>();
        services.TryAddSingleton<IPredictionLogWriter>(provider => provider.GetRequiredService<FasterPredictionLog>());
        return services;
    }

    /// <summary>Adds the reading side; harmless when repeated.</summary>
    public static IServiceCollection AddPredictionLogReader(this IServiceCollection services)
    {
        services.AddPredictionLogParts();
        services.TryAddSingleton<KafkaPredictionLogReader>();
        services.TryAddSingleton<IPredictionLogReader>(provider => LocalLogUse.IsSpool(provider)
            ? provider.GetRequiredService<KafkaPredictionLogReader>()
            : provider.GetRequiredService<FasterPredictionLog>());
        return services;
    }

    private static void AddPredictionLogParts(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(FasterPredictionLog))) return;
        StorageOptions.Register(services);
        services.AddOptions<PredictionLogOptions>().BindConfiguration("PredictionLog").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.TryAddSingleton<DurableFiles>();
        services.AddSingleton(provider => RecordLimits.Of(provider.GetRequiredService<IOptions<PredictionLogOptions>>().Value));
        services.AddSingleton<PredictionLogMetrics>();
        services.AddSingleton<KafkaMetrics>();
        services.AddSingleton<KafkaTrust>();
        services.AddSingleton<FasterPredictionLog>();
        services.AddSingleton<KafkaForwarder>();
        services.AddDegradationCheck("prediction log broker", provider => provider.GetRequiredService<KafkaTrust>().Refusal);
        services.AddDegradationCheck("prediction log forwarding", provider => provider.GetRequiredService<KafkaForwarder>().Degradation);
        services.AddDegradationCheck("prediction log records", Damage);
        services.AddScrubbing("prediction log", provider => LocalLogUse.Has(provider) ? provider.GetRequiredService<FasterPredictionLog>() : null);
        services.AddHostedService<PredictionLogCommitter>();
        services.AddHostedService<PredictionLogForwarding>();
        services.AddReadinessCheck("prediction log", WaitingFor);
    }

    private static string? Damage(IServiceProvider provider) =>
        LocalLogUse.Has(provider) ? provider.GetRequiredService<FasterPredictionLog>().Degradation : null;

    private static string? WaitingFor(IServiceProvider provider) =>
        LocalLogUse.Has(provider) && provider.GetRequiredService<FasterPredictionLog>().Failure is { } failure
            ? $"the disk, which refuses records: {failure.Message}"
            : null;
}
