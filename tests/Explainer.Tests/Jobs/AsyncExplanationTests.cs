using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Explainer;
using Platform.Explainer.Explanations;
using Platform.Explainer.Jobs;
using Platform.Hosting;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Jobs;

public sealed class AsyncExplanationTests : IAsyncLifetime
{
    private const string Body =
        """{"mode":"async","inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}],"background":[[0,0,0]]}""";

    private const string EndlessBody =
        """{"mode":"async","inputs":[{"name":"x","datatype":"FP32","shape":[1],"data":[1]}],"background":[[0]]}""";

    private readonly TemporaryFolder _data = new();
    private ExplainerHost _explainer = null!;

    public async Task InitializeAsync() => _explainer = await StartAsync();

    public async Task DisposeAsync()
    {
        await _explainer.DisposeAsync();
        _data.Dispose();
    }

    [Fact]
    public async Task An_async_request_is_accepted_and_its_result_is_the_same_as_a_sync_ones()
    {
        using var accepted = await _explainer.PostAsync("linear", Body);

        var queued = await Task.FromResult(accepted).JsonAsync(HttpStatusCode.Accepted);
        Assert.Equal("queued", queued["state"]!.GetValue<string>());
        Assert.Equal($"/v1/explanations/{queued["id"]}", accepted.Headers.Location!.ToString());
        var finished = await FinishedAsync(accepted.Headers.Location!);
        var sync = await _explainer.ExplainAsync("linear", Body.Replace("async", "sync"));
        Assert.Equal(sync["rows"]!.ToJsonString(), finished["rows"]!.ToJsonString());
        Assert.Equal(queued["id"]!.GetValue<string>(), finished["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_finished_explanation_publishes_ExplanationComputed()
    {
        using var accepted = await _explainer.PostAsync("linear", Body);
        await FinishedAsync(accepted.Headers.Location!);

        var events = await EventsAsync();

        var computed = Assert.Single(events).Data.Deserialize<ExplanationComputed>(PlatformJson.Tolerant)!;
        Assert.Equal(("linear", "1", "linear"), (computed.Model, computed.Version, computed.Method));
    }

    [Fact]
    public async Task What_can_be_seen_to_fail_is_refused_at_once()
    {
        await _explainer.PostAsync("nothing", Body).ProblemAsync(HttpStatusCode.NotFound, "explainer.version_not_found");
        await _explainer.PostAsync("linear", """{"mode":"async"}""").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
        await _explainer.PostAsync(
            "linear", """{"mode":"async","inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":["\ud800",2,3]}],"background":[[0,0,0]]}""")
            .ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task What_fails_later_is_answered_when_it_is_read_and_publishes_ExplanationFailed()
    {
        using var accepted = await _explainer.PostAsync("linear", Body.Replace("[[0,0,0]]", "[[0,0]]"));

        await Eventually.TrueAsync(
            async () => (await _explainer.Http.GetAsync(accepted.Headers.Location)).StatusCode != HttpStatusCode.Accepted, "it is finished");

        await _explainer.Http.GetAsync(accepted.Headers.Location).ProblemAsync(HttpStatusCode.BadRequest, "explainer.background_invalid");
        var failed = Assert.Single(await EventsAsync()).Data.Deserialize<ExplanationFailed>(PlatformJson.Tolerant)!;
        Assert.Equal("explainer.background_invalid", failed.Code);
    }

    [Fact]
    public async Task A_command_from_elsewhere_is_computed_once_under_its_senders_id()
    {
        var command = new ComputeExplanation
        {
            ExplanationId = "theirs-1", Model = "linear", Request = JsonSerializer.Deserialize<JsonElement>(Body),
        };
        var endpoint = await Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("queue:explainer-compute-explanation"));
        await endpoint.Send(command);
        await endpoint.Send(command);

        var explanation = await FinishedAsync(new Uri("/v1/explanations/theirs-1", UriKind.Relative));
        await endpoint.Send(command with { ExplanationId = "theirs-2" });
        await FinishedAsync(new Uri("/v1/explanations/theirs-2", UriKind.Relative));

        Assert.Equal("theirs-1", explanation["id"]!.GetValue<string>());
        Assert.Equal(2, (await EventsAsync()).Count);
    }

    [Fact]
    public async Task A_command_without_an_id_is_computed_under_that_of_its_message()
    {
        var (id, command) = (Guid.NewGuid(), new ComputeExplanation { Model = "linear", Request = JsonSerializer.Deserialize<JsonElement>(Body) });
        var endpoint = await Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("queue:explainer-compute-explanation"));
        await endpoint.Send(command, context => context.MessageId = id);

        await FinishedAsync(new Uri($"/v1/explanations/{id}", UriKind.Relative));
    }

    [Theory]
    [InlineData("a b", "linear")]
    [InlineData("theirs", "")]
    public async Task A_command_that_names_no_explanation_or_no_model_is_dead_lettered_at_once(string id, string model)
    {
        var bus = Services.GetRequiredService<IBus>();
        var faults = new Faults();
        bus.ConnectReceiveObserver(faults);
        var endpoint = await bus.GetSendEndpoint(new Uri("queue:explainer-compute-explanation"));
        await endpoint.Send(new ComputeExplanation { ExplanationId = id, Model = model, Request = JsonSerializer.Deserialize<JsonElement>(Body) });

        Assert.IsType<UnusableCommandException>(await faults.First.PatientlyAsync());
        Assert.Null(await Services.GetRequiredService<ExplanationStore>().FindAsync(id, default));
    }

    [Fact]
    public async Task A_result_counts_although_the_computation_was_begun_again_meanwhile()
    {
        var (computing, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _explainer.Registry.BeforeArtifact = () =>
        {
            computing.TrySetResult();
            return goOn.Task;
        };
        using var accepted = await _explainer.PostAsync("linear", Body);
        await computing.Task.PatientlyAsync();

        var store = Services.GetRequiredService<ExplanationStore>();
        var job = (await store.FindAsync(accepted.Headers.Location!.ToString().Split('/')[^1], default))!;
        Assert.True(await store.TryPutAsync(job.Value with { Attempts = job.Value.Attempts + 1 }, job.Revision, default)); // as a repeated command does
        goOn.SetResult();

        await FinishedAsync(accepted.Headers.Location!);
    }

    [Theory]
    [InlineData("""{"colour":"red"}""")]
    [InlineData("""[]""")]
    [InlineData("""{"inputs":5}""")]
    public async Task A_command_with_a_malformed_request_fails_by_event(string request)
    {
        var endpoint = await Services.GetRequiredService<IBus>().GetSendEndpoint(new Uri("queue:explainer-compute-explanation"));
        await endpoint.Send(new ComputeExplanation
        {
            ExplanationId = "bad", Model = "linear", Request = JsonSerializer.Deserialize<JsonElement>(request),
        });

        await Eventually.TrueAsync(async () => (await EventsAsync()).Count == 1, "the event is stored");
        await _explainer.Http.GetAsync("/v1/explanations/bad").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task Results_and_queued_requests_survive_a_restart()
    {
        using var accepted = await _explainer.PostAsync("linear", Body);
        var finished = await FinishedAsync(accepted.Headers.Location!);
        var left = new ExplanationRecord
        {
            Id = "left", Model = "linear", Request = JsonSerializer.Deserialize<ExplanationRequest>(Body, PlatformJson.Strict), CreatedAt = DateTimeOffset.UtcNow,
        };
        await Services.GetRequiredService<ExplanationStore>().TryPutAsync(left, expectedRevision: 0, default);

        await _explainer.DisposeAsync();
        _explainer = await StartAsync();

        Assert.Equal(finished.ToJsonString(), (await _explainer.Http.GetAsync(accepted.Headers.Location).JsonAsync()).ToJsonString());
        await FinishedAsync(new Uri("/v1/explanations/left", UriKind.Relative));
    }

    [Fact]
    public async Task An_explanation_whose_process_stops_in_the_middle_is_finished_after_the_next_start_and_not_blamed_for_it()
    {
        var (begun, goOn) = (new TaskCompletionSource(), new TaskCompletionSource());
        _explainer.Registry.BeforeArtifact = () =>
        {
            begun.TrySetResult();
            return goOn.Task;
        };
        using var accepted = await _explainer.PostAsync("linear", Body);
        await begun.Task.PatientlyAsync();

        await _explainer.Host.App.StopAsync();
        goOn.SetResult();
        await _explainer.DisposeAsync();
        _explainer = await StartAsync();

        await FinishedAsync(accepted.Headers.Location!);
        Assert.Equal(1, (await Services.GetRequiredService<ExplanationStore>().FindAsync(accepted.Headers.Location!.ToString().Split('/')[^1], default))!.Value.Attempts);
    }

    [Fact]
    public async Task An_explanation_that_never_comes_to_its_end_is_given_up()
    {
        var record = new ExplanationRecord
        {
            Id = "doomed", Model = "linear", Request = JsonSerializer.Deserialize<ExplanationRequest>(Body, PlatformJson.Strict), Attempts = 12,
        };
        await Services.GetRequiredService<ExplanationStore>().TryPutAsync(record, expectedRevision: 0, default);

        await Eventually.TrueAsync(async () => (await EventsAsync()).Count == 1, "it has failed");
        await _explainer.Http.GetAsync("/v1/explanations/doomed").ProblemAsync(HttpStatusCode.InternalServerError, "explainer.failed");
    }

    [Fact]
    public async Task More_requests_than_may_wait_are_sent_away()
    {
        using var first = await _explainer.PostAsync("endless", EndlessBody);
        using var second = await _explainer.PostAsync("endless", EndlessBody);

        Assert.Equal((HttpStatusCode.Accepted, HttpStatusCode.Accepted), (first.StatusCode, second.StatusCode));
        await _explainer.PostAsync("endless", EndlessBody).ProblemAsync(HttpStatusCode.TooManyRequests, "explainer.queue_full");
        await _explainer.Http.GetAsync(first.Headers.Location).JsonAsync(HttpStatusCode.Accepted);
    }

    [Fact]
    public async Task Finished_explanations_are_removed_when_they_are_no_longer_kept()
    {
        var answer = await _explainer.ExplainAsync("linear", Body.Replace("async", "sync"));
        var store = Services.GetRequiredService<ExplanationStore>();

        Assert.Equal(0, await store.RemoveFinishedBeforeAsync(DateTimeOffset.UtcNow.AddMinutes(-1), default));
        Assert.Equal(1, await store.RemoveFinishedBeforeAsync(DateTimeOffset.UtcNow.AddMinutes(1), default));

        await _explainer.Http.GetAsync($"/v1/explanations/{answer["id"]}").ProblemAsync(HttpStatusCode.NotFound, "explainer.explanation_not_found");
    }

    [Fact]
    public async Task An_explanation_goes_when_its_time_has_come_whatever_its_sender_called_it()
    {
        var store = Services.GetRequiredService<ExplanationStore>();
        var now = DateTimeOffset.UtcNow;
        for (var i = 0; i < 120; i++) await PutFinishedAsync(store, $"a-{i}", now);
        await PutFinishedAsync(store, "z", now.AddDays(-1));

        Assert.Equal(1, await store.RemoveFinishedBeforeAsync(now.AddMinutes(-1), default));

        Assert.Null(await store.FindAsync("z", default));
        Assert.Equal(120, await store.RemoveFinishedBeforeAsync(now.AddMinutes(1), default));
    }

    private static async Task PutFinishedAsync(ExplanationStore store, string id, DateTimeOffset at) =>
        Assert.True(await store.TryPutAsync(new ExplanationRecord { Id = id, Model = "linear" }.Finish(ExplanationErrors.Failed(), at), expectedRevision: 0, default));

    private IServiceProvider Services => _explainer.Host.App.Services;

    private async Task<ExplainerHost> StartAsync()
    {
        var explainer = await ExplainerHost.StartAsync(("Storage:Directory", _data.Path), ("Explainer:QueuedJobs", "2"));
        explainer.Registry.Add("linear", TinyModels.Linear().ToArray());
        explainer.Registry.Add("endless", TinyModels.Endless().ToArray());
        return explainer;
    }

    private Task<JsonNode> FinishedAsync(Uri location) => Eventually.ValueAsync<JsonNode>(
        async () =>
        {
            using var response = await _explainer.Http.GetAsync(location);
            return response.StatusCode == HttpStatusCode.OK ? JsonNode.Parse(await response.Content.ReadAsStringAsync()) : null;
        },
        $"{location} is finished");

    private async Task<IReadOnlyList<StoredEvent>> EventsAsync() =>
        await Services.GetRequiredKeyedService<IDocumentStore>(ExplainerService.Name).ReadEventsAsync(0, 100, default);

    private sealed class Faults : IReceiveObserver
    {
        private readonly TaskCompletionSource<Exception> _first = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<Exception> First => _first.Task;

        public Task PreReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostReceive(ReceiveContext context) => Task.CompletedTask;

        public Task PostConsume<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType) where T : class => Task.CompletedTask;

        public Task ReceiveFault(ReceiveContext context, Exception exception) => Task.CompletedTask;

        public Task ConsumeFault<T>(ConsumeContext<T> context, TimeSpan duration, string consumerType, Exception exception) where T : class
        {
            _first.TrySetResult(exception);
            return Task.CompletedTask;
        }
    }
}
