using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Documents;
using Platform.Inference.Scoring;
using Platform.Inference.Tests.Rows;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestModels;

namespace Platform.Inference.Tests.Scoring;

/// <summary>Files on their way: what of them lies in the store when they come to nothing, and what may not be taken from those that have become jobs.</summary>
public sealed class ScoringUploadTests
{
    private const string Path = "/v1/models/credit/scoring-jobs";
    private const string Rows = "age,purpose,savings\n1,car,0\n";

    /// <summary>Begins a form whose part <c>data</c> is on its way.</summary>
    private const string Begun = $"POST {Path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n"
        + "--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a.csv\"\r\n\r\nage,purpose,savings\n";

    private static readonly string Piece = string.Concat(Enumerable.Repeat("1,car,0\n", 150_000)); // 1.2 MB

    [Fact]
    public async Task A_file_that_is_too_large_leaves_nothing()
    {
        await using var host = await StartAsync(Setting("MaxFileBytes", "1500000"));

        // It does not say how large it is, so that a piece is stored before that shows.
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Encoding.UTF8.GetBytes(Piece + Piece)), "data", "a.csv" } };
        using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = form };
        request.Headers.TransferEncodingChunked = true;
        using var answer = await host.Http.SendAsync(request);

        Assert.Equal("request.too_large", (string?)(await Task.FromResult(answer).JsonAsync(HttpStatusCode.RequestEntityTooLarge))["code"]);
        Assert.Empty(await host.StoredAsync());
    }

    [Fact]
    public async Task A_file_whose_sender_leaves_leaves_nothing()
    {
        await using var host = await StartAsync();
        using (var client = await BareClient.SendAsync(host.Http.BaseAddress!, Begun + Piece))
        {
            await Eventually.TrueAsync(async () => (await host.StoredAsync()).Count == 2, "a note and a piece are stored");
            client.Reset();
        }

        await Eventually.TrueAsync(async () => (await host.StoredAsync()).Count == 0, "they are removed");
    }

    [Fact]
    public async Task A_file_that_takes_too_long_is_told_so_and_leaves_nothing()
    {
        await using var host = await StartAsync(Setting("MaxUploadTime", "00:00:01"));
        using var client = await BareClient.SendAsync(host.Http.BaseAddress!, Begun + Piece);

        var answer = await client.ReadAsync();

        Assert.StartsWith("HTTP/1.1 408 ", answer);
        Assert.Contains("\"code\":\"inference.scoring_too_slow\",", answer);
        Assert.Contains("within 00:00:01", answer);
        await Eventually.TrueAsync(async () => (await host.StoredAsync()).Count == 0, "what had come is removed");
    }

    [Fact]
    public async Task No_part_of_a_form_may_be_endless()
    {
        await using var host = await StartAsync(Setting("MaxFileBytes", "1024"));
        var format = new byte[3 << 20];
        Array.Fill(format, (byte)'a');
        foreach (var part in (string[])["format", "data"])
        {
            using var form = new MultipartFormDataContent { { new ByteArrayContent(format), part, "a.csv" } };
            using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = form };
            request.Headers.TransferEncodingChunked = true;
            Assert.Equal(part == "data" ? HttpStatusCode.RequestEntityTooLarge : HttpStatusCode.BadRequest, (await host.Http.SendAsync(request)).StatusCode);
        }

        // Before the first boundary, and behind the last.
        foreach (var (before, after) in (List<(string, string)>)[(new string('a', 3 << 20), ""), ("", new string('a', 3 << 20))])
        {
            using var body = new StringContent($"{before}\r\n--b\r\nContent-Disposition: form-data; name=\"data\"; filename=\"a.csv\"\r\n\r\n{Rows}\r\n--b--\r\n{after}");
            body.Headers.Remove("Content-Type");
            body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=b");
            using var request = new HttpRequestMessage(HttpMethod.Post, Path) { Content = body };
            request.Headers.TransferEncodingChunked = true;
            Assert.InRange((int)(await host.Http.SendAsync(request)).StatusCode, 400, 413);
        }

        Assert.Empty(await host.StoredAsync());
    }

    [Fact]
    public async Task A_job_keeps_its_file_though_the_answer_to_its_commit_was_lost()
    {
        await using var host = await InferenceHost.StartWithAsync(SharedStore.Over, Deploy, Setting("SweepInterval", "00:00:00.200"));
        SharedStore.Of(host).Committed = batch =>
        {
            if (!batch.Writes.Any(write => write is { Collection: "scoring-jobs", ExpectedRevision: 0 })) return;
            SharedStore.Of(host).Committed = null;
            throw new DocumentsUnavailableException(new TimeoutException());
        };

        var id = await host.Http.ScoredAsync("credit", Rows);

        await host.Http.EndedAsync(id);
    }

    [Fact]
    public async Task An_accepted_job_is_accepted_though_it_cannot_be_begun()
    {
        await using var host = await InferenceHost.StartWithAsync(SharedStore.Over, Deploy, Setting("SweepInterval", "00:00:00.200"));
        SharedStore.Of(host).Committed = batch =>
        {
            if (!batch.Writes.Any(write => write is { Collection: "scoring-jobs", ExpectedRevision: 1 })) return;
            SharedStore.Of(host).Committed = null;
            throw new DocumentsUnavailableException(new TimeoutException());
        };

        var id = await host.Http.ScoredAsync("credit", Rows);

        await host.Http.EndedAsync(id);
    }

    [Fact]
    public async Task Who_removes_an_upload_takes_nothing_from_a_job_and_nothing_is_added_to_what_was_removed()
    {
        await using var host = await StartAsync(Setting("SweepInterval", "00:10:00"));
        var (notes, store) = (host.Services.GetRequiredService<UploadNotes>(), host.Services.GetRequiredService<ScoringStore>());
        var job = new ScoringRecord { Id = "a", Model = "credit", Version = "1", Format = "csv", BatchRows = 1, Bytes = 1, Pieces = 1 };

        var becomesJob = (await notes.TryAddAsync(await notes.BeginAsync("a", 10, default), [1], default))!;
        Assert.True(await store.TryAddAsync(job, becomesJob, default));
        await notes.DropAsync("a", default);
        Assert.Equal(["scoring-jobs/a", "scoring-pieces/a-00000000"], await host.StoredAsync());

        var isDropped = (await notes.TryAddAsync(await notes.BeginAsync("b", 10, default), [1], default))!;
        await notes.DropAsync("b", default);
        Assert.Null(await notes.TryAddAsync(isDropped, [2], default));
        Assert.False(await store.TryAddAsync(job with { Id = "b" }, isDropped, default));
        Assert.Equal(["scoring-jobs/a", "scoring-pieces/a-00000000"], await host.StoredAsync());
    }

    [Fact]
    public async Task What_a_process_that_died_was_receiving_is_removed_with_every_piece()
    {
        await using var host = await StartAsync(Setting("SweepInterval", "00:00:00.200"));
        var batch = new DocumentBatch().Put("scoring-uploads", "a", new ScoringUpload(1 << 20, 500, DateTimeOffset.UtcNow, IsDropped: false), expectedRevision: 0);
        for (var piece = 0; piece < 500; piece++) batch.Put("scoring-pieces", $"a-{piece:D8}", new ScoringPiece([1]), expectedRevision: 0);
        Assert.Null(await host.Documents().CommitAsync(batch, default));

        await Eventually.TrueAsync(async () => (await host.StoredAsync()).Count == 0, "all of it is removed");
    }

    [Fact]
    public async Task Files_that_are_on_their_way_take_the_room_that_they_need()
    {
        await using var host = await StartAsync(Setting("MaxFileBytes", "6000000"), Setting("MaxStoredBytes", "12000000"));
        await host.Services.GetRequiredService<UploadNotes>().BeginAsync("another", 5_000_000, default);

        var large = Rows + string.Concat(Enumerable.Repeat("1,car,0\n", 200_000));
        Assert.Equal("inference.scoring_full", (string?)(await host.Http.ScoreAsync("credit", large).JsonAsync(HttpStatusCode.ServiceUnavailable))["code"]);
        await host.Http.EndedAsync(await host.Http.ScoredAsync("credit", Rows));
    }

    [Fact]
    public async Task A_key_for_another_model_sees_and_cancels_nothing()
    {
        await using var host = await InferenceHost.StartAskingAsync(registry =>
        {
            Deploy(registry);
            registry.Grant("others", new Contracts.Registry.PermissionGrant { Permission = "infer", Models = ["other"] });
        });
        host.Http.DefaultRequestHeaders.Authorization = TestKey.Header;
        await Eventually.TrueAsync(async () => (await host.Http.GetAsync("/health/ready")).IsSuccessStatusCode, "the service has its keys");
        var id = await host.Http.ScoredAsync("credit", Rows);
        await host.Http.EndedAsync(id);
        host.Http.DefaultRequestHeaders.Authorization = new("Bearer", "others");

        foreach (var path in (string[])["", "/events", "/result", "/errors"])
            Assert.Equal("access.denied", (string?)(await host.Http.GetAsync($"/v1/scoring-jobs/{id}{path}").JsonAsync(HttpStatusCode.Forbidden))["code"]);
        Assert.Equal("access.denied", (string?)(await host.Http.DeleteAsync($"/v1/scoring-jobs/{id}").JsonAsync(HttpStatusCode.Forbidden))["code"]);
        Assert.Equal("access.denied", (string?)(await host.Http.ScoreAsync("credit", Rows).JsonAsync(HttpStatusCode.Forbidden))["code"]);
    }

    private static KeyValuePair<string, string?> Setting(string name, string value) => new($"Inference:Scoring:{name}", value);

    private static void Deploy(StubRegistry registry) => registry.Deploy("credit", "1", TinyModels.Linear(), metadata: ByNameTests.Credit);

    private static Task<InferenceHost> StartAsync(params KeyValuePair<string, string?>[] settings) => InferenceHost.StartAsync(Deploy, settings);
}
