namespace Platform.Inference.Models;

internal static partial class ModelsLog
{
    [LoggerMessage(LogLevel.Warning, "{Model} {Version} does not run on a wanted provider: {Reason}")]
    public static partial void ProviderPassedOver(this ILogger logger, string model, string version, string reason);

    [LoggerMessage(LogLevel.Warning, "{Model} {Version} asks to hide '{Name}', which is neither a feature nor an input")]
    public static partial void RedactionUnmatched(this ILogger logger, string model, string version, string name);

    [LoggerMessage(LogLevel.Information, "{Model} {Version} loaded on {Provider} in {LoadMs} ms; rows of different requests run together: {CanShare}")]
    public static partial void Loaded(this ILogger logger, string model, string version, string provider, double loadMs, bool canShare);

    [LoggerMessage(LogLevel.Information, "{Model} {Version} runs in a process of its own: {Reason}")]
    public static partial void Isolated(this ILogger logger, string model, string version, string reason);

    [LoggerMessage(LogLevel.Error,
        "The process that runs {Model} {Version} {Reason}, with {Runs} runs in its hands; it is started again in {Pause} s. It said: {Said}")]
    public static partial void WorkerDied(this ILogger logger, string model, string version, string reason, int runs, double pause, string said);

    [LoggerMessage(LogLevel.Warning, "The process that runs {Model} {Version} is back after {AwayMs} ms")]
    public static partial void WorkerReturned(this ILogger logger, string model, string version, double awayMs);

    [LoggerMessage(LogLevel.Error, "{Model} {Version} could not be loaded: {Reason}")]
    public static partial void LoadFailed(this ILogger logger, string model, string version, string reason);

    [LoggerMessage(LogLevel.Error, "{Model} {Version} could not be loaded, by a fault of ours")]
    public static partial void LoadBroken(this ILogger logger, Exception exception, string model, string version);

    [LoggerMessage(LogLevel.Information, "{Model}: {Alias} is now version {Version}")]
    public static partial void Switched(this ILogger logger, string model, string alias, string version);

    [LoggerMessage(LogLevel.Information, "{Model} {Version} no longer serves")]
    public static partial void Retired(this ILogger logger, string model, string version);

    [LoggerMessage(LogLevel.Information, "{Model} {Version} was put out to make room and comes back when it is called")]
    public static partial void PutOut(this ILogger logger, string model, string version);

    [LoggerMessage(LogLevel.Information, "{Model} {Alias} was called and is not known here, and the registry could not be asked: {Reason}")]
    public static partial void NotAsked(this ILogger logger, string model, string alias, string reason);

    [LoggerMessage(LogLevel.Warning, "An event could not be published")]
    public static partial void PublishFailed(this ILogger logger, Exception exception);
}
