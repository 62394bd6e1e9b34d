using System.Buffers;
using System.Globalization;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;

namespace Platform.Hosting.Tests.Defaults;

public sealed class ReceiveBlocksTests : IDisposable
{
    private readonly ReceiveBlocks _blocks = new();

    public void Dispose() => _blocks.Dispose();

    [Fact]
    public void The_block_given_back_last_is_given_out_next()
    {
        var (first, second) = (_blocks.Rent(), _blocks.Rent());
        var memory = first.Memory;
        second.Dispose();
        first.Dispose();

        Assert.Equal(memory, _blocks.Rent().Memory);
    }

    [Fact]
    public void A_block_given_back_twice_has_one_owner_afterwards()
    {
        var block = _blocks.Rent();
        block.Dispose();
        block.Dispose();

        Assert.NotEqual(_blocks.Rent().Memory, _blocks.Rent().Memory);
    }

    [Fact]
    public void Beyond_the_bound_blocks_are_small()
    {
        var sizes = Enumerable.Range(0, 300).Select(_ => _blocks.Rent(2048).Memory.Length).ToList();

        Assert.Equal(256, sizes.Count(size => size == 32 << 10));
        Assert.Equal(44, sizes.Count(size => size == 4 << 10));
    }

    [Fact]
    public void More_than_a_block_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => _blocks.Rent(_blocks.MaxBufferSize + 1));

    [Fact]
    public async Task The_server_reads_a_request_into_such_blocks()
    {
        await using var app = await StartAsync();
        using var http = new HttpClient();
        using var body = new ByteArrayContent(new byte[100_000]) { Headers = { ContentType = new MediaTypeHeaderValue("application/octet-stream") } };

        var answer = await http.PostAsync($"{app.Urls.Single()}/segments", body);

        // 100,000 bytes begin in the block of the head, and each next block is filled before another one is taken.
        Assert.InRange(int.Parse(await answer.Content.ReadAsStringAsync(), CultureInfo.InvariantCulture), 1, 5);
    }

    private static async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.AskNobody();
        builder.AddPlatformDefaults("test");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.MapPost("/segments", (Delegate)CountSegmentsAsync).WithSummary("In how many pieces the body lies in memory.");
        await app.StartAsync();
        return app;
    }

    private static async Task<IResult> CountSegmentsAsync(HttpContext context)
    {
        var read = await context.Request.BodyReader.ReadAtLeastAsync(100_000);
        var segments = 0;
        foreach (var segment in read.Buffer) segments += segment.IsEmpty ? 0 : 1;
        context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        return Results.Text(segments.ToString(CultureInfo.InvariantCulture));
    }
}
