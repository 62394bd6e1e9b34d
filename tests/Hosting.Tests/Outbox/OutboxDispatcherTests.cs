using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using MassTransit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Contracts.Registry;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;
using Platform.Hosting.Outbox;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Outbox;

public sealed class OutboxDispatcherTests : IDisposable
{
    private const string Service = "registry";
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly Heard _heard = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_committed_event_is_published_with_its_identity()
    {
        await using var app = await StartAsync();
        await CommitAsync(app, "1");
        await _heard.AtLeastAsync(1);

        var heard = Assert.Single(_heard.Messages);
        Assert.Equal(("1", "1", "registry.model-promoted.v1", "/registry"), (heard.Version, heard.Sequence, heard.Type, heard.Source));
        Assert.NotEqual(Guid.Empty, heard.MessageId);
    }

    [Fact]
    public async Task A_published_event_continues_the_trace_of_the_request_that_caused_it()
    {
        var published = new ConcurrentQueue<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == "Platform.Outbox",
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = published.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        await using var app = await StartAsync();
        using var request = new Activity("request").Start();

        await CommitAsync(app, "1");

        await Eventually.TrueAsync(() => published.Any(activity => activity.ParentId == request.Id), "the publication is traced");
    }

    [Fact]
    public async Task Events_are_published_in_the_order_of_their_commits()
    {
        await using var app = await StartAsync();
        for (var i = 1; i <= 300; i++) await CommitAsync(app, $"{i}");
        await _heard.AtLeastAsync(300);

        Assert.Equal(Enumerable.Range(1, 300).Select(i => $"{i}"), _heard.Messages.Select(heard => heard.Version));
    }

    [Fact]
    public async Task A_restart_goes_on_where_publishing_stopped_and_repeats_nothing()
    {
        await using (var app = await StartAsync())
        {
            await CommitAsync(app, "1");
            await _heard.AtLeastAsync(1);
            await PublishedAsync(app, 1);
            await app.StopAsync();
            await CommitAsync(app, "2"); // committed, but nobody publishes any more
        }
        Assert.Single(_heard.Messages);

        await using var restarted = await StartAsync();
        await CommitAsync(restarted, "3");
        await _heard.AtLeastAsync(3);

        Assert.Equal(["1", "2", "3"], _heard.Messages.Select(heard => heard.Version));
    }

    [Fact]
    public async Task A_crash_between_publishing_and_remembering_repeats_the_event_under_the_same_id()
    {
        await using (var app = await StartAsync())
        {
            await CommitAsync(app, "1");
            await _heard.AtLeastAsync(1);
            await PublishedAsync(app, 1);
            await app.StopAsync();
            await Store(app).CommitAsync(new DocumentBatch().Delete(OutboxPosition.Collection, OutboxPosition.Id), None);
        }

        await using var restarted = await StartAsync();
        await _heard.AtLeastAsync(2);

        Assert.Equal(["1", "1"], _heard.Messages.Select(heard => heard.Version));
        Assert.Single(_heard.Messages.Select(heard => heard.MessageId).Distinct());
    }

    [Fact]
    public async Task While_the_bus_refuses_an_event_is_tried_again_and_later_ones_wait_behind_it()
    {
        var outage = new Outage { Refuses = true };
        await using var app = await StartAsync(outage);
        await CommitAsync(app, "1");
        await CommitAsync(app, "2");
        await Eventually.TrueAsync(() => outage.Refused >= 2, "the dispatcher tries again");
        Assert.Empty(_heard.Messages);

        outage.Refuses = false;
        await _heard.AtLeastAsync(2);

        Assert.Equal(["1", "2"], _heard.Messages.Select(heard => heard.Version));
    }

    [Fact]
    public async Task A_publication_that_never_ends_is_cancelled_and_made_again()
    {
        var outage = new Outage { Forgets = 1 };
        await using var app = await StartAsync(outage, confirmTimeout: "00:00:00.500");
        await CommitAsync(app, "1");
        await CommitAsync(app, "2");
        await _heard.AtLeastAsync(2);

        Assert.Equal(["1", "2"], _heard.Messages.Select(heard => heard.Version));
        Assert.True(outage.Forgotten.IsCancellationRequested);
    }

