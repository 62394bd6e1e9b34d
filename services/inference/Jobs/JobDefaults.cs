using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.Hosting.Work;
using Platform.Inference.Callbacks;

namespace Platform.Inference.Jobs;

/// <summary>What jobs are made of.</summary>
internal static class JobDefaults
{
    public static void AddJobs(this IServiceCollection services)
    {
        services.AddOptions<JobOptions>().BindConfiguration("Inference:Jobs").ValidateOnStart();
        services.AddSingleton<IValidateOptions<JobOptions>, JobOptionsValidator>();
        services.AddPlatformDocuments(InferenceService.Name);
        services.AddSingleton(provider => Options.Create(provider.GetRequiredService<IOptions<JobOptions>>().Value.Callbacks));
        services.AddSingleton<CallbackPolicy>();
        services.AddIntake();
        services.AddWorkers();
    }

    private static void AddIntake(this IServiceCollection services)
    {
        services.AddSingleton<JobLoad>();
        services.AddSingleton<JobMetrics>();
        JobMetrics.AddSeries(services);
        services.AddSingleton<JobQueue>();
        services.AddSingleton<JobBodyReader>();
        services.AddSingleton<JobCheck>();
        services.AddSingleton<JobIntake>();
        services.AddSingleton<JobCancellation>();
        services.AddSingleton<CommandReader>();
    }

    private static void AddWorkers(this IServiceCollection services)
    {
        services.AddWork<JobRecord, JobStore, JobSweeper>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<JobOptions>>().Value;
            return new("job-workers", options.Concurrency, options.MaxAttempts, options.WorkerTimeout, options.SweepInterval);
        });
        services.AddSingleton<JobStart>();
        services.AddSingleton<JobRunner>();
        services.AddSingleton<JobPatience>();
        services.AddSingleton<JobAttempt>();
        services.AddSingleton<JobProcessor>();
    }
}
