using System.Net;
using System.Net.Http.Headers;
using System.Net.ServerSentEvents;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Registry.Tests.Events;

public sealed class EventTests
{
    [Fact]
    public async Task Every_change_is_told_once_and_in_order()
    {
        await using var registry = await RegistryHost.StartAsync();
        var model = await registry.RegisterWithVersionsAsync(2);
        await registry.PromoteAsync(model, "1");
        await registry.PromoteAsync(model, "2");
        await registry.PostAsync($"/v1/models/{model}/rollback", new { });

        var events = await registry.ItemsAsync("/v1/events");

        Assert.Equal(
            ["registry.model-registered.v1", "registry.model-version-created.v1", "registry.model-version-created.v1",
             "registry.model-promoted.v1", "registry.model-promoted.v1", "registry.model-rolled-back.v1"],
            events.Select(stored => stored!["type"]!.GetValue<string>()));
        Assert.Equal([1, 2, 3, 4, 5, 6], events.Select(stored => stored!["sequence"]!.GetValue<long>()));
        var rollback = events[^1]!["data"]!;
        Assert.Equal(("1", "2", "champion"), (rollback["version"]!.GetValue<string>(), rollback["previousVersion"]!.GetValue<string>(), rollback["alias"]!.GetValue<string>()));
        var history = (await registry.ItemsAsync($"/v1/models/{model}/history"))[0]!;
        Assert.Equal(history["id"]!.GetValue<string>(), rollback["rollbackId"]!.GetValue<string>());
    }

    [Fact]
    public async Task Events_are_read_page_by_page()
    {
        await using var registry = await RegistryHost.StartAsync();
        await registry.RegisterWithVersionsAsync(4);

        var first = await registry.GetAsync("/v1/events?after=1&limit=2");
        var second = await registry.GetAsync($"/v1/events?after={first["next"]}&limit=2");

        Assert.Equal([2, 3], first["items"]!.AsArray().Select(stored => stored!["sequence"]!.GetValue<long>()));
        Assert.Equal([4, 5], second["items"]!.AsArray().Select(stored => stored!["sequence"]!.GetValue<long>()));
        Assert.Null(second["next"]);
        Assert.Empty(await registry.ItemsAsync($"/v1/events?after={long.MaxValue}"));
    }

    [Theory]
    [InlineData("after=x")]
    [InlineData("after=-1")]
    [InlineData("after=99999999999999999999")]
    [InlineData("limit=0")]
    public async Task A_wrong_query_is_refused(string query)
    {
        await using var registry = await RegistryHost.StartAsync();

        await registry.Http.GetAsync($"/v1/events?{query}").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_stream_brings_what_was_and_then_what_comes()
    {
        await using var registry = await RegistryHost.StartAsync();
        var model = await registry.RegisterAsync();
        using var stream = await OpenAsync(registry);
        await using var events = SseParser.Create(await stream.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();

        Assert.Equal("text/event-stream", stream.Content.Headers.ContentType!.MediaType);
        Assert.Equal(("1", "registry.model-registered.v1"), await NextAsync(events));
        await registry.UploadAsync(model, new UploadBody());
        Assert.Equal(("2", "registry.model-version-created.v1"), await NextAsync(events));
        Assert.Equal(model, JsonNode.Parse(events.Current.Data)!["data"]!["model"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_reader_that_reconnects_goes_on_behind_the_last_event_it_saw()
    {
        await using var registry = await RegistryHost.StartAsync();
        await registry.RegisterWithVersionsAsync(3);
        using var stream = await OpenAsync(registry, "?after=1", lastEventId: "3");
        await using var events = SseParser.Create(await stream.Content.ReadAsStreamAsync()).EnumerateAsync().GetAsyncEnumerator();

        Assert.Equal("4", (await NextAsync(events)).Id);
    }

    [Fact]
    public async Task A_wrong_last_event_id_is_refused()
    {
        await using var registry = await RegistryHost.StartAsync();

        await OpenAsync(registry, lastEventId: "yesterday").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_quiet_stream_shows_that_it_is_alive()
    {
        await using var registry = await RegistryHost.StartAsync(("Registry:Events:Heartbeat", "00:00:00.050"));
        using var stream = await OpenAsync(registry);
        using var lines = new StreamReader(await stream.Content.ReadAsStreamAsync());

        var alive = 0;
        while (alive < 3 && await lines.ReadLineAsync().PatientlyAsync() is { } line)
            if (line == ": alive") alive++;

        Assert.Equal(3, alive);
    }

    [Fact]
    public async Task No_more_streams_are_open_than_allowed_and_one_that_ends_makes_room()
    {
        await using var registry = await RegistryHost.StartAsync(("Registry:Events:MaxStreams", "1"), ("Registry:Events:Heartbeat", "00:00:00.050"));
        var first = await OpenAsync(registry);
        await OpenAsync(registry).ProblemAsync(HttpStatusCode.TooManyRequests, "registry.too_many_streams");
        first.Dispose();

        await Eventually.TrueAsync(async () =>
        {
            using var next = await OpenAsync(registry);
            return next.StatusCode == HttpStatusCode.OK;
        }, "a new stream opens");
    }

    [Fact]
    public async Task An_open_stream_does_not_hold_up_the_end_of_the_process()
    {
        var registry = await RegistryHost.StartAsync();
        using var stream = await OpenAsync(registry);

        await registry.DisposeAsync().PatientlyAsync();
    }

    private static async Task<(string? Id, string Type)> NextAsync(IAsyncEnumerator<SseItem<string>> events)
    {
        Assert.True(await events.MoveNextAsync().AsTask().PatientlyAsync());
        return (events.Current.EventId, events.Current.EventType);
    }

    private static Task<HttpResponseMessage> OpenAsync(RegistryHost registry, string query = "", string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/events{query}");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        if (lastEventId is not null) request.Headers.Add("Last-Event-ID", lastEventId);
        return registry.Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }
}
