namespace Platform.Cli.Loading;

/// <summary>Where requests go, always the same one.</summary>
internal interface ILoadTarget : IDisposable
{
    /// <summary>Sends the request, and reads the answer to its end; null when it is one, otherwise how it failed, in a word.</summary>
    Task<string?> SendAsync(CancellationToken cancellationToken);

    /// <summary>Sends it once, and says what is wrong with it.</summary>
    /// <exception cref="Client.Transport.PlatformException">It was refused, or there was no answer.</exception>
    Task TryAsync(CancellationToken cancellationToken);
}
