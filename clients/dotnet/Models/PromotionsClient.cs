using System.Text.Json.Nodes;
using Platform.Client.Transport;

namespace Platform.Client.Models;

/// <summary>Promotions that take their time, begun by <see cref="ModelsClient.PromoteAsync"/> with a strategy.</summary>
public sealed class PromotionsClient
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly HttpTransport _transport;

    internal PromotionsClient(HttpTransport transport) => _transport = transport;

    /// <summary>Measures the gates, and says what the steps of a strategy will probably need; nothing moves, and the history notes the measurement.</summary>
    /// <returns>A promotion in the state measured, with <see cref="Promotion.Gates"/> and <see cref="Promotion.Expected"/>.</returns>
    public Task<Promotion> TryAsync(string model, string version, string alias = ModelsClient.Champion, JsonObject? strategy = null, CancellationToken cancellationToken = default)
    {
        var body = GivenMembers.Of(("version", version), ("alias", alias), ("strategy", strategy?.DeepClone()), ("dryRun", true));
        return _transport.ReadAsync(ApiRequest.Post("try promotion", $"/v1/{Paths.Model(model)}/promotions", body, model), ClientJson.Default.Promotion, cancellationToken);
    }

    /// <summary>How a promotion stands, with each decision and its numbers.</summary>
    public Task<Promotion> GetAsync(string id, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Get, id, "", cancellationToken);

    /// <summary>Stops deciding; the shares stay as they are.</summary>
    public Task<Promotion> PauseAsync(string id, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Post, id, "/pause", cancellationToken);

    /// <summary>Goes on, from the beginning of the step.</summary>
    public Task<Promotion> ResumeAsync(string id, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Post, id, "/resume", cancellationToken);

    /// <summary>Ends it; all requests go to the version that had them before.</summary>
    public Task<Promotion> CancelAsync(string id, CancellationToken cancellationToken = default) => SendAsync(HttpMethod.Delete, id, "", cancellationToken);

    /// <summary>Waits while it is running, for as long as the caller does; one that is paused waits for people, and is answered.</summary>
    public async Task<Promotion> WaitAsync(string id, CancellationToken cancellationToken = default)
    {
        Promotion promotion;
        while ((promotion = await GetAsync(id, cancellationToken)).State == "running") await Task.Delay(Interval, cancellationToken);
        return promotion;
    }

    private Task<Promotion> SendAsync(HttpMethod method, string id, string action, CancellationToken cancellationToken) => _transport.ReadAsync(
        new ApiRequest("promotion", method, $"/v1/promotions/{Uri.EscapeDataString(id)}{action}") { Repeatable = method == HttpMethod.Get },
        ClientJson.Default.Promotion, cancellationToken);
}
