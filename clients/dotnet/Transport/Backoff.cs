using System.Net;

namespace Platform.Client.Transport;

/// <summary>What may come after a failure, and when.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>Whether the platform may answer the same request later.</summary>
    public static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;

    /// <summary>
    /// Between nothing and a bound that doubles, so that many clients do not come back at once; never before the platform asks for it.
    /// </summary>
    public static TimeSpan After(int failures, TimeSpan? asked = null)
    {
        var bound = Math.Min(Longest.TotalSeconds, First.TotalSeconds * Math.Pow(2, Math.Min(failures, 10)));
        return TimeSpan.FromSeconds(Random.Shared.NextDouble() * bound) + (asked ?? TimeSpan.Zero);
    }
}
