using Platform.Hosting.Tls;

namespace Platform.SampleDriver.Client;

internal static class PlatformClientDefaults
{
    public static void AddPlatformClient(this IServiceCollection services, Uri address) => services
        .AddHttpClient<PlatformClient>(http => http.BaseAddress = address)
        .CallPlatform()
        // A prediction every few hundred milliseconds is not worth a line each in the log.
        .RemoveAllLoggers();
}
