using System.Text.Json.Nodes;
using Platform.Client.Transport;

namespace Platform.Client.Records;

/// <summary>Predictions that were answered: what was asked, what came of it, what people say of it, and which ones wait for a label.</summary>
public sealed class RecordsClient
{
    private readonly HttpTransport _transport;

    internal RecordsClient(HttpTransport transport) => _transport = transport;

    /// <summary>Everything that is known under an id; <c>id:row</c> is one row of its request.</summary>
    public Task<RecordedPrediction> GetAsync(string predictionId, CancellationToken cancellationToken = default) =>
        _transport.ReadAsync(ApiRequest.Get("prediction", PathOf(predictionId)), ClientJson.Default.RecordedPrediction, cancellationToken);

    /// <summary>The last predictions, the newest first; further ones are searched for as they are asked for.</summary>
    public IAsyncEnumerable<FoundPrediction> SearchAsync(PredictionFilter filter, CancellationToken cancellationToken = default) =>
        _transport.ListAsync("predictions", "/v1/predictions" + filter.Query(), ClientJson.Default.PageFoundPrediction, cancellationToken: cancellationToken);

    /// <summary>Says of a prediction whether its answer is right; sent once, as it is kept beside what was said before.</summary>
    public Task<FeedbackReceipt> GiveFeedbackAsync(string predictionId, Feedback feedback, CancellationToken cancellationToken = default) => _transport.ReadAsync(
        ApiRequest.Post("feedback", PathOf(predictionId) + "/feedback", feedback.Body()), ClientJson.Default.FeedbackReceipt, cancellationToken);

    /// <summary>Predictions that wait for a label, those that came first first; of every model where none is named.</summary>
    public IAsyncEnumerable<Review> ListReviewsAsync(string? model = null, CancellationToken cancellationToken = default) =>
        _transport.ListAsync("reviews", "/v1/review-queue" + Paths.Query(("model", model)), ClientJson.Default.PageReview, cancellationToken: cancellationToken);

    /// <summary>The prediction that has waited longest; null where none waits.</summary>
    public async Task<Review?> NextReviewAsync(string? model = null, CancellationToken cancellationToken = default)
    {
        var path = "/v1/review-queue" + Paths.Query(("model", model), ("limit", "1"));
        var page = await _transport.ReadAsync(ApiRequest.Get("review", path, model), ClientJson.Default.PageReview, cancellationToken);
        return page.Items is [var first, ..] ? first : null;
    }

    /// <summary>Labels a prediction that waits, a class or a number; it waits no longer.</summary>
    public Task<FeedbackReceipt> AnswerAsync(Review review, JsonNode label, string? comment = null, CancellationToken cancellationToken = default) =>
        AnswerAsync(review.Id, label, comment, review.Model, cancellationToken);

    /// <summary>Labels a prediction that waits by its id; the model says which is meant where several have used it.</summary>
    public Task<FeedbackReceipt> AnswerAsync(string id, JsonNode label, string? comment = null, string? model = null, CancellationToken cancellationToken = default)
    {
        var body = new JsonObject { ["label"] = label.DeepClone() };
        if (comment is not null) body["comment"] = comment;
        var path = $"/v1/review-queue/{Uri.EscapeDataString(id)}" + Paths.Query(("model", model));
        return _transport.ReadAsync(ApiRequest.Post("review", path, body, model), ClientJson.Default.FeedbackReceipt, cancellationToken);
    }

    private static string PathOf(string predictionId) => $"/v1/predictions/{Uri.EscapeDataString(predictionId)}";
}
