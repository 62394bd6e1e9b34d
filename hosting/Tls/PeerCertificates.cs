using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Platform.Hosting.Tls;

/// <summary>
/// Decides whether the other side of a connection is whom it should be, and says why where it is not. Revocation is not asked for: whoever
/// issues certificates for a platform of one's own gives short ones.
/// </summary>
/// <param name="peer">Whom: "RabbitMQ", "a service".</param>
/// <param name="purpose">The extended key usage that its certificate must allow (RFC 5280 §4.2.1.12).</param>
/// <param name="authorities">Who must have issued it; null for whom the system trusts.</param>
/// <param name="own">This process's own certificate, which is accepted under any name; null for none.</param>
/// <param name="logger">Hears of refusals, each once until another comes.</param>
internal sealed class PeerCertificates(string peer, string purpose, ReloadedAuthorities? authorities, ReloadedIdentity? own, ILogger logger)
{
    public const string ServerPurpose = "1.3.6.1.5.5.7.3.1";
    public const string ClientPurpose = "1.3.6.1.5.5.7.3.2";

    private volatile string? _refusal;

    /// <summary>Why the last peer was refused, in a sentence; null when it was not.</summary>
    public string? Refusal => _refusal;

    /// <summary>A <see cref="RemoteCertificateValidationCallback"/>.</summary>
    public bool Accept(object sender, X509Certificate? certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        var refusal = certificate is X509Certificate2 shown
            ? WhyNot(shown, chain, errors, (sender as SslStream)?.TargetHostName)
            : $"{peer} is refused: it shows no certificate.";
        if (refusal is not null && refusal != _refusal) TlsLog.PeerRefused(logger, refusal);
        _refusal = refusal;
        return refusal is null;
    }

    private string? WhyNot(X509Certificate2 shown, X509Chain? chain, SslPolicyErrors errors, string? name)
    {
        if (own?.IsOwn(shown) is true) return null;
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return $"{peer} is refused: the certificate that '{name}' shows is for {NamesOf(shown)}.";
        if (authorities is null)
            return errors == SslPolicyErrors.None ? null : $"{peer} is refused: the certificate of {NamesOf(shown)} is not trusted by the system: {Problems(chain)}.";
        using var built = Build(authorities.Current, chain);
        return built.Build(shown) ? null : $"{peer} is refused: the certificate of {NamesOf(shown)} is none that '{authorities.Path}' vouches for: {Problems(built)}.";
    }

    private X509Chain Build(X509Certificate2Collection roots, X509Chain? shown)
    {
        var chain = new X509Chain
        {
            ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck, DisableCertificateDownloads = true },
        };
        chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(purpose));
        if (shown is not null) chain.ChainPolicy.ExtraStore.AddRange(shown.ChainPolicy.ExtraStore);
        return chain;
    }

    private static string Problems(X509Chain? chain) => chain is { ChainStatus: { Length: > 0 } problems }
        ? string.Join(", ", problems.Select(problem => problem.Status).Distinct())
        : nameof(X509ChainStatusFlags.UntrustedRoot);

    private static string NamesOf(X509Certificate2 certificate)
    {
        var names = certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>()
            .SelectMany(extension => extension.EnumerateDnsNames().Concat(extension.EnumerateIPAddresses().Select(address => $"{address}"))).ToList();
        return names.Count > 0 ? string.Join(", ", names.Take(5).Select(name => $"'{name}'")) : $"'{certificate.Subject}'";
    }
}
