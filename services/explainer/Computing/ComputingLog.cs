namespace Platform.Explainer.Computing;

internal static partial class ComputingLog
{
    [LoggerMessage(LogLevel.Information,
        "Explanation {Id} of {Model} version {Version} by {Method}: {Evaluations} evaluations in {Milliseconds} ms")]
    public static partial void Computed(
        ILogger logger, string id, string model, string version, string method, long evaluations, double milliseconds);

    [LoggerMessage(LogLevel.Information, "Explanation {Id} of {Model} version {Version} was refused: {Code}")]
    public static partial void Refused(ILogger logger, string id, string model, string version, string code);
}
