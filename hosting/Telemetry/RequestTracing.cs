using System.Diagnostics;
using OpenTelemetry.Trace;

namespace Platform.Hosting.Telemetry;

/// <summary>
/// The spans of requests, in and out, by OpenTelemetry's conventions for HTTP. Those that orchestrators and Prometheus make, and the
/// gateway's own probes, are left out: they are many, alike, and nobody's work.
/// </summary>
internal static class RequestTracing
{
    private const string Health = "/health";
    private const string Metrics = "/metrics";

    public static TracerProviderBuilder AddRequestTracing(this TracerProviderBuilder traces) => traces
        .AddAspNetCoreInstrumentation(options => options.Filter = context => IsTraced(context.Request.Path))
        .AddHttpClientInstrumentation(options =>
        {
            options.FilterHttpRequestMessage = request => request.RequestUri is not { } address || IsTraced(address.AbsolutePath);
            options.EnrichWithHttpRequestMessage = SecretAddresses.Shorten;
        });

    /// <summary>A request that brings a trace keeps its id in our records and messages even where nothing is exported.</summary>
    public static IDisposable FollowCallersTraces()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Microsoft.AspNetCore",
            Sample = (ref ActivityCreationOptions<ActivityContext> options) =>
                options.Parent.TraceId == default ? ActivitySamplingResult.None : ActivitySamplingResult.PropagationData,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static bool IsTraced(PathString path) => !path.StartsWithSegments(Health) && !path.StartsWithSegments(Metrics);
}
