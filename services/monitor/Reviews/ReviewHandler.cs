using System.Globalization;
using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Hosting.Paging;
using Platform.Hosting.Values;
using Platform.Monitor.Baselines;
using Platform.Monitor.Feedback;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Inspection;
using Platform.Monitor.Lookup;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Requests;
using Platform.Monitor.Sampling;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Reviews;

/// <summary>What people do with the rows that wait for a label.</summary>
internal sealed class ReviewHandler(LedgerKeeper keeper, PredictionFinder predictions, BaselineCatalog baselines, FeedbackTaker feedback, TimeProvider time)
{
    /// <summary>A page of the rows that wait, those that came first first.</summary>
    /// <param name="model">Only rows of this model; of every one where it is null.</param>
    /// <param name="permits">Whether the caller may see rows of a model.</param>
    /// <param name="page">Which page.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public async Task<Result<Page<ReviewAnswer>>> ListAsync(string? model, Func<string, bool> permits, PageQuery page, CancellationToken cancellationToken)
    {
        var (size, after) = (page.GetSize(), page.GetAfterNumber() ?? 0);
        var items = await keeper.ChangeAsync(ledger => Waiting(ledger, model, permits, after, size + 1), cancellationToken);
        try
        {
            var answers = new List<ReviewAnswer>();
            foreach (var item in items.Take(size))
                answers.Add(await AnswerAsync(item, cancellationToken));
            return new Page<ReviewAnswer>(answers, items.Count > size ? items[size - 1].Number.ToString(CultureInfo.InvariantCulture) : null);
        }
        catch (HttpRequestException)
        {
            return MonitoringErrors.RegistryAway;
        }
    }

    /// <summary>The row that waits under an id, one that the caller may label before others; null where none does.</summary>
    /// <param name="id">The id.</param>
    /// <param name="model">The model, as two may have used one id; any where it is null.</param>
    /// <param name="permits">Whether the caller may label rows of a model.</param>
    /// <param name="cancellationToken">Ends the request.</param>
    public Task<ReviewItem?> FindAsync(string id, string? model, Func<string, bool> permits, CancellationToken cancellationToken) => keeper.ChangeAsync(
        ledger => ledger.Reviews.Find(id, model).Where(item => ledger.Outcomes.LabelOf(item.Model, id) is null).MinBy(item => permits(item.Model) ? 0 : 1),
        cancellationToken);

    /// <summary>Labels a row, which waits no longer.</summary>
    public async Task<Result<FeedbackAnswer>> LabelAsync(ReviewItem item, ReviewRequest request, string by, CancellationToken cancellationToken)
    {
        var errors = new FieldErrors();
        errors.CheckText("comment", request.Comment);
        if (!Scalar.TryRead(request.Label, out var label) || label is null)
            errors.Add("label", "A number, a boolean or a text is needed.");
        if (errors.Any)
            return errors.ToError();
        try
        {
            var now = time.GetUtcNow();
            var said = FeedbackTaker.New(now) with
            {
                PredictionId = item.PredictionId,
                Model = item.Model,
                Version = item.Version,
                Verdict = await VerdictAsync(item, label!, cancellationToken),
                Label = label,
                Source = LabelSource.Review,
                Comment = request.Comment,
                By = by,
            };
            if (await feedback.StoreAsync(said, request.Label, item.Answer, cancellationToken) is { } refused)
                return refused;
            await keeper.ChangeAsync(ledger => ledger.Reviews.Remove(item), cancellationToken);
            return new FeedbackAnswer(said.Id, said.PredictionId, said.At);
        }
        catch (HttpRequestException)
        {
            return MonitoringErrors.RegistryAway;
        }
    }

    // What has been labelled by another way waits no longer.
    private static List<ReviewItem> Waiting(Ledger ledger, string? model, Func<string, bool> permits, long after, int most)
    {
        var labelled = ledger.Reviews.Of(model).Where(item => ledger.Outcomes.LabelOf(item.Model, item.PredictionId) is not null).ToArray();
        foreach (var item in labelled)
            ledger.Reviews.Remove(item);
        return [.. ledger.Reviews.Of(model).Where(item => item.Number > after && permits(item.Model)).Take(most)];
    }

    // What was answered may not be known, as of rows that came to wait under an earlier version of the platform.
    private async Task<string> VerdictAsync(ReviewItem item, string label, CancellationToken cancellationToken)
    {
        var baseline = await baselines.GetAsync(new VersionKey(item.Model, item.Version), cancellationToken);
        if (item.Answer is null || baseline.Labels.Resolve(label) is not { } right)
            return Verdict.Unsure;
        return right == item.Answer ? Verdict.Agree : Verdict.Disagree;
    }

    private async Task<ReviewAnswer> AnswerAsync(ReviewItem item, CancellationToken cancellationToken)
    {
        var baseline = await baselines.GetAsync(new VersionKey(item.Model, item.Version), cancellationToken);
        var found = await predictions.FindKnownAsync(item.PredictionId, cancellationToken);
        return new()
        {
            Id = item.PredictionId,
            Model = item.Model,
            Version = item.Version,
            Reason = item.Reason,
            Detail = item.Detail,
            At = item.At,
            Prediction = found is null ? null : RowOf(found, baseline, item),
            Labels = baseline.Labels.Task is ModelTask.Regression or ModelTask.Ranking ? null : baseline.Labels.Classes,
            Explanation = $"/v1/models/{Uri.EscapeDataString(item.Model)}/explanations",
        };
    }

    // One that somebody else has written under the id since is another's.
    private static RowAnswer? RowOf(FoundPrediction found, Baseline baseline, ReviewItem item)
    {
        if (found.Version != baseline.Key || found.OnlyRow is not { } row)
            return null;
        try
        {
            return PredictionReader.RowOf(new(found.Record, baseline), row) with { PredictionId = item.PredictionId };
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
