using System.Net;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Platform.Client.Transport;

namespace Platform.Client.Explanations;

/// <summary>
/// What versions as a whole go by: importances, and curves. What takes long is computed in the background; it is asked for again, no sooner than the
/// platform says, until it is there or the query's deadline is over.
/// </summary>
public sealed class WholeVersionsClient
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpTransport _transport;

    internal WholeVersionsClient(HttpTransport transport) => _transport = transport;

    /// <summary>How much a version goes by each of its features, with standard errors.</summary>
    public Task<Importance> GetImportanceAsync(string model, ImportanceQuery? query = null, CancellationToken cancellationToken = default) =>
        ReadAsync(model, query ?? new(), ClientJson.Default.Importance, cancellationToken);

    /// <summary>How a version's answer follows features.</summary>
    public Task<Dependence> GetDependenceAsync(string model, DependenceQuery query, CancellationToken cancellationToken = default) =>
        ReadAsync(model, query, ClientJson.Default.Dependence, cancellationToken);

    /// <summary>How a version's answer follows one feature.</summary>
    public Task<Dependence> GetDependenceAsync(string model, string feature, CancellationToken cancellationToken = default) =>
        GetDependenceAsync(model, new DependenceQuery { Features = [feature] }, cancellationToken);

    /// <summary>Importances, or the curve of the first feature, as a picture in SVG.</summary>
    public Task<string> GetSvgAsync(string model, WholeVersionQuery query, CancellationToken cancellationToken = default) => ShowAsync(model, query, "image/svg+xml", cancellationToken);

    /// <summary>The same as a page that needs no network and no script.</summary>
    public Task<string> GetHtmlAsync(string model, WholeVersionQuery query, CancellationToken cancellationToken = default) => ShowAsync(model, query, "text/html", cancellationToken);

    internal async Task<T> ReadAsync<T>(string model, WholeVersionQuery query, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(model, query, "application/json", cancellationToken);
        return JsonSerializer.Deserialize(await response.Content.ReadAsByteArrayAsync(cancellationToken), type)!;
    }

    private async Task<string> ShowAsync(string model, WholeVersionQuery query, string type, CancellationToken cancellationToken)
    {
        using var response = await AskAsync(model, query, type, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }

    private async Task<HttpResponseMessage> AskAsync(string model, WholeVersionQuery query, string type, CancellationToken cancellationToken)
    {
        var request = ApiRequest.Get("whole version", query.PathOf(model), model) with { Accept = type };
        for (var begun = TimeProvider.System.GetTimestamp(); ;)
        {
            var response = await _transport.SendAsync(request, cancellationToken);
            if (response.StatusCode != HttpStatusCode.Accepted) return response;
            var pause = response.Headers.RetryAfter?.Delta ?? Pause;
            response.Dispose();
            if (TimeProvider.System.GetElapsedTime(begun) + pause > query.Deadline)
                throw new PlatformException($"{request.Path} is still being computed after {query.Deadline.TotalSeconds:0.#} s; the same request answers it later.");
            await Task.Delay(pause, cancellationToken);
        }
    }
}
