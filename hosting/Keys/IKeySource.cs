using Platform.Contracts.Registry;

namespace Platform.Hosting.Keys;

/// <summary>Where keys come from: the registry, asked over HTTP or, in its own process, directly.</summary>
public interface IKeySource
{
    /// <summary>Every key that counts now.</summary>
    Task<KeySnapshot> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Tells when keys were used last.</summary>
    Task TellAsync(IReadOnlyList<KeyUse> uses, CancellationToken cancellationToken);
}
