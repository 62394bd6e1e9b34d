namespace Platform.Registry.Rollouts;

internal static partial class RolloutsLog
{
    [LoggerMessage(LogLevel.Information, "Promotion {Id} of {Model} is {State}, step {Step}: {Reason}")]
    public static partial void Stepped(this ILogger logger, string id, string model, string state, int step, string reason);

    [LoggerMessage(LogLevel.Warning, "Promotion {Id} of {Model} could not be taken further: {Reason}")]
    public static partial void NotStepped(this ILogger logger, string id, string model, string reason);

    [LoggerMessage(LogLevel.Error, "Promotion {Id} of {Model} could not be taken further, by a fault of ours")]
    public static partial void StepBroken(this ILogger logger, Exception exception, string id, string model);

    [LoggerMessage(LogLevel.Warning, "Promotions cannot be looked at while the documents cannot be read")]
    public static partial void StoreAway(this ILogger logger, Exception exception);
}
