using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Gateway.Replicas;
using Platform.Gateway.Routing;
using Platform.Hosting.OpenApi;

namespace Platform.Gateway.Descriptions;

/// <summary>
/// The OpenAPI document of the whole platform, merged from those of the services behind the gateway. They are asked again when
/// the last answer is old; for a service that does not answer, the last that it said holds.
/// </summary>
internal sealed class ServiceDocuments(IHttpClientFactory clients, IServiceProvider services, TimeProvider time) : IDisposable
{
    /// <summary>The name of the client that asks the services.</summary>
    public const string Client = "descriptions";

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    private readonly SemaphoreSlim _reading = new(1);
    private readonly Dictionary<string, JsonObject> _known = [];
    private (string Text, long At)? _last;

    /// <summary>The document as JSON text.</summary>
    public async Task<string> ReadAsync(CancellationToken cancellationToken)
    {
        await _reading.WaitAsync(cancellationToken);
        try
        {
            if (_last is not { } last || time.GetElapsedTime(last.At) > Fresh) _last = (await MergeAsync(cancellationToken), time.GetTimestamp());
            return _last.Value.Text;
        }
        finally
        {
            _reading.Release();
        }
    }

    public void Dispose() => _reading.Dispose();

    private async Task<string> MergeAsync(CancellationToken cancellationToken)
    {
        var answers = await Task.WhenAll(PublicPaths.Services.Select(service => AskAsync(service, cancellationToken)));
        foreach (var (service, document) in PublicPaths.Services.Zip(answers))
            if (document is not null) _known[service] = document;
        var merged = new MergedDocument(await ApiDescription.ReadOwnAsync(services, cancellationToken));
        foreach (var service in PublicPaths.Services)
            if (_known.TryGetValue(service, out var document)) merged.Add(service, document);
        NameTheMissing(merged.Json);
        return merged.Json.ToJsonString();
    }

    /// <summary>What a service says of itself; null when it does not answer in time.</summary>
    private async Task<JsonObject?> AskAsync(string service, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using var http = clients.CreateClient(Client);
            var text = await http.GetStringAsync(new Uri(ReplicaHandler.AddressOf(service), ApiDescription.Path), patience.Token);
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException
            || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null; // it is named in the document
        }
    }

    private void NameTheMissing(JsonObject document)
    {
        var missing = PublicPaths.Services.Where(service => !_known.ContainsKey(service)).ToList();
        if (missing.Count > 0) document["info"]!["description"] = $"{document["info"]!["description"]} Not described, for it did not answer yet: {string.Join(", ", missing)}.";
    }
}
