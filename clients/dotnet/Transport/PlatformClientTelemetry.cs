using System.Diagnostics;

namespace Platform.Client.Transport;

/// <summary>Spans of calls, for <c>AddSource(PlatformClientTelemetry.SourceName)</c> of OpenTelemetry.</summary>
public static class PlatformClientTelemetry
{
    /// <summary>The name of the source.</summary>
    public const string SourceName = "Platform.Client";

    internal static ActivitySource Source { get; } = new(SourceName);

    internal static Activity? Start(string operation, string? model)
    {
        var activity = Source.StartActivity(operation, ActivityKind.Client);
        return model is null ? activity : activity?.SetTag("platform.model", model);
    }

    internal static void Fail(this Activity? activity, PlatformException error) =>
        activity?.SetStatus(ActivityStatusCode.Error, error.Code ?? error.Message).SetTag("error.type", error.Code ?? $"{error.Status}");
}
