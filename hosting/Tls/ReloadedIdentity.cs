namespace Platform.Hosting.Tls;

/// <summary>A certificate with its key, from two files.</summary>
internal sealed class ReloadedIdentity : Reloaded
{
    private readonly TimeProvider _time;
    private volatile Identity _current = null!;
    private volatile Identity? _previous;

    public ReloadedIdentity(string use, string certificate, string key, TimeProvider time) : base(use, [certificate, key])
    {
        _time = time;
        Open();
    }

    /// <summary>What is shown to whoever connects from now on.</summary>
    public Identity Current => _current;

    public override DateTimeOffset? NotAfter => _current.NotAfter;

    /// <summary>
    /// Whether the other side shows what this process shows itself, or did until a moment ago: who has its key is this process, or one
    /// that was given the same.
    /// </summary>
    public bool IsOwn(System.Security.Cryptography.X509Certificates.X509Certificate2 other) => _current.Is(other) || _previous?.Is(other) is true;

    protected override void Put(IReadOnlyList<PemFile> files)
    {
        var next = Identity.Read(files, _time.GetUtcNow());
        (_previous, _current) = (_current, next);
    }
}
