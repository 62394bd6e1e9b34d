namespace Platform.Hosting.PredictionLog.Index;

/// <summary>Registration of the index of predictions.</summary>
public static class PredictionIndexDefaults
{
    /// <summary>
    /// Adds the index of the last predictions, and the look-up by id; a process has one, however many of its services ask for it.
    /// </summary>
    /// <param name="services">The process's services; they have a reader of the prediction log and the service's documents.</param>
    /// <param name="service">The service that asks.</param>
    /// <param name="consumer">The name of the index as a reader of the log.</param>
    /// <param name="section">Where its <see cref="PredictionIndexOptions"/> stand.</param>
    public static IServiceCollection AddPredictionIndex(this IServiceCollection services, string service, string consumer, string section)
    {
        services.AddOptions<PredictionIndexOptions>().BindConfiguration(section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new IndexReader(service, consumer));
        if (services.Any(known => known.ServiceType == typeof(PredictionIndex))) return services;
        services.AddSingleton<PredictionIndex>();
        services.AddSingleton<PredictionLookup>();
        services.AddHostedService<PredictionIndexer>();
        return services;
    }
}
