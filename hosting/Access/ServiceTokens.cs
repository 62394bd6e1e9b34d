using System.Collections.Concurrent;
using System.Globalization;
using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>
/// How the platform's services prove to each other who they are: <c>svc_NAME.EXPIRY.MAC</c>, with an HMAC-SHA256 (RFC 2104) of what stands
/// before it, by the secret that all processes of an installation share. The secret itself never travels, and a token is of use for minutes.
/// </summary>
internal sealed class ServiceTokens(ServiceSecrets secrets, ServiceName self, TimeProvider time)
{
    private const string Prefix = "svc_";

    // Clocks differ by seconds. Of two installations with one secret no more can be expected.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(1);
    private const int MostNames = 100;

    private readonly ConcurrentDictionary<string, Caller> _callers = new();
    private Issued? _issued;

    public static bool IsToken(ReadOnlySpan<char> secret) => secret.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>This process's token; null where there is no secret, because nobody is asked.</summary>
    public string? Issue()
    {
        if (!secrets.IsGiven) return null;
        var now = time.GetUtcNow();
        if (_issued is { } issued && issued.RenewAt > now) return issued.Token;
        var claim = string.Create(CultureInfo.InvariantCulture, $"{Prefix}{self.Value}.{(now + Lifetime).ToUnixTimeSeconds()}");
        _issued = new Issued($"{claim}.{secrets.Seal(claim)}", now + Lifetime / 2);
        return _issued.Token;
    }

    /// <summary>The service that a token names, if it was made with the secret and has not expired.</summary>
    public Result<Caller> Find(ReadOnlySpan<char> token)
    {
        var end = token.LastIndexOf('.');
        if (end < 0) return AccessErrors.NotAccepted;
        var claim = token[..end];
        var dot = claim.IndexOf('.');
        if (dot < 0 || !long.TryParse(claim[(dot + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var expiry) || !IsCurrent(expiry))
            return AccessErrors.NotAccepted;
        return secrets.IsSealed(claim.ToString(), token[(end + 1)..]) ? CallerOf(claim[Prefix.Length..dot].ToString()) : AccessErrors.NotAccepted;
    }

    private bool IsCurrent(long expiry)
    {
        var left = expiry - time.GetUtcNow().ToUnixTimeSeconds();
        return left > -Skew.TotalSeconds && left <= (Lifetime + Skew).TotalSeconds;
    }

    // Whoever has the secret decides about the names, so that there are few; a bound costs nothing.
    private Caller CallerOf(string name)
    {
        if (_callers.Count > MostNames) _callers.Clear();
        return _callers.GetOrAdd(name, Caller.Service);
    }

    private sealed record Issued(string Token, DateTimeOffset RenewAt);
}

/// <summary>What this process is called among the platform's.</summary>
internal sealed record ServiceName(string Value);
