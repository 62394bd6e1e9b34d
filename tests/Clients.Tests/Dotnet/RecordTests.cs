using System.Net;
using Platform.Client;
using Platform.Client.Monitoring;
using Platform.Client.Records;
using Platform.Client.Transport;
using Platform.TestKit;

namespace Platform.Clients.Tests.Dotnet;

/// <summary>Predictions after they were answered, by the .NET client.</summary>
[Collection(TheClientPlatform.Name)]
public sealed class RecordTests(ClientPlatform platform) : IDisposable
{
    private readonly PlatformClient _client = new(platform.Address);

    public void Dispose() => _client.Dispose();

    [Fact]
    public async Task A_prediction_is_found_by_its_id_with_what_people_say_of_it()
    {
        var asked = CreditRows.Take(2);
        var answer = await _client.Predictions.PredictAsync(ClientPlatform.Model, asked, predictionId: "net/record");
        var record = await KnownAsync("net/record");
        Assert.Equal((ClientPlatform.Model, "1", "champion", "succeeded", 2), (record.Model, record.Version, record.Route, record.Status, record.RowCount));
        Assert.Equal(answer.Rows.Select(row => row.PredictionId), record.Rows.Select(row => row.PredictionId));
        Assert.Equal((double)asked[0]["age"]!, (double)record.Rows[0].Features!["age"]!);
        Assert.Equal(answer.Rows.Select(row => row.Class), record.Rows.Select(row => row.Class));

        var receipt = await _client.Records.GiveFeedbackAsync("net/record:1", new Feedback(Feedback.Disagree)
        {
            Label = "bad", Comment = "a known customer", Attributions = [new("age", "should not count so much")],
        });
        Assert.Equal("net/record:1", receipt.PredictionId);
        var said = Assert.Single((await _client.Records.GetAsync("net/record:1")).Rows);
        Assert.Equal("bad", said.Label!.Label);
        var feedback = Assert.Single(said.Feedback);
        Assert.Equal((receipt.Id, "disagree", "a known customer"), (feedback.Id, feedback.Verdict, feedback.Comment));
        Assert.Equal(new AttributionComment("age", "should not count so much"), Assert.Single(feedback.Attributions));
        Assert.Equal("monitor.prediction_not_found", (await Assert.ThrowsAsync<PlatformException>(() => _client.Records.GetAsync("net-nobody"))).Code);
    }

    [Fact]
    public async Task Predictions_are_searched_for_page_by_page()
    {
        var model = await ServeAsync("net-search");
        var ids = Enumerable.Range(0, 3).Select(number => $"net-search-{number}").ToList();
        foreach (var (id, row) in ids.Zip(CreditRows.Take(3))) await _client.Predictions.PredictAsync(model, [row], predictionId: id);
        await KnownAsync(ids[^1]);
        Assert.Equal(ids.AsEnumerable().Reverse(), (await FindAsync(new() { Model = model })).Select(found => found.Id));

        var ages = CreditRows.Take(3).Select(row => (double)row["age"]!).ToList();
        var older = ids.Where((_, at) => ages[at] > ages.Min()).ToHashSet();
        var found = await FindAsync(new() { Model = model, Version = "champion", Where = FormattableString.Invariant($"age > {ages.Min()} and status = 'succeeded'") });
        Assert.Equal(older, found.Select(each => each.Id).ToHashSet());
        Assert.All(found, each => Assert.True((double)Assert.Single(each.Rows).Features!["age"]! > ages.Min()));
        Assert.Empty(await FindAsync(new() { Model = model, To = found[^1].Time.AddDays(-1) }));
        var refused = await Assert.ThrowsAsync<PlatformException>(() => FindAsync(new() { Model = model, Where = "height > 2" }));
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "monitor.filter_invalid"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task A_search_goes_on_behind_pages_that_hold_nothing()
    {
        const string found = """{"id":"p","model":"m","version":"1","route":"champion","status":"succeeded","time":"2026-01-15T09:30:00Z","latencyMs":1,"matching":0,"rows":[]}""";
        var script = new Script(Script.Json("""{"items":[],"next":"86"}"""), Script.Json($$"""{"items":[{{found}}],"next":"12"}"""), Script.Json("""{"items":[],"next":null}"""));
        using var client = new PlatformClient(new HttpClient(script), new PlatformClientOptions { Address = new("http://platform.test") });
        Assert.Equal("p", Assert.Single(await client.Records.SearchAsync(new() { Model = "m", Where = "age > 40" }).ToListAsync()).Id);
        Assert.Equal(["", "&after=86", "&after=12"], script.Seen.Select(request => request.Path["/v1/predictions?model=m&where=age%20%3E%2040&limit=500".Length..]));
    }

    [Fact]
    public async Task What_waits_for_a_label_is_answered()
    {
        var model = await ServeAsync("net-reviews");
        await _client.Predictions.PredictAsync(model, CreditRows.Take(30));
        var first = await Eventually.ValueAsync(() => _client.Records.NextReviewAsync(model), "a prediction waits for a label");
        Assert.Equal(model, first.Model);
        Assert.Equal(["good", "bad"], first.Labels!);
        Assert.NotNull(first.Prediction!.Features);
        var receipt = await _client.Records.AnswerAsync(first, "bad", "two unpaid bills");
        Assert.Equal(first.Id, receipt.PredictionId);
        Assert.DoesNotContain(await _client.Records.ListReviewsAsync(model).ToListAsync(), review => review.Id == first.Id);
        var again = await Assert.ThrowsAsync<PlatformException>(() => _client.Records.AnswerAsync(first, "bad"));
        Assert.Equal("monitor.review_not_found", again.Code);
        Assert.Equal("bad", (await _client.Records.GetAsync(first.Id)).Rows[0].Label!.Label);
    }

    [Fact]
    public async Task Outcomes_are_told()
    {
        var answer = await _client.Predictions.PredictAsync(ClientPlatform.Model, CreditRows.Take(3));
        await KnownAsync(answer.PredictionId);
        var receipt = await _client.Monitoring.SendOutcomesAsync(ClientPlatform.Model,
            [.. answer.Rows.Select(row => new Outcome(row.PredictionId, "conversion", 1)), new Outcome("net-nobody", "conversion", 0)]);
        Assert.Equal((3, 1), (receipt.Accepted, receipt.Unknown));
        var refused = await Assert.ThrowsAsync<PlatformException>(() => _client.Monitoring.SendOutcomesAsync(ClientPlatform.Model, [new Outcome("p", "1 2", 1)]));
        Assert.Contains("[0].name", refused.Errors.Keys);
    }

    private Task<RecordedPrediction> KnownAsync(string id) => Eventually.ValueAsync(async () =>
    {
        try
        {
            return await _client.Records.GetAsync(id);
        }
        catch (PlatformException exception) when (exception.Code == "monitor.prediction_not_found")
        {
            return null;
        }
    }, $"{id} is known");

    private async Task<List<FoundPrediction>> FindAsync(PredictionFilter filter) => await _client.Records.SearchAsync(filter).ToListAsync();

    private async Task<string> ServeAsync(string model)
    {
        await _client.Models.PromoteAsync(model, (await _client.Models.RegisterAsync(model, CreditRows.Upload(1))).Version);
        return model;
    }
}
