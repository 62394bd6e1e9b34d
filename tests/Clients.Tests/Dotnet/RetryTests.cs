using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Platform.Client;
using Platform.Client.Transport;

namespace Platform.Clients.Tests.Dotnet;

/// <summary>What is sent again, and what is not.</summary>
public sealed class RetryTests
{
    private const string Rows = """{"model":"m","version":"1","rows":[{"predictionId":"p:0","outputs":{}}]}""";

    [Fact]
    public async Task A_prediction_is_sent_again_with_the_same_id()
    {
        var script = new Script(Script.Busy(), null, Script.Json(Rows));
        using var client = Client(script);
        Assert.Equal("1", (await client.Predictions.PredictAsync("m", [new JsonObject { ["a"] = 1 }])).Version);
        Assert.Equal(3, script.Seen.Count);
        Assert.Single(script.Seen.Select(request => request.Headers["x-prediction-id"]).Distinct());
    }

    [Fact]
    public async Task A_job_is_submitted_again_with_the_same_key()
    {
        var script = new Script(null, Script.Json("""{"id":"j","state":"queued"}""", HttpStatusCode.Accepted));
        using var client = Client(script);
        Assert.Equal("j", (await client.Predictions.SubmitAsync("m", [new JsonObject()])).Id);
        Assert.Single(script.Seen.Select(request => request.Headers["Idempotency-Key"]).Distinct());
    }

    [Fact]
    public async Task A_promotion_is_sent_once()
    {
        var script = new Script(Script.Busy());
        using var client = Client(script);
        Assert.Equal("inference.busy", (await Assert.ThrowsAsync<PlatformException>(() => client.Models.PromoteAsync("m", "1"))).Code);
        Assert.Single(script.Seen);
    }

    [Fact]
    public async Task Attempts_have_a_bound()
    {
        var script = new Script(Script.Busy(), Script.Busy(), Script.Busy());
        using var client = Client(script, attempts: 2);
        var error = await Assert.ThrowsAsync<PlatformException>(() => client.Http.GetAsync("/v1/models"));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, 2), (error.Status, script.Seen.Count));
    }

    [Fact]
    public async Task What_is_refused_is_not_sent_again_and_says_what_is_wrong()
    {
        var script = new Script(Script.Json("""{"detail":"wrong","code":"inference.rows_invalid","traceId":"t","errors":{"rows[0].a":["is missing."]}}""", HttpStatusCode.UnprocessableEntity));
        using var client = Client(script);
        var error = await Assert.ThrowsAsync<PlatformException>(() => client.Predictions.PredictAsync("m", [new JsonObject()]));
        Assert.Equal(("wrong", "t"), (error.Message, error.TraceId));
        Assert.Equal(["is missing."], error.Errors["rows[0].a"]);
        Assert.Single(script.Seen);
    }

    [Fact]
    public async Task Events_go_on_behind_the_last_one_seen()
    {
        var script = new Script(Script.Events(3, 4), null, Script.Busy(), Script.Events(5), Script.Events(6));
        using var client = Client(script);
        var seen = new List<long>();
        await foreach (var happened in client.Events.FollowAsync(after: 2))
        {
            seen.Add(happened.Sequence);
            if (seen.Count == 4) break;
        }

        Assert.Equal([3, 4, 5, 6], seen);
        Assert.Equal(["2", "4", "4", "4", "5"], script.Seen.Select(request => request.Headers["Last-Event-ID"]));
    }

    [Fact]
    public async Task Events_from_now_on_are_those_behind_the_newest()
    {
        var script = new Script(Script.Json("""{"sequence":7,"items":[],"next":null}"""), Script.Events(8));
        using var client = Client(script);
        await foreach (var happened in client.Events.FollowAsync())
        {
            Assert.Equal(8, happened.Sequence);
            break;
        }

        Assert.Equal(["/v1/deployments?limit=1", "/v1/events"], script.Seen.Select(request => request.Path));
        Assert.Equal("7", script.Seen[1].Headers["Last-Event-ID"]);
    }

    [Fact]
    public async Task A_refusal_ends_the_events()
    {
        using var client = Client(new Script(Script.Json("""{"detail":"no","code":"access.denied"}""", HttpStatusCode.Forbidden)));
        await Assert.ThrowsAsync<PlatformException>(async () =>
        {
            await foreach (var _ in client.Events.FollowAsync(after: 0)) Assert.Fail("nothing is shown");
        });
    }

    [Fact]
    public async Task A_call_is_a_span_that_says_what_went_wrong()
    {
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == PlatformClientTelemetry.SourceName,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = span => { lock (spans) spans.Add(span); },
        };
        ActivitySource.AddActivityListener(listener);
        using var client = Client(new Script(Script.Json("""{"detail":"no","code":"access.denied"}""", HttpStatusCode.Forbidden)));
        await Assert.ThrowsAsync<PlatformException>(() => client.Models.PromoteAsync("of-the-span", "1"));
        lock (spans)
        {
            var span = Assert.Single(spans, span => (string?)span.GetTagItem("platform.model") == "of-the-span");
            Assert.Equal(("promote", ActivityStatusCode.Error, "access.denied"), (span.OperationName, span.Status, span.StatusDescription));
        }
    }

    private static PlatformClient Client(Script script, int attempts = 4) =>
        new(new HttpClient(script), new PlatformClientOptions { Address = new("http://platform.test"), Key = "secret", Attempts = attempts });
}
