using Platform.Inference.Callbacks;

namespace Platform.Inference.Delivery;

/// <summary>What callbacks are made of.</summary>
internal static class CallbackDefaults
{
    public static void AddCallbacks(this IServiceCollection services)
    {
        services.AddSingleton<CallbackSecret>();
        services.AddSingleton<CallbackClient>();
        services.AddSingleton<CallbackMetrics>();
        services.AddSingleton<CallbackQueue>();
        services.AddSingleton<CalledJobs>();
        services.AddHostedService<CallbackSender>();
    }
}
