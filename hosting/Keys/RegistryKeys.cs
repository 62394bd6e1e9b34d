using System.Net.Http.Json;
using System.Text.Json;
using Platform.Contracts.Registry;

namespace Platform.Hosting.Keys;

/// <summary>The keys of a registry in another process.</summary>
internal sealed class RegistryKeys(HttpClient http) : IKeySource
{
    public async Task<KeySnapshot> ReadAsync(CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync<KeySnapshot>("v1/keys/snapshot", PlatformJson.Tolerant, cancellationToken)
        ?? throw new JsonException("The registry answered null.");

    public async Task TellAsync(IReadOnlyList<KeyUse> uses, CancellationToken cancellationToken)
    {
        using var answer = await http.PostAsJsonAsync("v1/keys/uses", uses, PlatformJson.Tolerant, cancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
