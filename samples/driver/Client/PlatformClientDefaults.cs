using Platform.Hosting.Tls;

namespace Platform.SampleDriver.Client;

internal static class PlatformClientDefaults
{
    /// <summary>The client of the platform at an address.</summary>
    /// <param name="services">The services.</param>
    /// <param name="address">The address.</param>
    /// <param name="keys">Where its key is; null where nobody is asked for one.</param>
    public static void AddPlatformClient(this IServiceCollection services, Uri address, SampleKeyFiles? keys)
    {
        // A prediction every few hundred milliseconds is not worth a line each in the log.
        var client = services.AddHttpClient<PlatformClient>(http => http.BaseAddress = address).CallPlatform().RemoveAllLoggers();
        if (keys is not null) client.AddHttpMessageHandler(() => new SampleKey(keys));
    }
}
