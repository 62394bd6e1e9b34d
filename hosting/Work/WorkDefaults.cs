namespace Platform.Hosting.Work;

/// <summary>Registration of one kind of work.</summary>
public static class WorkDefaults
{
    /// <summary>
    /// Adds what work of that kind is done with: its store, of type <typeparamref name="TStore"/>, leases, places, and the sweeper, of type
    /// <typeparamref name="TSweeper"/>. Which work is taken when is the service's own business.
    /// </summary>
    public static void AddWork<T, TStore, TSweeper>(this IServiceCollection services, Func<IServiceProvider, WorkSettings<T>> settings)
        where T : WorkRecord where TStore : WorkStore<T> where TSweeper : WorkSweeper<T>
    {
        services.AddSingleton(settings);
        services.AddSingleton<TStore>();
        services.AddSingleton<WorkStore<T>>(provider => provider.GetRequiredService<TStore>());
        services.AddSingleton<RunningWork<T>>();
        services.AddSingleton<WorkProcesses<T>>();
        services.AddSingleton<WorkRoom<T>>();
        services.AddSingleton<WorkClaims<T>>();
        services.AddSingleton<WorkRuns<T>>();
        services.AddSingleton<WorkCancellation<T>>();
        services.AddSingleton<WorkParts<T>>();
        services.AddHostedService<WorkHeartbeat<T>>();
        services.AddHostedService<TSweeper>();
    }

    /// <summary>Completes once the host has started, when the bus takes messages and every service of the process answers; or when it stops.</summary>
    public static async Task StartedAsync(this IHostApplicationLifetime lifetime, CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var starting = lifetime.ApplicationStarted.Register(() => started.TrySetResult());
        await using var stopping = stoppingToken.Register(() => started.TrySetResult());
        await started.Task;
    }
}
