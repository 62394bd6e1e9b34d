using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Platform.Hosting.PredictionLog;

/// <summary>Registration of the prediction log.</summary>
public static class PredictionLogDefaults
{
    /// <summary>Adds the process's one prediction log, for writing and reading; any number of services may ask for it.</summary>
    public static IServiceCollection AddPredictionLog(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(FasterPredictionLog))) return services;
        StorageOptions.Register(services);
        services.AddOptions<PredictionLogOptions>().BindConfiguration("PredictionLog").ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<PredictionLogMetrics>();
        services.AddSingleton<FasterPredictionLog>();
        services.AddSingleton<IPredictionLogWriter>(provider => provider.GetRequiredService<FasterPredictionLog>());
        services.AddSingleton<IPredictionLogReader>(provider => provider.GetRequiredService<FasterPredictionLog>());
        services.AddHostedService<PredictionLogCommitter>();
        return services;
    }
}