    [Fact]
    public async Task How_long_the_oldest_event_waits_is_seen_while_nothing_is_published()
    {
        var outage = new Outage { Refuses = true };
        await using var app = await StartAsync(outage);
        var watch = app.Services.GetRequiredKeyedService<OutboxWatch>(Service);
        await watch.LookAsync(None);
        Assert.Equal(TimeSpan.Zero, watch.Age);
        await CommitAsync(app, "1");
        await CommitAsync(app, "2");
        await watch.LookAsync(None);
        await Eventually.TrueAsync(() => watch.Age > TimeSpan.FromSeconds(0.5) && Gauge() > 0.5, "it grows older");
        Assert.Null(watch.Degradation()); // not for half a second

        outage.Refuses = false;
        await PublishedAsync(app, 2);
        await watch.LookAsync(None);

        Assert.Equal(TimeSpan.Zero, watch.Age);
    }

    /// <summary>What an operator sees of the service, the largest of all processes.</summary>
    private static double Gauge()
    {
        var seen = 0.0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "platform.outbox.oldest") listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) =>
        {
            if (tags[0].Value is Service) seen = Math.Max(seen, value);
        });
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }

    private async Task<WebApplication> StartAsync(Outage? outage = null, string confirmTimeout = "00:01:00")
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Configuration.AddInMemoryCollection([new("Storage:Directory", _folder.Path), new("Messaging:ConfirmTimeout", confirmTimeout)]);
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(_heard);
        builder.Services.AddPlatformDocuments(Service);
        builder.Services.AddPlatformDocuments(Service);
        builder.AddPlatformMessaging(new ServiceMessaging("test", bus =>
            bus.AddConsumer<Listener>().Endpoint(endpoint => (endpoint.Name, endpoint.ConcurrentMessageLimit) = ("test-listener", 1))));
        var app = builder.Build();
        app.Services.GetRequiredService<IBusControl>().ConnectPublishObserver(outage ?? new Outage());
        await app.StartAsync();
        return app;
    }

    private static IDocumentStore Store(WebApplication app) => app.Services.GetRequiredKeyedService<IDocumentStore>(Service);

    private static async Task CommitAsync(WebApplication app, string version) =>
        Assert.Null(await Store(app).CommitAsync(
            new DocumentBatch().Publish("m", new ModelPromoted { Model = "m", Version = version }), None));

    private static Task PublishedAsync(WebApplication app, long sequence) => Eventually.TrueAsync(
        async () => (await Store(app).GetAsync<OutboxPosition>(OutboxPosition.Collection, OutboxPosition.Id, None))?.Value.Sequence == sequence,
        $"event {sequence} is remembered as published");

    internal sealed record HeardMessage(Guid? MessageId, string Version, string? Sequence, string? Type, string? Source);

    internal sealed class Heard
    {
        public ConcurrentQueue<HeardMessage> Messages { get; } = new();

        public Task AtLeastAsync(int count) => Eventually.TrueAsync(() => Messages.Count >= count, $"{count} events arrive");
    }

    internal sealed class Listener(Heard heard) : IConsumer<ModelPromoted>
    {
        public Task Consume(ConsumeContext<ModelPromoted> context)
        {
            heard.Messages.Enqueue(new HeardMessage(context.MessageId, context.Message.Version, Header("sequence"), Header("type"), Header("source")));
            return Task.CompletedTask;

            string? Header(string name) => context.Headers.Get<string>($"cloudEvents_{name}");
        }
    }

    private sealed class Outage : IPublishObserver
    {
        private int _refused;
        private int _forgets;

        /// <summary>So many publications never end.</summary>
        public int Forgets { init => _forgets = value; }

        /// <summary>What the last of them would have been cancelled by.</summary>
        public CancellationToken Forgotten { get; private set; }

        public bool Refuses { get; set; }

        public int Refused => _refused;

        public Task PrePublish<T>(PublishContext<T> context) where T : class
        {
            if (Interlocked.Decrement(ref _forgets) >= 0)
            {
                Forgotten = context.CancellationToken;
                return new TaskCompletionSource().Task;
            }

            if (!Refuses) return Task.CompletedTask;
            Interlocked.Increment(ref _refused);
            throw new IOException("The broker is away.");
        }

        public Task PostPublish<T>(PublishContext<T> context) where T : class => Task.CompletedTask;

        public Task PublishFault<T>(PublishContext<T> context, Exception exception) where T : class => Task.CompletedTask;
    }
}
