namespace Platform.Hosting.Defaults;

internal static class LoggingDefaults
{
    // A scope and an activity for every request, whether or not anything is logged or traced: a kilobyte and a microsecond each.
    private const string RequestScopes = "Microsoft.AspNetCore.Hosting.Diagnostics";

    // Whoever asks for readiness gets the answer; a "not yet" is no error to log.
    private const string HealthChecks = "Microsoft.Extensions.Diagnostics.HealthChecks";

    // A line or two for every request served or sent: several kilobytes and microseconds each, and telemetry tells the same.
    private static readonly string[] Chatty = ["Microsoft.AspNetCore", "System.Net.Http.HttpClient"];

    /// <summary>
    /// One JSON object a line, with scopes, so that logs can be searched by trace id. <c>Logging:Console:FormatterName</c>
    /// ("simple") and <c>Logging:LogLevel</c> change it as in every .NET program.
    /// </summary>
    public static void AddPlatformLogging(this WebApplicationBuilder builder)
    {
        builder.Logging.Configure(options => options.ActivityTrackingOptions =
            ActivityTrackingOptions.TraceId | ActivityTrackingOptions.SpanId);
        if (builder.Configuration[$"Logging:LogLevel:{RequestScopes}"] is null) builder.Logging.AddFilter(RequestScopes, LogLevel.None);
        if (builder.Configuration[$"Logging:LogLevel:{HealthChecks}"] is null) builder.Logging.AddFilter(HealthChecks, LogLevel.None);
        foreach (var category in Chatty.Where(category => builder.Configuration[$"Logging:LogLevel:{category}"] is null))
            builder.Logging.AddFilter(category, LogLevel.Warning);
        if (builder.Configuration["Logging:Console:FormatterName"] is not null) return;
        builder.Logging.AddJsonConsole(options =>
        {
            options.IncludeScopes = true;
            options.UseUtcTimestamp = true;
            options.TimestampFormat = "yyyy-MM-ddTHH:mm:ss.fffZ";
        });
    }
}
