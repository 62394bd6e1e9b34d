using Microsoft.Extensions.Options;
using Platform.Hosting.Work;

namespace Platform.Inference.Scoring;

/// <summary>What scoring is made of.</summary>
internal static class ScoringDefaults
{
    public static void AddScoring(this IServiceCollection services)
    {
        services.AddOptions<ScoringOptions>().BindConfiguration("Inference:Scoring").ValidateOnStart();
        services.AddSingleton<IValidateOptions<ScoringOptions>, ScoringOptionsValidator>();
        services.AddWork<ScoringRecord, ScoringStore, ScoringSweeper>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ScoringOptions>>().Value;
            return new("scoring-workers", options.Concurrency, options.MaxAttempts, options.WorkerTimeout, options.SweepInterval);
        });
        services.AddSingleton<UploadNotes>();
        services.AddSingleton<ScoringRoom>();
        services.AddSingleton<ScoringUploads>();
        services.AddSingleton<ScoringIntake>();
        services.AddSingleton<ScoringStart>();
        services.AddSingleton<ScoringRun>();
        services.AddSingleton<ScoringAttempt>();
    }
}
