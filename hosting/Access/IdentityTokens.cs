using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>
/// Callers who bring a token of the identity provider (OpenID Connect; RFC 7519). A token that was verified is remembered for a while, for
/// verifying costs as much as many a prediction.
/// </summary>
internal sealed class IdentityTokens(IOptions<AccessOptions> options, IOptionsMonitor<JwtBearerOptions> bearer, TimeProvider time)
{
    private const int Remembered = 10_000;
    private const int LongestName = 128;

    // Until then a key that the provider has withdrawn goes on to be believed.
    private static readonly TimeSpan RememberFor = TimeSpan.FromMinutes(5);

    // A timer takes no longer; a token that lives for longer is verified again long before.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(40);

    private readonly ConcurrentDictionary<string, Verified> _verified = new();

    private OidcOptions Provider => options.Value.Oidc;

    /// <summary>Whether it looks like one: three parts (RFC 7515 §3.1), the first of which is JSON.</summary>
    public static bool IsToken(ReadOnlySpan<char> secret) => secret.StartsWith("ey", StringComparison.Ordinal) && secret.Count('.') == 2;

    public ValueTask<Result<Caller>> FindAsync(HttpContext context, string token)
    {
        if (Provider.Authority is null) return new(AccessErrors.NotAccepted);
        var digest = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        return _verified.TryGetValue(digest, out var known) && known.Until > time.GetUtcNow()
            ? new(known.Caller)
            : VerifyAsync(token, digest, context.RequestAborted);
    }

    private async ValueTask<Result<Caller>> VerifyAsync(string token, string digest, CancellationToken cancellationToken)
    {
        var settings = bearer.Get(JwtBearerDefaults.AuthenticationScheme);
        var rules = settings.TokenValidationParameters.Clone();
        rules.ConfigurationManager = (BaseConfigurationManager)settings.ConfigurationManager!;
        if (!await IsProviderKnownAsync(settings, cancellationToken)) return AccessErrors.ProviderUnavailable;
        var result = await settings.TokenHandlers[0].ValidateTokenAsync(token, rules);
        if (!result.IsValid) return AccessErrors.NotAccepted;
        var caller = CallerOf(result, out var expiresAt);
        Remember(digest, new Verified(caller, Earlier(expiresAt, time.GetUtcNow() + RememberFor)));
        return caller;
    }

    private static async Task<bool> IsProviderKnownAsync(JwtBearerOptions settings, CancellationToken cancellationToken)
    {
        try
        {
            await settings.ConfigurationManager!.GetConfigurationAsync(cancellationToken);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // it has never answered; once it has, the last answer holds
        }
    }

    private Caller CallerOf(TokenValidationResult token, out DateTimeOffset expiresAt)
    {
        expiresAt = new DateTimeOffset(DateTime.SpecifyKind(token.SecurityToken.ValidTo, DateTimeKind.Utc));
        var left = expiresAt - time.GetUtcNow();
        var ended = left > TimeSpan.Zero ? new CancellationTokenSource(left < LongestTimer ? left : LongestTimer, time).Token : new CancellationToken(canceled: true);
        var subject = Texts(token, "sub").FirstOrDefault() ?? "";
        var name = Texts(token, Provider.NameClaim).FirstOrDefault() ?? subject;
        var grants = Texts(token, Provider.RoleClaim).SelectMany(roles => roles.Split(' '))
            .SelectMany(role => Provider.Roles.GetValueOrDefault(role) ?? []).Select(grant => grant.ToGrant());
        return Caller.Holder($"{token.Issuer} {subject}", name.Length > LongestName ? name[..LongestName] : name, grants, ended);
    }

    private static IEnumerable<string> Texts(TokenValidationResult token, string claim) =>
        token.ClaimsIdentity.FindAll(claim).Select(found => found.Value);

    private void Remember(string digest, Verified verified)
    {
        if (_verified.Count >= Remembered) _verified.Clear();
        _verified[digest] = verified;
    }

    private static DateTimeOffset Earlier(DateTimeOffset one, DateTimeOffset other) => one < other ? one : other;

    private sealed record Verified(Caller Caller, DateTimeOffset Until);
}
