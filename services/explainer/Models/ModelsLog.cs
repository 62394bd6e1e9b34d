namespace Platform.Explainer.Models;

internal static partial class ModelsLog
{
    [LoggerMessage(LogLevel.Error,
        "The process that runs {Model} {Version} {Reason}, with {Runs} runs in its hands; it is started again in {Pause} s. It said: {Said}")]
    public static partial void WorkerDied(ILogger logger, string model, string version, string reason, int runs, double pause, string said);

    [LoggerMessage(LogLevel.Warning, "The process that runs {Model} {Version} is back after {AwayMs} ms")]
    public static partial void WorkerReturned(ILogger logger, string model, string version, double awayMs);
}
