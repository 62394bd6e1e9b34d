using Platform.Client.Transport;

namespace Platform.Client.Explanations;

/// <summary>Why a model answers what it answers.</summary>
public sealed class ExplanationsClient
{
    private readonly HttpTransport _transport;

    internal ExplanationsClient(HttpTransport transport) => _transport = transport;

    /// <summary>Explains a prediction by its id.</summary>
    public Task<Explanation> ExplainAsync(string model, string predictionId, CancellationToken cancellationToken = default) =>
        ExplainAsync(model, new ExplanationRequest { PredictionId = predictionId }, cancellationToken);

    /// <summary>Explains a prediction or inputs.</summary>
    public Task<Explanation> ExplainAsync(string model, ExplanationRequest request, CancellationToken cancellationToken = default) => _transport.ReadAsync(
        ApiRequest.Post("explain", $"/v1/{Paths.Model(model)}/explanations", request.Body(), model), ClientJson.Default.Explanation, cancellationToken);

    /// <summary>An explanation as a picture in SVG.</summary>
    /// <param name="id">The explanation's id.</param>
    /// <param name="picture">waterfall, bars, force, heatmap, text, counterfactual or anchors; what suits best when absent.</param>
    /// <param name="row">The row that is shown, counted from 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<string> GetSvgAsync(string id, string? picture = null, int row = 0, CancellationToken cancellationToken = default) =>
        ShowAsync(id, "image/svg+xml", picture, row, cancellationToken);

    /// <summary>An explanation as a page that needs no network and no script.</summary>
    /// <param name="id">The explanation's id.</param>
    /// <param name="picture">waterfall, bars, force, heatmap, text, counterfactual or anchors; what suits best when absent.</param>
    /// <param name="row">The row that is shown, counted from 0.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<string> GetHtmlAsync(string id, string? picture = null, int row = 0, CancellationToken cancellationToken = default) =>
        ShowAsync(id, "text/html", picture, row, cancellationToken);

    private async Task<string> ShowAsync(string id, string type, string? picture, int row, CancellationToken cancellationToken)
    {
        var path = $"/v1/explanations/{Uri.EscapeDataString(id)}{Paths.Query(("picture", picture), ("row", $"{row}"))}";
        using var response = await _transport.SendAsync(ApiRequest.Get("picture", path) with { Accept = type }, cancellationToken);
        return await response.Content.ReadAsStringAsync(cancellationToken);
    }
}
