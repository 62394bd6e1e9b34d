using System.Net;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Jobs;

public sealed class IdempotencyTests(IdempotencyTests.Fixture fixture) : IClassFixture<IdempotencyTests.Fixture>
{
    private HttpClient Http => fixture.Host.Http;

    [Fact]
    public async Task The_same_key_with_the_same_body_is_the_same_job()
    {
        var first = await Http.AcceptedAsync("a", Row, "same");
        await Http.JobAsync(first, "succeeded");

        var again = await Http.SubmitAsync("a", Row, "same").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(first, (string?)again["id"]);
        Assert.Equal("succeeded", (string?)again["state"]);
        Assert.Equal(1, (int)(await Http.JobAsync(first))["attempts"]!);
    }

    [Fact]
    public async Task The_same_key_with_another_body_is_refused()
    {
        await Http.AcceptedAsync("a", Row, "other");

        await Http.SubmitAsync("a", Row.Replace("1,2,3", "3,2,1"), "other")
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "inference.idempotency_key_reused");
    }

    [Theory]
    [InlineData("?version=1", null)]
    [InlineData("?version=champion", null)]
    [InlineData("?callback=https%3A%2F%2Fexample.com%2Fdone", null)]
    [InlineData("", "another-prediction")]
    public async Task The_same_key_and_body_for_another_version_callback_or_prediction_is_refused(string query, string? predictionId)
    {
        var key = $"asked-otherwise {query} {predictionId}";
        var first = await Http.AcceptedAsync("a", Row, key);

        await Http.SubmitAsync("a", Row, key, query, predictionId)
            .ProblemAsync(HttpStatusCode.UnprocessableEntity, "inference.idempotency_key_reused");
        Assert.Equal(first, await Http.AcceptedAsync("a", Row, key));
    }

    [Fact]
    public async Task The_same_request_with_all_that_can_be_asked_is_the_same_job()
    {
        const string Query = "?version=1&callback=http%3A%2F%2F127.0.0.1%3A9%2F";
        var first = await Http.SubmitAsync("a", Row, "all", Query, "all-prediction").JsonAsync(HttpStatusCode.Accepted);

        var again = await Http.SubmitAsync("a", Row, "all", Query, "all-prediction").JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal((string?)first["id"], (string?)again["id"]);
    }

    [Fact]
    public async Task Keys_count_per_model()
    {
        var first = await Http.AcceptedAsync("a", Row, "models");

        Assert.NotEqual(first, await Http.AcceptedAsync("b", Row, "models"));
    }

    [Fact]
    public async Task Of_many_at_once_with_one_key_one_is_the_job()
    {
        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Http.AcceptedAsync("a", Row, "at-once")));

        Assert.Single(ids.Distinct());
    }

    [Fact]
    public async Task Without_a_key_every_submission_is_a_job_of_its_own()
    {
        Assert.NotEqual(await Http.AcceptedAsync("a", Row), await Http.AcceptedAsync("a", Row));
    }

    [Fact]
    public async Task A_key_that_is_too_long_is_refused()
    {
        await Http.SubmitAsync("a", Row, new string('k', 256)).ProblemAsync(HttpStatusCode.BadRequest, "inference.idempotency_key_invalid");
    }

    public sealed class Fixture : IAsyncLifetime
    {
        internal InferenceHost Host { get; private set; } = null!;

        public async Task InitializeAsync() => Host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("a", "1", TinyModels.Linear());
            registry.Deploy("b", "1", TinyModels.Linear());
        });

        public async Task DisposeAsync() => await Host.DisposeAsync();
    }
}
