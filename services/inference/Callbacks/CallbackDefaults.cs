namespace Platform.Inference.Callbacks;

/// <summary>What callbacks are made of.</summary>
internal static class CallbackDefaults
{
    public static void AddCallbacks(this IServiceCollection services)
    {
        services.AddSingleton<CallbackPolicy>();
        services.AddSingleton<CallbackSecret>();
        services.AddSingleton<CallbackClient>();
        services.AddSingleton<CallbackMetrics>();
        services.AddSingleton<CallbackQueue>();
        services.AddHostedService<CallbackSender>();
    }
}
