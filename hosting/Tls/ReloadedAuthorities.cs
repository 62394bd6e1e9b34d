using System.Security.Cryptography.X509Certificates;

namespace Platform.Hosting.Tls;

/// <summary>Root certificates of authorities that are trusted, and of no others, from a file.</summary>
internal sealed class ReloadedAuthorities : Reloaded
{
    public ReloadedAuthorities(string use, string path) : base(use, [path])
    {
        Path = path;
        Open();
    }

    public string Path { get; }

    public override DateTimeOffset? NotAfter => null;

    public X509Certificate2Collection Current { get; private set; } = [];

    protected override void Put(IReadOnlyList<PemFile> files) => Current = files[0].Certificates();
}
