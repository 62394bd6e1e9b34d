namespace Platform.Supervisor.Services;

/// <summary>What a replica of a service is started with.</summary>
/// <param name="Service">The service.</param>
/// <param name="Name">Its own name, such as <c>inference-1</c>.</param>
/// <param name="Port">Where it listens on 127.0.0.1.</param>
/// <param name="Folder">Where it works and keeps its files.</param>
/// <param name="Program">What <c>dotnet</c> runs.</param>
/// <param name="Log">Where its output goes.</param>
/// <param name="Environment">Its configuration.</param>
internal sealed record Replica(
    string Service, string Name, int Port, string Folder, string Program, string Log, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>What is spoken at its port.</summary>
    public string Scheme { get; init; } = Uri.UriSchemeHttp;

    public Uri Address => new($"{Scheme}://127.0.0.1:{Port}");

    /// <summary>Where /health and /metrics are, if not at its address.</summary>
    public Uri? Management { get; init; }
}
